"""What the figures of a text are about: the price, the months it holds, the last day, the speed.

A figure has a subject only where its unit and the words around it leave no doubt. What is said of other things (a
deposit, another plan, when somebody calls back) has none: who is told that a right figure is wrong stops believing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from campaigncheck.language.about_counts import counts_told, gifts_each
from campaigncheck.language.about_days import day, month
from campaigncheck.language.about_money import money
from campaigncheck.language.about_months import months, turn, turn_year
from campaigncheck.language.about_sizes import age, discount, megas, minutes, percent, points
from campaigncheck.language.amounts import Stated, figures_in
from campaigncheck.language.spots import OR_MORE, Around, Found, Told, around, is_denied


def told(text: str, topic: str = "", gifts: tuple[str, ...] = ()) -> Iterator[Told]:
    """Yield the figures of a folded text that are about something, in order.

    Args:
        text: the text.
        topic: the FAQ topic that it answers; empty elsewhere.
        gifts: what is given away, folded: a number of that is how many there are.
    """
    stated = [one for one in figures_in(text, examples=True) if one.figure.unit in _READERS]
    for number, one in enumerate(stated):
        spot = around(text, one, topic)
        found = _read(spot)
        if found is not None and not is_denied(text, one):
            ends = [other.figure.value for other in stated[max(0, number - 1) : number + 2] if _same_range(other, one)]
            open_end = OR_MORE.match(spot.after) is not None
            yield Told(found[0], *one, spot.before, found[1], ends[0] if ends else None, open_end)
    yield from counts_told(text, topic, gifts)
    if gifts:
        yield from gifts_each(text, topic, gifts)


def _same_range(other: Stated, one: Stated) -> bool:
    """Whether two figures are the ends of one range: 3 到 4 分钟."""
    return other is not one and (other.start, other.end, other.figure.unit) == (one.start, one.end, one.figure.unit)


@lru_cache(maxsize=1 << 12)
def _read(spot: Around) -> Found:
    """Return what a figure is about; texts say the same things again and again."""
    return _READERS[spot.figure.unit](spot)


_READERS: dict[str, Callable[[Around], Found]] = {
    "元": money,
    "月": months,
    "第几月": turn,
    "第几年": turn_year,
    "日期": day,
    "月份": month,
    "M": megas,
    "岁": age,
    "分钟": minutes,
    "折": discount,
    "积分": points,
    "%": percent,
}
"""How the subject of a figure is read, by its unit."""
