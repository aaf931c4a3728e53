"""What is kept of single campaigns changes no result, whatever happens to it."""

from __future__ import annotations

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli.options import cache_folder
from campaigncheck.engine import cache as caching
from campaigncheck.engine import run as running
from campaigncheck.engine.cache import FILE, Cache, ask, context
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.report.json import write
from campaigncheck.rulekit.sample import complete
from tests.support.checking import knowledge

TODAY = date(2026, 12, 1)
FILES = RuleFiles.at(None)
WORDS = ("加 20 元，{term}提到 300M。", "每月 5 元，送{term}。", "全网最{term}，{term}办完。")
TERMS = ("FTTR", "FTTH", "携号转网", "便宜", "合约", "速度", "ARPU", "好")


@pytest.fixture(autouse=True)
def small_repositories_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WORTH_KEEPING", 1)


def spec(number: int, rng: random.Random) -> str:
    """Write one of many specs; some have findings of their own, some with others, some cannot be read."""
    text = rng.choice(WORDS).format(term=rng.choice(TERMS))
    start = rng.randint(1, 9)
    broken = rng.choice(["", "", "", "", "\tx: 1\n", "unknown_key: 1\n", "id: twice\n"])
    return complete(
        f"id: c-{number % 7 if rng.random() < 0.1 else number}\ntexts: [{{channel: app, text: {text}}}]\n"
        f"period: {{start: 2027-03-0{start}, end: 2027-03-3{rng.randint(0, 1)}}}\n{broken}"
    )


class Repository:
    """A folder of specs that can be changed, and checked with and without what was kept."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder / "campaigns"
        self.folder.mkdir()
        self.place = folder / "cache"
        self.rng = random.Random(seed)
        for number in range(12):
            self.write(number)

    def write(self, number: int) -> None:
        (self.folder / f"{number}.yaml").write_text(spec(number, self.rng), encoding="utf-8")

    def change(self) -> None:
        """Change, add, delete, move or touch a spec, as it comes."""
        number = self.rng.randrange(16)
        file = self.folder / f"{number}.yaml"
        what = self.rng.randrange(4)
        if what == 0 and file.exists() and len(list(self.folder.iterdir())) > 3:
            file.unlink()
        elif what == 1 and file.exists():
            file.rename(self.folder / f"{self.rng.randrange(16)}.yaml")
        elif what == 2 and file.exists():
            status = file.stat()  # as many bytes, at the same time
            file.write_text(file.read_text(encoding="utf-8").replace("03-0", "04-0"), encoding="utf-8")
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        else:
            self.write(number)

    def job(self, *, kept: bool, today: date = TODAY, rules: Path | None = None) -> Job:
        specs = [SpecFile(str(file), file.name, True) for file in sorted(self.folder.iterdir())]
        return Job(specs, RuleFiles.at(rules), Selection(), today, cache=self.place if kept else None)

    def check(self, known: Knowledge | None = None, *, kept: bool = True, today: date = TODAY) -> str:
        return write(run_with(known or knowledge(FILES), self.job(kept=kept, today=today)).report, "zh")


@pytest.mark.parametrize("seed", range(4))
def test_results_are_the_same_byte_for_byte_whatever_changes(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path, seed)
    for step in range(12):
        today = date(2027, 3, 5) if step % 5 == 4 else TODAY
        assert repository.check(today=today) == repository.check(kept=False, today=today)
        repository.change()


def test_only_what_changed_is_examined_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path, 3)
    examined: list[str] = []
    whole = running._examine_all

    def counting(job: Job, *others: object) -> object:
        examined.extend(item.shown for item in job.specs)
        return whole(job, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_examine_all", counting)
    for number in range(12):  # all readable: a file that cannot be read is looked at each time
        (repository.folder / f"{number}.yaml").write_text(complete(f"id: c-{number}\n"), encoding="utf-8")
    repository.check()
    assert len(examined) == 12
    examined.clear()
    repository.check()
    assert examined == []
    (repository.folder / "5.yaml").write_text(complete("id: c-5\nsummary: 另一个\n"), encoding="utf-8")
    repository.check()
    assert examined == ["5.yaml"]


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "no database", "a folder", "other tables"])
def test_a_damaged_file_is_done_without_and_mended(tmp_path: Path, how: str) -> None:
    repository = Repository(tmp_path, 5)
    expected = repository.check()
    file = repository.place / FILE
    data = file.read_bytes()
    for turn in range(6):
        if how == "cut":
            file.write_bytes(data[: len(data) * turn // 6])
        elif how == "flipped":
            at = repository.rng.randrange(len(data))
            file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        elif how == "empty":
            file.write_bytes(b"")
        elif how == "no database":
            file.write_bytes(repository.rng.randbytes(5000))
        elif how == "a folder" and turn == 0:
            file.unlink()
            file.mkdir()
        elif how == "other tables" and turn == 0:
            file.unlink()
            with sqlite3.connect(file) as connection:
                connection.execute("CREATE TABLE examined (other TEXT)")
            connection.close()
        assert repository.check() == expected
    assert repository.check() == expected


def test_every_flipped_byte_of_an_entry_is_noticed(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 7)
    repository.check()
    job = repository.job(kept=True)
    around = context(FILES, [rule.id for rule in Selection().rules(knowledge(FILES).catalogues)], TODAY.toordinal())
    item = next(found for found in (ask(one, around) for one in job.specs) if found is not None)
    (row,) = _rows(repository.place, item.key)
    assert caching._read(item.key, row, item) is not None
    for at in range(len(row)):
        assert caching._read(item.key, row[:at] + bytes([row[at] ^ 1]) + row[at + 1 :], item) is None


def _rows(place: Path, key: bytes) -> list[bytes]:
    connection = sqlite3.connect(place / FILE)
    try:
        return [row[0] for row in connection.execute("SELECT data FROM examined WHERE key = ?", (key,))]
    finally:
        connection.close()


class _Bomb:
    """Runs a program when it is unpickled in the usual way."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("exploded",)


def test_an_entry_can_make_nothing_but_plain_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    key = b"k" * 32
    data = pickle.dumps((_Bomb(), True, {}))
    row = caching._sum(key, data) + data
    item = caching.Asked(SpecFile("a.yaml", "a.yaml", True), key, 0)
    assert caching._read(key, row, item) is None
    assert not (tmp_path / "exploded").exists()


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 9)
    expected = repository.check(kept=False)
    repository.place.write_text("no folder")
    assert repository.check() == expected


def test_entries_of_older_rules_and_days_are_let_go(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 11)
    for day in range(1, 9):
        repository.check(today=date(2026, 11, day))
    connection = sqlite3.connect(repository.place / FILE)
    ((contexts,),) = connection.execute("SELECT count(DISTINCT context) FROM examined")
    connection.close()
    assert contexts == caching.CONTEXTS


def test_other_rules_are_another_context(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "policy.yaml").write_text("extends: builtin\nabout: {title: 尺度, source: 试}\n", encoding="utf-8")
    before = context(RuleFiles.at(rules), ["A"], 1)
    assert before == context(RuleFiles.at(rules), ["A"], 1)
    (rules / "policy.yaml").write_text("extends: builtin\nabout: {title: 尺度, source: 式}\n", encoding="utf-8")
    after = context(RuleFiles.at(rules), ["A"], 1)
    others = {context(RuleFiles.at(rules), ["B"], 1), context(RuleFiles.at(rules), ["A"], 2), context(FILES, ["A"], 1)}
    assert len({before, after, *others}) == 5


def test_many_at_once_get_the_same_and_harm_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 13)
    expected = repository.check(kept=False)
    known = knowledge(FILES)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: repository.check(known), range(16)))
    assert set(results) == {expected}
    connection = sqlite3.connect(repository.place / FILE)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


_KEEP = """
import sys
from pathlib import Path
from campaigncheck.engine.cache import Cache, Asked
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.examine import Examined
from campaigncheck.source.document import Document
spec = SpecFile("a.yaml", "a.yaml", True)
one = Examined(spec, "a", "t" * 4000, "draft", "510000", Document.unread("a.yaml", "a.yaml", 0), None, None, None, (), None, (), ())
number = 0
while True:
    number += 1
    items = [(Asked(spec, number.to_bytes(4, "big") * 8 + bytes([n]), 0), one) for n in range(50)]
    Cache(Path(sys.argv[1])).keep(items, b"around")
    print(number, flush=True)
"""


def test_being_killed_while_writing_tears_nothing(tmp_path: Path) -> None:
    rng = random.Random(17)
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-c", _KEEP, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(rng.randint(1, 6)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        connection = sqlite3.connect(tmp_path / FILE)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ((rows,),) = connection.execute("SELECT count(*) FROM examined")
        connection.close()
        assert rows % 50 == 0  # each run of entries is there whole or not at all


def test_what_was_found_of_other_bytes_is_not_kept(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 19)
    job = repository.job(kept=True)
    examiner = knowledge(FILES).examiner(Selection(), TODAY.toordinal())
    items = [item for item in (ask(one, b"around") for one in job.specs) if item is not None]
    stale = [item._replace(checksum=item.checksum ^ 1) for item in items]
    found = examiner.examine([item.spec for item in items])
    Cache(repository.place).keep(zip(stale, found, strict=True), b"around")
    assert Cache(repository.place).find(items) == {}


def test_a_spec_asked_for_is_another_entry_than_one_of_the_context(tmp_path: Path) -> None:
    repository = Repository(tmp_path, 23)
    (one, *_) = repository.job(kept=True).specs
    keys = {item.key for item in (ask(one, b"a"), ask(replace(one, selected=False), b"a")) if item is not None}
    assert len(keys) == 2


def test_a_cache_that_git_tracks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    place = tmp_path / "kept"
    place.mkdir()
    (place / FILE).write_bytes(b"anything")
    monkeypatch.setenv("CAMPAIGNCHECK_CACHE", str(place))
    assert cache_folder() == place
    subprocess.run(["git", "-C", str(tmp_path), "add", "kept"], check=True)
    with pytest.raises(UsageError, match="git tracks files"):
        cache_folder()
