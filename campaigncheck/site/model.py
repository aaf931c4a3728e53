"""What every page of the site is made of, worked out once from a finished run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from campaigncheck.calendar.load import Row, read_all
from campaigncheck.calendar.model import Calendar
from campaigncheck.calendar.model import build as build_calendar
from campaigncheck.calendar.wanted import Wanted
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Finding, Outcome, Report
from campaigncheck.engine.run import Run
from campaigncheck.forecast.model import Forecast, foresee
from campaigncheck.messages import Lang
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.sheets.edition import Edition, Refusal
from campaigncheck.sheets.model import Sheet
from campaigncheck.site.clearances import Standing
from campaigncheck.site.earlier import Earlier
from campaigncheck.site.names import names
from campaigncheck.site.waits import Waits

Progress = Callable[[int], None]


class Case(NamedTuple):
    """One campaign as the site shows it.

    Attributes:
        name: of its page, without folder and suffix.
        outcome: what became of it.
        examined: what the run kept of it.
        sheet: its FAQ sheet; None if it cannot be read.
        refusal: why there is no sheet.
        findings: those in its file, and those about its exceptions.
        row: what the calendar says of it; None if that has nothing to say.
        standing: of its clearance; None if it has none.
    """

    name: str
    outcome: Outcome
    examined: Examined
    sheet: Sheet | None
    refusal: Refusal | None
    findings: tuple[Finding, ...]
    row: Row | None
    standing: Standing | None

    @property
    def id(self) -> str:
        """The id of the campaign, or what stands for it where it cannot be read."""
        return self.outcome.id

    @property
    def title(self) -> str:
        """What it is called; its id where it has no title."""
        return self.outcome.title or self.outcome.id

    @property
    def page(self) -> str:
        """Where its page is, within the folder of a language."""
        return f"c/{self.name}.html"


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that a page needs.

    Attributes:
        run: the finished run, with catalogues, rules and lexicon (``run.examiner.lexicon``).
        today: the day that everything is told for.
        cases: the campaigns that were asked for, in order of path.
        calendar: what runs where and when; None if nothing does.
        forecast: the halls, hour by hour.
        waits: what pages show of that.
        portfolio: all campaigns that count, as they meet each other.
        earlier: totals of earlier runs, the oldest first.
        lang: in which language pages are made.
    """

    run: Run
    today: date
    cases: tuple[Case, ...]
    calendar: Calendar | None
    forecast: Forecast
    waits: Waits
    portfolio: Portfolio
    earlier: tuple[Earlier, ...] = ()
    lang: Lang = "zh"
    by_path: Mapping[str, Case] = field(default_factory=dict)
    by_id: Mapping[str, Case] = field(default_factory=dict)
    """Of several campaigns with one id the one with the page of that name."""

    @property
    def catalogues(self) -> Catalogues:
        """Everything that rules look up."""
        return self.run.catalogues

    @property
    def report(self) -> Report:
        """What the run has to say."""
        return self.run.report

    def speaking(self, lang: Lang) -> Site:
        """Return the same in another language."""
        return replace(self, lang=lang)


class Given(NamedTuple):
    """What is known besides a run: clearances by id, earlier reports, and how many processes may work."""

    standings: Mapping[str, Standing]
    earlier: tuple[Earlier, ...] = ()
    jobs: int = 1


def gather(run: Run, today: date, given: Given, progress: Progress = lambda done: None) -> Site:
    """Work out everything that the pages show.

    Raises:
        ChangedError: when a spec has changed since it was checked.
    """
    loaded = read_all([item.spec for item in run.examined], run.catalogues, progress)
    portfolio, asked = _asked(run)
    cases = _cases(run, today, {row.path: row for row in loaded.rows}, given.standings)
    try:
        calendar = build_calendar(loaded, Wanted(), run.catalogues, today)
    except UsageError:
        calendar = None
    forecast = foresee(portfolio, run.catalogues, today.toordinal(), asked, jobs=given.jobs)
    by_id: dict[str, Case] = {}
    for case in cases:
        by_id.setdefault(case.id, case)
    return Site(
        run=run,
        today=today,
        cases=cases,
        calendar=calendar,
        forecast=forecast,
        waits=Waits.of(forecast, portfolio, run.catalogues, asked),
        portfolio=portfolio,
        earlier=given.earlier,
        by_path={case.outcome.path: case for case in cases},
        by_id=by_id,
    )


def _asked(run: Run) -> tuple[Portfolio, frozenset[str]]:
    """Return all campaigns that fit, and which of them are asked about."""
    bad = {outcome.path for outcome in run.report.outcomes if outcome.verdict == "invalid"}
    fit = [item for item in run.examined if item.spec.shown not in bad]
    portfolio = Portfolio.of((item.entry for item in fit if item.entry), run.catalogues.regions)
    return portfolio, frozenset(item.id for item in fit if item.spec.selected)


def _cases(run: Run, today: date, rows: Mapping[str, Row], standings: Mapping[str, Standing]) -> tuple[Case, ...]:
    outcomes = run.report.outcomes
    found = _findings(run.report)
    chosen = [item for item in run.examined if item.spec.selected]
    made = [sheet for _, sheet in Edition(run, today).make()]
    called = names((outcome.id, outcome.path) for outcome in outcomes)
    return tuple(
        Case(
            name,
            outcome,
            item,
            sheet if isinstance(sheet, Sheet) else None,
            sheet if isinstance(sheet, Refusal) else None,
            tuple(found.get(outcome.path, ())),
            rows.get(outcome.path),
            standings.get(outcome.id),
        )
        for name, outcome, item, sheet in zip(called, outcomes, chosen, made, strict=True)
    )


def _findings(report: Report) -> dict[str, list[Finding]]:
    """Return the findings by the path of the campaign that they are about."""
    paths = {outcome.path for outcome in report.outcomes}
    by_id = {outcome.id: outcome.path for outcome in reversed(report.outcomes)}
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        path = finding.path if finding.path in paths else by_id.get(finding.campaign, "")
        found.setdefault(path, []).append(finding)
    return found
