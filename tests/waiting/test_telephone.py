"""Who calls because of a campaign, and which hotline no longer answers in time."""

from __future__ import annotations

import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.understand.draws import Draws
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.erlang import answered
from campaigncheck.waiting.telephone import Answering, Hotlines, Missed
from tests.waiting.worlds import CITIES, REGIONS, TODAY, catalogues, draws, entry, portfolio

CATALOGUES = catalogues()
PROMISED = Answering(0.8, 15, 120)
PROVINCE = REGIONS.masks["510000"]


def calls(hotline: float, asks: float, first: int = 0, last: int = 9, **more: object) -> Draws:
    return draws(0.0, first, last, uptake=int(hotline) or 1, hotline=hotline, asks_hotline=asks, **more)


def lines(*campaigns: Entry) -> Hotlines:
    return Hotlines(portfolio(*campaigns), CATALOGUES)


def missed(*campaigns: Entry) -> list[Missed]:
    return list(lines(*campaigns).missed())


def test_everybody_who_calls_calls_once() -> None:
    one = entry("x", calls(900, 300), cities=PROVINCE)
    assert lines(one).drawn(one, "510000", Days(TODAY - 5, TODAY + 30)).sum() == pytest.approx(1200)


def test_calls_come_on_the_days_of_the_campaign() -> None:
    one = entry("x", calls(90, 0, 3, 5), cities=PROVINCE)
    by_day = lines(one).drawn(one, "510000", Days(TODAY, TODAY + 7))
    assert (by_day > 0).tolist() == [False, False, False, True, True, True, False, False]


def test_in_the_cities_of_a_child_the_parent_makes_nobody_call() -> None:
    parent = entry("parent", calls(700, 0), cities=PROVINCE)
    child = entry("child", calls(50, 0), cities=CITIES, parent="parent")
    days = Days(TODAY, TODAY + 9)
    both = lines(parent, child)
    # All of the parent's calls come from its other cities: the hotline is one for the province.
    assert both.drawn(parent, "510000", days).sum() == pytest.approx(700)
    everywhere = entry("child", calls(50, 0), cities=PROVINCE, parent="parent")
    assert lines(parent, everywhere).drawn(parent, "510000", days).sum() == 0


def test_a_few_calls_are_answered() -> None:
    assert missed(entry("x", calls(50, 50), cities=PROVINCE)) == []


def test_too_many_calls_are_told_with_their_worst_hour() -> None:
    [found] = missed(entry("x", calls(20_000, 0), cities=PROVINCE))
    # 300 calls an hour all day long and 20 agents; 20,000 more on ten days, as many in each of the twelve hours.
    assert (found.entry.id, found.region, found.hours, len(found.days), found.promised) == (
        "x",
        "510000",
        120,
        10,
        PROMISED,
    )
    assert found.drawn == pytest.approx(20_000 / 10 / 12)
    assert found.calls == pytest.approx(300 + found.drawn)
    assert found.before == pytest.approx(float(answered(300, 20, 180, 120, 15).share_within))
    assert found.after == pytest.approx(float(answered(found.calls, 20, 180, 120, 15).share_within))
    assert found.after < 0.8 <= found.before
    assert found.agents is not None
    kept, short = (float(answered(found.calls, 20 + found.agents - less, 180, 120, 15).share_within) for less in (0, 1))
    assert short < 0.8 <= kept


def test_the_one_with_less_right_of_way_bears_it() -> None:
    first = entry("first", calls(5_000, 0), cities=PROVINCE, stage="launched")
    second = entry("second", calls(20_000, 0), cities=PROVINCE)
    assert [item.entry.id for item in missed(first)] == []
    assert [item.entry.id for item in missed(second, first)] == ["second"]


def test_regions_in_which_nobody_asked_about_calls_are_left_out() -> None:
    one = entry("x", calls(20_000, 0), cities=PROVINCE)
    assert list(lines(one).missed(frozenset({"other"}))) == []
    assert [item.entry.id for item in lines(one).missed(frozenset({"x"}))] == ["x"]


def test_far_too_many_calls_are_beyond_twice_the_agents() -> None:
    [found] = missed(entry("x", calls(200_000, 0), cities=PROVINCE))
    assert found.agents is None
