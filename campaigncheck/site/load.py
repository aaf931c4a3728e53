"""The page about waiting: city by city and day by day, halls at risk, hotlines, and who causes what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from campaigncheck.drawing.canvas import svg
from campaigncheck.forecast import pictures
from campaigncheck.forecast.left_out import told
from campaigncheck.forecast.model import CampaignForecast
from campaigncheck.forecast.series import Chosen, HallDayWaits
from campaigncheck.messages import Text
from campaigncheck.site.load_words import WORDS
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page
from campaigncheck.site.waits import CityLoad
from campaigncheck.waiting.telephone import Missed

DATA = "assets/load-data.js"
DRAWN = 6
"""Halls whose worst day is drawn."""
MOST_CAMPAIGNS = 60


class Cell(NamedTuple):
    """A city in a month: minutes that campaigns bring, the worst wait in per cent of the promise, days with a broken one."""

    minutes: int
    used: int
    broken: int

    @property
    def heat(self) -> int:
        """The colour of the worst wait, from 0 to 6."""
        return sum(self.used > bound for bound in pictures.USED)


class HallRow(NamedTuple):
    """A hall at risk, with its worst hour on its worst day; ``broken`` are days on which campaigns break a promise there."""

    name: str
    city: str
    day: date
    hour: int
    who: Text
    before: str
    after: str
    promise: str
    used: int
    broken: int
    assumed: bool


class CampaignRow(NamedTuple):
    """What a campaign does, with its page."""

    item: CampaignForecast
    case: Case | None
    people: str


def pages(site: Site) -> Iterator[Page]:
    """Yield the page."""
    waits = site.waits
    months = _months(waits.cities)
    regions = site.catalogues.regions
    drawn = list(waits.halls.hours())
    yield Page(
        "load.html",
        WORDS["title"],
        "load.html.j2",
        {
            "page": WORDS,
            "figures": list(_figures(site)),
            "months": months,
            "bounds": list(zip((0, *pictures.USED), (*pictures.USED, 0), strict=True)),
            "cities": [(city.code, regions.name(city.code), _cells(city, months)) for city in waits.cities],
            "halls": [_hall(chosen, item, site) for chosen, item in zip(waits.halls.chosen, drawn, strict=True)],
            "more_halls": waits.halls.left_out,
            "pictures": [(item.name, svg(pictures.hours(item, site.lang), site.lang)) for item in drawn[:DRAWN]],
            "campaigns": _campaigns(site),
            "missed": [_missed(item, site) for item in waits.missed],
            "lost": list(told(site.forecast.left_out, site.lang)),
            "without": [(name, site.by_id.get(name)) for name in site.forecast.without_demand],
        },
        "load",
        ("echarts.min.js", "chart.js", DATA.rpartition("/")[2], "load.js") if waits.cities else (),
    )


def files(site: Site) -> dict[str, bytes]:
    """Return the figures of the picture, the same for both languages; no names but those of the region table."""
    if not site.waits.cities:
        return {}
    regions = site.catalogues.regions
    first = min(city.first for city in site.waits.cities)
    cities = [
        [
            city.code,
            regions.name(city.code),
            city.first - first,
            city.minutes.tolist(),
            city.used.tolist(),
            city.wait.tolist(),
        ]
        for city in site.waits.cities
    ]
    value = {"first": date.fromordinal(first).isoformat(), "cities": cities}
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return {DATA: f"window.campaigncheckLoad={data};\n".encode()}


def _figures(site: Site) -> Iterator[tuple[Text, str]]:
    forecast = site.forecast
    every, kept = forecast.kept
    after, before = forecast.past_bearing
    yield WORDS["kept"], _percent(kept, every)
    yield WORDS["impatient"], f"{after:,.0f} ({before:,.0f})"
    breaking = sum(item.worst is not None for item in forecast.campaigns)
    yield WORDS["breaking"], f"{breaking:,} / {len(forecast.campaigns):,}"
    yield WORDS["halls"], f"{forecast.halls:,}"
    yield WORDS["cities"], f"{len(forecast.cities):,}"


def _percent(kept: int, every: int) -> str:
    """Return a share to a tenth; what is not the whole does not read as the whole."""
    if not every:
        return "–"
    return "100%" if kept >= every else f"{min(1000 * kept // every, 999) / 10:.1f}%"


def _months(cities: tuple[CityLoad, ...]) -> list[date]:
    """Return the first days of the months in which anything is foreseen."""
    found = {
        date.fromordinal(city.first + at).replace(day=1) for city in cities for at in range(0, len(city.minutes), 28)
    }
    found |= {date.fromordinal(city.first + len(city.minutes) - 1).replace(day=1) for city in cities}
    return sorted(found)


def _cells(city: CityLoad, months: list[date]) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for month in months:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        first = max(month.toordinal() - city.first, 0)
        last = min(following.toordinal() - city.first, len(city.minutes))
        if first >= last:
            cells.append(None)
            continue
        days = slice(first, last)
        broken = int((city.broken[days] > 0).sum())
        cells.append(Cell(int(city.minutes[days].sum()), int(city.used[days].max()), broken))
    return cells


def _hall(chosen: Chosen, item: HallDayWaits, site: Site) -> HallRow:
    city = site.catalogues.regions.name(chosen.city.city.city)
    hours = [(hour, who) for who, of in zip(("premium", "other"), item.classes, strict=True) for hour in of]
    worst, who = max(hours, key=lambda pair: (pair[0].after / pair[0].promise, -pair[0].hour))
    caused = next((load.caused for load in site.waits.cities if load.code == chosen.city.city.city), {})
    return HallRow(
        item.name, city, date.fromordinal(item.day), worst.hour, WORDS[who], pictures.minutes(worst.before),
        pictures.minutes(worst.after), f"{worst.promise:g}", int(pictures.percent(worst.after / worst.promise)),
        caused.get(chosen.id, 0), item.assumed,
    )  # fmt: skip


def _campaigns(site: Site) -> list[CampaignRow]:
    """Return the campaigns, those with the worst hours first."""
    ordered = sorted(site.forecast.campaigns, key=_harm)[:MOST_CAMPAIGNS]
    return [CampaignRow(item, site.by_id.get(item.id), f"{item.people:,.0f}") for item in ordered]


def _harm(item: CampaignForecast) -> tuple[float, float, str]:
    return (-round(item.worst[5] / item.worst[6], 6) if item.worst else 0.0), -round(item.people, 6), item.id


def _missed(item: Missed, site: Site) -> dict[str, Any]:
    return {
        "name": site.catalogues.regions.name(item.region),
        "case": site.by_id.get(item.entry.id),
        "title": item.entry.title,
        "day": date.fromordinal(item.day),
        "hour": item.hour,
        "before": f"{item.before * 100:.0f}",
        "after": f"{item.after * 100:.0f}",
        "promised": f"{item.promised.share * 100:.0f}",
        "days": len(item.days),
        "agents": item.agents,
    }
