"""What a clearance says: an in-toto Statement (version 1) about one spec."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from campaigncheck.attest.refused import NO_STATEMENT, RefusedError
from campaigncheck.attest.strict import canonical, read_json
from campaigncheck.spec.types import Day, Id

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://campaigncheck.dev/clearance/v1"

Hex = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Said = Annotated[str, Field(max_length=2000)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """Base of all parts: strict, immutable, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Tool(Part):
    """What checked the campaign."""

    name: Literal["campaigncheck"]
    version: Name


class Digest(Part):
    """The digest of a spec."""

    sha256: Hex


class Neighbour(Part):
    """A campaign that overlaps and did not have to give way: the spec it was compared with, and the last day of its period."""

    id: Id
    digest: Digest
    ends_on: Day


class WaivedFinding(Part):
    """A finding that passed by an exception.

    ``fingerprint`` says which one, ``facts`` is the digest of the values it rests on.
    """

    rule: Name
    pointer: Said
    fingerprint: Hex
    facts: Annotated[str, Field(pattern=r"\Asha256:[0-9a-f]{64}\z")]
    reason: Said
    approver: Said
    expires_on: Day


class Handling(Part):
    """How long a transaction takes at the counter."""

    mean_minutes: Amount
    p50_minutes: Amount
    p90_minutes: Amount


class Waiting(Part):
    """The hour that is furthest over its promise, or nearest to it, among all halls and days, for one class of customers.

    ``promises_kept`` of ``promises_made`` hours of halls keep theirs.
    """

    customers: Literal["premium", "other"]
    hall: Name
    on: Day
    hour: Annotated[int, Field(ge=0, le=23)]
    wait_mean_minutes: Amount
    wait_p90_minutes: Amount
    promise_minutes: Amount
    promises_made: Annotated[int, Field(ge=0)]
    promises_kept: Annotated[int, Field(ge=0)]


class Predicate(Part):
    """What was checked, with what, and what was found.

    ``catalogues`` are the files of the rules folder with their digests, ``rules`` the ids that were checked, ``plug_ins`` the
    packages that brought some along with their versions, ``overlaps`` all campaigns that it overlaps, ``neighbours`` those
    of them that did not have to give way to it.
    """

    tool: Tool
    issued_on: Day
    rules: list[Name]
    plug_ins: dict[Name, Name]
    catalogues: dict[Name, Hex]
    overlaps: list[Id]
    neighbours: list[Neighbour]
    waived: list[WaivedFinding]
    handling: Handling | None
    waiting: list[Waiting]


class Subject(Part):
    """The spec that it is about: its id and its digest."""

    name: Id
    digest: Digest


class Statement(Part):
    """An in-toto Statement with the one kind of predicate known here."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: Annotated[list[Subject], Field(min_length=1, max_length=1)]
    predicate_type: Literal["https://campaigncheck.dev/clearance/v1"] = Field(alias="predicateType")
    predicate: Predicate

    @property
    def campaign(self) -> str:
        """The campaign that is cleared."""
        return self.subject[0].name

    @property
    def digest(self) -> str:
        """The digest of its spec."""
        return self.subject[0].digest.sha256

    @property
    def issued_on(self) -> date:
        """The day on which it was issued."""
        return self.predicate.issued_on


def state(campaign: str, digest: str, predicate: Predicate) -> Statement:
    """Make the statement about a campaign."""
    subject = Subject(name=campaign, digest=Digest(sha256=digest))
    given = {"_type": STATEMENT_TYPE, "subject": [subject], "predicateType": PREDICATE_TYPE, "predicate": predicate}
    return Statement.model_validate(given)


def write_statement(statement: Statement) -> bytes:
    """Return the payload that is signed."""
    return canonical(statement.model_dump(mode="json", by_alias=True))


def read_statement(payload: bytes) -> Statement:
    """Read a payload whose signature is good.

    Raises:
        RefusedError: when it is no clearance.
    """
    value: Any = read_json(payload)
    try:
        return Statement.model_validate(value)
    except ValidationError as error:
        raise RefusedError(NO_STATEMENT()) from error
