"""Which facts a text tells: until when, how much, for whom. They are what makes a vague phrase plain.

限时 misleads, 限时（9 月 1 日至 15 日） does not; 最快当天 needs 最慢三天 beside it. Facts are looked for in the whole
passage, those about a list or another case where the phrase stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from campaigncheck.catalogue.models import Fact
from campaigncheck.language.amounts import figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.stops import CLAUSE, Span, begin_of, end_of

_N = "[0-9一二两三四五六七八九十百千万半]"
_NOT_A_DAY = "(?!租|费|均|结|付|套|流量|月|柜|窗|楼|门|厅|线|台|桌)"
_DATE = rf"(?:\d|[一二三四五六七八九十])\s*[日号]{_NOT_A_DAY}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
_DAY = expression(
    rf"{_DATE}|(?:\d|[一二三四五六七八九十])\s*月(?!租|费|均|结|付|套|流量|[初中末])|{_N}+\s*(?:天|个?工作日|小时|个月|年|分钟|周)(?:之|以)?[内后]"
    r"|[今明]晚|[今明后]天(?!气)|\d+点前|(?:周|星期)[一二三四五六日天]|大?后天|\d+点半?(?:到|至|[~～—–-])"
    r"|(?:当|本|这|下|次)个?(?:月|年|周)(?:之?内|底|末|前|有效|作废|失效|止|清零)|月底|月末|年底|年末|年内|生日当天|当[天日场]"
)
_END = expression(
    rf"(?:至|到|[~～—–－-])\s*(?:\d{{4}}年|次年|明年|今年)?\s*(?:{_N}{{1,3}}\s*月\s*)?{_N}{{1,3}}\s*[日号]{_NOT_A_DAY}|[至到][^，。；]{{0,8}}(?:月底|月末|年底|年末|\d\s*月(?!租|费))"
    rf"|(?:{_DATE})\s*(?:（[^）]{{0,20}}）|\([^)]{{0,20}}\))?(?:夜?里?|晚上?|\d{{1,2}}[点时:：]\d{{0,2}}分?|零点)?(?:之?前|以前|止|截止|为止|当[天日]|这天|一天|作废|清零|到期|失效|过期|结束|两天|三天)"
    rf"|(?:{_DATE})(?!\s*(?:（[^）]{{0,20}}）)?(?:起|开始|[之以]?后|生效|到账|扣|出账|恢复|收|上线|正式|调整|实施|执行|办[的过]|开[的通始]|零[点时](?!到|至|[~～—–-])|凌))"
    rf"|截[至止到][^，。；]{{0,6}}(?:\d|底)|{_N}\s*月(?:份|内|底|前|有效|里)|[今明]晚|[今明]天(?:前|内|办|一天|，|。|$)|\d+点前"
    rf"|{_N}+\s*(?:天|日|个?工作日|小时|个月|年|分钟|周)(?:之|以)?内(?!.{{0,6}}(?:到账|答复|退|换|修|上门|装|送|处理|回|恢复|开通|生效|审|寄|通知|联系|办好|办完|完成))"
    rf"|(?:元旦|春节|国庆|中秋|五一|端午|生日|店庆|双十一|双11)(?:当[天日]|{_N}天|前)"
    r"|(?:当|本|这|下|次)个?(?:月|年|周)(?:之?内|底|末|前|有效|作废|失效|止|清零)|月底|月末|年底|年末|年内|每[年月周天][^，。；]{0,4}[一1]次|当[天日场](?:有效|办|使用|来|到)"
)
_NO_DAY = expression(r"每个?月\s*\d+\s*[日号]")
_LENGTH = expression(
    rf"{_N}+\s*(?:个(?:半)?月|年|天|日内|周|个?星期|小时|个?季度|期)|半(?:个月|年|天)|首[月年]|头{_N}+个月|整?一年|最[晚迟]|到(?:{_N}+月)?{_N}+[日号]{_NOT_A_DAY}|到今[天晚]"
)
_LASTS = expression(
    rf"{_N}+\s*(?:个(?:半)?月|年|天|周|个?星期|小时|个?季度)(?!前)|半(?:个月|年|天)|首[月年]|头{_N}+个月|整?一年"
)
_OTHER_LENGTH = expression(
    "[满签]|在网|入网|合约|协议|承诺|[退换坏修赔]|到账|答复|装好|上门|处理|寄|恢复|保修|无理由|老客户|以上"
)
_QUALIFIED = expression(
    rf"满\s*{_N}+\s*(?:个月|年|周?岁)[^，。；！]{{0,8}}(?:、[^，。；！]{{0,8}})?(?:客户|用户|家庭|老人|都[能可]|以上)|用满\s*{_N}|条件[是为：:]"
    rf"|第{_N}次|首次|第\s*{_N}+\s*个?月(?:起|开始|[以之]?后)|[以之]后每[次月年天个]|超过[^，。；]{{0,6}}[再另每收]|以上的?(?:客户|用户)[免，]|每(?:周|星期)[一二三四五六日天]"
    rf"|(?:凭|持)[^，。；]{{1,8}}证|[只仅](?:给|限|对)|每[人户台个位][^，。；]{{0,8}}(?:{_N}|{_N}{_N})次|的(?:客户|用户|家庭|老人)(?:都|每)"
    r"|已经?(?:到账|发放|领取|返|赠|送|减免|生效|开通|存入)|将?于[^，。；]{0,8}[日号](?:到账|返|发|存入)"
)
"""Who may, or from when it costs: as good as a last day for what is always so. What has been given already needs neither."""
_MONEY = expression(
    r"(?<![\d.])(?!0+(?:\.0+)?\s*[元块])(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+)\s*(?:元|块)"
    rf"|{_N}+\s*折|\d+(?:\.\d+)?%|(?:写|标|贴|印)在[^，。；]{{0,4}}价[签目格]"
)
_COUNT = expression(
    rf"{_N}+\s*gb|(?:\d{{2,}}|[1789])\s*g(?![a-z])|[2-6]\s*g(?=的?(?:流量|通用|定向|国内|全国))|{_N}+\s*(?:mb|m|兆|分钟|张|份|次|名|位|台|个(?!月|半月|工作日|小时|星期|季度)|条|部|积分|分(?!钟|公司|店|厅)|套(?!餐)"
    "|件|盒|桶|袋|枚|只|把|瓶|箱|户|人|家|款|根|副|盏|双|床|顶|支|辆|颗|粒|匹|对|组|串|期|束|朵|本|册|块(?!钱)|顿|节|场|课|斤|公斤|升|提|罐|棵|碗|杯|包(?![月年含括邮裹装里夜]))",
)
_GIVEN_TIME = expression(rf"\s*[您你]?\s*{_N}+\s*(?:个(?:半)?月|年|天|个?季度)(?=[，。；！？]|$)")
"""How much time is given: 送一个月."""
_THINGS = expression(
    rf"(?:共|总共|[限剩仅前]|数量|名额|库存|人数)(?:有|为|是|剩|：|:)?\s*{_N}+\s*(?:个(?!月|半月|工作日|小时|星期|季度)|份|张|名(?!字)|位|台|件|套(?!餐)|部|户|盒|袋|把|只|条|组|双|辆|人|家|款|副|根|桶|瓶|箱|包|盏|支|枚|顶)"
    rf"|(?<![每一])(?:\d{{2,}}|{_N}{{2,}})\s*(?:个(?!月|半月|工作日|小时|星期|季度)|份|张|名(?!字)|位|台|件|套(?!餐)|部|户|盒|袋|把|只|条|组|双|辆|人)|[满减完送发]\s*{_N}+\s*(?:名|份|台|个|张|户|人|位)"
)
_FIGURE = expression(
    r"(?<![第\d])\d+(?!\s*[Gg](?![Bb])|\d)|(?<![第\d一二三四五六七八九十])[零一二两三四五六七八九十百千万半]+\s*(?:元|块|折|成|倍|天|日|个?月|年|周|岁|小时|分钟|兆|次|张|个|台|人|份|家|户)"
)
_THEREAFTER = expression(
    rf"(?:第\s*{_N}{{1,3}}\s*个?月|{_N}{{1,3}}\s*个月(?:以后|之后|后)|到期以?后|期满后|[以之]后)"
    rf"[^。；！\d]{{0,8}}{_N}[\d.]*\s*[元块]"
)
"""What is paid when the free months are over: 一分钱不花 for two months, 第三个月起每月 15 元."""
_SPEED = expression(rf"{_N}+\s*(?:[mk](?:bps|b/s)?|兆)(?![a-z])")
_SLOWED = expression("降|限|慢|速|封顶|断|停")
_WHO = expression(
    rf"满\s*{_N}+\s*(?:周?岁|年|个月)|{_N}+\s*(?:周岁|岁)|(?:每|一)(?:人|户|个?号码|个?客户|个?身份证|个?账号|单|位|家)"
    "|(?:新|老|全部|所有|任何)(?:客户|用户|入网|装|办)|学生|老人|老师|军人|残疾|会员|本人|在网|入网|凡|只要是|持|凭|仅限|不论"
    "|都(?:能|可|有|是|算|送)|人人|谁都|的(?:客户|用户|家庭|号码)(?!经理|服务)"
)
_OTHER_CASE = expression(
    "最慢|最晚|最迟|最长|最久|一般|通常|平均|不超过|多数|大多|其余|其他|超过|否则|隔天|次日|远郊|偏远"
    r"|(?:之|以)?内(?:办好|到账|装好|答复|完成|送到|生效|退)|\d\s*[到至~～-]\s*\d"
)
_OTHER_END = expression(
    r"满\s*\d+\s*元?[^，。；]{0,4}[减返送得]\s*\d|最[低高少多]|起码|至少|分别|依次|各档|[两三四五]档|每档|每个档|不同档|对应"
    r"|、[^，。；]{0,12}\d[^，。；]{0,12}[元块折]|\d档|[：:][^。；]*\d\s*[元块折][^。；]*\d\s*[元块折]"
)
_LISTED = expression(
    r"\s*[”」’\"]?\s*(?:[（(：:]|包括|分别是|即|就是|是指|指的是|也就是|有[^。；！？\n]*[、和及])"
    r"|[^。；！？\n]*(?:包括|分别|现在是|目前是|[，：:（(]有|就是)[^。；！？\n]*[、和及]|[^，。；！？\n]*、[^，。；！？\n]*、"
)
_NOUN = expression(r"的?[\u4e00-\u9fffA-Za-z]{1,6}?(?=[（(：:]|包括|分别是|即|就是)")


def facts_told(text: str, facts: Iterable[Fact], start: int, end: int) -> set[Fact]:
    """Return which of some facts a passage tells about the phrase at ``text[start:end]``."""
    folded = fold(text)
    rest = folded[:start] + "，" * (end - start) + folded[end:]
    return {fact for fact in facts if _TELLS[fact](rest, start, end)}


def _day(text: str, *_: int) -> bool:
    return _DAY.search(_NO_DAY.sub("", text)) is not None


def _until(text: str, *_: int) -> bool:
    """Whether a text names a last day, or the one day of an event; a first day alone is none."""
    return _END.search(_NO_DAY.sub("", text)) is not None


def _period(text: str, start: int, end: int) -> bool:
    """Whether a text tells the last day, who has a claim to it, or near the phrase how long it holds."""
    return _until(text) or _QUALIFIED.search(text) is not None or _lasts(text, start, end)


def _lasts(text: str, start: int, end: int) -> bool:
    low, stop = _near(text, start, end)
    return any(
        _OTHER_LENGTH.search(text, begin_of(text, found.start(), CLAUSE), end_of(text, found.end(), CLAUSE)) is None
        for found in _LASTS.finditer(text, low, stop)
    )


def _money(text: str, *_: int) -> bool:
    return _MONEY.search(text) is not None or any(
        stated.figure.unit == "元" and stated.figure.value > 0 for stated in figures_in(text)
    )


def _speed(text: str, *_: int) -> bool:
    return any(_SLOWED.search(text, max(0, found.start() - 12), found.end() + 6) for found in _SPEED.finditer(text))


def _in(pattern: re.Pattern[str]) -> Callable[[str, int, int], bool]:
    return lambda text, start, end: pattern.search(text) is not None


def _other_case(text: str, start: int, end: int) -> bool:
    """Whether the sentence of the phrase, or the next one, tells another case than the best."""
    return _OTHER_CASE.search(text, *_around(text, start, end)) is not None


def _other_end(text: str, start: int, end: int) -> bool:
    return _OTHER_END.search(text, *_around(text, start, end)) is not None


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence of a phrase and the one after it."""
    return begin_of(text, start), end_of(text, end_of(text, end) + 1)


def _figure(text: str, start: int, end: int) -> bool:
    """Whether any figure stands near a phrase: what is meant by 更久 or 较高."""
    return _FIGURE.search(text, *_near(text, start, end)) is not None


def _list(text: str, start: int, end: int) -> bool:
    """Whether what is meant is listed right after the phrase or its noun, or before it in its clause: 雨伞、水杯任选一件."""
    if "、" in text[begin_of(text, start, CLAUSE) : start]:
        return True
    return _LISTED.match(text, end) is not None or _LISTED.match(text, end + _noun(text, end)) is not None


def _amount(text: str, start: int, end: int) -> bool:
    """Whether an amount stands in the clause of a phrase, in the next two of its sentence, or as the price afterwards."""
    low, stop = _near(text, start, end)
    near = _MONEY.search(text, low, stop) or _COUNT.search(text, low, stop) or _GIVEN_TIME.match(text, end)
    return near is not None or _THEREAFTER.search(text, stop) is not None


def _near(text: str, start: int, end: int) -> Span:
    """Return the clause of a phrase and the next two of its sentence."""
    low, stop = begin_of(text, start, CLAUSE), end_of(text, end, CLAUSE)
    for _ in range(2):
        if text[stop : stop + 1] in ("，", ",", "：", ":"):
            stop = end_of(text, stop + 1, CLAUSE)
    return low, stop


def _noun(text: str, end: int) -> int:
    """Return how long the noun is that follows a phrase: 指定 机型（…）."""
    match = _NOUN.match(text, end)
    return len(match[0]) if match else 0


_TELLS: dict[Fact, Callable[[str, int, int], bool]] = {
    "date": _until,
    "day": _day,
    "duration": _in(_LENGTH),
    "period": _period,
    "money": _money,
    "number": _in(_THINGS),
    "amount": _amount,
    "figure": _figure,
    "quantity": _in(_COUNT),
    "speed": _speed,
    "who": _in(_WHO),
    "latest": _other_case,
    "least": _other_end,
    "list": _list,
}
