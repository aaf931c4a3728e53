"""A forecast of a small network, worked out by a rule of thumb: what is drawn of it does not move with the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import HallHours
from campaigncheck.forecast.counters import Counters
from campaigncheck.forecast.curve import Curve, Point
from campaigncheck.forecast.model import CampaignForecast, CityForecast, Forecast
from campaigncheck.forecast.newton import MOST
from campaigncheck.forecast.page import Told
from campaigncheck.forecast.robust import Flip, Robustness
from campaigncheck.forecast.series import Series
from campaigncheck.forecast.stress import Bearable, Stress
from campaigncheck.handling.counter import CounterTime
from campaigncheck.handling.pert import TimedStep
from campaigncheck.handling.picture import Limits, Pictured
from campaigncheck.handling.plan import PlannedStep, handling_time
from campaigncheck.handling.shape import shapes
from campaigncheck.messages import Text
from campaigncheck.waiting.arrivals import Arrivals, Moments
from campaigncheck.waiting.blame import CityBlame
from campaigncheck.waiting.days import HallDays, Waits, load
from campaigncheck.waiting.promises import Promises
from tests.waiting.worlds import FIRST, TODAY, catalogues, draws, entry, portfolio

GOLDEN = Path(__file__).parent / "golden"
NAMES = {"a1": "天府路营业厅", "a2": "锦江营业厅", "b1": "涪城营业厅"}


COUNTERS = (3, 3, 2, 3)
PEOPLE = {"a1": (10, 25, 15, 20), "a2": (5, 12, 8, 10), "b1": (8, 20, 12, 9)}
"""Who comes on a workday from 9 on; on weekends half as many, on month edges one and a half times as many."""
TIMES = (1.0, 0.5, 0.0, 1.5)


def hours_of(people: Mapping[str, Sequence[float]]) -> HallHours:
    """Return the hours of some halls with so many people on a workday; each is served for five minutes."""
    each = np.array([[np.array(people[name]) * factor for factor in TIMES] for name in people])
    counters = np.where(each > 0, np.array(COUNTERS), 0)
    return HallHours(
        {name: at for at, name in enumerate(people)}, FIRST, counters, each * 0.2, each * 0.8,
        np.full(each.shape, 5.0), np.full(each.shape, 0.8), np.zeros(len(people), np.bool_),
    )  # fmt: skip


def named(names: Mapping[str, str], hours: HallHours | None = None) -> Catalogues:
    """Return the catalogues with the small network, its halls called as told."""
    known = catalogues(hours or hours_of(PEOPLE))
    halls = {id_: hall._replace(name=names.get(id_, id_)) for id_, hall in known.network.halls.items()}
    return replace(known, network=replace(known.network, halls=halls))


def thumb(days: HallDays) -> Waits:
    """Return waits that grow with the square of the people for each counter; premium customers wait a quarter of it."""
    people = np.divide(days.premium + days.other, days.counters, out=np.zeros(days.mean.shape), where=days.counters > 0)
    mean = np.stack([people**2 / 32, people**2 / 8], axis=2)
    return Waits(mean, mean * 2, np.zeros((*mean.shape, 0)), people, load(days))


def forecast(known: Catalogues, hall: float = 900.0, last: int = 40) -> Forecast:
    """Return the forecast of two campaigns, of which the second was not asked about, from 2027-03-01 on."""
    there = portfolio(entry("spring", draws(hall, 0, last)), entry("other", draws(100, 5, 9), stage="launched"))
    arrivals = Arrivals(there, known, TODAY)
    cities = tuple(_city(arrivals, known, code) for code in arrivals.cities)
    worst = ("a1", TODAY + 30, 10, False, 6.12, 21.96, 15.0)
    campaigns = (
        CampaignForecast("spring", "迎春宽带提速", 61.4, 20.2, 1, 4, worst, 1),
        CampaignForecast("autumn", "秋季积分换礼", 1234.0, 0.0, 0, 0, None, 0),
    )
    return Forecast(TODAY, cities, campaigns, ("silent",))


def _city(arrivals: Arrivals, known: Catalogues, code: str) -> CityForecast:
    city = arrivals.city(code)
    blame = CityBlame(city, Promises.of(known, code))
    which, kinds = blame.kinds
    others = total = Moments.none((city.days.length, len(city.halls)))
    for crowd, added in zip(city.crowds, blame.drawn, strict=True):
        total = total.plus(added)
        others = others.plus(added) if crowd.entry.id == "other" else others
    promised = blame.promises.minutes(city.hall_days(Moments.none(kinds.shape).at(which), which))
    days = city.hall_days(total.at(which), which)
    before = thumb(city.hall_days(others.at(which), which))
    nobody = np.zeros(len(promised))
    return CityForecast(
        city=city, kinds=kinds, halls=which[1], with_all=days, after=thumb(days), before=before, promised=promised,
        over=np.zeros(promised.shape), impatient=(nobody, nobody),
    )  # fmt: skip


BOUND = Bearable("a1", 0.8, TODAY + 30, 10, False)
STRESSES = (
    Stress("spring", 9000, 7200, (BOUND,)),
    Stress("autumn", 500, 32000, (BOUND._replace(factor=MOST),)),
)
CURVE = Curve(
    "spring", "迎春宽带提速", 9000, 7200, BOUND, "天府路营业厅",
    (
        Point(0.0, 0.25, 1.0), Point(0.4, 0.5, 1.0), Point(0.8, 1.0, 1.0), Point(1.0, 1.5, 0.875), Point(1.2, 2.0, 0.75),
        Point(1.4, 4.0, 0.5),
    ),
)  # fmt: skip
STEPS = [
    PlannedStep(0, "explain_offer", TimedStep(2, 3, 6), 20 / 6),
    PlannedStep(1, "sign", TimedStep(0.5, 1, 1.5, times=2), 2.0),
]
AT_COUNTER = Pictured(
    "迎春宽带提速",
    shapes(CounterTime(STEPS, handling_time(STEPS)), 6),
    {"sign": Text("签字", "sign")},
    {},
    Limits(4, 6),
)
AT_COUNTERS = Counters((("spring", AT_COUNTER),), 2, ("silent",))
FLIPS = ("uptake", "enquiries", "handling", "enquiry_time", "usual_arrivals", "usual_variability")


def told(known: Catalogues | None = None, most: int = 2) -> Told:
    """Return everything that a page can show."""
    known = known or named(NAMES)
    made = forecast(known)
    robust = Robustness("spring", True, tuple(Flip(name, 0.8 if name == "uptake" else None) for name in FLIPS))
    worse = replace(made, campaigns=tuple(item._replace(worst=made.campaigns[0].worst) for item in made.campaigns))
    return Told(
        made,
        Series.of(made, known.network, most),
        STRESSES,
        (CURVE,),
        1,
        (("多一倍人 <b>", worse),),
        (robust,),
        AT_COUNTERS,
    )
