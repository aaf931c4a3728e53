"""Finds the plans nearest to what was planned that pass, by constraint programming and trial.

The solver (CP-SAT of OR-Tools) is given what is known beforehand: the starts that the campaign's own rules
allow, the room in every city's halls for each start, the campaigns it must keep away from and the ways to
do so. Its best plan is written into the spec and tried by the very rules that `check` runs. What these
still find becomes a further constraint, and the solver is asked again: nothing is suggested that was not
tried, and of what passes nothing nearer is missed that the constraints describe.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from campaigncheck.algebra.audience import Audience, Constraint, meet_constraints, overlap
from campaigncheck.engine.finding import Finding
from campaigncheck.portfolio.crowding import Standard, its_offers, one_each
from campaigncheck.source.edit import EditError
from campaigncheck.source.errors import SourceError
from campaigncheck.suggest.bench import Bench, Trial, Upset
from campaigncheck.suggest.conditions import everything_but, narrow, share_kept
from campaigncheck.suggest.plan import (
    AGREEMENT,
    ANOTHER_KIND,
    LOST_REACH,
    SHIFTED_DAY,
    WITHOUT_HALLS,
    Plan,
    Subject,
)
from campaigncheck.suggest.room import crowded_starts, rooms
from campaigncheck.understand.conditions import read_audience
from campaigncheck.understand.entry import Entry

WITHIN = 120
"""Days by which a campaign is moved at most, unless asked otherwise."""

SHORTEST = 7
"""Days that a shortened campaign keeps at least; half of what was planned if that is more."""

MOST_TRIALS = 24
"""Plans tried for one way of changing before it is given up."""

EFFORT = 4.0
"""The solver's limit for one question, in its own deterministic seconds."""

_WINDOWS = {"FREQ004": "push_window", "FREQ006": "new_offers_window"}
"""Rules about what begins within some days, and the limit that says how many."""

WAYS: dict[str, frozenset[str]] = {
    "later": frozenset({"later"}),
    "earlier": frozenset({"earlier"}),
    "shorten": frozenset({"shorten"}),
    "cities": frozenset({"cities"}),
    "halls": frozenset({"halls"}),
    "electronic": frozenset({"electronic"}),
    "narrow": frozenset({"narrow"}),
    "stacking": frozenset({"stacking"}),
    "anything": frozenset({"later", "earlier", "shorten", "cities", "halls", "electronic", "narrow", "stacking"}),
}
"""The ways of changing a campaign that are looked at, and what each may change."""


class Suggestion(NamedTuple):
    """A plan that was tried: what it costs, the spec as it would read, and what would be left to mend by hand."""

    plan: Plan
    cost: int
    text: str
    trial: Trial


class Narrowing(NamedTuple):
    """Limiting the audience by one attribute, and the campaigns whose customers it no longer meets."""

    name: str
    kept: Constraint
    apart: frozenset[str]


class Full(NamedTuple):
    """Days on which there is no room in some cities, learnt from a trial."""

    cities: int
    first: int
    last: int


class Crowded(NamedTuple):
    """Starts at which too many launch in some cities, learnt from a trial."""

    cities: int
    first: int
    last: int


@dataclass
class Knowledge:
    """What trials have taught: whom to keep away from, and where there is no room."""

    rivals: dict[str, set[str]] = field(default_factory=dict)
    full: list[Full] = field(default_factory=list)
    crowded: list[Crowded] = field(default_factory=list)
    failed: list[Plan] = field(default_factory=list)


@dataclass(frozen=True)
class Search:
    """Looks for plans of one campaign."""

    bench: Bench
    today: int
    within: int = WITHIN
    learnt: Knowledge = field(default_factory=Knowledge)

    @property
    def subject(self) -> Subject:
        """The campaign."""
        return self.bench.subject

    @cached_property
    def before(self) -> Trial:
        """The campaign as it stands."""
        return self.bench.try_text(self.subject.text)

    @cached_property
    def by_hand(self) -> frozenset[tuple[str, str]]:
        """Rule and pointer of what no plan changes: what stands in the way on every day."""
        always = set(self._alone[0])
        for found in self._alone:
            always &= found
        return frozenset(always)

    @cached_property
    def starts(self) -> range:
        """The starts that are looked at; a campaign that has begun keeps its own."""
        start = self.subject.planned.start
        if start <= self.today:
            return range(start, start + 1)
        return range(max(self.today + 1, start - self.within), start + self.within + 1)

    @cached_property
    def _alone(self) -> list[set[tuple[str, str]]]:
        """For each start, what stands in the campaign's own way."""
        planned = self.subject.planned
        length = planned.last - planned.start
        plans = [planned._replace(start=start, last=start + length) for start in self.starts]
        return [set(self.bench.alone(self.subject.write(plan))) for plan in plans]

    @cached_property
    def allowed(self) -> list[int]:
        """The starts with which the campaign's own rules agree."""
        return [start for start, found in zip(self.starts, self._alone, strict=True) if found <= self.by_hand]

    def run(self) -> Iterator[Suggestion]:
        """Yield the nearest plan of every way that leads to one, the nearest first; each plan once."""
        self._learn(self.before)
        self._look_ahead()
        found = [plan for name in WAYS if (plan := self._best(name)) is not None]
        seen: set[Plan] = set()
        for suggestion in sorted(found, key=lambda item: (item.cost, item.plan.start, item.plan)):
            if suggestion.plan not in seen:
                seen.add(suggestion.plan)
                yield suggestion

    def _look_ahead(self) -> None:
        """Find the rivals on any day: try the campaign as if it ran all the time that is looked at."""
        planned = self.subject.planned
        longest = planned._replace(start=self.starts[0], last=self.starts[-1] + planned.last - planned.start)
        if len(self.starts) > 1:
            trial = self.bench.try_text(self.subject.write(longest))
            for finding in (*trial.own, *trial.caused):
                if finding.rule.startswith("CONF"):
                    self._learn_rivals(finding, self.before.upset)

    def _best(self, way: str) -> Suggestion | None:
        """Ask, try and learn until a plan passes or none is left."""
        for _ in range(MOST_TRIALS):
            plan = _Model(self, WAYS[way]).solve()
            if plan is None or plan == self.subject.planned:
                return None
            try:
                text = self.subject.write(plan)
                trial = self.bench.try_text(text)
            except (EditError, SourceError):
                self.learnt.failed.append(plan)
                continue
            if self._passes(trial):
                return Suggestion(plan, self.subject.cost(plan), text, trial)
            self._learn(trial)
            self.learnt.failed.append(plan)
        return None

    def _passes(self, trial: Trial) -> bool:
        left = {(finding.rule, finding.pointer) for finding in trial.own}
        return left <= self.by_hand and trial.upset <= self.before.upset

    def _learn(self, trial: Trial) -> None:
        start = trial.start
        for finding in trial.own:
            self._learn_from(finding, frozenset(), start)
        for finding in trial.caused:
            self._learn_from(finding, self.before.upset, start)

    def _learn_from(self, finding: Finding, tolerated: frozenset[Upset], start: int) -> None:
        if (finding.campaign, finding.rule) in tolerated or finding.where is None:
            return
        if finding.rule.startswith("CONF"):
            self._learn_rivals(finding, tolerated)
            return
        first, last = finding.where.first.toordinal(), finding.where.last.toordinal()
        cities = self.bench.portfolio.regions.scope(finding.where.regions)
        if finding.campaign != self.subject.entry.id:
            self.learnt.full.append(Full(cities, first, last))
        elif finding.rule in _WINDOWS:
            # Whoever launches or pushes before it goes on doing so when it starts later, until the window has passed.
            window = int(self.subject.catalogues.limit(_WINDOWS[finding.rule]))
            self.learnt.crowded.append(Crowded(cities, start, first + window - 1))

    def _learn_rivals(self, finding: Finding, tolerated: frozenset[Upset]) -> None:
        own = self.subject.entry.id
        if finding.campaign != own and (finding.campaign, finding.rule) in tolerated:
            return
        ids = {finding.campaign, *(place.campaign for place in finding.related)} - {own}
        for name in ids & self.bench.portfolio.by_id.keys():
            self.learnt.rivals.setdefault(name, set()).add(finding.rule)

    def standards(self) -> Iterator[Standard]:
        """Yield the limits of what is live in a hall: campaigns, and offers."""
        catalogues = self.subject.catalogues
        for name, weigh in (("live_campaigns", one_each), ("hall_offers", its_offers)):
            yield Standard(partial(catalogues.whole_limit, name), weigh, catalogues.network.city_of)

    @cached_property
    def narrowings(self) -> list[Narrowing]:
        """The ways of narrowing the audience away from rivals."""
        options: dict[tuple[str, Any], frozenset[str]] = {}
        for rival in self._rivals:
            for name, kept in _complements(rival.audience, self.subject):
                options.setdefault((name, kept), self._apart(name, kept))
        return [Narrowing(name, kept, apart) for (name, kept), apart in options.items() if apart]

    def _apart(self, name: str, kept: Constraint) -> frozenset[str]:
        domain = self.subject.catalogues.domain
        groups = narrow(domain, [dict(group) for group in self.subject.campaign.audience], name, kept)
        whom, _ = read_audience(domain, groups)
        if not groups:
            return frozenset()
        return frozenset(rival.id for rival in self._rivals if not overlap(whom, rival.audience))

    @property
    def _rivals(self) -> list[Entry]:
        return [self.bench.portfolio.by_id[name] for name in sorted(self.learnt.rivals)]


def _complements(audience: Audience, subject: Subject) -> Iterator[tuple[str, Constraint]]:
    """Yield, for each attribute that limits all groups of an audience, what lies outside of it."""
    for name, attribute in subject.catalogues.domain.items():
        left: Constraint = attribute.everything
        for group in audience:
            known = dict(group).get(name)
            if known is None:
                break
            outside = everything_but(attribute, known)
            left = meet_constraints(left, outside)
        else:
            if left:
                yield name, left


class _Model:
    """One question to the solver: the nearest plan that the constraints known so far allow."""

    def __init__(self, search: Search, may: frozenset[str]) -> None:
        self.search, self.may = search, may
        self.subject = search.subject
        self.planned = self.subject.planned
        self.length = self.planned.last - self.planned.start + 1
        self.model = cp_model.CpModel()
        self._make_days()
        self._make_places()
        self._make_customers()
        self._keep_to_rooms()
        self._keep_apart()
        self._keep_company()
        self._keep_off_failures()

    def _make_days(self) -> None:
        planned, model = self.planned, self.model
        starts = [start for start in self.search.allowed if self._may_start(start)]
        self.possible = bool(starts)
        domain = cp_model.Domain.from_values(starts or [planned.start])
        self.start = model.new_int_var_from_domain(domain, "start")
        shortest = max(SHORTEST, (self.length + 1) // 2, self.search.today - planned.start + 1)
        least = min(self.length, shortest) if "shorten" in self.may else self.length
        self.days = model.new_int_var(least, self.length, "days")
        self.shift = model.new_int_var(0, 4000, "shift")
        model.add_abs_equality(self.shift, self.start - planned.start)

    def _may_start(self, start: int) -> bool:
        if start == self.planned.start:
            return True
        within = "shorten" in self.may and self.planned.start < start <= self.planned.last
        return ("later" if start > self.planned.start else "earlier") in self.may or within

    def _make_places(self) -> None:
        model = self.model
        regions = self.search.bench.portfolio.regions
        self.cities = {city: model.new_bool_var(city) for city in regions.names(self.planned.cities)}
        self.halls = {hall: model.new_bool_var(hall) for hall in sorted(self.planned.halls)}
        self.in_halls = model.new_bool_var("in_halls")
        model.add_bool_or(self.cities.values())
        if "cities" not in self.may:
            model.add_bool_and(self.cities.values())
        if "halls" not in self.may:
            model.add_bool_and(self.halls.values())
        elif self.halls:
            model.add_bool_or(self.halls.values())
        if not ("electronic" in self.may and self.planned.in_halls and self.subject.electronic):
            model.add(self.in_halls == int(self.planned.in_halls))

    def _make_customers(self) -> None:
        model = self.model
        self.narrowings = [
            (option, model.new_bool_var(f"narrow {index}"))
            for index, option in enumerate(self.search.narrowings if "narrow" in self.may else [])
        ]
        model.add(sum(chosen for _, chosen in self.narrowings) <= 1)
        rivals = self.search.learnt.rivals if "stacking" in self.may else {}
        self.stacking = {
            name: model.new_bool_var(f"stack {name}") for name, rules in sorted(rivals.items()) if rules == {"CONF005"}
        }

    def _keep_to_rooms(self) -> None:
        bench, entry = self.search.bench, self.subject.entry
        starts = self.search.starts
        index = self.start - starts.start
        tables: dict[bytes, Any] = {}
        for standard in self.search.standards():
            for city, hall, until in rooms(bench.portfolio, entry, standard, starts, self.length):
                last = tables.get(until.tobytes())
                if last is None:
                    low, high = int(until.min()), int(until.max())
                    last = tables[until.tobytes()] = self.model.new_int_var(low, high, "until")
                    self.model.add_element(index, until.tolist(), last)
                kept = [self.cities[city], self.in_halls] + ([self.halls[hall]] if hall in self.halls else [])
                self.model.add(self.start + self.days - 1 <= last).only_enforce_if(kept)
        self._keep_off_crowded_starts()

    def _keep_off_crowded_starts(self) -> None:
        bench, entry, catalogues = self.search.bench, self.subject.entry, self.subject.catalogues
        window = int(catalogues.limit("launch_window"))
        standard = Standard(partial(catalogues.whole_limit, "launches"))
        for city, crowded in crowded_starts(bench.portfolio, entry, standard, self.search.starts, window):
            if crowded:
                free = cp_model.Domain.from_values(crowded).complement()
                self.model.add_linear_expression_in_domain(self.start, free).only_enforce_if(self.cities[city])
        unnarrowed = [chosen.negated() for _, chosen in self.narrowings]
        for cities, first, last in self.search.learnt.crowded:
            free = cp_model.Domain(first, last).complement()
            for city in bench.portfolio.regions.names(cities & self.planned.cities):
                kept = [self.cities[city], *unnarrowed]
                self.model.add_linear_expression_in_domain(self.start, free).only_enforce_if(kept)
        for full in self.search.learnt.full:
            for city in bench.portfolio.regions.names(full.cities & self.planned.cities):
                self._outside(full.first, full.last, [self.cities[city]])

    def _outside(self, first: int, last: int, when: list[Any]) -> None:
        before, after = self._before(first), self._after(last)
        self.model.add_bool_or([before, after]).only_enforce_if(when)

    def _before(self, day: int) -> Any:
        before = self.model.new_bool_var("before")
        self.model.add(self.start + self.days - 1 < day).only_enforce_if(before)
        return before

    def _after(self, day: int) -> Any:
        after = self.model.new_bool_var("after")
        self.model.add(self.start > day).only_enforce_if(after)
        return after

    def _keep_apart(self) -> None:
        """Keep away from every rival: in time, in place, by the customers, or by an agreement."""
        portfolio = self.search.bench.portfolio
        for name in sorted(self.search.learnt.rivals):
            rival = portfolio.by_id[name]
            ways = [self._before(rival.days.first), self._after(rival.days.last), self._elsewhere(rival)]
            ways += [chosen for option, chosen in self.narrowings if name in option.apart]
            ways += [self.stacking[name]] if name in self.stacking else []
            self.model.add_bool_or(ways)

    def _keep_company(self) -> None:
        """Beside provincial campaigns, go with one of them (FREQ005)."""
        entry, portfolio = self.subject.entry, self.search.bench.portfolio
        above = [] if entry.is_above else [other for other in portfolio.entries if other.is_above]
        together = self.model.new_bool_var("together")
        self.model.add_bool_or(
            [self._meets(other) for other in above if entry.goes_with(other)] or [together.negated()]
        ).only_enforce_if(together)
        for other in above:
            if not entry.goes_with(other):
                ways = [self._before(other.days.first), self._after(other.days.last), self._elsewhere(other), together]
                self.model.add_bool_or(ways)

    def _meets(self, other: Entry) -> Any:
        meets = self.model.new_bool_var(f"meets {other.id}")
        self.model.add(self.start <= other.days.last).only_enforce_if(meets)
        self.model.add(self.start + self.days - 1 >= other.days.first).only_enforce_if(meets)
        shared = self.search.bench.portfolio.regions.names(other.cities & self.planned.cities)
        self.model.add_bool_or([self.cities[city] for city in shared]).only_enforce_if(meets)
        return meets

    def _elsewhere(self, other: Entry) -> Any:
        """Return what holds if no city is shared with another campaign."""
        apart = self.model.new_bool_var(f"apart {other.id}")
        shared = self.search.bench.portfolio.regions.names(other.cities & self.planned.cities)
        self.model.add_bool_and([self.cities[city].negated() for city in shared]).only_enforce_if(apart)
        return apart

    def _keep_off_failures(self) -> None:
        for plan in self.search.learnt.failed:
            same = [
                self._differs(self.start, plan.start), self._differs(self.days, plan.last - plan.start + 1),
                *(self._flips(chosen, city_kept) for chosen, city_kept in self._kept_in(plan)),
            ]  # fmt: skip
            self.model.add_bool_or(same)

    def _kept_in(self, plan: Plan) -> Iterator[tuple[Any, bool]]:
        masks = self.search.bench.portfolio.regions.masks
        yield from ((chosen, bool(masks[city] & plan.cities)) for city, chosen in self.cities.items())
        yield from ((chosen, hall in plan.halls) for hall, chosen in self.halls.items())
        yield self.in_halls, plan.in_halls
        yield from (((chosen, (option.name, option.kept) in plan.kept)) for option, chosen in self.narrowings)
        yield from ((chosen, name in plan.stacking) for name, chosen in self.stacking.items())

    def _flips(self, chosen: Any, value: bool) -> Any:
        return chosen.negated() if value else chosen

    def _differs(self, variable: Any, value: int) -> Any:
        differs = self.model.new_bool_var("differs")
        self.model.add(variable != value).only_enforce_if(differs)
        return differs

    def _cost(self) -> Any:
        """Return the cost as in :meth:`Subject.cost`, linear in the solver's variables."""
        model = self.model
        cost = SHIFTED_DAY * self.shift + -(-LOST_REACH // self.length) * (self.length - self.days)
        kinds = []
        for lost, kept in ((self.cities, len(self.cities)), (self.halls, len(self.halls))):
            if kept:
                share = LOST_REACH // kept
                cost += sum(share * (1 - chosen) for chosen in lost.values())
                kinds.append(self._any([chosen.negated() for chosen in lost.values()]))
        for option, chosen in self.narrowings:
            left = share_kept(self.subject.catalogues.domain[option.name], option.kept)
            cost += (round(LOST_REACH * (1 - left)) + ANOTHER_KIND) * chosen
        cost += AGREEMENT * sum(self.stacking.values())
        kinds.append(self._any(list(self.stacking.values())))
        if self.planned.in_halls:
            cost += (WITHOUT_HALLS + ANOTHER_KIND) * (1 - self.in_halls)
        moved = model.new_bool_var("moved")
        model.add(self.start == self.planned.start).only_enforce_if(moved.negated())
        model.add(self.days == self.length).only_enforce_if(moved.negated())
        return cost + ANOTHER_KIND * (sum(kinds) + moved)

    def _any(self, chosen: list[Any]) -> Any:
        some = self.model.new_bool_var("some")
        for item in chosen:
            self.model.add_implication(item, some)
        return some

    def solve(self) -> Plan | None:
        """Return the nearest plan; None if there is none."""
        if not self.possible:
            return None
        # Of equally near plans the later start is taken: there is more time to prepare.
        self.model.minimize(1000 * self._cost() - (self.start - self.search.starts.start))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = EFFORT
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return self._read(solver)

    def _read(self, solver: cp_model.CpSolver) -> Plan:
        start = solver.value(self.start)
        masks = self.search.bench.portfolio.regions.masks
        cities = sum(masks[city] for city, chosen in self.cities.items() if solver.value(chosen))
        in_halls = bool(solver.value(self.in_halls))
        return Plan(
            start=start,
            last=start + solver.value(self.days) - 1,
            cities=cities,
            halls=frozenset(hall for hall, chosen in self.halls.items() if solver.value(chosen)),
            in_halls=in_halls,
            kept=tuple((option.name, option.kept) for option, chosen in self.narrowings if solver.value(chosen)),
            stacking=tuple(name for name, chosen in self.stacking.items() if solver.value(chosen)),
        )
