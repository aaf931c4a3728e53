"""What a spec's further facts promise in so many words: 30 天内领取, 每人限 1 张.

A fact that is a mere figure only allows it. One that says what it is about also rules out any other figure for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.amounts import COUNTED, DAYS, Figure, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.spots import Told
from campaigncheck.rules._stated import Value

_ABOUT = expression(
    r"(?P<collect>领(?!导))|(?P<remind>提醒)|(?P<answer>答复|回复您|回电|回访)|(?P<refund>退(?![订役休])|到账)|(?P<visit>上门|装机|安装)"
    r"|(?P<post>寄|快递|发货)|(?P<regret>后悔|无理由)|(?P<keep>保留)|(?P<each>每人|每户|每个?号码?|每个?身份证|每位|限办|限购|限领)"
)
_CLAUSE = expression(r"[^，。；！？,;!?：:\n（）()]+")
_KEPT = DAYS | COUNTED | {"人", "月"}


class Promise(NamedTuple):
    """A figure that a fact states, and what it is about."""

    figure: Figure
    about: frozenset[str]
    value: Value


@lru_cache(maxsize=1 << 12)
def promises(facts: tuple[str, ...]) -> tuple[Promise, ...]:
    """Return the figures of the facts that say what they are about."""
    found: list[Promise] = []
    for index, fact in enumerate(facts):
        folded = fold(fact)
        about = _about(folded)
        if about:
            figures = [stated.figure for stated in figures_in(folded) if stated.figure.unit in _KEPT]
            found += [Promise(one, about, Value(one.value, ("facts", index))) for one in figures]
    return tuple(found)


def broken(given: tuple[Promise, ...], text: str) -> Iterator[tuple[Told, tuple[Value, ...]]]:
    """Yield the figures of a folded text that say otherwise about the same thing, with those they should be."""
    for clause in _CLAUSE.finditer(text):
        about = _about(clause[0])
        for stated in figures_in(clause[0]) if about else ():
            same = [one for one in given if one.figure.unit == stated.figure.unit and one.about == about]
            if same and stated.figure not in (one.figure for one in given):
                at = clause.start()
                told = Told("promised", stated.figure, at + stated.start, at + stated.end, clause[0])
                yield told, tuple(one.value for one in same)


def _about(text: str) -> frozenset[str]:
    return frozenset(str(match.lastgroup) for match in _ABOUT.finditer(text))
