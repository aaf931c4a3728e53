"""All sheets of one run: which campaigns get one, which cannot, and the list of both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Finding, Outcome, Verdict
from campaigncheck.engine.run import Run
from campaigncheck.messages import Message, Text
from campaigncheck.report.names import at
from campaigncheck.sheets.labels import STATES
from campaigncheck.sheets.model import Judged, Sheet, build
from campaigncheck.sheets.phrases import dates
from campaigncheck.source.document import load, read
from campaigncheck.source.errors import ChangedError, SourceError
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.references import fill
from campaigncheck.workbook.names import is_workbook

INDEX = "index"
"""The list of all sheets is ``index.html``, so no campaign's sheet can be."""

_UNREADABLE = Text("营销案读不懂，做不出 FAQ 单：{what}", "no FAQ sheet, the campaign cannot be read: {what}")
_TWICE = Text(
    "编号“{id}”的 FAQ 单已经按 {path} 做了，这一个没有做",
    "no FAQ sheet: the one of “{id}” is already made from {path}",
)
_RESERVED = Text(
    "编号“{id}”和目录页 {id}.html 重名，没有做 FAQ 单", "no FAQ sheet: “{id}” is the name of the list, {id}.html"
)
_UNSAID = Text("原因不明", "for no known reason")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A campaign that gets no sheet, where it stands, and why."""

    place: str
    message: Message


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of sheets, under the heading ``group``.

    ``made``: there is a sheet, in files whose names end in ``files``; ``path`` is that of the spec.
    """

    id: str
    title: str
    verdict: Verdict
    made: bool
    group: str
    period: Message | str = ""
    places: Message | str = ""
    start: date = date.min
    cleared: bool = True
    files: tuple[str, ...] = (".html",)
    path: str = ""

    @property
    def order(self) -> tuple[int, date, str]:
        """What has no sheet needs somebody's attention and comes first, then what is live."""
        return list(STATES).index(self.group), self.start, self.id


@dataclass(frozen=True)
class Edition:
    """The sheets of the campaigns that a run was asked for."""

    run: Run
    today: date

    def make(self) -> Iterator[tuple[Listed, Sheet | Refusal]]:
        """Yield the sheet of each campaign, or why there is none, in order of path.

        Specs are read again, because a run does not keep them; one sheet at a time is in memory.

        Raises:
            ChangedError: when a spec has changed since it was checked.
        """
        made: dict[str, str] = {}
        for item, outcome in zip(self._chosen, self.run.report.outcomes, strict=True):
            campaign, digest = self._read_again(item)
            if campaign is None:
                yield _unlisted(outcome), self._refuse_unread(outcome)
            elif campaign.id == INDEX:
                yield _unlisted(outcome), Refusal(outcome.path, _RESERVED(id=campaign.id))
            elif campaign.id in made:
                yield _unlisted(outcome), Refusal(outcome.path, _TWICE(id=campaign.id, path=made[campaign.id]))
            else:
                made[campaign.id] = outcome.path
                judged = Judged(campaign, outcome.verdict, self._errors.get(outcome.path, ()), digest, item.document)
                sheet = build(judged, self.run.catalogues, self._titles, self.today)
                yield _listed(sheet, campaign, outcome.path), sheet

    @property
    def _chosen(self) -> Iterator[Examined]:
        return (item for item in self.run.examined if item.spec.selected)

    @cached_property
    def _titles(self) -> dict[str, str]:
        known = ((item.id, item.title) for item in self.run.examined if item.known)
        return dict(sorted(known))

    @cached_property
    def _errors(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.run.report.findings:
            if finding.severity == "error":
                found.setdefault(finding.path, []).append(finding)
        return found

    def _read_again(self, item: Examined) -> tuple[Campaign | None, str]:
        if item.document is None:
            return None, ""
        if is_workbook(item.spec.file):
            text = item.document.text
            return self._filled(read(text, item.spec.shown)[0]), hashlib.sha256(text.encode()).hexdigest()
        try:
            value, document, data = load(item.spec.file, item.spec.shown)
        except SourceError as error:
            raise ChangedError(item.spec.shown) from error
        if document.text != item.document.text:
            raise ChangedError(item.spec.shown)
        return self._filled(value), hashlib.sha256(data).hexdigest()

    def _filled(self, value: dict[str, Any]) -> Campaign | None:
        campaign = fit(Campaign, value)
        return None if isinstance(campaign, list) else fill(campaign).campaign

    def _refuse_unread(self, outcome: Outcome) -> Refusal:
        found = self._errors.get(outcome.path)
        if not found:
            return Refusal(outcome.path, _UNREADABLE(what=_UNSAID))
        return Refusal(at(outcome.path, found[0].place), _UNREADABLE(what=found[0].message))


def _listed(sheet: Sheet, campaign: Campaign, path: str) -> Listed:
    when = dates(campaign.period)
    return Listed(
        sheet.id, sheet.title, sheet.verdict, True, sheet.state, when, sheet.places, sheet.start, sheet.cleared,
        path=path,
    )  # fmt: skip


def _unlisted(outcome: Outcome) -> Listed:
    return Listed(outcome.id, outcome.title, outcome.verdict, False, "missing")
