"""What ``--since`` tells is the difference of two whole runs in two checkouts, whatever was edited."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import SEVERITIES, Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.engine.repository import find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Job, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.engine.since import find_base, only_since
from campaigncheck.history.changes import Base
from tests.engine.repository import Repository
from tests.engine.test_focus import campaign
from tests.support.checking import knowledge

FAMILIES = ("CONF", "FREQ", "FAQ001", "LANG003", "SPEC", "WAIV001")
WORDS = ("欢迎办理。", "全国第一。", "国家级品质。", "第一品牌，国家级品质。")
POLICIES = (
    "severities: {CONF005: error, FAQ001: note}\n",
    "severities: {CONF005: note, LANG003: warning}\n",
    "severities: {FREQ001: error}\n",
)


@dataclass
class World:
    """A repository whose campaigns are edited at random; ``changed`` are those that have other values than at first."""

    chance: random.Random
    repository: Repository
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def begin(self) -> None:
        for number in range(self.chance.randrange(5, 11)):
            self.put(f"c-{number:02d}", self.invent(number))
        if self.chance.random() < 0.5:
            self.except_some()
        if self.chance.random() < 0.3:
            self.judge_otherwise()
        self.repository.commit()
        self.changed.clear()

    def invent(self, number: int) -> str:
        text = campaign(number, self.chance)
        others = [name for name in self.texts if name != f"c-{number:02d}"]
        if others and self.chance.random() < 0.2:
            text += f"parent: {self.chance.choice(others)}\n"
        return text + f"texts:\n  - {{channel: poster, text: {self.chance.choice(WORDS)}}}\n"

    def put(self, name: str, text: str) -> None:
        self.texts[name] = text
        self.files.setdefault(name, f"campaigns/{name}.yaml")
        self.changed.add(name)
        self.repository.write(self.files[name], text)

    def edit(self) -> None:
        for _ in range(self.chance.choice([0, 1, 1, 1, 2, 3])):
            self.chance.choice([self.alter, self.alter, self.add, self.delete, self.move, self.comment])()
        if self.chance.random() < 0.25:
            self.except_some()
        if self.chance.random() < 0.25:
            self.judge_otherwise()
        if self.chance.random() < 0.5:
            self.repository.git("add", "-A")

    def alter(self) -> None:
        name = self.chance.choice(sorted(self.texts))
        text = self.invent(int(name[2:]))
        if text != self.texts[name]:
            self.put(name, text)

    def add(self) -> None:
        number = 1 + max(int(name[2:]) for name in self.texts)
        self.put(f"c-{number:02d}", self.invent(number))

    def delete(self) -> None:
        if len(self.texts) > 2:
            name = self.chance.choice(sorted(self.texts))
            self.repository.remove(self.files.pop(name))
            del self.texts[name]
            self.changed.discard(name)

    def move(self) -> None:
        name = self.chance.choice(sorted(self.texts))
        self.repository.remove(self.files.pop(name))
        self.files[name] = f"campaigns/{self.chance.choice(['四川', 'zhejiang'])}/{name}.yaml"
        self.repository.write(self.files[name], self.texts[name])

    def comment(self) -> None:
        name = self.chance.choice(sorted(self.texts))
        self.texts[name] = "# 说明\n\n" + self.texts[name]
        self.repository.write(self.files[name], self.texts[name])

    def except_some(self) -> None:
        rules, names = ("LANG003", "CONF005", "FREQ001", "CONF001"), sorted(self.texts)
        entries = [
            f"- {{rule: {self.chance.choice(rules)}, campaign: {self.chance.choice(names)}, reason: 试点, "
            f"approver: 省公司服务部, expires: {self.chance.choice(['2026-11-01', '2027-03-31'])}}}\n"
            for _ in range(self.chance.randrange(4))
        ]
        self.repository.write("waivers.yaml", "".join(entries))

    def judge_otherwise(self) -> None:
        self.repository.write("rules/policy.yaml", "extends: builtin\n" + self.chance.choice(POLICIES))


@contextlib.contextmanager
def checked(folder: Path) -> Iterator[tuple[Run, Job]]:
    """Check everything in a checkout, and stay there."""
    with contextlib.chdir(folder):
        files = RuleFiles.at(find_rules(None))
        job = Job(find_specs(()), files, Selection(FAMILIES), date(2026, 12, 1), waivers=find_waivers(None))
        yield run_with(knowledge(files), job), job


def expected(new: Report, old: Report, changed: set[str]) -> list[int]:
    """Return which findings of a report are the doing of a change: by their position."""
    named = zip(old.findings, fingerprints(old), strict=True)
    before = {(name, item.waived is None): SEVERITIES.index(item.severity) for item, name in named}
    kept = []
    for index, (item, name) in enumerate(zip(new.findings, fingerprints(new), strict=True)):
        then = before.get((name, item.waived is None))
        if item.campaign in changed or then is None or SEVERITIES.index(item.severity) < then:
            kept.append(index)
    return kept


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_difference_of_two_whole_runs(seed: int, tmp_path: Path) -> None:
    world = World(random.Random(seed), Repository(tmp_path / "now").begin())
    world.begin()
    shutil.copytree(tmp_path / "now", tmp_path / "then", ignore=shutil.ignore_patterns(".git"))
    world.edit()
    with checked(tmp_path / "then") as (past, _):
        old = past.report
    with checked(tmp_path / "now") as (done, job):
        base: Base = find_base("HEAD")
        told = only_since(done, job, base)
    new = done.report
    kept = expected(new, old, world.changed)
    assert told.findings == tuple(new.findings[index] for index in kept)
    names = fingerprints(new)
    assert fingerprints(told) == tuple(names[index] for index in kept)
    paths = {world.files[name] for name in world.changed} | {item.path for item in told.findings}
    assert told.outcomes == tuple(outcome for outcome in new.outcomes if outcome.path in paths)


def test_the_worlds_are_varied(tmp_path: Path) -> None:
    """The comparison is of use only if there is something to leave out, and something to tell."""
    left_out = elsewhere = 0
    for seed in range(8):
        world = World(random.Random(seed), Repository(tmp_path / f"now-{seed}").begin())
        world.begin()
        world.edit()
        with checked(world.repository.top) as (done, job):
            told = only_since(done, job, find_base("HEAD"))
        left_out += len(told.findings) < len(done.report.findings)
        elsewhere += any(item.campaign not in world.changed for item in told.findings)
    assert left_out >= 4
    assert elsewhere >= 2
