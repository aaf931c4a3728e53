"""The diff says what would be written, so that other tools can apply it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from campaigncheck.engine.repository import SpecFile
from campaigncheck.repair.diff import diff
from campaigncheck.repair.model import Mended


def mended(name: str, before: str, after: str) -> Mended:
    """A file with one repair."""
    return Mended(SpecFile(name, name, True), before, after, 1)


def test_golden() -> None:
    files = [mended("a/x.yaml", "a: 1\nb: 2\n", "a: 1\nb: 3\n"), mended("y.yaml", "a: １", "a: 1")]
    assert diff(files) == (
        "--- a/a/x.yaml\n+++ b/a/x.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"
        "--- a/y.yaml\n+++ b/y.yaml\n@@ -1 +1 @@\n-a: １\n\\ No newline at end of file\n+a: 1\n\\ No newline at end of file\n"
    )
    assert diff([]) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n"),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\nc: 4\r\n"),
        ("a: 1\nb: 2", "a: 1\nb: 3"),
        ("a: 1\nb: 2", "a: 1\nb: 2\nterms: {a: b}"),
        ("a: \u2028x\x85\n", "a: \u2028y\x85\n"),
    ],
)
def test_git_makes_the_same_file_of_it(before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(before, encoding="utf-8", newline="")
    patch = diff([mended("x.yaml", before, after)]).encode()
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / "x.yaml").read_bytes().decode() == after
