"""Makes the guided script of a sheet: who is it, which concern, the answer, what to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from itertools import groupby
from typing import NamedTuple

from campaigncheck.language.fold import fold
from campaigncheck.messages import Message, Text
from campaigncheck.sheets import guide_words as words
from campaigncheck.sheets.guide import MOST, Aside, Card, Choice, Fact, Guide, Node
from campaigncheck.sheets.guide_words import CONCERNS, Concern
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.phrases import ANYBODY, Words
from campaigncheck.spec.model import FaqEntry

OTHER = Concern("other", words.OTHER, (), ())
_NEEDED = ("product", "audience", "now", "later", "opt_in_code", "confirm")
"""Rows of the price table that an agent needs while doing it; those that no question calls for are added."""

_TOLD = 3
"""Groups of customers that are named to somebody who is of none of them."""

_TO_ASK = Choice(words.UNCLEAR, "ask")
_USUAL = (Choice(words.BUY, "do"), Choice(words.LATER, "done"), _TO_ASK)
_AFTER: dict[str, tuple[Choice, ...]] = {
    "leave": (Choice(words.LEAVE, "stop"), Choice(words.STAY, "done"), _TO_ASK),
    "complain": (Choice(words.CONTENT, "done"), Choice(words.UPSET, "ask")),
}
"""What may follow an answer, by concern; elsewhere it is the usual."""


class Asked(NamedTuple):
    """A question, the step that answers it, the title of its topic, and the concern that it belongs to."""

    id: str
    entry: FaqEntry
    topic: Text
    concern: Concern


class _Part(NamedTuple):
    """Some steps, and the one of them, or of others, to enter by."""

    entrance: str
    nodes: list[Node]


def build(sheet: Sheet) -> Guide:
    """Return the guided script of a sheet.

    Raises:
        ValueError: when it breaks a law of guided scripts, which no sheet can bring about.
    """
    nodes = [*_who(sheet), *_concerns(sheet), _do(sheet), _stop(sheet), _refuse(sheet), _ask(sheet), _done()]
    kept = _reached(nodes)
    guide = Guide(kept[0].id, tuple(kept))
    if faults := guide.faults():
        raise ValueError(f"guided script of {sheet.id}: {faults}")
    return guide


def _reached(nodes: list[Node]) -> list[Node]:
    """Leave out what nothing leads to: how to cancel, where no question is about it."""
    targets = {choice.to for node in nodes for choice in node.choices}
    return [node for node in nodes if node is nodes[0] or node.id in targets]


def asked(sheet: Sheet) -> list[Asked]:
    """Return all questions in the order of the sheet, each with the concern that it belongs to."""
    of_topic = {topic: concern for concern in CONCERNS for topic in concern.topics}
    counts: dict[str, int] = {}
    found = []
    for topic in sheet.topics:
        for entry in topic.questions:
            counts[entry.topic] = counts.get(entry.topic, 0) + 1
            name = f"q-{entry.topic}-{counts[entry.topic]}"
            found.append(Asked(name, entry, topic.title, of_topic.get(entry.topic, OTHER)))
    return found


def _menu(name: str, title: Words, items: Sequence[Choice], last: Choice, do: tuple[Words, ...] = ()) -> list[Node]:
    """Return a step with some choices, and further steps behind it if they are more than one step may offer."""
    room, nodes = MOST - 1, []
    pages = [items[start : start + room] for start in range(0, len(items), room)] or [()]
    for number, page in enumerate(pages, start=1):
        more = Choice(words.MORE, f"{name}.{number + 1}")
        choices = (*page, more if number < len(pages) else last)
        nodes.append(Node(_numbered(name, number), "question", title, do=do, choices=choices))
    return nodes


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"


def _who(sheet: Sheet) -> list[Node]:
    """Ask which of the audience's groups the customer is of; who has it already, or only asks, need not tell."""
    groups = [Choice(group, "concern") for group in sheet.audience]
    always = [Choice(words.HAS_IT, "concern"), Choice(words.UNSURE, "concern")]
    room = MOST - len(always) - 1
    first, rest = groups[:room], groups[room:]
    neither = Choice(words.OUTSIDE if _for_everybody(sheet) else words.NOT_ONE, "refuse")
    last = Choice(words.WHO_MORE, "who.2") if rest else neither
    start = Node(
        "who", "question", words.WHO, do=(words.WHO_DO,), cards=(_frame(sheet),), choices=(*first, *always, last)
    )
    return [start, *_menu("who.2", words.WHO, rest, neither)] if rest else [start]


def _frame(sheet: Sheet) -> Card:
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


def _concerns(sheet: Sheet) -> list[Node]:
    """Return the choice of a concern, and behind it the questions of each with their answers."""
    questions = asked(sheet)
    choices, nodes = [], []
    for concern in (*CONCERNS, OTHER):
        own = [item for item in questions if item.concern is concern]
        if concern is OTHER:
            spoken = _spoken(sheet)
            if spoken.nodes:
                choices.append(Choice(words.WORDS, spoken.entrance))
                nodes += spoken.nodes
        if own or concern in (CONCERNS[0], OTHER):
            part = _of_concern(sheet, concern, own)
            choices.append(Choice(concern.label, part.entrance))
            nodes += part.nodes
    return [Node("concern", "question", words.CONCERN, choices=tuple(choices)), *nodes]


def _of_concern(sheet: Sheet, concern: Concern, own: list[Asked]) -> _Part:
    """Return the questions of a concern; without any, who wants it is served, and somebody else is asked the rest."""
    if not own:
        return _Part("ask" if concern is OTHER else "do", [])
    answers = [_answer(sheet, item) for item in own]
    if len(own) == 1 and concern is not OTHER:
        return _Part(answers[0].id, answers)
    name, title = f"group-{concern.name}", words.WHICH(concern=concern.label)
    topics = [list(items) for _, items in groupby(own, key=lambda item: item.topic)]
    if len(own) < MOST or len(topics) == 1:
        return _Part(name, [*_questions(name, title, own), *answers])
    choices, inner = [], []
    for items in topics:
        entrance = items[0].id
        if len(items) > 1:
            entrance = f"{name}-{items[0].entry.topic}"
            inner += _questions(entrance, words.WHICH_WORDING(topic=items[0].topic), items)
        choices.append(Choice(items[0].topic, entrance))
    return _Part(name, [*_menu(name, title, choices, Choice(words.NONE, "ask")), *inner, *answers])


def _questions(name: str, title: Words, items: Iterable[Asked]) -> list[Node]:
    return _menu(name, title, [Choice(item.entry.q, item.id) for item in items], Choice(words.NONE, "ask"))


def _answer(sheet: Sheet, item: Asked) -> Node:
    """Return the answer to a question, word for word, with what may be misread in it and the figures at hand."""
    entry, concern = item.entry, item.concern
    choices = _AFTER.get(concern.name, _USUAL)
    if entry.topic == "eligibility":
        unfit = words.OUTSIDE if _for_everybody(sheet) else words.NOT_FOR_ME
        choices = (*choices[:-1], Choice(unfit, "refuse"), choices[-1])
    return Node(
        item.id, "answer", entry.q, say=(entry.a,), asides=_asides(sheet, f"{entry.q}\n{entry.a}"),
        cards=_cards(sheet, concern.rows), choices=choices,
    )  # fmt: skip


def _asides(sheet: Sheet, text: str) -> tuple[Aside, ...]:
    """Return the prepared answers and explained words for what stands in a text."""
    said = _bare(text)
    found = [Aside("misread", phrase, answer) for phrase, answer in sheet.answers if _bare(phrase) in said]
    found += [Aside("term", term, explanation) for term, explanation in sheet.terms if _bare(term) in said]
    return tuple(found)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _cards(sheet: Sheet, rows: Collection[str]) -> tuple[Card, ...]:
    """Return some rows of the price table, a card for each offer that has any."""
    cards = []
    for table in sheet.offers:
        for column, name in enumerate(table.names):
            facts = tuple(Fact(row.label, row.cells[column]) for row in table.rows if row.name in rows)
            if facts:
                cards.append(Card(name, facts))
    return tuple(cards)


def _spoken(sheet: Sheet) -> _Part:
    """Return the prepared answers and the words explained, for who asks about one of them."""
    nodes, items = [], []
    for number, (phrase, answer) in enumerate(sheet.answers, start=1):
        title = words.MISREAD(phrase=phrase)
        nodes.append(Node(f"misread-{number}", "answer", title, say=(answer,), choices=_USUAL))
        items.append(Choice(words.ASKS_MISREAD(phrase=phrase), nodes[-1].id))
    for number, (term, explanation) in enumerate(sheet.terms, start=1):
        nodes.append(Node(f"term-{number}", "answer", words.TERM(term=term), say=(explanation,), choices=_USUAL))
        items.append(Choice(words.ASKS_TERM(term=term), nodes[-1].id))
    if len(nodes) < 2:
        return _Part(nodes[0].id if nodes else "", nodes)
    title = words.WHICH(concern=words.WORDS)
    return _Part("group-words", [*_menu("group-words", title, items, Choice(words.NONE, "ask")), *nodes])


def _do(sheet: Sheet) -> Node:
    counter = sheet.counter
    steps: list[Words] = []
    for step in counter.steps:
        said: Message = words.DO_STEPS(name=step.name, minutes=step.minutes)
        for note in step.notes:
            said = words.DO_NOTE(step=said, note=note)
        steps.append(said)
    if counter.total:
        steps.append(words.DO_TOTAL(total=counter.total))
    steps.append(counter.instead if counter.instead else words.DO_CHANNELS(channels=sheet.channels))
    beside = {row for item in asked(sheet) for row in item.concern.rows}
    rows = {row.name for table in sheet.offers for row in table.rows} - beside | set(_NEEDED)
    choices = (Choice(words.DONE_IT, "done"), Choice(words.NOT_DONE, "ask"))
    return Node("do", "action", words.DO, do=tuple(steps), cards=_cards(sheet, rows), choices=choices)


def _stop(sheet: Sheet) -> Node:
    choices = (Choice(words.DONE_IT, "done"), Choice(words.NOT_DONE, "ask"))
    leave = next(concern for concern in CONCERNS if concern.name == "leave")
    return Node("stop", "action", words.STOP, do=(words.STOP_DO,), cards=_cards(sheet, leave.rows), choices=choices)


def _refuse(sheet: Sheet) -> Node:
    """Say kindly that it is not for this customer, with the conditions as the campaign words them."""
    worded = [item.entry for item in asked(sheet) if item.entry.topic == "eligibility"]
    frame = _frame(sheet)
    who = () if _for_everybody(sheet) else (Fact(PAGE["who"], sheet.audience),)
    return Node(
        "refuse", "action", words.REFUSE, say=(_refusal(sheet),), do=(words.REFUSE_DO, words.REFUSE_NOTE),
        asides=tuple(Aside("answer", entry.q, entry.a) for entry in worded),
        cards=(Card(frame.title, (*who, *frame.facts)),),
        choices=(Choice(words.ACCEPTS, "done"), Choice(words.DISPUTES, "ask")),
    )  # fmt: skip


def _refusal(sheet: Sheet) -> Words:
    """Return what to say to whom it is not for; nobody listens to more than a few groups."""
    if _for_everybody(sheet):
        return words.REFUSE_SAY_WHERE(places=sheet.places, period=sheet.period)
    if ANYBODY in sheet.audience or len(sheet.audience) > _TOLD:
        return words.REFUSE_SAY_SOME
    groups = reduce(lambda first, second: words.EITHER(first=first, second=second), sheet.audience)
    return words.REFUSE_SAY(groups=groups)


def _for_everybody(sheet: Sheet) -> bool:
    """Whether any customer may have any of its offers: then only the place or the day can be wrong."""
    narrowed = any(row.name == "audience" for table in sheet.offers for row in table.rows)
    return ANYBODY in sheet.audience and not narrowed


def _ask(sheet: Sheet) -> Node:
    facts = (
        Fact(PAGE["support"], (sheet.support,)),
        Fact(PAGE["hours"], (sheet.hours,)),
        Fact(PAGE["owner"], (sheet.owner, sheet.contact)),
    )
    return Node("ask", "end", words.ASK, say=(words.ASK_SAY,), do=(words.ASK_DO,), cards=(Card(PAGE["whom"], facts),))


def _done() -> Node:
    return Node("done", "end", words.DONE, say=(words.DONE_SAY,), do=(words.DONE_DO,))
