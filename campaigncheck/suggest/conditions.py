"""Audience constraints written back as a spec states them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaigncheck.algebra.audience import Attribute, Constraint, Range, meet_constraints
from campaigncheck.understand.conditions import read_audience


def everything_but(attribute: Attribute, constraint: Constraint) -> Constraint:
    """Return what a constraint leaves out; falsy if nothing."""
    if isinstance(constraint, int):
        return ((1 << len(attribute.values)) - 1) & ~constraint
    left: list[Range] = []
    begin = 0
    for low, high in constraint:
        if begin < low:
            left.append((begin, low - 1))
        begin = high + 1
    if begin <= attribute.largest:
        left.append((begin, attribute.largest))
    return tuple(left)


def narrow(
    attributes: Mapping[str, Attribute], groups: Sequence[Mapping[str, Any]], name: str, kept: Constraint
) -> list[dict[str, Any] | None]:
    """Return audience groups, as written, limited to ``kept`` of one attribute; None for those nobody is left in."""
    return [_narrow(attributes, group, name, kept) for group in groups or [{}]]


def _narrow(
    attributes: Mapping[str, Attribute], group: Mapping[str, Any], name: str, kept: Constraint
) -> dict[str, Any] | None:
    attribute = attributes[name]
    whom, _ = read_audience(attributes, [group])
    if not whom:
        return None
    before = dict(whom[0]).get(name, attribute.everything)
    both = meet_constraints(before, kept)
    if not both:
        return None
    return {**group, name: group[name] if both == before and name in group else write_condition(attribute, both)}


def write_condition(attribute: Attribute, constraint: Constraint) -> Any:
    """Return a constraint as a spec states it: a value, a range such as ``58..128``, or a list of these."""
    if isinstance(constraint, int):
        values = [value for index, value in enumerate(attribute.values) if constraint >> index & 1]
        return values[0] if len(values) == 1 else values
    spans = [_span(attribute, *span) for span in constraint]
    return spans[0] if len(spans) == 1 else spans


def _span(attribute: Attribute, low: int, high: int) -> str:
    if high >= attribute.largest:
        return f">={_number(attribute, low)}"
    if low == 0:
        return f"<={_number(attribute, high)}"
    return f"{_number(attribute, low)}..{_number(attribute, high)}"


def _number(attribute: Attribute, steps: int) -> str:
    return f"{(Decimal(steps) / attribute.scale).normalize():f}"
