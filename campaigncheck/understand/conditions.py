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
        constraint = _constraint(attribute, condition, (*path, name), faults)
        if constraint is not None:
            constraints[name] = constraint
    return group(attributes, constraints)


def _constraint(attribute: Attribute, condition: Any, path: Path, faults: list[ConditionFault]) -> Constraint | None:
    several = isinstance(condition, list)
    given = condition if several else [condition]
    paths: list[Path] = [(*path, index) for index in range(len(given))] if several else [path]
    if not given:
        faults.append(ConditionFault("empty", path, attribute.name, []))
        return None
    if attribute.values:
        return _values(attribute, given, paths, faults)
    parts: list[Range] = []
    for value, place in zip(given, paths, strict=True):
        part = _range(attribute, value)
        if isinstance(part, str):
            faults.append(ConditionFault(part, place, attribute.name, value))
        else:
            parts.append(part)
    return ranges(attribute, parts) or None


def _values(
    attribute: Attribute, given: list[Any], paths: list[Path], faults: list[ConditionFault]
) -> Constraint | None:
    known = []
    for value, place in zip(given, paths, strict=True):
        # True == 1 in Python, but an attribute's value 1 is not true.
        if any(value == item and isinstance(value, bool) == isinstance(item, bool) for item in attribute.values):
            known.append(value)
        else:
            faults.append(ConditionFault("unknown_value", place, attribute.name, value))
    return one_of(attribute, known) or None


def _range(attribute: Attribute, value: Any) -> Range | Fault:
    """Read a number or a range such as ``58..128``, ``>=12`` or ``<60``, in steps of the attribute."""
    return "bad_range" if isinstance(value, bool) else _read_range(attribute, str(value).strip())


@lru_cache(maxsize=1 << 12)
def _read_range(attribute: Attribute, text: str) -> Range | Fault:
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
