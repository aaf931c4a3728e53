"""``campaigncheck calibrate --complaints`` as it is called: files, exit codes, what is said, and what a check makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.calibration.complaints_world import CLEAN, FAULTY, HEADER, complaint, write_specs
from tests.calibration.world import HEADER as TICKETS
from tests.calibration.world import HOURS, day_of_hours, rules_folder, ticket
from tests.cli.test_calibrate import Done, call, contents
from tests.cli.test_check import call as call_anything

GOLDEN = Path(__file__).parent / "golden" / "complaints"


def orders() -> str:
    """Return forty complaints about the price, ten about the cancelling, some late, some open, some bad."""
    lines = HEADER
    for at in range(40):
        day = f"2026-03-{at % 30 + 1:02}"
        closed = "" if at == 7 else f"{day}T20:00:00" if at % 13 else "2026-04-20T09:00:00"
        channel = "hall" if at % 5 == 0 else "hotline"
        lines += complaint(f"P{at:02}", opened=f"{day}T09:00:00", closed=closed, channel=channel)
    lines += "".join(complaint(f"K{at}", "clean", "cancel", closed="2026-03-05T10:00:00Z") for at in range(10))
    lines += complaint("Z0", "cleam") + complaint("Z1", topic="weather") + complaint("P01", "clean") + "Z2,clean"
    return lines


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository with two campaigns that are over, and complaints."""
    write_specs(tmp_path, {"faulty": FAULTY, "clean": CLEAN})
    (tmp_path / "complaints").mkdir()
    (tmp_path / "complaints" / "march.csv").write_text(orders(), encoding="utf-8")
    return tmp_path


def measure(home: Path, *arguments: str, seed: str = "0") -> Done:
    return call(home, "--complaints", "complaints", "-o", "out", *arguments, seed=seed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_the_golden_one(home: Path, lang: str) -> None:
    done = measure(home, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert done.out == (GOLDEN / f"report.{lang}.txt").read_text(encoding="utf-8")


def test_the_files_are_the_golden_ones(home: Path) -> None:
    assert measure(home).code == 0
    found = contents(home / "out")
    assert sorted(found) == ["complaints.csv", "complaints.json", "rejected-complaints.csv"]
    assert {name: (GOLDEN / name).read_bytes() for name in found} == found


def test_the_same_complaints_give_the_same_bytes(home: Path) -> None:
    first = measure(home)
    before = contents(home / "out")
    second = measure(home, "--complaints", "complaints/march.csv", seed="7")
    assert first == second
    assert contents(home / "out") == before
    assert sorted(item.name for item in home.iterdir()) == ["campaigns", "complaints", "out"]


def test_a_check_uses_what_was_measured_and_says_so(home: Path) -> None:
    assert measure(home).code == 0
    (home / "rules").mkdir()
    check = ("check", "campaigns", "--today", "2026-03-01", "--format", "json")
    (home / "campaigns" / "faulty.yaml").write_text(
        (home / "campaigns" / "faulty.yaml").read_text(encoding="utf-8").replace("stage: retired", "stage: launched"),
        encoding="utf-8",
    )
    before = shares(call_anything(*check, cwd=home).stdout)
    (home / "rules" / "complaints.csv").write_bytes((home / "out" / "complaints.csv").read_bytes())
    after = shares(call_anything(*check, cwd=home).stdout)
    written = (home / "out" / "complaints.csv").read_text(encoding="utf-8").splitlines()[1:]
    rates = {line.split(",")[0]: round(float(line.split(",")[3]), 3) for line in written}
    assert {source for _, source in before.values()} == {"assumed"}
    assert {rule: rate for rule, (rate, source) in after.items() if source == "measured"} == pytest.approx(
        rates, abs=2e-3
    )
    assert after["SAFE001"][0] < before["SAFE001"][0]


def shares(report: str) -> dict[str, tuple[float, str]]:
    campaigns = json.loads(report)["campaigns"]
    (faulty,) = (item for item in campaigns if item["id"] == "faulty")
    return {item["rule"]: (item["complaints_of_10000"], item["rate"]) for item in faulty["aftercare"]["findings"]}


def test_tickets_and_complaints_go_together(home: Path) -> None:
    rules_folder(home, hours=HOURS + day_of_hours("sc-cd-001") + day_of_hours("sc-cd-002"))
    (home / "tickets.csv").write_text(TICKETS + ticket("A1", 0) + ticket("A2", 5), encoding="utf-8")
    done = call(home, "tickets.csv", "--complaints", "complaints", "-o", "out", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert sorted(contents(home / "out")) == [
        "calibration.json", "complaints.csv", "complaints.json", "network/halls.csv", "network/hours.csv", "rejected-complaints.csv",
        "rejected.csv",
    ]  # fmt: skip
    tickets, complaints = done.out.split("\n\n")
    assert tickets.startswith("Read 1 files with 2 tickets: 2 used")
    assert complaints.startswith("Read 1 files with 54 complaints: 50 used")
    assert done.out.splitlines()[-1].startswith("Written to out: network/halls.csv, ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out"], "error: nothing says where the tickets are"),
        (["--complaints", "nowhere", "-o", "out"], "error: there is no such path: nowhere"),
        (["--complaints", "empty", "-o", "out"], "error: there are no complaints in empty"),
        (["--complaints", "complaints", "-o", "complaints"], "error: complaints holds other files: march.csv"),
        (["--complaints", "complaints", "-o", "out", "--opening", "8-20"], "error: --opening is about tickets, and there are none"),
        (["--complaints", "complaints", "-o", "out", "--campaigns", "empty"], "error: no campaign is known"),
        (["--complaints", "complaints", "-o", "out", "--master", "x"], "error: --master goes with --engine spark only"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_nothing_is_written(home: Path, arguments: list[str], message: str) -> None:
    (home / "empty").mkdir()
    done = call(home, *arguments, "--lang", "en")
    assert done.code == 2
    assert message in done.err
    assert done.out == ""
    assert not (home / "out").exists()
