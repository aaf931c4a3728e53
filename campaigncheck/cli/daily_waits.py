"""How long people wait in the halls of a daily sheet: worked out by the forecast, handed to the sheet as it tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaigncheck.catalogue.network import Network
from campaigncheck.engine.run import Run
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.sheets.daily.place import Place
from campaigncheck.sheets.daily.waits import HallWaits, Hour, Instead


def waits_in(done: Run, place: Place, on: date, today: date) -> tuple[HallWaits, ...]:
    """Return the waits of the halls of a place on a day, in the order of halls.csv; none if nobody knows hours of any hall.

    All campaigns count that fit the format, as in ``campaigncheck forecast``.
    """
    network = done.catalogues.network
    if not network.hall_hours.halls:
        return ()
    found: Mapping[str, dict[str, Any]] = {}
    if on >= today and any(hall in network.hall_hours.halls for hall in place.halls):
        from campaigncheck.forecast.day import on_day  # only where there is something to foresee

        found = {item["hall"]: item for item in on_day(_portfolio(done), done.catalogues, place.city, on.toordinal())}
    here = [hall for hall in network.halls if hall in place.halls]
    return tuple(_of_hall(hall, network, found, past=on < today) for hall in here)


def _portfolio(done: Run) -> Portfolio:
    bad = {outcome.path for outcome in done.report.outcomes if outcome.verdict == "invalid"}
    entries = (item.entry for item in done.examined if item.entry and item.spec.shown not in bad)
    return Portfolio.of(entries, done.catalogues.regions)


def _of_hall(hall: str, network: Network, found: Mapping[str, dict[str, Any]], *, past: bool) -> HallWaits:
    (name,) = network.names([hall])
    told = found.get(hall)
    if told is None:
        return HallWaits(hall, name, False, (), "past" if past else "no_rows")
    if not told["dates"]:
        return HallWaits(hall, name, told["assumed"], (), "faulty")
    (day,) = told["days"]
    hours = tuple(_hour(item, found) for item in day["hours"])
    return HallWaits(hall, name, told["assumed"], hours, None if hours else "closed")


def _hour(told: dict[str, Any], found: Mapping[str, dict[str, Any]]) -> Hour:
    instead = [found[hall] for hall in told.get("instead", [])]
    halls = tuple(Instead(item["hall"], item["name"], item["assumed"]) for item in instead)
    return Hour(told["hour"], told["busy"], told["wait"]["premium"], told["wait"]["other"], halls)
