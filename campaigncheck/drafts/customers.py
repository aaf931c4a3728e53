"""Says who can have a campaign, as one says it to a customer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.drafts.case import joined

_BOUND = re.compile(r"(>=|<=|>|<)\s*([0-9.]+)\Z")
_SPAN = re.compile(r"([0-9.]+?)\s*\.\.\s*([0-9.]+)\Z")


_BOUNDS = {">=": "满", ">": "超过", "<=": "不超过", "<": "不到"}
_TOGETHER = 3
_FIRST = ("customer_type", "brand")
_HAVING: dict[str, tuple[str, str]] = {
    "broadband": ("家里装了我们的宽带", "家里还没有装我们的宽带"),
    "contract": ("手上的约定还没到期", "手上没有还没到期的约定"),
}


def customers(groups: Sequence[Mapping[str, Any]], catalogues: Catalogues) -> list[str]:
    """Say each group of customers in one phrase; none if it is anybody."""
    entries = catalogues.attributes.attributes
    said = [_breathing([_condition(entries[name], name, group[name]) for name in _in_order(group)]) for group in groups]
    return [] if "" in said else list(dict.fromkeys(said))


def _breathing(conditions: Sequence[str]) -> str:
    """Join conditions, with a longer stop after every few: nobody keeps six of them in mind."""
    return "；".join("，".join(conditions[at : at + _TOGETHER]) for at in range(0, len(conditions), _TOGETHER))


def _in_order(group: Mapping[str, Any]) -> list[str]:
    """Return the names of a group's conditions: those first that say what customers are called."""
    return sorted(group, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))


def _condition(entry: AttributeEntry, name: str, given: Any) -> str:
    values = given if isinstance(given, list) else [given]
    if entry.type == "number":
        measured = (_measure(entry, str(value).strip()) for value in values)
        return reduce(lambda one, other: joined(one, "或者", other), measured)
    if entry.type == "boolean":
        return "或者".join(_having(entry, name, value is True) for value in values)
    named = [entry.names.get(str(value), str(value)) for value in values]
    either = joined("、".join(named[:-1]), "或", named[-1]) if len(named) > 1 else named[0]
    return entry.phrase.zh.format(value=either) if entry.phrase else f"{entry.label.zh}是{either}"


def _measure(entry: AttributeEntry, given: str) -> str:
    bound, span = _BOUND.match(given), _SPAN.match(given)
    if bound:
        told = f"{_BOUNDS[bound[1]]} {bound[2]}"
    else:
        told = f" {span[1]} 到 {span[2]}" if span else f" {given}"
    value = f"{told} {entry.unit.zh if entry.unit else ''}".rstrip()
    return entry.phrase.zh.format(value=value) if entry.phrase else f"{entry.label.zh}{value}"


def _having(entry: AttributeEntry, name: str, needed: bool) -> str:
    if name in _HAVING:
        return _HAVING[name][0 if needed else 1]
    if needed:
        return entry.label.zh
    return entry.negated.zh if entry.negated else f"不是“{entry.label.zh}”"
