"""What the nearest plan is, found by trying all of them with the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from typing import TypeVar

from campaigncheck.algebra.days import Days
from campaigncheck.suggest.bench import Trial, Upset, about_words, faults
from campaigncheck.suggest.edits import write
from campaigncheck.suggest.model import SHORTEST
from campaigncheck.suggest.plan import Plan
from campaigncheck.suggest.search import Search

T = TypeVar("T")


def nearest(search: Search, way: frozenset[str]) -> int | None:
    """Return the cost of the nearest plan of a way that passes; None if there is none."""
    subject = search.subject
    judge = Judge(search)
    plans = [plan for plan in plans_of(search, way) if plan != subject.planned]
    for cost, plan in sorted(((subject.cost(plan), plan) for plan in plans), key=lambda item: item[0]):
        if judge.passes(search.bench.try_text(write(subject, plan))):
            return cost
    return None


class Judge:
    """Says whether a plan passes: nothing is in its own way, and nobody else is newly upset."""

    def __init__(self, search: Search) -> None:
        bench, subject = search.bench, search.subject
        before = bench.try_text(subject.text)
        length = subject.planned.length
        alone = bench.alone_on([Days(start, start + length - 1) for start in search.starts])
        self.fixed = {fault for fault in set.intersection(*alone) if not fault[0].startswith("WAIT")}
        names = {place.campaign for finding in before.own for place in finding.related}
        tied: set[Upset] = {
            (name, finding.rule)
            for finding in before.own
            for name in names
            if any(place.campaign == name for place in finding.related)
        }
        self.tolerated = (before.upset - tied) | bench.upset_anyway

    def passes(self, trial: Trial) -> bool:
        """Whether a plan passes."""
        own = {fault for fault in faults(trial.own) if not about_words(fault[0])}
        return own <= self.fixed and trial.upset <= self.tolerated


def plans_of(search: Search, way: frozenset[str]) -> Iterator[Plan]:
    """Yield all plans of a way."""
    planned, subject = search.subject.planned, search.subject
    for (start, last), (cities, halls), in_halls in product(
        _days(search, way), _places(search, way), (True, False) if "electronic" in way else (planned.in_halls,)
    ):
        if in_halls != planned.in_halls and not subject.may_leave_halls:
            continue
        shares = range(subject.most_moved + 1) if "share" in way and in_halls else range(1)
        for kept in [(), *(((item.name, item.kept),) for item in search.narrowings() if "narrow" in way)]:
            for stacking in _subsets(_agreeable(search)) if "stacking" in way else [()]:
                for moved in shares:
                    yield Plan(start, last, cities, halls, in_halls, kept, tuple(stacking), moved)


def _days(search: Search, way: frozenset[str]) -> Iterator[tuple[int, int]]:
    planned = search.subject.planned
    for start in search.starts:
        for length in range(1, planned.length + 1):
            last = start + length - 1
            allowed = start == planned.start or (
                "earlier" in way if start < planned.start else bool(way & {"later", "shorten"})
            )
            if length < planned.length:
                least = max(SHORTEST, (planned.length + 1) // 2, search.today - planned.start + 1)
                allowed = allowed and "shorten" in way and length >= min(least, planned.length)
            if allowed and (last <= planned.last or "later" in way):
                yield start, last


def _places(search: Search, way: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
    subject, planned = search.subject, search.subject.planned
    masks = subject.catalogues.regions.masks
    codes = list(subject.catalogues.regions.names(planned.cities))
    for kept in _subsets(codes) if "cities" in way else [codes]:
        cities = sum(masks[code] for code in kept)
        there = [hall for hall in sorted(planned.halls) if subject.city_of(hall) in kept]
        for halls in _subsets(there) if "halls" in way else [there]:
            nowhere = {subject.city_of(hall) for hall in there} - {subject.city_of(hall) for hall in halls}
            idle = nowhere and subject.entry.channels == {"hall"}
            if cities and (halls or not planned.halls) and not idle:
                yield cities, frozenset(halls)


def _agreeable(search: Search) -> list[str]:
    return [name for name, rules in sorted(search.learnt.rivals.items()) if rules == {"CONF005"}]


def _subsets(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    known = list(items)
    return chain.from_iterable(combinations(known, size) for size in range(len(known), -1, -1))
