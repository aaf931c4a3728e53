"""The page of each campaign: verdict, what to change, handling time, waiting, questions and answers, clearance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from campaigncheck.drawing.canvas import svg
from campaigncheck.engine.finding import SEVERITIES, Finding
from campaigncheck.forecast import pictures
from campaigncheck.forecast.left_out import rest
from campaigncheck.handling.picture import small
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message
from campaigncheck.report import names
from campaigncheck.sheets.parts import Facts, facts, step_name
from campaigncheck.site.campaign_words import WORDS
from campaigncheck.site.findings import Excerpts, Shown
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page
from campaigncheck.site.waits import CampaignWaits


class Parts(NamedTuple):
    """The findings of a campaign: those about it alone, those with another campaign, those under an exception."""

    alone: list[Shown]
    conflicts: list[Shown]
    waived: list[Shown]


class HourRow(NamedTuple):
    """An hour of the day that is shown: minutes without and with the campaigns, for premium customers and others."""

    hour: int
    premium: tuple[str, str, str]
    other: tuple[str, str, str]
    kept: bool


class WaitView(NamedTuple):
    """What a campaign does to waiting."""

    waits: CampaignWaits
    people: str
    worst: Message | None
    rest: Message
    hall: str
    day: date | None
    hours: list[HourRow]
    picture: Markup | None


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of each campaign."""
    view = _View(site)
    for case in site.cases:
        yield Page(f"c/{case.name}.html", case.title, "campaign.html.j2", view.values(case), "campaigns", (), True)


@dataclass(frozen=True)
class _View:
    """What the template is given."""

    site: Site

    def values(self, case: Case) -> dict[str, Any]:
        sheet = case.sheet
        return {
            "page": WORDS,
            "verdicts": names.VERDICTS,
            "severities": names.SEVERITIES,
            "case": case,
            "item": case.outcome,
            "sheet": sheet,
            "stage": STAGES.get(case.outcome.stage, case.outcome.stage),
            "parts": self._parts(case.findings),
            "caused": [
                (other, finding) for other, finding in self._caused.get(case.outcome.path, ()) if other is not case
            ],
            "standing": case.standing,
            "facts": self._facts(case),
            "picture": self._picture(case),
            "step_name": step_name,
            "limits": self._limits(case),
            "waiting": self._waiting(case),
            "parent": self._parent(case),
            "in_calendar": case.row is not None and case.row.path in self._in_calendar,
        }

    def _parts(self, found: tuple[Finding, ...]) -> Parts:
        parts = Parts([], [], [])
        ordered = sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
        for shown in self._excerpts.shown(ordered):
            if shown.finding.waived is not None:
                parts.waived.append(shown)
            elif any(other.case is not None for other in shown.others):
                parts.conflicts.append(shown)
            else:
                parts.alone.append(shown)
        return parts

    @cached_property
    def _excerpts(self) -> Excerpts:
        return Excerpts.of(self.site)

    @cached_property
    def _in_calendar(self) -> frozenset[str]:
        """The paths of the campaigns that the calendar shows."""
        return frozenset(row.path for row in self.site.calendar.rows) if self.site.calendar else frozenset()

    @cached_property
    def _caused(self) -> dict[str, list[tuple[Case, Finding]]]:
        """What is found in other campaigns because of one, by its path."""
        found: dict[str, list[tuple[Case, Finding]]] = {}
        for case in self.site.cases:
            for finding in case.findings:
                for path in dict.fromkeys(item.path for item in finding.related if item.path != finding.path):
                    if finding.waived is None:
                        found.setdefault(path, []).append((case, finding))
        return found

    def _facts(self, case: Case) -> Facts:
        return facts(case.sheet) if case.sheet else []

    def _picture(self, case: Case) -> Markup | None:
        drawn = case.sheet.counter.picture if case.sheet else None
        return svg(small(drawn, self.site.lang), self.site.lang) if drawn else None

    def _limits(self, case: Case) -> tuple[float, float] | None:
        if not case.examined.owner:
            return None
        limit = self.site.catalogues.limit
        return limit("handling_mean", case.examined.owner), limit("handling_p90", case.examined.owner)

    def _parent(self, case: Case) -> Case | str | None:
        name = case.row.parent if case.row else None
        return self.site.by_id.get(name, name) if name else None

    def _waiting(self, case: Case) -> WaitView | None:
        waits = self.site.waits.campaigns.get(case.id)
        if waits is None or self.site.by_id.get(case.id) is not case:
            return None
        item, shown = waits
        drawn = svg(pictures.hours(shown, self.site.lang), self.site.lang) if shown and item.worst else None
        return WaitView(
            waits,
            f"{item.people:,.0f}",
            self._worst(waits),
            rest(item.not_judged, item.judged) or WORDS["all_kept"](),
            shown.name if shown else "",
            date.fromordinal(shown.day) if shown else None,
            list(_hours(waits)),
            drawn,
        )

    def _worst(self, waits: CampaignWaits) -> Message | None:
        if waits.forecast.worst is None:
            return None
        hall, day, hour, premium, before, after, bound = waits.forecast.worst
        return WORDS["worst"](
            hall=self.site.catalogues.network.names([hall])[0],
            day=date.fromordinal(day),
            hour=hour,
            who=WORDS["premium" if premium else "other"],
            before=pictures.minutes(before),
            after=pictures.minutes(after),
            bound=f"{bound:g}",
        )


def _hours(waits: CampaignWaits) -> Iterator[HourRow]:
    if waits.shown is None:
        return
    for premium, other in zip(*waits.shown.classes, strict=True):
        told = [
            (pictures.minutes(one.before), pictures.minutes(one.after), f"{one.promise:g}") for one in (premium, other)
        ]
        yield HourRow(premium.hour, told[0], told[1], premium.kept and other.kept)
