"""Repaired files are written all or none, and only as they were read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import SpecFile
from campaigncheck.repair.model import Mended
from campaigncheck.repair.write import write
from campaigncheck.source.errors import ChangedError


def mended(path: Path, before: bytes, after: str) -> Mended:
    """A file that is there, and what is to become of it."""
    path.write_bytes(before)
    return Mended(SpecFile(str(path), path.name, True), before.decode("utf-8-sig"), after, 1)


def content(folder: Path) -> dict[str, bytes]:
    """What is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_bytes_permissions_and_links_stay(tmp_path: Path) -> None:
    marked = mended(tmp_path / "a.yaml", b"\xef\xbb\xbfa: 1\r\n", "a: 2\r\n")
    plain = mended(tmp_path / "b.yaml", b"a: 1", "a: 2")
    (tmp_path / "b.yaml").chmod(0o640)
    (tmp_path / "link.yaml").symlink_to("b.yaml")
    write([marked, plain])
    assert content(tmp_path) == {"a.yaml": b"\xef\xbb\xbfa: 2\r\n", "b.yaml": b"a: 2", "link.yaml": b"a: 2"}
    assert (tmp_path / "b.yaml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.yaml").is_symlink()


def test_nothing_to_write_writes_nothing(tmp_path: Path) -> None:
    write([])
    assert content(tmp_path) == {}


@pytest.mark.parametrize("gone", [True, False])
def test_a_file_that_has_changed_stops_all(gone: bool, tmp_path: Path) -> None:
    both = [mended(tmp_path / "a.yaml", b"a: 1\n", "a: 2\n"), mended(tmp_path / "b.yaml", b"a: 1\n", "a: 2\n")]
    if gone:
        (tmp_path / "b.yaml").unlink()
    else:
        (tmp_path / "b.yaml").write_bytes(b"a: 5\n")
    with pytest.raises(ChangedError) as refused:
        write(both)
    assert refused.value.message.render("en") == "b.yaml changed while it was being checked"
    assert content(tmp_path) == {"a.yaml": b"a: 1\n"} | ({} if gone else {"b.yaml": b"a: 5\n"})


def test_a_read_only_file_stops_all(tmp_path: Path) -> None:
    both = [mended(tmp_path / "a.yaml", b"a: 1\n", "a: 2\n"), mended(tmp_path / "b.yaml", b"a: 1\n", "a: 2\n")]
    (tmp_path / "b.yaml").chmod(0o444)
    with pytest.raises(UsageError) as refused:
        write(both)
    assert refused.value.message.render("en") == "b.yaml is read-only; no file was changed"
    assert content(tmp_path) == {"a.yaml": b"a: 1\n", "b.yaml": b"a: 1\n"}


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_half_way_is_undone(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    three = [mended(tmp_path / f"{name}.yaml", b"a: 1\n", "a: 2\n") for name in "abc"]
    replace, calls = os.replace, [0]

    def full(source: str, target: Path) -> None:
        calls[0] += 1
        if calls[0] == failing:
            raise OSError(28, "No space left on device", source, None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UsageError) as refused:
        write(three)
    assert refused.value.message.render("en") == f"{'ab'[failing - 1]}.yaml cannot be written: No space left on device"
    assert content(tmp_path) == {f"{name}.yaml": b"a: 1\n" for name in "abc"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = mended(tmp_path / "a.yaml", b"a: 1\n", "a: 2\n")

    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied", "a temporary name")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(UsageError) as refused:
        write([one])
    assert refused.value.message.render("en") == "a.yaml cannot be written: Permission denied"
    assert content(tmp_path) == {"a.yaml": b"a: 1\n"}
