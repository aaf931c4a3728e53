"""Which of many pairs of audiences overlap, worked out side by side.

Every group becomes one or more *boxes*: for an attribute with named values the bits of the values, for a
number one range. Two boxes overlap if they do in each attribute; two audiences, if a box of one does with
a box of the other. This is the same exact answer as :func:`campaigncheck.algebra.audience.overlap` gives
for one pair, some hundred times faster for a million.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.audience import UNBOUNDED, Audience, Constraint, Group
from campaigncheck.algebra.audience import overlap as overlap_of_two

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

Words = NDArray[np.uint64]

_WORD = 64

MOST_BITS = _WORD - 1
"""Named values that fit into a word, with a bit to spare."""

MOST_BOXES = 64
"""Boxes a group is split into; one that would need more is looked at on its own."""

_PIECE = 1 << 16
"""Pairs of audiences compared at a time: more would not fit into the processor's caches."""


class _Field(NamedTuple):
    """One attribute of all boxes: ``low`` and ``high`` are the same for named values; each has ``width`` bits."""

    low: Words
    high: Words
    width: int
    named: bool


class _Plane(NamedTuple):
    """Several attributes of all boxes, side by side in one word each, with a guard bit above every attribute.

    For named values ``low`` and ``high`` are the same. Adding ``full``, all bits but the guards, to those
    that two boxes share carries into every guard whose attribute has any. For ranges the guards of ``high``
    are set; subtracting another box's ``low`` borrows every guard whose range ends before the other begins.
    """

    low: Words
    high: Words
    guards: np.uint64
    full: np.uint64
    named: bool

    def meet(self, one: Ints, other: Ints) -> Flags:
        """Return for each pair of boxes whether they meet in every attribute."""
        if self.named:
            found = (self.low[one] & self.low[other]) + self.full
        else:
            found = (self.high[one] - self.low[other]) & (self.high[other] - self.low[one])
        met: Flags = (found & self.guards) == self.guards
        return met


class _Columns(NamedTuple):
    """The boxes of all audiences, one after the other.

    ``begin`` is the first box of each audience, ``number`` how many it has.

    ``rough`` marks audiences whose boxes hold more than they do: a "yes" about them has to be confirmed.
    """

    planes: list[_Plane]
    begin: Ints
    number: Ints
    rough: Flags


class Customers:
    """The audiences of a portfolio, each known by its number."""

    def __init__(self, audiences: Sequence[Audience]) -> None:
        numbers: dict[Audience, int] = {}
        self.number = np.array([numbers.setdefault(whom, len(numbers)) for whom in audiences], np.int64)
        self._distinct = list(numbers)
        self._columns = _columns(self._distinct)

    def overlap(self, left: Ints, right: Ints) -> Flags:
        """Return for each pair of positions whether some customer is in both audiences."""
        one, other = self.number[left], self.number[right]
        size = len(self._distinct)
        codes = np.minimum(one, other) * size + np.maximum(one, other)
        if size * size <= 4 * len(codes):  # few different audiences: answer each different pair once
            met = np.zeros(size * size, np.bool_)
            asked = np.zeros(size * size, np.bool_)
            asked[codes] = True
            pairs = np.nonzero(asked)[0]
            met[pairs] = self._meet(pairs // size, pairs % size)
            answer: Flags = met[codes]
            return answer
        return self._meet(one, other)

    def _meet(self, one: Ints, other: Ints) -> Flags:
        met: Flags = np.zeros(len(one), np.bool_)
        columns = self._columns
        for start in range(0, len(one), _PIECE):
            here = slice(start, start + _PIECE)
            met[here] = _meeting(columns, one[here], other[here])
        if columns.rough.any():
            self._confirm(met, one, other)
        return met

    def _confirm(self, met: Flags, one: Ints, other: Ints) -> None:
        rough = self._columns.rough
        for at in np.nonzero(met & (rough[one] | rough[other]))[0].tolist():
            met[at] = overlap_of_two(self._distinct[one[at]], self._distinct[other[at]])


def _meeting(columns: _Columns, left: Ints, right: Ints) -> Flags:
    """Return for each pair of audiences whether a box of one meets a box of the other."""
    wide = columns.number[right]
    counts = columns.number[left] * wide
    pair = np.repeat(np.arange(len(left)), counts)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    row, column = np.divmod(nth, wide[pair])
    boxes = columns.begin[left][pair] + row, columns.begin[right][pair] + column
    found = np.ones(len(pair), np.bool_)
    for plane in columns.planes:
        found &= plane.meet(*boxes)
    met = np.zeros(len(left), np.bool_)
    met[pair[found]] = True
    return met


def _columns(audiences: Sequence[Audience]) -> _Columns:
    boxes: list[dict[str, Constraint]] = []
    counts: list[int] = []
    rough: list[bool] = []
    for whom in audiences:
        before = len(boxes)
        unsure = [_is_rough(group) for group in whom]
        for group, around in zip(whom, unsure, strict=True):
            boxes += _boxes(group, around)
        counts.append(len(boxes) - before)
        rough.append(any(unsure))
    count = np.array(counts, np.int64)
    return _Columns(_planes(boxes), np.cumsum(count) - count, count, np.array(rough, bool))


def _planes(boxes: Sequence[Mapping[str, Constraint]]) -> list[_Plane]:
    """Write the boxes attribute by attribute, as many side by side as fit into a word."""
    kinds = {name: isinstance(constraint, int) for box in boxes for name, constraint in box.items()}
    planes: list[_Plane] = []
    for named, values in ((True, _named), (False, _ranges)):
        found: list[_Field] = []
        for name in sorted(name for name, kind in kinds.items() if kind == named):
            field = values([box.get(name) for box in boxes])
            if sum(item.width + 1 for item in (*found, field)) > _WORD:
                planes.append(_plane(found))
                found = []
            found.append(field)
        if found:
            planes.append(_plane(found))
    return planes


def _plane(fields: Sequence[_Field]) -> _Plane:
    size = len(fields[0].low)
    low, high = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    guards = full = shift = 0
    for field in fields:
        low |= field.low << np.uint64(shift)
        high |= field.high << np.uint64(shift)
        full |= ((1 << field.width) - 1) << shift
        guards |= 1 << shift + field.width
        shift += field.width + 1
    named = fields[0].named
    return _Plane(low, low if named else high | np.uint64(guards), np.uint64(guards), np.uint64(full), named)


def _named(constraints: Sequence[Constraint | None]) -> _Field:
    masks = [item if isinstance(item, int) else 0 for item in constraints]
    width = max(mask.bit_length() for mask in masks)
    bits = np.array([mask or (1 << width) - 1 for mask in masks], np.uint64)
    return _Field(bits, bits, width, named=True)


def _ranges(constraints: Sequence[Constraint | None]) -> _Field:
    """Number the beginnings of all ranges; an end is the last of them before it."""
    spans = [item[0] if isinstance(item, tuple) else (0, UNBOUNDED) for item in constraints]
    table = np.array(spans, np.int64).reshape(-1, 2)
    starts = np.unique(table[:, 0])
    low = np.searchsorted(starts, table[:, 0])
    high = np.searchsorted(starts, table[:, 1], side="right") - 1
    return _Field(low.astype(np.uint64), high.astype(np.uint64), len(starts).bit_length(), named=False)


def _boxes(group: Group, rough: bool) -> list[dict[str, Constraint]]:
    """Split a group into boxes with one range for each number; a rough one becomes the box around it."""
    if rough:
        return [dict(item for item in map(_around, group) if item is not None)]
    choices: list[list[tuple[str, Constraint]]] = [
        [(name, constraint)] if isinstance(constraint, int) else [(name, (span,)) for span in constraint]
        for name, constraint in group
    ]
    return [dict(choice) for choice in product(*choices)]


def _is_rough(group: Group) -> bool:
    wide = any(isinstance(constraint, int) and constraint.bit_length() > MOST_BITS for _, constraint in group)
    return wide or prod(len(item) for _, item in group if not isinstance(item, int)) > MOST_BOXES


def _around(item: tuple[str, Constraint]) -> tuple[str, Constraint] | None:
    name, constraint = item
    if isinstance(constraint, int):
        return item if constraint.bit_length() <= MOST_BITS else None
    return name, ((constraint[0][0], constraint[-1][1]),)
