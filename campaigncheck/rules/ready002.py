"""READY002: submitted too few working days before the start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from campaigncheck.catalogue.workdays import WorkCalendar
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import PortfolioView, Problem, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry

if TYPE_CHECKING:
    from campaigncheck.history.histories import Known
    from campaigncheck.history.lives import Reached

_SUBMITTED = Text(
    "{day} 提交，到 {start} 开始只有 {days} 个工作日，要留 {lead} 个",
    "submitted on {day}, {days} working days before the start on {start}; {lead} are needed",
)
_TESTED = Text(
    "{day} 才提交测试（{branch} 上的提交 {commit}），到 {start} 开始只有 {days} 个工作日，要留 {lead} 个",
    "submitted for the test on {day} (commit {commit} on {branch}), {days} working days before the start on {start}; {lead} "
    "are needed",
)
_TODAY = Text(
    "按今天（{day}）提交算，到 {start} 开始只有 {days} 个工作日，要留 {lead} 个",
    "submitted today ({day}), it is {days} working days before the start on {start}; {lead} are needed",
)
_HINT = Text(
    "把开始日期推迟到 {earliest} 或以后；更早就提交过的，写上 submitted: 提交那天。",
    "Start on {earliest} or later; if it was submitted earlier, say when with submitted.",
)
_HINT_KNOWN = Text("把开始日期推迟到 {earliest} 或以后。", "Start on {earliest} or later.")
_NOT_YET = frozenset({"draft", "retired"})


class _Submission(NamedTuple):
    """When a campaign was submitted, how that is known, and where to point."""

    day: date
    message: Text
    path: Path
    hint: Text = _HINT
    facts: tuple[str, str] = ("", "")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield campaigns that are not launched yet and were submitted too late."""
    calendar, lead = view.catalogues.calendar, lru_cache(view.limit("submission_lead"))
    latest = lru_cache(lambda start, days: calendar.before(date.fromordinal(start), days).toordinal())
    doubtful = []
    for entry in view.asked():
        if entry.stage == "launched":
            continue
        if (entry.submitted or view.today) > latest(entry.start, lead(entry.owner)):
            doubtful.append(entry)
    past = _past(view, [entry for entry in doubtful if entry.submitted is None])
    for entry in doubtful:
        submission = _submission(view, entry, past.get(entry.path))
        if submission is not None and submission.day.toordinal() > latest(entry.start, lead(entry.owner)):
            yield _problem(entry, submission, calendar, lead(entry.owner))


def _past(view: PortfolioView, entries: list[Entry]) -> dict[str, Known]:
    return view.around.past(entries) if view.around is not None and entries else {}


def _submission(view: PortfolioView, entry: Entry, known: Known | None) -> _Submission | None:
    """Return when a campaign was submitted: as it says, as git knows, else today; None if git knows a part only."""
    today = date.fromordinal(view.today)
    if entry.submitted is not None:
        return _Submission(date.fromordinal(entry.submitted), _SUBMITTED, ("submitted",), _HINT_KNOWN)
    first = _first(known) if known is not None else None
    if known is not None and known.life is not None and not known.whole:
        if view.around is not None and not (first is not None and _in_time(view, entry, first.day)):
            view.around.cut_off(entry)
        return None
    if known is not None and first is not None and first.day < today:
        return _Submission(first.day, _TESTED, ("period", "start"), facts=(known.branch, first.commit[:8]))
    return _Submission(today, _TODAY, ("period", "start"))


def _in_time(view: PortfolioView, entry: Entry, day: date) -> bool:
    lead = view.limit("submission_lead")(entry.owner)
    return day <= view.catalogues.calendar.before(date.fromordinal(entry.start), lead)


def _first(known: Known) -> Reached | None:
    """Return the first stay beyond the draft that git knows of."""
    stays = reversed(known.life.stages) if known.life is not None else iter(())
    return next((stay for stay in stays if stay.stage not in _NOT_YET), None)


def _problem(entry: Entry, submission: _Submission, calendar: WorkCalendar, lead: int) -> Problem:
    day, start = submission.day, date.fromordinal(entry.start)
    branch, commit = submission.facts
    days = sum(1 for back in range(1, lead + 1) if calendar.before(start, back) >= day)
    message: Message = submission.message(day=day, start=start, days=days, lead=lead, branch=branch, commit=commit)
    return Problem(submission.path, message, submission.hint(earliest=_earliest(calendar, day, lead)), spec=entry.path)


def _earliest(calendar: WorkCalendar, day: date, lead: int) -> date:
    """Return the first day on which a campaign submitted on ``day`` may start."""
    start = day
    while calendar.before(start, lead) < day:
        start += timedelta(days=1)
    return start


_PERIOD = "submitted: {day}\nperiod: {{start: 2027-03-15, end: 2027-03-31}}\n"

RULE = Rule(
    id="READY002",
    title=Text("提交得太晚", "submitted too late"),
    severity="warning",
    why=Text(
        "测试、优化、培训都要时间；临上线才交，只能走过场。",
        "Testing, mending and training take time; what comes in at the last moment is waved through.",
    ),
    source=Text(
        "先测试、再优化、再上线的事前机制；提前多少个工作日见 rules/policy.yaml 的 submission_lead，工作日按国务院公布的放假安排。",
        "Test, optimise, then launch; how many working days before is submission_lead in rules/policy.yaml, working days follow "
        "the State Council's holiday arrangements.",
    ),
    passing=Sample(_PERIOD.format(day="2027-03-01")),
    failing=Sample(_PERIOD.format(day="2027-03-02"), places=((1, 12),)),
    check_portfolio=check_portfolio,
    limits=("submission_lead",),
)
