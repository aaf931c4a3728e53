"""Loads all catalogues of a run, checks them against each other, and makes them ready for use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from campaigncheck.algebra.audience import Attribute
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.catalogue import installed, models
from campaigncheck.catalogue.adjacency import load_neighbours
from campaigncheck.catalogue.complaints import Measured, load_complaints
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.network import Network, load_network
from campaigncheck.catalogue.policies import Policies, load_policies
from campaigncheck.catalogue.problems import (
    CONTRADICTION_HINT,
    CatalogueError,
    CatalogueProblem,
    misfits,
    problem,
)
from campaigncheck.catalogue.tables import FormerRegion, load_former_regions, load_regions
from campaigncheck.catalogue.words import Words, check_glossary, check_wording
from campaigncheck.catalogue.workdays import WorkCalendar
from campaigncheck.messages import Text
from campaigncheck.source.document import Document
from campaigncheck.spec.load import fit

if TYPE_CHECKING:
    from campaigncheck.catalogue.custom import Written

_MINUTES = Text("最短、最可能、最长三个数要从小到大", "the three minutes must go from low to high")
_NO_VALUES = Text("枚举属性“{name}”没有列出取值", "the enumeration “{name}” lists no values")
_DAY = Text("“{day}”不是日期", "“{day}” is no date")


@dataclass(frozen=True)
class Catalogues:
    """Everything that rules look up, read once and never changed."""

    regions: RegionTree
    former: dict[str, FormerRegion]
    network: Network
    attributes: models.Attributes
    products: models.Products
    steps: models.Steps
    faq: models.Faq
    readiness: models.Readiness
    glossary: models.Glossary
    wording: models.Wording
    neighbours: dict[str, frozenset[str]]
    policy: models.Policy
    policies: Policies
    calendar: WorkCalendar
    domain: dict[str, Attribute]
    policy_place: Document
    complaints: dict[str, Measured]
    trusted: TrustedKeys
    custom: tuple[Written, ...] = ()

    def limit(self, name: str, region: str = COUNTRY) -> float:
        """Return one figure of the policy as it holds in a region."""
        return self.policies.limit(name, region)

    def whole_limit(self, name: str, region: str = COUNTRY) -> int:
        """Return a figure of the policy that counts something."""
        return int(self.policies.limit(name, region))


TABLES = frozenset({"halls.csv", "hours.csv", "hotline.csv"})
"""The tables of the network."""
HOURLY = TABLES - {"halls.csv"}
"""Those that say what happens hour by hour: who asks only what a campaign says can do without them."""


def load_catalogues(files: RuleFiles, tolerate: frozenset[str] = frozenset()) -> Catalogues:
    """Read and check all catalogues.

    Args:
        files: where they are.
        tolerate: tables of the network that may have faulty rows; what these are about is left out then.

    Raises:
        CatalogueError: with every problem found, each with file, line and column.
    """
    problems: list[CatalogueProblem] = []
    loaded = {name: _read(files, name, model, problems) for name, model in models.CATALOGUES.items()}
    if problems:
        raise CatalogueError(problems)
    regions = load_regions(files)
    policy, policy_place = loaded["policy"]
    custom = _custom(files)
    policy = _with_severities(policy, custom)  # type: ignore[arg-type]
    loaded["policy"] = policy, policy_place
    words = Words(loaded["glossary"][0], loaded["wording"][0])  # type: ignore[arg-type]
    return Catalogues(
        policies=load_policies(files, policy, policy_place, regions, words),
        regions=regions,
        former=load_former_regions(files, regions),
        network=_network(files, regions, tolerate),
        neighbours=load_neighbours(files, regions),
        calendar=_work_calendar(loaded.pop("calendar")[0]),  # type: ignore[arg-type]
        domain=_domain(loaded["attributes"][0]),  # type: ignore[arg-type]
        policy_place=policy_place,
        complaints=load_complaints(files, frozenset(policy.severities)),
        trusted=_trusted(files, regions),
        custom=custom,
        **{name: value for name, (value, _) in loaded.items()},  # type: ignore[arg-type]
    )


def _custom(files: RuleFiles) -> tuple[Written, ...]:
    if not files.custom_paths():
        return ()
    from campaigncheck.catalogue.custom import load_custom  # models take a while to make, here and below

    return load_custom(files)


def _trusted(files: RuleFiles, regions: RegionTree) -> TrustedKeys:
    if not files.clearance_paths():
        return TrustedKeys(regions)
    from campaigncheck.catalogue.clearance import load_clearance

    return load_clearance(files, regions)


def _with_severities(policy: models.Policy, custom: tuple[Written, ...]) -> models.Policy:
    """Return the policy with the severities of rules that are not built in, where it does not speak of them."""
    own: dict[str, models.Severity] = {item.rule.id: item.rule.severity for item in custom}
    own |= {rule.id: rule.severity for rule in installed.rules()}
    return policy.model_copy(update={"severities": {**own, **policy.severities}}) if own else policy


def _network(files: RuleFiles, regions: RegionTree, tolerate: frozenset[str]) -> Network:
    network = load_network(files, regions)
    faulty = [fault.problem for fault in network.faults if PurePosixPath(fault.problem.path).name not in tolerate]
    if faulty:
        raise CatalogueError([fault.problem for fault in network.faults])
    return network


def _read(
    files: RuleFiles, name: str, model: type[models.Entry], problems: list[CatalogueProblem]
) -> tuple[models.Entry, Document]:
    value, document = files.yaml(name)
    fitted = fit(model, value)
    if isinstance(fitted, list):
        problems += misfits(document, fitted)
        return model.model_construct(), document
    if files.is_own(name):
        problems += contradictions(name, fitted, document)
    return fitted, document


def contradictions(name: str, catalogue: models.Entry, document: Document) -> list[CatalogueProblem]:
    """Return what contradicts itself in a catalogue, or can never do anything.

    The built-in ones are looked at by the tests, once, and not in every run.
    """
    problems: list[CatalogueProblem] = []
    check = _CHECKS.get(name)
    if check is not None:
        check(catalogue, document, problems)
    return problems


def _check_steps(steps: models.Steps, document: Document, problems: list[CatalogueProblem]) -> None:
    for name, step in steps.steps.items():
        if sorted(step.minutes) != step.minutes:
            place = document.place(("steps", name, "minutes"))
            problems.append(problem(document.path, _MINUTES(), CONTRADICTION_HINT(), place))


def _check_attributes(attributes: models.Attributes, document: Document, problems: list[CatalogueProblem]) -> None:
    for name, entry in attributes.attributes.items():
        if entry.type == "enum" and not entry.values:
            place = document.place(("attributes", name), key=True)
            problems.append(problem(document.path, _NO_VALUES(name=name), CONTRADICTION_HINT(), place))


def _check_calendar(calendar: models.Calendar, document: Document, problems: list[CatalogueProblem]) -> None:
    for year, entry in calendar.years.items():
        for day in (*entry.holidays, *entry.workdays):
            if _date(day) is None:
                place = document.place(("years", year), key=True)
                problems.append(problem(document.path, _DAY(day=day), CONTRADICTION_HINT(), place))


_CHECKS: dict[str, Callable[[Any, Document, list[CatalogueProblem]], None]] = {
    "steps": _check_steps,
    "attributes": _check_attributes,
    "glossary": check_glossary,
    "wording": check_wording,
    "calendar": _check_calendar,
}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _work_calendar(calendar: models.Calendar) -> WorkCalendar:
    holidays: dict[date, str] = {}
    workdays: set[date] = set()
    for entry in calendar.years.values():
        holidays.update((date.fromisoformat(day), name) for day, name in entry.holidays.items())
        workdays.update(date.fromisoformat(day) for day in entry.workdays)
    announced = frozenset(int(year) for year, entry in calendar.years.items() if entry.announced)
    return WorkCalendar(holidays, frozenset(workdays), announced)


def _domain(attributes: models.Attributes) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    for name, entry in attributes.attributes.items():
        if entry.type == "boolean":
            found[name] = Attribute(name, (False, True))
        elif entry.type == "enum":
            found[name] = Attribute(name, tuple(entry.values))
        else:
            found[name] = Attribute(name, (), 10**entry.decimals)
    return found


def deciding(files: RuleFiles) -> list[tuple[str, Path]]:
    """Return the catalogues that decide findings, by name; the tables of the network apart."""
    names = [f"{name}.yaml" for name in models.CATALOGUES] + ["regions.csv", "regions-former.csv", "adjacency.csv"]
    found = [(name, files.path(name)) for name in sorted(names)]
    found += [(f"overlays/{path.name}", path) for path in files.overlay_paths()]
    found += [(f"custom/{path.name}", path) for path in files.custom_paths()]
    return found + [(path.name, path) for path in files.clearance_paths()]


def policy_digest(files: RuleFiles) -> str:
    """Return the digest of everything that decides findings: the catalogues' bytes by name, and the plug-ins' versions."""
    digest = hashlib.sha256()
    for name, path in deciding(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for identity in installed.identities():
        digest.update(identity.encode() + b"\0")
    return "sha256:" + digest.hexdigest()
