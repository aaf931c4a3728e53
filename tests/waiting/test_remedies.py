"""What keeps promises keeps them, nothing smaller does; shares of the waiting are Shapley's."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from campaigncheck.rules.wait001 import TOLERANCES
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import HallDays
from campaigncheck.waiting.promises import KINDS, Kind, Promises
from campaigncheck.waiting.remedies import MOST_PLAYERS, SHARES, HallDay
from campaigncheck.waiting.together import alone
from tests.waiting.worlds import FIRST, REGIONS, TODAY, catalogues, draws, entry, portfolio

CATALOGUES = catalogues()
TOWN = REGIONS.masks["510100"]


def hall_day(*campaigns: Entry, hall: str = "a1", day: int = 3) -> HallDay:
    city = Arrivals(portfolio(*campaigns), CATALOGUES, TODAY).city("510100")
    return HallDay.of(city, Promises.of(CATALOGUES, "510100"), hall, TODAY + day)


CROWD = entry("crowd", draws(1500, 0, 13), cities=TOWN)


def test_the_day_is_that_of_the_city() -> None:
    one = hall_day(CROWD)
    city = one.city
    which = (np.array([3]), np.array([0]))
    whole = city.hall_days(city.drawn(city.crowds[0]).at(which), which)
    alone = one.days([{0: 1.0}])
    for mine, theirs in zip(alone, whole, strict=True):
        assert mine == pytest.approx(theirs)


def test_more_counters_keep_the_promise_and_fewer_do_not() -> None:
    one = hall_day(CROWD)
    more = alone(one.more_counters([0]))
    assert more is not None
    days = one.days([{0: 1.0}])
    assert alone(one.broken(days, [])).any()
    counters = days.counters.copy()
    counters[0, more.start - FIRST : more.end - FIRST] += more.counters
    assert not alone(one.broken(days._replace(counters=counters), [])).any()
    counters[0, more.start - FIRST : more.end - FIRST] -= 1
    assert alone(one.broken(days._replace(counters=counters), [])).any()


def test_the_largest_share_that_is_bearable() -> None:
    one = hall_day(CROWD)
    share = alone(one.bearable([0]))
    assert share in SHARES
    assert 0 < share < 1
    assert not alone(one.broken(one.days([{0: share}]), [])).any()
    assert alone(one.broken(one.days([{0: SHARES[SHARES.index(share) - 1]}]), [])).any()


def test_a_desk_of_its_own_leaves_the_others_as_they_were() -> None:
    """By hand: in the hours of the desk everybody else comes without the campaign, and its people find one clerk."""
    few = entry("few", draws(1000, 0, 13), cities=TOWN, service=(4.0, 2.0))
    one = hall_day(few)
    desk = alone(one.desk([0]))
    assert desk is not None
    start, end = (hour - FIRST for hour in desk)
    usual, whole = one.days([{}]), one.days([{0: 1.0}])
    others = copied(whole)
    for mine, theirs in zip(others, usual, strict=True):
        mine[0, start:end] = theirs[0, start:end]
    assert alone(one.broken(whole, [])).any()
    assert not alone(one.broken(others, [])).any()
    came = (whole.premium + whole.other - usual.premium - usual.other)[0]
    own = HallDays(np.zeros((1, len(came)), np.int64), *(np.zeros((1, len(came))) for _ in range(5)))
    for part, value in zip(own, (1, 0.0, came, 4.0, 0.25, 4.0), strict=True):
        part[0, start:end] = value[start:end] if isinstance(value, np.ndarray) else value
    promised = one.promises.minutes(usual)
    assert (waits(own).mean <= promised)[0, start:end].all()


def copied(days: HallDays) -> HallDays:
    return HallDays(days.counters.copy(), *(part.copy() for part in days[1:]))


def test_a_desk_that_is_overrun_itself_is_no_advice() -> None:
    crowd = entry("crowd", draws(6000, 0, 13), cities=TOWN)
    assert alone(hall_day(crowd).desk([0])) is None


def test_what_breaks_nothing_needs_no_desk() -> None:
    assert alone(hall_day(entry("x", draws(20, 0, 13), cities=TOWN)).desk([0])) is None


def test_what_breaks_nothing_needs_no_counter() -> None:
    assert alone(hall_day(entry("x", draws(20, 0, 13), cities=TOWN)).more_counters([0])) is None


def minutes(one: HallDay, some: tuple[int, ...]) -> float:
    days = one.days([dict.fromkeys(some, 1.0)])
    found = waits(days).mean[0]
    return float(found[:, 0] @ days.premium[0] + found[:, 1] @ days.other[0])


def test_shares_are_the_mean_over_all_orders_of_joining() -> None:
    some = [entry(f"c{number}", draws(people, 0, 13), cities=TOWN) for number, people in enumerate((300, 500, 700))]
    one = hall_day(*some)
    added = dict.fromkeys(range(3), 0.0)
    for order in permutations(range(3)):
        for at, number in enumerate(order):
            added[number] += minutes(one, order[: at + 1]) - minutes(one, order[:at])
    whole = sum(added.values())
    assert alone(one.shares([0, 1, 2])) == pytest.approx({number: part / whole for number, part in added.items()})


def test_shares_of_many_sum_to_one_and_equals_share_alike() -> None:
    some = [entry(f"c{number}", draws(100, 0, 13), cities=TOWN) for number in range(MOST_PLAYERS + 2)]
    found = alone(hall_day(*some).shares(list(range(MOST_PLAYERS + 2))))
    assert sum(found.values()) == pytest.approx(1)
    assert max(found.values()) / min(found.values()) == pytest.approx(1, abs=0.2)


def test_who_waits_longer_than_they_bear_is_counted_with_and_without_the_last_campaign() -> None:
    before, last = (
        entry("a", draws(300, 0, 13), cities=TOWN, stage="launched"),
        entry("b", draws(900, 0, 13), cities=TOWN),
    )
    one = hall_day(before, last)
    customers = (Kind("hurried", 0.25, 5.0), Kind("patient", 0.75, 15.0))
    found = alone(one.past_bearing([0, 1], customers))

    def counted(some: tuple[int, ...]) -> float:
        days = one.days([dict.fromkeys(some, 1.0)])
        over = waits(days, (5.0, 15.0)).over[0]
        people = np.stack([days.premium[0], days.other[0]], axis=1)
        return float((people * (0.25 * over[..., 0] + 0.75 * over[..., 1])).sum())

    assert found == pytest.approx((counted((0, 1)), counted((0,))))
    assert found[0] > found[1] > 0


def test_the_rule_names_the_figures_of_all_kinds() -> None:
    assert set(TOLERANCES) == {f"{what}_{kind}" for kind in KINDS for what in ("share", "tolerance")}
