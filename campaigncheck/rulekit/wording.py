"""Phrases that several rules share: periods, places, customers, right of way."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.labels import LINES
from campaigncheck.messages import Message, Text, figure
from campaigncheck.portfolio.crowding import Crowd
from campaigncheck.portfolio.overlap import Overlap, name_witness
from campaigncheck.understand.entry import Entry

_SPAN = Text("{start} 至 {end}", "{start} to {end}")
_DAY = Text("{start}", "{start}")
_ANY = Text("任何客户", "any customer")
_CUSTOMER = Text("{parts}的客户", "a customer with {parts}")
_NEGATED = Text("不是“{label}”", "not “{label}”")
_VALUE = Text("{label}{value}", "{label} {value}")
_MEASURE = Text("{label} {value} {unit}", "{label} {value} {unit}")
_WITNESS = Text("例如 {day} 在{city}，{customer}会同时碰到两个", "for example {customer} in {city} on {day} meets both")
_HALLS = Text("{city}的营业厅", "the halls of {city}")
_HALL = Text("{city}的{hall}", "{hall} in {city}")
_MORE_CITIES = Text("{names}等 {count} 个城市", "{names} and others, {count} cities in all")
_CITIES = Text("{names}", "{names}")
_STAGE_FIRST = Text("“{other}”的阶段更靠后，先行", "“{other}” is at a later stage and goes first")
_START_FIRST = Text("“{other}”开始得更早，先行", "“{other}” starts earlier and goes first")
_TIE = Text("两个营销案不分先后，双方都要商量", "neither goes first: both have to talk")


CHANNEL_NAMES: dict[str, Text] = {
    "hall": Text("营业厅", "in halls"),
    "app": Text("App", "the app"),
    "web": Text("网上营业厅", "the web site"),
    "sms": Text("短信", "SMS"),
    "hotline": Text("客服热线", "the hotline"),
    "self_service": Text("自助终端", "self-service terminals"),
    "agent": Text("代理网点", "agents"),
    "outbound_call": Text("外呼", "outbound calls"),
}


@lru_cache(maxsize=1 << 14)
def span(days: Days) -> Message:
    """Write a period."""
    return _DAY(start=days.start) if days.length == 1 else _SPAN(start=days.start, end=days.end)


def cities(mask: int, catalogues: Catalogues, most: int = 3) -> Message:
    """Write a set of cities, the first few by name."""
    regions = catalogues.regions
    names = [regions.name(code) for code in regions.cover(mask)]
    if len(names) <= most:
        return _CITIES(names=names)
    return _MORE_CITIES(names=names[:most], count=mask.bit_count())


def crowded_place(crowd: Crowd, catalogues: Catalogues) -> Message:
    """Write where campaigns crowd: a city's halls, or one hall."""
    city = catalogues.regions.name(crowd.city)
    hall = catalogues.network.halls.get(crowd.hall) if crowd.hall else None
    if crowd.hall is None:
        return _HALLS(city=city)
    return _HALL(city=city, hall=hall.name if hall else crowd.hall)


def customer(values: dict[str, object], catalogues: Catalogues) -> Message:
    """Describe one customer by the attributes that matter."""
    if not values:
        return _ANY()
    attributes = catalogues.attributes.attributes
    return _CUSTOMER(parts=[_part(attributes[name], value) for name, value in values.items()])


def _part(entry: AttributeEntry, value: object) -> Message | Text | str:
    if entry.type == "boolean":
        negated = entry.negated.text if entry.negated else _NEGATED
        return entry.label.text if value else negated(label=entry.label.text)
    if entry.type == "enum":
        return _VALUE(label=entry.label.text, value=entry.names.get(str(value), str(value)))
    unit = entry.unit.text if entry.unit else ""
    return _MEASURE(label=entry.label.text, value=figure(float(str(value))), unit=unit)


def witness(shared: Overlap, catalogues: Catalogues) -> Message:
    """Name one day, one city and one customer of an overlap."""
    found = name_witness(shared, catalogues.regions, catalogues.domain)
    whom = customer(found.customer, catalogues)
    return _WITNESS(day=found.day, city=catalogues.regions.name(found.city), customer=whom)


_ALL_FIRST = Text(
    "{hint}这里提到的都先行（阶段更靠后，或开始得更早），所以由本案调整。",
    "{hint} Those named go first (a later stage, or an earlier start), so this one has to change.",
)
_SOME_TIE = Text(
    "{hint}其中有的和本案不分先后，要一起商量。", "{hint} Some of those named tie with this one: agree with them."
)


def with_precedence(hint: Message, bearer: Entry, others: Iterable[Entry]) -> Message:
    """Add to what can be done why this campaign has to do it and not those it meets."""
    ranks = [other.rank for other in others]
    if not ranks:
        return hint
    return (_SOME_TIE if bearer.rank in ranks else _ALL_FIRST)(hint=hint)


def right_of_way(bearer: Entry, other: Entry) -> Message:
    """Say why this campaign has to change and not the other."""
    if bearer.rank == other.rank:
        return _TIE()
    later = bearer.rank[0] != other.rank[0]
    return (_STAGE_FIRST if later else _START_FIRST)(other=other.title)


def products(pattern: str, catalogues: Catalogues) -> list[Text | str]:
    """Name the products that a pattern means: a whole line as such, others one by one, else the pattern itself."""
    line, _, rest = pattern.partition(".")
    if rest == "*" and line in LINES:
        return [LINES[line]]
    known = catalogues.products.products
    return [known[name].name.text for name in known if fnmatchcase(name, pattern)] or [pattern]
