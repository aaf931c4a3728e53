"""What is left of a campaign, in plain figures."""

from __future__ import annotations

from typing import Literal, NamedTuple

from campaigncheck.aftercare.rates import Rate
from campaigncheck.catalogue.models import Severity
from campaigncheck.source.place import Place

Standing = Literal["left", "blocking", "harmless"]
"""Whether a finding goes along with the launch, keeps it from happening, or bothers nobody enough to complain."""


def standing(severity: Severity, waived: bool = False) -> Standing:
    """Return how a finding stands to the launch; one that is waived is left, like a warning."""
    if severity == "note":
        return "harmless"
    return "blocking" if severity == "error" and not waived else "left"


class Fault(NamedTuple):
    """A finding that costs something: its rule, its place, and whether it blocks the launch."""

    rule: str
    place: Place
    pointer: str
    blocking: bool = False
    waived: bool = False


class Prices(NamedTuple):
    """What the policy says things cost: complaints a person-year, yuan a person-year, yuan an hour of repair."""

    orders: float
    person: float
    hour: float

    @property
    def complaint(self) -> float:
        """Yuan a complaint."""
        return self.person / self.orders


class Cost(NamedTuple):
    """What some findings cost: after the launch (None: nobody knows how many customers come), and to repair before."""

    findings: int
    complaints: float | None
    person_years: float | None
    yuan: float | None
    repair_minutes: float
    repair_yuan: float


class Share(NamedTuple):
    """One finding: its rate, the complaints and yuan that go with it if it alone is repaired, and what that takes."""

    fault: Fault
    rate: Rate
    complaints: float | None
    yuan: float | None
    repair_minutes: float
    repair_yuan: float


class Aftercare(NamedTuple):
    """The after-service cost of a campaign.

    ``left`` is what goes along with the launch, ``as_it_is`` that and what blocks it, as if it were launched like this;
    ``shares`` are all findings, the one to repair first before the others.
    """

    customers: float | None
    left: Cost
    as_it_is: Cost
    shares: tuple[Share, ...]
