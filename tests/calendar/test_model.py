"""What is shown: filters, the window, groups, holidays, and what cannot be shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.calendar import words
from campaigncheck.calendar.wanted import LONGEST, Wanted
from campaigncheck.engine.errors import UsageError
from tests.calendar.repositories import TODAY, calendar, catalogues, golden, loaded, made


def ids(wanted: Wanted) -> list[str]:
    return [row.id for row in golden(wanted).rows]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Wanted(), "router family autumn-plan autumn-plan points"),
        (Wanted(regions=("510700",)), "family autumn-plan points"),
        (Wanted(regions=("510703",)), "family autumn-plan points"),
        (Wanted(regions=("510100",)), "router family autumn-plan autumn-plan points"),
        (Wanted(regions=("330000", "513200")), "family"),
        (Wanted(themes=("autumn",)), "autumn-plan points"),
        (Wanted(themes=("points", "family")), "family points"),
        (Wanted(stages=("draft", "launched")), "router points"),
        (Wanted(stages=("retired",)), "video"),
        (Wanted(start=date(2027, 11, 1)), "family"),
        (Wanted(end=date(2027, 8, 31)), "router family"),
        (Wanted(start=date(2027, 10, 31), end=date(2027, 10, 31)), "family autumn-plan"),
        (Wanted(start=date(2027, 10, 1), end=date(2027, 10, 31)), "family autumn-plan autumn-plan points"),
    ],
)
def test_filters(wanted: Wanted, shown: str) -> None:
    assert " ".join(name.split("2027-")[-1] for name in ids(wanted)) == shown


def test_what_is_over_is_shown_when_the_window_holds_it(tmp_path: Path) -> None:
    specs = {
        "over": "period: {start: 2027-06-01, end: 2027-08-02}\n",
        "long-over": "period: {start: 2027-06-01, end: 2027-06-30}\n",
    }
    found = loaded(tmp_path, specs)
    assert [row.id for row in calendar(found).rows] == ["over"]  # today's month is shown from its first day
    assert [row.id for row in calendar(found, Wanted(start=date(2027, 6, 30))).rows] == ["long-over", "over"]
    assert [row.id for row in calendar(found, Wanted(end=date(2027, 6, 10))).rows] == ["long-over", "over"]


def test_the_window_is_this_month_to_the_last_day_unless_told() -> None:
    assert golden().window == Days.of(date(2027, 8, 1), date(2027, 12, 31))
    assert golden(Wanted(themes=("autumn",))).window == Days.of(date(2027, 8, 1), date(2027, 10, 31))
    told = Wanted(start=date(2027, 9, 3), end=date(2028, 2, 1))
    assert golden(told).window == Days.of(date(2027, 9, 3), date(2028, 2, 1))
    assert golden(Wanted(stages=("retired",))).window == Days.of(date(2027, 6, 1), date(2027, 9, 20))


def test_an_endless_campaign_does_not_make_an_endless_calendar(tmp_path: Path) -> None:
    found = made(tmp_path, {"endless": "period: {start: 2027-09-01, end: 2099-12-31}\n"})
    assert found.window.length <= LONGEST
    assert found.rows[0].days.end == date(2099, 12, 31)


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (Wanted(regions=("510199",)), "“510199”", "510"),
        (Wanted(regions=("成都屯",)), "“成都屯”", "510100 (成都市)"),
        (Wanted(regions=("xyz",)), "“xyz”", "000000 for the country"),
        (Wanted(themes=("autum",)), "“autum”", "autumn?"),
        (Wanted(themes=("zzz",)), "“zzz”", "autumn, broadband, family, plan, points, video."),
        (Wanted(stages=("retird",)), "“retird”", "retired?"),
        (Wanted(stages=("",)), "“”", "draft, testing"),
        (Wanted(start=date(2027, 9, 2), end=date(2027, 9, 1)), "2027-09-01", "Exchange"),
        (Wanted(start=date(2027, 9, 2), end=date(2047, 9, 1)), "20", f"{LONGEST} days"),
        (Wanted(start=date(2030, 1, 1)), "nothing to show", "earlier --from"),
        (Wanted(regions=("330000",), themes=("points",)), "nothing to show", "--theme"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_hint(wanted: Wanted, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        golden(wanted)
    assert message in refused.value.message.render("en")
    assert hint in refused.value.hint.render("en")


def test_a_former_code_leads_to_the_current_one() -> None:
    former = next(item for item in catalogues().former.values() if item.successors)
    with pytest.raises(UsageError) as refused:
        golden(Wanted(regions=(former.code,)))
    assert former.successors[0] in refused.value.hint.render("zh")


def test_what_cannot_be_understood_is_named_and_stops_nothing(tmp_path: Path) -> None:
    specs = {
        "good": "",
        "empty-period": "period: {start: 2027-09-02, end: 2027-09-01}\n",
        "nowhere": 'regions: {include: ["999999"]}\n',
        "half": 'regions: {include: ["510100", "999999"]}\n',
        "twice": "id: good\n",
        "wrong": "stage: nosuch\n",
    }
    found = loaded(tmp_path, specs)
    assert [row.id for row in found.rows] == ["good", "half"]
    said = [f"{remark.place} {remark.message.render('en')}" for remark in found.remarks]
    assert [line.split(" ")[0] for line in said] == [
        "campaigns/empty-period.yaml:2:34", "campaigns/half.yaml:2:31", "campaigns/nowhere.yaml:2:21",
        "campaigns/nowhere.yaml:2:10", "campaigns/twice.yaml", "campaigns/wrong.yaml:2:8",
    ]  # fmt: skip
    assert "ends before it starts" in said[0]
    assert "“999999”" in said[1]
    assert "its regions hold no city" in said[3]
    assert "campaigns/good.yaml" in said[4]


def test_nothing_that_can_be_read_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        made(tmp_path, {"wrong": "stage: nosuch\n"})
    assert "campaigncheck check" in refused.value.hint.render("en")


def test_groups_are_provinces_and_what_is_wider_comes_first() -> None:
    groups = [(code, [row.id for row in rows]) for code, rows in golden().groups()]
    assert [code for code, _ in groups] == [COUNTRY, "510000"]
    assert groups[1][1] == [
        "sc-cd-2027-router", "sc-2027-autumn-plan", "sc-cd-2027-autumn-plan", "sc-2027-points",
    ]  # fmt: skip


def test_holidays_are_runs_of_days_and_say_when_they_are_provisional() -> None:
    found = golden(Wanted(start=date(2026, 9, 20), end=date(2027, 10, 31))).holidays
    named = {(item.name, item.days.start): (item.days.length, item.provisional) for item in found}
    assert named["中秋节", date(2026, 9, 25)] == (3, False)
    assert named["国庆节", date(2027, 10, 1)] == (5, True)
    assert all(item.days.length >= 1 for item in found)


def test_places_are_the_shortest_true_names() -> None:
    regions = catalogues().regions
    sichuan = regions.masks["510000"]
    named = {
        "全国": regions.masks[COUNTRY],
        "四川省": sichuan,
        "四川省（不含成都市）": sichuan & ~regions.masks["510100"],
        "成都市、绵阳市": regions.masks["510100"] | regions.masks["510700"],
        "上海市、四川省": sichuan | regions.masks["310000"],
    }
    assert {words.places(mask, regions).render("zh"): mask for mask in named.values()} == named


def test_no_control_character_gets_into_a_calendar(tmp_path: Path) -> None:
    found = made(tmp_path, {"evil": 'title: "红\\u202e绿\\t\\x1b[31m"\n'}, today=date(2027, 3, 1))
    assert found.rows[0].title == "红�绿��[31m"


def test_today_is_only_a_day() -> None:
    assert golden().today == TODAY
