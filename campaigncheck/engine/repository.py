"""Finds the specs of a run: those to check, and the rest of the repository as context."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from campaigncheck.catalogue.files import shown
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError

SUFFIXES = (".yaml", ".yml")
CAMPAIGNS = "campaigns"
RULES = "rules"


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One spec of a run: the file, the path as users see it, and whether it was asked for."""

    file: str
    shown: str
    selected: bool


def find_specs(paths: Iterable[str], context: bool = True) -> list[SpecFile]:
    """Return the specs at ``paths`` (default ``campaigns/``), and with them the rest of the repository.

    Files are named once, in order of path, however many paths lead to them.

    Raises:
        UsageError: for a path that does not exist, or when there is nothing to check.
    """
    given = list(paths)
    home = find_upwards(CAMPAIGNS)
    if not given and home is None:
        raise UsageError(errors.NO_DEFAULT(), errors.NO_DEFAULT_HINT())
    chosen: dict[str, str] = {}
    for path in given or [str(home)]:
        found = list(_specs(Path(path)))
        if not found:
            raise UsageError(errors.NO_CAMPAIGNS(path=shown(Path(path))), errors.NO_CAMPAIGNS_HINT())
        chosen.update((os.path.realpath(file), file) for file in found)
    around = {}
    if given and context and home is not None:
        around = {os.path.realpath(file): file for file in _specs(home)}
    files = [SpecFile(file, shown(Path(file)), True) for file in chosen.values()]
    files += [SpecFile(file, shown(Path(file)), False) for key, file in around.items() if key not in chosen]
    return sorted(files, key=lambda item: item.shown)


def find_upwards(name: str) -> Path | None:
    """Return the nearest folder of this name, here or above."""
    here = Path.cwd()
    return next((folder / name for folder in (here, *here.parents) if (folder / name).is_dir()), None)


def find_rules(given: str | None) -> Path | None:
    """Return the rules folder of a run: as given, else found upwards; None means the built-in one.

    Raises:
        UsageError: when the given folder does not exist.
    """
    if given is not None:
        if not os.path.isdir(given):
            raise UsageError(errors.NO_RULES(path=given), errors.NO_RULES_HINT())
        return Path(given)
    return find_upwards(RULES)


def _specs(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield from _walk(str(path))
    elif os.path.lexists(path):
        yield str(path)
    else:
        raise UsageError(errors.NO_SUCH_PATH(path=shown(path)), errors.NO_SUCH_PATH_HINT())


def _walk(folder: str) -> Iterator[str]:
    """Yield spec files in order of name; links to folders are not followed, so loops end nowhere."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            errors.UNREADABLE_FOLDER(path=shown(Path(folder)), reason=reason), errors.UNREADABLE_FOLDER_HINT()
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif entry.name.endswith(SUFFIXES):
            yield entry.path
