"""Puts kinds of customers, as the algebra knows them, into the words of the counter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from campaigncheck.algebra.audience import Attribute, Constraint, Group, Range
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.messages import Text
from campaigncheck.sheets.phrases import Words

_WHETHER = Text("是否{label}", "{label} or not")


def attribute_names(names: Iterable[str], catalogues: Catalogues) -> tuple[Words, ...]:
    """Return what attributes are called."""
    return tuple(_name(catalogues.attributes.attributes[name]) for name in names)


def _name(entry: AttributeEntry) -> Words:
    return _WHETHER(label=entry.label.text) if entry.type == "boolean" else entry.label.text


def as_written(group: Group, attributes: Mapping[str, Attribute]) -> dict[str, list[Any]]:
    """Return a group as a spec would state it, its attributes in the catalogue's order."""
    known = dict(group)
    return {name: _condition(known[name], attribute) for name, attribute in attributes.items() if name in known}


def _condition(constraint: Constraint, attribute: Attribute) -> list[Any]:
    if isinstance(constraint, int):
        return [value for bit, value in enumerate(attribute.values) if constraint >> bit & 1]
    return [_range(part, attribute) for part in constraint]


def _range(part: Range, attribute: Attribute) -> str:
    """Write a range with the rounder of its two possible ends: under 58, not up to 57.99."""
    low, high = part
    if low == high:
        return _number(low, attribute)
    if low == 0:
        return _up_to(high, attribute)
    if high >= attribute.largest:
        above = _round(low - 1, attribute) and not _round(low, attribute)
        return f">{_number(low - 1, attribute)}" if above else f">={_number(low, attribute)}"
    return f"{_number(low, attribute)}..{_number(high, attribute)}"


def _up_to(high: int, attribute: Attribute) -> str:
    within = _round(high, attribute) and attribute.scale > 1
    return f"<={_number(high, attribute)}" if within else f"<{_number(high + 1, attribute)}"


def _round(steps: int, attribute: Attribute) -> bool:
    return steps % attribute.scale == 0


def _number(steps: int, attribute: Attribute) -> str:
    text = f"{Decimal(steps) / attribute.scale:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
