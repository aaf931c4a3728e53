"""The point that lies in as many of some sets as possible.

A set is a union of boxes, a box a group of constraints on attributes (:mod:`campaigncheck.algebra.audience`).
Of a number only the lower ends of ranges matter: whoever moves down to the next one leaves no range. So a box
is written as one integer, with a field of bits for each attribute: the values it allows among those that
matter. Two boxes meet in the bits of both, and they do meet if no field is empty; adding a number that
overflows every field with a bit in it tells so at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from campaigncheck.algebra.audience import Audience, Constraint, Group


class Member(NamedTuple):
    """A set that the point may lie in, and what it counts for.

    ``near`` are the members, as bits, that it can share a point with: any others are never tried together.
    """

    weight: int
    groups: Audience
    near: int


class Depth(NamedTuple):
    """How much the sets weigh that meet in a point, and which they are, each with its group that holds the point."""

    weight: int
    own: Group
    members: list[tuple[int, Group]]


def deepest(weight: int, own: Audience, members: Sequence[Member], floor: int) -> Depth | None:
    """Return a point of ``own`` in which sets of the most weight meet; None if they do not exceed the floor.

    Branch and bound: of the members that meet a box, one that holds all of it is taken at once; each of the
    others is either the next to be taken or left out for good. What could be taken at most is the bound.
    """
    scale = Scale([member.weight for member in members])
    rest = scale.strong(weight, [member.near for member in members], floor)
    if weight + scale.weigh(rest) <= floor:
        return None
    code = _Code(own, [members[index].groups for index in bits(rest)])
    candidates = {
        index: _Candidate(index, members[index].weight, [(code.write(group), group) for group in members[index].groups])
        for index in bits(rest)
    }
    best: _Box | None = None
    pending = [(_Box(weight, code.write(group), _Taken(-1, group, None)), rest) for group in reversed(own)]
    while pending:
        box, rest = pending.pop()
        if box.weight + scale.weigh(rest) <= floor:
            continue
        box, joining = _join(code, box, [candidates[index] for index in bits(rest)])
        if box.weight > floor:
            best, floor = box, box.weight
        left, branches = 0, []
        for candidate in reversed(joining):
            after = left & members[candidate.member].near
            if box.weight + candidate.weight + scale.weigh(after) > floor:
                branches += [(item, after) for item in _smaller(box, candidate)]
            left |= 1 << candidate.member
        pending += branches
    return _depth(best) if best else None


class _Candidate(NamedTuple):
    """A member, what it counts for, and its groups (those that meet a box) as integers."""

    member: int
    weight: int
    boxes: list[tuple[int, Group]]


class _Taken(NamedTuple):
    """The members that meet in a box: the last one taken with its group, and those before it."""

    member: int
    group: Group
    before: _Taken | None


class _Box(NamedTuple):
    """What the groups taken have in common."""

    weight: int
    code: int
    taken: _Taken


class Scale:
    """Weighs sets of members, written as bits: there are few different weights."""

    def __init__(self, weights: Sequence[int]) -> None:
        self._weights = weights
        alike: dict[int, int] = {}
        for index, weight in enumerate(weights):
            alike[weight] = alike.get(weight, 0) | 1 << index
        self._alike = list(alike.items())

    def weigh(self, chosen: int) -> int:
        """Return what some members weigh together."""
        total = 0
        for weight, those in self._alike:
            total += weight * (chosen & those).bit_count()
        return total

    def strong(self, own: int, near: Sequence[int], floor: int) -> int:
        """Return as bits the members that could be among more than the floor, going by whom each can meet."""
        rest, before = (1 << len(near)) - 1, -1
        while rest != before:
            before = rest
            for index in bits(before):
                if own + self._weights[index] + self.weigh(rest & near[index]) <= floor:
                    rest &= ~(1 << index)
        return rest


class _Code:
    """Writes the boxes of some sets as integers."""

    def __init__(self, own: Audience, others: Sequence[Audience]) -> None:
        self.shift: dict[str, int] = {}
        self.full: dict[str, int] = {}
        self.lows: dict[str, list[int]] = {}
        values, lows = _values((own, *others))
        width = 0
        self.everything = self.guard = 0
        self.lows = {name: sorted(found) for name, found in lows.items()}
        for name, size in [
            *((name, mask.bit_length()) for name, mask in values.items()),
            *((name, len(found)) for name, found in lows.items()),
        ]:
            self.shift[name], self.full[name] = width, (1 << size) - 1
            self.everything |= self.full[name] << width
            self.guard |= 1 << (width + size)
            width += size + 1

    def write(self, group: Group) -> int:
        """Write a box."""
        code = self.everything
        for name, constraint in group:
            code ^= (self.full[name] ^ self._field(name, constraint)) << self.shift[name]
        return code

    def _field(self, name: str, constraint: Constraint) -> int:
        if isinstance(constraint, int):
            return constraint
        lows, field = self.lows[name], 0
        for low, high in constraint:
            field |= (1 << bisect_right(lows, high)) - (1 << bisect_right(lows, low - 1))
        return field

    def empty(self, code: int) -> bool:
        """Whether there is no point in a box: a field has no bit."""
        return (code + self.everything) & self.guard != self.guard


def _values(audiences: Sequence[Audience]) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Return the named values and the lower ends of ranges that occur, by attribute."""
    values: dict[str, int] = {}
    lows: dict[str, set[int]] = {}
    for whom in audiences:
        for group in whom:
            for name, constraint in group:
                if isinstance(constraint, int):
                    values[name] = values.get(name, 0) | constraint
                else:
                    lows.setdefault(name, set()).update([low for low, _ in constraint])
    return values, lows


def _join(code: _Code, box: _Box, rest: Sequence[_Candidate]) -> tuple[_Box, list[_Candidate]]:
    """Take into a box what holds all of it; return what else meets it, with what they have in common."""
    whole, weight, taken = box.code, box.weight, box.taken
    everything, guard = code.everything, code.guard
    joining: list[_Candidate] = []
    for index, more, boxes in rest:
        met = [(both, group) for other, group in boxes if ((both := whole & other) + everything) & guard == guard]
        for both, group in met:
            if both == whole:
                weight, taken = weight + more, _Taken(index, group, taken)
                break
        else:
            if met:
                joining.append(_Candidate(index, more, met))
    return _Box(weight, whole, taken), joining


def _smaller(box: _Box, joining: _Candidate) -> list[_Box]:
    """Return what a box has in common with each group of a member."""
    index, more, met = joining
    return [_Box(box.weight + more, both, _Taken(index, group, box.taken)) for both, group in met]


def _depth(box: _Box) -> Depth:
    members: list[tuple[int, Group]] = []
    taken = box.taken
    while taken.before is not None:
        members.append((taken.member, taken.group))
        taken = taken.before
    return Depth(box.weight, taken.group, sorted(members))


def bits(mask: int) -> list[int]:
    """Return the positions of the bits of a mask."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
