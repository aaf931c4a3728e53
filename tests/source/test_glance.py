"""A quick look gives the value that the careful reading gives, or leaves the document to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.source import glance as module
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.glance import glance
from campaigncheck.source.yamlpass import parse
from tests.fuzz.test_fuzz import mutants
from tests.source.writing import PLAIN_VALUES, Written, documents

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "campaigns").rglob("*.yaml"))
ODD = [
    "010", "+08", "-0", "-1", "1e3", ".5", "5.", "1_000", "~", "Null", "TRUE", "yes", ".inf", "-.INF", ".NaN", "+.inf",
    "1e400", "12345678901234567890123", "0b1", "-0b1", "+0x1F", "-0o7", "0xg", "00", "0.0", "1.0e+3", "2027-01-01",
    "12:30", "9223372036854775808", "<<", "!x 1", "&a 1", "*a", "!!str 1", "'x''y'", '"\\u00e9"', "{b: }", "[1, 2,]",
    "{b, c}", "x\x85 y", "x\u2028 y", "{010: x}", "{1: x}", '{"a":010}', "{'a':-.inf}", "[-0x1,+.Inf]", "{a:010}",
]  # fmt: skip


def careful(text: str) -> Any:
    """Return what the careful reading says, as text that tells types apart; None if it refuses."""
    try:
        return repr(parse(text))
    except RefusalError:
        return None


def keys_are_text(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and keys_are_text(item) for key, item in value.items())
    return all(map(keys_are_text, value)) if isinstance(value, list) else True


def agrees(text: str) -> bool:
    """Whether a glance says what the careful reading says, as far as it says anything that a campaign could be."""
    seen = glance(text)
    return seen is None or not keys_are_text(seen) or repr(seen) == careful(text)


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_the_examples_are_read_at_a_glance(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert repr(glance(text)) == careful(text)


@pytest.mark.parametrize("scalar", [*ODD, *PLAIN_VALUES])
def test_odd_scalars(scalar: str) -> None:
    for text in (
        f"a: {scalar}\n",
        f"a: [{scalar}, b]\n",
        f"a: {{b: {scalar}}}\n",
        f"a:\n  - {scalar}\n",
        f"{scalar}: a\n",
    ):
        assert agrees(text), text


@pytest.mark.parametrize(
    "text",
    ["", "# c\n", "- a\n", "x\n", "a: 1\na: 2\n", "a:\t1\n", "\ufeffa: 1\n", "a: 1\n---\nb: 2\n", "a: [\n", "a: b: c\n", "<<: {a: 1}\n"],
)  # fmt: skip
def test_what_is_refused_is_left_to_the_careful_reading(text: str) -> None:
    assert glance(text) is None


@given(documents())
@settings(max_examples=400)
def test_documents_in_every_style(written: Written) -> None:
    assert agrees(written.text)


@given(st.text("ab01.-+: \n[]{},'\"#&*!|>~xeINn\t", max_size=40))
@settings(max_examples=2000)
def test_any_text(text: str) -> None:
    assert agrees(text)


@pytest.mark.parametrize("part", range(4))
def test_mutated_examples(part: int) -> None:
    for data in mutants(part, 150):
        text = data.decode("utf-8", "replace")
        assert agrees(text), text


def test_without_the_second_parser_everything_is_read_carefully(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "loads", None)
    assert glance("a: 1\n") is None
