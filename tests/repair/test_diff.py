"""The diff says what would be written, so that other tools can apply it."""

from __future__ import annotations

import subprocess
from operator import itemgetter
from pathlib import Path
from shutil import which

import pytest

from campaigncheck.engine.repository import SpecFile
from campaigncheck.repair.diff import diff
from campaigncheck.repair.model import Mended


def mended(name: str, before: str, after: str, marked: bool = False) -> Mended:
    """A file with one repair."""
    return Mended(SpecFile(name, name, True), before, after, 1, marked)


def test_golden() -> None:
    files = [mended("a/x.yaml", "a: 1\nb: 2\n", "a: 1\nb: 3\n"), mended("y.yaml", "a: １", "a: 1")]
    assert diff(files) == (
        "--- a/a/x.yaml\n+++ b/a/x.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"
        "--- a/y.yaml\n+++ b/y.yaml\n@@ -1 +1 @@\n-a: １\n\\ No newline at end of file\n+a: 1\n\\ No newline at end of file\n"
    )
    assert diff([]) == ""


TEXTS = [
    ("a: 1\nb: 2\n", "a: 1\nb: 3\n"),
    ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\nc: 4\r\n"),
    ("a: 1\nb: 2", "a: 1\nb: 3"),
    ("a: 1\nb: 2", "a: 1\nb: 2\nterms: {a: b}"),
    ("a: \u2028x\x85\n", "a: \u2028y\x85\n"),
]
NAMES = [
    "x.yaml",
    "四川/流量 包.yaml",
    " x .yaml",
    "x\ty.yaml",
    "one\ntwo\r\x07\x08\x0b\x0c\x1b\x7f.yaml",
    'say "hi".yaml',
    "back\\slash 1.yaml",
    "\u2028\x85é.yaml",
]
TOOLS = [["git", "apply", "--whitespace=nowarn", "-"]]
if which("patch"):
    TOOLS.append(["patch", "-p1", "--binary", "--quiet"])


def applied(tool: list[str], folder: Path, file: Mended) -> str:
    """What a tool makes of a file by its diff; the tool says beforehand that it would."""
    mark = "\ufeff" if file.marked else ""
    path = folder / file.spec.shown
    path.parent.mkdir(exist_ok=True)
    path.write_text(mark + file.before, encoding="utf-8", newline="")
    patch = diff([file]).encode()
    trial = "--check" if tool[0] == "git" else "--dry-run"
    for command in ([*tool[:2], trial, *tool[2:]], tool):
        subprocess.run(command, cwd=folder, input=patch, check=True)
    after = path.read_bytes().decode()
    assert after.startswith(mark)
    return after.removeprefix(mark)


@pytest.mark.parametrize("tool", TOOLS, ids=itemgetter(0))
@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_others_make_the_same_file_of_it(
    tool: list[str], marked: bool, before: str, after: str, tmp_path: Path
) -> None:
    assert applied(tool, tmp_path, mended("x.yaml", before, after, marked)) == after


@pytest.mark.parametrize("tool", TOOLS, ids=itemgetter(0))
@pytest.mark.parametrize("name", NAMES)
def test_others_find_the_file_whatever_its_name(tool: list[str], name: str, tmp_path: Path) -> None:
    before, after = TEXTS[0]
    assert applied(tool, tmp_path, mended(name, before, after)) == after


def test_names_are_written_as_git_does() -> None:
    names = ["x.yaml", "x y.yaml", 'a"b\\c\t\n\x01.yaml', "\udcff 1"]
    heads = [diff([mended(name, "a: 1\n", "a: 2\n")]).split("\n")[0] for name in names]
    assert heads == [
        "--- a/x.yaml",
        "--- a/x y.yaml\t",
        '--- "a/a\\"b\\\\c\\t\\n\\001.yaml"',
        '--- "a/\\377 1"\t',
    ]
