"""Everything that SPEC001 refuses, with the exact place of what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from campaigncheck.messages import LANGS, Text
from campaigncheck.source import errors
from campaigncheck.source.document import decode, load, read
from campaigncheck.source.errors import SourceError
from campaigncheck.source.limits import MAX_BYTES, MAX_DEPTH, MAX_EXPANDED_NODES
from campaigncheck.source.place import START, Place

LEVELS = "abcdefgh"
BILLION_LAUGHS = "a: &a [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n" for below, name in pairwise(LEVELS)
)


def refusal(source: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(decode(source) if isinstance(source, bytes) else source, "x.yaml")
    return caught.value


REFUSED: dict[str, tuple[str | bytes, Text, tuple[int, int, int, int]]] = {
    "key twice": ("a: 1\nb: 2\na: 3\n", errors.DUPLICATE_KEY, (3, 1, 3, 2)),
    "key twice in Chinese": ("标题: 1\nb: 2\n标题: 2\n", errors.DUPLICATE_KEY, (3, 1, 3, 3)),
    "key twice below": ("a: 1\r\nb:\r\n  c: 1\r\n  c: 2\r\n", errors.DUPLICATE_KEY, (4, 3, 4, 4)),
    "key twice in braces": ("价: {a: 1, 'a': 2}\n", errors.DUPLICATE_KEY, (1, 11, 1, 14)),
    "key twice, once escaped": ('a: 1\n"\\x61": 2\n', errors.DUPLICATE_KEY, (2, 1, 2, 7)),
    "merge key": ("x: &a {b: 1}\ny:\n  <<: *a\n", errors.ODD_KEY, (3, 3, 3, 5)),
    "list as key": ("a: 1\n? [b]\n: c\n", errors.ODD_KEY, (2, 3, 2, 4)),
    "mapping as key": ("? {a: 1}\n: b\n", errors.ODD_KEY, (1, 3, 1, 4)),
    "alias as key": ("a: &x b\n*x : c\n", errors.ODD_KEY, (2, 1, 2, 3)),
    "tab after a colon": ("标题:\t好", errors.TAB, (1, 4, 1, 5)),
    "tab as indent": ("a:\n\tb: 2", errors.TAB, (2, 1, 2, 2)),
    "bell": ("标题: b\x07c", errors.CONTROL, (1, 6, 1, 7)),
    "zero byte": ("a: 1\nb: x\x00", errors.CONTROL, (2, 5, 2, 6)),
    "delete": ("a: 😀\x7f", errors.CONTROL, (1, 5, 1, 6)),
    "no character": ("a: 😀\ufffe", errors.CONTROL, (1, 5, 1, 6)),
    "billion laughs": (BILLION_LAUGHS, errors.EXPLODES, (5, 8, 5, 10)),
    "alias of itself": ("a: &x [*x]", errors.UNKNOWN_ALIAS, (1, 8, 1, 10)),
    "alias before its anchor": ("a: *x\nb: &x 1\n", errors.UNKNOWN_ALIAS, (1, 4, 1, 6)),
    "python object": ("a: 1\nb: !!python/object/apply:os.system [ls]", errors.TAG, (2, 4, 2, 35)),
    "own tag": ("a: !x 1", errors.TAG, (1, 4, 1, 6)),
    "standard tag": ("a: [!!str 1]", errors.TAG, (1, 5, 1, 10)),
    "tagged document": ("!!map\na: 1\n", errors.TAG, (1, 1, 1, 6)),
    "tagged key": ("a: 1\n!x b: 2\n", errors.TAG, (2, 1, 2, 3)),
    "two documents": ("a: 1\n---\nb: 2\n", errors.TWO_DOCUMENTS, (2, 1, 2, 4)),
    "list at the top": ("# 注\n- a\n- b\n", errors.NOT_A_MAPPING, (2, 1, 2, 4)),
    "text at the top": ("hello\n", errors.NOT_A_MAPPING, (1, 1, 1, 6)),
    "empty": ("", errors.EMPTY, (1, 1, 1, 1)),
    "blank lines only": ("\n\n  \n", errors.EMPTY, (1, 1, 1, 1)),
    "comment only": ("# 只有注释\n", errors.EMPTY, (1, 1, 1, 1)),
    "null only": ("null\n", errors.EMPTY, (1, 1, 1, 5)),
    "not UTF-8": ("标题: 好\nb: 好".encode() + b"\xff\n", errors.NOT_UTF8, (2, 5, 2, 5)),
    "GBK": ("title: 好\n".encode("gbk"), errors.NOT_UTF8, (1, 8, 1, 8)),
    "UTF-16": ("title: 全国\n".encode("utf-16"), errors.NOT_UTF8, (1, 1, 1, 1)),
    "UTF-16 unmarked": (b"t\0i\0", errors.CONTROL, (1, 2, 1, 3)),
    "cut off": ("title: 全国".encode()[:-1], errors.NOT_UTF8, (1, 9, 1, 9)),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", errors.NOT_UTF8, (1, 1, 1, 1)),
    "second byte-order mark": ("\ufeffa: 1\n".encode("utf-8-sig"), errors.CONTROL, (1, 1, 1, 2)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_at_its_place(name: str) -> None:
    source, message, place = REFUSED[name]
    error = refusal(source)
    assert (error.message.text, tuple(error.place)) == (message, place)
    for lang in LANGS:
        assert error.message.render(lang)
        assert error.hint.render(lang)


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        ("title: 全国一样\n".encode("gbk"), "GBK"),
        ("a: 1\n".encode("utf-16"), "UTF-16"),
        ("a: 1\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16"),
    ],
)
def test_the_hint_names_the_encoding(source: bytes, encoding: str) -> None:
    assert encoding in refusal(source).hint.render("zh")


def test_the_hint_says_where_a_key_stood_first() -> None:
    text = '"c\\u0064": 0\nab: 1\nx: {abc: 1}\n"abc": 2\nd: 3\n\'abc\': 4\n'
    assert refusal(text).hint.args == {"line": 4}


def test_the_tag_is_named_as_it_is_written() -> None:
    assert refusal("a: !!set {x}\n").message.render("en") == "the tag “!!set” is not allowed"


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 5_000])
@pytest.mark.parametrize("style", ["flow", "block"])
def test_nesting_has_a_limit(style: str, depth: int) -> None:
    inside = depth - 1
    text = "a: " + "[" * inside + "]" * inside if style == "flow" else "a:\n " + "- " * inside + "x"
    if depth <= MAX_DEPTH:
        read(text, "x.yaml")
        return
    error = refusal(text)
    first, column = (1, 4 + MAX_DEPTH - 1) if style == "flow" else (2, 2 + 2 * (MAX_DEPTH - 1))
    assert (error.message.text, error.place[:2]) == (errors.TOO_DEEP, (first, column))


@pytest.mark.parametrize("more", [0, 1])
def test_aliases_may_expand_to_a_limit(more: int) -> None:
    nodes = 2_000
    item = f"a: &a [{', '.join(['1'] * (nodes - 1))}]\n"
    text = item + f"b: [{', '.join(['*a'] * (MAX_EXPANDED_NODES // nodes))}]\n" + "c: &c 1\nd: *c\n" * more
    if more:
        assert refusal(text).place == Place(4, 4, 4, 6)
    else:
        read(text, "x.yaml")


def test_a_file_may_have_a_mebibyte(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert len(load(str(file), "x.yaml")[0]["a"]) == MAX_BYTES - 3
    file.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    with pytest.raises(SourceError) as caught:
        load(str(file), "x.yaml")
    assert (caught.value.message.text, caught.value.place) == (errors.TOO_LARGE, START)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    with file.open("wb") as stream:
        stream.truncate(1 << 31)
    with pytest.raises(SourceError) as caught:
        load(str(file), "x.yaml")
    assert "2.0 GiB" in caught.value.message.render("zh")


@pytest.mark.parametrize("kind", ["missing", "folder", "loop", "dangling", "device"])
def test_what_is_no_file_cannot_be_read(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "x.yaml"
    targets = {"loop": file, "dangling": tmp_path / "nothing", "device": Path(os.devnull)}
    if kind == "folder":
        file.mkdir()
    elif kind in targets:
        file.symlink_to(targets[kind])
    with pytest.raises(SourceError) as caught:
        load(str(file), "x.yaml")
    assert (caught.value.message.text, caught.value.place) == (errors.UNREADABLE, START)


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    os.mkfifo(file)
    code = "import sys, campaigncheck.source.document as d; d.load(sys.argv[1], 'x.yaml')"
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, timeout=30, check=False)
    assert b"SourceError" in done.stderr


def test_line_ends_of_all_kinds_count_once() -> None:
    assert refusal("a: 1\r\nb: 2\r\r\n\na: 3").place == Place(5, 1, 5, 2)
