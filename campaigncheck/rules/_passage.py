"""A text that is compared with the spec: the figures and counts in it, the offers that it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from campaigncheck.language.about_counts import counts_in
from campaigncheck.language.amounts import Figure, Stated, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import Told
from campaigncheck.rules._stated import Statement


class Passage:
    """A folded text with the figures in it, the question that it answers, and the offers that it names."""

    def __init__(self, said: Statement, text: str, question: str = "") -> None:
        self.text = text
        self._context = f"{question}\n{text}"
        self._said = said

    @cached_property
    def named(self) -> list[int]:
        """The offers that the text or its question names."""
        return self.named_in(self._context)

    def named_in(self, text: str) -> list[int]:
        """Return the offers whose names no other offer has that stand in a text."""
        return [index for index, name in self._said.offer_names if name in text]

    @cached_property
    def _figures(self) -> tuple[list[int], list[Stated]]:
        stated = list(figures_in(self.text, examples=True))
        return [one.start for one in stated], stated

    @cached_property
    def _counts(self) -> tuple[list[int], list[float]]:
        counted = list(counts_in(self.text))
        return [start for start, _ in counted], [value for _, value in counted]

    def figures(self, one: Told) -> Iterator[Figure]:
        """Yield the figures near another."""
        starts, stated = self._figures
        for other in stated[_from(starts, one) : _to(starts, one)]:
            yield other.figure

    def sentence(self, one: Told) -> str:
        """Return the sentence around a figure, as far as it is looked at."""
        low, high = max(0, one.start - _NEARBY), one.end + _NEARBY
        lead, rest = self.text[low : one.start], self.text[one.end : high]
        return f"{_STOP.split(lead)[-1]}|{_STOP.split(rest, maxsplit=1)[0]}"

    def counts(self, one: Told) -> list[float]:
        """Return the numbers of things near a figure."""
        starts, values = self._counts
        return values[_from(starts, one) : _to(starts, one)]


_STOP = expression(r"[。！？；!?;\n]")
_NEARBY = 200
"""How many characters around a sum are searched for what it is the sum of."""


def _from(starts: list[int], one: Told) -> int:
    return bisect_left(starts, one.start - _NEARBY)


def _to(starts: list[int], one: Told) -> int:
    return bisect_right(starts, one.end + _NEARBY)
