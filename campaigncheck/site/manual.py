"""The rules with why and samples, the glossary, and the page for links to what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from campaigncheck.catalogue.models import ForbiddenEntry, Limit, Overlay, TermEntry, VagueEntry, Wording
from campaigncheck.messages import Message, Text, figure
from campaigncheck.report import names
from campaigncheck.report.sarif_rules import rules
from campaigncheck.rulekit.rule import Rule, Sample
from campaigncheck.site.manual_words import FAMILIES, GONE, GROUPS, RULES, SECTIONS, TERMS
from campaigncheck.site.model import Site
from campaigncheck.site.pages import Page

_SPACES = re.compile(r"\s+")


class RuleView(NamedTuple):
    """A rule: how severe it is here, at which stages less so, its figures, its samples."""

    rule: Rule
    severity: str
    softened: list[str]
    limits: list[Message]
    passes: str
    fails: str


class Word(NamedTuple):
    """A word or phrase: what links to it say, what it is, and what there is to say of it, name by name."""

    id: str
    name: str
    severity: str
    region: str
    said: list[tuple[Text, str]]


class Section(NamedTuple):
    """Words that belong together."""

    id: str
    title: Text
    words: list[Word]


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages that are about no campaign."""
    severities = site.catalogues.policy.severities
    known = [rule for name, rule in sorted(rules(site.report).items()) if name in severities]
    by_family: dict[str, list[RuleView]] = {}
    for rule in known:
        by_family.setdefault(rule.family, []).append(_rule(rule, site))
    yield Page(
        "rules.html",
        RULES["title"],
        "rules.html.j2",
        {"page": RULES, "families": by_family, "titles": FAMILIES, "severities": names.SEVERITIES},
        "rules",
    )
    yield Page(
        "terms.html",
        TERMS["title"],
        "terms.html.j2",
        {"page": TERMS, "sections": list(sections(site)), "severities": names.SEVERITIES},
        "terms",
    )
    yield Page("gone.html", GONE["title"], "gone.html.j2", {"page": GONE})


def _rule(rule: Rule, site: Site) -> RuleView:
    policy = site.catalogues.policy
    severity = policy.severities[rule.id]
    stages: list[str] = [
        name for name, stage in policy.stages.items() if rule.family in stage.soften and severity == "error"
    ]
    return RuleView(
        rule,
        severity,
        stages,
        [_limit(name, policy.limits[name]) for name in rule.limits],
        _sample(rule.passing, site),
        _sample(rule.failing, site),
    )


def _limit(name: str, limit: Limit) -> Message:
    text = RULES["assumed"] if limit.assumption else RULES["limit"]
    return text(name=name, value=figure(limit.value), unit=limit.unit.text, source=limit.source)


def _sample(sample: Sample, site: Site) -> str:
    other = "# " + RULES["other"]().render(site.lang)
    texts = [sample.spec, *(f"{other}\n{text}" for text in sample.others)]
    return "---\n".join([*texts, *([f"# waivers.yaml\n{sample.waivers}"] if sample.waivers else [])])


def term_anchor(name: str) -> str:
    """Return what a link to a word or phrase ends in: the word itself, without spaces."""
    return _SPACES.sub("_", name)


def sections(site: Site) -> Iterator[Section]:
    """Yield the words of the catalogues, those of regions after those of the country; each name once."""
    taken: set[str] = set()
    catalogues = site.catalogues
    overlays = sorted(catalogues.policies.overlays.items())
    levels: list[tuple[str, Mapping[str, TermEntry], Wording | Overlay]] = [
        ("", catalogues.glossary.terms, catalogues.wording),
        *((catalogues.regions.name(code), overlay.terms, overlay) for code, overlay in overlays),
    ]
    terms = [
        (entry.group, _term(name, entry, region, taken)) for region, known, _ in levels for name, entry in known.items()
    ]
    for group, title in GROUPS.items():
        found = [word for of, word in terms if of == group]
        if found:
            yield Section(f"g-{group}", title, found)
    for kind, title in SECTIONS.items():
        words = [
            _vague(name, entry, region, taken)
            for region, _, wording in levels
            for name, entry in getattr(wording, kind).items()
        ]
        if words:
            yield Section(f"g-{kind}", title, words)


def _term(name: str, entry: TermEntry, region: str, taken: set[str]) -> Word:
    said = [(TERMS["plain"], entry.plain), (TERMS["explain"], entry.explain)]
    return _word(name, entry.severity, region, [*said, *_variants(entry.variants)], taken)


def _vague(name: str, entry: ForbiddenEntry | VagueEntry, region: str, taken: set[str]) -> Word:
    law = [(TERMS["law"], entry.law)] if isinstance(entry, ForbiddenEntry) else []
    said = [(TERMS["why"], entry.why), *law, (TERMS["instead"], entry.instead)]
    return _word(name, entry.severity, region, [*said, *_variants(entry.variants)], taken)


def _variants(variants: list[str]) -> list[tuple[Text, str]]:
    return [(TERMS["variants"], "、".join(variants))] if variants else []


def _word(name: str, severity: str, region: str, said: list[tuple[Text, str]], taken: set[str]) -> Word:
    """Return a word; one that another page section already has gets an anchor of its own."""
    anchor = term_anchor(name)
    while anchor in taken:
        anchor += "_"
    taken.add(anchor)
    return Word(anchor, name, severity, region, said)
