"""Key files: who may read them, where the key comes from, and that nothing of it is shown or overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaigncheck.attest.keys import PrivateKey, read_public
from campaigncheck.cli.clear import clear
from campaigncheck.cli.keys import write_pair
from campaigncheck.engine.errors import UsageError
from tests.attest.signed import key
from tests.clearance.repository import FILE, ID, Home

NO_KEY = "the key {} cannot be used: it is no unencrypted Ed25519 private key (PEM, PKCS8)"


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.fixture(params=[0o000, 0o022, 0o077])
def mask(request: pytest.FixtureRequest) -> object:
    """Whatever new files may be like otherwise."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_new_key_is_readable_by_nobody_else(tmp_path: Path, mask: int) -> None:
    file = tmp_path / "new.key"
    public = write_pair(file)
    assert (mode(file), mode(tmp_path / "new.key.pub")) == (0o600, 0o644)
    assert PrivateKey.read(file.read_bytes()).public == public
    assert read_public((tmp_path / "new.key.pub").read_text()) == public
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.key", "new.key.pub"]


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert write_pair(tmp_path / "one") != write_pair(tmp_path / "two")


@pytest.mark.parametrize("there", ["new.key", "new.key.pub"])
@pytest.mark.parametrize("link", [False, True])
def test_nothing_is_overwritten(tmp_path: Path, there: str, link: bool) -> None:
    if link:
        (tmp_path / there).symlink_to("nowhere")
    else:
        (tmp_path / there).write_text("old")
    with pytest.raises(UsageError, match="is there already and is not overwritten"):
        write_pair(tmp_path / "new.key")
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert link or (tmp_path / there).read_text() == "old"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_pair(tmp_path / "no" / "new.key")


@pytest.mark.parametrize("fails", [1, 2])
def test_it_is_both_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int) -> None:
    link, calls = os.link, []

    def full(source: str, target: Path) -> None:
        calls.append(target)
        if len(calls) == fails:
            raise OSError(28, "No space left on device")
        link(source, target)

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(UsageError, match="No space left on device"):
        write_pair(tmp_path / "new.key")
    assert list(tmp_path.iterdir()) == []


def test_the_command_makes_a_pair_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert clear.main(["--new-key", "new.key", "--lang", "en"], standalone_mode=False) == 0
    out = capsys.readouterr().out
    assert read_public((tmp_path / "new.key.pub").read_text()).id in out
    assert "put the public key into rules/clearance.yaml" in out
    assert "BEGIN" not in out


@pytest.mark.parametrize("more", [[ID], ["--key", "company.key"], ["-o", "out"]])
def test_a_new_key_goes_with_nothing_else(tmp_path: Path, more: list[str]) -> None:
    with pytest.raises(UsageError, match="goes with nothing else"):
        clear.main(["--new-key", str(tmp_path / "new.key"), *more], standalone_mode=False)
    assert list(tmp_path.iterdir()) == []


def test_without_an_id_there_is_nothing_to_clear() -> None:
    with pytest.raises(UsageError, match="no campaign is named"):
        clear.main([], standalone_mode=False)


def test_the_key_of_the_environment_serves_as_well(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.clear() == (2, "", "there is no key to sign with")
    monkeypatch.setenv("CAMPAIGNCHECK_KEY", key().pem.decode())
    assert home.clear().code == 0
    assert home.verify().code == 0


def test_a_key_that_is_named_goes_before_that_of_the_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGNCHECK_KEY", key(1).pem.decode())
    assert home.clear("--key", "company.key").code == 0
    assert home.verify().code == 0


@pytest.mark.parametrize("given", ["company.key", "", "-----BEGIN PRIVATE KEY-----", "\udcff"])
def test_what_is_no_key_in_the_environment_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("CAMPAIGNCHECK_KEY", given)
    message = NO_KEY.format("CAMPAIGNCHECK_KEY") if given else "there is no key to sign with"
    assert home.clear() == (2, "", message)
    assert not FILE.exists()


@pytest.mark.parametrize(("name", "content", "message"), [
    ("none.key", None, "there is no such path: none.key"),
    ("bad.key", b"", NO_KEY.format("bad.key")),
    ("bad.key", b"\x00\xff", NO_KEY.format("bad.key")),
    ("company.key.pub", None, NO_KEY.format("company.key.pub")),
    ("big.key", b" " * 70_000, "the key big.key cannot be used: the file has 0.1 MiB, more than the limit of 0 MiB"),
    ("campaigns", None, "the key campaigns cannot be used: the file cannot be read: it is a folder, or a link to one"),
])  # fmt: skip
def test_what_is_no_key_is_refused(home: Home, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    assert home.clear("--key", name) == (2, "", message)
    assert not FILE.exists()


@pytest.mark.parametrize("name", ["company.key", "campaigns/winter.yaml"])
def test_what_is_no_public_key_is_refused(cleared: Home, name: str) -> None:
    message = f"the key {name} cannot be used: it is no Ed25519 public key (PEM, or 32 bytes in base64)"
    assert cleared.verify("--key", name) == (2, "", message)


def test_a_key_that_others_can_read_is_told(home: Home) -> None:
    Path("company.key").chmod(0o640)
    done = home.clear("--key", "company.key", "--lang", "en")
    assert (done.code, done.err) == (0, "note: others can read the key company.key; run chmod 600 company.key\n")


def test_a_key_that_the_policy_does_not_trust_is_told(home: Home) -> None:
    Path("other.key").write_bytes(key(1).pem)
    Path("other.key").chmod(0o600)
    done = home.clear("--key", "other.key", "--lang", "en")
    assert (done.code, done.err.startswith("note: the policy does not trust this key: ")) == (0, True)
    assert home.verify().code == 1


def test_a_key_that_may_not_sign_this_is_told(home: Home) -> None:
    pinned = home.folder / "rules" / "clearance.yaml"
    pinned.write_text(pinned.read_text(encoding="utf-8").replace('"510000"', '"310000"'), encoding="utf-8")
    done = home.clear("--key", "company.key", "--lang", "en")
    expected = "note: the key “company” (省公司服务部) may not clear campaigns of 四川省\n"
    assert (done.code, done.err) == (0, expected)
