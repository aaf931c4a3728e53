"""Findings as pages show them: the title of the rule, the lines that they are about, the campaigns that they meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.calendar.words import span
from campaigncheck.engine.finding import Finding, RelatedPlace
from campaigncheck.messages import Message
from campaigncheck.report import excerpts, names
from campaigncheck.report.excerpts import Row
from campaigncheck.report.sarif_rules import rules
from campaigncheck.rulekit.rule import Rule
from campaigncheck.site.model import Case, Site
from campaigncheck.source.place import Lines, Place


class Excerpt(NamedTuple):
    """A place with what stands there; ``more`` lines are not shown."""

    at: str
    rows: list[Row]
    more: int


class Other(NamedTuple):
    """Another place that a finding is about; ``case`` is its campaign, if the site has a page of it."""

    case: Case | None
    campaign: str
    message: Message
    excerpt: Excerpt


class Shown(NamedTuple):
    """A finding as a page shows it.

    Attributes:
        finding: what was found.
        rule: the rule; None for what is wrong with the program itself.
        excerpt: where it stands.
        others: the other places.
        days: when campaigns meet.
        places: where they do.
    """

    finding: Finding
    rule: Rule | None
    excerpt: Excerpt
    others: list[Other]
    days: Message | None
    places: list[str]

    @property
    def id(self) -> str:
        """What links to it say: the rule and the line."""
        return f"{self.finding.rule}-{self.finding.place.line}"


@dataclass(frozen=True)
class Excerpts:
    """Shows the findings of a site; the lines of a file are found once."""

    site: Site
    rules: Mapping[str, Rule]
    lines: dict[str, Lines] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site) -> Excerpts:
        """Return what shows the findings of a site."""
        return cls(site, rules(site.report))

    def shown(self, found: Iterable[Finding]) -> Iterator[Shown]:
        """Yield findings as pages show them."""
        for finding in found:
            where = finding.where
            days = span(Days.of(where.first, where.last)) if where else None
            yield Shown(
                finding,
                self.rules.get(finding.rule),
                self._excerpt(finding.path, finding.place),
                [self._other(item, finding) for item in finding.related],
                days,
                [self.site.catalogues.regions.name(code) for code in where.regions] if where else [],
            )

    def _other(self, item: RelatedPlace, finding: Finding) -> Other:
        case = self.site.by_path.get(item.path) if item.path != finding.path else None
        return Other(case, item.campaign, item.message, self._excerpt(item.path, item.place))

    def _excerpt(self, path: str, place: Place) -> Excerpt:
        if path not in self.lines:
            self.lines[path] = Lines(self.site.report.sources.get(path, ""))
        return Excerpt(names.at(path, place), *excerpts.rows(self.lines[path], place))
