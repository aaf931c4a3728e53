"""Audience conditions as written, turned into exact constraints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from campaigncheck.algebra.audience import (
    ANYBODY,
    Attribute,
    Audience,
    Constraint,
    Group,
    Range,
    audience,
    group,
    one_of,
    ranges,
)
from campaigncheck.source.place import Path

_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)"
_BOUND = re.compile(rf"(>=|<=|>|<)\s*{_NUMBER}\Z")
_SPAN = re.compile(rf"{_NUMBER}\s*\.\.\s*{_NUMBER}\Z")
_EQUALS = re.compile(rf"{_NUMBER}\Z")

Fault = Literal["unknown_attribute", "unknown_value", "bad_range", "empty", "too_precise"]


class ConditionFault(NamedTuple):
    """What is wrong with one condition; ``path`` leads to it from the audience."""

    kind: Fault
    path: Path
    attribute: str
    given: Any


def read_audience(
    attributes: Mapping[str, Attribute], groups: Sequence[Mapping[str, Any]]
) -> tuple[Audience, list[ConditionFault]]:
    """Return the audience that ``groups`` describe, and every fault in them.

    Faulty conditions are left out of the result, so that the rest can still be checked; no groups at
    all means anybody.
    """
    if not groups:
        return ANYBODY, []
    faults: list[ConditionFault] = []
    read = [_group(attributes, item, (index,), faults) for index, item in enumerate(groups)]
    return audience(read), faults


def _group(
    attributes: Mapping[str, Attribute], conditions: Mapping[str, Any], path: Path, faults: list[ConditionFault]
) -> Group | None:
    constraints: dict[str, Constraint] = {}
    for name, condition in conditions.items():
        attribute = attributes.get(name)
        if attribute is None:
            faults.append(ConditionFault("unknown_attribute", (*path, name), name, name))
            continue
        constraint, wrong = _read(attribute, repr(condition), _Given(condition))
        faults += [ConditionFault(kind, (*path, name, *at), name, given) for kind, at, given in wrong]
        if constraint is not None:
            constraints[name] = constraint
    return group(attributes, constraints)


class _Given(NamedTuple):
    """A condition that counts as equal to any other: the cache tells conditions apart by how they are written.

    ``True == 1 == 1.0`` in Python, yet they are different conditions.
    """

    condition: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given)

    def __hash__(self) -> int:
        return 0


_Fault = tuple[Fault, Path, Any]


@lru_cache(maxsize=1 << 14)
def _read(attribute: Attribute, written: str, given: _Given) -> tuple[Constraint | None, tuple[_Fault, ...]]:
    """Read one condition, once for each way it is written."""
    faults: list[_Fault] = []
    several = isinstance(given.condition, list)
    values = given.condition if several else [given.condition]
    places: list[Path] = [(index,) for index in range(len(values))] if several else [()]
    if not values:
        return None, (("empty", (), []),)
    if attribute.values:
        constraint = _values(attribute, values, places, faults)
    else:
        constraint = _ranges(attribute, values, places, faults)
    return constraint, tuple(faults)


def _values(attribute: Attribute, given: list[Any], places: list[Path], faults: list[_Fault]) -> Constraint | None:
    known = []
    for value, place in zip(given, places, strict=True):
        # True == 1 in Python, but an attribute's value 1 is not true.
        if any(value == item and isinstance(value, bool) == isinstance(item, bool) for item in attribute.values):
            known.append(value)
        else:
            faults.append(("unknown_value", place, value))
    return one_of(attribute, known) or None


def _ranges(attribute: Attribute, given: list[Any], places: list[Path], faults: list[_Fault]) -> Constraint | None:
    parts: list[Range] = []
    for value, place in zip(given, places, strict=True):
        part = _range(attribute, value)
        if isinstance(part, str):
            faults.append((part, place, value))
        else:
            parts.append(part)
    return ranges(attribute, parts) or None


def _range(attribute: Attribute, value: Any) -> Range | Fault:
    """Read a number or a range such as ``58..128``, ``>=12`` or ``<60``, in steps of the attribute."""
    if isinstance(value, bool):
        return "bad_range"
    text = str(value).strip()
    bound, span = _BOUND.match(text), _SPAN.match(text)
    if span:
        low, high = _steps(attribute, span[1]), _steps(attribute, span[2])
    elif bound:
        edge = _steps(attribute, bound[2])
        if edge is None:
            return "too_precise"
        low, high = _half_open(attribute, bound[1], edge)
    elif _EQUALS.match(text):
        low = high = _steps(attribute, text)
    else:
        return "bad_range"
    if low is None or high is None:
        return "too_precise"
    return (low, high) if low <= high and high >= 0 else "empty"


def _half_open(attribute: Attribute, sign: str, edge: int) -> Range:
    if sign[0] == ">":
        return edge + (sign == ">"), attribute.largest
    return 0, edge - (sign == "<")


def _steps(attribute: Attribute, number: str) -> int | None:
    """Return a number in steps of the attribute; None if it lies between two steps."""
    scaled = Decimal(number) * attribute.scale
    return int(scaled) if scaled == scaled.to_integral_value() else None
