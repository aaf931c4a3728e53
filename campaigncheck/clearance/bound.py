"""What a clearance is bound to besides the spec: the files of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.installed import plug_ins
from campaigncheck.catalogue.load import TABLES, deciding


def catalogues(files: RuleFiles) -> dict[str, str]:
    """Return the digest of every file that decides findings, by its name in the rules folder.

    The keys that may sign are not among them: signatures are checked against those that hold now.
    """
    return {name: _digest(path) for name, path in sorted(_files(files))}


def packages() -> dict[str, str]:
    """Return the installed packages that bring rules along, with their versions."""
    return {plug_in.package: plug_in.version for plug_in in plug_ins()}


def _files(files: RuleFiles) -> Iterator[tuple[str, Path]]:
    keys = files.clearance_paths()
    for name, path in deciding(files):
        if path in keys:
            continue
        yield name, path
        built_in = files.builtin / name
        if path.parent != files.builtin and built_in.is_file():
            yield f"builtin/{name}", built_in  # what it may extend
    for name in sorted(TABLES):
        table = files.network(name)
        if table is not None:
            yield f"network/{name}", table


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
