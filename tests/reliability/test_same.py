"""The same input gives the same bytes, whatever the machine around it is like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from campaigncheck.report import FORMATS
from tests.clearance.repository import HALLS, ID
from tests.reliability.commands import DAY, SHEETS
from tests.reliability.processes import ROOT, Server
from tests.reliability.repository import write_hundred

pytestmark = pytest.mark.reliability


def commands(*options: str) -> dict[str, list[str]]:
    """Return what is run everywhere; OUT stands for where it writes to. ``options`` are those of ``check``."""
    formats = [f"--format={name}:OUT/report.{name}" for name in FORMATS]
    found: dict[str, tuple[str, ...]] = {
        "check": ("check", *formats, "--format=text", *DAY, *options),
        "english": ("check", "--format=text", "--format=markdown:OUT/report.markdown", "--lang=en", *DAY, *options),
        "baseline": ("check", "--write-baseline", "OUT/baseline.json", *DAY, *options),
        "diff": ("check", "--diff", *DAY, *options),
        "clear": ("clear", ID, "--key", "company.key", "-o", "OUT/clearances", *DAY),
        "sheets": ("faq", *SHEETS, "-o", "OUT/faq", "--format=html,pdf,docx,xlsx,markdown,json,guide,guide-json,sms,voice", *DAY),
        "daily": ("faq", "--for", HALLS[0], "--on", "2026-11-02", "-o", "OUT/daily", *DAY),
        "calendar": ("calendar", "--format=text", "--format=html:OUT/calendar.html", "--format=csv:OUT/calendar.csv", *DAY),
        "rules": ("rules",),
        "effective": ("rules", "--for", "510700"),
        "schema": ("schema",),
    }  # fmt: skip
    return {name: list(arguments) for name, arguments in found.items()}


class Around(NamedTuple):
    """What a machine is like."""

    seed: int
    locale: str
    zone: str
    options: tuple[str, ...] = ("--no-cache",)
    order: int | None = None
    utf8: str = "1"


PLAIN = Around(0, "C.UTF-8", "UTC")
OTHERS = {
    "two jobs": Around(1, "C", "Asia/Shanghai", ("--no-cache", "--jobs=2"), utf8="0"),
    "four jobs": Around(2, "zh_CN.UTF-8", "America/Los_Angeles", ("--no-cache", "--jobs=4"), order=1),
    "a cache": Around(3, "tr_TR.UTF-8", "Pacific/Kiritimati", (), order=2),
    "a cache and jobs": Around(4, "POSIX", "Asia/Kathmandu", ("--jobs=0",), order=3, utf8="0"),
}  # fmt: skip


def run(place: Path, around: Around) -> dict[str, bytes]:
    """Write the repository into a folder of its own, run all commands there, and return all that they wrote."""
    folder, out = place / f"home-{around.seed}", place / f"out-{around.seed}"
    folder.mkdir()
    out.mkdir()
    write_hundred(folder, hours=True)
    if around.order is not None:
        _write_in_another_order(folder, Random(around.order))
    order = {"folder": str(folder), "out": str(out), "commands": commands(*around.options), "order": around.order}
    environment = {
        "PATH": os.environ["PATH"], "PYTHONHASHSEED": str(around.seed), "LC_ALL": around.locale, "LANG": around.locale,
        "LANGUAGE": around.locale, "TZ": around.zone, "PYTHONUTF8": around.utf8, "PYTHONCOERCECLOCALE": around.utf8,
        "CAMPAIGNCHECK_CACHE": str(place / "cache"),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.reliability.alike", json.dumps(order)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    written = {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    return {name: data.replace(str(out).encode(), b"OUT") for name, data in written.items()}


def _write_in_another_order(folder: Path, chance: Random) -> None:
    """Write all specs anew, so that the disk has them in another order."""
    texts = {file: file.read_bytes() for file in (folder / "campaigns").rglob("*.yaml")}
    files = sorted(texts)
    chance.shuffle(files)
    for file in files:
        file.unlink()
    for file in files:
        file.write_bytes(texts[file])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the commands write on a plain machine."""
    return run(tmp_path_factory.mktemp("plain"), PLAIN)


def test_commands_do_what_they_should(plain: dict[str, bytes]) -> None:
    codes = {name.removesuffix("/code"): int(data) for name, data in plain.items() if name.endswith("/code")}
    found = {"check": 1, "english": 1, "diff": 1, "daily": 1}
    assert codes == {**dict.fromkeys(commands(), 0), **found}
    assert all(data for name, data in plain.items() if not name.endswith(("told.out", "told.err")))
    assert {f"check/report.{name}" for name in FORMATS} < plain.keys()
    assert f"clear/clearances/{ID}.json" in plain


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_everywhere(name: str, plain: dict[str, bytes], tmp_path: Path) -> None:
    around = OTHERS[name]
    found = run(tmp_path, around)
    assert found.keys() == plain.keys()
    assert [file for file, data in found.items() if data != plain[file]] == []
    assert (tmp_path / "cache").exists() == ("--no-cache" not in around.options)


@pytest.mark.parametrize("arguments", [("check", "--no-cache", "--format", "json"), ("check", "--no-cache", "--diff")])
def test_the_same_from_every_folder_inside(arguments: tuple[str, ...], tmp_path: Path, server: Server) -> None:
    write_hundred(tmp_path)
    folders = [tmp_path / "docs", tmp_path / "rules" / "network"]
    folders[0].mkdir()
    ended = [server.run(folder, *arguments, *DAY)[:3] for folder in folders]
    assert ended[0] == ended[1]
    assert str(tmp_path).encode() in ended[0][1]


def test_a_clearance_is_the_same_from_every_folder_inside(tmp_path: Path, server: Server) -> None:
    write_hundred(tmp_path, hours=True)
    key = str(tmp_path / "company.key")
    found = []
    for folder in (tmp_path, tmp_path / "campaigns", tmp_path / "rules"):
        ended = server.run(folder, "clear", ID, "--key", key, *DAY)
        assert ended.code == 0, ended.err
        found.append((tmp_path / "clearances" / f"{ID}.json").read_bytes())
    assert found[0] == found[1] == found[2]
