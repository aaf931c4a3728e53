"""Laws of exceptions, on portfolios and exceptions of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.engine.finding import Finding, Report
from tests.engine.waivers import (
    LAW_RULES,
    POOL,
    RULES,
    portfolio,
    waiver,
)
from tests.support.checking import TODAY, check_specs

ABLE = {"reason": "试点", "approver": "省公司服务部", "expires": "2027-03-31"}
ENTRIES = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(RULES),
        "campaign": st.sampled_from([*POOL, "fifth"]),
        "reason": st.sampled_from(["试点", "系统四月才能合并"]),
        "approver": st.sampled_from(["省公司服务部", "市公司服务部", "省公司市场部", "王经理"]),
        "expires": st.sampled_from(["2027-03-31", "2026-12-01", "2026-11-30"]),
    },
    optional={
        "pointer": st.sampled_from(['""', "/texts", "/texts/0", "/offers", "/handling/steps/0"]),
        "related": st.sampled_from(list(POOL)),
        "facts": st.just("sha256:" + "0" * 64),
    },
)
GOOD = st.builds(
    lambda place, pointer: {**dict(zip(("rule", "campaign", "pointer"), (*place, pointer), strict=True)), **ABLE},
    st.sampled_from(
        [("LANG003", "first"), ("CONF001", "first"), ("TIME004", "second"), ("TIME004", "third"), ("LANG003", "fourth")]
    ),
    st.sampled_from(['""', "/texts/0", "/handling"]),
)
PORTFOLIOS = st.sets(st.sampled_from(list(POOL)), min_size=1)


def plain(finding: Finding) -> tuple[Any, ...]:
    """Return everything about a finding but the exception."""
    return (
        finding.rule,
        finding.severity,
        finding.campaign,
        finding.path,
        finding.place,
        finding.message,
        finding.related,
    )


def told(report: Report) -> list[tuple[Any, ...]]:
    """Return what a report says, without the lines of the exceptions."""
    waived = [item.waived and item.waived[:3] for item in report.findings if item.rule != "WAIV001"]
    wrong = sorted(
        (item.campaign, item.message.render("zh"), item.hint.render("zh"), str(item.related))
        for item in report.findings
        if item.rule == "WAIV001"
    )
    return [(waived, wrong, report.waived, report.outcomes)]


def test_the_order_of_entries_does_not_matter(tmp_path: Path) -> None:
    @given(PORTFOLIOS, st.lists(ENTRIES | GOOD, min_size=2, max_size=6), st.randoms(use_true_random=False))
    @settings(max_examples=60)
    def alike(names: set[str], entries: list[dict[str, str]], chance: Any) -> None:
        texts = [waiver(**entry) for entry in entries]
        first = check_specs(tmp_path, portfolio(names), select=LAW_RULES, waivers="".join(texts))
        chance.shuffle(texts)
        second = check_specs(tmp_path, portfolio(names), select=LAW_RULES, waivers="".join(texts))
        assert told(first) == told(second)

    alike()


def test_an_exception_changes_nothing_else(tmp_path: Path) -> None:
    granted: list[int] = []

    @given(PORTFOLIOS, st.lists(ENTRIES | GOOD, min_size=1, max_size=5))
    @settings(max_examples=120)
    def sound(names: set[str], entries: list[dict[str, str]]) -> None:
        specs, waivers = portfolio(names), "".join(waiver(**entry) for entry in entries)
        before = check_specs(tmp_path, specs, select=LAW_RULES)
        after = check_specs(tmp_path, specs, select=LAW_RULES, waivers=waivers)
        assert [plain(item) for item in after.findings if item.rule != "WAIV001"] == list(map(plain, before.findings))
        covered = [item for item in after.findings if item.waived is not None]
        granted.append(len(covered))
        for finding in covered:
            assert any(_may_cover(entry, finding) for entry in entries)
        for old, new in zip(before.outcomes, after.outcomes, strict=True):
            if not any(entry["campaign"] == new.id for entry in entries):
                assert old == new
        ids = {item.id for item in after.outcomes}  # an exception that does not hold is its campaign's
        counted = [item for item in after.findings if item.waived is None and item.campaign in ids]
        assert sum(item.errors + item.warnings + item.notes for item in after.outcomes) == len(counted)
        for outcome in after.outcomes:
            blocking = [item for item in counted if item.campaign == outcome.id and item.severity == "error"]
            assert outcome.verdict == ("blocked" if blocking else "pass")

    sound()
    assert sum(granted) > 20, "a law about nothing"


def _may_cover(entry: dict[str, str], finding: Finding) -> bool:
    """Whether an entry can be what lets a finding pass, as the page of the contract says."""
    city = finding.campaign in ("second", "third")
    able = entry["approver"].startswith("省公司") or (
        city and entry["approver"] == "市公司服务部" and entry["rule"] == "TIME004"
    )
    pointer = entry.get("pointer", '""').strip('"')
    return (
        (entry["rule"], entry["campaign"]) == (finding.rule, finding.campaign)
        and able
        and entry["expires"] >= TODAY.isoformat()
        and "facts" not in entry
        and (finding.pointer + "/").startswith(pointer + "/")
        and ("related" not in entry or entry["related"] in {item.campaign for item in finding.related})
    )
