"""The rules and exceptions of a repository as they were at a commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from campaigncheck.catalogue.files import WAIVERS, RuleFiles
from campaigncheck.engine.repository import RULES, find_waivers
from campaigncheck.engine.run import Job
from campaigncheck.history.changes import Base
from campaigncheck.source.limits import MAX_TABLE_BYTES


@dataclass(frozen=True)
class FormerRules:
    """What rules and exceptions were like; ``changed`` are the files that differ by real path, as git names them."""

    job: Job
    base: Base
    changed: Mapping[str, str]

    @cached_property
    def same(self) -> bool:
        """Whether rules and exceptions are as they were."""
        return not self._touches(self._rule_places()) and not self._touches(self._nearest(self.job.waivers, WAIVERS))

    def _touches(self, places: Iterable[Path]) -> bool:
        """Whether something at or below one of some places has changed."""
        return any(Path(file).is_relative_to(place) for place in places for file in self.changed)

    def files(self, folder: Path) -> RuleFiles | None:
        """Return the rules as they were; None if they are the same."""
        if not self._touches(self._rule_places()):
            return None
        now = self.job.files
        builtin, own = now.builtin.resolve(), self._nearest(now.repository, RULES)
        before = next((place for place in own if self._listed(place) or self._ignored(place)), None)
        place = self._written(builtin, folder / "builtin") if self._touches([builtin]) else now.builtin
        if before is not None and before != builtin:
            return replace(RuleFiles.at(self._written(before, folder / "own")), builtin=place)
        return replace(RuleFiles.at(None), builtin=place, repository=place if before is not None else None)

    def _rule_places(self) -> list[Path]:
        """Return where rules are, and where others may have been."""
        return [self.job.files.builtin.resolve(), *self._nearest(self.job.files.repository, RULES)]

    def _nearest(self, now: Path | None, name: str) -> list[Path]:
        """Return where something may have been that was found upwards, or was given; the nearest first."""
        here = Path.cwd().resolve()
        upwards = [folder / name for folder in (here, *here.parents) if folder.is_relative_to(self.base.tree.top)]
        place = now.resolve() if now is not None else None
        if place is None or place in upwards:
            return upwards
        return [place]

    def _listed(self, place: Path) -> list[str]:
        """Return the files that there were below a folder, as git names them."""
        tree = self.base.tree
        if not place.is_relative_to(tree.top):
            return []
        return tree.listed(self.base.commit, place.relative_to(tree.top).as_posix())

    def _ignored(self, place: Path) -> list[str]:
        """Return the files below a folder that git is to ignore."""
        tree = self.base.tree
        return tree.ignored(place.relative_to(tree.top).as_posix()) if place.is_relative_to(tree.top) else []

    def _written(self, place: Path, folder: Path) -> Path:
        """Write a folder as it was below another; what git is to ignore in it is taken as it is."""
        tree = self.base.tree
        contents = tree.contents(self.base.commit, self._listed(place), MAX_TABLE_BYTES)
        for name, content in contents.items():
            file = folder / (tree.top / name).relative_to(place)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        for name in self._ignored(place):
            file = folder / (tree.top / name).relative_to(place)
            if name not in contents:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.symlink_to(tree.top / name)
        return folder

    def waivers(self, file: Path) -> Path | None:
        """Return the exceptions as they were, written to a file if they are not the same."""
        now, tree = self.job.waivers, self.base.tree
        if now is None and find_waivers(None) is not None:  # --no-waivers
            return None
        places = self._nearest(now, WAIVERS)
        if not self._touches(places):
            return now
        names = [place.relative_to(tree.top).as_posix() for place in places]
        contents = tree.contents(self.base.commit, names)
        name = next((name for name in names if name in contents), None)
        if name is None:
            return None
        file.write_bytes(contents[name])
        return file
