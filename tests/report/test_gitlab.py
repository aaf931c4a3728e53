"""GitLab Code Quality: the shape it reads, and severities it knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from campaigncheck.engine.identity import fingerprints
from campaigncheck.report.gitlab import write
from tests.report.made import finding, report, unsure, whole

SCHEMA = json.loads((Path(__file__).parent / "data" / "code-quality.schema.json").read_text(encoding="utf-8"))


def issues(made: Any = whole) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write(made(), "zh"))
    return found


@pytest.mark.parametrize("made", [whole, unsure])
def test_it_fits_the_schema(made: Any) -> None:
    Draft202012Validator(SCHEMA).validate(issues(made))


def test_severities() -> None:
    found = {item["check_name"]: item["severity"] for item in issues() if item["check_name"] != "LANG001"}
    assert found == {
        "CONF001": "blocker", "FAQ001": "blocker", "SPEC001": "blocker", "WAIV001": "blocker",
        "FREQ002": "major", "LANG004": "minor", "TIME001": "info", "FREQ001": "info",
    }  # fmt: skip


def test_exceptions_say_so() -> None:
    apart = [item["description"] for item in issues() if item["severity"] == "info"]
    assert len(apart) == 2
    assert all(text.startswith("【已放行的例外】") and "省公司服务部批准" in text for text in apart)


def test_fingerprints_are_those_of_the_findings_and_unique() -> None:
    assert tuple(item["fingerprint"] for item in issues()) == fingerprints(whole())
    assert len({item["fingerprint"] for item in issues()}) == len(issues())


def test_crashes_and_faults_block() -> None:
    assert [(item["check_name"], item["severity"]) for item in issues(unsure)] == [
        ("catalogue", "blocker"), ("INTERNAL", "blocker"),
    ]  # fmt: skip


def test_a_description_is_one_line_with_message_hint_and_other_places() -> None:
    text = next(item["description"] for item in issues() if item["check_name"] == "CONF001")
    assert text == (
        "两个优惠不能同享 怎么改：改掉。 另一处：campaigns/city.yaml:2:8 那边不能同享 "
        "另一处：campaigns/迎春 50%,a:b.yaml:4:9 这个优惠"
    )


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_read_is_what_was_written(text: str) -> None:
    (item,) = json.loads(write(report(finding(message=text)), "en"))
    assert item["description"] == f"{text} Mend: Change it.".replace("\n", " ")
