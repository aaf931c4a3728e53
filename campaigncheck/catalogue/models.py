"""The shape of every YAML catalogue; the JSON Schemas in ``docs/schemas/`` are generated from here."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.messages import Text, literal
from campaigncheck.spec.types import ONE_LINE, Decimals, Hours, LeadDays, Minutes, Name, ProductPath, SiteAddress

RuleId = Annotated[str, Field(pattern=r"^[A-Z]{2,6}[0-9]{3}$", json_schema_extra=ONE_LINE)]
Family = Annotated[str, Field(pattern=r"^[A-Z]{2,6}$", json_schema_extra=ONE_LINE)]
Severity = Literal["error", "warning", "note"]
_LOOSEST_FIRST: tuple[Severity, ...] = ("note", "warning", "error")
Words = Annotated[str, Field(min_length=1, max_length=100)]

TopicCondition = Literal[
    "always", "hall", "hall_and_electronic", "later_price", "free_months", "gift", "quota", "plan_product",
    "combination", "overlap", "automatic_renewal", "monthly_price", "contract",
]  # fmt: skip
"""Clauses of a campaign that make a FAQ topic necessary."""

ReadinessCondition = Literal["always", "price", "sms", "hall", "gift"]
"""Clauses of a campaign that make a readiness item necessary."""


def is_looser(one: Severity, other: Severity) -> bool:
    """Whether one severity weighs less than another."""
    return _LOOSEST_FIRST.index(one) < _LOOSEST_FIRST.index(other)


class Entry(BaseModel):
    """Base of all catalogue parts: strict, immutable, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Both(Entry):
    """One name in both languages."""

    zh: Words
    en: Words

    @property
    def text(self) -> Text:
        """The name as a message."""
        return literal(self.zh, self.en)


class About(Entry):
    """What a catalogue is and where its figures come from."""

    title: Words
    source: str = Field(min_length=1)
    assumption: bool = False


class Catalogue(Entry):
    """A catalogue file; ``extends: builtin`` merges it by key with the built-in one of its name."""

    about: About
    extends: Literal["builtin"] | None = None


WithValue = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=r"^[^\r\n{}]*\{value\}[^\r\n{}]*$", json_schema_extra=ONE_LINE),
]


class Phrase(Entry):
    """How a condition is put to customers in both languages; ``{value}`` stands for the value."""

    zh: WithValue
    en: WithValue

    @property
    def text(self) -> Text:
        """The phrase as a message that takes the value."""
        return Text(self.zh, self.en)


class AttributeEntry(Entry):
    """One customer attribute; ``phrase`` says it to customers where the label alone would be the words of a form."""

    label: Both
    phrase: Phrase | None = None
    negated: Both | None = None
    type: Literal["enum", "number", "boolean"]
    values: list[Words] = Field(default_factory=list)
    names: dict[Words, Words] = Field(default_factory=dict)
    words: list[Words] = Field(default_factory=list)
    premium: list[Words] = Field(default_factory=list)
    decimals: Decimals = 0
    unit: Both | None = None


class Attributes(Catalogue):
    """``attributes.yaml``: what may be said of customers."""

    attributes: dict[Name, AttributeEntry] = Field(min_length=1)


class ProductEntry(Entry):
    """One product."""

    name: Both


class Products(Catalogue):
    """``products.yaml``: everything that can be offered."""

    products: dict[ProductPath, ProductEntry] = Field(min_length=1)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The patterns of whole product lines, such as ``broadband.*``."""
        dots = [(product, match.end()) for product in self.products for match in re.finditer(r"\.", product)]
        return tuple(dict.fromkeys(product[:end] + "*" for product, end in dots))

    @cached_property
    def patterns(self) -> frozenset[str]:
        """The patterns that nearly all offers name: products, and whole product lines."""
        return frozenset((*self.products, *self.lines))


class StepEntry(Entry):
    """One step at the counter, with its time as a PERT estimate in minutes."""

    name: Both
    minutes: Annotated[list[Minutes], Field(min_length=3, max_length=3)]
    once: bool = False
    source: str | None = None


class Steps(Catalogue):
    """``steps.yaml``: what a clerk does, and how long each step takes."""

    steps: dict[Name, StepEntry] = Field(min_length=1)


class TopicEntry(Entry):
    """One FAQ topic and the clauses that make it necessary."""

    title: Both
    when: list[TopicCondition] = Field(min_length=1)


class Faq(Catalogue):
    """``faq.yaml``: FAQ topics in the order of the sheet."""

    topics: dict[Name, TopicEntry] = Field(min_length=1)


class ReadinessEntry(Entry):
    """One readiness item and its lead in working days."""

    name: Both
    lead: LeadDays
    when: list[ReadinessCondition] = Field(min_length=1)


class Readiness(Catalogue):
    """``readiness.yaml``: the support that has to be in place before a start."""

    items: dict[Name, ReadinessEntry] = Field(min_length=1)


class TermEntry(Entry):
    """One term that customers do not know; ``exact`` plain words may stand in its place in any sentence."""

    variants: list[Words] = Field(default_factory=list)
    plain: Words
    exact: bool = False
    explain: str = Field(min_length=1)
    group: Literal[
        "network", "tariff", "contract", "number", "broadband", "roaming", "vas", "device", "process", "counter"
    ]
    severity: Severity = "error"
    allow: list[Words] = Field(default_factory=list)
    fires: str = Field(min_length=1)
    trap: str | None = None


class Glossary(Catalogue):
    """``glossary.yaml``: technical and internal terms, and the words everybody knows."""

    terms: dict[Words, TermEntry] = Field(min_length=1)
    everyday: list[Words] = Field(default_factory=list)


class ForbiddenEntry(Entry):
    """Wording that a law forbids."""

    law: str = Field(min_length=1)
    why: str = Field(min_length=1)
    instead: str = Field(min_length=1)
    severity: Severity = "error"
    variants: list[Words] = Field(default_factory=list)
    allow: list[Words] = Field(default_factory=list)
    fires: str = Field(min_length=1)
    trap: str | None = None


Fact = Literal[
    "date", "day", "duration", "period", "money", "quantity", "number", "amount", "figure", "speed", "who", "latest",
    "least", "list",
]  # fmt: skip
"""What a text may have to tell: until when (date), on which day, for how long (period: until when or for how long), how
much money, how much of it (amount: either, beside the phrase; figure: any figure there), how many there are, how fast once
it is slowed down, for whom, how long at worst, what the other steps are, which ones."""


class VagueEntry(Entry):
    """A phrase that can be misread, or promises something without its condition, unless its facts stand beside it.

    ``before`` and ``then`` are patterns of what has to stand right before and right after it: 约 is vague before an
    amount of time or money, 起 after one.
    """

    why: str = Field(min_length=1)
    instead: str = Field(min_length=1)
    needs: list[Fact] = Field(default_factory=list)
    severity: Severity = "error"
    variants: list[Words] = Field(default_factory=list)
    allow: list[Words] = Field(default_factory=list)
    before: str = Field(default="", max_length=300)
    then: str = Field(default="", max_length=300)
    fires: str = Field(min_length=1)
    trap: str | None = None


class Wording(Catalogue):
    """``wording.yaml``: phrases that must not stand in what customers read, and those that need something beside them.

    ``ambiguous`` phrases need a prepared answer, ``conditional`` ones their condition in the same text; a phrase that
    tells all facts it ``needs`` is plain.
    """

    forbidden: dict[Words, ForbiddenEntry] = Field(min_length=1)
    ambiguous: dict[Words, VagueEntry] = Field(default_factory=dict)
    conditional: dict[Words, VagueEntry] = Field(default_factory=dict)


LimitValue = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class Limit(Entry):
    """One figure that a rule compares with.

    ``stricter`` says in which direction it gets stricter; one that holds ``everywhere`` is what others are
    measured in, and no region has its own.
    """

    value: LimitValue
    unit: Both
    source: str = Field(min_length=1)
    assumption: bool = False
    stricter: Literal["lower", "higher"] = "lower"
    everywhere: bool = False


class OverlayLimit(Entry):
    """A figure as it holds in one region."""

    value: LimitValue
    source: str = Field(min_length=1)
    assumption: bool = False


class Loosenable(Entry):
    """What the level below may loosen."""

    severities: list[RuleId] = Field(default_factory=list)
    limits: list[Name] = Field(default_factory=list)


class OpeningHours(Entry):
    """Hours assumed where no data says otherwise."""

    value: Hours
    source: str = Field(min_length=1)
    assumption: bool = False


class StageEntry(Entry):
    """How findings count at one stage."""

    soften: list[Family] = Field(default_factory=list)
    finished: bool = False


Level = Literal["country", "province", "city"]
LEVELS: tuple[Level, ...] = ("country", "province", "city")
"""The levels of a company, the highest first."""


def level_of(region: str) -> Level:
    """Return the level of a region; counties count as their city."""
    if region == COUNTRY:
        return "country"
    return "province" if region.endswith("0000") else "city"


class Approver(Entry):
    """Somebody who may grant exceptions (``waivers.yaml``), and at which level."""

    level: Level


class Authority(Entry):
    """Which rules a city may make exceptions from, for campaigns of its own; all others are the province's."""

    city: list[RuleId] = Field(default_factory=list)
    source: str = Field(min_length=1)
    assumption: bool = False


BranchName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}$", json_schema_extra=ONE_LINE)]


class Policy(Catalogue):
    """``policy.yaml``: severities, limits and stages; ``site`` is the address under which the campaigns' pages stand.

    ``manual`` is that of the page with all rules, for readers of SARIF; ``base_branch`` is the branch whose history says
    which stages campaigns went through (else the usual ones).
    """

    severities: dict[RuleId, Severity]
    limits: dict[Name, Limit]
    hours: dict[Literal["hall", "hotline"], OpeningHours]
    stages: dict[Literal["draft", "testing", "optimising", "approved", "launched", "retired"], StageEntry]
    approvers: dict[Words, Approver] = Field(default_factory=dict)
    authority: Authority | None = None
    loosenable: Loosenable = Loosenable.model_construct()
    site: SiteAddress | None = None
    manual: SiteAddress | None = None
    base_branch: BranchName | None = None


class Overlay(Entry):
    """``overlays/<region>.yaml``: what a province or city lays over the policy and the lexicons.

    Its words are looked for in the campaigns of the region's own owners; one with the name of an entry of a level above
    stands in its place.
    """

    about: About
    severities: dict[RuleId, Severity] = Field(default_factory=dict)
    limits: dict[Name, OverlayLimit] = Field(default_factory=dict)
    approvers: dict[Words, Approver] = Field(default_factory=dict)
    loosenable: Loosenable = Loosenable.model_construct()
    terms: dict[Words, TermEntry] = Field(default_factory=dict)
    forbidden: dict[Words, ForbiddenEntry] = Field(default_factory=dict)
    ambiguous: dict[Words, VagueEntry] = Field(default_factory=dict)
    conditional: dict[Words, VagueEntry] = Field(default_factory=dict)


class CalendarYear(Entry):
    """The public holidays of one year."""

    announced: bool
    source: str = Field(min_length=1)
    holidays: dict[str, Words]
    workdays: list[str] = Field(default_factory=list)


class CalendarAbout(Entry):
    """Where the calendar comes from."""

    source: str = Field(min_length=1)
    title: Words | None = None


class Calendar(Entry):
    """``calendar.yaml``: public holidays with arranged days off, and make-up workdays."""

    about: CalendarAbout
    years: dict[str, CalendarYear] = Field(min_length=1)


CATALOGUES: dict[str, type[Entry]] = {
    "attributes": Attributes,
    "products": Products,
    "steps": Steps,
    "faq": Faq,
    "readiness": Readiness,
    "glossary": Glossary,
    "wording": Wording,
    "policy": Policy,
    "calendar": Calendar,
}
"""Every YAML catalogue by the name of its file."""
