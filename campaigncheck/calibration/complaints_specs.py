"""The campaigns that complaints are about: their customers, the clauses their topics come from, and their findings then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from campaigncheck.aftercare.model import standing
from campaigncheck.aftercare.rates import kind
from campaigncheck.algebra.days import Days
from campaigncheck.calibration.past import EPOCH
from campaigncheck.catalogue.complaints import ComplaintKind
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.finding import Finding
from campaigncheck.engine.judge import judge
from campaigncheck.engine.repository import SpecFile, specs_at
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.handling.words import done
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.messages import Message, Text
from campaigncheck.source.changes import EditError, Put
from campaigncheck.source.document import Document, read
from campaigncheck.source.document import load as load_file
from campaigncheck.source.edit import edit
from campaigncheck.source.errors import SourceError
from campaigncheck.source.place import Path, Place, pointer
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.clauses import CLAUSES, clause
from campaigncheck.understand.draws import draws

_UNREADABLE = Text(
    "{path} 读不懂，不知道是哪个营销案的", "{path} cannot be understood; which campaign it is nobody knows"
)
_NOT_EXAMINED = Text(
    "{path} 当时有什么问题查不了：{reason}", "what was wrong with {path} at that time cannot be checked: {reason}"
)
RAN = frozenset({"launched", "retired"})
"""Stages of campaigns that had customers, with or without complaints."""

_AFTERWARDS = frozenset({"GATE", "WAIV"})
"""Families that judge papers; those of a campaign long over say nothing about its customers."""

_TOPICS: dict[ComplaintKind, tuple[str, ...]] = {
    "charge": ("price", "price_after", "free_end", "cancel"),
    "promise": ("eligibility", "price", "price_after", "free_end", "early_exit", "gift_collect", "sold_out", "existing_plan", "stacking"),
    "support": ("how_to_get", "takes_effect", "documents", "gift_collect"),
    "wait": ("handling_time", "without_queueing"),
    "crowd": ("handling_time", "without_queueing", "dispute"),
}  # fmt: skip
"""The topics of complaints because of findings that no topic can be told of; of the other kinds it may be any."""

_FIELDS = {
    "audience": "eligibility",
    "channels": "how_to_get",
    "handling": "handling_time",
    "price": "price",
    "free_months": "free_end",
    "early_exit": "early_exit",
    "contract_months": "early_exit",
    "takes_effect": "takes_effect",
    "renewal": "cancel",
    "cancel": "cancel",
    "gift": "gift_collect",
    "quota": "sold_out",
    "excludes": "stacking",
    "stacks_with": "stacking",
}
"""The topics of findings in a section of a spec, or a field of an offer."""


@dataclass(frozen=True)
class Past:
    """A campaign with its spec as it is written."""

    campaign: Campaign
    spec: SpecFile
    text: str

    @property
    def start(self) -> int:
        """Its first day, counted from 1970-01-01."""
        return (self.campaign.period.start - EPOCH).days


class Clause(NamedTuple):
    """Where in a spec a topic comes from."""

    pointer: str
    place: Place


class Fault(NamedTuple):
    """A finding that a campaign had, and the topics on which it may bring complaints."""

    rule: str
    place: Place
    pointer: str
    topics: tuple[str, ...]


class Studied(NamedTuple):
    """A campaign: customers in the days of the files (None: nobody knows), its topics, and the findings it was launched with."""

    past: Past
    customers: float | None
    topics: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_past(paths: Iterable[str]) -> tuple[dict[str, Past], list[Message]]:
    """Read all specs at some paths, by id, and say which cannot be used; of several with one id the first by path counts."""
    found: dict[str, Past] = {}
    remarks = []
    files = {file: name for path in paths for file, name in specs_at(path).items()}
    for file, name in sorted(files.items(), key=lambda item: item[1]):
        try:
            value, document, _ = load_file(file, name)
        except SourceError:
            remarks.append(_UNREADABLE(path=name))
            continue
        campaign = fit(Campaign, value)
        if isinstance(campaign, list):
            remarks.append(_UNREADABLE(path=name))
        else:
            found.setdefault(campaign.id, Past(campaign, SpecFile(file, name, True), document.text))
    return dict(sorted(found.items())), remarks


def study(
    past: Mapping[str, Past],
    named: frozenset[str],
    days: range,
    catalogues: Catalogues,
    factors: Mapping[str, float],
    remarks: list[Message],
) -> list[Studied]:
    """Look at the campaigns that complaints name, and at those that ran in the same days without any.

    Args:
        past: all campaigns.
        named: the ids that complaints name.
        days: the days of the files, counted from 1970-01-01.
        catalogues: the rules folder's.
        factors: how many times as many customers as planned there really were, where tickets tell.
        remarks: takes what there is to say about specs.
    """
    people = {name: _customers(item.campaign, days, catalogues, factors.get(name, 1.0)) for name, item in past.items()}
    ran = {
        name: item
        for name, item in past.items()
        if name in named or (item.campaign.stage in RAN and people[name] is not None and people[name] != 0)
    }
    findings = _findings(_launched(ran.values(), remarks), catalogues)
    found = []
    for name, item in ran.items():
        topics = _topics_of(item.campaign, catalogues)
        faults = _faults(item, topics, findings.get(item.spec.shown, ()), catalogues)
        found.append(Studied(item, people[name], topics, tuple(faults)))
    return found


def _topics_of(campaign: Campaign, catalogues: Catalogues) -> tuple[str, ...]:
    """Return the topics that a campaign has to answer, or does."""
    answered = {item.topic for item in campaign.faq}
    topics = catalogues.faq.topics.items()
    return tuple(topic for topic, entry in topics if topic in answered or clause(campaign, entry.when) is not None)


def _customers(campaign: Campaign, days: range, catalogues: Catalogues, factor: float) -> float | None:
    """Return how many people came in some days, to buy or to ask; None if the spec does not tell."""
    drawn = draws(campaign, catalogues.attributes)
    if drawn is None:
        return None
    period = Days.of(campaign.period.start, campaign.period.end)
    first = days.start + EPOCH.toordinal() - period.first
    shares = [done(min(1.0, max(0.0, day / period.length)), drawn.front_loaded) for day in (first, first + len(days))]
    return factor * drawn.uptake * (1 + drawn.enquiries) * (shares[1] - shares[0])


def _findings(ran: Sequence[tuple[Past, str]], catalogues: Catalogues) -> dict[str, list[Finding]]:
    """Return what the rules would have found, by path, as if all were launched: of each on its first day."""
    if not ran:
        return {}
    knowledge = Knowledge(catalogues, Lexicon(catalogues.glossary, catalogues.wording, catalogues.policies.overlays))
    starts = [item.campaign.period.start.toordinal() for item, _ in ran]
    examiner = knowledge.examiner(Selection(), min(starts))
    examined = [
        replace(examiner, today=start).examine_text(item.spec, text)
        for (item, text), start in zip(ran, starts, strict=True)
    ]
    report, _ = judge(examined, examiner, "")
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if standing(finding.severity) != "harmless" and finding.rule.rstrip("0123456789") not in _AFTERWARDS:
            found.setdefault(finding.path, []).append(finding)
    return found


def _launched(ran: Iterable[Past], remarks: list[Message]) -> list[tuple[Past, str]]:
    """Return specs as they read while the campaigns ran: the rules look at no campaign that is over."""
    found = []
    for item in ran:
        try:
            now = item.campaign.stage == "launched"
            found.append((item, item.text if now else edit(item.text, [Put(("stage",), "launched")])))
        except EditError as error:
            remarks.append(_NOT_EXAMINED(path=item.spec.shown, reason=error.message))
    return found


def _faults(
    item: Past, topics: tuple[str, ...], findings: Iterable[Finding], catalogues: Catalogues
) -> Iterator[Fault]:
    clauses = {pointer(path): topic for topic, path in _clauses(item.campaign, catalogues)}
    for finding in findings:
        named = kind(finding.rule)
        if named is not None:
            on = _topics(finding, named, item.campaign, clauses, topics)
            yield Fault(finding.rule, finding.place, finding.pointer, on or tuple(catalogues.faq.topics))


def _clauses(campaign: Campaign, catalogues: Catalogues) -> Iterator[tuple[str, Path]]:
    for topic, entry in catalogues.faq.topics.items():
        path = clause(campaign, entry.when)
        if path is not None and path != ("faq",):
            yield topic, path


def _topics(
    finding: Finding, named: ComplaintKind, campaign: Campaign, clauses: Mapping[str, str], topics: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the topics on which people complain because of a finding: its own, else the campaign's of its kind, else all."""
    told = finding.message.args.get("topic")
    section, *rest = finding.pointer.split("/")[1:] or [""]
    if told is not None and finding.rule.startswith("FAQ"):
        return (str(told),)
    if section == "faq" and rest and campaign.faq[int(rest[0])].topic in topics:
        return (campaign.faq[int(rest[0])].topic,)
    stated = clauses.get(finding.pointer) or _FIELDS.get(rest[1] if section == "offers" and len(rest) > 1 else section)
    if stated in topics:
        return (str(stated),)
    return tuple(topic for topic in _TOPICS.get(named, topics) if topic in topics) or topics


_STATED: dict[str, tuple[str, ...]] = {"price": ("price",), "price_after": ("later_price", "free_months")}
"""Topics that every campaign has to answer, or may, with the clauses that state what is asked."""

_SECTIONS: dict[str, Path] = {
    "eligibility": ("audience",),
    "how_to_get": ("channels",),
    "takes_effect": ("offers", 0, "takes_effect"),
    "documents": ("handling", "steps"),
    "handling_time": ("handling", "steps"),
}
"""Where else it is stated, if it is."""


class Places:
    """The clauses of one spec."""

    def __init__(self, item: Past, catalogues: Catalogues) -> None:
        self._campaign = item.campaign
        self._topics = catalogues.faq.topics
        self._value: dict[str, Any]
        self._document: Document
        self._value, self._document = read(item.text, item.spec.shown)

    def clause(self, topic: str) -> Clause:
        """Return the clause that a topic comes from: what states it, else what makes it necessary, else its answer."""
        stated = (*_STATED.get(topic, ()), *self._topics[topic].when)
        conditions = [name for name in stated if name in CLAUSES and name != "always"]
        path = self._section(topic) or clause(self._campaign, conditions) or self._answer(topic)
        return Clause(pointer(path), self._document.place(path, key=path == ("faq",)))

    def _section(self, topic: str) -> Path | None:
        path = _SECTIONS.get(topic)
        return path if path is not None and self._written(path) else None

    def _written(self, path: Path) -> bool:
        value: Any = self._value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return False
        return True

    def _answer(self, topic: str) -> Path:
        answered = [at for at, item in enumerate(self._campaign.faq) if item.topic == topic]
        return ("faq", answered[0]) if answered else ("faq",) if self._written(("faq",)) else ()
