"""Of repairs that get in each other's way the first is made, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.repair.choose import apart
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source.changes import Amend, Put
from campaigncheck.source.place import Path


def amend(path: Path, start: int, end: int) -> Amend:
    """Replace a stretch of a text."""
    return Amend(path, start, end, "x" * (end - start), "y")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amend(("a",), 3, 3), amend(("a",), 3, 3)),
        (amend(("a",), 3, 5), amend(("a",), 4, 6)),
        (amend(("a",), 3, 6), amend(("a",), 4, 5)),
        (amend(("a",), 3, 6), amend(("a",), 5, 5)),
        (amend(("a", 0), 3, 6), Put(("a",), "z")),
        (amend(("a",), 3, 6), Put(("a",), "z")),
        (amend(("a",), 3, 6), Put(("a", "b"), "z")),
        (Put(("a", "b"), "z"), Put(("a",), "z")),
        (Put(("a",), "z"), Put(("a",), "z")),
    ],
)
def test_what_collides(one: Amend | Put, other: Amend | Put) -> None:
    assert apart([(one,), (other,), (Put(("free",), 1),)]) == [0, 2]
    assert apart([(other,), (one,), (Put(("free",), 1),)]) == [0, 2]


def test_what_does_not() -> None:
    fixes: list[Fix] = [
        (amend(("a",), 3, 5),),
        (amend(("a",), 5, 7), amend(("a",), 1, 3)),
        (amend(("a",), 7, 7),),
        (amend(("b",), 3, 5),),
        (Put(("terms", "x"), "z"),),
        (Put(("terms", "y"), "z"),),
    ]
    assert apart(fixes) == [0, 1, 2, 3, 4, 5]


PATHS = st.lists(st.sampled_from(["a", "b", 0]), min_size=1, max_size=3).map(tuple)
STRETCHES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)
CHANGES = st.builds(lambda path, at: amend(path, *at), PATHS, STRETCHES) | st.builds(Put, PATHS, st.just("z"))


def collide(one: Amend | Put, other: Amend | Put) -> bool:
    """What it means, said pair by pair."""
    if isinstance(one, Amend) and isinstance(other, Amend):
        same = (one.start, one.end) == (other.start, other.end)
        return one.path == other.path and (same or (one.start < other.end and other.start < one.end))
    size = min(len(one.path), len(other.path))
    return one.path[:size] == other.path[:size]


@given(st.lists(CHANGES.map(lambda change: (change,)), max_size=12))
def test_all_pairs_say_the_same(fixes: list[Fix]) -> None:
    chosen: list[int] = []
    for index, fix in enumerate(fixes):
        if not any(collide(fix[0], fixes[earlier][0]) for earlier in chosen):
            chosen.append(index)
    assert apart(fixes) == chosen
