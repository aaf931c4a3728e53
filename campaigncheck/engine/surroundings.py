"""What a repository holds besides specs and rules: the past of its campaigns in git, and their clearances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from campaigncheck.catalogue.problems import CatalogueError, problem
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.repository import find_clearances
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import read
from campaigncheck.understand.entry import Entry

if TYPE_CHECKING:
    from campaigncheck.history.histories import Asked, Known

_NO_BRANCH = Text(
    "base_branch 是“{branch}”，{root} 里没有这个分支", "base_branch is “{branch}”, and {root} has no such branch"
)
_NO_BRANCH_HINT = Text(
    "写对分支名；分支没有取下来就先取：git fetch origin {branch}（CI 里检出时写 fetch-depth: 0）。",
    "Mend the name; if the branch is not here, fetch it: git fetch origin {branch} (in CI, check out with fetch-depth: 0).",
)


def refuse_missing_branch(examiner: Examiner) -> None:
    """Refuse a policy that names a branch that a repository does not have; once it has been asked about its past.

    Raises:
        CatalogueError: if so.
    """
    asked = examiner.asked_histories
    if asked is not None and asked.lacking is not None:
        document, branch = examiner.catalogues.policy_place, examiner.catalogues.policy.base_branch
        place = document.place(("base_branch",))
        message = _NO_BRANCH(branch=branch, root=asked.lacking)
        raise CatalogueError([problem(document.path, message, _NO_BRANCH_HINT(branch=branch), place)])


@dataclass(frozen=True)
class Around:
    """The surroundings of the specs of a run, by their paths."""

    examiner: Examiner
    examined: Mapping[str, Examined]

    def past(self, entries: Iterable[Entry]) -> dict[str, Known]:
        """Return what git knows of campaigns, by their paths."""
        asked = {entry.path: self._asked(entry) for entry in entries}
        known = self.examiner.histories.known(asked.values())
        return {path: known[item] for path, item in asked.items() if item in known}

    def cut_off(self, entry: Entry) -> None:
        """Remember that the past of a campaign is not known as far back as it was needed."""
        self.examiner.histories.cut_off(self._asked(entry))

    def uncleared(self, entry: Entry) -> Message | None:
        """Return why a campaign has no clearance that stands."""
        from campaigncheck.attest.standing import shortcoming  # takes long to import, and few campaigns are launched

        document = self.examined[entry.path].document
        assert document is not None  # it has been read
        values, _ = read(document.text, entry.path)
        folder = find_clearances(Path(self.examined[entry.path].spec.file))
        return shortcoming(folder, entry.id, values, self.examiner.catalogues.trusted)

    def _asked(self, entry: Entry) -> Asked:
        from campaigncheck.history.histories import Asked  # few runs look back

        item = self.examined[entry.path]
        as_written = item.document is not None and item.document.checksum is not None  # not a text tried in its place
        return Asked(item.spec.file, entry.id, entry.stage if as_written else None)
