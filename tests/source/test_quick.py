"""What is read quickly is what the strict reader reads; what might not be is left to it."""

from __future__ import annotations

import os
from errno import EMFILE
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.source import quick
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.quick import mapping
from campaigncheck.source.yamlpass import parse
from tests.source.writing import PLAIN_VALUES, Written, documents

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted([*(ROOT / "campaigns").rglob("*.yaml"), *(ROOT / "rules").glob("*.yaml")])

LEFT = {
    "an anchor": "a: &x 1\nb: *x\n",
    "a merge key": "<<: {a: 1}\n",
    "a tag": "a: !!int 1\n",
    "a complex key": "? a\n: 1\n",
    "a collection as a key": "[a]: 1\n",
    "a key that stands twice": "a: 1\nb: {c: 1, c: 2}\n",
    "a tab": "a:\t1\n",
    "a carriage return": "a: 1\r\nb: 2\r\n",
    "a line break of YAML 1.1": "a: 1 # x\u2028b: 2\n",
    "a block that the end cuts short": "a: |\n  x",
    "two documents": "a: 1\n---\nb: 2\n",
    "a list": "- 1\n",
    "a scalar": "a\n",
    "nothing": "\n",
    "a reserved sign": "a: @b\n",
    "half a pair of surrogates": 'a: "\\ud83d"\n',
    "a quoted text that is followed by more": 'a: "x" y\n',
    "a zero that leads": "a: 010086\n",
    "a zero that leads to a power": "a: 011e3\n",
    "a number with a sign": "a: +1\n",
    "a number by sixteens": "a: 0x1F\n",
    "a null that is no word": "a: ~\n",
    "a truth that is shouted": "a: TRUE\n",
    "a word that means no number": "a: nan\n",
    "a number without end": "a: 1e400\n",
    "a code of many digits": "a: 1234567890123456789\n",
    "deep nesting": "a: " + "[" * 70 + "]" * 70 + "\n",
    "a comment that touches a quote": 'a: "x"#y\n',
    "a comment after a value in braces": "{a: b # c\n}\n",
    "a comment behind the header of a block": "a: > # SKU-12\n  b\n",
    "a block that says its width": "a: |1\n  \n",
    "blank lines before a closing brace": "a: {b: c\n\n }\n",
    "blank lines before a closing bracket": "k: [1\n\n\n ]\n",
    "blank lines before a comma": "k: [1\n\n\n , c]\n",
    "a long gap": "a: x" + " " * 9000 + "y\n",
    "very many brackets": "a: [" + "[], " * 5000 + "]\n",
    "a document in a list": "a: [---\n]\n",
}


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in type, order and depth."""
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def assert_read_alike(text: str) -> bool:
    """Return whether a text is read quickly; if it is, as the strict reader reads it."""
    found = mapping(text.encode(), text)
    if found is not None:
        assert same(found, parse(text)), text
    return found is not None


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_the_unusual_is_left(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert mapping(text.encode("utf-8", "surrogatepass"), text) is None
    assert capfd.readouterr() == ("", "")


def test_a_byte_order_mark_is_left() -> None:
    assert mapping(b"\xef\xbb\xbfa: 1\n", "a: 1\n") is None


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_usual_is_read(file: Path) -> None:
    assert assert_read_alike(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("scalar", [*PLAIN_VALUES, "-0", "0", "1e5", "-.5e3", "1.e5", "00.5", "1.2.3", "510000", ""])
def test_scalars(scalar: str) -> None:
    for written in (scalar, f'"{scalar}"', f"[{scalar}]", f"[{scalar}, a]", f"{{{scalar}: {scalar}}}"):
        text = f"a: {written}\n"
        try:
            parse(text)
        except RefusalError:
            assert mapping(text.encode(), text) is None
        else:
            assert_read_alike(text)


@given(documents(ordinary=True))
def test_whatever_is_written_is_read_alike(written: Written) -> None:
    assert_read_alike(written.text)


@given(documents())
def test_whatever_few_people_write_is_read_alike(written: Written) -> None:
    assert_read_alike(written.text)


TOKENS = [
    *("a: ", "b: ", "- ", "\n", "\n  ", "\n    ", "\n- ", "{", "}", "[", "]", ", ", "#", " # c\n", "'", '"', "|", ">"),
    *("|-\n  x", ">\n  a\n\n   b\n", "|+\n", '"\\n"', "''", ":", "-", "'a'", "a b", "01", "~", "1.5", "08:30", "...", "---", "价", "*a"),
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=20).map("".join))
def test_no_yaml_is_not_read(text: str) -> None:
    text += "\n"
    try:
        parse(text)
    except RefusalError:
        assert mapping(text.encode(), text) is None
    else:
        assert_read_alike(text)


def test_no_descriptor_is_left_and_none_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(os.listdir("/dev/fd"))
    for text in ("a: 1\n", "a: [---\n]\n") * 50:
        mapping(text.encode(), text)
    assert len(os.listdir("/dev/fd")) <= before + 1  # the one that leads nowhere

    def none_left(_: int) -> int:
        raise OSError(EMFILE, "too many open files")

    monkeypatch.setattr(os, "dup", none_left)
    assert mapping(b"a: 1\n", "a: 1\n") is None


def test_a_broken_way_out_is_the_strict_readers_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_nowhere", lambda: -1)
    assert mapping(b"a: 1\n", "a: 1\n") is None
    monkeypatch.undo()
    assert mapping(b"a: 1\n", "a: 1\n") == {"a": 1}


@pytest.mark.parametrize("line", ["then: '(?!a)'", "then: '(?<!it''s)?'", "  a:\n    before: '^!'"])
def test_signs_of_tags_and_keys_are_read_in_quotes(line: str) -> None:
    assert assert_read_alike(f"a: 1\n{line}\n" if line[0] != " " else f"b:\n{line}\n")


@pytest.mark.parametrize(
    "line",
    ["b: (?a)", "b: '(?a)' # c", 'b: "(?a)"', "b: [a?]", "b: '(?a", "- '(?a)'", "b: ? 'a'", "b: !x 'a'", "{b: '?'}"],
)
def test_signs_of_tags_and_keys_are_left_elsewhere(line: str) -> None:
    text = f"a: 1\n{line}\n"
    assert mapping(text.encode(), text) is None


QUOTED = [
    line
    for line in (ROOT / "rules" / "wording.yaml").read_text(encoding="utf-8").split("\n")
    if "?" in line or "!" in line
]
SIGNS = ["'", '"', "\n", " ", "?", "!", "{", "}", "[", "]", ",", ":", "- ", "? ", "''", " #", "|", "\n  ", "&", "*"]


@given(st.data())
def test_expressions_are_read_alike_whatever_happens_to_them(data: st.DataObject) -> None:
    text = (
        "\n".join(data.draw(st.lists(st.sampled_from(QUOTED).map(str.strip), min_size=1, max_size=3, unique=True)))
        + "\n"
    )
    for sign in data.draw(st.lists(st.sampled_from(SIGNS), max_size=3)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + sign + text[at + data.draw(st.integers(0, 1)) :]
    assert_read_alike(text)
