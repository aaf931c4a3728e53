"""How long a transaction of each campaign takes at the counter, for the pictures of a forecast."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.examine import Examined
from campaigncheck.handling.picture import Limits, Pictured
from campaigncheck.handling.shape import shapes, told

MOST = 12
"""Campaigns whose time is drawn."""


class Counters(NamedTuple):
    """What is drawn: campaigns by id, the slowest against their standard first; how many are left out.

    ``without`` are those sold in halls of which nobody knows how long they take.
    """

    drawn: tuple[tuple[str, Pictured], ...] = ()
    left: int = 0
    without: tuple[str, ...] = ()


NOTHING = Counters()


def counters(examined: Iterable[Examined], catalogues: Catalogues, ids: Collection[str], most: int = MOST) -> Counters:
    """Return the handling times of campaigns that are sold in halls."""
    sold = [item for item in examined if item.id in ids and item.entry is not None and item.entry.in_halls]
    timed = sorted((-_over(item, catalogues), item.id, item) for item in sold if _timed(item))
    without = tuple(sorted(item.id for item in sold if not _timed(item)))
    drawn = tuple((name, _pictured(item, catalogues)) for _, name, item in timed[:most])
    return Counters(drawn, max(len(timed) - most, 0), without)


def _timed(item: Examined) -> bool:
    return item.handling is not None and item.handling.mean > 0


def _over(item: Examined, catalogues: Catalogues) -> float:
    """Return how much of its standard a handling time uses up."""
    limits = _limits(item, catalogues)
    return max(item.handling.mean / limits.mean, item.handling.p90 / limits.p90) if item.handling else 0.0


def _limits(item: Examined, catalogues: Catalogues) -> Limits:
    return Limits(catalogues.limit("handling_mean", item.owner), catalogues.limit("handling_p90", item.owner))


def _pictured(item: Examined, catalogues: Catalogues) -> Pictured:
    limits = _limits(item, catalogues)
    drawn = shapes(told(item.costs, item.handling, item.counter), max(limits))
    known = catalogues.steps.steps
    names = {part.id: known[part.id].name.text for part in drawn[0].parts if part.id in known}
    halls = [hall for shape in drawn for hall in shape.halls[:1]]
    return Pictured(item.title, drawn, names, dict(zip(halls, catalogues.network.names(halls), strict=True)), limits)
