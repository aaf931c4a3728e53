"""The overview, the calendar, the rules and the terms say what the run, the policy and the catalogues say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from campaigncheck.algebra.days import Days
from campaigncheck.rules import freq003
from campaigncheck.site.build import build
from campaigncheck.site.calendars import blackouts
from campaigncheck.site.overview import MOST_ELSEWHERE, owners, reasons
from tests.site.sites import built, examples, page, site_of, written


def test_the_overview_counts_what_the_report_counts() -> None:
    report = examples().report
    figures = [int(text) for text in page(built(), "index.html").xpath("//dl[@class='figures']//dd//text()")]
    assert figures == [
        len(report.outcomes), report.verdicts("pass"), report.verdicts("blocked"), report.verdicts("invalid"),
        report.count("error"), report.count("warning"), report.count("note"), report.waived,
    ]  # fmt: skip
    assert report.verdicts("blocked") == 4


def test_everybody_with_something_to_mend_is_named_once() -> None:
    acting = owners(examples())
    expected = {case.name for case in examples().cases if case.outcome.errors or case.outcome.warnings}
    named = [case.name for owner in acting for case in owner.cases]
    assert sorted(named) == sorted(expected)
    assert [(owner.errors, owner.warnings) for owner in acting] == sorted(
        ((owner.errors, owner.warnings) for owner in acting), reverse=True
    )
    assert sum(owner.errors for owner in acting) == examples().report.count("error")


def test_reasons_are_the_findings_by_rule_errors_first() -> None:
    found = reasons(examples())
    report = examples().report
    assert sum(item.found for item in found) == report.count("error") + report.count("warning")
    assert [item.severity for item in found] == sorted(item.severity for item in found)
    assert {item.rule for item in found} == {item.rule for item in report.findings if item.severity != "note"}


def test_the_trend_ends_with_this_run() -> None:
    rows = page(built(), "index.html").xpath("//table[@id='trend-table']/tbody/tr")
    told = [[cell.text_content() for cell in row.xpath("th | td")] for row in rows]
    report = examples().report
    assert [row[0] for row in told] == ["2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01"]
    assert told[-1][1:3] == [str(len(report.outcomes)), str(report.verdicts("pass"))]


def test_the_calendar_has_every_campaign_it_should_with_its_days() -> None:
    made = examples().calendar
    assert made is not None
    rows = page(built(), "calendar.html").xpath("//table[@id='filtered']//tr[@data-from]")
    told = {row.get("id"): (row.get("data-from"), row.get("data-to")) for row in rows}
    assert told == {row.id: (str(row.days.start), str(row.days.end)) for row in made.rows}


def test_blackouts_are_the_days_that_freq003_says() -> None:
    window, site = Days.of(date(2026, 9, 1), date(2027, 3, 15)), examples()
    edge = site.catalogues.whole_limit("blackout_days")
    expected = {
        day
        for day in range(window.first, window.last + 1)
        if freq003._reasons(date.fromordinal(day), site.catalogues.calendar, edge)
    }
    spans = blackouts(site, window)
    assert {day for span in spans for day in range(span.first, span.last + 1)} == expected
    assert sum(span.length for span in spans) == len(expected)


def test_every_rule_and_term_has_its_place() -> None:
    site = examples()
    rules = set(page(built(), "rules.html").xpath("//article/@id"))
    assert rules == set(site.catalogues.policy.severities)
    terms = page(built(), "terms.html")
    names = {node.text.strip() for node in terms.xpath("//dl//dt")}
    wording = site.catalogues.wording
    assert names == {*site.catalogues.glossary.terms, *wording.forbidden, *wording.ambiguous, *wording.conditional}


def test_conflicts_lead_to_the_other_campaign_and_back() -> None:
    path = "c/sc-2027-blocked-conflict.html"
    there = page(built(), path).xpath("//section[@aria-labelledby='conflicts']//dd/a/@href")
    assert "../c/sc-2027-spring-broadband.html" in there
    back = page(built(), "c/sc-2027-spring-broadband.html").xpath("//section[@aria-labelledby='caused']//a/@href")
    assert back
    assert set(back) == {f"../{path}"}


def test_a_clearance_that_holds_is_told() -> None:
    told = page(built(), "c/sc-2026-winter-broadband.html", "en").xpath("//dt[.='Clearance']/following-sibling::dd")
    assert told[0].text_content() == "holds (issued on 2026-10-19)"
    none = page(built(), "c/sc-2027-daily-data.html", "en").xpath("//dt[.='Clearance']/following-sibling::dd")
    assert none[0].text_content() == "none issued yet"


def test_what_is_about_no_campaign_is_told_on_the_overview_and_never_too_much(tmp_path: Path) -> None:
    lines = "".join(
        f"- {{rule: LANG001, campaign: gone-{number}, reason: 试点, approver: 市场部, expires: 2027-01-31}}\n"
        for number in range(50)
    )
    file = tmp_path / "waivers.yaml"
    file.write_text(lines, encoding="utf-8")
    site = site_of(written(tmp_path / "campaigns", {"a": "id: first\n"}), None, waivers=file)
    told = page(build(site), "index.html", "en").xpath("//section[@aria-labelledby='elsewhere']")[0]
    assert [node.text_content().split()[-1] for node in told.xpath("article/h3")] == ["WAIV001"] * MOST_ELSEWHERE
    assert told.xpath("p[last()]/text()") == [f"{50 - MOST_ELSEWHERE} more"]
