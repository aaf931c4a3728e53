"""Specs in a folder of their own, and what repairs make of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job
from campaigncheck.engine.selection import Selection
from campaigncheck.repair.model import Repair
from campaigncheck.repair.plan import plan
from campaigncheck.rulekit.sample import complete
from tests.support.checking import TODAY, knowledge


def job(folder: Path, specs: Mapping[str, str], select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Job:
    """Write specs (name → text, as it is) and return the job of checking them all."""
    files = []
    for name, text in sorted(specs.items()):
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        files.append(SpecFile(str(path), f"{name}.yaml", True))
    return Job(files, RuleFiles.at(None), Selection(select, ignore), TODAY)


def repaired(folder: Path, specs: Mapping[str, str], select: tuple[str, ...] = ()) -> Repair:
    """Return the repairs of specs."""
    given = job(folder, specs, select)
    return plan(knowledge(given.files), given)


def mended(folder: Path, text: str, *left: str) -> str:
    """Return a spec as repairs leave it; what it lacks is filled in and cut off again, and nothing else is ``left``."""
    whole = complete(text)
    repair = repaired(folder, {"x": whole})
    assert refusals(repair) == list(left)
    after = repair.mended[0].after if repair.mended else whole
    assert after.endswith(whole[len(text) :])
    return after[: len(after) - len(whole) + len(text)]


def refusals(repair: Repair) -> list[str]:
    """Return what is said of the repairs that were not made."""
    return [f"{left.path}:{left.place.line}:{left.place.column} {left.message.render('zh')}" for left in repair.refused]
