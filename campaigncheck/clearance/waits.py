"""The waiting forecast in two lines: for each class of customers, the hour that is tightest."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from campaigncheck.forecast.model import CityForecast, Forecast
from campaigncheck.waiting.days import CLASSES

_DIGITS = 2


class _Tightest(NamedTuple):
    """A city's hour with the longest mean wait for its promise; earlier ones first."""

    ratio: float
    city: CityForecast
    kind: int
    hour: int


def tightest(forecast: Forecast) -> list[dict[str, Any]]:
    """Return the hour nearest to its promise, or furthest over it, for each class of which anybody comes."""
    return [found for of in range(len(CLASSES)) if (found := _of_class(forecast, of)) is not None]


def _of_class(forecast: Forecast, of: int) -> dict[str, Any] | None:
    worst = max((found for city in forecast.cities if (found := _of_city(city, of))), key=_order, default=None)
    if worst is None:
        return None
    city, kind, hour = worst.city, worst.kind, worst.hour
    day, hall = np.argwhere(city.kinds == kind)[0].tolist()
    counts = [_counted(item, of) for item in forecast.cities]
    return {
        "customers": CLASSES[of],
        "hall": city.city.halls[hall],
        "on": date.fromordinal(city.city.days.first + day).isoformat(),
        "hour": city.city.hours.first + hour,
        "wait_mean_minutes": round(float(city.after.mean[kind, hour, of]), _DIGITS),
        "wait_p90_minutes": round(float(city.after.p90[kind, hour, of]), _DIGITS),
        "promise_minutes": round(float(city.promised[kind, hour, of]), _DIGITS),
        "promises_made": sum(made for made, _ in counts),
        "promises_kept": sum(made - broken for made, broken in counts),
    }


def _of_city(city: CityForecast, of: int) -> _Tightest | None:
    comes = city.comes[:, :, of]
    if not comes.any():
        return None
    ratio = np.where(comes, np.round(city.after.mean[:, :, of] / city.promised[:, :, of], 6), -1.0)
    kind, hour = np.unravel_index(int(ratio.argmax()), ratio.shape)
    return _Tightest(float(ratio[kind, hour]), city, int(kind), int(hour))


def _order(found: _Tightest) -> float:
    return found.ratio


def _counted(city: CityForecast, of: int) -> tuple[int, int]:
    """Return how many hours of halls there are for a class, and how many break their promise."""
    times = np.bincount(city.kinds.reshape(-1), minlength=len(city.promised))
    made = city.comes[:, :, of].sum(axis=1) * times
    broken = city.broken[:, :, of].sum(axis=1) * times
    return int(made.sum()), int(broken.sum())
