"""Which file of which folder speaks: a repository's own ``rules/`` over the built-in ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaigncheck.catalogue.models import CATALOGUES
from campaigncheck.catalogue.problems import (
    NO_CUSTOM,
    NO_CUSTOM_HINT,
    NO_OVERLAY,
    NO_OVERLAY_HINT,
    UNKNOWN_FILE,
    UNKNOWN_FILE_HINT,
    UNKNOWN_FILE_LIST,
    CatalogueError,
    problem,
)
from campaigncheck.messages import Message
from campaigncheck.source.document import Document, load
from campaigncheck.source.errors import SourceError
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES
from campaigncheck.spec.load import nearest_name

WAIVERS = "waivers.yaml"
"""The file of exceptions, at the top of the repository."""

_PACKAGE = Path(__file__).resolve().parents[1]
_SECTIONS = ("about", "extends")
_OTHER_FILES = frozenset(
    {
        "network",
        "custom",
        "overlays",
        "README.md",
        "adjacency.csv",
        "clearance.yaml",
        "complaints.csv",
        "regions.csv",
        "regions-former.csv",
    }
)


def builtin_rules() -> Path:
    """Return the folder of the built-in catalogues: in the wheel, or beside the package in a checkout."""
    shipped = _PACKAGE / "builtin_rules"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "rules"


def shown(path: Path) -> str:
    """Return a path as users see it: relative to the working directory where it is below, with ``/``."""
    absolute = os.path.abspath(path)
    try:
        relative = os.path.relpath(absolute)
    except ValueError:
        return Path(absolute).as_posix()
    return Path(absolute if relative.startswith("..") else relative).as_posix()


@dataclass(frozen=True)
class RuleFiles:
    """The files of one run: a repository's folder first, the built-in folder behind it.

    ``repository`` is the folder that a repository has, also where that is the one from which the built-in files come.
    """

    own: Path | None
    builtin: Path
    repository: Path | None = None

    @classmethod
    def at(cls, own: Path | None) -> RuleFiles:
        """Look at a repository's folder (None: built-in only) and refuse files that would do nothing.

        Raises:
            CatalogueError: for a file in the folder that no catalogue is named after.
        """
        builtin, repository = builtin_rules(), own
        if own is not None:
            _refuse_unknown(own)
            if own.resolve() == builtin.resolve():
                own = None
        return cls(own, builtin, repository)

    def path(self, name: str) -> Path:
        """Return the file that speaks for ``name``."""
        if self.own is not None and (self.own / name).is_file():
            return self.own / name
        return self.builtin / name

    def is_own(self, name: str) -> bool:
        """Whether a repository has a YAML catalogue of its own."""
        return self.own is not None and (self.own / f"{name}.yaml").is_file()

    def network(self, name: str) -> Path | None:
        """Return a file of the hall network; only a repository has one, nothing is built in."""
        file = (self.own or self.builtin) / "network" / name
        return file if file.is_file() else None

    def yaml(self, name: str) -> tuple[dict[str, Any], Document]:
        """Read a YAML catalogue, merged with the built-in one if it extends it.

        Raises:
            CatalogueError: when a file cannot be read.
        """
        value, document = self._load(self.path(f"{name}.yaml"))
        if value.get("extends") == "builtin" and document.path != shown(self.builtin / f"{name}.yaml"):
            base, _ = self._load(self.builtin / f"{name}.yaml")
            value = merge(base, value)
        return value, document

    def layers(self, name: str) -> list[tuple[dict[str, Any], Document, bool]]:
        """Read the files that a catalogue is made of, each as it is written: a repository's own first, then the built-in one.

        The last of each says whether it is built in.

        Raises:
            CatalogueError: when a file cannot be read.
        """
        value, document = self._load(self.path(f"{name}.yaml"))
        own = document.path != shown(self.builtin / f"{name}.yaml")
        if own and value.get("extends") == "builtin":
            return [(value, document, False), (*self._load(self.builtin / f"{name}.yaml"), True)]
        return [(value, document, not own)]

    def clearance_paths(self) -> list[Path]:
        """Return the file of the keys that may clear campaigns, if a repository has one; none is ever built in."""
        file = self.repository / "clearance.yaml" if self.repository is not None else None
        return [file] if file is not None and file.exists() else []

    def clearance(self) -> tuple[dict[str, Any], Document] | None:
        """Read the keys that may clear campaigns, if a repository says.

        Raises:
            CatalogueError: when the file cannot be read.
        """
        return next((self._load(file) for file in self.clearance_paths()), None)

    def overlay_paths(self) -> list[Path]:
        """Return the overlays of a repository, in order; nothing is built in.

        Raises:
            CatalogueError: for a file that is no YAML file.
        """
        return self._yaml_files("overlays", NO_OVERLAY(), NO_OVERLAY_HINT())

    def overlays(self) -> Iterator[tuple[str, dict[str, Any], Document]]:
        """Yield the overlays of a repository by region code.

        Raises:
            CatalogueError: when one cannot be read.
        """
        for file in self.overlay_paths():
            yield (file.stem, *self._load(file))

    def custom_paths(self) -> list[Path]:
        """Return the files with a site's own rules, in order; nothing is built in.

        Raises:
            CatalogueError: for a file that is no YAML file.
        """
        return self._yaml_files("custom", NO_CUSTOM(), NO_CUSTOM_HINT())

    def custom(self) -> Iterator[tuple[dict[str, Any], Document]]:
        """Yield the files with a site's own rules.

        Raises:
            CatalogueError: when one cannot be read.
        """
        for file in self.custom_paths():
            yield self._load(file)

    def _yaml_files(self, name: str, message: Message, hint: Message) -> list[Path]:
        folder = (self.own or self.builtin) / name
        found = [file for file in sorted(folder.iterdir()) if file.name[0] != "."] if folder.is_dir() else []
        found = [file for file in found if file.name != "README.md"]
        stray = next((file for file in found if file.suffix != ".yaml"), None)
        if stray is not None:
            raise CatalogueError([problem(shown(stray), message, hint)])
        return found

    def _load(self, path: Path) -> tuple[dict[str, Any], Document]:
        try:
            value, document, _ = load(str(path), shown(path), MAX_CATALOGUE_BYTES)
        except SourceError as error:
            raise CatalogueError([problem(shown(path), error.message, error.hint, error.place)]) from error
        return value, document


def merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Merge two catalogues by key: whole entries of ``own`` replace those of ``base``."""
    merged = dict(base)
    for section, value in own.items():
        known = merged.get(section)
        if section not in _SECTIONS and isinstance(known, dict) and isinstance(value, dict):
            merged[section] = {**known, **value}
        elif section not in _SECTIONS and isinstance(known, list) and isinstance(value, list):
            merged[section] = [*known, *(item for item in value if item not in known)]
        else:
            merged[section] = value
    return merged


def _refuse_unknown(folder: Path) -> None:
    names = {f"{name}.yaml" for name in CATALOGUES} | _OTHER_FILES
    problems = []
    for entry in sorted(folder.iterdir()):
        if entry.name in names or entry.name.startswith("."):
            continue
        nearest = nearest_name(entry.name, names)
        hint = UNKNOWN_FILE_HINT(nearest=nearest) if nearest else UNKNOWN_FILE_LIST(names=sorted(names))
        problems.append(problem(shown(entry), UNKNOWN_FILE(name=entry.name), hint))
    if problems:
        raise CatalogueError(problems)
