"""The clearances of the campaigns on the site, and whether they still hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from campaigncheck.attest.strict import MAX_BYTES
from campaigncheck.catalogue.files import shown
from campaigncheck.clearance.situation import Repository, look
from campaigncheck.clearance.verify import Clearance, Verified, read_clearance, verify
from campaigncheck.engine.run import Job, Knowledge
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError

SUFFIX = ".json"

_NO_KEYS = Text(
    "rules/clearance.yaml 里没有可以相信的公钥，没法核验。",
    "rules/clearance.yaml names no key to trust, so nobody can tell.",
)


class Standing(NamedTuple):
    """Whether the clearance of a campaign holds.

    Attributes:
        path: of the clearance.
        holds: whether it does.
        over: whether the campaign is over, so that there is nothing to launch.
        issued: on which day it was issued; None if it cannot be read.
        reasons: why it does not hold.
    """

    path: str
    holds: bool
    over: bool
    issued: date | None
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Kept:
    """The folder of clearances with the files in it that are named like campaigns."""

    files: Mapping[str, Path]

    @classmethod
    def of(cls, folder: Path) -> Kept:
        """Look what is in a folder, which need not be there."""
        try:
            inside = sorted(os.listdir(folder))
        except OSError:
            inside = []
        names = [name for name in inside if name.endswith(SUFFIX) and not name.startswith(".")]
        return cls({name.removesuffix(SUFFIX): folder / name for name in names})


def standings(knowledge: Knowledge, job: Job, asked: frozenset[str], folder: Path) -> dict[str, Standing]:
    """Return whether the clearances of campaigns in a folder hold, by id; nothing of those that have none."""
    kept = Kept.of(folder)
    files = {name: file for name, file in kept.files.items() if name in asked}
    keys = knowledge.catalogues.trusted
    if files and not keys:
        return {name: Standing(shown(file), False, False, None, (_NO_KEYS(),)) for name, file in files.items()}
    found: dict[str, Standing] = {}
    read: dict[str, Clearance] = {}
    for name, file in files.items():
        try:
            read[name] = read_clearance(shown(file), read_bytes(str(file), MAX_BYTES), keys)
        except SourceError as error:
            found[name] = Standing(shown(file), False, False, None, (error.message,))
    if read:
        repository = Repository(job.specs, job.files, job.waivers, {})
        named = {item.campaign for item in read.values() if item.campaign is not None}
        situation = look(knowledge, repository, named, job.today)
        found |= {name: _standing(verify(item, situation, keys)) for name, item in read.items()}
    return found


def _standing(verified: Verified) -> Standing:
    opened = verified.clearance.opened
    return Standing(
        verified.clearance.path,
        verified.holds and opened is not None,
        verified.over,
        opened.statement.issued_on if opened else None,
        tuple(change.message for change in verified.changes),
    )
