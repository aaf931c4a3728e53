"""Audiences: sets of customers described by their attributes.

A *constraint* limits one attribute. For an attribute with named values it is an ``int`` with one bit a
value; for a number it is a tuple of disjoint, ordered ranges in whole units (months, years, fen). A
*group* is a tuple of (attribute, constraint), every one of which holds; an *audience* is a tuple of
groups, any of which may hold. This is exact: two audiences overlap if and only if a customer with
some values of the attributes belongs to both, and :func:`witness` names such values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

Range = tuple[int, int]
Ranges = tuple[Range, ...]
Constraint = int | Ranges
Group = tuple[tuple[str, Constraint], ...]
Audience = tuple[Group, ...]
Customer = Mapping[str, Any]

UNBOUNDED = 10**15
"""Larger than any value of a number attribute, in its smallest unit."""

ANYBODY: Audience = ((),)
NOBODY: Audience = ()


class Attribute(NamedTuple):
    """What is known of one customer attribute.

    ``values`` are the named values, or empty for a number; a number counts in steps of ``1 / scale``.
    """

    name: str
    values: tuple[Any, ...] = ()
    scale: int = 1
    largest: int = UNBOUNDED

    @property
    def everything(self) -> Constraint:
        """The constraint that holds for every customer."""
        return (1 << len(self.values)) - 1 if self.values else ((0, self.largest),)


def one_of(attribute: Attribute, values: Sequence[Any]) -> int:
    """Return the constraint "one of these values".

    Raises:
        ValueError: for a value that the attribute does not have.
    """
    mask = 0
    for value in values:
        mask |= 1 << attribute.values.index(value)
    return mask


def ranges(attribute: Attribute, parts: Sequence[Range]) -> Ranges:
    """Return the union of inclusive ranges (in steps), disjoint and in order; empty ones vanish."""
    merged: list[Range] = []
    for low, high in sorted(parts):
        low, high = max(low, 0), min(high, attribute.largest)
        if high < low:
            continue
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def group(attributes: Mapping[str, Attribute], constraints: Mapping[str, Constraint]) -> Group | None:
    """Return the group in which all constraints hold; None if nobody can be in it.

    Constraints that hold for everybody are left out, so equal groups are equal tuples.
    """
    kept: list[tuple[str, Constraint]] = []
    for name in sorted(constraints):
        constraint = constraints[name]
        if not constraint:
            return None
        if constraint != attributes[name].everything:
            kept.append((name, constraint))
    return tuple(kept)


def audience(groups: Sequence[Group | None]) -> Audience:
    """Return the audience of any of these groups, without empty ones and repetitions."""
    found = {item for item in groups if item is not None}
    return tuple(sorted(found, key=repr)) if len(found) > 1 else tuple(found)


@lru_cache(maxsize=1 << 16)
def meet_groups(first: Group, second: Group) -> Group | None:
    """Return the customers in both groups; None if there are none."""
    constraints = dict(first)
    for name, constraint in second:
        known = constraints.get(name)
        both = constraint if known is None else meet_constraints(known, constraint)
        if not both:
            return None
        constraints[name] = both
    return tuple(sorted(constraints.items()))


def meet_constraints(first: Constraint, second: Constraint) -> Constraint:
    """Return what both constraints on one attribute allow; falsy if nothing."""
    if isinstance(first, int) and isinstance(second, int):
        return first & second
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    found: list[Range] = []
    left, right = 0, 0
    while left < len(first) and right < len(second):
        low = max(first[left][0], second[right][0])
        high = min(first[left][1], second[right][1])
        if low <= high:
            found.append((low, high))
        if first[left][1] < second[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def meet(first: Audience, second: Audience) -> Audience:
    """Return the customers in both audiences."""
    if first == ANYBODY:
        return second
    if second == ANYBODY:
        return first
    return audience([meet_groups(one, other) for one in first for other in second])


@lru_cache(maxsize=1 << 18)
def overlap(first: Audience, second: Audience) -> bool:
    """Whether some customer is in both audiences."""
    return any(meet_groups(one, other) is not None for one in first for other in second)


def within(narrow: Audience, wide: Audience) -> bool:
    """Whether each group of one audience lies in a group of the other.

    Then everybody in the one is in the other. A group that only several others together cover is not found.
    """
    return all(any(_within_group(one, other) for other in wide) for one in narrow)


def _within_group(narrow: Group, wide: Group) -> bool:
    known = dict(narrow)
    return all(name in known and meet_constraints(known[name], allowed) == known[name] for name, allowed in wide)


def contains(attributes: Mapping[str, Attribute], whom: Audience, customer: Customer) -> bool:
    """Whether a customer, who has a value for every attribute, is in an audience."""
    return any(all(_holds(attributes[name], constraint, customer[name]) for name, constraint in item) for item in whom)


def _holds(attribute: Attribute, constraint: Constraint, value: Any) -> bool:
    if isinstance(constraint, int):
        return bool(constraint >> attribute.values.index(value) & 1)
    step = round(value * attribute.scale)
    return any(low <= step <= high for low, high in constraint)


def witness(attributes: Mapping[str, Attribute], whom: Audience) -> dict[str, Any] | None:
    """Return the values of one customer in an audience: those its first group limits; None if empty.

    Attributes that do not matter are left out: any value will do.
    """
    if not whom:
        return None
    found: dict[str, Any] = {}
    for name, constraint in whom[0]:
        attribute = attributes[name]
        if isinstance(constraint, int):
            found[name] = attribute.values[(constraint & -constraint).bit_length() - 1]
        else:
            low = constraint[0][0]
            found[name] = low if attribute.scale == 1 else low / attribute.scale
    return found
