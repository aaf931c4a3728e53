"""Several changes in one pass: amended texts wherever they stand, and new keys of one mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from yaml.nodes import MappingNode, SequenceNode

from campaigncheck.messages import Message
from campaigncheck.source.adding import Adding
from campaigncheck.source.changes import Amend, Change, EditError, Put
from campaigncheck.source.page import Entry, Splice, index_of, value_at
from campaigncheck.source.place import Path
from campaigncheck.source.setting import joined
from campaigncheck.source.written import reads


def runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Split changes into runs that keep apart, so that each run can be made in one pass."""
    run: list[Change] = []
    lowest: dict[Path, float] = {}
    for change in changes:
        if run and not _may_follow(run[0], change, lowest):
            yield run
            run, lowest = [], {}
        run.append(change)
        lowest[change.path] = change.start if isinstance(change, Amend) else 0
    if run:
        yield run


def _may_follow(first: Change, change: Change, lowest: Mapping[Path, float]) -> bool:
    """Tell whether a change is like the first of its run, and apart from all in it.

    Changes of one text have to come from the back, so that each finds its characters where they were.
    """
    if isinstance(first, Amend) and isinstance(change, Amend):
        return change.end <= lowest.get(change.path, inf)
    if not isinstance(first, Put) or not isinstance(change, Put) or change.path in lowest:
        return False
    keys = all(isinstance(put.path[-1], str) for put in (first, change) if put.path)
    return keys and first.path[:-1] == change.path[:-1]


class Together(Adding):
    """A text that is to be changed in several places."""

    def together(self, run: Sequence[Change], after: Any) -> Iterator[str]:
        """Return ways to make a run of changes; ``after`` is the plain value that is meant.

        Raises:
            EditError: when some cannot be made at all; it says which.
        """
        amends = [change for change in run if isinstance(change, Amend)]
        return self._all_amended(amends, after) if amends else self._all_added(run, after)

    def _all_amended(self, amends: Sequence[Amend], after: Any) -> Iterator[str]:
        by_path: dict[Path, list[Amend]] = {}
        for amend in amends:
            by_path.setdefault(amend.path, []).append(amend)
        splices: list[Splice] = []
        refused: dict[Path, Message] = {}
        for path, changes in by_path.items():
            try:
                splices.append(self._text_amended(path, changes, value_at(after, path)))
            except EditError as error:
                refused[path] = error.message
        refuse(refused)
        yield joined(self.text, 0, sorted(splices), len(self.text))

    def _text_amended(self, path: Path, changes: Sequence[Amend], value: str) -> Splice:
        """Return the first way to amend one text that reads as meant on its own, or else the last."""
        entry = self.trail(path)[-1]
        self.refuse_lost(entry.node, path)
        way = None
        for way in self.amended(entry, changes, value):
            if self._reads_alone(entry, path[-1], way, value):
                break
        assert way is not None  # there is always one
        return way

    def _reads_alone(self, entry: Entry, step: str | int, way: Splice, value: str) -> bool:
        """Tell whether an entry reads as meant when nothing else is there."""
        end = max(entry.end, way.end, entry.node.end_mark.index)
        written = self.text[entry.start : way.start] + way.written + self.text[way.end : end]
        meant = {step: value} if isinstance(step, str) else [value]
        if entry.flow:
            return reads(f"{{{written}}}" if isinstance(step, str) else f"[{written}]", meant)
        return reads(" " * entry.column + written, meant)

    def _all_added(self, puts: Sequence[Change], after: Any) -> Iterator[str]:
        trail = self.trail(puts[0].path)
        holder, parent, reached = trail[-1], puts[0].path[:-1], len(trail) - 1
        if not isinstance(holder.node, MappingNode | SequenceNode) or reached > len(parent):
            return
        if reached < len(parent):  # nothing of what is to hold them is there
            new = {parent[reached]: value_at(after, parent[: reached + 1])}
        else:
            new = {put.path[-1]: value_at(after, put.path) for put in puts}
        if all(index_of(holder.node, step) is None for step in new):
            yield from self.added(holder, new, value_at(after, parent[:reached]))


def refuse(refused: Mapping[Path, Message]) -> None:
    """Say which changes cannot be made, if there are any."""
    if refused:
        raise EditError(next(iter(refused.values())), refused)
