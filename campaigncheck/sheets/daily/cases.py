"""Which customers may have which offers, in few lines and exactly.

A :class:`Table` splits all customers into kinds, none of them empty and everybody in one; kinds with the same answer
are drawn together. One table for all offers would often be endless, so offers share a table only where that is worth
it: those who look at the same attributes in nearly the same way. What is left is told offer by offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, islice, permutations
from typing import NamedTuple

from campaigncheck.algebra.audience import (
    ANYBODY,
    NOBODY,
    Attribute,
    Audience,
    Constraint,
    Group,
    Range,
    audience,
    meet_constraints,
    ranges,
)

ORDERS = 6
"""Orders of the attributes that are tried for the shortest table."""

WORK = 60
"""Kinds of customers that one order may need before it is given up: no such table would be short."""

PRICE = 2
"""Lines that a common table may take more than the offers apart: one look in place of several is worth them."""


class Case(NamedTuple):
    """Kinds of customers, any of which will do, and the offers (by position) that they may have."""

    kinds: Audience
    offers: tuple[int, ...]


class Table(NamedTuple):
    """What the audiences of some offers say together.

    ``split``: each customer is in exactly one case. Otherwise every case is one offer with those who may have it.
    """

    attributes: tuple[str, ...]
    offers: tuple[int, ...]
    cases: tuple[Case, ...]
    split: bool

    @property
    def lines(self) -> int:
        """How many kinds of customers are told; those who get nothing are one, “everybody else”."""
        return sum(len(case.kinds) if case.offers else 1 for case in self.cases)


class Choice(NamedTuple):
    """The whole answer: offers for everybody, and the tables for the others."""

    everybody: tuple[int, ...]
    tables: tuple[Table, ...]


def choose(audiences: Sequence[Audience], attributes: Mapping[str, Attribute], most: int) -> Choice:
    """Return who may have what; tables are common as far as everything fits ``most`` lines."""
    plain = [_without_idle(whom, attributes) for whom in audiences]
    everybody = tuple(at for at, whom in enumerate(plain) if whom == ANYBODY)
    alike: dict[Audience, list[int]] = {}
    for at, whom in enumerate(plain):
        if whom not in (ANYBODY, NOBODY):
            alike.setdefault(whom, []).append(at)
    apart = [_one_by_one(plain, offers, attributes) for offers in alike.values()]
    tables = _joined(plain, apart, attributes, most)
    common = [table for table in tables if table.split]
    left = sorted(at for table in tables if not table.split for at in table.offers)
    order = list(attributes)
    common.sort(key=lambda table: ([order.index(name) for name in table.attributes], table.offers))
    return Choice(everybody, (*common, *([_one_by_one(plain, left, attributes)] if left else ())))


def _joined(
    audiences: Sequence[Audience], tables: list[Table], attributes: Mapping[str, Attribute], most: int
) -> list[Table]:
    """Join the two tables that this costs least, as long as it is worth it."""
    known: dict[tuple[int, ...], Table | None] = {}
    while sum(table.lines for table in tables) <= most:
        best: tuple[int, Table, Table, Table] | None = None
        for first, second in combinations(tables, 2):
            if not set(first.attributes) & set(second.attributes):
                continue
            offers = tuple(sorted((*first.offers, *second.offers)))
            if offers not in known:
                known[offers] = _split(audiences, offers, attributes, first.lines + second.lines + PRICE)
            joined = known[offers]
            cost = joined.lines - first.lines - second.lines if joined else PRICE + 1
            if joined and cost <= PRICE and (best is None or cost < best[0]):
                best = (cost, joined, first, second)
        if best is None or sum(table.lines for table in tables) + best[0] > most:
            return tables
        tables = [*(table for table in tables if table not in best[2:]), best[1]]
    return tables


def _without_idle(whom: Audience, attributes: Mapping[str, Attribute]) -> Audience:
    """Leave out attributes that are named but decide nothing."""
    for name in _named([whom]):
        if len(_branches((whom,), attributes[name])) == 1:
            whom = _branches((whom,), attributes[name])[0][0][0]
    return whom


def _named(audiences: Iterable[Audience]) -> list[str]:
    return sorted({name for whom in audiences for group in whom for name, _ in group})


def _split(
    audiences: Sequence[Audience], offers: tuple[int, ...], attributes: Mapping[str, Attribute], most: int
) -> Table | None:
    """Return the shortest table that can be found for some offers; None if it takes more than ``most`` lines."""
    chosen = tuple(audiences[at] for at in offers)
    names = [name for name in attributes if name in _named(chosen)]
    best: Table | None = None
    for order in islice(permutations(names), ORDERS):
        kinds = _all_kinds(chosen, [attributes[name] for name in order], most)
        if kinds is None:
            continue
        table = Table(tuple(names), offers, _drawn_together(kinds, offers, attributes), True)
        if table.lines <= most and (best is None or table.lines < best.lines):
            best = table
    return best


def _one_by_one(audiences: Sequence[Audience], offers: Sequence[int], attributes: Mapping[str, Attribute]) -> Table:
    named = _named(audiences[at] for at in offers)
    cases = tuple(Case(_sorted(audiences[at], attributes), (at,)) for at in offers)
    return Table(tuple(name for name in attributes if name in named), tuple(offers), cases, False)


def _all_kinds(
    audiences: tuple[Audience, ...], order: Sequence[Attribute], most: int
) -> list[tuple[dict[str, Constraint], tuple[int, ...]]] | None:
    """Return all kinds of customers; None as soon as there are too many, or more than ``most`` answers."""
    found: list[tuple[dict[str, Constraint], tuple[int, ...]]] = []
    answers: set[tuple[int, ...]] = set()
    for kind, answer in _kinds(audiences, order):
        found.append((kind, answer))
        answers.add(answer)
        if len(found) > WORK or len(answers) > most:
            return None
    return found


def _kinds(
    audiences: tuple[Audience, ...], order: Sequence[Attribute]
) -> Iterator[tuple[dict[str, Constraint], tuple[int, ...]]]:
    """Yield kinds of customers that are apart and together everybody, with the audiences they are in."""
    if not order:
        yield {}, tuple(at for at, whom in enumerate(audiences) if whom)
        return
    for rest, constraint in _branches(audiences, order[0]):
        for kind, answer in _kinds(rest, order[1:]):
            yield {order[0].name: constraint, **kind}, answer


def _branches(audiences: tuple[Audience, ...], attribute: Attribute) -> list[tuple[tuple[Audience, ...], Constraint]]:
    """Return what the audiences come to for each value of an attribute; values with the same outcome together."""
    found: dict[tuple[Audience, ...], Constraint] = {}
    for atom in _atoms(audiences, attribute):
        rest = tuple(_given(whom, attribute.name, atom) for whom in audiences)
        found[rest] = _union(found[rest], atom, attribute) if rest in found else atom
    return list(found.items())


def _atoms(audiences: Iterable[Audience], attribute: Attribute) -> list[Constraint]:
    """Return the parts of an attribute within which no audience makes a difference."""
    if attribute.values:
        return [1 << bit for bit in range(len(attribute.values))]
    cuts = {0}
    for constraint in (kept for whom in audiences for group in whom for name, kept in group if name == attribute.name):
        assert isinstance(constraint, tuple)
        for low, high in constraint:
            cuts |= {low, high + 1}
    starts = sorted(cut for cut in cuts if cut <= attribute.largest)
    ends = [start - 1 for start in starts[1:]] + [attribute.largest]
    return [((first, last),) for first, last in zip(starts, ends, strict=True)]


@lru_cache(maxsize=1 << 14)
def _given(whom: Audience, name: str, atom: Constraint) -> Audience:
    """Return an audience among customers of whom one attribute is known."""
    kept = []
    for group in whom:
        own = dict(group).get(name)
        if own is None or meet_constraints(own, atom):
            kept.append(tuple(item for item in group if item[0] != name))
    return ANYBODY if () in kept else audience(kept)


def _union(first: Constraint, second: Constraint, attribute: Attribute) -> Constraint:
    if isinstance(first, int):
        assert isinstance(second, int)
        return first | second
    assert isinstance(second, tuple)
    return ranges(attribute, [*first, *second])


def _drawn_together(
    kinds: Iterable[tuple[dict[str, Constraint], tuple[int, ...]]],
    offers: tuple[int, ...],
    attributes: Mapping[str, Attribute],
) -> tuple[Case, ...]:
    by_answer: dict[tuple[int, ...], list[dict[str, Constraint]]] = {}
    for kind, answer in kinds:
        by_answer.setdefault(answer, []).append(kind)
    cases = [
        Case(_sorted(_groups(_fewest(found, attributes), attributes), attributes), tuple(offers[at] for at in answer))
        for answer, found in by_answer.items()
    ]
    return tuple(sorted(cases, key=lambda case: (not case.offers, _key(case.kinds[0], attributes))))


def _fewest(kinds: list[dict[str, Constraint]], attributes: Mapping[str, Attribute]) -> list[dict[str, Constraint]]:
    """Join kinds that differ in one attribute only, as long as there are any."""
    before = 0
    while len(kinds) != before:
        before, left, kinds = len(kinds), kinds, []
        for kind in left:
            at = next((at for at, known in enumerate(kinds) if len(_differing(known, kind)) == 1), None)
            if at is None:
                kinds.append(kind)
            else:
                (name,) = _differing(kinds[at], kind)
                kinds[at] = {**kinds[at], name: _union(kinds[at][name], kind[name], attributes[name])}
    return kinds


def _differing(first: dict[str, Constraint], second: dict[str, Constraint]) -> list[str]:
    return [name for name in first if first[name] != second[name]]


def _groups(kinds: Iterable[dict[str, Constraint]], attributes: Mapping[str, Attribute]) -> Audience:
    return tuple(
        tuple((name, kind[name]) for name in sorted(kind) if kind[name] != attributes[name].everything)
        for kind in kinds
    )


def _sorted(whom: Audience, attributes: Mapping[str, Attribute]) -> Audience:
    return tuple(sorted(whom, key=lambda group: _key(group, attributes)))


def _key(group: Group, attributes: Mapping[str, Attribute]) -> list[tuple[int, Sequence[Range]]]:
    """Order customers by the attributes in the catalogue's order, and by the values of each."""
    known = dict(group)
    return [(at, _values(known[name])) for at, name in enumerate(attributes) if name in known]


def _values(constraint: Constraint) -> Sequence[Range]:
    if isinstance(constraint, tuple):
        return constraint
    return [(bit, bit) for bit in range(constraint.bit_length()) if constraint >> bit & 1]
