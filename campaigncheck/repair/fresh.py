"""Which findings are new after a repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from campaigncheck.engine.finding import Finding
from campaigncheck.engine.locate import Located

Found = Located | Finding
F = TypeVar("F", Located, Finding)
Key = tuple[str, str, str, str]


def key(found: Found) -> Key:
    """Return what a finding is known by: its file, rule and value, and what it says. Lines and columns move."""
    if isinstance(found, Finding):
        return found.path, found.rule, found.pointer, found.message.render("en")
    return "", found.rule, found.pointer, found.problem.message.render("en")


def fresh(before: Iterable[F], after: Iterable[F], mended: Collection[str]) -> Sequence[F]:
    """Return the findings that were not there before.

    One that says the same with other figures (a sentence of 70 characters that has 80 now) is not new. It may
    be where a repair is about its very rule: one unexplained term for another.

    Args:
        before: what was found.
        after: what is found now.
        mended: the rules whose problems were mended.
    """
    left = Counter(map(key, before))
    added = []
    for found in after:
        if left[key(found)]:
            left[key(found)] -= 1
        else:
            added.append(found)
    alike: Counter[tuple[str, ...]] = Counter()
    for gone, count in left.items():
        alike[gone[:3]] += count
    new = []
    for found in added:
        about = key(found)[:3]
        if found.rule not in mended and alike[about]:
            alike[about] -= 1
        else:
            new.append(found)
    return new
