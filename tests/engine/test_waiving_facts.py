"""Exceptions that were granted on certain values: they hold on these and are void once they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.engine.finding import Report
from campaigncheck.engine.identity import facts
from campaigncheck.rulekit.sample import complete
from tests.engine.waivers import (
    ABOUT_OLDER,
    FAULTY,
    ONE,
    THREE,
    checked,
    held,
    said,
    waiver,
)
from tests.support.checking import check_specs


def facts_in(report: Report, rule: str = "LANG003") -> str:
    found = [item for finding, item in zip(report.findings, facts(report), strict=True) if finding.rule == rule]
    return found[0]


@pytest.mark.parametrize("name", ["facts", "hash"])
def test_an_exception_holds_on_the_values_it_was_granted_on(tmp_path: Path, name: str) -> None:
    granted = waiver(**{name: facts_in(checked(tmp_path, ONE, ""))})
    assert (checked(tmp_path, ONE, granted).waived, said(checked(tmp_path, ONE, granted))) == (1, [])
    moved = "# 说明\n\n" + complete(ONE).replace("texts:", "texts:  # 海报\n  # 第一张") + "\n# 完\n"
    still = check_specs(tmp_path, {"faulty": moved}, select=("LANG003", "WAIV001"), waivers=granted)
    assert (still.waived, still.findings[0].place[:2]) == (1, (6, 29))
    titled = checked(tmp_path, ONE + "title: 换了名字\n", granted)
    assert (titled.waived, said(titled)) == (1, [])


@pytest.mark.parametrize(
    "change", [("全国第一。", "全国第一！"), ("全国第一。", "真的，全国第一。"), ("全国第一。", "第一品牌。")]
)
def test_it_is_void_once_they_change(tmp_path: Path, change: tuple[str, str]) -> None:
    before = facts_in(checked(tmp_path, ONE, ""))
    report = checked(tmp_path, ONE.replace(*change), waiver(facts=before))
    message = (
        "what the exception was granted on has changed, so it is void: LANG003 of faulty is about other values now"
    )
    assert (said(report), report.waived, report.outcomes[0].verdict) == ([(6, 10, message)], 0, "blocked")
    void = next(item for item in report.findings if item.rule == "WAIV001")
    now = facts_in(report)
    assert now != before
    assert now in void.hint.render("zh")
    assert checked(tmp_path, ONE.replace(*change), waiver(facts=now)).waived == 1


def test_void_facts_are_marked_by_the_name_they_are_given(tmp_path: Path) -> None:
    for name, column in (("facts", 10), ("hash", 9)):
        report = checked(tmp_path, ONE, waiver(**{"pointer": "/texts", name: "sha256:" + "0" * 64}))
        assert [(item.pointer, item.place[:2]) for item in report.findings if item.rule == "WAIV001"] == [
            (f"/0/{name}", (7, column))
        ]


def test_facts_bind_to_one_finding_of_several(tmp_path: Path) -> None:
    first, second = facts(checked(tmp_path, FAULTY, ""))
    assert first != second
    report = checked(tmp_path, FAULTY, waiver(facts=second))
    assert (held(report), said(report)) == ([("faulty", "/texts/1/text")], [])
    crossed = checked(tmp_path, FAULTY, waiver(facts=second, pointer="/texts/0"))
    assert (held(crossed), [item[:2] for item in said(crossed)]) == ([], [(6, 10)])


def test_the_other_campaign_s_values_count_too(tmp_path: Path) -> None:
    specs = {name: THREE[name] for name in ("late", "older")}
    plain = check_specs(tmp_path, specs, select=("CONF001", "WAIV001"))
    granted = ABOUT_OLDER + f"  facts: {facts_in(plain, 'CONF001')}\n"
    renamed = specs | {"older": specs["older"].replace("title: 积分换话费", "title: 换了名字")}
    assert check_specs(tmp_path, renamed, select=("CONF001", "WAIV001"), waivers=granted).waived == 1
    assert check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), waivers=granted).waived == 1
    other = specs | {"older": specs["older"].replace("broadband.1000m", "broadband.500m")}
    own = specs | {"late": specs["late"].replace('["broadband.*"]', '["broadband.1000m"]')}
    for changed in (other, own):
        report = check_specs(tmp_path, changed, select=("CONF001", "WAIV001"), waivers=granted)
        assert ([item[:2] for item in said(report)], report.waived) == ([(7, 10)], 0)


def test_facts_tell_apart_what_is_missing_at_one_place(tmp_path: Path) -> None:
    """FAQ001 points at the channel that asks for an answer, and one channel asks for several."""
    answers = "faq:\n  - {topic: documents, q: 带什么？, a: 带上本人身份证原件就可以，不用带别的。}\n"
    times = "faq:\n  - {topic: handling_time, q: 要多久？, a: 办完一笔一般几分钟，人多时要排队。}\n"
    before = checked(tmp_path, f"id: faulty\n{answers}", "", "FAQ001")
    granted = next(
        item
        for finding, item in zip(before.findings, facts(before), strict=True)
        if finding.message.args.get("topic") == "handling_time"
    )
    entry = waiver(rule="FAQ001", pointer="/channels/0", facts=granted)
    assert held(checked(tmp_path, f"id: faulty\n{answers}", entry, "FAQ001")) == [("faulty", "/channels/0")]
    after = checked(tmp_path, f"id: faulty\n{times}", entry, "FAQ001")
    assert (held(after), [item[:2] for item in said(after)]) == ([], [(7, 10)])
