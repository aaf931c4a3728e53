"""What is read is what was written, and every character of it is found again where it stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from campaigncheck.source.document import decode, read
from campaigncheck.source.place import Place
from tests.source.reference import core_schema, reference_value
from tests.source.writing import PLAIN_VALUES, Path, Written, documents


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, counted afresh: lines end with LF, CR LF or CR."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def place(text: str, start: int, end: int) -> Place:
    return Place(*position(text, start), *position(text, end))


def at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def same(first: Any, second: Any) -> bool:
    """Equality that tells 1, 1.0 and True apart, and the order of keys."""
    return repr(first) == repr(second)


@given(documents())
def test_the_value_read_is_the_value_written(written: Written) -> None:
    value, _ = read(written.text, "x.yaml")
    assert same(value, written.value)


@given(documents())
def test_other_readers_agree(written: Written) -> None:
    value, _ = read(written.text, "x.yaml")
    assert same(value, reference_value(written.text))
    assert same(value, reference_value(written.text, yaml.SafeLoader))


@given(documents())
def test_every_character_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, offsets in written.characters.items():
        for index, char in enumerate(at(written.value, path)):
            found = document.place(path, span=(index, index + 1))
            assert char in " \n" or found[:2] == position(written.text, offsets[index]), (path, index, char)


@given(documents())
def test_every_value_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, span in written.values.items():
        assert not path or document.place(path) == place(written.text, *span), path


@given(documents())
def test_every_key_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, span in written.keys.items():
        assert document.place(path, key=True) == place(written.text, *span), path


@given(documents(), st.data())
def test_what_is_missing_is_where_its_nearest_parent_is(written: Written, data: st.DataObject) -> None:
    _, document = read(written.text, "x.yaml")
    path = data.draw(st.sampled_from(list(written.values)))
    beyond: Path = data.draw(st.sampled_from([("no such key",), (99, "deeper")]))
    assert document.place((*path, *beyond)) == document.place(path, key=True)


@given(st.sampled_from(list(PLAIN_VALUES)) | st.from_regex(r"\A[+.0-9a-fxoeE_-]{1,20}\Z"))
@example("1" * 18)
@example("1" * 19)
@example("1e999")
def test_unquoted_values_are_resolved_by_the_core_schema(text: str) -> None:
    assume(text not in ("-", "---", "..."))
    value, _ = read(f"k: {text}\n", "x.yaml")
    assert same(value["k"], core_schema(text))


def test_the_core_schema_is_that_of_the_specification() -> None:
    assert {text: core_schema(text) for text in PLAIN_VALUES} == PLAIN_VALUES


@given(documents())
def test_a_byte_order_mark_moves_nothing(written: Written) -> None:
    marked = decode(b"\xef\xbb\xbf" + written.text.encode())
    assert marked == written.text


def test_an_alias_is_the_value_and_stands_where_it_is_written() -> None:
    value, document = read("a: &x {n: 全国}\nb: [*x, &y 元, *y]\n", "x.yaml")
    assert value == {"a": {"n": "全国"}, "b": [{"n": "全国"}, "元", "元"]}
    assert document.place(("b", 0, "n")) == document.place(("b", 0)) == (2, 5, 2, 7)
    assert document.place(("b", 2), span=(0, 1))[:2] == (2, 15)


@pytest.mark.parametrize(
    ("text", "span", "column"),
    [
        ("k: 买一送一", (1, 3), 5),
        ('k: "😀é\u0301x"', (3, 4), 8),
        (r'k: "\u4e70\x20x"', (0, 1), 5),
        ("k: 👩\u200d👧x", (3, 4), 7),
    ],
)
def test_columns_count_characters(text: str, span: tuple[int, int], column: int) -> None:
    _, document = read(text, "x.yaml")
    assert document.place(("k",), span=span)[:2] == (1, column)


def test_a_span_covers_its_characters_and_nothing_else() -> None:
    _, document = read("k:\n  - >-\n    最高\n    300M\n", "x.yaml")
    assert document.place(("k", 0), span=(1, 4)) == (3, 6, 4, 6)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["|", ">-", "|2", ">2+ # 注"])
@pytest.mark.parametrize("blank", ["", " ", "  "])
def test_a_block_that_begins_with_a_blank_line(header: str, blank: str, eol: str) -> None:
    value, document = read(eol.join([f"k: {header}", blank, "", "  顶级宽带", "  首选", ""]), "x.yaml")
    assert value["k"].startswith("\n\n顶级")
    assert document.place(("k",), span=(2, 4)) == (4, 3, 4, 5)


def test_the_document_as_a_whole_is_its_first_line_with_content() -> None:
    _, document = read("# 说明\n\nspec: 1 # 注\nid: x\n", "x.yaml")
    assert document.place(()) == document.place(("nothing",)) == (3, 1, 3, 12)
