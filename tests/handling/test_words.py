"""What a word costs at the counter: figures worked out by hand, and what holds for all."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.handling.words import Kind, WordCost, counter_customers, figures, word_cost
from campaigncheck.source.place import Path
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from tests.spec.specs import FULL

FIGURES: dict[str, float] = {
    "word_seconds_term": 20, "word_seconds_phrase": 40, "word_seconds_condition": 30,
    "word_asked": 20, "word_asked_mild": 8, "word_seen_hall": 60, "word_seen_elsewhere": 30, "word_answer_asked": 10,
}  # fmt: skip
DEMAND: dict[str, Any] = {"uptake": 12000, "enquiries": 0.5, "channel_share": {"hall": 0.4, "app": 0.6}}
BEFORE = date(2026, 12, 1).toordinal()
START = date(2027, 1, 15).toordinal()
"""The first of the 76 days of the period."""


def campaign(demand: Any = DEMAND, **changes: Any) -> Campaign:
    fitted = fit(Campaign, {**FULL, "demand": demand, **changes})
    assert isinstance(fitted, Campaign)
    return fitted


def cost(
    path: Path, kind: Kind = "term", *, today: int = BEFORE, mild: bool = False, of: Campaign | None = None
) -> WordCost:
    return word_cost(of or campaign(), today, kind, "FTTR", path, FIGURES.__getitem__, mild)


@pytest.mark.parametrize(
    ("path", "kind", "site", "seconds", "customers", "minutes"),
    [
        # 12,000 × 40 % come to the counter to buy, half as many more to ask: 7,200.
        (("title",), "term", "title", 4.0, 7200, 480),  # 20 s × 20 %; 7,200 × 4 s
        (("summary",), "condition", "summary", 6.0, 7200, 720),  # 30 s × 20 %
        (("offers", 0, "gift", "name"), "phrase", "offers", 8.0, 7200, 960),  # 40 s × 20 %
        (("texts", 1, "text"), "term", "poster", 4.0, 4320, 288),  # 60 % of 7,200 see a poster
        (("texts", 0, "text"), "term", "sms", 4.0, 2160, 144),  # 30 % have read an SMS
        (("faq", 0, "a"), "term", "faq", 20.0, 720, 240),  # 10 % ask that question, and all of them need it
        (("faq", 0, "short"), "term", "short", 4.0, 720, 48),  # the same 10 % read it, 20 % of them ask
        (("answers", 0, "answer"), "phrase", "answers", 40.0, 1440, 960),  # 20 % ask about the phrase
        (("terms", "FTTR"), "term", "terms", 20.0, 1440, 480),
    ],
)
def test_where_a_word_stands_decides_whom_it_costs(
    path: Path, kind: Kind, site: str, seconds: float, customers: float, minutes: float
) -> None:
    assert cost(path, kind) == WordCost("FTTR", site, seconds, customers, minutes)


def test_a_word_that_only_warns_is_asked_about_less_often() -> None:
    assert cost(("title",), mild=True)[2:] == (1.6, 7200, 192)  # 20 s × 8 %
    assert cost(("faq", 0, "a"), mild=True) == cost(("faq", 0, "a"))  # it is read out all the same


@pytest.mark.parametrize(
    ("shape", "gone", "left"),
    [
        ("even", -45, 7200), ("even", 0, 7200), ("even", 19, 5400), ("even", 38, 3600), ("even", 75, 7200 / 76),
        ("even", 76, 0), ("even", 500, 0),
        ("front_loaded", 0, 7200), ("front_loaded", 19, 3600), ("front_loaded", 38, 2400),
        ("front_loaded", 57, 1200), ("front_loaded", 76, 0),
    ],
)  # fmt: skip
def test_days_gone_by_count_for_nothing(shape: str, gone: int, left: float) -> None:
    found = counter_customers(campaign({**DEMAND, "shape": shape}), START + gone)
    assert found == pytest.approx(left)


@pytest.mark.parametrize(
    ("demand", "channels", "customers"),
    [
        (None, ["hall", "app"], None),  # nobody knows
        ({"uptake": 100}, ["hall", "app"], None),  # nobody knows how many of them in halls
        ({"uptake": 100}, ["hall"], 100.0),
        ({"uptake": 0}, ["hall"], 0.0),
        ({"uptake": 100, "channel_share": {"app": 1}}, ["hall", "app"], 0.0),
        ({"uptake": 100, "enquiries": 2}, ["app", "sms"], 0.0),  # not sold at the counter
        (None, ["app"], 0.0),
    ],
)
def test_unknown_is_not_none(demand: Any, channels: list[str], customers: float | None) -> None:
    of = campaign(demand, channels=channels)
    assert counter_customers(of, BEFORE) == customers
    found = cost(("title",), of=of)
    assert found[2:] == (4.0, customers, None if customers is None else round(customers * 4 / 60, 2))


def test_a_period_that_ends_before_it_starts_tells_nothing() -> None:
    of = campaign(period={"start": "2027-03-31", "end": "2027-01-15"})
    assert counter_customers(of, BEFORE) is None


def test_every_figure_is_in_the_policy_and_each_may_be_measured() -> None:
    policy = load_catalogues(RuleFiles.at(None)).policy
    names = {name for kind in get_args(Kind) for name in figures(kind)}
    assert names == set(FIGURES) == {name for name in policy.limits if name.startswith("word_")}
    assert names <= set(policy.loosenable.limits)
    assert {policy.limits[name].stricter for name in names} == {"higher"}


PATHS: list[Path] = [("title",), ("texts", 0, "text"), ("texts", 1, "text"), ("faq", 0, "a"), ("answers", 0, "phrase")]
kinds = st.sampled_from(get_args(Kind))
shares = st.floats(0, 1)
uptakes = st.integers(0, 1_000_000)


def demand(uptake: int, enquiries: float, hall: float, shape: str) -> Any:
    return {"uptake": uptake, "enquiries": enquiries, "channel_share": {"hall": hall, "app": 1 - hall}, "shape": shape}


demands = st.builds(demand, uptakes, st.floats(0, 5), shares, st.sampled_from(["even", "front_loaded"]))


def minutes_of(of: Campaign, path: Path, kind: Kind, limits: dict[str, float], today: int = BEFORE) -> float:
    found = word_cost(of, today, kind, "x", path, limits.__getitem__)
    assert found.minutes is not None
    return found.minutes


@given(demands, st.sampled_from(PATHS), kinds, st.sampled_from(["uptake", "enquiries"]), st.integers(0, 1000))
def test_more_customers_never_cost_less(before: Any, path: Path, kind: Kind, key: str, more: int) -> None:
    after = {**before, key: min(100, before[key] + more) if key == "enquiries" else before[key] + more}
    less, greater = (minutes_of(campaign(given), path, kind, FIGURES) for given in (before, after))
    assert greater >= less


@given(uptakes, st.sampled_from(PATHS), kinds, shares, shares)
def test_a_larger_share_of_the_hall_never_costs_less(
    uptake: int, path: Path, kind: Kind, one: float, other: float
) -> None:
    less, greater = (
        minutes_of(campaign(demand(uptake, 0.5, hall, "even")), path, kind, FIGURES) for hall in sorted((one, other))
    )
    assert greater >= less


@given(demands, st.sampled_from(PATHS), kinds, st.sampled_from(sorted(FIGURES)), st.floats(0, 100))
def test_a_larger_figure_never_costs_less(given_demand: Any, path: Path, kind: Kind, name: str, more: float) -> None:
    of = campaign(given_demand)
    raised = {**FIGURES, name: FIGURES[name] + more}
    assert minutes_of(of, path, kind, raised) >= minutes_of(of, path, kind, FIGURES)


@given(demands, st.integers(-10, 90), st.integers(0, 90))
def test_a_later_day_never_costs_more(given_demand: Any, day: int, later: int) -> None:
    of = campaign(given_demand)
    earlier, after = (minutes_of(of, ("title",), "term", FIGURES, START + gone) for gone in (day, day + later))
    assert after <= earlier


@given(demands, st.sampled_from(PATHS), kinds)
def test_the_three_figures_belong_together(given_demand: Any, path: Path, kind: Kind) -> None:
    _, _, seconds, customers, minutes = word_cost(campaign(given_demand), BEFORE, kind, "x", path, FIGURES.__getitem__)
    assert customers is not None
    assert minutes == pytest.approx(customers * seconds / 60, rel=1e-3, abs=0.05 * seconds / 60 + 0.01)
