"""Texts that nobody asks for are not kept, and are read again when somebody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.source.document import load, read
from campaigncheck.source.errors import ChangedError
from campaigncheck.source.place import Place

_TEXT = "id: one\ntitle: 迎春\n"


def test_a_text_that_was_let_go_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(_TEXT, encoding="utf-8")
    _, document, _ = load(str(file), "one.yaml")
    document.let_go()
    assert vars(document)["_text"] is None
    assert document.place(("title",)) == Place(2, 8, 2, 10)
    assert document.text == _TEXT


@pytest.mark.parametrize("now", ["id: one\ntitle: 迎秋\n", None])
def test_a_file_that_changed_meanwhile_is_told(tmp_path: Path, now: str | None) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(_TEXT, encoding="utf-8")
    _, document, _ = load(str(file), "one.yaml")
    document.let_go()
    assert vars(document)["_text"] is None
    file.unlink() if now is None else file.write_text(now, encoding="utf-8")
    with pytest.raises(ChangedError) as raised:
        document.place(("title",))
    assert raised.value.message.render("en") == "one.yaml changed while it was being checked"


def test_a_text_without_a_file_is_kept() -> None:
    _, document = read(_TEXT, "one.yaml")
    document.let_go()
    assert document.text == _TEXT
