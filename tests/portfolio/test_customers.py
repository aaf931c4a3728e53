"""Many pairs of audiences at once against one pair at a time."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.audience import ANYBODY, UNBOUNDED, Audience, Constraint, audience, overlap
from campaigncheck.portfolio import customers
from campaigncheck.portfolio.customers import Customers

BITS = st.integers(1, 7)
EDGES = st.lists(st.integers(0, 12), min_size=2, max_size=6, unique=True).map(sorted)


def _ranges(edges: list[int]) -> Constraint:
    """Make ranges of every second span between edges; the last one may be open."""
    spans = [(low, high - 1) for low, high in zip(edges[::2], edges[1::2], strict=False)]
    return tuple(spans)


GROUPS = st.fixed_dictionaries(
    {}, optional={"brand": BITS, "net": BITS, "age": EDGES.map(_ranges), "spend": EDGES.map(_ranges)}
)
AUDIENCES = st.lists(GROUPS, min_size=1, max_size=3).map(
    lambda groups: audience([tuple(sorted(group.items())) for group in groups])
)


def every_pair(whom: list[Audience]) -> list[bool]:
    numbers = range(len(whom))
    left, right = (np.array(side, np.int64) for side in zip(*product(numbers, numbers), strict=True))
    return [bool(met) for met in Customers(whom).overlap(left, right)]


@given(st.lists(AUDIENCES, min_size=1, max_size=6))
def test_pairs_overlap_as_each_does_on_its_own(whom: list[Audience]) -> None:
    assert every_pair(whom) == [overlap(one, other) for one, other in product(whom, whom)]


@given(st.lists(AUDIENCES, min_size=2, max_size=5))
def test_groups_of_too_many_boxes_are_looked_at_on_their_own(whom: list[Audience]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(customers, "MOST_BOXES", 1)
        patch.setattr(customers, "_PIECE", 3)
        assert every_pair(whom) == [overlap(one, other) for one, other in product(whom, whom)]


def test_an_attribute_with_more_values_than_a_word_has_bits() -> None:
    low, high = ((("brand", 1),),), ((("brand", 1 << 70),),)
    assert every_pair([low, high, ANYBODY]) == [True, False, True, False, True, True, True, True, True]


def test_open_ranges_meet() -> None:
    young, old = ((("age", ((0, 29),)),),), ((("age", ((30, UNBOUNDED),)),),)
    assert every_pair([young, old]) == [True, False, False, True]
