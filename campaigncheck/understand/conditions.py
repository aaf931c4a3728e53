"""Audience conditions as written, turned into exact constraints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
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


Memo = dict[str, tuple[Group | None, tuple[ConditionFault, ...]]]
"""Groups read before, by how they are written; belongs to one set of attributes."""


def read_audience(
    attributes: Mapping[str, Attribute], groups: Sequence[Mapping[str, Any]], memo: Memo | None = None
) -> tuple[Audience, list[ConditionFault]]:
    """Return the audience that ``groups`` describe, and every fault in them.

    Faulty conditions are left out of the result, so that the rest can still be checked; no groups at
    all means anybody. Campaigns describe the same customers again and again: with a ``memo`` each way
    of writing a group is read once.
    """
    if not groups:
        return ANYBODY, []
    memo = {} if memo is None else memo
    found: list[Group | None] = []
    faults: list[ConditionFault] = []
    for index, item in enumerate(groups):
        written = repr(item)
        known = memo.get(written)
        if known is None:
            known = memo[written] = _group(attributes, item)
        found.append(known[0])
        if known[1]:
            faults += [fault._replace(path=(index, *fault.path)) for fault in known[1]]
    return audience(found), faults


def _group(
    attributes: Mapping[str, Attribute], conditions: Mapping[str, Any]
) -> tuple[Group | None, tuple[ConditionFault, ...]]:
    constraints: dict[str, Constraint] = {}
    faults: list[ConditionFault] = []
    for name, condition in conditions.items():
        attribute = attributes.get(name)
        if attribute is None:
            faults.append(ConditionFault("unknown_attribute", (name,), name, name))
            continue
        constraint = _constraint(attribute, condition, (name,), faults)
        if constraint is not None:
            constraints[name] = constraint
    return group(attributes, constraints), tuple(faults)


def _constraint(attribute: Attribute, condition: Any, path: Path, faults: list[ConditionFault]) -> Constraint | None:
    several = isinstance(condition, list)
    given = condition if several else [condition]
    paths: list[Path] = [(*path, index) for index in range(len(given))] if several else [path]
    if not given:
        faults.append(ConditionFault("empty", path, attribute.name, []))
        return None
    read = _values if attribute.values else _ranges
    return read(attribute, given, paths, faults)


def _values(
    attribute: Attribute, given: list[Any], places: list[Path], faults: list[ConditionFault]
) -> Constraint | None:
    known = []
    for value, place in zip(given, places, strict=True):
        # True == 1 in Python, but an attribute's value 1 is not true.
        if any(value == item and isinstance(value, bool) == isinstance(item, bool) for item in attribute.values):
            known.append(value)
        else:
            faults.append(ConditionFault("unknown_value", place, attribute.name, value))
    return one_of(attribute, known) or None


def _ranges(
    attribute: Attribute, given: list[Any], places: list[Path], faults: list[ConditionFault]
) -> Constraint | None:
    parts: list[Range] = []
    for value, place in zip(given, places, strict=True):
        part = _range(attribute, value)
        if isinstance(part, str):
            faults.append(ConditionFault(part, place, attribute.name, value))
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
