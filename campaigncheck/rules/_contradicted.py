"""The problems of texts that say outright what the spec denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.labels import CHANNELS
from campaigncheck.language.elsewhere import short_name
from campaigncheck.language.fold import fold
from campaigncheck.language.passages import Passage
from campaigncheck.language.stops import Span
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related
from campaigncheck.rulekit.wording import cities
from campaigncheck.rules._contrary import Extent, Way, extents, left_for_nothing, ways
from campaigncheck.rules._outright import Doubts
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.spec.types import Channel

_GET = Text(
    "按营销案，不能通过{way}办：办理渠道只有{channels}",
    "the spec does not offer it by {way}: its only channels are {channels}",
)
_CANCEL = Text(
    "按营销案，不能通过{way}取消：取消渠道只有{channels}",
    "the spec does not let one cancel by {way}: its only channels for that are {channels}",
)
_WAY_HINT = Text(
    "把“{said}”换成营销案里有的渠道；如果那里真的可以，把 {channel} 加进营销案的 {field}。",
    "Name a channel of the spec instead of “{said}”; if it can be done there, add {channel} to the spec's {field}.",
)
_FREE = Text(
    "这里说提前停用不用花钱，营销案里要收：{clause}",
    "this says that leaving early costs nothing, but the spec charges for it: {clause}",
)
_FREE_HINT = Text(
    "把“{said}”改成要补多少钱、怎么算；如果真的不收，改营销案的 early_exit。",
    "Say what is charged and how it is reckoned instead of “{said}”; if nothing is, mend the spec's early_exit.",
)
_EXTENT = Text(
    "这里说“{said}”，但营销案开展的地方是：{cities}",
    "“{said}” disagrees with the spec: the campaign runs in {cities}",
)
_PLACE_HINT = Text(
    "把“{said}”改成营销案的地区；如果营销案写错了，改 regions。",
    "Name the campaign's regions instead of “{said}”, or mend the spec's regions if they are wrong.",
)
_SET_HERE = Text("在这里定的", "it is set here")


def contradicted(view: CampaignView, passages: Sequence[Passage], doubts: Doubts) -> Iterator[Problem]:
    """Yield what the texts of a campaign say outright against its spec."""
    offers = view.campaign.offers
    named = frozenset(fold(name) for name in (view.campaign.title, *(offer.name for offer in offers)))
    places = _places(view) if doubts.places and view.meaning.cities else {}
    for passage in passages:
        text, topic = fold(passage.text), passage.entry.topic if passage.entry else ""
        if doubts.missing is not None and passage.path[0] in _OF_ITSELF:
            for way in ways(doubts.missing, text, topic, named):
                yield _wrong_way(view.campaign, passage, way)
        if doubts.charged:
            for span in left_for_nothing(text, topic):
                yield _wrong_leaving(view.campaign, passage, span)
        if places:
            for extent in extents(text, places):
                if _is_wrong(extent, view.meaning.cities):
                    yield _wrong_extent(view, passage, extent)


_OF_ITSELF = ("title", "summary", "texts", "faq")
"""Where a text speaks of its campaign; a term or a phrase that can be misread may be about something else."""


def _wrong_way(campaign: Campaign, passage: Passage, way: Way) -> Problem:
    given: list[Channel] = campaign.channels
    field = "channels"
    place: Path = ("channels",)
    if way.cancels:
        given = list(dict.fromkeys(channel for offer in campaign.offers for channel in offer.cancel))
        first = next(index for index, offer in enumerate(campaign.offers) if offer.cancel)
        field, place = "cancel", ("offers", first, "cancel")
    said = passage.text[way.start : way.end]
    return Problem(
        passage.path,
        (_CANCEL if way.cancels else _GET)(
            way=CHANNELS[way.channel], channels=[CHANNELS[channel] for channel in given]
        ),
        _WAY_HINT(said=said, channel=way.channel, field=field),
        span=(way.start, way.end),
        related=(Related(None, place, _SET_HERE()),),
    )


def _wrong_leaving(campaign: Campaign, passage: Passage, span: Span) -> Problem:
    said, clauses = passage.text[slice(*span)], dict.fromkeys(offer.early_exit for offer in campaign.offers)
    return Problem(
        passage.path,
        _FREE(clause=list(clauses)),
        _FREE_HINT(said=said),
        span=span,
        related=(Related(None, ("offers", 0, "early_exit"), _SET_HERE()),),
    )


def _wrong_extent(view: CampaignView, passage: Passage, extent: Extent) -> Problem:
    said = passage.text[extent.start : extent.end]
    return Problem(
        passage.path,
        _EXTENT(said=said, cities=cities(view.meaning.cities, view.catalogues)),
        _PLACE_HINT(said=said),
        span=(extent.start, extent.end),
        related=(Related(None, ("regions",), _SET_HERE()),),
    )


def _is_wrong(extent: Extent, campaign: int) -> bool:
    """Whether a campaign runs outside the only places that are told, or not in all that are."""
    return bool(campaign & ~extent.cities if extent.only else extent.cities & ~campaign)


def _places(view: CampaignView) -> dict[str, int]:
    """Return the cities of all places that a text may name; 全省 is the province that is covered, if one is."""
    regions, own = view.catalogues.regions, view.meaning.cities
    provinces = [regions.masks[code] for code in regions.provinces if regions.masks[code] & own]
    whole = next((mask for mask in provinces if mask & ~own == 0), provinces[0] if provinces else 0)
    return {**_named(regions), "全省": whole, "全国": regions.masks[COUNTRY]}


def _named(regions: RegionTree) -> dict[str, int]:
    """Return the cities of each province and city, by its name and as people call it."""
    found: dict[str, int] = {}
    for code in (*regions.cities, *regions.provinces):
        for name in {regions.name(code), short_name(regions.name(code))}:
            found[name] = found.get(name, 0) | regions.masks[code]
    return found
