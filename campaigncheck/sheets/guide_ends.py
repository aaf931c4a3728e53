"""The steps of the guided script that all ways lead to: doing it, changing, cancelling, refusing, asking, closing."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from typing import NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.sheets import guide_words as words
from campaigncheck.sheets.guide import Aside, Card, Choice, Fact, Node
from campaigncheck.sheets.guide_words import CONCERNS, Concern
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import OTHER_TOPIC, Sheet
from campaigncheck.sheets.phrases import ANYBODY, Words
from campaigncheck.spec.model import FaqEntry

OTHER = Concern("other", words.OTHER, (), ())
"""What questions of no topic belong to."""

_NEEDED = ("product", "audience", "now", "later", "opt_in_code", "confirm")
"""Rows of the price table that an agent needs while doing it; those that no question calls for are added."""

_LEAVE = next(concern for concern in CONCERNS if concern.name == "leave")
_ON_CHANGE = ("product", "now", "later", "contract", "early_exit", "excludes", "stacks_with")
"""Rows of the price table that matter to who has it and wants another one."""

_TOLD = 3
"""Groups of customers that are named to somebody who is of none of them."""

TO_ASK = Choice(words.UNCLEAR, "ask")


class Asked(NamedTuple):
    """A question, the step that answers it, the title of its topic, and the concern that it belongs to."""

    id: str
    entry: FaqEntry
    topic: Text
    concern: Concern


def asked(sheet: Sheet) -> list[Asked]:
    """Return all questions in the order of the sheet, each with its concern; a topic of the site's own is one itself."""
    of_topic = {topic: concern for concern in CONCERNS for topic in concern.topics}
    counts: dict[str, int] = {}
    found = []
    for topic in sheet.topics:
        for entry in topic.questions:
            counts[entry.topic] = counts.get(entry.topic, 0) + 1
            name = f"q-{entry.topic}-{counts[entry.topic]}"
            own = OTHER if topic.title is OTHER_TOPIC else Concern(f"other-{entry.topic}", topic.title, (), ())
            found.append(Asked(name, entry, topic.title, of_topic.get(entry.topic, own)))
    return found


def do(sheet: Sheet) -> Node:
    counter = sheet.counter
    steps: list[Words] = []
    for step in counter.steps:
        said: Message = words.DO_STEPS(name=step.name, takes=step.takes)
        for note in step.notes:
            said = words.DO_NOTE(step=said, note=note)
        steps.append(said)
    if counter.total:
        steps.append(words.DO_TOTAL(total=counter.total))
    if counter.instead:
        steps.append(counter.instead)
    elif sheet.away:
        steps.append(words.DO_CHANNELS(channels=sheet.away))
    beside = {row for item in asked(sheet) for row in item.concern.rows}
    rows = {row.name for table in sheet.offers for row in table.rows} - beside | set(_NEEDED)
    choices = (Choice(words.DONE_IT, "done"), Choice(words.NOT_DONE, "ask"))
    return Node("do", "action", words.DO, do=tuple(steps), cards=cards(sheet, rows), choices=choices)


def stop(sheet: Sheet) -> Node:
    """Say how to cancel: what to say first, where, and the sheet's own words on it, in which the codes are."""
    choices = (Choice(words.DONE_IT, "done"), Choice(words.NOT_DONE, "ask"))
    return Node(
        "stop", "action", words.STOP, do=(_leaving(sheet), *_where_to_cancel(sheet)),
        asides=_worded(sheet, "cancel"), cards=cards(sheet, _LEAVE.rows), choices=choices,
    )  # fmt: skip


def _leaving(sheet: Sheet) -> Words:
    return words.STOP_CHARGE if _charges(sheet) else words.STOP_DO


def _charges(sheet: Sheet) -> bool:
    """Whether leaving early may cost something."""
    return any(row.name == "early_exit" for table in sheet.offers for row in table.rows)


def _where_to_cancel(sheet: Sheet) -> list[Words]:
    """Say where offers are cancelled, once if it is the same for all."""
    found = [
        (name, row.cells[column])
        for table in sheet.offers
        for row in table.rows
        if row.name == "cancel"
        for column, name in enumerate(table.names)
    ]
    if all(cell == found[0][1] for _, cell in found):
        return [words.STOP_BY(channels=list(found[0][1]))]
    return [words.STOP_BY_OFFER(offer=name, channels=list(cell)) for name, cell in found]


def _worded(sheet: Sheet, topic: str) -> tuple[Aside, ...]:
    """Return the questions of a topic with their answers, to stand beside a step."""
    return tuple(Aside("answer", item.entry.q, item.entry.a) for item in asked(sheet) if item.entry.topic == topic)


def change(sheet: Sheet) -> Node:
    charge = (words.CHANGE_CHARGE,) if _charges(sheet) else ()
    choices = (Choice(words.CHANGE_IT, "do"), Choice(words.KEEP, "done"), TO_ASK)
    return Node(
        "change", "action", words.CHANGE_TITLE, do=(words.CHANGE_DO, *charge), cards=cards(sheet, _ON_CHANGE),
        choices=choices,
    )  # fmt: skip


def refuse(sheet: Sheet) -> Node:
    """Say kindly that it is not for this customer, with the conditions as the campaign words them."""
    what = frame(sheet)
    who = () if for_everybody(sheet) else (Fact(PAGE["who"], sheet.audience),)
    return Node(
        "refuse", "action", words.REFUSE, say=(_refusal(sheet),), do=(words.REFUSE_DO, words.REFUSE_NOTE),
        asides=_worded(sheet, "eligibility"),
        cards=(Card(what.title, (*who, *what.facts)),),
        choices=(Choice(words.ACCEPTS, "done"), Choice(words.DISPUTES, "ask")),
    )  # fmt: skip


def _refusal(sheet: Sheet) -> Words:
    """Return what to say to whom it is not for; nobody listens to more than a few groups."""
    if for_everybody(sheet):
        return words.REFUSE_SAY_WHERE(places=sheet.places, period=sheet.period)
    if ANYBODY in sheet.audience or len(sheet.audience) > _TOLD:
        return words.REFUSE_SAY_SOME
    groups = reduce(lambda first, second: words.EITHER(first=first, second=second), sheet.audience)
    return words.REFUSE_SAY(groups=groups)


def for_everybody(sheet: Sheet) -> bool:
    """Whether any customer may have any of its offers: then only the place or the day can be wrong."""
    narrowed = any(row.name == "audience" for table in sheet.offers for row in table.rows)
    return ANYBODY in sheet.audience and not narrowed


def ask(sheet: Sheet) -> Node:
    facts = (
        Fact(PAGE["support"], (sheet.support,)),
        Fact(PAGE["hours"], (sheet.hours,)),
        Fact(PAGE["owner"], (sheet.owner, sheet.contact)),
    )
    return Node("ask", "end", words.ASK, say=(words.ASK_SAY,), do=(words.ASK_DO,), cards=(Card(PAGE["whom"], facts),))


def done() -> Node:
    return Node("done", "end", words.DONE, say=(words.DONE_SAY,), do=(words.DONE_DO,))


def frame(sheet: Sheet) -> Card:
    """Return what the campaign is, when and where."""
    where = [sheet.places, sheet.channels, *([sheet.halls] if sheet.halls else [])]
    return Card(
        sheet.title,
        (
            Fact(PAGE["what"], (sheet.summary,)),
            Fact(PAGE["when"], (sheet.period,)),
            Fact(PAGE["where"], tuple(where)),
        ),
    )


def cards(sheet: Sheet, rows: Collection[str]) -> tuple[Card, ...]:
    """Return some rows of the price table, a card for each offer that has any."""
    cards = []
    for table in sheet.offers:
        for column, name in enumerate(table.names):
            facts = tuple(Fact(row.label, row.cells[column]) for row in table.rows if row.name in rows)
            if facts:
                cards.append(Card(name, facts))
    return tuple(cards)
