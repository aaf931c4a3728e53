"""The vocabulary: what operators sell, and how they speak of it to ordinary customers."""

from __future__ import annotations

from typing import NamedTuple


class Product(NamedTuple):
    """A product of the catalogue, what it is called in an offer, and what it may cost."""

    path: str
    names: tuple[str, ...]
    per: str
    amounts: tuple[int, ...]
    later: int
    code: str

    @property
    def line(self) -> str:
        """The product line, the first part of the path."""
        return self.path.partition(".")[0]


PRODUCTS = (
    Product("plan.4g-59", ("4G 实惠套餐", "4G 轻松套餐"), "month", (29, 35, 39, 45), 59, "TC"),
    Product("plan.5g-99", ("5G 轻享套餐", "5G 畅用套餐"), "month", (59, 69, 75, 79), 99, "TC"),
    Product("plan.5g-129", ("5G 家用套餐", "5G 舒心套餐"), "month", (79, 89, 95, 99), 129, "TC"),
    Product("plan.5g-199", ("5G 大流量套餐", "5G 商务套餐"), "month", (119, 139, 149, 159), 199, "TC"),
    Product("broadband.100m", ("百兆宽带", "老人宽带"), "month", (5, 8, 10), 20, "KD"),
    Product("broadband.300m", ("300M 提速包", "300M 宽带"), "month", (10, 15, 18, 20), 30, "KD"),
    Product("broadband.500m", ("500M 提速包", "500M 宽带"), "month", (20, 25, 28), 40, "KD"),
    Product("broadband.1000m", ("千兆宽带", "千兆提速包"), "month", (30, 35, 38, 40), 60, "KD"),
    Product("data.daily-1g", ("一天流量包", "出门流量包"), "day", (1, 2, 3), 0, "LL"),
    Product("data.monthly-10g", ("10GB 月包", "月月流量包"), "month", (6, 8, 9, 10), 15, "LL"),
    Product("data.monthly-30g", ("30GB 月包", "看剧流量包"), "month", (15, 18, 20, 22), 30, "LL"),
    Product("family.share", ("全家共享包", "一家人共享"), "month", (5, 6, 8, 10), 15, "JT"),
    Product("tv.basic", ("看电视入门包", "家庭电视包"), "month", (5, 6, 8), 12, "DS"),
    Product("tv.plus", ("电视精选包", "电视影院包"), "month", (10, 12, 15, 18), 25, "DS"),
    Product("vas.ringback", ("彩铃月包", "节日彩铃"), "month", (2, 3, 4), 5, "CL"),
    Product("vas.cloud-storage", ("云盘月包", "照片云盘"), "month", (3, 5, 6), 10, "YP"),
    Product("vas.video", ("视频会员月卡", "追剧会员"), "month", (8, 9, 12), 18, "SP"),
    Product("device.router", ("新款路由器", "全屋路由器"), "once", (59, 79, 99, 129), 0, "LY"),
    Product("device.phone", ("5G 新手机", "换新手机"), "once", (799, 999, 1299, 1599), 0, "SJ"),
    Product("roaming.day-pass", ("出境上网日包", "出国上网日包"), "day", (15, 18, 25, 28), 0, "CJ"),
    Product("points.exchange", ("积分换话费", "积分换礼品"), "none", (0,), 0, "JF"),
)

LINES = {
    "plan": "手机套餐", "broadband": "宽带", "data": "流量", "family": "全家共享", "tv": "电视",
    "vas": "会员和彩铃", "device": "手机和设备", "roaming": "出境上网", "points": "积分",
}  # fmt: skip
SUBJECTS = {
    "plan": ("换套餐", "好套餐", "套餐焕新"), "broadband": ("宽带提速", "装宽带", "快网到家"),
    "data": ("加流量", "出门加油"), "family": ("全家一起用", "家庭共享"), "tv": ("看电视", "电视好节目"),
    "vas": ("会员尝鲜", "铃声会员月"), "device": ("换新季", "设备到家"), "roaming": ("出境上网", "出国不断网"),
    "points": ("积分兑换", "积分回馈"),
}  # fmt: skip

SEASONS: dict[int, tuple[str, str]] = {
    12: ("岁末", "winter"), 1: ("开年", "spring-festival"), 2: ("迎春", "spring-festival"), 3: ("春季", "spring"),
    4: ("春天", "spring"), 5: ("五月", "spring"), 6: ("夏日", "summer"), 7: ("暑期", "summer"), 8: ("开学", "student"),
    9: ("金秋", "autumn"), 10: ("十月", "autumn"), 11: ("入冬", "winter"),
}  # fmt: skip

CHANNELS = {
    "hall": "营业厅", "app": "App", "web": "网上营业厅", "sms": "短信", "hotline": "客服热线", "self_service": "自助终端",
}  # fmt: skip

DEPARTMENTS = {
    "city": ("市场经营部", "家庭业务部", "个人客户部", "渠道运营部", "政企客户部"),
    "province": ("市场经营部", "家庭业务中心", "个人客户部", "产品运营中心"),
    "country": ("总部市场部", "总部产品部"),
}
SUPPORT = {"city": "市业务支撑台", "province": "省业务支撑台", "country": "总部业务支撑台"}
GIFTS = ("路由器", "保温杯", "折叠伞", "充电线", "手机支架", "食用油", "洗衣液", "蓝牙音箱")

STEP_COMMENTS = (
    "多数人办的时候顺便问网速",
    "大约一半客户要这一步",
    "按上月柜台记录估的",
    "样机已经摆好",
    "系统里自动带出",
)
OFFER_COMMENTS = ("价格和上一期一样", "名额按办理先后算", "口径和省里一致", "市里自己的活动", "资费已经备案")
HEAD_COMMENTS = (
    "本案由市场部起草，客服看过一遍", "和同期的活动错开了客户", "上一期的问题都改了：说法、名额、取消渠道",
    "没有特别说明的，价格都含税", "改动请先和省里对口径",
)  # fmt: skip
TERMS = {
    "FTTR": ("全屋都拉光纤（FTTR）的客户，能办{name}吗？", "把光纤接到每个房间"),
    "VoLTE": ("打高清电话（VoLTE）要另外交钱吗？", "打电话也走 4G 网络，声音更清楚，接通更快"),
    "eSIM": ("用的是没有卡片的号码（eSIM），能办{name}吗？", "装在手机里面的电子卡，不用插卡片"),
}

QUESTIONS: dict[str, tuple[str, ...]] = {
    "eligibility": ("谁可以办{title}？", "我能不能参加{title}？", "家里人的号码也能参加{title}吗？"),
    "how_to_get": ("{title}怎么办？", "想参加{title}，在哪里办？", "不出门能办{title}吗？"),
    "takes_effect": ("办了{title}哪天开始算？", "{title}什么时候生效？", "{title}当天就能用吗？"),
    "price": ("{title}要花多少钱？", "{title}的钱从哪里扣？", "办{title}每次收多少钱？"),
    "price_after": ("{title}优惠过了以后多少钱？", "{title}以后会涨价吗？", "{title}到期以后怎么收钱？"),
    "cancel": ("{title}怎么取消？", "不想用{title}了，怎么退？", "{title}可以在哪里取消？"),
    "early_exit": ("{title}没用满约定的月数要补钱吗？", "提前不用{title}了，要补多少？"),
    "free_end": ("{title}免费的月份过了会自动收钱吗？", "{title}免费期到了怎么办？"),
    "gift_collect": ("{title}的礼品怎么领？", "{title}送的东西在哪里拿？"),
    "sold_out": ("{title}名额满了怎么办？", "{title}办满了还能办吗？", "{title}一共有多少名额？"),
    "stacking": ("{title}能和别的优惠一起用吗？", "办了别的优惠，还能办{title}吗？"),
    "documents": ("去营业厅办{title}带什么？", "办{title}要带哪些证件？"),
    "handling_time": ("柜台办{title}要几分钟？", "在营业厅办{title}要多久？"),
    "without_queueing": ("不排队能办{title}吗？", "不想去营业厅，{title}怎么办？"),
    "existing_plan": ("我现在的套餐会怎么样？", "办了{title}，原来的套餐还在吗？"),
    "dispute": ("{title}扣费不对找谁？", "对{title}有疑问怎么办？", "{title}多扣了钱怎么退？"),
}
"""The ways in which customers ask about a topic."""

TAILS: dict[str, tuple[str, ...]] = {
    "eligibility": (
        "号码要实名登记，没有欠费。", "一个号码只能办一次。", "家里人的号码要分开办。", "条件在办理那天看，办好以后不受影响。",
        "已经停机的号码先开机再办。", "能办的号码，App 里会显示“可以办”。", "单位名下的号码这次不参加。",
    ),
    "how_to_get": (
        "下单以后会请您再确认一次，确认了才算数。", "办好马上有短信告诉您。", "全程不用填纸质表格。", "忘了密码也没关系，用短信验证码就行。",
        "老人可以请家里人帮忙点。", "没有另外的手续费。",
    ),
    "takes_effect": (
        "开始那天会有短信告诉您。", "不用换卡，也不用重启手机。", "办之前用掉的照原来的算。", "当月已经扣的钱不会再动。",
        "到那天没有变化的，关机再开一次就好。", "周末和节假日也一样。",
    ),
    "price": (
        "从话费里扣，不用另外交现金。", "没有装机费，也没有手续费。", "账单上会单独列一行，看得清楚。", "这个钱加在现在的套餐上。",
        "扣钱前一天有短信告诉您。", "发票可以在 App 里开。",
    ),
    "price_after": (
        "到期前会发短信提醒您。", "不想继续的，到期前取消就不收。", "要不要继续由您自己定。", "没有别的收费。", "提醒短信里写着怎么取消。",
    ),
    "cancel": (
        "取消以后用到当月底，下个月不再收。", "取消不收钱。", "点了以后马上有短信告诉您取消好了。", "不用说明理由。", "当月的钱不退。",
    ),
    "early_exit": (
        "扣之前有短信告诉您，您同意了再停。", "用满了就不用补。", "搬到别的城市的，凭新地址可以少补一半。", "换成更贵的套餐不算提前停。",
        "钱从话费里扣，不用另外交。",
    ),
    "free_end": (
        "到期前 7 天发短信提醒您。", "提醒以后不回复，就从下个月开始收钱。", "不想用可以提前取消，一分钱不收。", "免费的月份照样可以随时停。",
    ),
    "gift_collect": (
        "一个号码一份，送完为止。", "有毛病的 7 天内可以换。", "别人代领要带两个人的身份证。", "礼品不能换成钱。", "办好以后 30 天内有效。",
    ),
    "sold_out": (
        "办满那天 App 里会写“已办满”。", "已经办好的照常用，不受影响。", "满了以后可以看看别的优惠。", "先办先得，不用抢。", "退出来的名额第二天放出来。",
    ),
    "stacking": (
        "两边的优惠分开算，账单上各列一行。", "办之前系统会先帮您看一遍。", "原来的优惠到期以后，还可以再办这个。", "拿不准的，报号码我们当场帮您看。",
    ),
    "documents": (
        "号码不是自己名字的，先改到自己名下再来。", "复印件和照片不行。", "本人来不了的，家里人带上两个人的身份证来办。", "不用带照片，也不用带户口本。",
        "没满 18 岁的要有家长陪着。",
    ),
    "handling_time": (
        "只签一次字。", "人多的时候先取号坐着等。", "周二、周三上午人少一些。", "先在 App 里选好，到柜台更快。", "讲清楚价格和取消办法的时间也算在里面。",
    ),
    "without_queueing": (
        "点两次确认就办好，价格都一样。", "节假日不休息。", "手机上办和柜台办一样有效。", "要领东西的，办好再到营业厅拿就行。", "全程大约两分钟。",
    ),
    "existing_plan": (
        "没用完的流量用到当月底。", "号码不变，卡也不用换。", "以后想换回来，App 里点一下就行。", "原来带的会员照常用到期。",
    ),
    "dispute": (
        "多扣的钱 3 天内退到话费里。", "处理到哪一步都有短信告诉您。", "报号码就行，不用再说一遍经过。", "对结果不满意，可以要求再查一次。",
        "夜里也有人接。",
    ),
}  # fmt: skip
"""Further sentences for an answer, any of which can follow the one that carries the fact."""
