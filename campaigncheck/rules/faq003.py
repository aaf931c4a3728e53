"""FAQ003: a figure in a text or answer that disagrees with the spec."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import ceil, floor
from typing import TYPE_CHECKING

from campaigncheck.language.fold import fold
from campaigncheck.language.passages import Passage
from campaigncheck.messages import Message, Text, literal
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.rules._codes import Slip, slips, slips_in
from campaigncheck.rules._measures import THINGS, measure
from campaigncheck.rules._outright import outright
from campaigncheck.rules._plainly import doubtful
from campaigncheck.spec.model import Campaign

if TYPE_CHECKING:
    from campaigncheck.language.spots import Told
    from campaigncheck.rules._stated import Value

_MESSAGE = Text(
    "这里写的{thing}是“{said}”，和营销案对不上：应该是{expected}",
    "the {thing} said here, “{said}”, disagrees with the spec: it should be {expected}",
)
_OR = Text("{first}或{second}", "{first} or {second}")
_HINT = Text(
    "把“{said}”改成{expected}；如果营销案写错了，改营销案；如果说的是别的事，把这个数字连单位写进 facts。",
    "Say {expected} instead of “{said}”, or mend the spec if that is wrong; a figure about something else belongs "
    "in facts, with its unit.",
)
_CODE = Text("办理代码", "code to send")
_HINT_CODE = Text(
    "把“{said}”改成{expected}；如果这是另一个代码，把它写进 facts。",
    "Say {expected} instead of “{said}”; if that is another code, state it in facts.",
)
_HERE = Text("{thing}在这里定的", "the {thing} is set here")
_MANY = 64
"""With more doubts than this all texts are read: looking for each of them would take longer."""
_MOST = 3
"""How many values are named that a figure might have."""
_ENOUGH = 1_000
"""With so many wrong figures a campaign is not read further: nobody looks at more before the first are mended."""

_LEAVING = ("cancel", "early_exit", "renewal", "free_end", "dispute")
"""Topics whose codes are not those with which one orders."""


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every figure, code and plain statement that disagrees."""
    campaign = view.campaign
    passages = [passage for passage in view.reading.passages if passage.tells]
    texts = "\n".join([passage.text for passage in passages])
    yield from islice(_wrong_figures(view, passages, texts), _ENOUGH)
    nearly = slips_in(campaign, texts)
    if nearly:
        for passage in passages:
            if passage.entry is None or passage.entry.topic not in _LEAVING:
                for slip in slips(nearly, fold(passage.text)):
                    yield _wrong_code(passage, slip)
    doubts = outright(campaign, texts)
    if doubts is not None:
        from campaigncheck.rules._contradicted import contradicted  # seldom needed, as below

        yield from islice(contradicted(view, passages, doubts), _ENOUGH)


def _wrong_figures(view: CampaignView, passages: list[Passage], texts: str) -> Iterator[Problem]:
    """Yield every figure that disagrees; texts in which each stands in the spec as it is written are not read again."""
    campaign = view.campaign
    doubts = doubtful(campaign, view.handling, passages, texts)
    if not doubts and not campaign.facts:
        return
    # What reads more closely takes 20 ms to import, and a campaign without doubts does not need it.
    from campaigncheck.rules._aside import Asides
    from campaigncheck.rules._figures import mismatches
    from campaigncheck.rules._promised import broken, promises
    from campaigncheck.rules._stated import Statement

    given = promises(tuple(campaign.facts))
    if not doubts and not given:
        return
    stated, is_aside = Statement(campaign), Asides(campaign)
    for said in passages:
        if len(doubts) > _MANY or any(doubt in said.text for doubt in doubts):
            folded, entry = fold(said.text), said.entry
            topic, question = (entry.topic, entry.q) if entry else ("", "")
            for told, expected in mismatches(stated, view.handling, folded, topic, question):
                if not (
                    is_aside(folded, told) or _is_done_elsewhere(campaign, said, told) or _steps_say_so(view, told)
                ):
                    yield _problem(said, told, expected)
        if given:
            for told, expected in broken(given, fold(said.text)):
                yield _problem(said, told, expected)


def _steps_say_so(view: CampaignView, told: Told) -> bool:
    """Whether a time at the counter is that of the steps by themselves: whether rehearsals disagree is for TIME002 to say."""
    plain = view.counter.plain
    if plain is None or told.subject != "minutes":
        return False
    low, high = told.figure.value, told.other
    return low <= plain <= high if high is not None else floor(plain) <= low <= ceil(plain)


def _is_done_elsewhere(campaign: Campaign, said: Passage, told: Told) -> bool:
    """Whether a time without a place is told in a text of the app or of another channel that knows no counter."""
    if told.subject != "minutes_anywhere" or said.path[0] != "texts":
        return False
    return campaign.texts[int(said.path[1])].channel not in _AT_COUNTERS


_AT_COUNTERS = ("hall", "agent", "poster", "leaflet", "notice")


def _wrong_code(said: Passage, slip: Slip) -> Problem:
    written, code = said.text[slip.start : slip.end], literal(f" {slip.code}", slip.code)
    return Problem(
        said.path,
        _MESSAGE(thing=_CODE, said=written, expected=code),
        _HINT_CODE(said=written, expected=code),
        span=(slip.start, slip.end),
        related=(Related(None, ("offers", slip.offer, "opt_in_code"), _HERE(thing=_CODE)),),
    )


def _problem(at: Passage, told: Told, expected: Sequence[Value]) -> Problem:
    text = at.text
    lead = text[max(0, told.start - 4) : told.start].rstrip()
    start = max(0, told.start - 4) + len(lead) - 1 if lead.endswith("第") else told.start
    thing, said = THINGS[told.subject], text[start : told.end].strip()
    first = [value for value in expected if value.named] or expected
    shown = list(dict.fromkeys(measure(told, value.value, said) for value in first))[:_MOST]
    wanted = _joined([text() for text in shown])
    places = list(dict.fromkeys(value.path for value in first))[:_MOST]
    return Problem(
        at.path,
        _MESSAGE(thing=thing, said=said, expected=wanted),
        _HINT(said=said, expected=wanted),
        span=(start, told.end),
        related=tuple(Related(None, place, _HERE(thing=thing)) for place in places),
    )


def _joined(shown: list[Message]) -> Message:
    """Return alternatives as one phrase."""
    joined = shown[0]
    for other in shown[1:]:
        joined = _OR(first=joined, second=other)
    return joined


RULE = Rule(
    id="FAQ003",
    title=Text("数字和营销案对不上", "a figure that disagrees with the spec"),
    severity="error",
    why=Text(
        "海报上一个价、账单上一个价，客户会来投诉，营业员也说不清；同一个数字在哪里都要一样。"
        "说得明明白白的话也要对得上：在哪里办、在哪里取消，提前停用收不收钱，哪些地方能办。",
        "One price on the poster and another on the bill brings complaints that no clerk can settle. So does what is "
        "plainly said against the spec: where one gets or cancels it, that leaving is free, in which places it holds.",
    ),
    source=Text(
        "《广告法》第八条：写到价格、期限、允诺的，要准确、清楚、明白；哪个数字说的是什么，由单位和前后的词判断。",
        "Advertising Law, article 8: what is said of price, term and promises must be exact, clear and plain. Unit and "
        "surrounding words decide what a figure is about.",
    ),
    passing=Sample(
        "offers:\n  - {id: net, name: 提速, product: broadband.300m, kind: upgrade, price: {amount: 20, for_months: 12, then: 30}}\n"
        "faq:\n  - {topic: price, q: 多少钱？, a: 前 12 个月每月 20 元，头一年一共 240 元，从第 13 个月起每月 30 元。}\n"
    ),
    failing=Sample(
        "offers:\n  - {id: net, name: 提速, product: broadband.300m, kind: upgrade, price: {amount: 20, for_months: 12, then: 30}}\n"
        "faq:\n  - {topic: price, q: 多少钱？, a: 前半年每月 20 元，从第 13 个月起每月 35 元。}\n",
        places=((4, 33), (4, 55)),
    ),
    check=check,
)
