"""Proposals that are not merged yet (other open pull requests), checked as if they were.

Where campaigns were named on the command line, proposals are context like the rest of the repository: what
they bear or cause is told where it concerns one of those named. Where none was, everything is checked as it
would be with all proposals merged. A proposal for a campaign that is there already stands in for it, unless
that campaign was named: then the version named is the one that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from campaigncheck.catalogue.files import shown
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Proposal
from campaigncheck.engine.repository import CAMPAIGNS, SpecFile, specs_at


def find_proposals(folders: Iterable[str], specs: Iterable[SpecFile]) -> list[SpecFile]:
    """Return the specs below some folders; of a whole repository, those of its ``campaigns/``.

    Files that are among the ``specs`` of the run already are no proposals: "all open requests" may hold the
    one that is being checked.

    Raises:
        UsageError: for a path that does not exist or holds no spec.
    """
    known = {spec.file for spec in specs}
    found: dict[str, SpecFile] = {}
    for folder in folders:
        inside = Path(folder) / CAMPAIGNS
        path = str(inside) if inside.is_dir() else folder
        proposed = specs_at(path)
        if not proposed:
            raise UsageError(errors.NO_CAMPAIGNS(path=shown(Path(path))), errors.NO_CAMPAIGNS_HINT())
        for file, name in proposed.items():
            if file not in known:
                found.setdefault(file, SpecFile(file, name, selected=True, proposal=True))
    return list(found.values())


def settle(examined: Sequence[Examined], named: bool) -> tuple[list[Examined], list[Proposal]]:
    """Let proposals stand in for what is there already.

    Args:
        examined: all specs, those of proposals as well.
        named: whether the campaigns asked for were named on the command line.
    """
    there = {item.id: item for item in examined if item.known and not item.spec.proposal}
    left_out: set[str] = set()
    settled: dict[str, Examined] = {}
    proposals: list[Proposal] = []
    for item in examined:
        if not item.spec.proposal:
            continue
        known = there.get(item.id) if item.known else None
        if known is None:
            settled[item.spec.shown] = _as_context(item) if named else item
            proposals.append(Proposal(item.id, item.spec.shown))
        elif known.document and item.document and known.document.text == item.document.text:
            left_out.add(item.spec.shown)
        elif named and known.spec.selected:
            left_out.add(item.spec.shown)
            proposals.append(Proposal(item.id, item.spec.shown, known.spec.shown, counts=False))
        else:
            left_out.add(known.spec.shown)
            settled[item.spec.shown] = item if known.spec.selected else _as_context(item)
            proposals.append(Proposal(item.id, item.spec.shown, known.spec.shown))
    kept = [settled.get(item.spec.shown, item) for item in examined if item.spec.shown not in left_out]
    return kept, proposals


def _as_context(item: Examined) -> Examined:
    return item._replace(spec=replace(item.spec, selected=False), located=(), crashes=())
