"""Sets of names, one for each campaign, that many pairs can be compared by at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_WORD = 64


MOST_BITS = 1024
"""Names that have a bit of their own; further ones share those."""


class Vocabulary:
    """Gives every name a bit; sets over one vocabulary can be compared.

    Of more than :data:`MOST_BITS` names several share a bit, so sets without a name in common may seem to
    have one, but never the other way round: signs say where to look.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self.bits = {name: 1 << index % MOST_BITS for index, name in enumerate(self.names)}

    def signs(self, sets: Sequence[frozenset[str]]) -> Words:
        """Return one row of words for each set; names outside the vocabulary do not count. Shape (sets, words)."""
        masks = {names: self._mask(names) for names in set(sets)}
        return as_words([masks[names] for names in sets], min(len(self.names), MOST_BITS))

    def _mask(self, names: frozenset[str]) -> int:
        mask = 0
        for name in names:
            mask |= self.bits.get(name, 0)
        return mask


def as_words(masks: Sequence[int], bits: int) -> Words:
    """Write sets of bits as rows of 64-bit words. Shape (masks, words)."""
    width = max(1, -(-bits // _WORD))
    data = b"".join([mask.to_bytes(width * 8, "little") for mask in masks])
    return np.frombuffer(data, np.dtype("<u8")).reshape(-1, width)


def common(one: Words, other: Words, left: Ints, right: Ints) -> Flags:
    """Return for each pair of rows whether they have a bit in common."""
    found: Flags = (one[left, 0] & other[right, 0]) != 0
    for word in range(1, one.shape[1]):
        found |= (one[left, word] & other[right, word]) != 0
    return found


_UNTOLD = -1


class Told:
    """What each of many campaigns tells, as names and texts."""

    def __init__(self, told: Sequence[Sequence[tuple[str, str]]]) -> None:
        numbers: dict[str, int] = {}
        columns: dict[str, list[int]] = {}
        for at, items in enumerate(told):
            for name, text in items:
                column = columns.get(name)
                if column is None:
                    column = columns[name] = [_UNTOLD] * len(told)
                number = numbers.setdefault(text, len(numbers))
                column[at] = number if column[at] in (_UNTOLD, number) else -2 - at  # several texts: like nobody else's
        self._columns = [np.array(column, np.int64) for column in columns.values()]
        self._texts = list(numbers)

    def apart(self, left: Ints, right: Ints, differ: Callable[[str, str], bool]) -> Flags:
        """Return which pairs may tell texts of one name that differ; each two texts are compared once."""
        found: Flags = np.zeros(len(left), np.bool_)
        for column in self._columns:
            mine, theirs = column[left], column[right]
            at = np.nonzero((mine != theirs) & (mine != _UNTOLD) & (theirs != _UNTOLD) & ~found)[0]
            found[at] = self._differ(mine[at], theirs[at], differ)
        return found

    def _differ(self, mine: Ints, theirs: Ints, differ: Callable[[str, str], bool]) -> Flags:
        texts, several = self._texts, (mine < 0) | (theirs < 0)
        codes, at = np.unique(np.where(several, -1, mine * len(texts) + theirs), return_inverse=True)
        found = [code < 0 or differ(texts[code // len(texts)], texts[code % len(texts)]) for code in codes.tolist()]
        return np.array(found, np.bool_)[at.reshape(-1)]
