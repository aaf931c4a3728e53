"""What the site says of waiting, compared with the forecast hour by hour."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from campaigncheck.forecast import model
from campaigncheck.site.load import DATA, _cells, _months
from campaigncheck.site.waits import CityLoad
from tests.site.sites import built, examples, page


def test_a_day_of_a_city_has_the_hour_that_uses_up_most_of_its_promise() -> None:
    forecast = examples().forecast
    cities = {hall: city.city.city for city in forecast.cities for hall in city.city.halls}
    worst: dict[tuple[str, int], float] = defaultdict(float)
    broken: dict[tuple[str, int], set[str]] = defaultdict(set)
    for hour in forecast.hours():
        key = cities[hour.hall], hour.day
        worst[key] = max(worst[key], hour.mean / hour.promise)
        if not hour.kept and hour.before <= hour.promise:
            broken[key].add(hour.hall)
    for load in examples().waits.cities:
        for at, used in enumerate(load.used.tolist()):
            assert used == math.ceil(worst[load.code, load.first + at] * 100 - 1e-9)
            assert load.broken[at] == len(broken[load.code, load.first + at])


def test_the_minutes_are_those_of_everybody_who_comes_because_of_campaigns() -> None:
    for city, load in zip(examples().forecast.cities, examples().waits.cities, strict=True):
        expected = np.zeros(city.city.days.length)
        for crowd in city.city.crowds:
            mean = city.city.usual[0] if crowd.service is None else crowd.service.mean
            expected += (crowd.people * mean * (1 + crowd.asking * city.city.half)).sum(axis=1)
        assert np.abs(load.minutes - expected).max() <= 0.5 + 1e-6


def test_the_file_of_the_picture_has_the_figures() -> None:
    text = built()[DATA].decode("ascii")
    value = json.loads(text.removeprefix("window.campaigncheckLoad=").removesuffix(";\n"))
    loads = examples().waits.cities
    first = date.fromisoformat(value["first"]).toordinal()
    assert first == min(load.first for load in loads)
    for told, load in zip(value["cities"], loads, strict=True):
        assert told[0] == load.code
        assert told[2:] == [load.first - first, load.minutes.tolist(), load.used.tolist(), load.wait.tolist()]


def test_the_table_has_the_months() -> None:
    (row,) = page(built(), "load.html", "en").xpath("//tr[@id='c510100']")
    (load,) = (load for load in examples().waits.cities if load.code == "510100")
    january = slice(*(date(2027, month, 1).toordinal() - load.first for month in (1, 2)))
    cells = [cell.text_content() for cell in row.xpath("td")]
    assert f"wait {load.used[january].max()}%{load.minutes[january].sum():,} min" in cells


def test_each_campaign_that_draws_people_shows_the_hall_to_which_most_come() -> None:
    site = examples()
    for name, waits in site.waits.campaigns.items():
        if waits.forecast.worst is not None:
            continue
        most = max(
            float(crowd.people.max())
            for city in site.forecast.cities
            for crowd in city.city.crowds
            if crowd.entry.id == name
        )
        assert waits.shown is not None
        city = next(city for city in site.forecast.cities if waits.shown.hall in city.city.halls)
        hall, day = city.city.halls.index(waits.shown.hall), waits.shown.day - city.city.days.first
        (crowd,) = (crowd for crowd in city.city.crowds if crowd.entry.id == name)
        assert crowd.people[day, hall] == most


def test_processes_side_by_side_foresee_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_BATCH", 8)
    site, asked = examples(), frozenset({"sc-2027-spring-broadband"})
    given = (site.portfolio, site.catalogues, site.today.toordinal(), asked)
    alone, apart = model.foresee(*given), model.foresee(*given, jobs=2)
    assert len(alone.cities) > 16
    assert list(alone.hours()) == list(apart.hours())
    assert (alone.campaigns, alone.without_demand, alone.left_out) == (
        apart.campaigns,
        apart.without_demand,
        apart.left_out,
    )


def synthetic(used: list[int]) -> CityLoad:
    figures = np.array(used, np.int64)
    return CityLoad("510100", date(2026, 12, 30).toordinal(), figures, figures, figures, figures, {})


def test_months_begin_where_the_days_do() -> None:
    load = synthetic([10, 20, 30, 0, 120])
    months = _months((load,))
    assert months == [date(2026, 12, 1), date(2027, 1, 1)]
    assert _cells(load, [*months, date(2027, 2, 1)]) == [(30, 20, 2), (150, 120, 2), None]
    assert [cell.heat for cell in _cells(load, months) if cell] == [0, 4]
