"""The largest uptake: with it every promise holds that holds without the campaign, with a little more one breaks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.forecast.newton import FINE, MOST
from campaigncheck.forecast.stress import Stress, stress
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals
from campaigncheck.waiting.blame import CityBlame
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import alone
from tests.waiting.worlds import REGIONS, TODAY, catalogues, draws, entry, portfolio

CATALOGUES = catalogues()
TOWN = REGIONS.masks["510100"]


def stressed(*campaigns: Entry, name: str = "x") -> Stress:
    [found] = stress(portfolio(*campaigns), CATALOGUES, TODAY, frozenset({name}))
    return found


def a_little_more(factor: float) -> float:
    """Return the next number of people that is told apart."""
    return factor + max(FINE, FINE * factor)


def breaking(campaign: Entry, factor: float) -> set[str]:
    """Return the halls that break a promise with so many times the people; by the rule's own code."""
    drawn = campaign.draws
    assert drawn is not None
    more = campaign._replace(draws=drawn._replace(hall=drawn.hall * factor, asks_hall=drawn.asks_hall * factor))
    arrivals = Arrivals(portfolio(more), CATALOGUES, TODAY)
    found = set()
    for city in arrivals.cities:
        for blame in alone(CityBlame(arrivals.city(city), Promises.of(CATALOGUES, city)).search()):
            found |= {cell.hall for cell in blame.promises}
    return found


@given(
    st.sampled_from([60, 200, 700]), st.integers(0, 5), st.integers(3, 20), st.booleans(), st.sampled_from([0.0, 0.8])
)
@settings(max_examples=4, deadline=None)
def test_each_hall_bears_as_much_as_is_said_and_no_more(
    people: int, first: int, days: int, front_loaded: bool, asking: float
) -> None:
    one = entry(
        "x", draws(people, first, first + days, front_loaded=front_loaded, asks_hall=people * asking), cities=TOWN
    )
    for hall in stressed(one).halls:
        if hall.factor < MOST:
            assert hall.hall not in breaking(one, hall.factor)
            assert hall.hall in breaking(one, a_little_more(hall.factor))


def test_the_largest_uptake_is_that_of_the_hall_that_bears_least() -> None:
    one = entry("x", draws(400, 0, 13))
    found = stressed(one)
    assert {hall.hall for hall in found.halls} == {"a1", "a2", "b1"}
    least = min(found.halls, key=lambda hall: hall.factor)
    assert (found.binding, found.planned, found.uptake) == (least, 400, int(400 * least.factor))


def test_what_binds_is_the_hour_that_breaks_first() -> None:
    one = entry("x", draws(400, 0, 13), cities=TOWN)
    bound = stressed(one).binding
    assert bound is not None
    drawn = one.draws
    assert drawn is not None
    factor = a_little_more(bound.factor)
    more = one._replace(draws=drawn._replace(hall=drawn.hall * factor))
    city = Arrivals(portfolio(more), CATALOGUES, TODAY).city("510100")
    [blame] = alone(CityBlame(city, Promises.of(CATALOGUES, "510100")).search())
    assert (bound.hall, bound.hour, bound.premium) in {(cell.hall, cell.hour, cell.premium) for cell in blame.promises}
    assert any(bound.day in cell.days for cell in blame.promises if cell.hall == bound.hall)


def test_others_leave_less_room() -> None:
    alone = stressed(entry("x", draws(400, 0, 13), cities=TOWN))
    beside = stressed(entry("x", draws(400, 0, 13), cities=TOWN), entry("y", draws(200, 0, 13), cities=TOWN))
    assert beside.uptake < alone.uptake


def test_a_handful_of_people_is_not_bound() -> None:
    found = stressed(entry("x", draws(1, 0, 27), cities=TOWN))
    assert found.binding is None
    assert {hall.factor for hall in found.halls} == {MOST}


def test_campaigns_that_were_not_asked_about_are_left_out() -> None:
    some = portfolio(entry("x", draws(5)), entry("y", draws(5)), entry("z", None))
    assert [item.id for item in stress(some, CATALOGUES, TODAY, frozenset({"y", "z"}))] == ["y"]
