"""``clearance.yaml``: which keys a repository trusts, and each mistake at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.clearance import load_clearance
from campaigncheck.catalogue.files import RuleFiles, builtin_rules
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.tables import load_regions
from tests.attest.signed import key

RAW = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
GOOD = f"""\
about: {{title: 密钥, source: 测试}}
algorithms: [ed25519]
keys:
  province:
    public: {RAW}
    holder: 省公司服务部
    regions: ["510000"]
    valid: {{start: 2026-01-01, end: 2026-12-31}}
"""
REGIONS = load_regions(RuleFiles.at(None))


def loaded(folder: Path, text: str) -> object:
    (folder / "clearance.yaml").write_text(text, encoding="utf-8")
    return load_clearance(RuleFiles.at(folder), REGIONS)


def test_keys_are_read(tmp_path: Path) -> None:
    (tmp_path / "clearance.yaml").write_text(GOOD, encoding="utf-8")
    (found,) = load_clearance(RuleFiles.at(tmp_path), REGIONS).keys
    assert (found.name, found.holder, found.regions) == ("province", "省公司服务部", frozenset({"510000"}))
    assert (found.start, found.end) == (date(2026, 1, 1), date(2026, 12, 31))
    pem = GOOD.replace(RAW, "|\n      " + found.public.pem.replace("\n", "\n      "))
    assert loaded(tmp_path, pem) == loaded(tmp_path, GOOD)


def test_nothing_built_in_trusts_a_key(tmp_path: Path) -> None:
    """Also where the built-in rules are those of this repository, which trusts a key of its own."""
    assert not load_clearance(RuleFiles.at(None), REGIONS)
    assert not load_clearance(RuleFiles.at(tmp_path), REGIONS)
    assert [found.name for found in load_clearance(RuleFiles.at(builtin_rules()), REGIONS).keys] == ["demonstration"]


def test_the_package_ships_none() -> None:
    config = (builtin_rules().parent / "pyproject.toml").read_text(encoding="utf-8")
    assert '"rules/policy.yaml" = ' in config
    assert "rules/clearance.yaml" not in config


@pytest.mark.parametrize(("old", "new", "place", "expected"), [
    ("[ed25519]", "[rsa]", (2, 14), "“rsa” is not one of the allowed values"),
    ("[ed25519]", "[]", (2, 13), "the list needs 1 or more entries"),
    ("keys:", "extends: builtin\nkeys:", (3, 1), "“extends”"),
    (RAW, RAW[:-2], (5, 13), "it is no Ed25519 public key (PEM, or 32 bytes in base64)"),
    (RAW, "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", (5, 13), "this public key is unsafe: anybody can forge its signatures"),
    ('["510000"]', '["510001"]', (7, 15), "there is no region “510001”"),
    ('["510000"]', "[]", (7, 14), "the list needs 1 or more entries"),
    ("end: 2026-12-31", "end: 2025-12-31", (8, 12), "it ends before it begins"),
    ("    valid: {start: 2026-01-01, end: 2026-12-31}\n", "", (4, 3), "“valid”"),
    ("  province:", "  province: {}\n  other:", (4, 3), "“public”"),
])  # fmt: skip
def test_each_mistake_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], expected: str
) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as refused:
        loaded(tmp_path, GOOD.replace(old, new, 1))
    first = refused.value.problems[0]
    assert expected in first.message.render("en")
    assert (Path(first.path).name, first.place.line, first.place.column) == ("clearance.yaml", *place)


def test_a_key_stands_once(tmp_path: Path) -> None:
    twin = GOOD.split("keys:\n")[1].replace("province", "city")
    with pytest.raises(CatalogueError, match="this is the same key as “province”"):
        loaded(tmp_path, GOOD + twin)


def test_an_overlay_adds_no_key(tmp_path: Path) -> None:
    from campaigncheck.catalogue.load import load_catalogues

    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "510000.yaml").write_text(
        "about: {title: 四川, source: 测试}\nkeys: {}\n", encoding="utf-8"
    )
    with pytest.raises(CatalogueError, match="keys"):
        load_catalogues(RuleFiles.at(tmp_path))


def test_keys_decide_findings(tmp_path: Path) -> None:
    """What is kept of earlier runs is of no use once other keys hold."""
    before = policy_digest(RuleFiles.at(tmp_path))
    (tmp_path / "clearance.yaml").write_text(GOOD, encoding="utf-8")
    assert policy_digest(RuleFiles.at(tmp_path)) != before


def test_the_example_of_a_key_is_none_of_the_tests() -> None:
    assert key().public.id not in {
        found.public.id for found in load_clearance(RuleFiles.at(builtin_rules()), REGIONS).keys
    }
