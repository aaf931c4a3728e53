"""Clears the launched examples again with the demonstration key; ``--check`` only says which clearances are out of date.

Run as ``python -m campaigncheck.maintenance.clearances`` in the root of the project, after rules or examples have changed.
Each is issued as on the day before it started, as if it were still to be launched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from campaigncheck.attest.envelope import seal
from campaigncheck.attest.keys import PrivateKey
from campaigncheck.attest.statement import write_statement
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.clearance.issue import clear, refusals
from campaigncheck.clearance.situation import Repository, look
from campaigncheck.engine.repository import CLEARANCES, SpecFile, find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Knowledge
from campaigncheck.files import write_whole
from campaigncheck.source.document import load
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

KEY = Path("docs/examples/clearance/demonstration.key")
_LAUNCHED, _APPROVED = "\nstage: launched\n", "\nstage: approved\n"


class NotClearedError(Exception):
    """An example that would not pass."""


def clearances() -> Iterator[tuple[Path, bytes]]:
    """Yield the clearance of every launched example: where it stands, and what should be in it.

    Raises:
        NotClearedError: for an example that has something wrong with it.
    """
    key = PrivateKey.read(KEY.read_bytes())
    files = RuleFiles.at(find_rules(None))
    knowledge = Knowledge.of(files)
    specs = find_specs(())
    for spec in specs:
        text = Path(spec.file).read_text(encoding="utf-8")
        if _LAUNCHED not in text:
            continue
        campaign = _campaign(spec)
        repository = Repository(specs, files, find_waivers(None), {spec.shown: text.replace(_LAUNCHED, _APPROVED)})
        situation = look(knowledge, repository, {campaign.id}, _day_before(campaign))
        reasons = [reason.render("en") for reason in refusals(situation, campaign.id)]
        if reasons:
            raise NotClearedError("\n".join([f"{campaign.id} would not be cleared:", *reasons]))
        (item,) = situation.named(campaign.id)
        yield Path(CLEARANCES) / f"{campaign.id}.json", seal(write_statement(clear(situation, item)), [key])


def _campaign(spec: SpecFile) -> Campaign:
    campaign = fit(Campaign, load(spec.file, spec.shown)[0])
    assert isinstance(campaign, Campaign)
    return campaign


def _day_before(campaign: Campaign) -> date:
    return campaign.period.start - timedelta(days=1)


def main(arguments: list[str]) -> int:
    """Write what is out of date; with ``--check`` name it and return 1."""
    try:
        wanted = list(clearances())
    except NotClearedError as error:
        print(error)
        return 1
    stale = [(path, content) for path, content in wanted if not path.is_file() or path.read_bytes() != content]
    for path, content in stale:
        print(f"{path.as_posix()} is out of date" if "--check" in arguments else f"writing {path.as_posix()}")
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
