"""Working out many days at once: searches in many cities ask for waits in turns, and each turn is answered in one go.

Waits of a thousand days take hardly longer than those of ten. A search is written as if it were alone: it yields what it
asks for and is sent the answer; those of a day depend on no other day, so its result is the same in any company.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import Floats, HallDays, Waits
from campaigncheck.waiting.memory import Question, recall
from campaigncheck.waiting.screen import screened

T = TypeVar("T")


class Ask(NamedTuple):
    """Days whose waits are asked for; limits of which the share over is told."""

    days: HallDays
    limits: tuple[float, ...] = ()
    p90: bool = False
    quick: bool = False
    """Whether mean waits at a glance will do."""


Search = Generator[Ask, Any, T]
"""A search for something: yields :class:`Ask`, and is sent waits."""


def waiting(days: HallDays, limits: Sequence[float] = (), *, p90: bool = False) -> Search[Waits]:
    """Ask for waits; ``p90`` only where it is told, since it takes as long as all else."""
    found: Waits = yield Ask(days, tuple(limits), p90)
    return found


def glance(days: HallDays) -> Search[Floats]:
    """Ask for mean waits at a glance."""
    found: Floats = yield Ask(days, quick=True)
    return found


def together(searches: Iterable[Search[T]]) -> list[T]:
    """Return what some searches find, in their order."""
    found: dict[int, T] = {}
    asking: list[tuple[int, Search[T], Ask]] = []

    def send(number: int, search: Search[T], answer: Any) -> None:
        try:
            asking.append((number, search, search.send(answer)))
        except StopIteration as stop:
            found[number] = stop.value

    for number, search in enumerate(searches):
        send(number, search, None)
    while asking:
        turn = list(asking)
        asking.clear()
        for (number, search, _), answer in zip(turn, _answers([ask for *_, ask in turn]), strict=True):
            send(number, search, answer)
    return [found[number] for number in sorted(found)]


def alone(search: Search[T]) -> T:
    """Return what one search finds."""
    return together([search])[0]


def _answers(asked: Sequence[Ask]) -> list[Any]:
    """Answer all that is asked in one turn, but for what is remembered."""
    questions = [Question(repr(ask[1:]), ask.days) for ask in asked]
    return recall(questions, lambda numbers: _worked_out([asked[number] for number in numbers]))


def _worked_out(asked: Sequence[Ask]) -> list[Any]:
    """Work out what is asked: questions of one kind together."""
    found: list[Any] = [None] * len(asked)
    kinds: dict[tuple[bool, bool, tuple[float, ...]], list[int]] = {}
    for number, ask in enumerate(asked):
        kinds.setdefault((ask.quick, ask.p90, ask.limits), []).append(number)
    for (quick, p90, limits), numbers in kinds.items():
        days = HallDays(
            *(np.concatenate(part) for part in zip(*(asked[number].days for number in numbers), strict=True))
        )
        ends = np.cumsum([len(asked[number].days.mean) for number in numbers]).tolist()
        told: Any = screened(days) if quick else waits(days, limits, p90=p90)
        for number, end in zip(numbers, ends, strict=True):
            part = slice(end - len(asked[number].days.mean), end)
            found[number] = told[part] if quick else Waits(*(values[part] for values in told))
    return found
