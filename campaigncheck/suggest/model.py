"""One question to the solver (CP-SAT of OR-Tools): the nearest plan that everything known so far allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from campaigncheck.algebra.audience import Constraint
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.overlap import meet_in_place
from campaigncheck.suggest.cost import Amounts
from campaigncheck.suggest.learnt import Learnt
from campaigncheck.suggest.plan import Plan, Subject
from campaigncheck.suggest.room import Room
from campaigncheck.understand.entry import Entry

SHORTEST = 7
"""Days that a shortened campaign keeps at least; half of what was planned if that is more."""

EFFORT = 4.0
"""The solver's limit for one question, in its own deterministic seconds."""

FINE = 2_000
"""More than the starts that are looked at: of equally near plans the latest is taken, which leaves most time to prepare."""

Var = Any
"""A variable of the solver, or an expression of some."""


class Narrowing(NamedTuple):
    """Limiting the audience by one attribute, what that costs, and the rivals whose customers it no longer meets."""

    name: str
    kept: Constraint
    cost: int
    apart: frozenset[str]


@dataclass(frozen=True)
class Known:
    """What is known when the question is put.

    Attributes:
        others: all other campaigns.
        today: the day, as an ordinal.
        starts: the starts that are looked at.
        allowed: those that the campaign's own rules allow.
        rooms: the room in halls.
        company: whether the campaign must go with one of the provincial ones beside it.
        yielding: rivals that bear the conflict themselves, as they do now, if the campaign goes before them.
        learnt: what trials have taught.
        narrowings: the ways to narrow the audience.
    """

    others: Portfolio
    today: int
    starts: range
    allowed: Sequence[int]
    rooms: Sequence[Room]
    company: bool
    yielding: frozenset[str]
    learnt: Learnt
    narrowings: Sequence[Narrowing]


class Answer(NamedTuple):
    """The nearest plan, and its cost as the solver sees it."""

    plan: Plan
    cost: int


class Model:
    """The days, cities, halls, customers and agreements of a plan, and what must hold of them."""

    def __init__(self, subject: Subject, known: Known, may: frozenset[str]) -> None:
        self.subject, self.known, self.may = subject, known, may
        self.planned = subject.planned
        self.regions = subject.catalogues.regions
        self.model = cp_model.CpModel()
        self._sides: dict[tuple[str, int], Var] = {}
        self._make_days()
        self._make_places()
        self._make_customers()
        self._make_share()
        self._keep_to_rooms()
        self._keep_off_crowds()
        self._keep_apart()
        self._keep_company()
        self._keep_off_failures()
        self._keep_queues_short()

    # What may change.

    def _make_days(self) -> None:
        planned, model = self.planned, self.model
        starts = [start for start in self.known.allowed if self._may_start(start)]
        self.possible = bool(starts)
        self.start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts or [planned.start]), "start")
        shortest = max(SHORTEST, (planned.length + 1) // 2, self.known.today - planned.start + 1)
        least = min(planned.length, shortest) if "shorten" in self.may else planned.length
        self.days = model.new_int_var(least, planned.length, "days")
        self.shift = model.new_int_var(0, FINE, "shift")
        model.add_abs_equality(self.shift, self.start - planned.start)
        if "later" not in self.may:
            model.add(self.start + self.days - 1 <= planned.last)

    def _may_start(self, start: int) -> bool:
        if start <= self.planned.start:
            return start == self.planned.start or "earlier" in self.may
        return "later" in self.may or "shorten" in self.may

    def _make_places(self) -> None:
        model = self.model
        self.cities = {city: model.new_bool_var(city) for city in self.regions.names(self.planned.cities)}
        self.halls = {hall: model.new_bool_var(hall) for hall in sorted(self.planned.halls)}
        self.in_halls = model.new_bool_var("in halls")
        model.add_bool_or(self.cities.values())
        if "cities" not in self.may:
            model.add_bool_and(self.cities.values())
        model.add_bool_and(self.cities[city] for city in self.regions.names(self.known.learnt.needed))
        if not ("electronic" in self.may and self.subject.may_leave_halls):
            model.add(self.in_halls == int(self.planned.in_halls))
        if self.halls:
            self._make_halls()

    def _make_halls(self) -> None:
        """Halls go with their cities; some are left, or else the campaign would be in all of them."""
        model = self.model
        model.add_bool_or(self.halls.values())
        self.lost_halls = {hall: model.new_bool_var(f"without {hall}") for hall in self.halls}
        by_city: dict[str, list[Var]] = {}
        for hall, kept in self.halls.items():
            city = self.subject.city_of(hall)
            if city is not None:
                by_city.setdefault(city, []).append(kept)
                model.add_implication(kept, self.cities[city])
            there = [] if city is None else [self.cities[city]]
            if "halls" in self.may:
                model.add_bool_or([kept, self.lost_halls[hall], *(item.negated() for item in there)])
            else:
                model.add(kept == 1).only_enforce_if(there)
                model.add(self.lost_halls[hall] == 0)
        if self.subject.entry.channels == {"hall"}:
            for city, halls in by_city.items():
                model.add_bool_or(halls).only_enforce_if(self.cities[city])

    def _make_customers(self) -> None:
        model = self.model
        options = self.known.narrowings if "narrow" in self.may else []
        self.narrowings = [(option, model.new_bool_var(f"narrow {index}")) for index, option in enumerate(options)]
        model.add(sum(chosen for _, chosen in self.narrowings) <= 1)
        learnt = self.known.learnt
        agreeable = [name for name, rules in sorted(learnt.rivals.items()) if rules == {"CONF005"}]
        self.stacking = {
            name: model.new_bool_var(f"agree with {name}")
            for name in agreeable
            if "stacking" in self.may and name not in learnt.disagreed
        }

    def _make_share(self) -> None:
        """Halls that do not sell it have no demand to move."""
        most = self.subject.most_moved if "share" in self.may else 0
        self.moved = self.model.new_int_var(0, most, "moved")
        self.model.add(self.moved == 0).only_enforce_if(self.in_halls.negated())

    # What must hold.

    def _keep_to_rooms(self) -> None:
        """Be over in the halls before they are full."""
        index = self.start - self.known.starts.start
        tables: dict[bytes, Var] = {}
        for city, hall, until in self.known.rooms:
            last = tables.get(until.tobytes())
            if last is None:
                last = tables[until.tobytes()] = self.model.new_int_var(int(until.min()), int(until.max()), "until")
                self.model.add_element(index, until.tolist(), last)
            there = [self.cities[city], self.in_halls] + ([self.halls[hall]] if hall in self.halls else [])
            self.model.add(self.start + self.days - 1 <= last).only_enforce_if(there)

    def _keep_off_crowds(self) -> None:
        for cities, starts, kept, halls in self.known.learnt.crowded:
            free = cp_model.Domain(*starts).complement()
            there = [chosen.negated() for option, chosen in self.narrowings if (option.name, option.kept) not in kept]
            if halls is not None:
                there += [self.in_halls, *(self.halls[hall] for hall in sorted(halls))]
            for city in self.regions.names(cities & self.planned.cities):
                self.model.add_linear_expression_in_domain(self.start, free).only_enforce_if(
                    [self.cities[city], *there]
                )

    def _keep_apart(self) -> None:
        """Keep away from every rival: in time, in place, by the customers, or by an agreement."""
        for name in sorted(self.known.learnt.rivals):
            rival = self.known.others.by_id[name]
            if self._always_before(rival):
                continue
            ways = [*self._away(rival), *self._stood_in_for(rival)]
            ways += [chosen for option, chosen in self.narrowings if name in option.apart]
            ways += [self.stacking[name]] if name in self.stacking else []
            ways += [self._starts_before(rival.start)] if name in self.known.yielding else []
            self.model.add_bool_or(ways)

    def _always_before(self, rival: Entry) -> bool:
        return rival.id in self.known.yielding and rival.stage != self.subject.entry.stage

    def _stood_in_for(self, rival: Entry) -> Iterator[Var]:
        """Yield the ways in which children stand in for one of the two wherever they would meet."""
        entry, children = self.subject.entry, self.known.others.children
        if rival.id in self.known.learnt.always_met:
            return
        instead = [
            child
            for parent, other in ((rival, entry), (entry, rival))
            for child in children.get(parent.id, ())
            if child.id != other.id and other.parent != parent.id
        ]
        for those in [*([child] for child in instead), instead][: len(instead) + (len(instead) > 1)]:
            left = rival.cities & self.planned.cities
            for child in those:
                left &= ~child.cities
            covered = [side for child in those for side in self._covered(child, rival)]
            yield self._all([*covered, *self._left_out(left)])

    def _covered(self, child: Entry, rival: Entry) -> Iterator[Var]:
        """Yield what must hold for a child to run on all days on which a rival would be met."""
        if rival.days.first < child.days.first:
            yield self._after(child.days.first - 1)
        if rival.days.last > child.days.last:
            yield self._before(child.days.last + 1)

    def _away(self, other: Entry) -> list[Var]:
        """Return the ways not to meet another campaign in time or place."""
        elsewhere = self._all(self._left_out(other.cities & self.planned.cities))
        ways = [self._before(other.days.first), self._after(other.days.last), elsewhere]
        if other.halls and self.halls and {"hall"} in (other.channels, self.subject.entry.channels):
            shared = sorted(other.halls & self.halls.keys())
            ways.append(self._all([self.in_halls, *(self.halls[hall].negated() for hall in shared)]))
        return ways

    def _left_out(self, cities: int) -> list[Var]:
        """Return what holds if none of some cities is kept."""
        return [self.cities[city].negated() for city in self.regions.names(cities)]

    def _before(self, day: int) -> Var:
        return self._side("over before", day, self.start + self.days - 1 < day)

    def _after(self, day: int) -> Var:
        return self._side("starts after", day, self.start > day)

    def _starts_before(self, day: int) -> Var:
        return self._side("starts before", day, self.start < day)

    def _side(self, what: str, day: int, holds: Var) -> Var:
        if (what, day) not in self._sides:
            side = self._sides[what, day] = self.model.new_bool_var(f"{what} {day}")
            self.model.add(holds).only_enforce_if(side)
        return self._sides[what, day]

    def _all(self, conditions: Iterable[Var]) -> Var:
        """Return what can only hold if all of some conditions hold."""
        every = self.model.new_bool_var("all")
        self.model.add_bool_and(conditions).only_enforce_if(every)
        return every

    def _keep_company(self) -> None:
        """Beside provincial campaigns, go with one of them; leave no other city's campaign alone (FREQ005)."""
        entry, others = self.subject.entry, self.known.others
        for name in sorted(self.known.learnt.beside):
            other = others.by_id[name]
            self.model.add_bool_or(self._away(other))
        if not self.known.company:
            return
        above = [other for other in others.entries if other.is_above and meet_in_place(entry, other)]
        together = self.model.new_bool_var("together")
        self.model.add_bool_or(
            [self._meets(other) for other in above if entry.goes_with(other)] or [together.negated()]
        ).only_enforce_if(together)
        for other in above:
            if not entry.goes_with(other):
                self.model.add_bool_or([*self._away(other), together])

    def _meets(self, other: Entry) -> Var:
        meets = self.model.new_bool_var(f"meets {other.id}")
        self.model.add(self.start <= other.days.last).only_enforce_if(meets)
        self.model.add(self.start + self.days - 1 >= other.days.first).only_enforce_if(meets)
        shared = self.regions.names(other.cities & self.planned.cities)
        self.model.add_bool_or([self.cities[city] for city in shared]).only_enforce_if(meets)
        return meets

    def _keep_off_failures(self) -> None:
        for plan in self.known.learnt.failed:
            self.model.add_bool_or([*self._other_than(plan), self._differs(self.moved, plan.moved)])

    def _keep_queues_short(self) -> None:
        """Move as much of the demand as a plan needs, or run the campaign otherwise."""
        for plan, least in self.known.learnt.busy:
            enough = self.model.new_bool_var("enough moves")
            self.model.add(self.moved >= least).only_enforce_if(enough)
            self.model.add_bool_or([*self._other_than(plan), enough])

    def _other_than(self, plan: Plan) -> Iterator[Var]:
        """Yield the ways to differ from a plan, whatever share of the demand moves."""
        yield from (self._differs(self.start, plan.start), self._differs(self.days, plan.length))
        yield from (self._flips(*item) for item in self._chosen_in(plan))

    def _chosen_in(self, plan: Plan) -> Iterator[tuple[Var, bool]]:
        masks = self.regions.masks
        yield from ((chosen, bool(masks[city] & plan.cities)) for city, chosen in self.cities.items())
        yield from ((chosen, hall in plan.halls) for hall, chosen in self.halls.items())
        yield self.in_halls, plan.in_halls
        yield from (((chosen, (option.name, option.kept) in plan.kept)) for option, chosen in self.narrowings)
        yield from ((chosen, name in plan.stacking) for name, chosen in self.stacking.items())

    def _flips(self, chosen: Var, value: bool) -> Var:
        return chosen.negated() if value else chosen

    def _differs(self, variable: Var, value: int) -> Var:
        differs = self.model.new_bool_var("differs")
        self.model.add(variable != value).only_enforce_if(differs)
        return differs

    # What it costs.

    def _amounts(self) -> Amounts:
        """Return how much a plan changes, as :meth:`Subject.amounts` does, in the solver's variables."""
        lost_cities = [kept.negated() for kept in self.cities.values()]
        lost_halls = list(self.lost_halls.values()) if self.halls else []
        other_days = self.model.new_bool_var("other days")
        self.model.add(self.start == self.planned.start).only_enforce_if(other_days.negated())
        self.model.add(self.days == self.planned.length).only_enforce_if(other_days.negated())
        fewer_in_halls = self.model.new_bool_var("fewer in halls")
        self.model.add(self.moved == 0).only_enforce_if(fewer_in_halls.negated())
        without_halls = 1 - self.in_halls if self.planned.in_halls else 0
        narrowed = sum(chosen for _, chosen in self.narrowings)
        agreements = list(self.stacking.values())
        return Amounts(
            shifted=self.shift,
            lost_days=self.planned.length - self.days,
            cities=sum(lost_cities),
            halls=sum(lost_halls),
            narrowing=sum(option.cost * chosen for option, chosen in self.narrowings),
            agreements=sum(agreements),
            without_halls=without_halls,
            moved=self.moved,
            kinds=other_days
            + self._any(lost_cities)
            + self._any(lost_halls)
            + without_halls
            + narrowed
            + self._any(agreements)
            + fewer_in_halls,
        )

    def _any(self, chosen: Iterable[Var]) -> Var:
        some = self.model.new_bool_var("some")
        for item in chosen:
            self.model.add_implication(item, some)
        return some

    def solve(self) -> Answer | None:
        """Return the nearest plan; None if there is none."""
        if not self.possible:
            return None
        cost = self.subject.prices.total(self._amounts())
        self.model.minimize(FINE * cost - (self.start - self.known.starts.start))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = EFFORT
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return Answer(self._read(solver), round(solver.value(cost)))

    def _read(self, solver: cp_model.CpSolver) -> Plan:
        start = solver.value(self.start)
        masks = self.regions.masks
        return Plan(
            start=start,
            last=start + solver.value(self.days) - 1,
            cities=sum(masks[city] for city, chosen in self.cities.items() if solver.value(chosen)),
            halls=frozenset(hall for hall, chosen in self.halls.items() if solver.value(chosen)),
            in_halls=bool(solver.value(self.in_halls)),
            kept=tuple((option.name, option.kept) for option, chosen in self.narrowings if solver.value(chosen)),
            stacking=tuple(name for name, chosen in self.stacking.items() if solver.value(chosen)),
            moved=solver.value(self.moved),
        )
