"""What-ifs: a file of scenarios, each a change of the halls, of who always comes, or of campaigns.

::

    scenarios:
      - name: 少开一个柜台
        counters: -1                      # in every hour that has more; with halls: only there
        halls: [sc-cd-001]
      - name: 多一倍人
        demand: 2                         # times the people; with campaigns: only of these
      - name: 晚一周
        later: 7                          # days; with campaigns: only these
      - name: 春熙路停业
        closed: [sc-cd-001]               # who goes there goes to the other halls of the city
      - name: 平时就多一成
        base: 1.1                         # times those who always come
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.files import shown
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import Floats, HallHours, Network
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.source.document import Document, load
from campaigncheck.source.place import Path as At
from campaigncheck.source.place import Place
from campaigncheck.spec.load import fit, nearest_name
from campaigncheck.understand.entry import Entry

_UNKNOWN_HALL = Text("没有叫“{name}”的营业厅", "there is no hall “{name}”")
_LEFT_OUT = Text("营业厅“{name}”的数据有错，没有算进去", "the data of the hall “{name}” have faults: it is left out")
_LEFT_OUT_HINT = Text("先改好 {places}，或者换一个营业厅。", "Mend {places} first, or choose another hall.")
_UNKNOWN_CAMPAIGN = Text("没有叫“{name}”的营销案", "there is no campaign “{name}”")
_NEAREST = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_LOOK = Text("请对照 {where}。", "See {where}.")
_NOTHING = Text("“{name}”什么也没有改", "“{name}” changes nothing")
_NOTHING_HINT = Text(
    "写 counters、demand、later、closed、base 里的一个或几个。",
    "Write one or more of counters, demand, later, closed, base.",
)
_TWICE = Text("“{name}”出现了两次", "“{name}” stands twice")
_TWICE_HINT = Text("给每个设想一个不同的名字。", "Give each scenario a name of its own.")
_ALONE = Text("{city}没有别的营业厅可以接住“{hall}”的客户", "{city} has no other hall for the customers of “{hall}”")
_ALONE_HINT = Text("关掉它就不知道客户去哪里；换一个营业厅。", "Nobody knows where they would go: close another one.")


class ScenarioError(Exception):
    """A scenario that cannot be used: where, what is wrong, how to mend it."""

    def __init__(self, place: tuple[str, Place], message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.path, self.place = place
        self.message, self.hint = message, hint


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Scenario(_Part):
    """One what-if."""

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\r\n]*$")]
    counters: Annotated[int, Field(ge=-50, le=50)] = 0
    halls: list[str] = Field(default_factory=list)
    demand: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 1.0
    later: Annotated[int, Field(ge=-366, le=366)] = 0
    campaigns: list[str] = Field(default_factory=list)
    closed: list[str] = Field(default_factory=list)
    base: Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)] = 1.0

    @property
    def changes(self) -> bool:
        """Whether it changes anything."""
        return bool(self.counters or self.later or self.closed) or self.demand != 1 or self.base != 1


class Scenarios(_Part):
    """A file of scenarios."""

    scenarios: Annotated[list[Scenario], Field(min_length=1, max_length=50)]


def read(file: Path, portfolio: Portfolio, catalogues: Catalogues) -> tuple[Scenario, ...]:
    """Read a file of scenarios.

    Raises:
        SourceError: when it is not plain YAML.
        ScenarioError: for a field that does not fit, an unknown hall or campaign, a scenario that changes nothing.
    """
    value, document, _ = load(str(file), shown(file))
    found = fit(Scenarios, value)
    if isinstance(found, list):
        first = found[0]
        raise ScenarioError(_at(document, first.path, key=first.key), first.message, first.hint)
    for problem in _problems(found.scenarios, document, portfolio, catalogues):
        raise problem
    return tuple(found.scenarios)


def _at(document: Document, path: At, *, key: bool = False) -> tuple[str, Place]:
    return document.path, document.place(path, key=key)


def _problems(
    scenarios: Sequence[Scenario], document: Document, portfolio: Portfolio, catalogues: Catalogues
) -> Iterator[ScenarioError]:
    names: set[str] = set()
    for number, item in enumerate(scenarios):
        at: At = ("scenarios", number)
        if item.name in names:
            yield ScenarioError(_at(document, (*at, "name")), _TWICE(name=item.name), _TWICE_HINT())
        names.add(item.name)
        if not item.changes:
            yield ScenarioError(_at(document, (*at, "name")), _NOTHING(name=item.name), _NOTHING_HINT())
        halls = catalogues.network.hall_hours.halls
        for part, given in (("halls", item.halls), ("closed", item.closed)):
            yield from _unknown(document, (*at, part), given, halls, _UNKNOWN_HALL, "rules/network/hours.csv")
            yield from _left_out(document, (*at, part), given, catalogues.network)
        yield from _unknown(
            document, (*at, "campaigns"), item.campaigns, portfolio.by_id, _UNKNOWN_CAMPAIGN, "campaigns/"
        )


def _unknown(
    document: Document, at: At, given: Sequence[str], known: Iterable[str], message: Text, where: str
) -> Iterator[ScenarioError]:
    names = set(known)
    for index, name in enumerate(given):
        if name not in names:
            nearest = nearest_name(name, names)
            hint = _NEAREST(nearest=nearest) if nearest else _LOOK(where=where)
            yield ScenarioError(_at(document, (*at, index)), message(name=name), hint)


def _left_out(document: Document, at: At, given: Sequence[str], network: Network) -> Iterator[ScenarioError]:
    """Yield halls that cannot be judged as they are, let alone as they would be."""
    for index, name in enumerate(given):
        kinds = network.left_out(name)
        if kinds:
            places = [f"{fault.problem.path}:{fault.problem.place.line}" for fault in network.reasons(name, kinds)] or [
                network.listed_at[0]
            ]
            yield ScenarioError(_at(document, (*at, index)), _LEFT_OUT(name=name), _LEFT_OUT_HINT(places=places))


def applied(
    scenario: Scenario, portfolio: Portfolio, catalogues: Catalogues, today: int
) -> tuple[Portfolio, Catalogues]:
    """Return the campaigns and the halls as they would be.

    Raises:
        ScenarioError: when the only hall of a city is closed, so that nobody knows where its customers go.
    """
    chosen = set(scenario.campaigns) or set(portfolio.by_id)
    entries = [_changed(entry, scenario, today) if entry.id in chosen else entry for entry in portfolio.entries]
    hours = _hours(scenario, catalogues)
    network = replace(catalogues.network, hall_hours=hours)
    known = Portfolio.of((entry for entry in entries if entry is not None), portfolio.regions)
    return known, replace(catalogues, network=network)


def _changed(entry: Entry, scenario: Scenario, today: int) -> Entry | None:
    """Return a campaign as it would be; None if it would be over."""
    drawn = entry.draws
    if drawn is None:
        return entry
    factor = scenario.demand
    period = Days(drawn.period.first + scenario.later, drawn.period.last + scenario.later)
    days = Days(max(today, period.first), period.last)
    if days.empty:
        return None
    drawn = drawn._replace(
        uptake=round(drawn.uptake * factor), hall=drawn.hall * factor, hotline=drawn.hotline * factor,
        asks_hall=drawn.asks_hall * factor, asks_hotline=drawn.asks_hotline * factor, period=period,
    )  # fmt: skip
    return entry._replace(draws=drawn if drawn.uptake else None, days=days, start=entry.start + scenario.later)


def _hours(scenario: Scenario, catalogues: Catalogues) -> HallHours:
    hours = catalogues.network.hall_hours
    rows = [hours.halls[hall] for hall in scenario.halls] or list(range(len(hours.halls)))
    counters = hours.counters.copy()
    staffed = counters[rows] > 0
    counters[rows] = np.where(staffed, np.maximum(counters[rows] + scenario.counters, 1), 0)
    premium, other = hours.premium * scenario.base, hours.other * scenario.base
    for hall in scenario.closed:
        row = hours.halls[hall]
        takers = _takers(hall, scenario, catalogues)
        counters[row] = 0
        for part in (premium, other):
            part[takers] += _moved(part, row, takers, counters[takers] > 0)
            part[row] = 0
    aside = None if hours.aside is None else hours.aside * scenario.base
    return replace(hours, counters=counters, premium=premium, other=other, aside=aside)


def _takers(hall: str, scenario: Scenario, catalogues: Catalogues) -> list[int]:
    """Return the other halls of the city, which stay open."""
    network = catalogues.network
    city = network.city_of[hall]
    there = [
        name
        for name in network.hall_hours.halls
        if network.city_of.get(name) == city and name not in scenario.closed and not network.left_out(name)
    ]
    if not there:
        named = catalogues.regions.name(city)
        raise ScenarioError(("", Place(1, 1, 1, 1)), _ALONE(city=named, hall=hall), _ALONE_HINT())
    return [network.hall_hours.halls[name] for name in there]


def _moved(part: Floats, row: int, takers: list[int], is_open: Any) -> Floats:
    """Return who comes to other halls instead, in proportion to who goes there; shape (takers, types of day, hours).

    They come in the same hour, or where all others are closed then, whenever these are open on such a day.
    """
    weights = np.where(is_open, part[takers] + 1e-9, 0.0)
    whole = weights.sum(axis=0)
    same_hour = np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)
    left = np.where(whole > 0, 0.0, part[row]).sum(axis=1)
    of_day = weights.sum(axis=(0, 2))
    any_hour = np.divide(weights, of_day[:, None], out=np.zeros_like(weights), where=of_day[:, None] > 0)
    return np.asarray(same_hour * part[row] + any_hour * left[:, None])
