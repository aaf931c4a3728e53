"""``campaigncheck calibrate`` as it is called: files, exit codes, what is said where."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from campaigncheck.rulekit.sample import complete
from tests.calibration.world import HEADER, HOURS, day_of_hours, rules_folder, ticket

DAYS = [f"2027-01-{day:02}" for day in (5, 6, 7)]
GOLDEN = Path(__file__).parents[1] / "calibration" / "golden"


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


SPEC = """
id: sc-x
period: {start: 2027-01-05, end: 2027-01-31}
regions: {include: ["510100"]}
channels: [hall]
handling: {steps: [verify_identity, explain_offer, sign, pay]}
demand: {uptake: 2000}
"""


def queue() -> str:
    """Return the tickets of two counters on three days: one every two and a half minutes, a third of a campaign."""
    lines = ""
    for day in DAYS:
        free = [0, 0]
        for at in range(200):
            taken, served = at * 5 // 2, (3, 7, 4, 5, 3)[at % 5]
            counter = free.index(min(free))
            called = max(taken, free[counter])
            free[counter] = called + served
            cells = {"transaction": ("sim", "new_plan")[at % 2], "campaign": "" if at % 3 else "sc-x"}
            group = "other" if at % 4 else "premium"
            lines += ticket(f"A{at}", taken, day=day, wait=called - taken, served=served, group=group, **cells)
    return lines


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository with two halls and a campaign, and the tickets of one hall; two rows are bad."""
    rules_folder(tmp_path, hours=HOURS + day_of_hours("sc-cd-001") + day_of_hours("sc-cd-002"))
    bad = ticket("B1", 5, hall="sc-cd-009") + ticket("B2", 6, served=0).replace("T09:06:00", "T01:06:00Z", 1)
    (tmp_path / "tickets").mkdir()
    (tmp_path / "tickets" / "january.csv").write_text(HEADER + queue() + bad, encoding="utf-8")
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "sc-x.yaml").write_text(complete(SPEC), encoding="utf-8")
    return tmp_path


def call(folder: Path, *arguments: str, seed: str = "0", code: str | None = None) -> Done:
    """Run the command; ``code`` is run before it in the same process."""
    program = (
        ["-m", "campaigncheck"] if code is None else ["-c", f"{code}\nfrom campaigncheck.cli.main import main; main()"]
    )
    command = [sys.executable, *program, "calibrate", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "UTC" if seed == "0" else "America/New_York"}
    result = subprocess.run(command, cwd=folder, capture_output=True, env=environment)
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder by its path."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_the_golden_one(home: Path, lang: str) -> None:
    done = call(home, "tickets", "-o", "out", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert done.out == (GOLDEN / f"report.{lang}.txt").read_text(encoding="utf-8")


def test_the_files_are_the_golden_ones(home: Path) -> None:
    assert call(home, "tickets", "-o", "out").code == 0
    found = contents(home / "out")
    assert found.pop("network/halls.csv") == (home / "rules" / "network" / "halls.csv").read_bytes()
    assert {name: (GOLDEN / Path(name).name).read_bytes() for name in found} == found
    assert sorted(found) == ["calibration.json", "network/hours.csv", "rejected.csv", "steps.yaml"]


def test_the_same_tickets_give_the_same_bytes(home: Path) -> None:
    first = call(home, "tickets", "-o", "out")
    before = contents(home / "out")
    second = call(home, "tickets/january.csv", "tickets", "-o", "out", seed="7")
    assert first == second
    assert contents(home / "out") == before
    assert sorted(item.name for item in home.iterdir()) == ["campaigns", "out", "rules", "tickets"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tickets"], "Missing option '-o'"),
        (["-o", "out"], "error: nothing says where the tickets are"),
        (["nowhere", "-o", "out"], "error: there is no such path: nowhere"),
        (["rules", "-o", "out"], "error: rules/network/halls.csv lacks the columns ticket, class, transaction, taken, called, finished"),
        (["tickets", "-o", "rules"], "error: rules holds other files: extra.yaml"),
        (["tickets", "-o", "tickets/january.csv"], "error: tickets/january.csv is a file, not a folder"),
        (["tickets", "-o", "out", "--master", "local[2]"], "error: --master goes with --engine spark only"),
        (["tickets", "-o", "out", "--opening", "20-8"], "error: “20-8” are no opening hours"),
        (["tickets", "-o", "out", "--opening", "9"], "error: “9” are no opening hours"),
        (["tickets", "-o", "out", "--rules", "no"], "error: there is no rules folder no"),
        (["tickets", "-o", "out", "--campaigns", "no"], "error: there is no such path: no"),
        (["tickets", "-o", "out", "--opening", "1-2"], "error: of 602 tickets none can be used: unknown hall 1"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_nothing_is_written(home: Path, arguments: list[str], message: str) -> None:
    if arguments[-1] == "rules":
        (home / "rules" / "overlays").mkdir()
        (home / "rules" / "README.md").touch()
        message = message.replace("extra.yaml", "README.md, overlays")
    done = call(home, *arguments, "--lang", "en")
    assert done.code == 2
    assert message in done.err
    assert done.out == ""
    assert not (home / "out").exists()


@pytest.mark.parametrize("missing", ["ibis", "duckdb", "pyarrow"])
def test_a_missing_extra_says_how_to_install_it(home: Path, missing: str) -> None:
    hide = f"""
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name == {missing!r} else found(name, *rest)
import sys
sys.argv[0] = "campaigncheck"
"""
    done = call(home, "tickets", "-o", "out", code=hide)
    assert done.code == 2
    assert "pip install 'campaigncheck[calibrate]'" in done.err


def test_spark_that_is_not_installed_says_how_to_install_it(home: Path) -> None:
    done = call(home, "tickets", "-o", "out", "--engine", "spark", code="import sys; sys.modules['pyspark'] = None")
    assert done.code == 2
    assert "pip install 'campaigncheck[spark]'" in done.err
    assert not (home / "out").exists()


def test_a_folder_with_an_earlier_result_is_replaced_as_a_whole(home: Path) -> None:
    (home / "out" / "network").mkdir(parents=True)
    (home / "out" / "steps.yaml").write_text("old", encoding="utf-8")
    (home / "campaigns" / "sc-x.yaml").unlink()
    assert call(home, "tickets", "-o", "out", "--campaigns", "campaigns").code == 0
    assert "steps.yaml" not in contents(home / "out")


def test_what_cannot_be_written_leaves_everything_as_it_was(home: Path) -> None:
    (home / "full").write_text("a file", encoding="utf-8")
    done = call(home, "tickets", "-o", "full/out", "--lang", "en")
    assert done.code == 2
    assert "error: full/out cannot be written" in done.err
    assert (home / "full").read_text(encoding="utf-8") == "a file"


def test_a_rules_folder_can_take_what_was_written(home: Path) -> None:
    assert call(home, "tickets", "-o", "out").code == 0
    for file in (home / "out" / "network").iterdir():
        (home / "rules" / "network" / file.name).write_bytes(file.read_bytes())
    assert call(home, "tickets", "-o", "again").code == 0
    assert contents(home / "out")["network/hours.csv"] == contents(home / "again")["network/hours.csv"]


def test_help_and_check_do_not_import_what_only_calibrate_needs() -> None:
    code = "import sys; import campaigncheck.cli.calibrate; print(sorted({'ibis', 'duckdb', 'pyarrow', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
