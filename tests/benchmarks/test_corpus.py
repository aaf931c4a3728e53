"""The generated corpus is what the benchmark says it is."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from benchmarks.corpus.__main__ import generate, specs
from benchmarks.corpus.faults import FAULTS, Fault, spoil
from benchmarks.corpus.places import read_map
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import Report
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.engine.run import Job, run
from campaigncheck.engine.selection import Selection
from campaigncheck.source.document import read

COUNT = 200
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "campaign.schema.json"


@pytest.fixture(scope="module")
def sound() -> dict[str, str]:
    """Specs without a problem, by path."""
    return dict(specs(COUNT, broken=0))


@pytest.fixture(scope="module")
def values(sound: dict[str, str]) -> list[Any]:
    """What the specs say."""
    return [read(text, path)[0] for path, text in sound.items()]


def checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Check the repository in a folder as a user would, from within it."""
    monkeypatch.chdir(folder)
    return run(Job(find_specs(()), RuleFiles.at(find_rules(None)), Selection(), date(2026, 12, 1))).report


def test_the_same_seed_writes_the_same_bytes(sound: dict[str, str]) -> None:
    assert dict(specs(COUNT, broken=0)) == sound


def test_another_seed_writes_others(sound: dict[str, str]) -> None:
    other = dict(specs(20, seed=1, broken=0))
    assert not set(other.values()) & set(sound.values())


def test_a_larger_corpus_begins_with_the_smaller_one(sound: dict[str, str]) -> None:
    assert list(specs(50, broken=0)) == list(sound.items())[:50]


def test_a_spec_has_about_120_lines(sound: dict[str, str]) -> None:
    lines = [text.count("\n") for text in sound.values()]
    assert min(lines) >= 105
    assert max(lines) <= 140
    assert 118 <= mean(lines) <= 128


def test_answers_are_as_long_as_people_write_them(values: list[Any]) -> None:
    lengths = [len(entry["a"].strip()) for value in values for entry in value["faq"]]
    assert mean(50 <= length <= 70 for length in lengths) > 0.97
    assert min(len(value["faq"]) for value in values) >= 10


def test_every_style_of_yaml_occurs(sound: dict[str, str]) -> None:
    everything = "\n".join(sound.values())
    for style in ("a: >-\n", "a: |\n", "  - {topic: ", "    q: ", "   # ", "\n# "):
        assert style in everything


def test_the_specs_fit_the_schema(values: list[Any]) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for value in values for error in validator.iter_errors(value)] == []


def test_the_specs_pass_every_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(tmp_path, COUNT, broken=0)
    report = checked(tmp_path, monkeypatch)
    assert len(report.outcomes) == COUNT
    assert [(item.campaign, item.rule, item.message.render("zh")) for item in report.findings] == []


def test_the_share_of_broken_specs_is_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(tmp_path, COUNT, broken=0.1)
    report = checked(tmp_path, monkeypatch)
    troubled = {finding.path for finding in report.findings}
    sound = set(dict(specs(COUNT, broken=0)).values())
    changed = {path for path, text in specs(COUNT, broken=0.1) if text not in sound}
    assert troubled == {f"campaigns/{path}" for path in changed}
    assert 0.04 * COUNT < len(changed) < 0.18 * COUNT


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{FAULTS.index(fault)}")
def test_a_fault_is_found_by_its_rule(
    fault: Fault, sound: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(tmp_path, 0)
    text = next(text for text in sound.values() if fault.pattern.search(text) and "stage: draft" not in text)
    (tmp_path / "campaigns" / "only.yaml").write_text(fault.pattern.sub(fault.by, text, count=1), encoding="utf-8")
    assert fault.rule in {finding.rule for finding in checked(tmp_path, monkeypatch).findings}


def test_a_fault_changes_the_spec(sound: dict[str, str]) -> None:
    for number, text in enumerate(sound.values()):
        assert spoil(text, Random(number)) != text


def test_most_campaigns_are_of_one_city() -> None:
    where = read_map()
    levels = Counter(path.partition("/")[0] == where.country.code for path, _ in specs(3000))
    assert 0 < levels[True] < 30
    assert 300 < len(where.cities) < 400
    assert len(where.provinces) == 27


def test_places_have_short_names() -> None:
    names = {city.code: city.short for city in read_map().cities}
    assert [names[code] for code in ("510700", "513200", "310000", "429004")] == ["绵阳", "阿坝州", "上海", "仙桃"]
