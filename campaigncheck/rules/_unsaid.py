"""Prepared answers on phrases that stand nowhere in what customers read: misspelt, or left over from an older text.

What customers bring up themselves, the other cities (CONF006), need not stand anywhere. A child's answers may be on its
parent's texts, so they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.language.elsewhere import Gazetteer
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.passages import Passage
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related
from campaigncheck.spec.model import PreparedAnswer

_MESSAGE = Text(
    "给“{said}”准备了口径，可给客户看的文字里一处也没有这句话",
    "an answer is prepared on “{said}”, but the phrase stands nowhere in what customers read",
)
_NEAREST_HINT = Text(
    "最接近的是“{nearest}”：写错了就改成一样的；文字已经改掉的，把这条口径拿掉。",
    "The nearest is “{nearest}”: if it is misspelt, write it the same way; if the text has gone, take the answer away.",
)
_HINT = Text(
    "看看是不是写错了；文字已经改掉的，把这条口径拿掉。",
    "See whether it is misspelt; if the text has gone, take the answer away.",
)
_NEAREST = Text("最接近的文字在这里", "the nearest words stand here")
_BLANK = expression(r"[\W_]+")
_EITHER = expression(r"[/／、|｜…;；\n]|\.{3,}")
_ALIKE = 50
"""From how many per cent of likeness other words are worth naming as the nearest."""
_AT_MOST = 20
_LONGEST = 60
"""For how many phrases of a campaign, and up to which length, the nearest words are looked for: it takes reading all texts."""


def unsaid(view: CampaignView, numbers: list[int]) -> Iterator[Problem]:
    """Yield those of some prepared answers whose phrase stands in none of the passages."""
    rest = [number for number in numbers if not _of_elsewhere(view, number)] if view.campaign.parent is None else []
    if not rest:
        return
    said = _Said.of(view)
    lost = [number for number in rest if not said.has(view.campaign.answers[number])]
    for place, number in enumerate(lost):
        yield _problem(view, number, near=place < _AT_MOST)


class _Said(NamedTuple):
    """What customers read or hear, bare: a folded line breaks phrases anywhere.

    ``names`` are those of the ambiguous phrases in it.
    """

    texts: str
    answers: str
    names: frozenset[str]

    @classmethod
    def of(cls, view: CampaignView) -> _Said:
        texts = [*[passage.text for passage in _texts(view)], *view.campaign.terms]
        answers = [item.answer for item in view.campaign.answers]
        return cls("\n".join(map(_bare, texts)), "\n".join(map(_bare, answers)), frozenset(_names(view)))

    def has(self, item: PreparedAnswer) -> bool:
        """Whether a phrase, or one of several that it lists (限时/限量), stands somewhere but in its own answer."""
        phrase, own = _bare(item.phrase), _bare(item.answer)
        if phrase in self.names:
            return True
        parts = [part for part in map(_bare, _EITHER.split(item.phrase)) if len(part) > 1]
        return any(part in self.texts or self.answers.count(part) > own.count(part) for part in (phrase, *parts))


def _bare(text: str) -> str:
    """Return a text folded, without blanks and marks."""
    return _BLANK.sub("", fold(text))


def _texts(view: CampaignView) -> Iterator[Passage]:
    return (passage for passage in view.reading.passages if passage.path[0] != "answers")


def _names(view: CampaignView) -> Iterator[str]:
    """Yield all names of the ambiguous phrases that stand somewhere: an answer on one is an answer on the other."""
    for passage, hit, _ in view.reading.found("ambiguous"):
        if passage.path[0] != "answers":
            yield from map(_bare, (hit.name, *view.lexicon.ambiguous[hit.entry].variants))


def _problem(view: CampaignView, number: int, near: bool) -> Problem:
    item = view.campaign.answers[number]
    path, message = ("answers", number, "phrase"), _MESSAGE(said=item.phrase)
    nearest = _nearest(view, item.phrase) if near and len(item.phrase) <= _LONGEST else None
    if nearest is None:
        return Problem(path, message, _HINT(), severity="note")
    there = Related(None, nearest.passage.path, _NEAREST())
    return Problem(path, message, _NEAREST_HINT(nearest=nearest.words), related=(there,), severity="note")


# --- the nearest words -----------------------------------------------------------------------------------------------


class _Words(NamedTuple):
    passage: Passage
    words: str


def _nearest(view: CampaignView, phrase: str) -> _Words | None:
    """Return the words most like a phrase, and where they stand; the first of several."""
    folded = fold(phrase.strip())
    best, found = float(_ALIKE), None
    for passage in _texts(view):
        if len(passage.text) < len(folded):
            continue
        match = fuzz.partial_ratio_alignment(folded, fold(passage.text), score_cutoff=best)
        if match is not None and match.score > best:
            best, found = match.score, _Words(passage, passage.text[match.dest_start : match.dest_end].strip())
    return found


# --- other places ----------------------------------------------------------------------------------------------------


class _Same:
    """Regions, the same only as themselves."""

    def __init__(self, regions: RegionTree) -> None:
        self.regions = regions

    def __hash__(self) -> int:
        return id(self.regions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.regions is self.regions


@lru_cache(maxsize=2)
def _gazetteer(same: _Same) -> Gazetteer:
    return Gazetteer(same.regions)


def _of_elsewhere(view: CampaignView, number: int) -> bool:
    """Whether a prepared answer is about other places: its phrase names one, or its answer one that is not the campaign's."""
    item = view.campaign.answers[number]
    gazetteer = _gazetteer(_Same(view.catalogues.regions))
    if any(gazetteer.named([item.phrase])):
        return True
    told = gazetteer.named([item.answer])
    return told.elsewhere or told.cities & ~view.meaning.cities != 0
