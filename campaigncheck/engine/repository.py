"""Finds the specs of a run: those to check, and the rest of the repository as context."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from campaigncheck.catalogue.files import WAIVERS, shown
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError

SUFFIXES = (".yaml", ".yml")
CAMPAIGNS = "campaigns"
RULES = "rules"
CLEARANCES = "clearances"


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One spec of a run: the file, the path as users see it, and whether it was asked for.

    A ``proposal`` is not merged yet.
    """

    file: str
    shown: str
    selected: bool
    proposal: bool = False


def find_specs(paths: Iterable[str]) -> list[SpecFile]:
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
        found = specs_at(path)
        if not found:
            raise UsageError(errors.NO_CAMPAIGNS(path=shown(Path(path))), errors.NO_CAMPAIGNS_HINT())
        chosen.update(found)
    around = specs_at(str(home)) if given and home is not None else {}
    files = [SpecFile(file, name, True) for file, name in chosen.items()]
    files += [SpecFile(file, name, False) for file, name in around.items() if file not in chosen]
    return sorted(files, key=attrgetter("shown"))


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


def find_waivers(given: str | None) -> Path | None:
    """Return the file of exceptions of a run: as given, else found upwards; None where there is none.

    Raises:
        UsageError: when the given file does not exist.
    """
    if given is not None:
        if not os.path.exists(given):
            raise UsageError(errors.NO_SUCH_PATH(path=given), errors.NO_SUCH_PATH_HINT())
        return Path(given)
    here = Path.cwd()
    return next((folder / WAIVERS for folder in (here, *here.parents) if os.path.lexists(folder / WAIVERS)), None)


def find_clearances(spec: Path | None = None) -> Path:
    """Return the folder of clearances: beside the ``campaigns/`` that a run, or a spec (a real path), is in.

    A spec in none takes the nearest such folder upwards, and without one that beside itself.
    """
    home = find_upwards(CAMPAIGNS)
    if spec is None or (home is not None and spec.is_relative_to(home.resolve())):
        return (home.parent if home is not None else Path()) / CLEARANCES
    beside = next((folder.parent for folder in spec.parents if folder.name == CAMPAIGNS), None)
    upwards = (folder for folder in spec.parents if (folder / CLEARANCES).is_dir())
    return (beside or next(upwards, spec.parent)) / CLEARANCES


def specs_at(path: str) -> dict[str, str]:
    """Return the spec files at a path: the real path of each, and the path as users see it."""
    if os.path.isdir(path):
        return dict(_walk(os.path.realpath(path), shown(Path(path))))
    if os.path.lexists(path):
        return {os.path.realpath(path): shown(Path(path))}
    raise UsageError(errors.NO_SUCH_PATH(path=shown(Path(path))), errors.NO_SUCH_PATH_HINT())


def _walk(folder: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield spec files in order of name.

    Links to folders are not followed, so loops end nowhere; like every link that leads to no file they are
    yielded as they are, and reading them says so (SPEC001): nobody knows what campaigns are behind them.
    """
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(errors.UNREADABLE_FOLDER(path=name, reason=reason), errors.UNREADABLE_FOLDER_HINT()) from error
    prefix = "" if name == "." else f"{name}/"
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, prefix + entry.name)
        elif entry.is_symlink() and not os.path.isfile(entry.path):
            yield entry.path, prefix + entry.name
        elif entry.name.lower().endswith(SUFFIXES):
            yield os.path.realpath(entry.path) if entry.is_symlink() else entry.path, prefix + entry.name
