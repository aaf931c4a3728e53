"""Where each figure of the policy that holds in a region is written: every layer of it, the one that speaks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as File
from typing import Any, NamedTuple

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue import installed
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import Both
from campaigncheck.catalogue.policies import Policies
from campaigncheck.messages import Text
from campaigncheck.source.document import Document

SECTIONS = ("severities", "limits", "hours", "stages", "approvers")
"""Sections of the policy whose entries hold or change by region."""

WORDS = {"terms": "glossary", "forbidden": "wording", "ambiguous": "wording", "conditional": "wording"}
"""Sections of words, and the country's catalogue that has them as well."""


class Layer(NamedTuple):
    """One value as a file states it; ``level`` is the region whose file it is.

    A built-in file is only named, and so is a package, which has no lines.
    """

    value: Any
    path: str
    line: int | None
    column: int | None
    level: str
    builtin: bool
    source: str | None = None
    assumption: bool = False


class Held(NamedTuple):
    """What holds under one name: the layers in force, the nearest first, and what is built in (None: nothing is).

    ``loosenable``: the region's own file may say something looser.
    """

    section: str
    name: str
    layers: tuple[Layer, ...]
    builtin: Layer | None
    loosenable: bool
    unit: Text | None = None

    @property
    def layer(self) -> Layer:
        """The one that speaks."""
        return self.layers[0]

    @property
    def differs(self) -> bool:
        """Whether something else holds than what is built in; a word that a level adds always does."""
        return self.builtin is None or self.section in WORDS or self.layer.value != self.builtin.value


class _File(NamedTuple):
    """A file that lays something over others, and the region it is for."""

    value: Mapping[str, Any]
    document: Document
    level: str
    builtin: bool = False

    def layer(self, section: str, name: str) -> Layer | None:
        """Return what it says under a name."""
        entry = (self.value.get(section) or {}).get(name, _NOTHING)
        if entry is _NOTHING:
            return None
        place = self.document.place((section, name), key=True)
        path = File(self.document.path).name if self.builtin else self.document.path
        told = entry if isinstance(entry, dict) else {}
        source, assumed = told.get("source"), bool(told.get("assumption"))
        return Layer(_plain(section, entry), path, place.line, place.column, self.level, self.builtin, source, assumed)


_NOTHING = object()


def stated(catalogues: Catalogues) -> dict[str, Layer]:
    """Return the severities that a site's own rules state themselves; the policy and overlays go before these."""
    found = {
        name: Layer(severity, f"{plug_in.package} {plug_in.version}", None, None, COUNTRY, False)
        for plug_in in installed.plug_ins()
        for name, severity in installed.named(plug_in)
    }
    for written in catalogues.custom:
        place = written.document.place((*written.path, "severity"))
        path = written.document.path
        found[written.rule.id] = Layer(written.rule.severity, path, place.line, place.column, COUNTRY, False)
    return found


def held(files: RuleFiles, catalogues: Catalogues, region: str) -> list[Held]:
    """Return everything of the policy that holds in a region, and the words that its levels add, in order of the files.

    Raises:
        CatalogueError: when a file cannot be read.
    """
    policies, rules = catalogues.policies, stated(catalogues)
    above = {code: _File(value, document, code) for code, value, document in files.overlays()}
    levels = [above[code] for code in policies.levels(region)]
    leave = _leave(policies, region)
    found: list[Held] = []
    for name, sections in (("policy", SECTIONS), ("glossary", ("terms",)), ("wording", tuple(WORDS)[1:])):
        country = [_File(value, document, COUNTRY, builtin) for value, document, builtin in files.layers(name)]
        builtin = country[-1] if country[-1].builtin else _builtin(files, name)
        for section in sections:
            speaking = [*levels, *country]
            names = _names(section, speaking if section in SECTIONS else levels)
            lowest = rules if section == "severities" else {}
            found += _held(section, list(dict.fromkeys((*names, *lowest))), speaking, builtin, leave, lowest)
    return [item._replace(unit=_unit(policies, item)) for item in found]


def _held(
    section: str,
    names: Iterable[str],
    files: list[_File],
    builtin: _File,
    leave: Mapping[str, frozenset[str]],
    lowest: Mapping[str, Layer],
) -> Iterator[Held]:
    for name in names:
        found = (*(file.layer(section, name) for file in files), lowest.get(name))
        layers = tuple(layer for layer in found if layer is not None)
        yield Held(section, name, layers, builtin.layer(section, name), name in leave.get(section, ()))


def _names(section: str, files: list[_File]) -> list[str]:
    """Return the names of a section in the order of the lowest file, those that a nearer one adds after them."""
    return list(dict.fromkeys(name for file in reversed(files) for name in file.value.get(section) or {}))


def _builtin(files: RuleFiles, name: str) -> _File:
    value, document, _ = RuleFiles(None, files.builtin).layers(name)[0]
    return _File(value, document, COUNTRY, builtin=True)


def _leave(policies: Policies, region: str) -> dict[str, frozenset[str]]:
    """Return what a region's own file may loosen, by leave of the nearest level above it."""
    if region == COUNTRY:
        return {}
    own = policies.regions.city(region) or region
    above = [code for code in policies.levels(region) if code != own]
    leave = policies.overlays[above[0]].loosenable if above else policies.country.loosenable
    return {"severities": frozenset(leave.severities), "limits": frozenset(leave.limits)}


def _unit(policies: Policies, item: Held) -> Text | None:
    limit = policies.country.limits.get(item.name) if item.section == "limits" else None
    unit: Both | None = limit.unit if limit else None
    return unit.text if unit else None


def _plain(section: str, entry: Any) -> Any:
    """Return the value of an entry: a severity, a figure, opening hours, a stage's families, an approver's level."""
    if section in ("limits", "hours"):
        return entry["value"]
    if section == "approvers":
        return entry["level"]
    if section in WORDS:
        return entry.get("severity", "error")
    return entry
