"""Tutorials: their commands are run, one after the other, and print what the pages show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.maintenance.tutorials import TUTORIALS, TutorialError, agrees, followed, shown

ROOT = Path(__file__).parents[2]
AGAIN = "write it anew: python -m campaigncheck.maintenance.tutorials"
lines = st.lists(
    st.text(st.characters(exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029[]"), max_size=8), max_size=5
)


@pytest.mark.parametrize("pages", TUTORIALS, ids=lambda pages: pages[0].stem)
def test_the_tutorial_shows_what_happens(pages: Sequence[Path]) -> None:
    for page, text in followed(pages, ROOT):
        assert (ROOT / page).read_text(encoding="utf-8") == text, AGAIN


@pytest.mark.parametrize("page", [page for pages in TUTORIALS for page in pages], ids=str)
def test_the_tutorial_calls_the_program(page: Path) -> None:
    blocks = re.findall(r"^```console\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
    calls = [step for block in blocks for step in shown(block) if step.command.startswith("campaigncheck ")]
    assert len(calls) >= 7
    assert [step.command for step in calls if "--today" not in step.command and "--new-key" not in step.command] == []


def follow(folder: Path, text: str) -> str:
    (folder / "page.md").write_text(text, "utf-8")
    ((_, found),) = followed([Path("page.md")], folder)
    return found


def test_files_are_written_changed_and_shown(tmp_path: Path) -> None:
    page = (
        '```yaml title="a/b.yaml"\none: 1\n```\n\n```yaml title="a/b.yaml"\ntwo: 2\n```\n\n'
        '```diff title="a/b.yaml"\n one: 1\n-two: 2\n+two: 3\n```\n\n```console\n$ cat a/b.yaml\n{}$ cd a\n$ ls\n{}```\n'
    )
    assert follow(tmp_path, page.format("", "")) == page.format("one: 1\ntwo: 3\n", "b.yaml\n")


def test_what_was_printed_stands_in_for_what_no_longer_is(tmp_path: Path) -> None:
    page = "```console\n$ printf 'a\\nb\\n'\n{}$ false\n$ echo $?\n{}```\n"
    assert follow(tmp_path, page.format("a\n", "0\n")) == page.format("a\nb\n", "1\n")
    kept = page.format("[…]\nb\n", "1\n")
    assert follow(tmp_path, kept) == kept


def test_commits_have_the_day_of_the_page(tmp_path: Path) -> None:
    page = (
        "<!-- day: 2026-11-20 -->\n\n```console\n$ git init --quiet\n$ git commit --quiet --allow-empty --message one\n"
        "$ git log --format=%cI\n2026-11-20T10:00:00+08:00\n```\n"
    )
    assert follow(tmp_path, page) == page


@pytest.mark.parametrize(
    "page",
    [
        '```yaml title="a"\nx\n```\n```diff title="a"\n-y\n+z\n```\n',
        '```yaml title="a"\nx\nx\n```\n```diff title="a"\n-x\n```\n',
    ],
)
def test_a_change_that_fits_nowhere_or_twice_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(TutorialError):
        follow(tmp_path, page)


def test_output_before_any_command_is_refused() -> None:
    with pytest.raises(TutorialError):
        shown("a\n$ b\n")


@given(lines, lines, lines)
def test_a_gap_stands_for_any_lines(before: list[str], left_out: list[str], after: list[str]) -> None:
    head, middle, tail = ("".join(f"{line}\n" for line in part) for part in (before, left_out, after))
    assert agrees(f"{head}[…]\n{tail}", head + middle + tail)
    assert agrees(head + middle, head + middle)
    assert not agrees(head, f"{head}x\n")


@pytest.mark.parametrize(
    ("printed", "agree"), [("key 12 of me\n", True), ("key  of me\n", True), ("key 1\n2 of me\n", False)]
)
def test_a_gap_within_a_line_stays_there(printed: str, agree: bool) -> None:
    assert agrees("key […] of me\n", printed) is agree
