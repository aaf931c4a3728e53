"""What is found is the nearest there is: trying all plans with the rules themselves finds nothing nearer."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigncheck.suggest.edits import write
from campaigncheck.suggest.model import Model
from campaigncheck.suggest.search import EVERYTHING, PLACE, TIME, WAYS
from tests.suggest.oracle import Judge, nearest
from tests.suggest.repositories import examined, searched

DAY = date(2027, 9, 6)
"""A Monday well before the holidays of October."""
PRODUCTS = ["broadband.100m", "broadband.300m", "vas.video", "points.exchange", "data.monthly-10g", "roaming.day-pass"]
SINGLE = [way for way in WAYS if way not in (EVERYTHING, TIME | PLACE)]


@st.composite
def offers(draw: st.DrawFn, name: str, most: int) -> str:
    """The offers of a campaign."""
    lines = ["offers:"]
    for number in range(draw(st.integers(1, most))):
        parts = [
            f"id: {name}{number}",
            f"name: 优惠{number}",
            f"product: {draw(st.sampled_from(PRODUCTS))}",
            "kind: trial",
        ]
        if draw(st.integers(0, 3)) == 0:
            parts.append(f'excludes: ["{draw(st.sampled_from([*PRODUCTS, "broadband.*", "campaign:c*"]))}"]')
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"opt_in_code: KD{draw(st.integers(1, 2))}")
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"audience: [{draw(AUDIENCES)}]")
        lines.append(f"  - {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


AUDIENCES = st.sampled_from(
    [
        "{brand: 全球通}",
        "{brand: [全球通, 动感地带]}",
        '{age: "<30"}',
        "{age: 25..40}",
        "{broadband: true}",
        "{brand: 神州行, broadband: false}",
    ]
)
CHANNELS = ["[hall, app]", "[hall]", "[app]", "[app, sms]", "[hall, app, sms, outbound_call]", "[sms, outbound_call]"]
HALLS = ["[sc-cd-001]", "[sc-cd-001, sc-cd-002]", "[sc-cd-002]"]


@st.composite
def campaign(draw: st.DrawFn, name: str, cities: list[str], length: int, most: int = 2) -> str:
    """A campaign of some cities."""
    start = DAY + timedelta(days=draw(st.integers(0, 24)))
    end = start + timedelta(days=length - 1 if length else draw(st.integers(1, 25)))
    where = draw(st.lists(st.sampled_from(cities), min_size=1, unique=True))
    lines = [
        f"stage: {draw(st.sampled_from(['draft', 'draft', 'approved']))}",
        f"period: {{start: {start}, end: {end}}}",
        f'owner: {{region: "{draw(st.sampled_from(["510000", "510100"]))}", department: 市场部, contact: a@example.com}}',
        f"regions: {{include: [{', '.join(map(repr, where))}]}}",
        f"channels: {draw(st.sampled_from(CHANNELS))}",
        f"themes: [{draw(st.sampled_from(['spring', 'spring', 'music']))}]",
    ]
    if "510100" in where and draw(st.integers(0, 3)) == 0:
        lines.append(f"halls: {draw(st.sampled_from(HALLS))}")
    if draw(st.booleans()):
        lines.append(f"audience: [{', '.join(draw(st.lists(AUDIENCES, min_size=1, max_size=2, unique=True)))}]")
    return "\n".join(lines) + "\n" + draw(offers(name, most))


@st.composite
def repositories(draw: st.DrawFn, cities: list[str], length: int = 0) -> dict[str, str]:
    """A campaign that is to pass, and others."""
    count = draw(st.integers(2, 8))
    found = {f"c{number:02}": draw(campaign(f"c{number}", cities, 0, 4)) for number in range(count)}
    kin = draw(st.sampled_from(["", "", "", "child", "parent"]))
    if kin == "child":
        found["c01"] = "parent: subject\n" + found["c01"]
    parent = "parent: c00\n" if kin == "parent" else ""
    return {"subject": parent + draw(campaign("s", cities, length)), **found}


@settings(max_examples=25)
@given(repositories(["510100", "510700", "510600"]), st.sampled_from(SINGLE))
def test_of_each_way_the_nearest_plan_is_found(specs: dict[str, str], way: frozenset[str]) -> None:
    search = searched(examined(specs), "subject", within=12)
    assume(len(search.by_hand) < len(search.before.own))
    search.look_ahead()
    found = search.best(way)
    assert way not in search.given_up
    assert (found.cost if found else None) == nearest(search, way)


@settings(max_examples=20)
@given(repositories(["510100", "510700"], 10))
def test_of_all_changes_together_the_nearest_plan_is_found(specs: dict[str, str]) -> None:
    search = searched(examined(specs), "subject", within=5)
    assume(len(search.by_hand) < len(search.before.own))
    search.look_ahead()
    found = search.best(EVERYTHING)
    assert EVERYTHING not in search.given_up
    assert (found.cost if found else None) == nearest(search, EVERYTHING)


@settings(max_examples=20)
@given(repositories(["510100", "510700", "510600"]))
def test_what_is_suggested_passes_and_upsets_nobody_newly(specs: dict[str, str]) -> None:
    search = searched(examined(specs), "subject", within=30)
    assume(len(search.by_hand) < len(search.before.own))
    suggestions = list(search.run())
    judge = Judge(search)
    for suggestion in suggestions:
        trial = search.bench.try_text(suggestion.text)
        assert judge.passes(trial)
        assert write(search.subject, suggestion.plan) == suggestion.text
        assert {finding.rule[:3] for finding in suggestion.new} <= {"FAQ", "LAN"}
    assert len({item.plan for item in suggestions}) == len(suggestions)
    costs = [item.cost for item in suggestions if not item.new]
    assert costs == sorted(costs)


@settings(max_examples=20)
@given(repositories(["510100", "510700", "510600"]), st.sampled_from(WAYS))
def test_the_solver_and_the_subject_agree_on_the_cost(specs: dict[str, str], way: frozenset[str]) -> None:
    search = searched(examined(specs), "subject", within=30)
    search.look_ahead()
    for _ in range(3):
        answer = Model(search.subject, search.known(), way).solve()
        if answer is None:
            return
        assert answer.cost == search.subject.cost(answer.plan) > 0
        search.learnt.failed.append(answer.plan)


@settings(max_examples=15)
@given(repositories(["510100", "510700"]))
def test_what_allows_more_answers_for_what_allows_less(specs: dict[str, str]) -> None:
    search = searched(examined(specs), within=20)
    assume(len(search.by_hand) < len(search.before.own))
    search.look_ahead()
    found = search.nearest()
    assert not search.given_up
    for way in WAYS:
        known, alone = found[way], search.best(way)
        assert (known and known.cost) == (alone and alone.cost)
