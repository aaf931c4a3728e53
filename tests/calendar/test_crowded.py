"""Crowded days: counted as FREQ001 counts, and no other way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.calendar.crowded import find_crowds
from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import union
from campaigncheck.calendar.wanted import Wanted
from tests.calendar.repositories import catalogues, made
from tests.support.checking import check_specs

TODAY = date(2027, 2, 1)
CHENGDU, MIANYANG = "510100", "510700"
FIRST = TODAY.toordinal()
FOUR = dict.fromkeys(("aaa", "bbb", "ccc", "ddd"), "period: {start: 2027-03-01, end: 2027-03-31}\n")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def row(
    name: str, first: int, last: int, *, cities: int, stage: str = "draft", halls: tuple[str, ...] = (),
    channels: tuple[str, ...] = ("hall",), parent: str | None = None,
) -> Row:  # fmt: skip
    days = Days(FIRST + first, FIRST + last)
    return Row(
        name,
        f"{name}.yaml",
        True,
        name,
        stage,
        (),
        days,
        cities,
        channels,
        frozenset(halls),
        parent,
        "",
        "",
        ("offer",),
    )


def test_more_than_the_limit_make_a_crowd(tmp_path: Path) -> None:
    specs = {**FOUR, "ddd": "period: {start: 2027-03-20, end: 2027-04-30}\n"}
    found = made(tmp_path, specs, today=TODAY)
    (shared,) = found.crowds
    days = Days(day("2027-03-20"), day("2027-03-31"))
    assert shared.crowd == (days, 4, 3, ("aaa", "bbb", "ccc", "ddd"))
    assert list(found.regions.names(shared.cities)) == [CHENGDU]
    assert found.crowded_days == [days]
    assert all(found.crowded(item) == [days] for item in found.rows)


def test_as_many_as_are_allowed_make_none(tmp_path: Path) -> None:
    found = made(tmp_path, {name: text for name, text in FOUR.items() if name != "ddd"}, today=TODAY)
    assert found.crowds == []


def test_days_gone_by_are_not_crowded(tmp_path: Path) -> None:
    found = made(tmp_path, FOUR, today=date(2027, 3, 20))
    assert found.crowded_days == [Days(day("2027-03-20"), day("2027-03-31"))]


def test_crowds_end_with_the_window(tmp_path: Path) -> None:
    found = made(tmp_path, FOUR, Wanted(start=date(2027, 3, 5), end=date(2027, 3, 9)), TODAY)
    assert found.crowded_days == [Days(day("2027-03-05"), day("2027-03-09"))]


def test_what_is_not_shown_still_counts(tmp_path: Path) -> None:
    found = made(tmp_path, {**FOUR, "aaa": FOUR["aaa"] + "themes: [gift]\n"}, Wanted(themes=("gift",)), TODAY)
    assert [item.id for item in found.rows] == ["aaa"]
    assert found.crowds[0].crowd.campaigns == ("aaa", "bbb", "ccc", "ddd")


def test_other_cities_are_not_looked_at(tmp_path: Path) -> None:
    wide = {name: text + 'regions: {include: ["510000"]}\n' for name, text in FOUR.items()}
    found = made(tmp_path, wide, Wanted(regions=(MIANYANG,)), TODAY)
    assert list(found.crowding.by_city) == [MIANYANG]


def test_cities_in_one_crowd_are_drawn_together(tmp_path: Path) -> None:
    wide = {name: text + 'regions: {include: ["510000"]}\n' for name, text in FOUR.items()}
    (shared,) = made(tmp_path, wide, today=TODAY).crowds
    assert shared.cities == catalogues().regions.masks["510000"]


def test_the_calendar_and_freq001_agree(tmp_path: Path) -> None:
    """Whatever makes a crowd for the one makes it for the other."""
    parent = 'period: {start: 2027-03-01, end: 2027-03-31}\nregions: {include: ["510000"]}\n'
    child = "parent: aaa\nperiod: {start: 2027-03-01, end: 2027-03-31}\n"
    cases: dict[str, dict[str, str]] = {
        "four": FOUR,
        "three and one online": {**FOUR, "ddd": FOUR["ddd"] + "channels: [app]\n"},
        "three and one retired": {**FOUR, "ddd": FOUR["ddd"] + "stage: retired\n"},
        "a child stands in for its parent": {**FOUR, "aaa": parent, "bbb": child},
        "a hall of its own each": {
            name: text + f"halls: [sc-cd-00{index}]\n" for index, (name, text) in enumerate(FOUR.items(), 1)
        },
        "three in one hall, one everywhere": {
            name: text + ("" if name == "ddd" else "halls: [sc-cd-001]\n") for name, text in FOUR.items()
        },
        "one elsewhere": {**FOUR, "ddd": FOUR["ddd"] + f'regions: {{include: ["{MIANYANG}"]}}\n'},
    }
    crowded = {}
    for name, specs in cases.items():
        folder = tmp_path / name
        found = made(folder, specs, today=TODAY)
        texts = {item: (folder / f"{item}.yaml").read_text(encoding="utf-8") for item in specs}
        report = check_specs(folder, texts, select=("FREQ001",), today=TODAY)
        crowded[name] = bool(found.crowds)
        assert crowded[name] == any(item.rule == "FREQ001" for item in report.findings), name
    assert [name for name, is_crowded in crowded.items() if is_crowded] == [
        "four", "three in one hall, one everywhere",
    ]  # fmt: skip


@st.composite
def portfolios(draw: st.DrawFn) -> list[Row]:
    """A few campaigns in two cities, some in named halls, some children of others."""
    masks = catalogues().regions.masks
    chengdu, mianyang = masks[CHENGDU], masks[MIANYANG]
    rows = []
    for index in range(draw(st.integers(1, 7))):
        first = draw(st.integers(-5, 12))
        rows.append(
            row(
                f"c{index}",
                first,
                first + draw(st.integers(0, 10)),
                cities=draw(st.sampled_from([chengdu, mianyang, chengdu | mianyang])),
                stage=draw(st.sampled_from(["draft", "launched", "retired"])),
                halls=draw(st.sampled_from([(), (), ("cd-1",), ("cd-1", "cd-2"), ("my-1",)])),
                channels=draw(st.sampled_from([("hall",), ("app", "hall"), ("app",)])),
                parent=draw(st.sampled_from([None, None, "c0", "c1"])) if index > 1 else None,
            )
        )
    return rows


HALLS = {"cd-1": CHENGDU, "cd-2": CHENGDU, "my-1": MIANYANG}


def counted(rows: list[Row], city: str, hall: str | None, ordinal: int) -> list[str]:
    """Who counts in a hall of a city on a day, told one by one; no hall is one that nobody names."""
    bit = catalogues().regions.masks[city]
    live = [
        item for item in rows if item.stage != "retired" and item.cities & bit
        and item.days.first <= ordinal <= item.days.last
    ]  # fmt: skip
    replaced = {item.parent for item in live if item.in_halls}
    return [
        item.id for item in live
        if item.id not in replaced and "hall" in item.channels and (not item.halls or hall in item.halls)
    ]  # fmt: skip


@given(portfolios(), st.integers(0, 3))
def test_every_day_in_every_hall_is_counted_right(rows: list[Row], limit: int) -> None:
    span = Days(FIRST, FIRST + 20)
    everywhere = catalogues().regions.masks[COUNTRY]
    found = find_crowds(rows, catalogues().regions, HALLS, lambda city: limit, span, everywhere)
    for city in (CHENGDU, MIANYANG):
        halls = [None, *(hall for hall, where in HALLS.items() if where == city)]
        crowds = found.by_city.get(city, ())
        for ordinal in range(span.first, span.last + 1):
            by_hall = [counted(rows, city, hall, ordinal) for hall in halls]
            most = max(map(len, by_hall))
            here = [crowd for crowd in crowds if crowd.days.first <= ordinal <= crowd.days.last]
            assert bool(here) == (most > limit)
            assert all(crowd.most >= most and crowd.limit == limit for crowd in here)
            full = {name for names in by_hall if len(names) > limit for name in names}
            marked = {
                item.id for item in rows
                for days in found.by_campaign.get((item.id, city), ()) if days.first <= ordinal <= days.last
            }  # fmt: skip
            assert marked == full
        for crowd in crowds:
            peaks = [
                max(len(counted(rows, city, hall, ordinal)) for hall in halls)
                for ordinal in range(crowd.days.first, crowd.days.last + 1)
            ]
            assert crowd.most == max(peaks)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6))))
def test_a_union_holds_the_same_days_in_the_fewest_periods(given: list[tuple[int, int]]) -> None:
    parts = [Days(first, first + length) for first, length in given]
    found = union(parts)
    days = {ordinal for part in parts for ordinal in range(part.first, part.last + 1)}
    assert {ordinal for part in found for ordinal in range(part.first, part.last + 1)} == days
    assert len(found) == sum(ordinal - 1 not in days for ordinal in days)
