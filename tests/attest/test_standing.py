"""Whether a campaign has a clearance that stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from campaigncheck.attest.standing import shortcoming
from campaigncheck.attest.strict import MAX_BYTES
from campaigncheck.attest.trust import TrustedKeys
from tests.attest.signed import TREE, VALUES, key, sealed, statement, trusted

ID = "sc-2027-spring"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "clearances"
    found.mkdir()
    (found / f"{ID}.json").write_bytes(sealed())
    return found


def reason(folder: Path, keys: TrustedKeys, values: dict[str, Any] = VALUES, campaign: str = ID) -> str | None:
    found = shortcoming(folder, campaign, values, keys)
    return found.render("en") if found else None


def test_it_stands(folder: Path) -> None:
    assert reason(folder, trusted(0)) is None
    assert reason(folder, trusted(0, 1), {**VALUES, "stage": "launched"}) is None


def test_there_is_none(folder: Path) -> None:
    assert reason(folder, trusted(0), campaign="sc-2027-other") == "there is no clearance clearances/sc-2027-other.json"
    assert reason(folder / "no", trusted(0)) == "there is no clearance no/sc-2027-spring.json"


def test_it_was_issued_for_another_campaign(folder: Path) -> None:
    (folder / "sc-2027-other.json").write_bytes(sealed())
    expected = "the clearance clearances/sc-2027-other.json does not hold: it is for sc-2027-spring"
    assert reason(folder, trusted(0), campaign="sc-2027-other") == expected


FAILS = "the clearance clearances/sc-2027-spring.json does not hold: "


def test_the_spec_says_something_else(folder: Path) -> None:
    assert (
        reason(folder, trusted(0), {**VALUES, "title": "新"}) == FAILS + "the campaign was changed after it was issued"
    )
    assert reason(folder, trusted(0), {**VALUES, "x": 2**60}) == FAILS + "the campaign holds figures that JSON cannot"


def test_nobody_whom_the_policy_trusts_has_signed_it(folder: Path) -> None:
    assert reason(folder, TrustedKeys(TREE)) == FAILS + "the policy trusts no key"
    other = f"the key that signed it ({key(0).public.id[:16]}) is none that the policy trusts"
    assert reason(folder, trusted(1)) == FAILS + other


def test_the_policy_allows_no_such_algorithm(folder: Path) -> None:
    keys = TrustedKeys(TREE, trusted(0).keys, frozenset())
    assert reason(folder, keys) == FAILS + "the policy does not allow the signature algorithm ed25519"


@pytest.mark.parametrize(("regions", "good"), [
    (("510700",), True), (("510000",), True), (("000000",), True), (("310000", "510000"), True),
    (("510100",), False), (("310000",), False), (("510703",), False),
])  # fmt: skip
def test_a_key_clears_campaigns_of_its_regions_and_all_in_them(
    folder: Path, regions: tuple[str, ...], good: bool
) -> None:
    wrong = FAILS + "the key “key-0” (省公司服务部) may not clear campaigns of 绵阳市"
    assert reason(folder, trusted(0, regions=regions)) == (None if good else wrong)


@pytest.mark.parametrize(("day", "good"), [
    ("2025-12-31", False), ("2026-01-01", True), ("2027-12-31", True), ("2028-01-01", False),
])  # fmt: skip
def test_a_key_clears_while_it_is_valid(folder: Path, day: str, good: bool) -> None:
    (folder / f"{ID}.json").write_bytes(sealed(of=statement(issued_on=day)))
    wrong = FAILS + f"the key “key-0” (省公司服务部) is valid from 2026-01-01 to 2027-12-31; the clearance is of {day}"
    assert reason(folder, trusted(0)) == (None if good else wrong)


def test_both_keys_have_to_be_allowed(folder: Path) -> None:
    (folder / f"{ID}.json").write_bytes(sealed(0, 1))
    keys = TrustedKeys(TREE, (*trusted(0).keys, *trusted(1, regions=("310000",)).keys))
    assert reason(folder, keys) == FAILS + "the key “key-1” (省公司服务部) may not clear campaigns of 绵阳市"


def test_a_key_of_the_command_line_has_no_limits(folder: Path) -> None:
    assert reason(folder, TrustedKeys(TREE).with_key("mine", key(0).public)) is None
    limited = trusted(0, regions=("310000",)).with_key("mine", key(0).public)
    assert reason(folder, limited) is None


@pytest.mark.parametrize("owner", [None, 5, {}, {"region": 510000}])
def test_a_spec_without_an_owner_is_nobodys(folder: Path, owner: Any) -> None:
    values = {**VALUES, "owner": owner}
    (folder / f"{ID}.json").write_bytes(sealed(of=statement(values=values)))
    assert reason(folder, trusted(0), values) == FAILS + "the key “key-0” (省公司服务部) may not clear campaigns of "


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    file = folder / f"{ID}.json"
    file.unlink()
    file.mkdir()
    assert reason(folder, trusted(0)) == FAILS + "the file cannot be read: it is a folder, or a link to one"
    file.rmdir()
    os.mkfifo(file)
    assert reason(folder, trusted(0)) == FAILS + "the file cannot be read: not a regular file"
    file.unlink()
    file.symlink_to(file)
    assert reason(folder, trusted(0)) == "there is no clearance clearances/sc-2027-spring.json"


def test_one_that_is_too_large_is_not_read(folder: Path) -> None:
    (folder / f"{ID}.json").write_bytes(sealed() + b" " * MAX_BYTES)
    assert reason(folder, trusted(0)) == FAILS + "the file has 16.0 MiB, more than the limit of 16 MiB"
