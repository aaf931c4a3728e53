"""``campaigncheck calendar`` as it is called: files, exit codes, what is said where."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from campaigncheck.catalogue.files import builtin_rules
from tests.calendar.repositories import write_specs

SPECS = {
    "one": 'title: 甲\nthemes: [points]\nregions: {include: ["510100"]}\n',
    "two": 'title: 乙\nthemes: [gift]\nregions: {include: ["510700"]}\n',
}


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository of two campaigns."""
    write_specs(tmp_path / "campaigns", SPECS)
    return tmp_path


def call(folder: Path, *arguments: str, seed: str = "0") -> Done:
    command = [sys.executable, "-m", "campaigncheck", "calendar", "--today", "2027-03-01"]
    result = subprocess.run(
        [*command, "--rules", str(builtin_rules()), *arguments],
        cwd=folder, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def names(folder: Path) -> list[str]:
    """Every file in a folder, hidden ones too."""
    return sorted(entry.name for entry in folder.iterdir())


def test_text_goes_to_standard_output(home: Path) -> None:
    done = call(home)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("营销日历  2027-03-01 至 2027-03-31")
    assert done.out.endswith("共 2 个营销案。\n")
    assert "\x1b" not in done.out


@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_its_width_and_colour(home: Path, more: dict[str, str], coloured: bool) -> None:
    terminal, end = os.openpty()
    command = [
        sys.executable,
        "-m",
        "campaigncheck",
        "calendar",
        "--today",
        "2027-03-01",
        "--rules",
        str(builtin_rules()),
    ]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "70", **more}
    process = subprocess.Popen(command, cwd=home, stdout=end, env=environment)
    os.close(end)
    data = b""
    with suppress(OSError):  # how a terminal says that nobody writes to it any longer
        while part := os.read(terminal, 65_536):
            data += part
    os.close(terminal)
    assert process.wait() == 0
    text = data.decode("utf-8")
    assert ("\x1b[" in text) == coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "共 2 个营销案" in plain
    assert max(map(cell_len, plain.splitlines())) <= 70


def test_several_outputs_at_once(home: Path) -> None:
    done = call(home, "--format", "text", "--format", "html:a.html,csv:a.csv", "--format", "ics", "-o", "cal/ics")
    assert done.code == 0
    assert done.out.startswith("营销日历")
    assert names(home) == ["a.csv", "a.html", "cal", "campaigns"]
    assert names(home / "cal" / "ics") == ["510100.ics", "510700.ics"]
    assert (home / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfcampaign,")
    assert "2 个城市" in done.err


def test_a_folder_alone_means_calendars(home: Path) -> None:
    done = call(home, "-o", "out", "--region", "510700")
    assert (done.code, done.out) == (0, "")
    assert names(home / "out") == ["510700.ics"]
    data = (home / "out" / "510700.ics").read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\r" not in data


def test_one_region_can_go_into_one_file(home: Path) -> None:
    done = call(home, "--format", "ics", "--region", "510000", "--lang", "en")
    assert done.code == 0
    assert done.out.count("BEGIN:VCALENDAR") == 1
    assert "UID:campaign-one@campaigncheck" in done.out
    assert "UID:campaign-two@campaigncheck" in done.out
    assert call(home, "--format", "ics:one.ics", "--region", "510100").code == 0
    assert "campaign-two" not in (home / "one.ics").read_text(encoding="utf-8")


def test_calendars_of_an_earlier_run_are_named_and_left(home: Path) -> None:
    assert call(home, "-o", "out").code == 0
    done = call(home, "-o", "out", "--theme", "points")
    assert done.code == 0
    assert "510700.ics" in done.err
    assert names(home / "out") == ["510100.ics", "510700.ics"]


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--format", "ics"], "one file a city", "-o DIR"),
        (["--format", "ics", "--region", "510100,510700"], "one file a city", "one --region"),
        (["--format", "ics:x.ics", "-o", "out"], "exclude each other", "--format ics -o DIR"),
        (["--format", "csv:x.csv", "-o", "out"], "ics files only", "FORMAT:FILE"),
        (["-o", "campaigns/one.yaml"], "a file, not a folder", "names a folder"),
        (["--format", "htm"], "no format “htm”", "html"),
        (["--format", "xyz"], "no format “xyz”", "text, html, ics, csv"),
        (["--format", "csv,html"], "only one format", "FORMAT:FILE"),
        (["--format", "csv:a,html:./a"], "two formats", "file of its own"),
        (["--format", "html:no/such/a.html"], "no/such/a.html cannot be written", "exists"),
        (["--stage", "aproved"], "“aproved”", "approved?"),
        (["--theme", "point"], "“point”", "points?"),
        (["--region", "51010"], "“51010”", "5101"),
        (["--from", "2027-05-01"], "nothing to show", "--from"),
        (["--from", "2027-05-01", "--to", "2027-04-01"], "before --from", "Exchange"),
        (["nosuch"], "no such path", "spelling"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_hint_and_writes_nothing(
    home: Path, arguments: list[str], message: str, hint: str
) -> None:
    done = call(home, "--lang", "en", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert hint in done.err
    assert names(home) == ["campaigns"]


def test_a_date_that_is_none_is_wrong_usage(home: Path) -> None:
    assert call(home, "--to", "soon").code == 2
    assert call(home, "--scale", "hour").code == 2


def test_a_broken_spec_is_named_and_stops_nothing(home: Path) -> None:
    (home / "campaigns" / "broken.yaml").write_text("id: [", encoding="utf-8")
    done = call(home)
    assert done.code == 0
    assert "共 2 个营销案" in done.out
    assert done.err.startswith("campaigns/broken.yaml:1:")
    assert done.err.count("\n") == 1


def test_only_broken_specs_are_an_error(tmp_path: Path) -> None:
    write_specs(tmp_path / "campaigns", {"bad": "stage: nosuch\n"})
    done = call(tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "campaigncheck check" in done.err


def test_only_the_paths_given_are_shown_and_all_count_for_crowds(home: Path) -> None:
    write_specs(home / "campaigns", {f"more-{index}": 'regions: {include: ["510100"]}\n' for index in range(3)})
    done = call(home, "campaigns/one.yaml")
    assert "共 1 个营销案" in done.out
    assert "最多 4 个（上限 3）" in done.out


def test_the_same_input_gives_the_same_bytes(home: Path) -> None:
    for name in ("text", "html", "csv", "ics"):
        arguments = ("--format", name, "--region", "510000")
        assert call(home, *arguments, seed="1") == call(home, *arguments, seed="2")


def test_a_link_in_the_folder_is_replaced_and_not_followed(home: Path) -> None:
    (home / "out").mkdir()
    (home / "precious").write_text("precious", encoding="utf-8")
    (home / "out" / "510100.ics").symlink_to(home / "precious")
    assert call(home, "-o", "out").code == 0
    assert (home / "precious").read_text(encoding="utf-8") == "precious"
    assert not (home / "out" / "510100.ics").is_symlink()


@pytest.mark.parametrize("arguments", [["--help"], ["calendar", "--help"], ["calendar", "--format", "html:x.html"]])
def test_pandas_is_loaded_for_csv_only(home: Path, arguments: list[str]) -> None:
    code = (
        "import os, sys; from campaigncheck.cli import main; "
        "os._exit = lambda code: sys.exit(7 if 'pandas' in sys.modules else code); main.main()"
    )
    command = [sys.executable, "-c", code, *arguments]
    more = ["--today", "2027-03-01", "--rules", str(builtin_rules())] if "--format" in arguments else []
    assert subprocess.run([*command, *more], cwd=home, capture_output=True).returncode == 0
    csv = [sys.executable, "-c", code, "calendar", "--format", "csv", "--today", "2027-03-01"]
    assert subprocess.run([*csv, "--rules", str(builtin_rules())], cwd=home, capture_output=True).returncode == 7


def test_a_city_may_allow_fewer_at_one_time(home: Path) -> None:
    write_specs(home / "campaigns", {"more": 'title: 丙\nregions: {include: ["510100", "510700"]}\n'})
    (home / "stricter" / "overlays").mkdir(parents=True)
    overlay = "about: {title: 成都, source: 市公司}\nlimits: {live_campaigns: {value: 1, source: 市公司}}\n"
    (home / "stricter" / "overlays" / "510100.yaml").write_text(overlay, encoding="utf-8")
    done = call(home, "--rules", "stricter")
    assert done.code == 0
    assert "03-01..03-31  最多 2 个（上限 1）  成都市：丙、甲" in done.out
    assert "绵阳市：" not in done.out
