"""Exceptions as text, and what a check makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from campaigncheck.engine.finding import Report
from campaigncheck.rulekit.sample import complete
from tests.engine.test_run import CONFLICT, OTHER
from tests.support.checking import check_specs, places

LAST = date(2027, 3, 31)
FAULTY = "id: faulty\ntexts:\n  - {channel: poster, text: 全国第一。}\n  - {channel: app, text: 第一品牌。}\n"
"""Two errors, LANG003 at (3, 29) and (4, 26)."""
ONE = FAULTY.rpartition("  - ")[0]
TWO_STAMPS = "handling: {steps: [{step: sign, times: 2}]}\n"
BOTH = (("faulty", "LANG003", 3, 29), ("faulty", "LANG003", 4, 26))


def waiver(**fields: str) -> str:
    """Return an entry, a field a line: rule, campaign, reason, approver, expires, whatever else is given."""
    given = {
        "rule": "LANG003",
        "campaign": "faulty",
        "reason": "试点",
        "approver": "省公司服务部",
        "expires": f"{LAST}",
    }
    lines = [f"{key}: {value}" for key, value in {**given, **fields}.items()]
    return "- " + "\n  ".join(lines) + "\n"


def owned(region: str) -> str:
    return f'owner: {{region: "{region}", department: 市场部, contact: a@example.com}}\n'


def checked(folder: Path, text: str, waivers: str, *select: str, **options: Any) -> Report:
    """Check one spec, and what is said of its exceptions."""
    return check_specs(
        folder, {"faulty": complete(text)}, select=("WAIV001", *(select or ("LANG003",))), waivers=waivers, **options
    )


def said(report: Report) -> list[tuple[int, int, str]]:
    """Return line, column and message of every exception that does not hold."""
    found = (item for item in report.findings if item.rule == "WAIV001")
    return [(item.place.line, item.place.column, item.message.render("en")) for item in found]


def open_ones(report: Report) -> list[tuple[str, str, int, int]]:
    """Return the places of the findings that no exception covers."""
    return places(tuple(item for item in report.findings if item.waived is None))


def held(report: Report) -> list[tuple[str, str]]:
    """Return campaign and pointer of the findings under an exception."""
    return [(item.campaign, item.pointer) for item in report.findings if item.waived is not None]


def own_rules(folder: Path, policy: str = "", **overlays: str) -> Path:
    """Write a folder of rules: the built-in policy with changes, and overlays by the code of their region."""
    rules = folder / "rules"
    (rules / "overlays").mkdir(parents=True)
    about = "about: {title: 尺度, source: 测试}\n"
    if policy:
        (rules / "policy.yaml").write_text(f"{about}extends: builtin\n{policy}", encoding="utf-8")
    for code, text in overlays.items():
        (rules / "overlays" / f"{code.removeprefix('r')}.yaml").write_text(about + text, encoding="utf-8")
    return rules


def write_repository(folder: Path, waivers: str = "") -> None:
    (folder / "campaigns").mkdir()
    (folder / "campaigns" / "faulty.yaml").write_text(complete(ONE), encoding="utf-8")
    if waivers:
        (folder / "waivers.yaml").write_text(waivers, encoding="utf-8")


REGIONS = ("510000", "510700", "510100")
POOL = {
    "first": f"id: first\nstage: testing\n{CONFLICT}{owned('510000')}texts:\n  - {{channel: poster, text: 全国第一。}}\n",
    "second": f"id: second\nstage: approved\n{OTHER}{owned('510700')}{TWO_STAMPS}",
    "third": f"id: third\nstage: testing\n{OTHER}{owned('510100')}texts:\n  - {{channel: app, text: 第一品牌。}}\n{TWO_STAMPS}",
    "fourth": FAULTY.replace("faulty", "fourth") + 'regions: {include: ["440100"]}\n',
}
LAW_RULES = ("LANG003", "TIME004", "CONF001", "WAIV001")
RULES = (*LAW_RULES, "LANG003", "TIME004", "TIME001", "LANG033", "SPEC004")


def portfolio(names: set[str]) -> dict[str, str]:
    return {name: complete(POOL[name]) for name in names}


THREE = {
    "early": complete(f"id: early\nstage: approved\n{OTHER}"),
    "older": complete(f"id: older\nstage: approved\n{OTHER}"),
    "late": complete(f"id: late\nstage: testing\n{CONFLICT}"),
}
ABOUT_OLDER = waiver(rule="CONF001", campaign="late", related="older")
