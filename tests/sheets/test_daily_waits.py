"""How long people wait, on a daily sheet: words, figures, and the halls of which nothing can be told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.boundary import OK, USAGE
from campaigncheck.cli.daily import Asked, make_daily
from campaigncheck.cli.daily_waits import waits_in
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.forecast.model import foresee
from campaigncheck.forecast.places import write
from campaigncheck.messages import LANGS, Lang
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets.daily import data, html
from campaigncheck.sheets.daily.build import build
from campaigncheck.sheets.daily.model import Daily
from campaigncheck.sheets.daily.place import find_place
from campaigncheck.sheets.daily.waits import HallWaits, Hour, Instead, minutes
from tests.sheets.pages import PAYLOADS, Parsed
from tests.sheets.test_daily_golden import SHEETS

NETWORK = Path(__file__).parent / "daily_golden" / "rules" / "network"
SPEC = """id: {id}
title: {id}
stage: launched
period: {{start: 2027-03-01, end: 2027-03-26}}
regions: {{include: ["510100"]}}
channels: [hall]
handling: {{steps: [verify_identity, explain_offer, sign]}}
demand: {{uptake: {uptake}, enquiries: 0.3, channel_share: {{hall: 1}}}}
"""
WORKDAY, SATURDAY, EDGE = date(2027, 3, 10), date(2027, 3, 13), date(2027, 3, 2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a network of seven halls, and a campaign that draws people to them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(NETWORK, tmp_path / "rules" / "network")
    spec(tmp_path, "crowd", 700)
    return tmp_path


def spec(folder: Path, name: str, uptake: int) -> None:
    (folder / "campaigns").mkdir(exist_ok=True)
    text = complete(SPEC.format(id=name, uptake=uptake))
    (folder / "campaigns" / f"{name}.yaml").write_text(text, encoding="utf-8")


def table(folder: Path, name: str, old: str, new: str) -> None:
    """Change a table of the network."""
    path = folder / "rules" / "network" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(folder: Path, today: date = EDGE) -> Run:
    files = RuleFiles.at(folder / "rules")
    specs = [SpecFile(str(path), path.name, True) for path in sorted((folder / "campaigns").glob("*.yaml"))]
    return run_with(Knowledge.of(files, TABLES), Job(specs, files, Selection(("SPEC",)), today))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run of a repository with two campaigns, cleared for use."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(NETWORK, folder / "rules" / "network")
    spec(folder, "crowd", 700)
    spec(folder, "second", 300)
    return checked(folder)


def sheet(done: Run, where: str, on: date = WORKDAY, today: date = EDGE) -> Daily:
    place = find_place(where, done.catalogues)
    return build(done, place, on, today, (), waits_in(done, place, on, today))


def waits(done: Run, where: str, on: date = WORKDAY) -> dict[str, HallWaits]:
    return {item.hall: item for item in sheet(done, where, on).waits}


def page(done: Run, where: str, on: date = WORKDAY, lang: Lang = "zh") -> Parsed:
    return Parsed(html.write(sheet(done, where, on), lang))


def made(where: str) -> tuple[int, list[dict[str, Any]]]:
    """Make a sheet by the command, and return the exit code and what is told of waits."""
    code = make_daily(Asked(where, WORKDAY, EDGE, Path("out"), (), "rules", ("json",)), "zh")
    return code, json.loads(Path(f"out/daily-{where}-{WORKDAY}.json").read_text(encoding="utf-8"))["waits"]


DAYS = (EDGE, WORKDAY, SATURDAY, date(2027, 3, 26))


def test_the_figures_are_those_of_the_forecast(run: Run) -> None:
    there = Portfolio.of((item.entry for item in run.examined if item.entry), run.catalogues.regions)
    foreseen = foresee(there, run.catalogues, EDGE.toordinal(), frozenset(there.by_id))
    halls = {item["hall"]: item for item in json.loads(write(foreseen, run.catalogues))["halls"]}
    compared = 0
    for on in DAYS:
        told = json.loads(data.write(sheet(run, "成都市", on), "zh"))["waits"]
        assert [item["hall"] for item in told] == [f"sc-cd-00{number}" for number in range(1, 8)]
        for item in told:
            at = halls.get(item["hall"], {"dates": {}})["dates"].get(str(on))
            day = {"quiet": [], "hours": []} if at is None else halls[item["hall"]]["days"][at]
            assert as_forecast(item) == day
            assert (item["untold"] is None) == bool(day["hours"])
            compared += len(day["hours"])
        only = json.loads(data.write(sheet(run, "sc-cd-001", on), "zh"))["waits"]
        assert only == [item for item in told if item["hall"] == "sc-cd-001"]
    assert compared == 10 * (5 + 4 + 6 + 4)  # hours, and halls that are open on each of the days


def as_forecast(item: dict[str, Any]) -> dict[str, Any]:
    """What a sheet tells of a hall, as the forecast does."""
    hours = [{**hour, "instead": [it["id"] for it in hour["instead"]]} for hour in item["hours"]]
    return {
        "quiet": item["quiet"],
        "hours": [{name: value for name, value in hour.items() if name != "instead" or value} for hour in hours],
    }


def test_of_each_hall_that_has_no_figures_it_is_said_why(run: Run) -> None:
    untold = {hall: item.untold for hall, item in waits(run, "成都市").items()}
    assert untold == {
        "sc-cd-001": None, "sc-cd-002": None, "sc-cd-003": None, "sc-cd-004": None,
        "sc-cd-005": "no_rows", "sc-cd-006": "closed", "sc-cd-007": "faulty",
    }  # fmt: skip
    saturday = waits(run, "成都市", SATURDAY)
    assert [hall for hall, item in saturday.items() if item.untold] == ["sc-cd-005"]


@pytest.mark.parametrize(
    ("where", "on", "zh", "en"),
    [
        ("sc-cd-005", WORKDAY, "没有排队数据（hours.csv），不知道要等多久。", "No waits: there are no data of queues (hours.csv)."),
        ("sc-cd-006", WORKDAY, "这一天不营业。", "Not open on this day."),
        ("sc-cd-007", WORKDAY, "排队数据（hours.csv）有错，要等多久没有算。", "No waits: the data of queues (hours.csv) have faults."),
        ("sc-cd-001", date(2027, 3, 1), "这一天已经过去，不再预计要等多久。", "No waits: the day has gone by."),
        ("成都市", date(2027, 3, 1), "这一天已经过去，不再预计要等多久。", "No waits: the day has gone by."),
    ],
)  # fmt: skip
def test_one_line_where_nothing_can_be_told(run: Run, where: str, on: date, zh: str, en: str) -> None:
    said: tuple[tuple[Lang, str], ...] = (("zh", zh), ("en", en))
    for lang, words in said:
        found = page(run, where, on, lang)
        assert words in found.text
        assert not [tag for tag, attributes in found.elements if "waits" in str(dict(attributes).get("class"))]


def test_faulty_rows_are_told_and_take_out_only_their_halls(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = made("sc-cd-001")
    assert (code, told[0]["untold"]) == (USAGE, None)
    assert "hours.csv:135:24 错误：" in capsys.readouterr().err
    table(home, "hours.csv", ",many,", ",4.0,")
    code, told = made("sc-cd-007")
    assert (code, told[0]["untold"], capsys.readouterr().err) == (OK, None, "")


def test_a_hall_that_faulty_rows_hide_is_refused_with_these_rows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(home, "halls.csv", "sc-cd-004,红牌楼营业厅,510107", "sc-cd-004,红牌楼营业厅,519999")
    with pytest.raises(UsageError) as refused:
        made("sc-cd-004")
    assert refused.value.message.render("zh") == "没有叫“sc-cd-004”的营业厅或城市"
    assert "rules/network/halls.csv:5:" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_day_without_campaigns_has_the_waits_of_those_who_always_come(run: Run) -> None:
    after = date(2027, 4, 14)
    busy, usual = (waits(run, "sc-cd-001", day)["sc-cd-001"] for day in (WORKDAY, after))
    assert sheet(run, "sc-cd-001", after).cards == ()
    assert [item.hour for item in usual.hours] == list(range(9, 19))
    assert all(less.other < more.other for less, more in zip(usual.hours, busy.hours, strict=True))
    assert (usual.hours[2].premium, usual.hours[2].other) == (1.8, 36.9)


def test_of_a_network_without_hours_nothing_is_said(home: Path) -> None:
    (home / "rules" / "network" / "hours.csv").unlink()
    assert made("sc-cd-001") == (OK, [])
    assert "要等多久" not in page(checked(home), "sc-cd-001").text


def test_where_only_other_cities_have_hours_a_hall_says_that_it_has_none(home: Path) -> None:
    table(home, "halls.csv", "sc-cd-005,新开的营业厅,510107", "sc-my-001,涪城营业厅,510703")
    done = checked(home)
    (only,) = sheet(done, "绵阳市").waits
    assert only == HallWaits("sc-my-001", "涪城营业厅", False, (), "no_rows")
    assert sheet(done, "上海市").waits == ()


def test_campaigns_that_may_not_be_used_are_said_to_be_counted(home: Path, run: Run) -> None:
    said = "它们要来的客户也算在里面"
    assert said not in page(run, "sc-cd-001").text
    spec(home, "second", 300)
    path = home / "campaigns" / "crowd.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("stage: launched", "stage: testing"), encoding="utf-8")
    found = sheet(checked(home), "sc-cd-001")
    assert said in html.write(found, "zh")
    assert found.waits == sheet(run, "sc-cd-001").waits


def test_what_nobody_measured_is_marked(home: Path, run: Run) -> None:
    assert "这个厅的来客、柜台和办理时间没有人量过，这些分钟数是估计。" in page(run, "sc-cd-003").text
    city = page(run, "成都市").text
    assert "写着“估计”的厅，来客、柜台和办理时间没有人量过。" in city
    assert "火车北站营业厅 估计" in city
    assert "（火车北站营业厅没有人量过，是估计）" in page(run, "sc-cd-001").text
    table(home, "hours.csv", ",measured", ",assumed")
    assert "Nobody has measured who comes to these halls" in page(checked(home), "成都市", lang="en").text


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_name_of_a_hall_is_text_and_nothing_else(name: str, lang: Lang) -> None:
    def made_with(called: str) -> tuple[Parsed, Any]:
        there = HallWaits("x", called, True, (Hour(9, True, 1.0, 9.0, (Instead("y", called, True),)),))
        waits = (there, there._replace(hours=(), untold="closed"), hall((9, True, 9.0)))
        daily = replace(SHEETS["busy_city"](), waits=waits)
        return Parsed(html.write(daily, lang)), json.loads(data.write(daily, lang))["waits"]

    (plain, _), (found, told) = made_with("某厅"), made_with(name)
    assert found.shape == plain.shape
    assert found.faults == []
    assert told[0]["name"] == told[0]["hours"][0]["instead"][0]["name"]
    assert found.text.count(told[0]["name"]) >= plain.text.count("某厅") == 4
    assert told[0]["name"] in told[0]["say"][0]["words"]


def test_the_forecast_is_loaded_only_where_there_are_hours(home: Path) -> None:
    script = """
import sys
from datetime import date
from pathlib import Path
from campaigncheck.cli.daily import Asked, make_daily
day = date(2027, 3, 10)
make_daily(Asked("sc-cd-001", day, day, Path("out"), (), "rules"), "zh")
print([name for name in sys.modules if name.startswith("campaigncheck.forecast")])
"""
    (home / "rules" / "network" / "hours.csv").unlink()
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


NEAR = (Instead("b", "乙厅", False), Instead("c", "丙厅", True))


def hall(*figures: tuple[int, bool, float], instead: tuple[Instead, ...] = ()) -> HallWaits:
    """A hall with hours: which, whether it is busy, how long people wait."""
    return HallWaits(
        "a", "甲厅", False, tuple(Hour(at, busy, 1.0, wait, instead if busy else ()) for at, busy, wait in figures)
    )


@pytest.mark.parametrize(
    ("given_hall", "zh", "en"),
    [
        (
            hall((9, False, 0.4), (10, True, 11.2), (11, True, 36.5), (12, False, 20.0), (13, False, 4.0), instead=NEAR),
            "现在人多，大约要等 11 到 37 分钟；13 点以后来，等得短；附近的乙厅、丙厅更快。",
            "It is busy now: about 11 to 37 min to wait; shorter after 13:00; quicker nearby: 乙厅, 丙厅.",
        ),
        (
            hall((10, True, 4.4), (11, False, 1.0), (12, False, 2.2), (13, False, 4.0)),
            "现在人多，大约要等 4 分钟；11 点到 13 点来，等得短。",
            "It is busy now: about 4 min to wait; shorter from 11:00 to 13:00.",
        ),
        (hall((10, True, 5.0), (11, False, 3.1)), "现在人多，大约要等 5 分钟。", "It is busy now: about 5 min to wait."),
    ],
)  # fmt: skip
def test_what_is_said(given_hall: HallWaits, zh: str, en: str) -> None:
    (only,) = given_hall.say
    assert (only.words.render("zh"), only.words.render("en")) == (zh, en)


def test_nothing_is_said_where_waits_are_short_and_nothing_better_can_be_offered() -> None:
    assert hall((10, True, 4.9), (11, False, 2.6)).say == ()
    assert hall((10, True, 1.9), (11, False, 0.0), instead=NEAR).say == ()
    assert hall((10, False, 9.0)).say == ()


def test_hours_with_other_halls_to_go_to_or_a_break_between_are_told_apart() -> None:
    hours = (
        Hour(9, True, 1.0, 8.0, NEAR), Hour(10, True, 1.0, 9.0, NEAR), Hour(11, True, 1.0, 9.0, NEAR[:1]),
        Hour(14, True, 1.0, 9.0, NEAR[:1]),
    )  # fmt: skip
    told = HallWaits("a", "甲厅", False, hours).say
    assert [(item.begin, item.end, item.assumed) for item in told] == [
        (9, 11, ("丙厅",)), (11, 12, ()), (14, 15, ()),
    ]  # fmt: skip
    assert [item.hours.render("zh") for item in told] == ["9 点到 11 点", "11 点到 12 点", "14 点到 15 点"]
    assert told[0].hours.render("en") == "9:00–11:00"


def test_quiet_hours_with_a_queue_left_over_are_not_recommended() -> None:
    found = hall((9, False, 1.0), (10, True, 48.0), (11, False, 30.0), (12, False, 24.0), (13, False, 3.0))
    assert found.quiet == (9, 11, 12, 13)
    assert [item.render("zh") for item in found.quiet_hours] == ["9 点到 10 点", "12 点到 14 点"]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "<1"), (0.9, "<1"), (1.0, "1"), (1.4, "1"), (1.5, "2"), (2.5, "3"), (119.6, "120")]
)
def test_minutes_are_whole(value: float, shown: str) -> None:
    assert minutes(value) == shown


FIGURES = st.lists(st.tuples(st.booleans(), st.floats(0, 90).map(lambda it: round(it, 1))), min_size=1, max_size=12)


@given(FIGURES)
def test_what_is_said_is_about_busy_hours_and_better_hours_are_quiet(figures: list[tuple[bool, float]]) -> None:
    day = hall(*((9 + at, busy, wait) for at, (busy, wait) in enumerate(figures)))
    told = [hour for item in day.say for hour in range(item.begin, item.end)]
    assert told == sorted(set(told))
    for hour in told:
        assert day.by_hour[hour].busy
        assert day.by_hour[hour].other >= 2
    long = [item.hour for item in day.hours if item.busy and item.other >= 5]
    assert set(long) <= set(told)
