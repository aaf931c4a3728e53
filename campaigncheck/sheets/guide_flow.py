"""Makes the guided script of a sheet: who is it, which concern, the answer, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from campaigncheck.language.fold import fold
from campaigncheck.sheets import guide_words as words
from campaigncheck.sheets.guide import MOST, Aside, Choice, Guide, Node
from campaigncheck.sheets.guide_ends import (
    OTHER,
    TO_ASK,
    Asked,
    ask,
    asked,
    cards,
    change,
    do,
    done,
    for_everybody,
    frame,
    refuse,
    stop,
)  # fmt: skip
from campaigncheck.sheets.guide_words import CONCERNS, Concern
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.phrases import Words

CONCERN, HAS = "concern", "has"
"""The menus of those who may want it, and of those who have it."""

HAS_IT = "has-"
"""Steps of those who have it begin with this: what may follow an answer is not the same for them."""

_USUAL = (Choice(words.BUY, "do"), Choice(words.LATER, "done"), TO_ASK)
_USUAL_HAS = (Choice(words.GOT_IT, "done"), Choice(words.CHANGE, "change"), Choice(words.LEAVE, "stop"), TO_ASK)
_AFTER: dict[str, tuple[Choice, ...]] = {
    "leave": (Choice(words.LEAVE, "stop"), Choice(words.STAY, "done"), TO_ASK),
    "complain": (Choice(words.CONTENT, "done"), Choice(words.UPSET, "ask")),
}
"""What may follow an answer, by concern; elsewhere it is the usual."""

_UNASKED = {"want": "do"}
_UNASKED_HAS = {"leave": "stop", "complain": "ask"}
"""Concerns that are offered even if no question is about them, and the step they lead to then."""


class _Part(NamedTuple):
    """Some steps, and the one of them, or of others, to enter by."""

    entrance: str
    nodes: list[Node]


def build(sheet: Sheet) -> Guide:
    """Return the guided script of a sheet.

    Raises:
        ValueError: when it breaks a law of guided scripts, which no sheet can bring about.
    """
    nodes = [
        *_who(sheet), *_concerns(sheet), *_concerns(sheet, HAS_IT), do(sheet), change(sheet), stop(sheet),
        refuse(sheet), ask(sheet), done(),
    ]  # fmt: skip
    kept = _reached(nodes)
    guide = Guide(kept[0].id, tuple(kept))
    if faults := guide.faults():
        raise ValueError(f"guided script of {sheet.id}: {faults}")
    return guide


def _reached(nodes: list[Node]) -> list[Node]:
    """Leave out what nothing leads to: how to cancel, where no question is about it."""
    targets = {choice.to for node in nodes for choice in node.choices}
    return [node for node in nodes if node is nodes[0] or node.id in targets]


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
    always = [Choice(words.HAS_IT, HAS), Choice(words.UNSURE, "concern")]
    room = MOST - len(always) - 1
    first, rest = groups[:room], groups[room:]
    neither = Choice(words.OUTSIDE if for_everybody(sheet) else words.NOT_ONE, "refuse")
    last = Choice(words.WHO_MORE, "who.2") if rest else neither
    start = Node(
        "who", "question", words.WHO, do=(words.WHO_DO,), cards=(frame(sheet),), choices=(*first, *always, last)
    )
    return [start, *_menu("who.2", words.WHO, rest, neither)] if rest else [start]


def _concerns(sheet: Sheet, mark: str = "") -> list[Node]:
    """Return the choice of a concern, and behind it the questions of each with their answers.

    ``mark`` begins the names of the steps of those who have it already.
    """
    questions = asked(sheet)
    choices: list[Choice] = []
    nodes: list[Node] = []
    for concern in CONCERNS[1:] if mark else CONCERNS:
        if mark and concern.name == "leave":
            choices.append(Choice(words.CHANGE, "change"))
        label = words.USING if mark and concern.name == "fit" else concern.label
        _add(choices, nodes, label, _of_concern(sheet, concern, questions, mark))
    _add(choices, nodes, words.WORDS, _spoken(sheet, mark))
    for concern in dict.fromkeys(item.concern for item in questions if item.concern not in (*CONCERNS, OTHER)):
        _add(choices, nodes, concern.label, _of_concern(sheet, concern, questions, mark))
    others = _of_concern(sheet, OTHER, questions, mark)
    menu, title = (HAS, words.HAS) if mark else (CONCERN, words.CONCERN)
    return [*_menu(menu, title, choices, Choice(OTHER.label, others.entrance or "ask")), *nodes, *others.nodes]


def _add(choices: list[Choice], nodes: list[Node], label: Words, part: _Part) -> None:
    """Offer a part under a label, if it has a step to enter by."""
    if part.entrance:
        choices.append(Choice(label, part.entrance))
        nodes += part.nodes


def _of_concern(sheet: Sheet, concern: Concern, questions: Iterable[Asked], mark: str) -> _Part:
    """Return the questions of a concern; without any, who wants it is served, and who complains is heard elsewhere."""
    own = [item._replace(id=f"{mark}{item.id}") for item in questions if item.concern == concern]
    if not own:
        return _Part((_UNASKED_HAS if mark else _UNASKED).get(concern.name, ""), [])
    answers = [_answer(sheet, item, _usual(mark)) for item in own]
    if len(own) == 1 and concern != OTHER:
        return _Part(answers[0].id, answers)
    name, title = f"{mark}group-{concern.name}", words.WHICH(concern=concern.label)
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


def _usual(mark: str) -> tuple[Choice, ...]:
    return _USUAL_HAS if mark else _USUAL


def _questions(name: str, title: Words, items: Iterable[Asked]) -> list[Node]:
    return _menu(name, title, [Choice(item.entry.q, item.id) for item in items], Choice(words.NONE, "ask"))


def _answer(sheet: Sheet, item: Asked, usual: tuple[Choice, ...]) -> Node:
    """Return the answer to a question, word for word, with what may be misread in it and the figures at hand."""
    entry, concern = item.entry, item.concern
    choices = _AFTER.get(concern.name, usual)
    if entry.topic == "eligibility":
        unfit = words.OUTSIDE if for_everybody(sheet) else words.NOT_FOR_ME
        choices = (*choices[:-1], Choice(unfit, "refuse"), choices[-1])
    return Node(
        item.id, "answer", entry.q, say=(entry.a,), asides=_asides(sheet, f"{entry.q}\n{entry.a}"),
        cards=cards(sheet, concern.rows), choices=choices,
    )  # fmt: skip


def _asides(sheet: Sheet, text: str) -> tuple[Aside, ...]:
    """Return the prepared answers and explained words for what stands in a text."""
    said = _bare(text)
    found = [Aside("misread", phrase, answer) for phrase, answer in sheet.answers if _bare(phrase) in said]
    found += [Aside("term", term, explanation) for term, explanation in sheet.terms if _bare(term) in said]
    return tuple(found)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _spoken(sheet: Sheet, mark: str) -> _Part:
    """Return the prepared answers and the words explained, for who asks about one of them."""
    nodes, items = [], []
    for number, (phrase, answer) in enumerate(sheet.answers, start=1):
        title = words.MISREAD(phrase=phrase)
        nodes.append(Node(f"{mark}misread-{number}", "answer", title, say=(answer,), choices=_usual(mark)))
        items.append(Choice(words.ASKS_MISREAD(phrase=phrase), nodes[-1].id))
    for number, (term, explanation) in enumerate(sheet.terms, start=1):
        title = words.TERM(term=term)
        nodes.append(Node(f"{mark}term-{number}", "answer", title, say=(explanation,), choices=_usual(mark)))
        items.append(Choice(words.ASKS_TERM(term=term), nodes[-1].id))
    if len(nodes) < 2:
        return _Part(nodes[0].id if nodes else "", nodes)
    name, title = f"{mark}group-words", words.WHICH(concern=words.WORDS)
    return _Part(name, [*_menu(name, title, items, Choice(words.NONE, "ask")), *nodes])
