"""The conditions of an audience that an answer does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.language.denial import Having, leaves_out, takes_in
from campaigncheck.language.figures import figures
from campaigncheck.rules._amounts import states


class _Condition(NamedTuple):
    """Something an answer has to tell, and whether an answer (in lower case) tells it."""

    shown: str
    told: Callable[[str], bool]


def untold(groups: list[dict[str, Any]], answer: str, attributes: dict[str, AttributeEntry]) -> list[str]:
    """Return what the answer (in lower case) leaves out of the groups' conditions, each once."""
    if not all(groups):  # a group without conditions is anybody
        return []
    conditions = _of_groups(repr(groups), _Written(groups, attributes))
    return list(dict.fromkeys([condition.shown for condition in conditions if not condition.told(answer)]))


class _Written:
    """Groups and what their attributes are, equal to others with the same attributes: the key tells groups apart."""

    def __init__(self, groups: list[dict[str, Any]], attributes: dict[str, AttributeEntry]) -> None:
        self.groups, self.attributes = groups, attributes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.attributes is other.attributes

    def __hash__(self) -> int:
        return id(self.attributes)


@lru_cache(maxsize=1 << 12)
def _of_groups(written: str, given: _Written) -> tuple[_Condition, ...]:
    """Return what an answer has to tell about some groups, worked out once for each way of writing them."""
    return tuple(
        condition
        for group in given.groups
        for name, value in group.items()
        if name in given.attributes
        for condition in _conditions(given.attributes[name], value if isinstance(value, list) else [value])
    )


def _conditions(entry: AttributeEntry, values: list[Any]) -> Iterator[_Condition]:
    """Yield what an answer has to tell about one attribute: of a range each of its ends."""
    if entry.type == "number":
        for value in values:
            for number in figures(str(value)):
                yield _limit(entry, str(value), number)
    elif entry.type == "boolean":
        if len(set(values)) == 1:
            yield _having(entry, bool(values[0]))
    elif not set(entry.values) <= set(map(str, values)):
        yield _one_of(entry, [str(value) for value in values])


def _one_of(entry: AttributeEntry, values: list[str]) -> _Condition:
    """Return the condition that one of the values is named, or that all others are refused."""
    shown = "、".join(entry.names.get(value, value) for value in values)
    named = [_word(entry, value) for value in values]
    others = [_word(entry, value) for value in entry.values if value not in values]

    def told(answer: str) -> bool:
        return any(takes_in(answer, name) for name in named) or all(leaves_out(answer, name) for name in others)

    return _Condition(shown, told)


def _word(entry: AttributeEntry, value: str) -> str:
    return entry.names.get(value, value).lower().removesuffix("客户")


def _having(entry: AttributeEntry, needed: bool) -> _Condition:
    having = Having((*entry.words, re.sub(r"^(?:有|在|没有)", "", entry.label.zh)))
    label = entry.label if needed or entry.negated is None else entry.negated
    return _Condition(label.zh, lambda answer: having.says(answer, needed))


_UNITS = {"个月": "月", "元": "元", "岁": "岁"}


def _limit(entry: AttributeEntry, written: str, number: float) -> _Condition:
    """Return the condition that one end of a range is told; 60 岁以上 and 超过 59 岁 are the same."""
    beside = {">=": -1, ">": 1, "<=": 1, "<": -1}.get(written.rstrip("0123456789. "))
    numbers = (number,) if beside is None else (number, number + beside)
    unit = _UNITS.get(entry.unit.zh, "") if entry.unit else ""

    def told(answer: str) -> bool:
        return states(answer, number, unit) or any(states(answer, other, unit) for other in numbers[1:])

    return _Condition(f"{entry.label.zh}{_said(written)} {entry.unit.zh if entry.unit else ''}".rstrip(), told)


_BOUNDS = {">=": "满", ">": "超过", "<=": "不超过", "<": "不到"}


def _said(written: str) -> str:
    """Return a condition on a number as one says it."""
    number = written.lstrip("<>= ")
    low, dots, high = number.partition("..")
    return (
        f" {low.strip()} 到 {high.strip()}" if dots else f"{_BOUNDS.get(written[: -len(number)].strip(), '')} {number}"
    )
