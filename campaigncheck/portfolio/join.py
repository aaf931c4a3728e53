"""Which campaigns share a day and a city, without looking at all pairs.

Every campaign stands at the nodes of the region tree that cover its cities (the country, provinces,
cities). Two campaigns share a city exactly if a node of one is an ancestor of a node of the other, or
the same; so each node only has to be joined with its at most two ancestors. Within a node, periods
sorted by their start turn "shares a day" into two ranges of consecutive rows, found by bisection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree

Ints = NDArray[np.int64]


class Rows(NamedTuple):
    """One row for each node that a campaign stands at, sorted by node and first day.

    Attributes:
        node: the node, numbered from 0.
        first, last: the days, counted from 1 on.
        campaign: its position.
        above: for each node, the two nodes above it at which campaigns stand; -1 for none. Shape (nodes, 2).
        width: more than any day.
    """

    node: Ints
    first: Ints
    last: Ints
    campaign: Ints
    above: Ints
    width: int


def sharing_days_and_cities(periods: Sequence[Days], cities: Sequence[int], regions: RegionTree) -> tuple[Ints, Ints]:
    """Return the positions (left, right) of all pairs, each once with left < right, in order.

    Args:
        periods: the days of each campaign.
        cities: its set of cities, as bits.
        regions: what the bits mean.
    """
    if not periods:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return _distinct(*_join(_rows(periods, cities, regions)), len(periods))


def _rows(periods: Sequence[Days], cities: Sequence[int], regions: RegionTree) -> Rows:
    nodes: dict[str, int] = {}
    covers: dict[int, list[int]] = {}
    at: list[int] = []
    counts: list[int] = []
    for mask in cities:
        cover = covers.get(mask)
        if cover is None:
            cover = covers[mask] = [nodes.setdefault(code, len(nodes)) for code in regions.cover(mask)]
        at += cover
        counts.append(len(cover))
    campaign = np.repeat(np.arange(len(periods)), counts)
    days = np.array(periods, np.int64).reshape(-1, 2)
    days -= days[:, 0].min() - 1
    node, first, last = np.array(at, np.int64), days[campaign, 0], days[campaign, 1]
    order = np.lexsort((first, node))
    above = np.array([_above(code, nodes, regions) for code in nodes], np.int64).reshape(-1, 2)
    return Rows(node[order], first[order], last[order], campaign[order], above, int(days[:, 1].max()) + 2)


def _above(code: str, nodes: dict[str, int], regions: RegionTree) -> tuple[int, int]:
    """Return the numbers of a node's province and of the country, or -1 where nobody stands."""
    province = regions.province(code)
    country = nodes.get(COUNTRY, -1) if code != COUNTRY else -1
    return nodes.get(province, -1) if province != code else -1, country


def _join(rows: Rows) -> tuple[Ints, Ints]:
    """Return the campaigns (left, right) of all rows that share a day at a node or at one above it."""
    key = rows.node * rows.width + rows.first
    later = np.searchsorted(key, rows.node * rows.width + rows.last, side="right")
    found = [_expand(np.arange(1, len(key) + 1), later, rows.campaign, rows.campaign)]
    for depth in (0, 1):
        at = rows.above[rows.node, depth]
        found += _across(rows, key, at, np.nonzero(at >= 0)[0])
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _across(rows: Rows, key: Ints, at: Ints, low: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pair rows ``low`` with the rows of the node ``at`` above each: whichever starts first."""
    target = at[low] * rows.width
    begin = np.searchsorted(key, target + rows.first[low], side="left")
    stop = np.searchsorted(key, target + rows.last[low], side="right")
    yield _expand(begin, stop, rows.campaign[low], rows.campaign)
    # Rows above that start strictly before: look from their side for the lower rows within their days.
    low_key = target + rows.first[low]
    order = np.argsort(low_key, kind="stable")
    low_key = low_key[order]
    begin = np.searchsorted(low_key, key, side="right")
    stop = np.searchsorted(low_key, rows.node * rows.width + rows.last, side="right")
    yield _expand(begin, stop, rows.campaign, rows.campaign[low][order])


def _expand(begin: Ints, stop: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Write out ``left[i]`` with each of ``right[begin[i]:stop[i]]``."""
    count = np.maximum(stop - begin, 0)
    total = int(count.sum())
    offset = np.repeat(begin - (np.cumsum(count) - count), count)
    return np.repeat(left, count), right[np.arange(total) + offset]


def _distinct(left: Ints, right: Ints, size: int) -> tuple[Ints, Ints]:
    """Return each unordered pair of different campaigns once, in order."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = (low * size + high)[low != high]
    codes.sort()
    if len(codes):
        codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))]
    return codes // size, codes % size
