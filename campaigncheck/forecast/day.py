"""Expected waits of one day in the halls of a city: what :mod:`places` tells of that day, without foreseeing any other."""

from __future__ import annotations

from typing import Any

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.places import Places
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals, CityDays, Moments
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.spread import day_types


def on_day(portfolio: Portfolio, catalogues: Catalogues, code: str, day: int) -> list[dict[str, Any]]:
    """Return what is told of the halls with hours of a city on a day, as :meth:`places.Places.halls` does.

    Args:
        portfolio: all campaigns; one or none may run on that day.
        catalogues: with the network.
        code: of the city.
        day: as an ordinal, not before the day for which the campaigns were read.
    """
    city = _city(portfolio, catalogues, code, day)
    shape = (1, len(city.halls))
    added = Moments.none(shape)
    for crowd in city.crowds:
        added = added.plus(city.drawn(crowd))
    which = np.zeros(shape[1], np.int64), np.arange(shape[1])
    with_all = city.hall_days(added.at(which), which)
    usual = city.hall_days(Moments.none(shape).at(which), which)
    promised = Promises.of(catalogues, code).minutes(usual)
    kinds = which[1].reshape(shape)
    return list(Places(city, kinds, with_all, waits(with_all, p90=False), promised, catalogues).halls())


def _city(portfolio: Portfolio, catalogues: Catalogues, code: str, day: int) -> CityDays:
    """Return the halls of a city on one day: whom a campaign draws then depends on its whole period, not on its days."""
    span = Days(day, day)
    live = (item._replace(days=span) for item in portfolio.entries if not item.days.meet(span).empty)
    arrivals = Arrivals(Portfolio(tuple(live), portfolio.regions), catalogues, day)
    if code in arrivals.cities:
        return arrivals.city(code)
    network = catalogues.network
    hours = network.hall_hours
    rows = {hall: row for hall, row in hours.halls.items() if network.city_of.get(hall) == code}
    types = day_types(catalogues, span)
    return CityDays(code, tuple(rows), np.array([*rows.values()], np.int64), span, types, hours, (), 0.0)
