"""A rule, the problems it yields, and the views it is given.

A rule never knows lines or columns: it names a path in the spec (and a span in a text), and the
engine finds the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import Severity
from campaigncheck.handling.counter import CounterTime
from campaigncheck.handling.pert import Estimate
from campaigncheck.handling.plan import PlannedStep
from campaigncheck.handling.words import Kind, figures
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.language.passages import Reading
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.index import Pairs, Portfolio
from campaigncheck.source.changes import Amend, Put
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.entry import Entry
from campaigncheck.understand.meaning import Meaning

if TYPE_CHECKING:
    from campaigncheck.history.histories import Known as Remembered
    from campaigncheck.waiting.blame import Blame, CityBlame


@dataclass(frozen=True, slots=True)
class Related:
    """The other place involved; ``spec`` is the path of the file it is in (``None``: the same file)."""

    spec: str | None
    path: Path
    message: Message
    key: bool = False


Fix = tuple[Amend | Put, ...]
"""Changes of the spec that together mend a problem."""


class Scene(NamedTuple):
    """The days and cities (as bits) that a finding about several campaigns is about."""

    days: Days
    cities: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has found.

    Attributes:
        path: the offending value, from the top of the spec.
        message: what is wrong, in the user's words.
        hint: how to mend it.
        key: point at the key instead of the value.
        span: characters of the value to point at.
        spec: path of the file that bears it; a rule about one campaign leaves it out.
        severity: less than the rule's own, for findings that are less sure.
        scene: when and where campaigns meet.
        fixes: ways to mend it that change no meaning, the best first; of a rule about one campaign.
        left: why there is no such way, of a rule that mends its problems where it can.
    """

    path: Path
    message: Message
    hint: Message
    key: bool = False
    span: tuple[int, int] | None = None
    related: tuple[Related, ...] = ()
    spec: str | None = None
    severity: Severity | None = None
    scene: Scene | None = None
    fixes: tuple[Fix, ...] = ()
    left: Message | None = None


class CampaignView(NamedTuple):
    """One campaign and what is needed to judge it on its own.

    ``reading`` is what the lexicon finds in its texts, ``steps`` are its handling steps with their times,
    ``handling`` the handling time at the counter as everybody is told it, and ``counter`` what it is made of.
    """

    campaign: Campaign
    catalogues: Catalogues
    lexicon: Lexicon
    today: int
    meaning: Meaning
    reading: Reading
    steps: list[PlannedStep]
    handling: Estimate | None
    counter: CounterTime = CounterTime([], None)

    def limit(self, name: str) -> float:
        """Return a figure of the policy as it holds for the campaign's owner."""
        return self.catalogues.limit(name, self.campaign.owner.region)


class Known(NamedTuple):
    """An id that a file claims, whether or not the rest of the file can be understood.

    ``rank`` is its right of way, smaller first; what cannot be understood comes last.
    """

    id: str
    path: str
    parent: str | None
    rank: tuple[int, int]


class Surroundings(Protocol):
    """What a repository holds besides specs and rules; a rule that needs it asks, and mostly none does."""

    def past(self, entries: Iterable[Entry]) -> dict[str, Remembered]:
        """Return what git knows of campaigns, by their paths; those that it can tell nothing of are left out."""
        ...

    def cut_off(self, entry: Entry) -> None:
        """Tell the user that a campaign's past reaches back further than git knows here."""
        ...

    def uncleared(self, entry: Entry) -> Message | None:
        """Return why a campaign has no clearance that stands; None if it has one."""
        ...


@dataclass(frozen=True)
class PortfolioView:
    """All campaigns together.

    ``focus`` are the campaigns asked for, None for all: a rule owes the findings that these bear or
    cause, and may leave out others. Without ``around`` nothing is known but the specs.
    """

    portfolio: Portfolio
    catalogues: Catalogues
    known: tuple[Known, ...]
    today: int
    focus: frozenset[str] | None = None
    around: Surroundings | None = None

    def asked(self) -> Iterator[Entry]:
        """Yield the campaigns that were asked for, in the portfolio's order."""
        focus = self.focus
        return (entry for entry in self.portfolio.entries if focus is None or entry.id in focus)

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of campaigns that share a day and a place, as far as they are asked for."""
        return self.portfolio.pairs if self.focus is None else self.portfolio.pairs_with(self.focus)

    @cached_property
    def meeting(self) -> Pairs:
        """Those of the pairs in which a customer can be in the audience of both."""
        return self.portfolio.meeting(self.pairs)

    @cached_property
    def waiting(self) -> tuple[tuple[CityBlame, tuple[Blame, ...]], ...]:
        """Who breaks what in the halls of each city in which a campaign that is asked for draws somebody."""
        from campaigncheck.waiting.arrivals import Arrivals  # slow to import; only some campaigns draw anybody
        from campaigncheck.waiting.blame import CityBlame
        from campaigncheck.waiting.promises import Promises
        from campaigncheck.waiting.together import together

        arrivals = Arrivals(self.portfolio, self.catalogues, self.today)
        cities = [
            CityBlame(arrivals.city(city), Promises.of(self.catalogues, city))
            for city in arrivals.cities
            if self.focus is None or any(entry.id in self.focus for entry in arrivals.drawing(city))
        ]
        return tuple(zip(cities, together([city.search() for city in cities]), strict=True))

    def concerned(self, margin: int = 0) -> frozenset[str] | None:
        """Return the campaigns that may bear a finding that is asked for; None for all.

        Those are the ones asked for, and those of their cities that run at most ``margin`` days before or
        after them.
        """
        return None if self.focus is None else self.portfolio.around(self.focus, margin)

    def limit(self, name: str) -> Callable[[str], int]:
        """Return a figure of the policy by region."""
        return partial(self.catalogues.whole_limit, name)

    def bearers(self, first: Entry, second: Entry) -> list[tuple[Entry, Entry]]:
        """Return who bears a finding about two campaigns, with the other one.

        The one with less right of way bears it; on a tie both do (contract §2).
        """
        if first.rank < second.rank:
            return [(second, first)]
        if second.rank < first.rank:
            return [(first, second)]
        return [(first, second), (second, first)]


@dataclass(frozen=True, slots=True)
class Sample:
    """A spec that shows a rule at work: only the fields that matter, the rest is filled in.

    ``others`` are further campaigns of the repository, ``waivers`` its exceptions; ``places`` are the (line, column) of
    the findings expected in ``spec``, or in the exceptions where there are some.
    """

    spec: str
    others: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    waivers: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule with everything there is to say about it.

    ``check`` judges a campaign on its own, ``check_portfolio`` all campaigns together; rules about
    unreadable files have neither, the loader reports for them. ``costs`` says that its findings are about words
    that clerks have to explain, and of which kind; their messages name the word as ``{word}`` or ``{phrase}``.
    """

    id: str
    title: Text
    severity: Severity
    why: Text
    source: Text
    passing: Sample
    failing: Sample
    check: Callable[[CampaignView], Iterable[Problem]] | None = None
    check_portfolio: Callable[[PortfolioView], Iterable[Problem]] | None = None
    limits: tuple[str, ...] = field(default=())
    costs: Kind | None = None

    @property
    def family(self) -> str:
        """The letters of the id, such as ``CONF``."""
        return self.id.rstrip("0123456789")

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of all figures of the policy that it needs."""
        return (*self.limits, *(figures(self.costs) if self.costs else ()))
