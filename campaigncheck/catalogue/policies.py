"""The policy as it holds in each region: country, province and city laid over each other.

A level below may be stricter than the one above it. It may be looser only in what that level marks as
``loosenable``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.models import (
    LEVELS,
    Level,
    Limit,
    Loosenable,
    Overlay,
    OverlayLimit,
    Policy,
    Severity,
    is_looser,
    level_of,
)
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem, misfits, problem
from campaigncheck.catalogue.words import Words, overlay_problems
from campaigncheck.messages import Message, Text, figure
from campaigncheck.source.document import Document
from campaigncheck.source.place import Path
from campaigncheck.spec.load import fit, nearest_name

_NO_REGION = Text(
    "文件名里的“{code}”不是省或地市的代码", "“{code}” in the file's name is no code of a province or city"
)
_NO_REGION_HINT = Text(
    "文件名写成 overlays/510000.yaml 这样：六位代码加 .yaml。",
    "Name it like overlays/510000.yaml: six digits and .yaml.",
)
_UNKNOWN = Text("policy.yaml 里没有“{name}”", "policy.yaml knows no “{name}”")
_UNKNOWN_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_UNKNOWN_LIST = Text("可以写的有：{names}。", "Known: {names}.")
_LOOSER = Text(
    "“{name}”在上一级是 {above}，这里写成 {here}，放宽了", "“{name}” is {above} one level up; {here} here is looser"
)
_EVERYWHERE = Text("“{name}”全国只有一个数，省市不能另定", "“{name}” is one figure for all regions")
_EVERYWHERE_HINT = Text(
    "要收紧，请改个数的上限，例如 launches、pushes。",
    "To be stricter, lower the number allowed, such as launches or pushes.",
)
_TOO_HIGH = Text(
    "“{name}”是{level}一级的审批人，{here}的文件里不能定",
    "“{name}” is an approver of the {level}; {here} cannot appoint one",
)
_TOO_HIGH_HINT = Text(
    "这里只能写本级和下级的审批人；上级的写在上级的文件里。",
    "Name approvers of this level or below here; those above belong in the file of the level above.",
)
LEVEL_NAMES: dict[Level, Text] = {
    "country": Text("全国", "country"),
    "province": Text("省", "province"),
    "city": Text("市", "city"),
}
_DIVISORS = ("complaint_orders",)
_ZERO = Text("“{name}”不能是 0", "“{name}” cannot be 0")
_ZERO_HINT = Text(
    "写一个人一年处理多少件投诉，要大于 0。", "Write how many complaints one person handles a year, more than 0."
)
_LOOSER_HINT = Text(
    "下级只能收紧。确实要放宽，请上一级（{level}）把“{name}”列进 loosenable。",
    "A lower level may only be stricter. To allow this, the level above ({level}) has to list “{name}” in loosenable.",
)


@dataclass(frozen=True)
class Policies:
    """The country's policy and what provinces and cities lay over it."""

    country: Policy
    overlays: Mapping[str, Overlay]
    regions: RegionTree
    _limits: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def limit(self, name: str, region: str = COUNTRY) -> float:
        """Return one figure of the policy as it holds in a region."""
        known = self._limits.get((name, region))
        if known is None:
            known = self._limits[name, region] = self._limit(name, self.levels(region)).value
        return known

    def severity(self, rule: str, region: str = COUNTRY) -> Severity:
        """Return the severity of a rule as it holds in a region."""
        return self._severity(rule, self.levels(region))

    def _limit(self, name: str, levels: list[str]) -> Limit | OverlayLimit:
        return next(
            (self.overlays[code].limits[name] for code in levels if name in self.overlays[code].limits),
            self.country.limits[name],
        )

    def _severity(self, rule: str, levels: list[str]) -> Severity:
        return next(
            (self.overlays[code].severities[rule] for code in levels if rule in self.overlays[code].severities),
            self.country.severities[rule],
        )

    def approver(self, name: str, region: str) -> Level | None:
        """Return the level at which somebody may grant exceptions to campaigns of a region's owner; None: not at all."""
        known = (*(self.overlays[code].approvers for code in self.levels(region)), self.country.approvers)
        return next((approvers[name].level for approvers in known if name in approvers), None)

    def approvers(self, region: str, lowest: Level) -> list[str]:
        """Return those who may grant exceptions to campaigns of a region's owner at a level or above it."""
        known = (*(self.overlays[code].approvers for code in self.levels(region)), self.country.approvers)
        names = dict.fromkeys(name for approvers in known for name in approvers)
        enough = LEVELS[: LEVELS.index(lowest) + 1]
        return [name for name in names if self.approver(name, region) in enough]

    def authority(self, rule: str, region: str) -> Level:
        """Return the lowest level that may make an exception from a rule for a campaign of a region's owner."""
        owner = level_of(region)
        of_cities = self.country.authority.city if self.country.authority else ()
        return owner if owner != "city" or rule in of_cities else "province"

    def levels(self, region: str) -> list[str]:
        """Return the regions whose overlays hold in a region, the nearest first."""
        if not self.overlays or region not in self.regions.regions:
            return []
        codes = dict.fromkeys([self.regions.city(region) or region, self.regions.province(region), COUNTRY])
        return [code for code in codes if code in self.overlays]

    def problems(self, code: str, place: Document) -> Iterator[CatalogueProblem]:
        """Yield what is wrong with one overlay: names that do not exist, and what it loosens without leave."""
        overlay = self.overlays[code]
        above = [level for level in self.levels(code) if level != code]
        leave = self.overlays[above[0]].loosenable if above else self.country.loosenable
        level = f"overlays/{above[0]}.yaml" if above else "policy.yaml"
        for rule, severity in overlay.severities.items():
            path: Path = ("severities", rule)
            if rule not in self.country.severities:
                yield _unknown(place, path, self.country.severities)
            elif is_looser(severity, before := self._severity(rule, above)):
                yield from _refused(place, path, (before, severity), leave.severities, level)
        for name, limit in overlay.limits.items():
            path = ("limits", name)
            if name not in self.country.limits:
                yield _unknown(place, path, self.country.limits)
                continue
            if self.country.limits[name].everywhere:
                yield problem(place.path, _EVERYWHERE(name=name), _EVERYWHERE_HINT(), place.place(path, key=True))
                continue
            known = self._limit(name, above).value
            lower = self.country.limits[name].stricter == "lower"
            if limit.value > known if lower else limit.value < known:
                yield from _refused(place, (*path, "value"), (figure(known), figure(limit.value)), leave.limits, level)
        yield from self._unknown_leave(overlay.loosenable, place)
        yield from self._appointed(code, place)

    def _appointed(self, code: str, place: Document) -> Iterator[CatalogueProblem]:
        """Yield approvers of a level above the one that names them."""
        here = level_of(code)
        for name, approver in self.overlays[code].approvers.items():
            if LEVELS.index(approver.level) < LEVELS.index(here):
                message = _TOO_HIGH(name=name, level=LEVEL_NAMES[approver.level], here=place.path)
                yield problem(place.path, message, _TOO_HIGH_HINT(), place.place(("approvers", name, "level")))

    def _unknown_leave(self, leave: Loosenable, place: Document) -> Iterator[CatalogueProblem]:
        sections = (
            ("severities", leave.severities, self.country.severities),
            ("limits", leave.limits, self.country.limits),
        )
        for section, names, known in sections:
            for index, name in enumerate(names):
                if name not in known:
                    yield _unknown(place, ("loosenable", section, index), known, name=name)


def load_policies(files: RuleFiles, policy: Policy, place: Document, regions: RegionTree, words: Words) -> Policies:
    """Read ``overlays/*.yaml`` and lay them over the policy and the lexicons.

    Raises:
        CatalogueError: for a file that no region is named by, one that does not fit, names that do not exist,
            and figures that are looser than the level above allows.
    """
    problems: list[CatalogueProblem] = []
    overlays: dict[str, Overlay] = {}
    places: dict[str, Document] = {}
    for code, value, document in files.overlays():
        fitted = fit(Overlay, value)
        if isinstance(fitted, list):
            problems += misfits(document, fitted)
        elif code not in regions.regions or code not in (regions.city(code), regions.province(code), COUNTRY):
            problems.append(problem(document.path, _NO_REGION(code=code), _NO_REGION_HINT()))
        else:
            overlays[code], places[code] = fitted, document
    policies = Policies(policy, overlays, regions)
    problems += policies._unknown_leave(policy.loosenable, place)
    for index, rule in enumerate(policy.authority.city if policy.authority else ()):
        if rule not in policy.severities:
            problems.append(_unknown(place, ("authority", "city", index), policy.severities, name=rule))
    problems += _zeros(policy.limits, place)
    for code in overlays:
        problems += policies.problems(code, places[code])
        problems += _zeros(overlays[code].limits, places[code])
        above = [overlays[level] for level in policies.levels(code) if level != code]
        problems += overlay_problems(overlays[code], places[code], above, words)
    if problems:
        raise CatalogueError(problems)
    return policies


def _zeros(limits: Mapping[str, Limit | OverlayLimit], place: Document) -> Iterator[CatalogueProblem]:
    """Yield figures by which something is divided, and which are 0."""
    for name in _DIVISORS:
        if name in limits and not limits[name].value:
            path: Path = ("limits", name, "value")
            yield problem(place.path, _ZERO(name=name), _ZERO_HINT(), place.place(path))


def _unknown(place: Document, path: Path, known: Mapping[str, object], name: str | None = None) -> CatalogueProblem:
    given = name or str(path[-1])
    nearest = nearest_name(given, known)
    hint = _UNKNOWN_HINT(nearest=nearest) if nearest else _UNKNOWN_LIST(names=list(known))
    return problem(place.path, _UNKNOWN(name=given), hint, place.place(path, key=name is None))


def _refused(
    place: Document, path: Path, values: tuple[str | Message, str | Message], leave: list[str], level: str
) -> Iterator[CatalogueProblem]:
    name = str(path[1])
    if name not in leave:
        message = _LOOSER(name=name, above=values[0], here=values[1])
        yield problem(place.path, message, _LOOSER_HINT(name=name, level=level), place.place(path))
