"""Which pairs tell texts of one name that differ: as if each pair were looked at on its own."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.portfolio.signs import Told

Items = list[tuple[str, str]]
TOLD = st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "2", "02"])), max_size=4), max_size=6)


def differ(one: str, other: str) -> bool:
    """Compare as numbers: 2 and 02 are written differently, and mean the same."""
    return int(one) != int(other)


def apart(mine: Items, theirs: Items) -> bool:
    return any(name == other and differ(text, words) for name, text in mine for other, words in theirs)


@given(TOLD)
def test_pairs_that_tell_something_different_are_found(told: list[Items]) -> None:
    pairs = list(combinations(range(len(told)), 2))
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    found = Told(told).apart(left, right, differ)
    for (one, other), flag in zip(pairs, found.tolist(), strict=True):
        several = any(
            len(dict.fromkeys(text for name, text in items if name == key)) > 1
            for items in (told[one], told[other])
            for key in "abc"
        )
        assert flag >= apart(told[one], told[other])
        assert several or flag == apart(told[one], told[other])


def test_two_texts_are_compared_once() -> None:
    asked: list[tuple[str, str]] = []

    def watched(one: str, other: str) -> bool:
        asked.append((one, other))
        return True

    told = Told([[("a", "1")], [("a", "2")], [("a", "1")], [("a", "2")]])
    assert told.apart(np.array([0, 0, 2]), np.array([1, 3, 3]), watched).all()
    assert asked == [("1", "2")]
