"""Two offers, or two campaigns, that reach the same customers: when, where, whom, and how much of them."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.algebra.audience import Audience, overlap
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.overlap import Overlap
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import PortfolioView, Scene
from campaigncheck.understand.entry import Entry

_EXTENT = Text(
    "重叠 {days} 天 × {cities} 个城市，碰上“{campaign}”{all} 组客户里的 {met} 组",
    "{days} days × {cities} cities, {met} of the {all} audience groups of “{campaign}”",
)
_WHOLE = Text(
    "重叠 {days} 天 × {cities} 个城市，碰上“{campaign}”的全部客户分组",
    "{days} days × {cities} cities, all audience groups of “{campaign}”",
)
_WITH_WAY = Text("{message}。{way}，请本案调整", "{message}. {way}, so this one has to change")
_WITH_TIE = Text("{message}。{way}", "{message}. {way}")
_OWN = Text("{days} 天 × {cities} 个城市", "{days} days × {cities} cities")


class Encounter(NamedTuple):
    """What two campaigns (``first is second``: two offers of one) share, and the audiences that meet."""

    first: Entry
    second: Entry
    one: Audience
    other: Audience
    overlap: Overlap

    @property
    def scene(self) -> Scene:
        """When and where they meet."""
        return Scene(self.overlap.days, self.overlap.cities)

    def facts(self, view: PortfolioView) -> dict[str, Message]:
        """Return the parts of a message: ``days``, ``cities`` and ``witness`` (with how much is shared)."""
        return {
            "days": wording.span(self.overlap.days),
            "cities": wording.cities(self.overlap.cities, view.catalogues),
            "extent": self._extent(),
            "witness": wording.witness(self.overlap, view.catalogues),
        }

    def _extent(self) -> Message:
        days, cities = self.overlap.days.length, self.overlap.cities.bit_count()
        if self.first is self.second:
            return _OWN(days=days, cities=cities)
        sides = [(self.first, self.one, self.other), (self.second, self.other, self.one)]
        smaller, mine, theirs = min(sides, key=lambda side: (_size(side[0]), side[0].path))
        met = sum(overlap((group,), theirs) for group in mine)
        whole = _WHOLE if met == len(mine) else _EXTENT
        return whole(days=days, cities=cities, campaign=smaller.title, met=met, all=len(mine))


def with_right_of_way(message: Message, bearer: Entry, other: Entry) -> Message:
    """Add to what is wrong who has to move, and why."""
    tie = bearer.rank == other.rank
    return (_WITH_TIE if tie else _WITH_WAY)(message=message, way=wording.right_of_way(bearer, other))


def _size(entry: Entry) -> int:
    """Return how large a campaign is: its days times its cities."""
    return entry.days.length * entry.cities.bit_count()
