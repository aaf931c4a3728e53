"""The page, the pictures and the quiet hours as ``campaigncheck forecast`` writes them: files, exit codes, what is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.calendar.repositories import write_specs

SPEC = """period: {start: 2027-03-01, end: 2027-03-14}
regions: {include: ["510000"]}
channels: [hall]
handling: {steps: [verify_identity, explain_offer, sign]}
demand: {uptake: 4000, enquiries: 0.5, channel_share: {hall: 1}}
"""
HALLS = "hall,name,region\nh/1,成都<b>厅,510104\n..,绵阳厅,510703\nH2,德阳厅,510600\n"
HOURS = "hall,day_type,hour,counters,arrivals_premium,arrivals_other,service_mean,service_scv\n"
PEOPLE = {9: 8, 10: 22, 11: 12}
DRAWN = [
    "counter-spring.svg", "days-2027-03.svg", "hours-5ec1f7e700-2027-03-01.svg",
    "hours-h-1-7dd9dec74f-2027-03-01.svg", "hours-h2-ae1a64d34d-2027-03-01.svg", "stress-spring.svg",
]  # fmt: skip


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository of a campaign and three halls, the names of which are those of paths."""
    write_specs(tmp_path / "campaigns", {"spring": SPEC})
    network = tmp_path / "rules" / "network"
    network.mkdir(parents=True)
    rows = [
        f"{hall},{day},{hour},2,{people / 5},{people * 4 / 5},4.5,0.8\n"
        for hall in ("h/1", "..", "H2")
        for day in ("workday", "weekend", "holiday", "month_edge")
        for hour, people in PEOPLE.items()
    ]
    (network / "halls.csv").write_text(HALLS, encoding="utf-8")
    (network / "hours.csv").write_text(HOURS + "".join(rows), encoding="utf-8")
    return tmp_path


def call(folder: Path, *arguments: str, seed: str = "0") -> Done:
    command = [sys.executable, "-m", "campaigncheck", "forecast", "--today", "2027-03-01", "--lang", "en", *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in sorted(folder.iterdir())}


def test_pictures_are_written_into_the_folder_and_nowhere_else(home: Path) -> None:
    before = {path for path in home.parent.rglob("*") if "__pycache__" not in path.parts}
    done = call(home, "--stress", "--pictures", "new/pictures")
    assert (done.code, done.err) == (0, "Pictures written to new/pictures: 6.\n")
    assert list(contents(home / "new" / "pictures")) == DRAWN
    made = {path for path in home.parent.rglob("*") if "__pycache__" not in path.parts} - before
    assert made == {home / "new", home / "new" / "pictures", *(home / "new" / "pictures" / name for name in DRAWN)}


def test_the_same_bytes_each_time_in_every_format(home: Path) -> None:
    outputs = ("--format", "html:p.html,halls:h.json", "--picture-format", "svg,png", "--stress")
    found = []
    for seed in ("1", "2"):
        (home / seed).mkdir()
        assert call(home, *outputs, "--pictures", seed, seed=seed).code == 0
        found.append([contents(home / seed), (home / "p.html").read_bytes(), (home / "h.json").read_bytes()])
    assert found[0] == found[1]
    assert len(contents(home / "1")) == 2 * len(DRAWN)


def test_the_page_shows_names_as_text(home: Path) -> None:
    done = call(home, "--format", "html", "--stress")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<!DOCTYPE html>\n")
    assert "成都&lt;b&gt;厅" in done.out
    assert "成都<b>厅" not in done.out


def test_quiet_hours_are_those_below_the_halls_own_mean(home: Path) -> None:
    done = call(home, "--format", "halls")
    halls = json.loads(done.out)["halls"]
    assert [hall["hall"] for hall in halls] == ["h/1", "H2", ".."]
    assert all(len(hall["dates"]) == 14 for hall in halls)
    assert all(day["quiet"] == [9, 11] for hall in halls for day in hall["days"])


def test_fewer_halls_are_shown_when_told_so_and_that_is_said(home: Path) -> None:
    done = call(home, "--top", "1", "--pictures", "p")
    assert "The 1 tightest halls are drawn, 2 are not; --top draws more.\n" in done.err
    assert sum(name.startswith("hours-") for name in contents(home / "p")) == 1


def test_pictures_of_before_are_named(home: Path) -> None:
    (home / "p").mkdir()
    (home / "p" / "hours-old-2026-01-01.svg").write_text("old", encoding="utf-8")
    (home / "p" / "notes.txt").write_text("mine", encoding="utf-8")
    done = call(home, "--pictures", "p")
    assert "p holds pictures that were not written now and may be out of date: hours-old-2026-01-01.svg\n" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--picture-format", "svg"), "--picture-format is given, but no folder"),
        (("--pictures", "p", "--picture-format", "gif"), "no pictures of the kind “gif”"),
        (("--pictures", "campaigns/spring.yaml"), "campaigns/spring.yaml is a file, not a folder"),
        (("--top", "0"), "--top"),
        (("--format", "svg"), "there is no format “svg”"),
    ],
)
def test_wrong_usage_is_refused_before_any_work(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = call(home, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (home / "p").exists()


def test_without_halls_only_times_at_the_counter_are_drawn_and_that_is_said(home: Path) -> None:
    shutil.rmtree(home / "rules" / "network")
    done = call(home, "--pictures", "p")
    said = "Pictures written to p: 1.\nThere is no hall to foresee, so only times at the counter are drawn.\n"
    assert (done.code, done.err) == (0, said)
    assert list(contents(home / "p")) == ["counter-spring.svg"]


def test_of_slow_campaigns_the_slowest_are_drawn_and_the_others_counted(home: Path) -> None:
    write_specs(home / "campaigns", {f"c{number:02}": SPEC for number in range(13)})
    done = call(home, "--pictures", "p")
    assert "Of times at the counter the 12 slowest campaigns are drawn, 2 are not.\n" in done.err
    assert sum(name.startswith("counter-") for name in contents(home / "p")) == 12


def test_without_halls_and_steps_no_picture_is_written_and_that_is_said(home: Path) -> None:
    shutil.rmtree(home / "rules" / "network")
    steps = "handling: {steps: [verify_identity, explain_offer, sign]}\n"
    write_specs(home / "campaigns", {"spring": SPEC.replace(steps, "")})
    done = call(home, "--pictures", "p")
    assert (done.code, done.err) == (0, "There is no hall to foresee, so no picture is written.\n")
    assert not (home / "p").exists()
