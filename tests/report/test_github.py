"""GitHub annotations: commands that stay within themselves, read as the runner reads them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.pages import printable
from campaigncheck.report.github import escape, escape_property, write
from campaigncheck.source.place import Place
from tests.report.made import NASTY, SPRING, finding, report, unsure, whole
from tests.report.reading import commands, unescape

TEXTS = st.text(st.one_of(st.sampled_from("%:,\r\n0ADC25="), st.characters()))


def test_a_finding_is_a_command_with_its_place() -> None:
    first = write(report(finding("CONF001", "甲\n乙", Place(5, 16, 5, 29))), "zh").splitlines()[0]
    assert first == (
        "::error file=campaigns/迎春 50%25%2Ca%3Ab.yaml,line=5,endLine=5,col=16,endColumn=29,title=CONF001 spring"
        "::甲%0A乙%0A怎么改：改掉。"
    )


def test_severities_are_commands_and_exceptions_notices_that_say_so() -> None:
    found = {(item.properties["title"].split()[0], item.command) for item in commands(write(whole(), "zh"))}
    assert {("CONF001", "error"), ("FREQ002", "warning"), ("LANG004", "notice")} <= found
    assert {("TIME001", "notice"), ("FREQ001", "notice")} <= found
    titles = [item.properties["title"] for item in commands(write(whole(), "zh")) if "已放行" in item.message]
    assert titles == ["FREQ001 city（已放行的例外）", "TIME001 spring（已放行的例外）"]


def test_columns_are_given_only_on_one_line() -> None:
    (item,) = commands(write(report(finding(place=Place(7, 5, 8, 33))), "en"))
    assert set(item.properties) == {"file", "line", "endLine", "title"}
    assert item.message.endswith("\nPlace: 7:5–8:33")


def test_other_places_are_in_the_message() -> None:
    first = next(item for item in commands(write(whole(), "zh")) if item.properties["title"].startswith("CONF001"))
    assert "\n另一处：campaigns/city.yaml:2:8 那边不能同享\n" in first.message


def test_the_last_line_tells_what_the_run_comes_to() -> None:
    assert write(whole(), "zh").splitlines()[-1].startswith("共 4 个营销案：")


def test_nothing_passes_in_silence() -> None:
    told = [(item.command, item.properties.get("file")) for item in commands(write(unsure(), "zh"))]
    assert told == [("error", "rules/network/hours.csv"), ("error", "campaigns/clean.yaml"), ("notice", None)]


@given(TEXTS)
def test_what_the_runner_reads_is_what_was_written(text: str) -> None:
    assert unescape(escape(text)) == text
    assert unescape(escape_property(text), of_property=True) == text
    assert not set(escape_property(text)) & set("\r\n:,")


@given(TEXTS, TEXTS)
def test_a_text_never_makes_a_command_or_a_property(path: str, message: str) -> None:
    text = write(report(finding(path=f"x{path}", message=message, campaign=path)), "en")
    assert len(text.splitlines()) == 2
    (item,) = commands(text)
    assert set(item.properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert item.properties["file"] == printable(f"x{path}")
    assert item.properties["title"] == printable(f"LANG001 {path}".rstrip())
    assert item.message == f"{printable(message)}\nMend: Change it."


def test_a_nasty_text_is_one_message() -> None:
    found = next(item for item in commands(write(whole(), "en")) if item.properties["title"] == "FAQ001 spring")
    assert (found.properties["file"], found.message.splitlines()[0]) == (SPRING, NASTY)
