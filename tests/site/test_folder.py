"""The folder of a site: written whole, and never in the place of something else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaigncheck.engine.errors import UsageError
from campaigncheck.site.folder import LIST, refuse_foreign, write


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != LIST}


def test_a_site_is_written_with_its_folders(tmp_path: Path) -> None:
    made = {"index.html": b"1", "en/c/a.html": b"2"}
    write(tmp_path / "deep" / "out", made)
    assert content(tmp_path / "deep" / "out") == made
    assert os.listdir(tmp_path / "deep") == ["out"]


def test_an_older_site_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"index.html": b"1", "c/old.html": b"2"})
    refuse_foreign(out)
    write(out, {"index.html": b"3"})
    assert content(out) == {"index.html": b"3"}
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("name", ["notes.txt", "c/mine.html", "empty/"])
def test_what_is_no_part_of_a_site_is_not_replaced(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"index.html": b"1", "c/a.html": b"2"})
    if name.endswith("/"):
        (out / name).mkdir()
    else:
        (out / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        refuse_foreign(out)
    assert caught.value.message.render("en").endswith(f"holds something that is no part of an older site: {name}")


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "a.yaml").write_text("spec: 1\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        refuse_foreign(tmp_path)
    assert caught.value.message.render("en").endswith("an older site: campaigns/a.yaml")


def test_a_file_is_refused_and_an_empty_folder_is_not(tmp_path: Path) -> None:
    refuse_foreign(tmp_path)
    refuse_foreign(tmp_path / "none")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        refuse_foreign(tmp_path / "file")
    assert caught.value.message.render("en").endswith("is a file, not a folder")


@pytest.mark.parametrize("name", ["../x.html", "/x.html", "a//b.html", "a/../../x.html", "a\\b.html", "."])
def test_no_path_leaves_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        write(tmp_path / "out", {"index.html": b"1", name: b"2"})
    assert list(tmp_path.iterdir()) == []


def test_when_the_new_one_cannot_be_put_in_place_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename, calls = tmp_path / "out", os.rename, 0

    def second_fails(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "full")
        rename(source, target)

    write(out, {"index.html": b"1"})
    monkeypatch.setattr(os, "rename", second_fails)
    with pytest.raises(OSError, match="full"):
        write(out, {"index.html": b"2"})
    assert content(out) == {"index.html": b"1"}
    assert os.listdir(tmp_path) == ["out"]
