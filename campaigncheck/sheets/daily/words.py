"""The fixed words of a daily sheet."""

from __future__ import annotations

from campaigncheck.messages import Text
from campaigncheck.sheets.daily.model import Badge
from campaigncheck.sheets.daily.waits import Untold

PAGE: dict[str, Text] = {
    "kind": Text("柜台今日单", "Daily sheet for the counter"),
    "title": Text("{place}，{day}", "{place}, {day}"),
    "summary": Text(
        "今天可以办 {campaigns} 个活动，{offers} 项优惠。", "{campaigns} campaigns and {offers} offers are live today."
    ),
    "compared": Text("和一周前（{day}）比，{parts}。", "Compared with a week ago ({day}): {parts}."),
    "same": Text("和一周前（{day}）比，没有变化。", "Compared with a week ago ({day}): nothing has changed."),
    "nothing": Text("今天这里没有可以办的活动。", "No campaign is live here today."),
    "nothing_more": Text(
        "客户问起，先看下面“不能给客户用”“准备中”和“已经结束”，不在里面的就是没有。",
        "If a customer asks, look below at what may not be used, is in preparation or is over; there is nothing else.",
    ),
    "unread": Text(
        "有营销案读不懂，不知道这里办不办，这张单子可能不全：{paths}",
        "Some campaigns cannot be read, so this sheet may be incomplete: {paths}",
    ),
    "starting": Text("今天开始", "Start today"),
    "soon": Text("7 天内开始", "Start within 7 days"),
    "ending_today": Text("今天最后一天", "Last day today"),
    "ending": Text("7 天内结束", "End within 7 days"),
    "changes": Text("有变化", "Changes"),
    "running": Text("继续办", "Go on"),
    "gone": Text("已经结束", "Over"),
    "today": Text("今天有什么", "Today"),
    "suits": Text("哪个适合我？", "Which one suits me?"),
    "both": Text("能不能同时办？", "May I have both?"),
    "cards": Text("每个活动怎么说", "Each campaign"),
    "unusable": Text("不能给客户用", "Not for use with customers"),
    "unusable_why": Text(
        "下面这些按日期该办了，但是还没有放行。客户问起，不要照着它们答复，也不要办理。",
        "By their dates these would be live, but they are not cleared. Neither quote them to customers nor sell them.",
    ),
    "preparing": Text("准备中", "In preparation"),
    "preparing_why": Text(
        "7 天内要开始，还没有放行，只供熟悉和演练。", "To start within 7 days, not cleared yet; for rehearsal only."
    ),
    "elsewhere": Text("这里不办，客户可能会问", "Not sold here, but customers may ask"),
    "at_halls": Text("只在{halls}", "only at {halls}"),
    "starts_on": Text("{start}开始", "starts {start}"),
    "until": Text("办到 {end}", "until {end}"),
    "was_until": Text("办到 {end}为止", "ended {end}"),
    "period": Text("{start}到 {end}", "{start} to {end}"),
    "instead_of": Text("代替“{title}”", "instead of “{title}”"),
    "change": Text("{day}起，“{of}”改办“{to}”。", "From {day} on “{to}” is sold instead of “{of}”."),
    "change_back": Text("{day}起，又改回“{to}”，“{of}”不再办。", "From {day} on “{to}” is sold again, not “{of}”."),
    "everybody": Text("所有客户都可以办", "Every customer may have"),
    "by": Text("看{attributes}", "By {attributes}"),
    "by_offer": Text("按优惠看", "Offer by offer"),
    "customers": Text("这样的客户", "Such customers"),
    "may": Text("可以办", "may have"),
    "offer": Text("优惠", "Offer"),
    "whom": Text("谁可以办", "Who may have it"),
    "others": Text("其他客户", "All others"),
    "none": Text("这几项都不能办", "none of these"),
    "or": Text("；或者", "; or "),
    "and": Text("、", ", "),
    "comma": Text("，", ", "),
    "colon": Text("：", ": "),
    "no_suits": Text("不用分客户，所有客户都一样。", "It is the same for all customers."),
    "with": Text("和", "with"),
    "yes": Text("能同时办", "May be had together"),
    "no": Text("不能同时办", "May not be had together"),
    "ask": Text("没有写，先问", "Not said: ask first"),
    "says": Text("{titles}写明", "according to {titles}"),
    "contradicts": Text("但是另一处写可以，说法相反，先问", "but the contrary is said elsewhere: ask first"),
    "both_note": Text(
        "“没有写”的，先问责任部门再答复。没有列出的两项，不会有同一位客户都能办。",
        "Where nothing is said, ask the owner before answering. No customer qualifies for two offers that are not listed.",
    ),
    "all_ask": Text(
        "下面这些能不能和别的优惠同时办，都没有写，先问",
        "Whether these go with other offers is not said; ask first",
    ),
    "no_both": Text("没有一位客户能同时碰到两项优惠。", "No customer can meet two offers."),
    "for": Text("给谁", "For"),
    "when": Text("什么时候", "When"),
    "where": Text("在哪办", "Where"),
    "not_here": Text("柜台不办，请客户用：{channels}", "not at the counter; customers use: {channels}"),
    "price": Text("优惠", "Offers"),
    "only_for": Text("条件是{whom}", "if {whom}"),
    "code": Text("短信发 {code}", "text {code}"),
    "know": Text("要紧的", "Mind"),
    "mind": Text("客户容易误解“{phrase}”：{answer}", "“{phrase}” is easily misread: {answer}"),
    "questions": Text("客户会问", "They ask"),
    "own_sheet": Text("完整 FAQ 单", "full FAQ sheet"),
    "ask_whom": Text("有疑问找", "Ask"),
    "owner": Text("责任部门", "Owner"),
    "waits": Text("今天要等多久", "How long people wait today"),
    "waits_then": Text("这天要等多久", "How long people wait that day"),
    "minutes": Text(
        "平均等几分钟；▲ 是这个厅来客多的钟头。",
        "Mean minutes of waiting; ▲ marks the busy hours of a hall.",
    ),
    "assumed_one": Text(
        "这个厅的来客、柜台和办理时间没有人量过，这些分钟数是估计。",
        "Nobody has measured who comes to this hall, its counters and its times: these minutes are estimates.",
    ),
    "assumed_all": Text(
        "这些厅的来客、柜台和办理时间都没有人量过，这些分钟数是估计。",
        "Nobody has measured who comes to these halls, their counters and their times: these minutes are estimates.",
    ),
    "assumed_some": Text(
        "写着“估计”的厅，来客、柜台和办理时间没有人量过。",
        "Of halls marked “estimate” nobody has measured who comes, the counters and the times.",
    ),
    "assumed": Text("估计", "estimate"),
    "hall": Text("营业厅", "Hall"),
    "class": Text("客户", "Customers"),
    "premium": Text("高端客户", "Premium"),
    "other": Text("其他客户", "Others"),
    "not_open": Text("—", "—"),
    "quiet_hours": Text("清闲、等得短的时候：{hours}。", "Quiet hours with shorter waits: {hours}."),
    "say": Text("人多的时候可以这样说", "What to say in busy hours"),
    "guessed": Text("（{halls}没有人量过，是估计）", "(an estimate, since nobody has measured {halls})"),
    "uncleared": Text(
        "“不能给客户用”的营销案，它们要来的客户也算在里面。",
        "Customers of campaigns that are not for use are counted as well.",
    ),
    "quote": Text("“{words}”", "“{words}”"),
    "untold": Text("{why}。", "{why}."),
    "untold_of": Text("{why}：{halls}。", "{why}: {halls}."),
    "brief": Text(
        "等候都不到 2 分钟，不用请客户去别处。", "Nobody waits two minutes: there is no need to send anybody elsewhere."
    ),
    "contents": Text("本页内容", "On this page"),
    "place": Text("地点", "Place"),
    "day": Text("日期", "Day"),
    "issued": Text("制单日期", "Issued"),
    "version": Text("内容版本", "Version"),
    "made_by": Text("制单程序", "Made by"),
}
"""Headings and sentences of the template."""

THEN = Text("{now}；{later}", "{now}; {later}")
LASTS = Text("{now}，{later}", "{now}, {later}")
DATE = Text("{month} 月 {day} 日", "{day} {name} {year}")
DATE_OF_YEAR = Text("{year} 年 {month} 月 {day} 日", "{day} {name} {year}")

QUOTED = Text("“{title}”", "“{title}”")
"""The title of a campaign within a sentence."""

UNTOLD: dict[Untold, Text] = {
    "closed": Text("这一天不营业", "Not open on this day"),
    "faulty": Text("排队数据（hours.csv）有错，要等多久没有算", "No waits: the data of queues (hours.csv) have faults"),
    "no_rows": Text("没有排队数据（hours.csv），不知道要等多久", "No waits: there are no data of queues (hours.csv)"),
    "past": Text("这一天已经过去，不再预计要等多久", "No waits: the day has gone by"),
}
"""Why nothing is told of how long people wait."""

BADGES: dict[Badge, Text] = {
    "new": Text("新", "new"),
    "gone": Text("已结束", "over"),
    "replaced": Text("换成别的", "replaced"),
    "ending": Text("快结束", "ending soon"),
    "announced": Text("新预告", "announced"),
}
"""What is different from a week ago, in words and not by colour alone."""

COUNTED: dict[Badge, Text] = {
    "new": Text("新开始 {count} 个", "{count} new"),
    "gone": Text("结束 {count} 个", "{count} over"),
    "replaced": Text("换成别的 {count} 个", "{count} replaced"),
    "ending": Text("进入最后一周 {count} 个", "{count} in their last week"),
    "announced": Text("新预告 {count} 个", "{count} announced"),
}
