"""Finds the plans nearest to what was planned that pass, by constraint programming and trial.

The solver (:mod:`campaigncheck.suggest.model`) is given what is known beforehand: the starts that the campaign's
own rules allow, the room in every city's halls for each start, the campaigns it must keep away from and the ways
to do so. Its best plan is written into the spec and tried by the very rules that `check` runs. What these still
find becomes a further constraint, and the solver is asked again: nothing is suggested that was not tried, and
every constraint rules out only plans that would fail, so that nothing nearer is missed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from campaigncheck.algebra.audience import Audience, Constraint, meet_constraints, overlap
from campaigncheck.algebra.days import Days
from campaigncheck.engine.finding import Finding
from campaigncheck.portfolio.crowding import Standard, its_offers, one_each
from campaigncheck.portfolio.pushes import its_pushes
from campaigncheck.source.changes import EditError
from campaigncheck.source.errors import SourceError
from campaigncheck.suggest.advice import Suggestion
from campaigncheck.suggest.bench import Bench, Fault, Trial, Upset, about_words, company, faults
from campaigncheck.suggest.conditions import everything_but, narrow
from campaigncheck.suggest.edits import write
from campaigncheck.suggest.learnt import Busy, Crowded, Learnt, crowded_starts
from campaigncheck.suggest.model import Known, Model, Narrowing
from campaigncheck.suggest.plan import Plan, Subject
from campaigncheck.suggest.room import Question, Room, rooms
from campaigncheck.understand.conditions import read_audience
from campaigncheck.understand.entry import Entry

WITHIN = 120
"""Days by which a campaign is moved at most, unless asked otherwise."""

MOST_TRIALS = 24
"""Plans tried for one way of changing before it is given up."""

MOST_QUESTIONS = 200
"""Questions to the solver for one way of changing before it is given up."""

WINDOWS = {"FREQ002": "launch_window", "FREQ004": "push_window", "FREQ006": "new_offers_window"}
"""Rules about how much begins within some days, and the limit that says how many days."""

BEGINNINGS: tuple[tuple[str, str, Callable[[Entry], int]], ...] = (
    ("launches", "launch_window", one_each),
    ("pushes", "push_window", its_pushes),
    ("new_offers", "new_offers_window", its_offers),
)
"""What they count: the limit, within how many days, and how much each campaign adds."""

WAITING = "WAIT"
"""Rules about how long people wait: it depends on the day, and on how much of the demand comes to the halls."""

_WORDS_OF_OTHERS = "FAQ001"
"""A rule that others break when they meet the campaign and their FAQ does not speak of it."""

TIME = frozenset({"later", "earlier", "shorten"})
PLACE = frozenset({"cities", "halls", "electronic", "share"})
EVERYTHING = TIME | PLACE | {"narrow", "stacking"}
WAYS: tuple[frozenset[str], ...] = (
    *(frozenset({name}) for name in sorted(EVERYTHING)), TIME, PLACE, TIME | PLACE, EVERYTHING,
)  # fmt: skip
"""The ways of changing a campaign that are looked at, each by what it may change."""


@dataclass(frozen=True)
class Search:
    """Looks for plans of one campaign."""

    bench: Bench
    today: int
    within: int = WITHIN
    learnt: Learnt = field(default_factory=Learnt)
    given_up: set[frozenset[str]] = field(default_factory=set)
    _clear: set[tuple[object, ...]] = field(default_factory=set)

    @property
    def subject(self) -> Subject:
        """The campaign."""
        return self.bench.subject

    @cached_property
    def before(self) -> Trial:
        """The campaign as it stands."""
        return self.bench.try_text(self.subject.text)

    @cached_property
    def starts(self) -> range:
        """The starts that are looked at; a campaign that has begun keeps its own."""
        start = self.subject.planned.start
        if start <= self.today:
            return range(start, start + 1)
        return range(max(self.today + 1, start - self.within), start + self.within + 1)

    @cached_property
    def _alone(self) -> list[set[Fault]]:
        """For each start, what stands in the campaign's own way.

        Words are left out, since no plan mends them, and waiting, since it depends on more than the start.
        """
        length = self.subject.planned.length
        days = [Days(start, start + length - 1) for start in self.starts]
        found = self.bench.alone_on(days)
        return [{item for item in on if not (about_words(item[0]) or item[0].startswith(WAITING))} for on in found]

    @cached_property
    def fixed(self) -> frozenset[Fault]:
        """What stands in the campaign's own way on every day; words apart."""
        return frozenset(set.intersection(*self._alone))

    @cached_property
    def allowed(self) -> list[int]:
        """The starts with which the campaign's own rules agree."""
        return [start for start, found in zip(self.starts, self._alone, strict=True) if found <= self.fixed]

    @cached_property
    def by_hand(self) -> tuple[Finding, ...]:
        """What is to be mended by hand, whatever the days and places."""
        return tuple([finding for finding in self.before.own if self._left(finding)])

    def run(self) -> Iterator[Suggestion]:
        """Yield the nearest plan of every way that leads to one, each once.

        Those that need no new words come first, and of these the nearest.
        """
        self.look_ahead()
        found = [item for item in self.nearest().values() if item is not None]
        seen: set[Plan] = set()
        for suggestion in sorted(found, key=_order):
            if suggestion.plan not in seen:
                seen.add(suggestion.plan)
                yield suggestion

    def nearest(self) -> dict[frozenset[str], Suggestion | None]:
        """Return the nearest plan of every way; what allows more is asked first, since it answers for what allows less."""
        found: dict[frozenset[str], Suggestion | None] = {}
        for way in sorted(WAYS, key=len, reverse=True):
            wider = [known for known in found if way < known and known not in self.given_up]
            same = [item for known in wider if (item := found[known]) is None or self.subject.used(item.plan) <= way]
            found[way] = same[0] if same else self.best(way)
        return found

    def without_halls(self) -> Iterator[Suggestion]:
        """Yield the plan not to sell in halls, if that alone mends something that no other day or place does."""
        if self.subject.may_leave_halls:
            found = self._try(self.subject.planned._replace(in_halls=False))
            if found is not None and len(found.left) < len(self.by_hand):
                yield found

    def look_ahead(self) -> None:
        """Learn from the campaign as it stands, and find the rivals on any day: as if it ran all the time looked at."""
        self._crowds(self.subject.planned)
        self.learnt.failed.append(self.subject.planned)
        for trial in (self.before, self.bench.try_text(self._everywhen())):
            for finding in (*trial.own, *trial.caused):
                self._learn_company(finding, None)

    def _everywhen(self, kept: tuple[tuple[str, Constraint], ...] = ()) -> str:
        """Return the spec as if the campaign ran all the time that is looked at."""
        planned = self.subject.planned
        last = self.starts[-1] + planned.length - 1
        return write(self.subject, planned._replace(start=self.starts[0], last=last, kept=kept))

    # Ask, try and learn.

    def best(self, way: frozenset[str]) -> Suggestion | None:
        """Ask, try and learn until a plan passes or none is left."""
        trials = 0
        for _ in range(MOST_QUESTIONS):
            answer = Model(self.subject, self.known(), way).solve()
            if answer is None:
                return None
            if self._crowds(answer.plan):
                continue
            found = self._try(answer.plan)
            trials += 1
            if found is not None:
                return found
            if trials == MOST_TRIALS:
                break
        self.given_up.add(way)
        return None

    def known(self) -> Known:
        """Return everything that the solver is told."""
        return Known(
            others=self.bench.portfolio,
            today=self.today,
            starts=self.starts,
            allowed=self.allowed,
            rooms=self._rooms,
            company=not self.subject.entry.is_above and self._minds_own("FREQ005", "/themes"),
            yielding=self._yielding,
            learnt=self.learnt,
            narrowings=self.narrowings(),
        )

    def _try(self, plan: Plan) -> Suggestion | None:
        """Try a plan; learn from it if it does not pass."""
        try:
            text = write(self.subject, plan)
            trial = self.bench.try_text(text)
        except (EditError, SourceError):
            self.learnt.failed.append(plan)
            return None
        if all(map(self._left, trial.own)) and trial.upset <= self._tolerated:
            known = faults(self.before.own)
            new = tuple([item for item in trial.own if (item.rule, item.pointer) not in known])
            return Suggestion(plan, self.subject.cost(plan), text, trial.own, new, trial.give_way)
        for finding in (*trial.own, *trial.caused):
            self._learn_company(finding, plan)
        self.learnt.failed.append(plan)
        if self._waits(trial):
            self._learn_share(plan)
        return None

    def _waits(self, trial: Trial) -> bool:
        """Whether a plan makes people wait too long, here or for another campaign."""
        return any(finding.rule.startswith(WAITING) and self._minds(finding) for finding in (*trial.own, *trial.caused))

    def _learn_share(self, plan: Plan) -> None:
        """Learn how much of the demand must move out of the halls: the more does, the shorter everybody waits."""
        if not (plan.in_halls and self.subject.most_moved):
            return
        shares = range(plan.moved + 1, self.subject.most_moved + 1)
        passing = bisect_left(shares, True, key=lambda moved: not self._waits_with(plan._replace(moved=moved)))
        self.learnt.busy.append(Busy(plan, plan.moved + 1 + passing))

    def _waits_with(self, plan: Plan) -> bool:
        return self._waits(self.bench.try_text(write(self.subject, plan)))

    def _left(self, finding: Finding) -> bool:
        """Whether one of the campaign's own findings is left to be mended by hand."""
        return about_words(finding.rule) or (finding.rule, finding.pointer) in self.fixed

    @cached_property
    def _tolerated(self) -> frozenset[Upset]:
        """Others that would be upset anyway, or have to give way to the campaign as it was planned."""
        tied = {(name, finding.rule) for finding in self.before.own for name in self._company(finding)}
        return (self.before.upset - tied) | self.bench.upset_anyway

    def _minds(self, finding: Finding) -> bool:
        """Whether a finding is in the way of a plan."""
        if finding.campaign == self.subject.entry.id:
            return not self._left(finding)
        return (finding.campaign, finding.rule) not in self._tolerated

    def _minds_own(self, rule: str, pointer: str) -> bool:
        return self.bench.counts(rule, self.subject.item.owner) and (rule, pointer) not in self.fixed

    # Campaigns to keep away from.

    def _learn_company(self, finding: Finding, tried: Plan | None) -> None:
        """Learn from a finding whom the campaign must not meet."""
        if finding.rule == "FREQ005" and finding.campaign != self.subject.entry.id and self._minds(finding):
            self.learnt.beside.add(finding.campaign)
        children = self.bench.portfolio.children.get(self.subject.entry.id, [])
        if finding.rule == "SPEC005" and self._minds(finding):
            self.learnt.needed |= sum(child.cities for child in children if child.id == finding.campaign)
            self.learnt.needed &= self.subject.planned.cities
        words = finding.rule == _WORDS_OF_OTHERS and finding.campaign != self.subject.entry.id and self._minds(finding)
        if finding.rule.startswith("CONF") or words:
            names = sorted(self._company(finding))
            self.learnt.contradict(names, finding.rule, tried if self._minds(finding) else None)

    def _company(self, finding: Finding) -> set[str]:
        """Return the other campaigns that a finding is about."""
        return company(finding) & self.bench.portfolio.by_id.keys()

    @property
    def _yielding(self) -> frozenset[str]:
        """The rivals that have to give way, as they have to now, if the campaign goes before them."""
        rivals = self.learnt.rivals.items()
        return frozenset(name for name, rules in rivals if all((name, rule) in self._tolerated for rule in rules))

    def narrowings(self) -> list[Narrowing]:
        """Return the ways of narrowing the audience away from rivals."""
        rivals = tuple(sorted(self.learnt.rivals))
        if rivals not in self._narrowed:
            self._narrowed[rivals] = list(self._narrow(rivals))
        return self._narrowed[rivals]

    @cached_property
    def _narrowed(self) -> dict[tuple[str, ...], list[Narrowing]]:
        return {}

    def _narrow(self, rivals: tuple[str, ...]) -> Iterator[Narrowing]:
        options: dict[tuple[str, Any], None] = {}
        for name in rivals:
            rival = self.bench.portfolio.by_id[name]
            for audience in (rival.audience, *(offer.audience for offer in rival.offers)):
                options.update(dict.fromkeys(_complements(audience, self.subject)))
        for name, kept in options:
            text = self._narrowed_text(name, kept)
            apart = frozenset(rivals) - self._still_met(text, rivals) if text else frozenset()
            if apart:
                yield Narrowing(name, kept, self.subject.narrowing(name, kept), apart)

    def _narrowed_text(self, name: str, kept: Constraint) -> str | None:
        """Return the spec for the customers that an attribute is limited to; None if that makes no sense."""
        if not any(narrow(self.subject.catalogues.domain, self.subject.campaign.audience, name, kept)):
            return None
        try:
            text = self._everywhen(((name, kept),))
        except EditError:
            return None
        new = self.bench.own(text) - self.bench.own(self._everywhen())
        return None if any(not about_words(rule) for rule, _ in new) else text

    def _still_met(self, text: str, rivals: Sequence[str]) -> set[str]:
        """Return the rivals that a spec, as it would read, is still in conflict with."""
        rules = sorted(set().union(*self.learnt.rivals.values()) - {_WORDS_OF_OTHERS})
        met = self.bench.clashing(text, rivals, rules)
        for name in rivals:
            if _WORDS_OF_OTHERS in self.learnt.rivals[name]:  # told of one other campaign only: looked at one by one
                met |= self.bench.clashing(text, [name], [_WORDS_OF_OTHERS])
        return met

    # Days and places without room.

    @cached_property
    def _rooms(self) -> list[Room]:
        """The room for what is live in halls: campaigns, and offers."""
        catalogues, subject = self.subject.catalogues, self.subject
        found: list[Room] = []
        for rule, name, weigh in (("FREQ001", "live_campaigns", one_each), ("FREQ006", "hall_offers", its_offers)):
            standard = Standard(partial(catalogues.whole_limit, name), weigh, catalogues.network.city_of)
            minds = partial(self._minds_crowd, rule)
            question = Question(subject.entry, standard, self.starts, subject.planned.length, minds)
            found += rooms(self.bench.portfolio, question)
        return found

    def _minds_crowd(self, rule: str, entry: Entry) -> bool:
        if entry.id == self.subject.entry.id:
            return self._minds_own(rule, "/period")
        return self.bench.counts(rule, entry.owner) and (entry.id, rule) not in self._tolerated

    def _crowds(self, plan: Plan) -> bool:
        """Learn where too much begins at the start of a plan; whether there is such a city."""
        entry = self._entry(plan)
        found = False
        for city, cities in self._alike(plan.cities).items():
            key = (city, plan.start, plan.kept, plan.halls, plan.in_halls)
            if key not in self._clear:
                crowded = list(self._crowded(plan, entry, city, cities))
                self.learnt.crowded += crowded
                found = found or bool(crowded)
                if not crowded:
                    self._clear.add(key)
        return found

    def _entry(self, plan: Plan) -> Entry:
        """Return the campaign as others would see it."""
        entry, domain = self.subject.entry, self.subject.catalogues.domain
        audience = entry.audience
        for name, kept in plan.kept:
            groups = narrow(domain, self.subject.campaign.audience, name, kept)
            audience, _ = read_audience(domain, [group for group in groups if group is not None])
        return entry._replace(
            start=plan.start,
            days=Days(max(self.today, plan.start), plan.last),
            halls=plan.halls if plan.in_halls else frozenset(),
            channels=entry.channels if plan.in_halls else entry.channels - {"hall"},
            audience=audience,
        )

    def _alike(self, cities: int) -> dict[str, int]:
        """Group cities in which the same campaigns run under the same limits, by the first of each group."""
        regions, by_city = self.bench.portfolio.regions, self.bench.portfolio.by_city
        limits = [partial(self.subject.catalogues.whole_limit, name) for name, _, _ in BEGINNINGS]
        firsts: dict[tuple[object, ...], str] = {}
        groups: dict[str, int] = {}
        for city in regions.names(cities):
            ids = tuple(entry.id for entry in by_city.get(city, ()))
            here = tuple(hall for hall in sorted(self.subject.planned.halls) if self.subject.city_of(hall) == city)
            first = firsts.setdefault((ids, here, *(limit(city) for limit in limits)), city)
            groups[first] = groups.get(first, 0) | regions.masks[city]
        return groups

    def _crowded(self, plan: Plan, entry: Entry, city: str, cities: int) -> Iterator[Crowded]:
        if not self._could_crowd(entry, city):
            return
        trial = self.bench.try_start(entry, city)
        for finding in (*trial.own, *trial.caused):
            if finding.pointer == "/period/start" and self._minds(finding):
                starts = self._crowded_starts(finding, plan)
                yield Crowded(cities, starts, plan.kept, plan.halls if finding.rule == "FREQ006" else None)

    def _could_crowd(self, entry: Entry, city: str) -> bool:
        """Whether so much begins near a campaign's start that it could be too much for somebody."""
        catalogues = self.subject.catalogues
        there = self.bench.portfolio.by_city.get(city, ())
        for name, window, weigh in BEGINNINGS:
            days, own = int(catalogues.limit(window)), weigh(entry)
            near = sum(weigh(other) for other in there if abs(other.start - entry.start) < days)
            if own and own + near > catalogues.whole_limit(name, city):
                return True
        return False

    def _crowded_starts(self, finding: Finding, plan: Plan) -> Days:
        """Return the starts at which the same company would be too much."""
        company = [self.bench.portfolio.by_id[name] for name in sorted(self._company(finding))]
        # On its own days a child stands in for the campaign, so that other starts are another matter.
        if not company or self.subject.entry.id in self.bench.portfolio.children:
            return Days(plan.start, plan.start)
        days = crowded_starts(plan.start, company, int(self.subject.catalogues.limit(WINDOWS[finding.rule])))
        last = max(company, key=lambda other: other.rank)
        # Where the campaign goes before all of them, the last one bears it, and that may not matter.
        if finding.campaign == self.subject.entry.id and (last.id, finding.rule) in self._tolerated:
            days = Days(max(days.first, min(last.start, plan.start)), days.last)
        return days


def _order(item: Suggestion) -> tuple[bool, int, str]:
    return bool(item.new), item.cost, item.text


def _complements(audience: Audience, subject: Subject) -> Iterator[tuple[str, Constraint]]:
    """Yield, for each attribute that limits all groups of an audience that customers share, what lies outside of it."""
    met = [group for group in audience if overlap(subject.entry.audience, (group,))]
    for name, attribute in subject.catalogues.domain.items():
        left: Constraint = attribute.everything
        for group in met:
            known = dict(group).get(name)
            if known is None:
                break
            left = meet_constraints(left, everything_but(attribute, known))
        else:
            if met and left:
                yield name, left
