"""What an answer claims: its figures, and which way it decides the matters that answers decide.

Two answers agree when neither denies the other. Figures are compared unit by unit: equal sets agree, and so does a
less detailed answer. Statements are compared matter by matter: only yes here and only no there is a contradiction,
and so are two clauses that are the same but for a 不. Codes to send are compared where they serve the same purpose.
Where a sentence asks, sets a condition, speaks of a part or denies a denial, nothing is taken from it: a coordinator
who is warned about two answers that agree stops reading warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.amounts import COUNTED, DAYS, Figure, Stated, figures_in, may_be_as_long
from campaigncheck.language.codes import Code, codes_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.opposites import Denied, affirmed, contradict, denied
from campaigncheck.language.stances import BREAK, SENTENCE, Decided, stances_in
from campaigncheck.language.stops import Span


class Claims(NamedTuple):
    """The figures of a text, each matter that it decides one way only, what else it denies, and the codes to send."""

    figures: frozenset[Figure]
    stances: frozenset[tuple[str, bool]]
    denied: frozenset[tuple[str, str]] = frozenset()
    codes: frozenset[tuple[bool, str, str]] = frozenset()


class FiguresDiffer(NamedTuple):
    """The figures of one unit that only the one text and only the other states, in their order."""

    here: tuple[Figure, ...]
    there: tuple[Figure, ...]


class StancesDiffer(NamedTuple):
    """A matter that one text affirms and the other denies."""

    matter: str
    here: bool
    there: bool


class CodesDiffer(NamedTuple):
    """The codes that the one and the other text tells to send for the same purpose, in their order."""

    here: tuple[str, ...]
    there: tuple[str, ...]


class Disagreement(NamedTuple):
    """What differs (one of the three), and where the first and the second text say it."""

    figures: FiguresDiffer | None
    stance: StancesDiffer | None
    first: Span
    second: Span
    codes: CodesDiffer | None = None


class _Reading(NamedTuple):
    """All that was found in a text, in order."""

    text: str
    figures: tuple[Stated, ...]
    stances: tuple[Decided, ...]
    denied: tuple[Denied, ...]
    codes: tuple[Code, ...]
    claims: Claims


@lru_cache(maxsize=1 << 17)
def claims(text: str) -> Claims:
    """Return the figures of a text and the matters that it decides one way only."""
    return _read(text).claims


@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
    folded = fold(text)
    figures, stances = tuple(figures_in(folded)), tuple(stances_in(folded))
    refused, codes = denied(folded), tuple(codes_in(folded))
    told = Claims(
        frozenset(stated.figure for stated in figures),
        frozenset(_settled(stances)),
        frozenset((one.way, one.words) for one in refused),
        frozenset(one[:3] for one in codes),
    )
    return _Reading(folded, figures, stances, refused, codes, told)


def _settled(stances: tuple[Decided, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the matters that are decided one way only."""
    sides: dict[str, set[bool | None]] = {}
    for decided in stances:
        sides.setdefault(decided.matter, set()).add(decided.side)
    for matter, said in sides.items():
        if said in ({True}, {False}):
            yield matter, True in said


def disagreement(first: str, second: str) -> Disagreement | None:
    """Return how two answers to one question differ, or None if neither denies the other.

    The order of the two does not matter: swapped texts give the swapped result.
    """
    if first == second or _plainly_agree(first, second):
        return None
    if second < first:
        found = disagreement(second, first)
        return _mirrored(found) if found else None
    one, other = _read(first), _read(second)
    return (
        _figures_differ(one, other)
        or _days_differ(one, other)
        or _stances_differ(one, other)
        or _clauses_differ(first, one, second, other)
        or _codes_differ(one, other)
    )


def _plainly_agree(first: str, second: str) -> bool:
    """Whether no unit has figures of its own on either side and nothing is opposite; most pairs end here."""
    one, other = claims(first), claims(second)
    mine = {figure.unit for figure in one.figures - other.figures}
    if mine:
        yours = {figure.unit for figure in other.figures - one.figures}
        if not mine.isdisjoint(yours) or (not mine.isdisjoint(DAYS) and not yours.isdisjoint(DAYS)):
            return False
    if one.codes and other.codes and one.codes != other.codes:
        return False
    if (one.denied and not one.denied.isdisjoint(affirmed(second))) or (
        other.denied and not other.denied.isdisjoint(affirmed(first))
    ):
        return False
    return not any((matter, not side) in other.stances for matter, side in one.stances)


def _mirrored(found: Disagreement) -> Disagreement:
    figures = FiguresDiffer(found.figures.there, found.figures.here) if found.figures else None
    stance = StancesDiffer(found.stance.matter, found.stance.there, found.stance.here) if found.stance else None
    codes = CodesDiffer(found.codes.there, found.codes.here) if found.codes else None
    return Disagreement(figures, stance, found.second, found.first, codes)


_ORDER = ("元", "日期")
"""Units that are reported before others."""


def _figures_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return the first unit in which each text states figures about the same thing that the other does not."""
    units = {figure.unit for figure in one.claims.figures} & {figure.unit for figure in other.claims.figures}
    for unit in sorted(units, key=lambda unit: (unit not in _ORDER, unit)):
        here, there = _only(one, other, unit), _only(other, one, unit)
        met = [(mine, yours) for mine in here for yours in there if _same_thing(one, mine, other, yours)]
        if met:
            figures = FiguresDiffer(_distinct(stated for stated, _ in met), _distinct(stated for _, stated in met))
            (mine, yours) = met[0]
            return Disagreement(figures, None, (mine.start, mine.end), (yours.start, yours.end))
    return None


def _days_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return a time in days and one in working days that cannot be as long, if both are for the same act."""
    for mine in _unmatched(one, other):
        for yours in _unmatched(other, one):
            if mine.figure.unit != yours.figure.unit and _same_act(one, mine, other, yours):
                figures = FiguresDiffer((mine.figure,), (yours.figure,))
                return Disagreement(figures, None, (mine.start, mine.end), (yours.start, yours.end))
    return None


def _unmatched(one: _Reading, other: _Reading) -> list[Stated]:
    """Return the days and working days that may be as long as none of the other text."""
    theirs = [figure for figure in other.claims.figures if figure.unit in DAYS]
    mine = [stated for stated in one.figures if stated.figure.unit in DAYS]
    return [stated for stated in mine if not any(may_be_as_long(stated.figure, figure) for figure in theirs)][:_ENOUGH]


_ENOUGH = 32
"""How many differing figures of a text are compared one by one."""


def _only(one: _Reading, other: _Reading, unit: str) -> list[Stated]:
    """Return the figures of a unit that the other text does not state, or not for the same act."""
    figures = [stated for stated in one.figures if stated.figure.unit == unit]
    if unit not in DAYS:
        return [stated for stated in figures if stated.figure not in other.claims.figures][:_ENOUGH]
    theirs = [stated for stated in other.figures if stated.figure.unit == unit][:_ENOUGH]
    return [
        mine
        for mine in figures[:_ENOUGH]
        if not any(mine.figure == yours.figure and _same_thing(one, mine, other, yours) for yours in theirs)
    ]


def _distinct(stated: Iterator[Stated]) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(one.figure for one in stated))


_TAGS: tuple[re.Pattern[str], ...] = (
    expression("(?P<month>每个?月|月费|月租|/月|一个月|月付|按月)|(?P<year>每年|/年|一年(?=[0-9]))|(?P<day>每天|每日|/天|/日)|(?P<once>每次|/次)|(?P<all>一共|总共|合计|加起来|共计|总计|全年|一次性|共(?![享同用]))"),
    expression("(?P<after>以后|之后|到期后?|期满|恢复|原价|第[0-9一二三四五六七八九十]+个月|起(?!来)|超出|套餐?外)|(?P<before>优惠期|期内|[前头][0-9一二两三四五六七八九十半]|首[月年]|免费期)"),
    expression("(?P<arrive>到账|到帐|退[到回还给钱费]|返还|退款)|(?P<answer>答复|回复|回电|回访|回话|给结果|处理(?![完好后])|解决(?!后))|(?P<visit>上门|装[好机](?!之?后|以后))|(?P<remind>提醒|短信|通知)|(?P<collect>领取?|寄|发货)|(?P<regret>后悔|无理由|可以?退|可以?取消|取消)|(?P<contract>合约|在网|约定|承诺|协议|有效期)|(?P<promo>优惠|免费)|(?P<talk>通话|语音|打电话)|(?P<serve>办理(?:时间|要|需|只要)|办完|等)"
               "|(?P<valid>有效(?!期|身份)|失效|作废|过期)|(?P<repair>可以?换(?![成为卡套])|[退调包]换|换[货新](?!套|号)|质保|保修|维修|毛病|坏)"),
    expression("(?P<handling>手续费|办理费|开通费)|(?P<penalty>违约金|少用|赔)|(?P<card>工本费)|(?P<function>功能费)|(?P<install>安装|调测|上门)|(?P<post>运费|邮费|快递)|(?P<deposit>押金)|(?P<prepaid>预存|先存)|(?P<difference>多|少|省|便宜|立减|减|差|抵)|(?P<back>返|送|赠|券|红包)|(?P<monthly>每月|月费|月租|/月)"),
    expression("(?P<speed>网速|速率|带宽|宽带|光纤|限速|降速|限到|降到|bps)|(?P<data>流量|用满|用到|用完|达到)"),
    expression("(?P<sub>副卡|副号)|(?P<main>主卡|主号)|(?P<broadband>宽带)|(?P<tv>电视|机顶盒)|(?P<phone>手机|购机)|(?P<points>积分)|(?P<fixed>固话)|(?P<old>老用户|老客户)|(?P<new>新用户|新客户)|(?P<abroad>国际|境外|港澳|漫游)|(?P<inland>国内|境内)"),
)  # fmt: skip
"""What a figure may be about, aspect by aspect. Two figures about different things do not contradict each other."""


@lru_cache(maxsize=4096)
def _about(clause: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(str(match.lastgroup) for match in tags.finditer(clause)) for tags in _TAGS)


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around ``text[start:end]``."""
    return (
        BREAK.split(text[max(0, start - SENTENCE) : start])[-1]
        + text[start:end]
        + BREAK.split(text[end : end + SENTENCE])[0]
    )


def _same_thing(one: _Reading, mine: Stated | Decided, other: _Reading, yours: Stated | Decided) -> bool:
    """Whether the clauses around two claims may speak of the same thing in every aspect that both name."""
    here, there = _about(_clause(one.text, mine.start, mine.end)), _about(_clause(other.text, yours.start, yours.end))
    counted = isinstance(mine, Stated) and mine.figure.unit in COUNTED and isinstance(yours, Stated)
    if counted and not _same_noun(one.text[mine.end :], other.text[yours.end :]):
        return False
    return all(not a or not b or a & b for a, b in zip(here, there, strict=True))


_ACT = 2
"""The aspect that says what is done: 答复, 上门, 到账."""
_PROMISED = frozenset({"answer", "visit", "arrive"})


def _same_act(one: _Reading, mine: Stated, other: _Reading, yours: Stated) -> bool:
    """Whether both claims name what we do in that time, and it is the same thing."""
    here = _about(_clause(one.text, mine.start, mine.end))[_ACT]
    there = _about(_clause(other.text, yours.start, yours.end))[_ACT]
    return bool(here & there & _PROMISED) and _same_thing(one, mine, other, yours)


_NOUN = expression("[\u4e00-\u9fff]{1,2}")


def _same_noun(here: str, there: str) -> bool:
    """Whether what is counted may be the same: 3 个号码 and 2 个副卡 are not."""
    mine, yours = _NOUN.match(here), _NOUN.match(there)
    return not mine or not yours or bool(set(mine[0]) & set(yours[0]))


_OBJECT = expression(
    "副卡|主卡|宽带|流量|话费|礼品|会员|押金|预存款?|手机|设备|光猫|机顶盒|积分|权益|违约金|手续费|月费|年费|代金券|固话|语音|领取?"
)

_PARTNER = expression(_OBJECT.pattern + "|电视|套餐|视频|彩铃|网盘|家庭|学生|分期|亲情|校园|集团")
_ANY_PARTNER = expression("(?:其[他它]|别的|任何一?个?|所有|一切)的?(?:优惠|活动|业务)")
"""What something may go together with, and what stands for all of it."""


def _stances_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return the first matter that one text decides one way only and the other the other way only."""
    opposite = {(matter, not side) for matter, side in other.claims.stances} & one.claims.stances
    if not opposite:
        return None
    for matter, side in sorted(opposite):
        for mine in one.stances:
            for yours in other.stances:
                if mine.matter == yours.matter == matter and _same_object(one, mine, other, yours):
                    stance = StancesDiffer(matter, side, not side)
                    return Disagreement(None, stance, (mine.start, mine.end), (yours.start, yours.end))
    return None


def _same_object(one: _Reading, mine: Decided, other: _Reading, yours: Decided) -> bool:
    """Whether two decisions may be about the same object, or about going with the same partner."""
    mine_says, yours_says = _clause(one.text, mine.start, mine.end), _clause(other.text, yours.start, yours.end)
    together = mine.matter == "可以叠加"
    if together and (_ANY_PARTNER.search(mine_says) or _ANY_PARTNER.search(yours_says)):
        return True
    objects = _PARTNER if together else _OBJECT
    here, there = set(objects.findall(mine_says)), set(objects.findall(yours_says))
    return not here or not there or bool(here & there)


def _clauses_differ(first: str, one: _Reading, second: str, other: _Reading) -> Disagreement | None:
    """Return the first clause that one text denies and the other affirms."""
    found = _refused(one, first, other, second)
    if found is not None:
        return found
    found = _refused(other, second, one, first)
    return _mirrored(found) if found is not None else None


def _refused(one: _Reading, first: str, other: _Reading, second: str) -> Disagreement | None:
    """Return the first clause that one text only denies and the other only affirms."""
    mine, yours = affirmed(first), affirmed(second)
    for said in one.denied:
        clause = (said.way, said.words)
        if clause not in yours or clause in mine or clause in other.claims.denied:
            continue
        if contradict(one.text, said, other.text, yours[clause]):
            stance = StancesDiffer(f"{said.way}：{said.words}", False, True)
            return Disagreement(None, stance, (said.start, said.end), yours[clause])
    return None


def _codes_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return the codes for one purpose of which the two texts have none in common."""
    for mine in one.codes:
        here = [code for code in one.codes if code[:2] == mine[:2]]
        there = [code for code in other.codes if code[:2] == mine[:2]]
        if there and not any(_same_code(left.code, right.code) for left in here for right in there):
            codes = CodesDiffer(_in_order(here), _in_order(there))
            return Disagreement(None, None, (mine.start, mine.end), (there[0].start, there[0].end), codes)
    return None


def _in_order(codes: list[Code]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in codes))


def _same_code(one: str, other: str) -> bool:
    """Whether two codes are one, with a number or a name put behind it in one of the texts."""
    return one.startswith(other) or other.startswith(one)
