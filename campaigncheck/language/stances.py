"""Which way a text decides the matters that answers decide: whether one may, must, pays, and from when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from campaigncheck.language.amounts import NUMBER, amount_of
from campaigncheck.language.expressions import expression
from campaigncheck.language.stops import Span


class Decided(NamedTuple):
    """A matter decided at ``text[start:end]``; ``side`` is None where a condition leaves it open."""

    matter: str
    side: bool | None
    start: int
    end: int


_C = "[^，。；！？,;!?：:\\n（）()]"
_D = "[^，。；！？,;!?：:\\n（）()不没未无]"
_WHEN = "立即|立刻|马上|即刻|即时|实时|当场|当天|当日|当月|本月|次日|第二天|隔天|次月|下个?月|第二个?月"
_HALL = f"(?:到|去|来|跑|前往|上)(?:我们的?)?(?:就近|附近|指定|任意|任何)?的?{_C}{{0,4}}?(?:营业厅|门店|网点|柜台|厅里)|[到来去]厅|到店"
_PAPERS = "身份证件?(?!号|后|信息|登记)|证件(?!号)|户口[本簿]"
_SHOW = "带|出示|携带|提供|凭|拿|持|验"
_FEES = "手续费|违约金|工本费|安装费|调测费|运费|邮费|快递费|押金|开户费|开通费|办理费|滞纳金|漫游费|赔偿金"
_OLD_PLAN = "原(?:来的?|有的?|先的)?(?:套餐|资费)"
_ALSO = "(?:也|都|就|同样)?(?:可以?|行|能(?:用|办)?|有效|认)(?!吗|么|？|\\?)"

_FIRST = (
    "a一三上下不两二互亲仅他代任会低保停先免全共再凭出分到前副办加即原去参双取变叠另只可号合同周在复外如存安完实寄"
    "岁工带帮路光并开异当得必快手押拆择拿持换掌排提携收改新无是更替最月期本机来查次清滚滞满漫照现由电留省短立第累线结网"
    "老自节补要解调赔足跑转过运违退送邮都重销降限隔需顺须预领额马验默"
)
"""What the words of all matters begin with."""
_MATTERS: tuple[tuple[str, str, str], ...] = (
    # name, how its words decide it, the words
    ("收违约金", "must", "赔(?:钱|偿|付)"),
    ("可以异地办理", "may", "异地办理?"),
    ("生效", "when", f"(?:{_WHEN})(?:(?!仍|还|继续|按|照旧){_D}){{0,10}}?(?:生效|开始用|能用|可用|可以用|启用|起用|开始计费|开始使用)"
                    "|即可(?:使用|生效)|即生效"),
    ("自动续约", "no", f"(?:到期|期满|满期|到时)(?:后|以后|之后|时)?(?:{_D}{{0,4}}?自动|就|即|会(?:自动)?)(?:取消|终止|失效|停止?|关闭?|退订|结束|作废)"
                     "|(?:到期|期满)(?:后|以后|之后)?(?:就)?不(?:会)?(?:再)?续"),
    ("自动续约", "is", "自动(?:续[约订费期展]?|延[续期长]|顺延)|默认续[约订费期]?"),
    ("可以叠加", "no", "二选一|两选一|三选一|择一|任选其一|只能(?:选|用|享受?|参加)(?:其中)?(?:的)?(?:一|1)[个项种]|互斥|不可?能?兼得"),
    ("可以叠加", "yes", "互不影响|(?<!是)不冲突|可以?各用一|都能享|都可以享"),
    ("可以叠加", "may", "叠加|同享|同时(?:享受?|参加|办理?|使?用|拥有|生效)|一起(?:享受?|参加|办理?|使?用)|一块(?:用|办)|共同享受|合并使用|并用|并享"),
    ("可以重复参加", "may", "重复(?:参加|享受|办理?|领取?)"),
    ("可以提前解约", "may", "提前(?:取消|退订|解约|终止|结束|停|销户|退)"),
    ("可以取消", "can", "取消|退订|解约|销户|拆机|停掉"),
    ("可以退款", "yes", "(?:全额?|原路|如数)退(?![订出网])"),
    ("可以退款", "may", "退(?:款|费|钱|还|回)?(?![订出网换役休伍步让群货])"),
    ("收费", "no", "(?<!是)不(?:另外?|再|会|额外)*收(?:取)?(?:任何)?(?:费用?|钱)"
                  "|(?<!只)(?:不|不用|无需|不需要?|不必)(?:再|另外?|额外)*(?:要|付|交|花|加|掏)(?:任何)?(?:费用?|钱)"
                  "|分文不取|完全免费|全程免费|无需付费|不收取?任何费用"
                  "|(?:办理|开通|领取|参加|安装|查询|更换|补办|取消|都是?|是)免费|免费(?:办理|开通|参加|安装|查询|更换|补办|取消)"),
    ("收费", "is", "另外?(?:要)?收(?:费|钱)|额外收(?:费|取)|加收|收费(?!标准|方式|规则|站|项目|单|员|的|会|前|时)"
                  "|(?:要|需要?|得)(?:另外?|额外|再)*(?:收[费钱]|付[费钱]|交[费钱]|花钱|加钱)(?!的|会|前|时)"
                  "|(?:要|需要?|会|另)(?:另外?|额外|再)*(?:收取?|付|交)(?=\\s*[1-9一二两三四五六七八九十])"),
    ("收", "fee", _FEES),
    ("收违约金", "topup", "补(?:交|缴|付|偿)?(?:钱|差价|差额|款|费用|(?=\\s*[0-9一二两三四五六七八九十]))"),
    ("提供", "gear", "路由器|光猫|机顶盒"),
    ("到期提醒", "remind", "提醒"),
    ("原套餐不变", "yes", f"{_OLD_PLAN}(?:(?:会|还|仍然?|都|也|将)*(?:不变|保留|不受影响|不会(?:变|受影响|取消))"
                      "|(?:还|仍然?|都|也|可以?|能)*(?:照常|照样|继续|正常)(?:使?用|有效|计费|享受?))"
                      f"|不影响{_OLD_PLAN}"),
    ("原套餐不变", "no", f"{_OLD_PLAN}(?:(?![可能要续不]){_D}){{0,8}}?(?:取消|失效|停止|停用|终止|作废|注销)"),
    ("有合约期", "held", "合约期?|在网期"),
    ("有最低消费", "held", "最低消费|低消"),
    ("岁以上", "age", "岁(?:及|或)?以[上下]"),
    ("需要到厅", "no", "(?:网上|线上|手机上|app\\s*上?|掌厅|短信)(?:就|即|便)(?:能|可以?)(?:办|开)|足不出户|在家(?:里)?就(?:能|可以?)"),
    ("需要到厅", "yes", "(?:仅限|只限|只在|只能在|只能去|限)(?:线下)?营业厅"),
    ("需要到厅", "must", _HALL),
    ("可以代办", "no", "[仅只]限(?:机主)?本人(?!名下|使用|号)"),
    ("可以代办", "yes", "代办(?:的|人)?(?:也|都)?(?:需要?|要|请|须)?(?:同时)?(?:带|凭|持|出示|携带)"),
    ("可以代办", "may", f"代办|代为办理|替(?!换|代){_C}{{0,4}}?办|帮{_C}{{0,5}}?办|代领|他人办理"),
    ("可以代办", "self", "(?:由|机主)?本人(?=亲自|到|来|去|前来|前往|办|持|现场|携带|带|操作)|亲自"),
    ("需要证件原件", "no", f"(?:复印件|电子证照?|电子身份证|照片){_ALSO}|不(?:用|需要?|必)(?:带|出示)?{_C}{{0,4}}?原件|无需(?:带|出示)?{_C}{{0,4}}?原件"),
    ("需要证件原件", "yes", f"(?:{_SHOW}|必须|须|需)(?:好|着|上)?(?:(?!或){_D}){{0,8}}?原件(?!或)|复印件(?:不行|无效|不可以|不能|不认)|只认原件"),
    ("需要证件", "no", f"(?:免|无需|不用|不需要?|不必)(?:要)?(?:再)?(?:{_SHOW})?(?:任何)?(?:{_PAPERS})"),
    ("需要证件", "show", f"(?:{_SHOW})(?:好|着|上)?(?:(?![或和]){_D}){{0,6}}?(?:{_PAPERS})"),
    ("可以结转", "is", "结转|(?:留|顺延|转|累积|滚存)到?(?:下个?月|次月)|(?:再|可以?)留(?:用)?(?:一|1)个月"),
    ("可以结转", "not", f"(?:月底|月末|当月底?|次月){_D}{{0,4}}?(?:清零|作废|失效)|清零"),
    ("限速", "is", "限速(?!规则|说明|标准)|降速|降低网速|网速(?:会|就)?变慢"),
    ("可以转让", "may", "转让|转赠|转给|过户|送给(?:他人|别人)"),
    ("可以改套餐", "can", "(?:改|换|变更|更换|更改|降)(?:成|为|到|低)?(?:别的|其[他它]|低档|更低的|更便宜的)?(?:套餐|档位?)"),
    ("可以分期", "may", "分期"),
    ("可以开发票", "may", "开(?:具)?(?:电子)?发票"),
    ("可以寄送", "collect", "领取?|自取|自提"),
    ("可以寄送", "post", "邮寄|快递到家|寄到|送货?上门"),
    ("可以补领", "may", "补领|补发|补办|补送"),
    ("可以共享", "may", "共享"),
    ("老用户可以办", "no", "[仅只]限新(?:用户|客户|入网)|新(?:用户|客户)专享|只有新(?:用户|客户|入网的?(?:用户|客户))才?(?:能|可以?)"),
    ("老用户可以办", "who", "(?:老|存量|现有|在网)(?:客户|用户)"),
    ("外地号码可以办", "who", "(?:外地|异地|外省|省外)(?:的)?(?:号码?|客户|用户|卡)"),
    ("副卡可以用", "who", "副卡"),
    ("需要换号", "no", "号码不变|不(?:用)?换号|保留原?号码"),
    ("需要换号", "must", "换号码?|改号"),
    ("需要换卡", "must", "[换补]\\s?(?:张|新|sim\\s?|手机)*卡"),
    ("需要换手机", "must", "换(?:新)?手机|换机"),
    ("需要预存", "must", "预存|先存"),
    ("需要排队", "must", "排队"),
    ("需要预约", "must", "预约"),
    ("需要实名", "must", "实名"),
    ("全国可用", "yes", f"全国(?:都|通用|范围|均|各地|可){_D}{{0,3}}?用|全国通用"),
    ("全国可用", "no", "(?:仅|只|限|只能)(?:限|能)?在?(?:本省|省内|本市|本地|市内|当地|归属地)(?:内)?(?:可以?|能)?(?:使用|用|有效)"),
    ("周末可以办", "yes", "(?:周末|节假日|双休日)(?:也|照常|正常|都|均)(?:可以?|能|照常)?(?:办|营业|上班|开)"),
    ("周末可以办", "no", "(?:周末|节假日|双休日)(?:不|休息|不能|停)"),
)  # fmt: skip


def _choices(words: str) -> list[str]:
    """Return the alternatives of a pattern: a|(?:b|c)d has two."""
    found, depth = [""], 0
    for char in words:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if char == "|" and not depth:
            found.append("")
        else:
            found[-1] += char
    return found


_CHOICES = tuple((choice, number) for number, (_, _, words) in enumerate(_MATTERS) for choice in _choices(words))
# An empty group behind each choice tells which one it was; a group around it would hide its first letter from the
# matcher, which otherwise passes over most choices at once. The letters that any of them begins with come first.
_CORE = expression(f"(?=[{_FIRST}])(?:" + "|".join(f"{choice}()" for choice, _ in _CHOICES) + ")")
_MATTER_OF = (0, *(number for _, number in _CHOICES))
_TOKEN = expression(
    r"(?=[不主予会允免准别功务取只可尽差并建得必忘性想才打接提支收方无是智最有未概毋没用禁能自节获要觉记谢重随需非须])(?:"
    r"(?P<unsure>才|方可|能不能|可不可以|要不要|用不用|需不需要|是不是|能否|可否|是否|会不会|有没有|不是不|并非|不得不|不能不|没有不|不可不|无不|不一定|未必|不见得|建议|最好|尽量|想要?|打算|准备|忘了?)"
    r"|(?P<noise>用不完|[没未]用完|自动|不但|不仅|不光|不只|不论|不管|不少|不过|不同|不限|差不多|不断|不错|可能|可是|可选|功能|性能|能力|智能|才能|节能|只要|主要|重要|要求|要是|获得|觉得|取得|记得|收到|不变|无论|非常|没问题|可享)"
    r"|(?P<cannot>不能够?|不可以?|不得|无法|没法|没办法|不允许|不支持|不接受|不准|不让|不予|概不|禁止|谢绝|不[与和跟]|不给|不提供|不参与|不参加)"
    r"|(?P<need_not>不(?:一定)?(?:用|必|需要?|须|要求)|无需|无须|毋须|用不着|免(?!费))"
    r"|(?P<only>只能|必须|务必|必需|须|需要?|得(?=到|去|来|带|本人|亲自|先|排|换)|要(?!求|么|是))"
    r"|(?P<can>可以?|能够?|支持|允许|接受|提供|予以|随时)"
    r"|(?P<plain>不会?再?|没有?|未|非|别(?![的人家处省市地])|无))"
)
_FEE = expression(
    r"(?P<no>不(?:会|另外?|再|用|需要?|必|额外)*(?:收取?|交|付|扣|产生|缴|有|限|签)|不(?:用|要|需要?)|免(?:收|交|除|去|付)?|减免|没有?|无(?:需|须)?(?:任何)?|(?<![0-9.])0\s*元|零)"
    r"|(?P<yes>收取?|交|付|扣|缴|支付|产生|要签|需签|(?<!所)有)"
)
_FEE_AFTER = expression(
    r"\s*(?:为|是|共|每次|(?:要|需要?)?另外?(?:收|付|交)(?:取|费)?|需要?|要)?\s*"
    r"(?:(?P<no>0\s*元|全免|免收|免了)|(?P<yes>[1-9一二两三四五六七八九十]|另[计算付]|自理|自付|自费))"
)
_BORNE_BY_US = expression(r"[^，。；！？,;!?]{0,6}?由?(?:我们|公司)(?:来)?(?:承担|出|付)")
_OTHER_FEES = expression("(?:其[他它]|另外|额外|别的)的?$")
"""没有其他手续费 speaks of fees besides one that is charged."""
_INCLUDED = expression(r"(?:^|[^不未])(?:已?包?含|包括)$")
_CANNOT_AFTER = expression(r"(?:使用|享受|办理|服务)?(?:不了|不行|是?不可以|是?不能|不支持|不允许|无效)")
_CAN_AFTER = expression(rf"(?:使用|享受|办理|服务)?{_ALSO}|没问题")
BREAK = expression("[，。；！？,;!?：:\\n（）()]")
_STOP = expression("[。；！？;!?\n]")
_ASKED = expression(
    r"吗|么(?!样)|呢|怎么|如何|是否|能否|可否|能不能|可不可以|要不要|会不会|有没有|是不是|用不用|哪|什么时候"
)
_IF = expression(
    "如果|如(?=[您需有未没不])|若|要是|假如|倘若|万一|的话|除非|只有|只要|除了|否则|不然|一旦|凡是|没有?[^，。；]{0,8}就|的[，,]|过了|不满|未满|不足|情况下|比如|例如|以前[，,]"
)
_PARTIAL = expression(
    "(?=[一不个之乱仅以到前原可同天头年或担日时暂月有期没满视让谁超违通部重隐首])(?:以前|之前|以后|之后|期内|期间|[天日月年时]内|[日月年]底?前|部分|有的|有些|个别|一般|原则上|通常|可能|(?<!电)视(?!频)|同一[类种条个款项]|同[类种]|暂时|首[次月年]|担心|没有?人|谁|让人|乱|隐藏|重复收|违规|前[0-9一二两三四五六七八九十半]|头[0-9一二两三四五六七八九十半]|超过|超出|不到|满[0-9一二两三四五六七八九十]|(?<!不)仅(?!限?于?(?:本人|机主|新|营|省|本))|或|期满|到期)"
)
_EXCEPT = expression(
    "(?=[不但例另除])(?:除外|例外|另有|除非|(?:但|不过)[^。；！？]{0,12}(?:超过|超出|达到|期内|期间|部分|个别|满|未))"
)
_CHARGED_BY = expression("每|月费|前|头|首|期|超|套餐?外|恢复|起")
_CLOSING = expression("取消|退订|注销|销户|停|关闭|变更|改|换|降")
_LEAVES = expression("(?:取消|关闭|解除|停用|关掉)(?:了)?$")
_CHANNEL = expression("热线|电话|线上|网上|短信|app|营业厅|门店|网点")
"""What cannot be done on one channel may be possible on another."""

_REACH = 12
"""How many characters before a statement the word stands that turns it."""

SENTENCE = 80
"""How many characters of its sentence before a statement are looked at for a condition."""


def stances_in(text: str) -> Iterator[Decided]:
    """Yield what a folded text decides, in order."""
    breaks: list[int] | None = None
    for match in _CORE.finditer(text):
        if breaks is None:
            breaks = [-1, *(mark.start() for mark in BREAK.finditer(text)), len(text)]
        number = _MATTER_OF[match.lastindex or 0]
        at = bisect_left(breaks, match.start())
        low, high = breaks[at - 1] + 1, breaks[bisect_left(breaks, match.end())]
        clause = (max(low, match.start() - SENTENCE), min(high, match.end() + SENTENCE))
        yield from _decide(text, match, _MATTERS[number], clause)


def _decide(text: str, match: re.Match[str], matter: tuple[str, str, str], clause: Span) -> Iterator[Decided]:
    """Yield what words decide; nothing when they ask, None as the side when a condition or a part leaves it open."""
    kind = matter[1]
    start, end = match.span()
    whole = text[clause[0] : clause[1]]
    if text[clause[1] : clause[1] + 1] in ("？", "?") or _ASKED.search(whole):
        return
    for called, side in _sides(matter, text[clause[0] : start], match[0], text[end : clause[1]]):
        if side is not None or called == _POSTED:
            elsewhere = side is False and kind in ("may", "can") and _CHANNEL.search(whole)
            hedged = elsewhere or _is_hedged(text, called, clause, (start, end))
            yield Decided(called, None if hedged else side, *_span(text, clause[0], start, end))


def _sides(matter: tuple[str, str, str], before: str, words: str, after: str) -> list[tuple[str, bool | None]]:
    """Return each matter that words decide, and which way."""
    name, kind, _ = matter
    if kind in _SEVERAL:
        return _SEVERAL[kind](before, words, after)
    side = _SIDES[kind](before, after)
    if kind in ("fee", "gear"):
        return [(name + words, side)]
    if name == "收费" and "安装" in before + words:
        return [("收安装费", side)]
    return [(name, side)]


def _span(text: str, low: int, start: int, end: int) -> Span:
    """Return the words with what turns them before: 不能 of 不能叠加."""
    tokens = [
        token.start() for token in _TOKEN.finditer(text, max(low, start - _REACH), start) if token.lastgroup != "noise"
    ]
    return (tokens[-1] if tokens else start), end


def _is_hedged(text: str, name: str, clause: Span, words: Span) -> bool:
    """Whether a condition, an exception or a part stands around what is decided."""
    start, end = words
    low = max(0, start - SENTENCE)
    stops = [stop.end() for stop in _STOP.finditer(text, low, clause[0])]
    sentence = stops[-1] if stops else low
    only = text.startswith("只有", start)  # the words themselves say who, and set no condition
    if _IF.search(text, end if only else sentence, clause[1] + 1) or (only and _IF.search(text, sentence, start)):
        return True
    if _EXCEPT.search(text, clause[0], clause[1] + 40):
        return True
    whole = text[clause[0] : clause[1]]
    if name == "收费" and _CHARGED_BY.search(whole):
        return True
    return name not in _SPEAKS_OF_THE_END and _PARTIAL.search(whole) is not None and "随时" not in whole


_SPEAKS_OF_THE_END = frozenset({"自动续约", "到期提醒", "限速", "可以结转", "当天生效", "当月生效", "需要证件原件"})


_DENYING = frozenset({"cannot", "need_not", "plain"})


def _last(before: str) -> tuple[str, str]:
    """Return the kind of the last word that turns a statement, and what stands between it and the statement."""
    near = before[-_REACH:]
    kind, between, previous = "", near, ""
    for token in _TOKEN.finditer(near):
        if token.lastgroup != "noise":
            previous, kind, between = kind, token.lastgroup or "", near[token.end() :]
            if (previous == "plain" and kind in _DENYING) or (previous == "can" and kind == "plain"):
                kind = "unsure"
    return kind, between


def _may(before: str, after: str) -> bool | None:
    """Decide a permission that plain 不 denies as well: 不退."""
    kind, between = _last(before)
    if kind == "plain" and not between:
        return None if before.endswith(("没", "没有", "未", "别", "非", "无")) else False
    return _can(before, after)


def _can(before: str, after: str) -> bool | None:
    """Decide a permission by the last 可以 or 不能 before it, or by what follows it."""
    kind, between = _last(before)
    if kind == "unsure" or "自动" in between:
        return None
    if _CANNOT_AFTER.match(after):
        return False if kind in ("", "can") else None
    if kind in ("can", "cannot"):
        return kind == "can"
    return True if not kind and _CAN_AFTER.match(after) else None


def _must(before: str, _: str) -> bool | None:
    """Decide a duty by the last 要 or 不用 before it."""
    return {"only": True, "need_not": False}.get(_last(before)[0])


def _show(before: str, after: str) -> bool | None:
    """Decide whether papers are asked for; 带身份证 without more asks for them."""
    if "替" in before or "代" in before or "替" in after:
        return None
    return True if not _last(before)[0] else _must(before, after)


def _self(before: str, after: str) -> bool | None:
    needed = _must(before, after)
    return None if needed is None else not needed


def _is(before: str, _: str) -> bool | None:
    """Decide a fact: said is so, unless a negation stands right before it."""
    kind, between = _last(before)
    if kind == "unsure" or _LEAVES.search(before):
        return None
    if kind in ("plain", "cannot") and len(between) <= 2:
        return False
    return None if kind == "need_not" else True


def _is_not(before: str, after: str) -> bool | None:
    said = _is(before, after)
    return None if said is None else not said


def _who(before: str, after: str) -> bool | None:
    """Decide whether somebody may by the first word after them that turns the statement."""
    if _SUSPENDED.search(before):
        return None
    for token in _TOKEN.finditer(after[:8]):
        if token.lastgroup != "noise":
            if _NOT_THEY.search(after[: token.start()]) or _IN_A_WAY.match(after, token.end()):
                return None
            return {"can": True, "cannot": False}.get(token.lastgroup or "")
    return None


_SUSPENDED = expression("停机|欠费|挂失|销户")
_NOT_THEY = expression("优惠|活动|专享|的")
"""老客户优惠 is no customer."""
_IN_A_WAY = expression("单独|自己|自动|自行|随意|优先|重复|再|同时|直接")
"""Who may not do something alone may do it."""


def _fee(before: str, after: str) -> bool | None:
    """Decide whether a fee is charged: 不收手续费, 手续费 5 元."""
    if any(token.lastgroup == "unsure" for token in _TOKEN.finditer(before[-_REACH:])):
        return None
    following = _FEE_AFTER.match(after)
    if _OTHER_FEES.search(before):
        return None
    if _BORNE_BY_US.match(after) or (_INCLUDED.search(before) and not following):
        return False
    said = list(_FEE.finditer(before[-_REACH:]))
    if said and "不是" not in before:
        return said[-1].lastgroup == "yes"
    return following.lastgroup == "yes" if following else None


def _topup(before: str, _: str) -> bool | None:
    """Decide whether one pays on leaving early: 提前解约每剩一个月补 10 元."""
    kind, between = _last(before)
    if kind == "unsure" or not _LEAVING.search(before):
        return None
    return not (kind in _DENYING and len(between) <= _NEAR)


_LEAVING = expression("提前|解约|中途|取消|退订|拆|销户|剩|少用|违约|合约")
_NEAR = 3
"""How many characters at most stand between a denial and the verb that it denies."""


def _remind(before: str, _: str) -> bool | None:
    """Decide whether customers are told before something ends."""
    kind, between = _last(before)
    if not _ENDS.search(before) or _THINGS.search(before) or kind in ("unsure", "need_not"):
        return None
    denied = kind in _DENYING
    return None if denied and ("会" in between or len(between) > _NEAR + 2) else not denied


_ENDS = expression("到期|期满")
_THINGS = expression("流量|积分|券|余额|语音|红包")
"""What runs out without an offer coming to its end."""


def _gear(before: str, after: str) -> bool | None:
    """Decide whether a device comes with the offer or customers bring their own."""
    if _OWN_BEFORE.search(before):
        return None if _last(before)[0] == "need_not" else False
    if _OWN_AFTER.match(after):
        return False
    return True if _GIVEN_BEFORE.search(before) or _GIVEN_AFTER.match(after) else None


_OWN_BEFORE = expression(
    "(?:不(?:包?含|赠?送|提供|配|包括)|自[备带购]|自行(?:准备|购买)|自己(?:买|准备))(?:一?[台个])?$"
)
_OWN_AFTER = expression(
    "(?:需要?|要|请|得|由?您|由?客户)*(?:自[备带购理]|自行(?:准备|购买)|自己(?:买|准备|备)|另外?[买购]|不[含送])"
)
_GIVEN_BEFORE = expression("(?<!不)(?:包?含|赠送|(?<![赠不])送|提供|(?<!不)配)(?:您)?(?:一|1)?[台个]?$")
_GIVEN_AFTER = expression("(?:由?我们)?(?:都|也|是)?(?:免费)?(?:提供|赠送|送给?您)")


_POSTED = "寄到家"
"""Whether things are sent and not collected; a text that leaves a choice leaves it open."""
_CHOICE = expression("可|能|也|或|选|自愿|方便|想|要是")
_IN_HALLS = expression("营业厅|门店|网点|柜台|[到来去]厅")


def _collect(before: str, _: str, after: str) -> list[tuple[str, bool | None]]:
    """Decide that things are collected: 到营业厅领取."""
    if not _IN_HALLS.search(before):
        return []
    chosen = _last(before)[0] or _CHOICE.search(before) or _CHOICE.search(after)
    return [(_POSTED, None if chosen else False)]


def _post(before: str, words: str, after: str) -> list[tuple[str, bool | None]]:
    """Decide whether things may be sent, and whether they are sent without more: 快递寄到家."""
    may = _may(before, after)
    chosen = may is not None or _last(before)[0] or _CHOICE.search(before) or _CHOICE.search(after)
    return [("可以寄送", may), (_POSTED, None if chosen else True)]


_YEARS = expression(rf"({NUMBER})\s*周?$")


def _age(before: str, words: str, after: str) -> list[tuple[str, bool | None]]:
    """Decide whether those above an age are meant; whoever is refused is not."""
    years = _YEARS.search(before)
    value = amount_of(years[1]) if years else None
    refused = any(token.lastgroup in _DENYING for token in _TOKEN.finditer(after))
    return [] if value is None or refused else [(f"{value:g}岁以上", words.endswith("上"))]


def _when(before: str, words: str, _: str) -> list[tuple[str, bool | None]]:
    """Decide when something takes effect: within the day, within the month, or from the next month on."""
    said = re.findall(_WHEN, words) or ["即"]
    if "或" in words or _last(before)[0] in ("cannot", "plain", "unsure") or before.endswith(("不是", "或", "或者")):
        return []
    which = said[-1]
    prefix = "取消" if _CLOSING.search(before + words) else ""
    next_month = which in ("次月", "下月", "下个月", "第二月", "第二个月")
    today = None if which in ("当月", "本月") else not next_month and which not in ("次日", "第二天", "隔天")
    return [(prefix + "当月生效", not next_month), (prefix + "当天生效", today)]


_SIDES: dict[str, Callable[[str, str], bool | None]] = {
    "yes": lambda before, _: None if _last(before)[0] in ("plain", "cannot", "unsure") else True,
    "no": lambda before, _: None if _last(before)[0] in ("plain", "cannot", "unsure") else False,
    "may": _may,
    "can": _can,
    "must": _must,
    "self": _self,
    "show": _show,
    "is": _is,
    "not": _is_not,
    "who": _who,
    "fee": _fee,
    "held": _fee,
    "topup": _topup,
    "remind": _remind,
    "gear": _gear,
}
_SEVERAL: dict[str, Callable[[str, str, str], list[tuple[str, bool | None]]]] = {
    "age": _age,
    "when": _when,
    "collect": _collect,
    "post": _post,
}
