"""What is read is what was written, and every character of it is found again where it stands."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given

from campaigncheck.source.document import Document, decode, read
from campaigncheck.source.place import Place
from tests.source.writing import Path, Written, documents


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
    """Equality that tells 1, 1.0 and True apart, in keys' order too."""
    return repr(first) == repr(second)


@given(documents())
def test_the_value_read_is_the_value_written(written: Written) -> None:
    value, _ = read(written.text, "x.yaml")
    assert same(value, written.value)


@given(documents())
def test_every_visible_character_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, offsets in written.characters.items():
        text = at(written.value, path)
        for index, char in enumerate(text):
            found = document.place(path, span=(index, index + 1))
            if not char.isspace():
                assert found[:2] == position(written.text, offsets[index]), (path, index, char)


@given(documents())
def test_every_value_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, span in written.values.items():
        if path:
            assert document.place(path) == place(written.text, *span), path


@given(documents())
def test_every_key_is_found(written: Written) -> None:
    _, document = read(written.text, "x.yaml")
    for path, span in written.keys.items():
        assert document.place(path, key=True) == place(written.text, *span), path
