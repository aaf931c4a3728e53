"""Reports with everything that an output may have to write: each kind of finding, place and character."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.engine.finding import INTERNAL, Finding, Outcome, RelatedPlace, Report, Verdict, Waived
from campaigncheck.messages import Message, literal
from campaigncheck.source.place import START, Place
from tests.support.checking import knowledge

SPRING = "campaigns/迎春 50%,a:b.yaml"
CITY = "campaigns/city.yaml"
BROKEN = "campaigns/broken.yaml"
CLEAN = "campaigns/clean.yaml"
WAIVERS = "waivers.yaml"
HOURS = "rules/network/hours.csv"
MANUAL = "https://docs.example.com/rules/"
NASTY = (
    "a|b `c` *d* _e_ ~~f~~ [g](https://h.example/i) <b>&amp;</b> @team #12 !3 GH-4 $x$ www.j.example k@l.example :tada: "
    "{0} %0A 50% ::error:: ]]> \"'\\ 0123456789abcdef０１２，。"
)

_SPRING_TEXT = """\
id: spring
title: 迎春宽带
offers:
  - id: speedup
    excludes: ["broadband.*"]
texts:
  - channel: poster
    text: 最高３００Ｍ，<b>免费</b>|@team
faq: []
"""
_CITY_TEXT = "id: city\ntitle: 春\n" + "summary: " + "很长的一句话，" * 60 + "完。\n"
_BROKEN_TEXT = "id: broken\ntitle: [\n"
_WAIVERS_TEXT = "- {rule: FREQ001, campaign: city, reason: x, approver: y, expires: 2027-03-31}\n"


def said(zh: str, en: str) -> Message:
    """A message without values."""
    return literal(zh, en)()


def waived(reason: str = "系统四月才能合并") -> Waived:
    return Waived(reason, "省公司服务部", date(2027, 3, 31), WAIVERS, 1)


def finding(rule: str = "LANG001", message: str = "x", place: Place = START, **more: object) -> Finding:
    """A finding in the first file, an error where nothing else is said."""
    given = {"severity": "error", "campaign": "spring", "path": SPRING, "pointer": "", "hint": said("改掉。", "Change it."), **more}  # fmt: skip
    return Finding(rule=rule, message=said(message, message), place=place, **given)  # type: ignore[arg-type]


def outcome(name: str, path: str, verdict: Verdict, counts: tuple[int, int, int, int] = (0, 0, 0, 0), title: str = "") -> Outcome:  # fmt: skip
    errors, warnings, notes, apart = counts
    return Outcome(
        name, title or name, path, "testing", verdict, None, (),
        errors=errors, warnings=warnings, notes=notes, waived=apart,
    )  # fmt: skip


def report(*findings: Finding, outcomes: tuple[Outcome, ...] = (), sources: dict[str, str] | None = None) -> Report:
    """A report about these findings, in their order."""
    ordered = tuple(sorted(findings, key=lambda item: item.order))
    return Report("VERSION", "sha256:" + "0" * 64, outcomes, ordered, (), sources or {})


@cache
def whole() -> Report:
    """Errors, warnings, notes and exceptions; other places in other files; several lines; odd characters."""
    there = RelatedPlace("city", CITY, Place(2, 8, 2, 9), said("那边不能同享", "excluded there"), "/title")
    here = RelatedPlace("spring", SPRING, Place(4, 9, 4, 16), said("这个优惠", "this offer"), "/offers/0/id")
    findings = [
        finding("CONF001", "两个优惠不能同享", Place(5, 16, 5, 29), related=(there, here), pointer="/offers/0/excludes/0"),
        finding("FAQ001", NASTY, Place(7, 5, 8, 33), pointer="/texts/0", hint=said(NASTY, NASTY)),
        finding("LANG001", "第一处", Place(8, 11, 8, 17), pointer="/texts/0/text"),
        finding("LANG001", "第二处", Place(8, 18, 8, 19), pointer="/texts/0/text", severity="warning"),
        finding("LANG004", "难读", Place(8, 11, 8, 33), pointer="/texts/0/text", severity="note"),
        finding("TIME001", "太久", Place(9, 1, 9, 4), pointer="/faq", waived=waived(NASTY)),
        finding("FREQ002", "太挤", Place(1, 5, 1, 9), path=CITY, campaign="city", severity="warning", pointer="/id"),
        finding("FREQ001", "太多", Place(3, 390, 3, 420), path=CITY, campaign="city", severity="warning", pointer="/summary", related=(here,), waived=waived()),
        finding("SPEC001", "读不懂\n第二行", Place(2, 8, 2, 9), path=BROKEN, campaign="broken"),
        finding("WAIV001", "例外到期了", Place(1, 1, 1, 79), path=WAIVERS, campaign=""),
    ]  # fmt: skip
    outcomes = (
        outcome("broken", BROKEN, "invalid", (1, 0, 0, 0)),
        outcome("city", CITY, "pass", (0, 1, 0, 1), "春"),
        outcome("clean", CLEAN, "pass", title="没有问题的"),
        outcome("spring", SPRING, "blocked", (3, 1, 1, 1), f"迎春宽带 {NASTY}"),
    )
    sources = {SPRING: _SPRING_TEXT, CITY: _CITY_TEXT, BROKEN: _BROKEN_TEXT, WAIVERS: _WAIVERS_TEXT}
    policies = knowledge(RuleFiles.at(None)).catalogues.policies
    manual = policies.country.model_copy(update={"manual": MANUAL})
    return replace(report(*findings, outcomes=outcomes, sources=sources), policies=replace(policies, country=manual))


@cache
def unsure() -> Report:
    """A run that did not come to its end: a rule crashed, tables have faults, a file of the context cannot be read."""
    crash = finding(INTERNAL, "规则 LANG001 出错了", path=CLEAN, campaign="clean")
    fault = CatalogueProblem(HOURS, Place(7, 3, 7, 9), said("柜台数 <0", "counters <0"), said("改成 1。", "Make it 1."))
    made = report(crash, outcomes=(outcome("clean", CLEAN, "blocked", (1, 0, 0, 0)),), sources={CLEAN: "id: clean\n"})
    return replace(made, faulty=(fault,), unread=("campaigns/@别的|.yaml",))
