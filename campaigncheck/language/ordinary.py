"""Whether a superlative is ordinary speech: 最划算的办法 is advice, 最划算的套餐 is praise.

The lexicon of forbidden wording names superlatives; what makes them praise is what they speak of. A way, a
time or a place at its best, an answer to "which", a comparison within one's own range, and a denial praise nothing.
"""

from __future__ import annotations

from campaigncheck.language.expressions import expression
from campaigncheck.language.stops import begin_of, end_of, is_asked

_BEST = r"最(?:好|佳|快|强|大|低|优惠?|便宜|划算|省[钱事心时力]|实惠|超值|安全|稳定?|可靠|流畅|方便|合适|[\u4e00-\u9fff]{2})"
_SPEAKS_OF_USE = expression(
    rf"{_BEST}(?:用)?(?:的|地)?(?:(?:办|用)?(?:[办方做用]法|方式|途径|步骤|顺序)|时[候间段机]|日子|地方|位置|角[落度]|距离|温度|湿度"
    r"|限度|程度|限制|可能|(?:优惠|折扣)?(?:额度|金额|限额|幅度)(?:为|是|不|：))"
)
_ONE_OF_ITS_RANGE = expression(rf"{_BEST}价?的?[一这那两几][档款种](?=[是每只要也吗呢，。？? \d])")
_AN_UPPER_LIMIT = expression(r"最(?:快|高|大|多)(?:能到|能达到|可到|可达到?|可以到|达到|到|为|是)?\s*\d")
_PLACED = expression("(?:路由器|手机|天线|盒子|光猫)[^。！？\n]{0,24}(?:放|摆|挂|离|靠)[^。！？\n]{0,24}$")
_WITHIN_RANGE = expression(
    r"(?:[哪怎]|什么|如何|何时|几[种款档个样]|[两三四五六\d]\s*[种款档个](?:套餐)?(?:里|中|当中|之中|里面)|其中|当中|套餐[里中])[^，。；！？\n]{0,8}$"
)
_EVERYBODY = expression("全[国省市网城球]|行业|业[内界]|市[面场]|同[行类城]|所有|世界|国内")
_DENIED = expression(r"(?:不(?:是|一定|见得|保证|等于|代表|敢说|会是|算)|并非|未必|谈不上)[^，。；！？\n]{0,6}$")
_HANDS_ON = expression(
    r"(?:[接插连用](?:着)?(?:网线|有线)|(?:靠近|离|放在?|摆在?|站在?|走到|挪到)[^，。；！？\n]{1,8}|窗[边前]|早上|上午|凌晨|夜里|晚上|人少(?:的时候)?|空闲时)"
    r"[^，。；！？\n]{0,6}$"
)
_USE = expression("最(?:好|快|强|稳定?|流畅|可靠)")
_CHOOSE_FIRST = expression(r"(?:请|建议|可以?|最好|应|要|先|[您你])(?:[您你]|优先)?$")
_CLAUSE_START = expression(r"[，。；！？,;!?：:\n（(]")
_REACH = 12


_ORDINAL = expression("[批届次场天季年月周日步轮期节层中小医大人]|名(?!牌)|个(?!最)")
_ONE_EACH = expression("(?:号码?|码|名|账户|证|您|本人|每[个人张户][^，。；]{0,6})(?:是|都|为)?$")
_ONE_PLACE = expression(
    "[^，。；！？]{0,10}?(?:窗口|柜台|入口|出口|电梯|楼梯|通道|车站|办法|途径|方式|凭证|依据|机会|例外|条件|要求|不同|区别|号码|编号|码|钥匙|的人)"
    "|[要需得能会可][^，。；！？]{1,8}?(?:的(?=是|就是|只有|事)|是)"
)
_HANDLED = expression(
    "(?:的|流量|话费|券|活动|礼品|品)?(?:申请|已|未|没|还[有剩]|改[到为在]|名单|结果|处|收回|到期|作废|过期|用完|用光|剩|退回|失败|成功|单号|次数|怎么|在哪"
    "|的(?:客户|人|号|机器|钱|话(?!费)|时候)(?!都|均|免|可)|的是|不变|，?(?:中奖|抽奖)?结果)"
)
_OWNED = expression(
    "(?:您?上[次月年](?:参加|办|领|中|抽到)?的?|[您你]问的(?:那个|这个)?|没有[^，。；]{0,4}|不是[^，。；]{0,4}|取消了?[^，。；]{0,2}"
    "|已(?:成功)?(?:参与|参加)|系统|已经?(?:开通|领取?|收到|参加)的?|原定[^，。；]{0,8}|系统多|误|漏)$"
)
_OVER = expression("(?:已经?|早就?|上[个次]?月就?|昨天就?|前天就?)(?:结束|停办|停了|下线|取消|过期)(?!时|后|的)")
"""What says that a promise is past: 上个月就结束了."""
_PLACE = expression(r"[东西南北中]?(?:大?路|街|巷)(?:的?(?:营业厅|门店)|店|口|\d)")
_NAMED = expression(
    "(?:小区|[东西南北中]?(?:大?路|街|村|镇|巷)|苑|花园|广场|大厦|大楼|医院|中学|小学|公园|山庄|社区|酒店|饭店|影院|》)|(?:就是|是指)(?!我)"
)
"""What makes a name of a word, or explains it: 完美小区, 最高级就是加上符号."""
_ABSOLUTE = expression("绝对|百分|100%|永|[从绝]不|零|0|保证|包|万无|全国第一")
_NOT_CLAIMED = expression(
    r"(?:不(?:敢|能|是|可能|保证|见得|等于|算)|并非|没有(?:哪家|人|谁|一家)|没人|谁[也都]|没法|无法|哪[能有]|难以|未必|难说)(?:[^，。；！？\n]{0,10})$"
)
"""What goes before an absolute that nobody claims: 不敢跟您保证百分之百修好, 没有哪家能说永远不断网."""
_QUOTED_CLAIM = expression(r"(?:说的?|号称|所谓|写着?的?|讲的?|叫做?|宣传的?|那种|这种)[“\"「]$")
_TOLD_OF = expression(
    '[”"」](?:.{0,3}(?:[几两三四五]个字|查不到|没有出处|不是真|是假|靠不住|别信|不可信|是真的吗|的说法|的话))'
)
"""Where a claim stands in quotation marks to be doubted: 您说的“全国第一”我查不到出处."""
_REFUSED = expression("(?:不|没|没法|无法|不能|难以|不敢|谁也)$")
_OF_OTHERS = expression(
    r"(?:(?:别家|别人|人家|他们|对方|有人|网上|邻居|朋友)[^。！？，\n]{0,6}(?:[说讲传]|声称)|骗子|自称|冒充|谎称)[^。！？\n]{0,16}$"
)
_WARNS = expression("防骗|诈骗|骗子|[是的]骗|被骗|冒充|谎称|谣言|假冒|谨防|(?:不要|不能|不可|切勿)轻?信|别轻?信")
_OF_NATURE = expression(
    r"最?(?:高|大|长|深|冷|热|远|老|小)?的?(?:一座|一条)?(?:山|峰|河|江|湖|海|洋|岛|沙漠|高原|动物|建筑|楼|桥|城市|国家)"
)


def is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether the forbidden wording at ``text[start:end]`` says nothing about the quality of what is sold.

    What others say, what cheats are quoted with, and the highest mountain of the world praise nothing of one's own.
    """
    word = text[start:end]
    if is_asked(text, start) or _said_by_others(text, start, end):
        return True
    if _is_disowned(text, word, start, end):
        return True
    if _counts(text, word, start, end) or _NAMED.match(text, end) or _REFUSED.search(text, max(0, start - 3), start):
        return True
    if word.endswith("最") and _OF_NATURE.match(text, end):
        return True
    at = word.find("最")
    if at < 0:
        return word == "首选" and _advises(text, start, end)
    clause = _clause_before(text, start + at)
    around = text[start + at : end + _REACH]
    if _SPEAKS_OF_USE.match(around) or _DENIED.search(clause) or _AN_UPPER_LIMIT.match(around):
        return True
    if _USE.match(around) and _PLACED.search(text, max(0, start + at - _FAR), start + at):
        return True
    compares = _WITHIN_RANGE.search(clause) or _ONE_OF_ITS_RANGE.match(around)
    if compares and not _EVERYBODY.search(clause):
        return True
    return _USE.match(around) is not None and _HANDS_ON.search(clause) is not None


_CLOSING = ("”", '"', "」")
_FAR = 150
"""How far within a sentence somebody else who speaks is looked for."""


def _is_disowned(text: str, word: str, start: int, end: int) -> bool:
    """Whether an absolute is denied in its clause, or a claim is quoted to be doubted."""
    if text[end : end + 1] in _CLOSING:
        near = text[max(0, start - _REACH) : start]
        return _QUOTED_CLAIM.search(near) is not None and _TOLD_OF.match(text, end) is not None
    return _ABSOLUTE.match(word) is not None and _NOT_CLAIMED.search(_clause_before(text, start)) is not None


def is_settled(text: str, start: int, end: int) -> bool:
    """Whether a gift or a reduction is no promise but something that somebody has, asked for or lost: 减免申请, 您上次的好礼."""
    return (
        _HANDLED.match(text, end) is not None
        or _OWNED.search(text, max(0, start - _REACH), start) is not None
        or _OVER.search(text, end, end_of(text, end)) is not None
        or _said_by_others(text, start, end)
    )


def names_a_place(text: str, end: int) -> bool:
    """Whether what ends at a place begins the name of a road, a village, a house: 福利路."""
    return _PLACE.match(text, end) is not None


def _said_by_others(text: str, start: int, end: int) -> bool:
    begin = max(begin_of(text, start), start - _FAR)
    return (
        _WARNS.search(text, begin, min(end_of(text, end), end + _FAR)) is not None
        or _OF_OTHERS.search(text[begin:start]) is not None
    )


def _counts(text: str, word: str, start: int, end: int) -> bool:
    """Whether 第一 counts and 唯一 tells numbers apart: 全市第一届, 编号唯一."""
    if word.endswith("第一"):
        return _ORDINAL.match(text, end) is not None
    if word != "唯一":
        return False
    return _ONE_PLACE.match(text, end) is not None or _ONE_EACH.search(text, max(0, start - _REACH), start) is not None


def _advises(text: str, start: int, end: int) -> bool:
    """Whether 首选 is what the customer is asked to do: 请您首选电子渠道."""
    asked = _CHOOSE_FIRST.search(_clause_before(text, start)) is not None
    return (asked and text[end : end + 1] not in ("", "，", "。", "！")) or text[end : end + 1] in tuple(
        "在用到去走打发"
    )


def _clause_before(text: str, at: int) -> str:
    """Return the clause up to a place."""
    begin = max(0, at - _FAR)
    marks = [mark.end() for mark in _CLAUSE_START.finditer(text, begin, at)]
    return text[marks[-1] if marks else begin : at]
