"""One product sold in neighbouring cities in the same weeks: who meets whom across a border, on which terms.

A national portfolio has millions of such meetings. They are weighed side by side, as columns of numbers;
only what is left becomes entries and offers again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from campaigncheck.language.elsewhere import Gazetteer
from campaigncheck.portfolio.customers import Customers
from campaigncheck.portfolio.neighbours import Borders, Neighbourhood
from campaigncheck.portfolio.signs import Flags, Ints, Words, as_words, common
from campaigncheck.rulekit.offers import related
from campaigncheck.rulekit.rule import PortfolioView
from campaigncheck.understand.entry import TERMS, Entry, OfferFacts

LIMIT = "material_price"
NAMED = 3
"""The others that a finding names; the rest is counted."""


class Terms(NamedTuple):
    """What customers compare, as numbers: money in fen, -1 for months without end, no unit for what costs nothing."""

    amount: int
    later: int
    per: int
    for_months: int
    free_months: int
    contract_months: int
    gift: int


_PER = (None, "month", "once", "day")
_GIFT = TERMS.index("gift")


def terms(offer: OfferFacts) -> Terms:
    """Reduce an offer to what customers compare."""
    return _numbers(*offer.terms[:6], offer.terms[_GIFT] is not None)


@lru_cache(maxsize=1 << 14)
def _numbers(
    amount: float | None,
    per: str | None,
    months: int | None,
    then: float | None,
    free: int | None,
    contract: int | None,
    gift: bool,
) -> Terms:
    return Terms(
        amount=_fen(amount),
        later=_fen(amount if then is None else then),
        per=_PER.index(per),
        for_months=-1 if months is None else months,
        free_months=free or 0,
        contract_months=contract or 0,
        gift=int(gift),
    )


def _fen(yuan: float | None) -> int:
    return round(100 * yuan) if yuan else 0


def differing(one: OfferFacts, other: OfferFacts, percent: float, local: frozenset[str] = frozenset()) -> list[str]:
    """Return in which terms two offers differ materially, without the fields that a city may set itself."""
    mine, theirs = terms(one), terms(other)
    names = [name for name, differs in zip(_FIELDS, _material(mine, theirs, percent), strict=True) if differs]
    # Where the price is another, what it is later and for how long says more only if both have one.
    if "price" in names and not (mine.per and theirs.per):
        names = [name for name in names if not name.startswith("price.")]
    if one.terms[_THEN] is None and other.terms[_THEN] is None:
        names = [name for name in names if name != "price.then"]
    return [name for name in names if name.partition(".")[0] not in local]


_FIELDS = ("price", "price.then", "price.for_months", "free_months", "contract_months", "gift")
_THEN = TERMS.index("price.then")
_AMOUNT_AT, _LATER_AT, _PER_AT = range(3)
"""Where :class:`Terms` has them."""


def _material(one: Any, other: Any, percent: Any) -> list[Any]:
    """Tell for each of the fields whether two terms differ materially; they may be whole columns of numbers as well."""
    unlike = (one[_PER_AT] != other[_PER_AT]) & (one[_PER_AT] > 0) & (other[_PER_AT] > 0)
    return [
        _far(one[_AMOUNT_AT], other[_AMOUNT_AT], percent) | unlike,
        _far(one[_LATER_AT], other[_LATER_AT], percent),
        *(one[at] != other[at] for at in range(_PER_AT + 1, len(Terms._fields))),
    ]


def _far(one: Any, other: Any, percent: Any) -> Any:
    """Tell whether the dearer one costs that much more than the other."""
    apart = 100 * abs(one - other)
    return (apart > percent * one) | (apart > percent * other)


class Counterpart(NamedTuple):
    """Another campaign that sells the product next door, and its offer."""

    entry: Entry
    offer: OfferFacts


class Contrast(NamedTuple):
    """What a campaign has to explain of one product: the first few others by right of way, and how many there are."""

    bearer: Entry
    offer: OfferFacts
    others: tuple[Counterpart, ...]
    number: int


class Board:
    """What is known of some campaigns, by their position among ``entries``."""

    def __init__(self, view: PortfolioView, entries: Sequence[Entry]) -> None:
        self.view = view
        self.entries = entries
        self.borders = Borders.of(view.catalogues.neighbours, view.portfolio.regions)
        self.neighbourhood = Neighbourhood.of(view.portfolio, self.borders, entries)
        stage, start = np.array([entry.rank for entry in entries], np.int64).reshape(-1, 2).T
        self.rank = stage * date.max.toordinal() + start
        self.order = np.argsort(np.argsort(self.rank, kind="stable"))
        limits = {owner: view.catalogues.limit(LIMIT, owner) for owner in {entry.owner for entry in entries}}
        self.percent = np.array([limits[entry.owner] for entry in entries], np.float64)
        numbers = {entry.id: at for at, entry in enumerate(entries)}
        parents = [-1 if item.parent is None else numbers.setdefault(item.parent, len(numbers)) for item in entries]
        self.parent = np.array(parents, np.int64)
        self._answers: dict[int, int] = {}

    def limit(self, entry: Entry) -> float:
        """Return how many per cent are material to a campaign's owner."""
        return self.view.catalogues.limit(LIMIT, entry.owner)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What finds the names of places."""
        return Gazetteer(self.view.portfolio.regions)

    def kin(self, one: Ints, other: Ints) -> Flags:
        """Return which pairs are parent and child, or children of one parent."""
        mine, theirs = self.parent[one], self.parent[other]
        found: Flags = (mine == other) | (theirs == one) | ((mine == theirs) & (mine >= 0))
        return found

    def local(self, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> frozenset[str]:
        """Return the fields in which two campaigns of one family may differ: those that the parent's offer marks."""
        if one.id != other.id:
            return frozenset()
        if related(first, second):
            return other.local if first.parent == second.id else one.local
        parent = self.view.portfolio.by_id.get(first.parent) if first.parent and first.parent == second.parent else None
        marked = (offer.local for offer in parent.offers if offer.id == one.id) if parent else iter(())
        return next(marked, frozenset())

    def answered(self, positions: Ints) -> Words:
        """Return for which cities next door each of some campaigns has an answer prepared; its own do not count."""
        bits = len(self.view.portfolio.regions.cities)
        return as_words([self._answered(at) for at in positions.tolist()], bits)

    def _answered(self, at: int) -> int:
        known = self._answers.get(at)
        if known is None:
            known = self._answers[at] = self._named(self.entries[at])
        return known

    def _named(self, entry: Entry) -> int:
        regions = self.view.portfolio.regions
        everywhere = (1 << len(regions.cities)) - 1
        prepared = [text for pair in entry.prepared for text in pair]
        if prepared and self.gazetteer.named(prepared).elsewhere:  # few words, and often the end of it
            return everywhere
        texts = [text for item in entry.said for text in (item.question, item.answer)]
        named = self.gazetteer.named([*prepared, *texts])
        if named.elsewhere:
            return everywhere
        home = 0
        if named.provinces:
            for code in regions.provinces:
                home |= regions.masks[code] if regions.masks[code] & entry.cities else 0
        return (named.cities & ~entry.cities | named.provinces & ~home) & self.borders.around(entry.cities)


@dataclass(frozen=True, eq=False)
class Market:
    """All offers of one product: of each the campaign's position, and the offer."""

    board: Board
    campaigns: Ints
    offers: list[OfferFacts]

    def contrasts(self) -> Iterator[Contrast]:
        """Yield what each campaign has to explain, in order of the campaigns."""
        pieces = [self._weighed(*pair) for pair in self.board.neighbourhood.pairs(self.campaigns)]
        if not pieces:
            return
        bearer, other = (np.concatenate(side) for side in zip(*pieces, strict=True))
        bearer, other = self._first_of_each(bearer, other)
        bounds = np.nonzero(np.diff(self.campaigns[bearer], prepend=-1, append=-1))[0].tolist()
        for start, stop in pairwise(bounds):
            others = other[start : min(stop, start + NAMED)].tolist()
            entry, offer = self._sold(int(bearer[start]))
            yield Contrast(entry, offer, tuple(Counterpart(*self._sold(at)) for at in others), stop - start)

    def _sold(self, at: int) -> tuple[Entry, OfferFacts]:
        return self.board.entries[self.campaigns[at]], self.offers[at]

    def _weighed(self, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Return (who has to explain, what differs) of pairs of offers across a border."""
        board = self.board
        rank = board.rank[self.campaigns]
        late, early = rank[left] >= rank[right], rank[right] >= rank[left]
        bearer, other = np.concatenate([left[late], right[early]]), np.concatenate([right[late], left[early]])
        mine, theirs = self._terms[:, bearer], self._terms[:, other]
        keep = np.logical_or.reduce(_material(mine, theirs, board.percent[self.campaigns[bearer]]))
        bearer, other = bearer[keep], other[keep]
        keep = ~self._explained(bearer, other)
        bearer, other = bearer[keep], other[keep]
        keep = self._share_customers(bearer, other)
        for at in np.nonzero(keep & board.kin(self.campaigns[bearer], self.campaigns[other]))[0].tolist():
            first, one = self._sold(int(bearer[at]))
            second, another = self._sold(int(other[at]))
            keep[at] = bool(differing(one, another, board.limit(first), board.local(first, one, second, another)))
        return bearer[keep], other[keep]

    def _share_customers(self, bearer: Ints, other: Ints) -> Flags:
        """Return which pairs of offers some customer would be offered, did he live on the border."""
        found, at = np.unique(np.concatenate([bearer, other]), return_inverse=True)
        customers = Customers([self.offers[offer].audience for offer in found.tolist()])
        mine, theirs = np.split(at.reshape(-1), 2)
        return customers.overlap(mine, theirs)

    def _explained(self, bearer: Ints, other: Ints) -> Flags:
        """Return where the bearer has an answer prepared that names a city next door and of the other's."""
        found, at = np.unique(self.campaigns[bearer], return_inverse=True)
        return common(self.board.answered(found), self._cities, at.reshape(-1), other)

    def _first_of_each(self, bearer: Ints, other: Ints) -> tuple[Ints, Ints]:
        """Return one pair of offers for each two campaigns, sorted by bearer, then by the other's right of way."""
        mine, theirs = self.campaigns[bearer], self.board.order[self.campaigns[other]]
        order = np.lexsort((other, bearer, theirs, mine))
        bearer, other, mine, theirs = bearer[order], other[order], mine[order], theirs[order]
        fresh = (np.diff(mine, prepend=-1) != 0) | (np.diff(theirs, prepend=-1) != 0)
        return bearer[fresh], other[fresh]

    @cached_property
    def _terms(self) -> Ints:
        return np.array([terms(offer) for offer in self.offers], np.int64).reshape(-1, len(Terms._fields)).T

    @cached_property
    def _cities(self) -> Words:
        masks = [self.board.entries[at].cities for at in self.campaigns.tolist()]
        return as_words(masks, len(self.board.view.portfolio.regions.cities))


def markets(view: PortfolioView) -> Iterator[tuple[str, Market]]:
    """Yield the market of each product that is asked for."""
    portfolio = view.portfolio
    asked = portfolio.entries if view.focus is None else portfolio.some(view.focus)
    sold = {product: portfolio.sellers[product] for product in _products(asked)}
    used = np.unique([position for rows in sold.values() for position, _ in rows]).astype(np.int64)
    board = Board(view, [portfolio.entries[position] for position in used.tolist()])
    for product, rows in sold.items():
        campaigns = np.searchsorted(used, [position for position, _ in rows])
        yield product, Market(board, campaigns, [offer for _, offer in rows])


def _products(entries: Iterable[Entry]) -> list[str]:
    return sorted({offer.product for entry in entries for offer in entry.offers})
