"""What the fixed values of a spec are called, on every page and in every list that names them."""

from __future__ import annotations

from datetime import date

from campaigncheck.messages import Text

CHANNELS: dict[str, Text] = {
    "hall": Text("营业厅", "hall"),
    "app": Text("手机 App", "app"),
    "web": Text("网上营业厅", "website"),
    "sms": Text("短信", "SMS"),
    "hotline": Text("客服热线", "hotline"),
    "self_service": Text("自助终端", "self-service terminal"),
    "agent": Text("代理点", "agent"),
    "outbound_call": Text("电话外呼", "outbound call"),
}

STAGES: dict[str, Text] = {
    "draft": Text("草稿", "draft"),
    "testing": Text("测试", "testing"),
    "optimising": Text("优化", "optimising"),
    "approved": Text("已批准", "approved"),
    "launched": Text("已上线", "launched"),
    "retired": Text("已下线", "retired"),
}

LINES: dict[str, Text] = {
    "plan": Text("各档套餐", "all plans"),
    "broadband": Text("各档宽带", "all broadband"),
    "data": Text("各种流量包", "all data packs"),
    "tv": Text("各种电视包", "all TV packs"),
}
"""What a whole product line is called in lists; of other lines the products are named."""

CUSTOMERS_LINES: dict[str, str] = {
    "plan": "手机套餐",
    "broadband": "宽带",
    "data": "流量包",
    "tv": "电视",
    "roaming": "境外上网",
}
"""The same as customers say it: in an answer “各种…” and “各档…” would be words that can be misread."""


def chinese_day(day: date) -> str:
    """Write a day as it stands in a Chinese sentence; specs, and so what is put into them, are in Chinese."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
