"""What commands do with a network that has faulty rows: results of the rest, marked, and an exit code that stops a gate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

from campaigncheck.catalogue.network import HALL_COLUMNS, HOTLINE_COLUMNS, HOUR_COLUMNS
from campaigncheck.engine.run import CHUNK
from campaigncheck.report.schema import report_schema
from tests.calendar.repositories import write_specs

GOLDEN = Path(__file__).parent / "golden"
SPEC = """period: {{start: 2027-03-01, end: 2027-03-14}}
regions: {{include: ["{region}"]}}
channels: [hall, hotline]
handling: {{steps: [verify_identity, explain_offer, sign]}}
demand: {{uptake: {uptake}, enquiries: 0.5, channel_share: {{hall: 0.8, hotline: 0.2}}}}
"""
HALLS = ("a1,天府路厅,510104", "a2,锦江厅,510105", "b1,涪城厅,510703", "b2,科学城厅,510703")
HOURS = [
    f"{hall},{kind},{hour},2,{hour % 3 + 1},{hour % 3 + 9},4.5,0.8,measured"
    for hall in ("a1", "a2", "b1")
    for kind in ("workday", "weekend", "month_edge")
    for hour in (9, 10, 11)
]
LINES = [f"510000,{kind},{hour},30,300,180" for kind in ("workday", "weekend", "month_edge") for hour in (9, 10, 11)]
FAULTY = {
    "hours.csv": [*HOURS[:4], "a1,weekend,10,2,2,１０,4.5,0.8,measured", *HOURS[5:19], *HOURS[20:], "b9,workday,9,2"],
    "hotline.csv": [LINES[0], "510000,workday,10,0,300,180", *LINES[2:]],
}


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


def write(folder: Path, faulty: bool) -> Path:
    """Write a repository of two campaigns and four halls, of which one has no hours."""
    town, hill = SPEC.format(region="510100", uptake=2000), SPEC.format(region="510700", uptake=6000)
    write_specs(folder / "campaigns", {"hill": hill, "town": town})
    network = folder / "rules" / "network"
    network.mkdir(parents=True)
    tables = {
        "halls.csv": (HALL_COLUMNS, HALLS),
        "hours.csv": (HOUR_COLUMNS, HOURS),
        "hotline.csv": (HOTLINE_COLUMNS, LINES),
    }
    for name, (columns, rows) in tables.items():
        content = FAULTY.get(name, rows) if faulty else rows
        (network / name).write_text("\n".join((",".join(columns), *content)) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The repository with faulty rows."""
    return write(tmp_path / "faulty", faulty=True)


def call(folder: Path, *arguments: str) -> Done:
    result = subprocess.run(
        [sys.executable, "-m", "campaigncheck", *arguments],
        cwd=folder, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False,
    )  # fmt: skip
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode(), result.stderr.decode())


CHECK = ("check", "--today", "2027-02-20", "--select", "WAIT")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_tells_the_faults_first_and_judges_the_rest(lang: str, home: Path) -> None:
    done = call(home, *CHECK, "--lang", lang)
    assert (done.code, done.err) == (2, "")
    assert done.out.split("\ncampaigns/")[0] == (GOLDEN / f"faulty.{lang}.txt").read_text(encoding="utf-8")


def test_json_has_the_faults_under_a_key_of_their_own(home: Path) -> None:
    done = call(home, *CHECK, "--format", "json", "--format", "json:report.json")
    report = json.loads(done.out)
    Draft202012Validator(report_schema()).validate(report)
    assert done.code == 2
    assert done.err.startswith("营业厅和热线的数据有 4 处错。")
    assert [
        (item["path"], item["line"], item["column"], item["end_column"]) for item in report["catalogue_problems"]
    ] == [
        ("rules/network/hotline.csv", 3, 19, 20), ("rules/network/hours.csv", 6, 19, 21),
        ("rules/network/hours.csv", 21, 12, 14), ("rules/network/hours.csv", 28, 1, 15),
    ]  # fmt: skip
    assert report["catalogue_problems"][1]["hint"] == "数字用半角：10。"
    assert (home / "report.json").read_text(encoding="utf-8") == done.out
    notes = [(item["campaign"], item["message"]) for item in report["findings"] if item["severity"] == "note"]
    assert notes == [
        ("hill", "有 1 个营业厅没有判断等候：科学城厅；hours.csv 里没有它们的数据（rules/network/halls.csv:5）"),
        ("hill", "有 1 个营业厅没有判断等候：涪城厅；它们的数据有错：rules/network/hours.csv:21"),
        ("hill", "没有判断热线接不接得过来：四川省；hotline.csv 里的数据有错：rules/network/hotline.csv:3"),
        ("town", "有 1 个营业厅没有判断等候：天府路厅；它们的数据有错：rules/network/hours.csv:6"),
        ("town", "没有判断热线接不接得过来：四川省；hotline.csv 里的数据有错：rules/network/hotline.csv:3"),
    ]


def test_what_is_found_elsewhere_is_found_all_the_same(home: Path, tmp_path: Path) -> None:
    def worst(folder: Path) -> list[str]:
        found = json.loads(call(folder, *CHECK, "--format", "json").out)["findings"]
        return [
            item["message"].split("，")[0] for item in found if item["rule"] == "WAIT002" and item["campaign"] == "town"
        ]

    whole = write(tmp_path / "whole", faulty=False)
    assert call(whole, *CHECK).code in (0, 1)
    assert worst(home) == worst(whole) == ["锦江厅 2027-03-04 11 点"]


def test_worker_processes_read_the_faulty_tables_as_well(home: Path) -> None:
    quiet = SPEC.format(region="330100", uptake=10)
    write_specs(home / "campaigns", {f"quiet-{number}": quiet for number in range(CHUNK)})
    assert call(home, *CHECK, "--jobs", "2") == call(home, *CHECK)


def test_forecast_is_written_in_full_and_marked(home: Path) -> None:
    done = call(home, "forecast", "--today", "2027-02-20", "--lang", "en", "--format", "text,html:f.html,json:f.json")
    assert done.code == 2
    assert done.err.startswith("Faults in the data of halls and hotlines: 4.")
    assert done.out.splitlines()[0].endswith("(halls left out: 3)")
    page = (home / "f.html").read_text(encoding="utf-8")
    assert "or that the day is left out since its data have faults" in page
    assert "halls left out, since their data have faults or are missing: 3" in page
    assert "rules/network/hours.csv:6:19" in page
    found = json.loads((home / "f.json").read_text(encoding="utf-8"))
    assert [(item["hall"], item["day_types"]) for item in found["left_out"]] == [
        ("a1", ["weekend"]), ("b1", ["workday"]), ("b2", ["workday", "weekend", "holiday", "month_edge"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rules", "WAIT001"), 0),
        (("--help",), 0),
        (("schema",), 0),
        (("calendar", "--today", "2027-02-20", "--format", "csv"), 0),
        (("faq", "-o", "out", "--today", "2027-02-20"), 2),
        (("suggest", "town", "--today", "2027-02-20"), 2),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_who_does_not_look_at_the_network_works_and_who_rests_on_it_stops(
    arguments: tuple[str, ...], code: int, home: Path
) -> None:
    done = call(home, *arguments)
    assert done.code == code
    assert ("rules/network/hours.csv:6:19 错误：" in done.err) == (code == 2)
    assert not (home / "out").exists()


def test_a_table_that_cannot_be_used_at_all_stops_everything(home: Path) -> None:
    (home / "rules" / "network" / "hours.csv").write_text("hall,hour\n", encoding="utf-8")
    done = call(home, *CHECK)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("rules/network/hours.csv:1:1 错误：表头应当是“hall,day_type,hour,")
