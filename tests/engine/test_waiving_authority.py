"""Who may grant which exception, and who may say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.messages import LANGS
from tests.cli.test_check import call
from tests.engine.waivers import (
    ONE,
    TWO_STAMPS,
    checked,
    own_rules,
    owned,
    said,
    waiver,
    write_repository,
)


@pytest.mark.parametrize(
    ("region", "rule", "approver", "problem"),
    [
        ("510000", "LANG003", "省公司服务部", None),
        ("510000", "LANG003", "省公司市场部", None),
        ("510000", "TIME004", "市公司服务部", "“市公司服务部” is of the city; an exception from TIME004 takes the province"),
        ("510700", "TIME004", "市公司服务部", None),
        ("510700", "TIME004", "省公司服务部", None),
        ("510700", "LANG003", "省公司市场部", None),
        ("510700", "LANG003", "市公司服务部", "“市公司服务部” is of the city; an exception from LANG003 takes the province"),
        ("510104", "TIME004", "市公司服务部", None),
        ("510104", "LANG003", "市公司服务部", "“市公司服务部” is of the city; an exception from LANG003 takes the province"),
        ("000000", "LANG003", "省公司服务部", "“省公司服务部” is of the province; an exception from LANG003 takes the country"),
        ("510000", "LANG003", "省公司服务部 ", None),
        ("510000", "LANG003", "省公司", "the approver “省公司” is not in the policy"),
        ("510000", "LANG003", "山西省公司服务部", "the approver “山西省公司服务部” is not in the policy"),
    ],
)  # fmt: skip
def test_levels_decide_who_may(tmp_path: Path, region: str, rule: str, approver: str, problem: str | None) -> None:
    report = checked(
        tmp_path, ONE + TWO_STAMPS + owned(region), waiver(rule=rule, approver=approver), "LANG003", "TIME004"
    )
    assert [item.rule for item in report.findings if item.waived is not None] == ([] if problem else [rule])
    assert said(report) == ([(4, 13, problem)] if problem else [])
    told = [item.hint.render(lang) for item in report.findings if item.rule == "WAIV001" for lang in LANGS]
    assert not any("Ask ," in hint or "请批准" in hint or hint.endswith((": .", "有：。")) for hint in told)


def passes(folder: Path, rules: Path, region: str, approver: str, rule: str = "LANG003") -> str:
    """Return what is said of an exception; nothing if it holds."""
    entry = waiver(rule=rule, approver=approver)
    report = checked(folder, ONE + TWO_STAMPS + owned(region), entry, "LANG003", "TIME004", rules=rules)
    assert report.waived == (0 if said(report) else 1)
    return "; ".join(message for _, _, message in said(report))


def test_a_province_s_own_approver(tmp_path: Path) -> None:
    rules = own_rules(tmp_path, r510000="approvers:\n  四川客服: {level: province}\n  四川督导: {level: city}\n")
    for region in ("510000", "510700", "510104"):
        assert passes(tmp_path, rules, region, "四川客服") == ""
    for region in ("330000", "330100", "000000"):
        assert passes(tmp_path, rules, region, "四川客服") == "the approver “四川客服” is not in the policy"
    assert passes(tmp_path, rules, "510700", "四川督导", "TIME004") == ""
    assert "is of the city" in passes(tmp_path, rules, "510700", "四川督导")
    assert passes(tmp_path, rules, "330100", "省公司服务部") == ""


def test_a_city_s_own_approver(tmp_path: Path) -> None:
    rules = own_rules(tmp_path, r510700="approvers: {绵阳客服: {level: city}}\n")
    assert passes(tmp_path, rules, "510700", "绵阳客服", "TIME004") == ""
    assert passes(tmp_path, rules, "510704", "绵阳客服", "TIME004") == ""
    assert "takes the province" in passes(tmp_path, rules, "510700", "绵阳客服")
    for region in ("510100", "510000"):
        assert "is not in the policy" in passes(tmp_path, rules, region, "绵阳客服", "TIME004")


def test_what_a_city_may_decide_is_the_country_s_to_say(tmp_path: Path) -> None:
    policy = "authority: {city: [LANG003], source: 测试}\napprovers: {总部: {level: country}}\n"
    rules = own_rules(tmp_path, policy=policy)
    assert passes(tmp_path, rules, "510700", "市公司服务部") == ""
    assert "takes the province" in passes(tmp_path, rules, "510700", "市公司服务部", "TIME004")
    for region in ("000000", "510000", "510700"):
        assert passes(tmp_path, rules, region, "总部") == ""


@pytest.mark.parametrize(
    ("overlays", "place"),
    [
        ({"r510700": "approvers:\n  绵阳客服: {level: province}\n"}, "overlays/510700.yaml:3:17"),
        ({"r510700": "approvers:\n  绵阳客服: {level: country}\n"}, "overlays/510700.yaml:3:17"),
        ({"r510000": "approvers:\n  四川客服: {level: country}\n"}, "overlays/510000.yaml:3:17"),
        ({"r510000": "approvers:\n  四川客服: {level: 省}\n"}, "overlays/510000.yaml:3:17"),
        ({"r510000": "authority: {city: [LANG003], source: 测试}\n"}, "overlays/510000.yaml:2:1"),
        ({"policy": "authority: {city: [LANG033], source: 测试}\n"}, "policy.yaml:3:20"),
        ({"policy": "approvers: {总部: {levle: country}}\n"}, "policy.yaml:3:"),
    ],
)
def test_a_policy_that_appoints_too_high_is_refused(tmp_path: Path, overlays: dict[str, str], place: str) -> None:
    own_rules(tmp_path, **overlays)
    write_repository(tmp_path)
    for lang in LANGS:
        done = call("check", "--today", "2026-12-01", "--lang", lang, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"rules/{place}" in done.stderr
