"""Which campaigns share a day and a city, without looking at all pairs.

Every campaign stands at the nodes of the region tree that cover its cities (the country, provinces,
cities). Two campaigns share a city exactly if a node of one is an ancestor of a node of the other, or
the same; so each node only has to be joined with its at most two ancestors. Two campaigns share a day
exactly if one of them starts on a day of the other. So rows stand sorted by node and start, and a table
says where the rows of a node that start on a day begin: what starts within a period is a range of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree

Ints = NDArray[np.int64]


class Rows(NamedTuple):
    """One row for each node that a campaign stands at, sorted by node and first day.

    Days are numbered: only those on which a campaign starts.

    Attributes:
        node: the node, numbered from 0.
        first: the first day.
        stop: the day after the last.
        campaign: its position.
        above: for each node, the two nodes above it at which campaigns stand; -1 for none. Shape (nodes, 2).
        days: how many days there are.
    """

    node: Ints
    first: Ints
    stop: Ints
    campaign: Ints
    above: Ints
    days: int

    def cells(self, nodes: Ints, day: Ints) -> Ints:
        """Return the number of each node and day together."""
        return nodes * self.days + day

    def begins(self, cells: Ints) -> Ints:
        """Return, for each cell and the end, how many of some rows stand in cells before it."""
        counts = np.bincount(cells, minlength=len(self.above) * self.days)
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def sharing_days_and_cities(periods: Sequence[Days], cities: Sequence[int], regions: RegionTree) -> tuple[Ints, Ints]:
    """Return the positions (left, right) of all pairs, each once with left < right, in order.

    Args:
        periods: the days of each campaign.
        cities: its set of cities, as bits.
        regions: what the bits mean.
    """
    return join(rows_of(periods, cities, regions))


def rows_of(periods: Sequence[Days], cities: Sequence[int], regions: RegionTree) -> Rows:
    """Return the rows of campaigns, by their days and cities."""
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
    table = np.fromiter(chain.from_iterable(periods), np.int64, 2 * len(periods)).reshape(-1, 2)
    starts = np.unique(table[:, 0])
    first = np.searchsorted(starts, table[:, 0])[campaign]
    stop = np.searchsorted(starts, table[:, 1], side="right")[campaign]
    node = np.array(at, np.int64)
    order = np.argsort(node * len(starts) + first)
    above = np.array([_above(code, nodes, regions) for code in nodes], np.int64).reshape(-1, 2)
    return Rows(node[order], first[order], stop[order], campaign[order], above, len(starts))


def _above(code: str, nodes: dict[str, int], regions: RegionTree) -> tuple[int, int]:
    """Return the numbers of a node's province and of the country, or -1 where nobody stands."""
    province = regions.province(code)
    country = nodes.get(COUNTRY, -1) if code != COUNTRY else -1
    return nodes.get(province, -1) if province != code else -1, country


def join(rows: Rows) -> tuple[Ints, Ints]:
    """Return the campaigns (left, right) of all rows that share a day at a node or at one above it, in order."""
    size = int(rows.campaign.max(initial=0)).bit_length()
    codes = np.concatenate([_code(*pairs, size) for pairs in _pairs(rows)])
    codes.sort()
    again = codes[1:] == codes[:-1]  # campaigns that share several nodes
    if again.any():
        codes = codes[np.concatenate(([True], ~again))]
    return codes >> size, codes & ((1 << size) - 1)


def _code(left: Ints, right: Ints, size: int) -> Ints:
    """Write pairs as single numbers, the lower position first: no campaign is paired with itself."""
    code: Ints = np.minimum(left, right)
    code <<= size
    code |= np.maximum(left, right)
    return code


def _pairs(rows: Rows) -> Iterator[tuple[Ints, Ints]]:
    here = rows.cells(rows.node, rows.first)
    begins = rows.begins(here)
    later = begins[rows.cells(rows.node, rows.stop)]
    yield _expand(np.arange(1, len(here) + 1), later, rows.campaign, rows.campaign)
    for depth in (0, 1):
        above = rows.above[rows.node, depth]
        lower = np.nonzero(above >= 0)[0]
        if len(lower):
            yield from _across(rows, begins, above[lower], lower)


def _across(rows: Rows, begins: Ints, above: Ints, lower: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pair the rows ``lower`` with the rows of the node ``above`` each: whichever starts first."""
    cells = rows.cells(above, rows.first[lower])
    last = rows.cells(above, rows.stop[lower])
    yield _expand(begins[cells], begins[last], rows.campaign[lower], rows.campaign)
    # Rows above that start strictly before: look from their side for the lower rows within their days.
    order = np.argsort(cells)
    begins = rows.begins(cells)
    upper = np.nonzero(np.isin(rows.node, rows.above))[0]
    cells = rows.cells(rows.node[upper], rows.first[upper]) + 1
    last = rows.cells(rows.node[upper], rows.stop[upper])
    yield _expand(begins[cells], begins[last], rows.campaign[upper], rows.campaign[lower[order]])


def _expand(begin: Ints, stop: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Write out ``left[i]`` with each of ``right[begin[i]:stop[i]]``."""
    count = np.maximum(stop - begin, 0)
    end = np.cumsum(count)
    at = np.repeat(begin - end + count, count)
    at += np.arange(len(at))
    return np.repeat(left, count), right[at]
