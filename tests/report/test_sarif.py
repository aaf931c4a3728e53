"""SARIF: valid by the official schema, and what it points to is there."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from campaigncheck.engine.finding import Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import LANGS, Lang
from campaigncheck.report.sarif import literal, write
from campaigncheck.report.sarif_places import location
from campaigncheck.rules import all_rules
from campaigncheck.source.place import Lines, Place
from tests.report.made import MANUAL, SPRING, WAIVERS, finding, report, unsure, whole
from tests.report.reading import uri

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALID = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


@cache
def run(made: Any = whole, lang: Lang = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(made(), lang))["runs"][0]
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("made", [whole, unsure])
def test_it_is_valid(made: Any, lang: Lang) -> None:
    VALID.validate(json.loads(write(made(), lang)))


def test_the_validator_looks_at_addresses_too() -> None:
    log = json.loads(write(whole(), "en"))
    log["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] = "no address"
    assert not VALID.is_valid(log)


def test_places_are_whole_and_columns_count_characters() -> None:
    assert run()["columnKind"] == "unicodeCodePoints"
    written = [item["locations"][0]["physicalLocation"] for item in run()["results"]]
    for physical, item in zip(written, whole().findings, strict=True):
        names = ("startLine", "startColumn", "endLine", "endColumn")
        assert (uri(physical), *(physical["region"][name] for name in names)) == (item.path, *item.place)


def test_snippets_are_what_stands_there() -> None:
    by_rule = {item["ruleId"]: item["locations"][0]["physicalLocation"] for item in run()["results"]}
    assert by_rule["LANG004"]["region"]["snippet"]["text"] == "最高３００Ｍ，<b>免费</b>|@team"
    assert (
        by_rule["FAQ001"]["region"]["snippet"]["text"] == "channel: poster\n    text: 最高３００Ｍ，<b>免费</b>|@team"
    )
    around = by_rule["FAQ001"]["contextRegion"]
    assert (around["startLine"], around["endLine"]) == (7, 8)
    assert around["snippet"]["text"].startswith("  - channel: poster\n")


def test_a_whole_line_has_nothing_around_it() -> None:
    lines = Lines("abc\n")
    assert "contextRegion" not in location("x", Place(1, 1, 1, 4), lines)["physicalLocation"]
    assert "contextRegion" in location("x", Place(1, 1, 1, 3), lines)["physicalLocation"]


def test_long_lines_are_not_quoted() -> None:
    lines = Lines("x" * 2001)
    physical = location("x", Place(1, 2, 1, 3), lines)["physicalLocation"]
    assert (physical["region"]["snippet"], "contextRegion" in physical) == ({"text": "x"}, False)


@given(st.lists(st.text("ab，\n", max_size=12), min_size=1, max_size=4).map("".join), st.data())
def test_a_snippet_is_the_text_between_the_ends(text: str, data: st.DataObject) -> None:
    lines = Lines(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    physical = location("x", lines.place(start, end), lines)["physicalLocation"]
    assert physical["region"].get("snippet", {"text": ""})["text"] == text[start:end]


def test_every_rule_is_told_with_its_page() -> None:
    rules = {rule["id"]: rule for rule in run()["tool"]["driver"]["rules"]}
    assert set(rules) == set(all_rules())
    for name, rule in rules.items():
        assert rule["help"]["markdown"].startswith(f"## {name} {rule['shortDescription']['text']}\n")
        assert not re.search(r"^##|\*\*|```", rule["help"]["text"], re.MULTILINE)
        assert rule["fullDescription"]["text"] in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert rules["CONF001"]["helpUri"] == f"{MANUAL}#conf001-offers-that-exclude-each-other-reach-the-same-customers"


def test_an_address_of_the_manual_is_told_only_if_there_is_one() -> None:
    assert "helpUri" not in write(unsure(), "en")


def test_results_point_to_their_rules() -> None:
    rules = run()["tool"]["driver"]["rules"]
    for result in run()["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")


def test_a_rule_without_a_page_is_named() -> None:
    log = json.loads(write(report(finding("SITE001", "x")), "zh"))
    VALID.validate(log)
    assert log["runs"][0]["tool"]["driver"]["rules"] == [{"id": "SITE001"}]


def test_other_places_have_their_messages() -> None:
    result = next(item for item in run()["results"] if item["ruleId"] == "CONF001")
    city, own = result["relatedLocations"]
    assert (uri(city["physicalLocation"]), city["message"]["text"]) == ("campaigns/city.yaml", "excluded there")
    assert (uri(own["physicalLocation"]), own["physicalLocation"]["region"]["startLine"]) == (SPRING, 4)
    assert [city["id"], own["id"]] == [1, 2]


def test_fingerprints_are_those_of_the_findings() -> None:
    found = [item["partialFingerprints"]["campaigncheck/v1"] for item in run()["results"]]
    assert tuple(found) == fingerprints(whole())


def test_exceptions_suppress() -> None:
    apart = {item["ruleId"]: item["suppressions"] for item in run()["results"] if "suppressions" in item}
    assert set(apart) == {"FREQ001", "TIME001"}
    (one,) = apart["FREQ001"]
    assert (one["kind"], one["status"]) == ("external", "accepted")
    assert one["justification"] == (
        "Waived: 系统四月才能合并 (approved by 省公司服务部, until 2027-03-31, see waivers.yaml:1)"
    )
    assert uri(one["location"]["physicalLocation"]) == WAIVERS


def test_what_went_wrong_is_told_of_the_run_and_is_no_result() -> None:
    (invocation,) = run(unsure)["invocations"]
    assert (invocation["executionSuccessful"], run(unsure)["results"]) == (False, [])
    told = invocation["toolExecutionNotifications"] + invocation["toolConfigurationNotifications"]
    assert [(item["descriptor"]["id"], item["level"]) for item in told] == [
        ("INTERNAL", "error"), ("UNREAD", "note"), ("CATALOGUE", "error"),
    ]  # fmt: skip
    known = run(unsure)["tool"]["driver"]["notifications"]
    assert all(known[item["descriptor"]["index"]]["id"] == item["descriptor"]["id"] for item in told)
    assert run()["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": [], "toolConfigurationNotifications": []}
    ]


def test_every_file_is_an_artifact() -> None:
    found = [uri({"artifactLocation": item["location"]}) for item in run()["artifacts"]]
    assert found == sorted(found)
    assert {SPRING, WAIVERS, "campaigns/clean.yaml"} <= set(found)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("campaigns/迎 50%,a:b.yaml", {"uri": "campaigns/%E8%BF%8E%2050%25%2Ca%3Ab.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/tmp/a b.yaml", {"uri": "file:///tmp/a%20b.yaml"}),
        ("C:/a b.yaml", {"uri": "file:///C:/a%20b.yaml"}),
        ("a\udcff.yaml", {"uri": "a%FF.yaml", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_paths_become_addresses(path: str, address: dict[str, str]) -> None:
    assert location(path, Place(1, 1, 1, 1))["physicalLocation"]["artifactLocation"] == address


@given(st.text(st.one_of(st.sampled_from("{}[]()0 \\"), st.characters(codec="utf-8"))))
def test_a_message_says_the_text_and_holds_no_links_or_arguments(text: str) -> None:
    written = literal(text)
    assert not re.search(r"\[[^\]]*\]\([^)]+\)", written)
    assert not re.search(r"(?<!\{)(?:\{\{)*\{\d+\}(?!\})", written) or "{" not in text
    read = re.sub(r"\{\{|\}\}", lambda match: match[0][0], written)
    assert read.replace("] (", "](") == text.replace("] (", "](")


def test_a_report_without_findings_is_valid() -> None:
    VALID.validate(json.loads(write(Report("V", "sha256:", (), (), (), {}), "zh")))
