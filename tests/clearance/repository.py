"""A repository with a campaign that can be cleared, and the commands run in it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.cli.clear import clear
from campaigncheck.cli.verify import verify
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.run import Knowledge
from campaigncheck.forecast import model
from campaigncheck.forecast.model import Forecast
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.rulekit.sample import complete
from tests.attest.signed import key

ROOT = Path(__file__).parents[2]
ID = "sc-2026-winter-broadband"
HALLS = ("sc-cd-001", "sc-dy-001", "sc-nc-001")
SUBJECT = (ROOT / "campaigns" / "sichuan" / f"{ID}.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 10, 19)
FIRST = "id: sc-2026-points\nstage: approved\nperiod: {start: 2026-10-12, end: 2026-11-30}\n"
"""Overlaps, and need not give way: it starts earlier."""
LATER = "id: sc-2026-later\nstage: testing\nperiod: {start: 2026-10-12, end: 2026-11-30}\n"
"""Overlaps, and has to give way: it is only being tested."""
FAR = """\
id: zj-2026-far
stage: approved
owner: {region: "330000", department: 市场部, contact: a@example.com}
regions: {include: ["330100"]}
period: {start: 2026-10-12, end: 2026-11-30}
"""
"""Elsewhere."""
FILE = Path("clearances") / f"{ID}.json"
PINNED = """\
about: {{title: 密钥, source: 测试}}
algorithms: [ed25519]
keys:
  company:
    public: |
      {pem}
    holder: 省公司服务部
    regions: ["510000"]
    valid: {{start: 2026-01-01, end: 2026-12-31}}
"""


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Home:
    """The repository, seen from within."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def clear(self, *arguments: str, campaign: str = ID, today: date = TODAY) -> Done:
        """Run ``clear``."""
        return self._run(clear, campaign, *arguments, "--today", today.isoformat())

    def verify(self, *arguments: str, today: date = TODAY) -> Done:
        """Run ``verify`` on the clearance, or on what is named."""
        paths = [] if any(argument.startswith("clearances") for argument in arguments) else [str(FILE)]
        return self._run(verify, *paths, *arguments, "--today", today.isoformat())

    def changes(self, today: date = TODAY) -> list[str]:
        """What ``verify`` says has changed."""
        done = self.verify("--lang", "en", today=today)
        assert done.code == int("does not hold" in done.out)
        return [line.strip() for line in done.out.splitlines()[1:]]

    def read(self, name: str) -> str:
        """Return the text of a spec."""
        return (self.folder / "campaigns" / f"{name}.yaml").read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a spec."""
        (self.folder / "campaigns" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a spec."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    def _run(self, command: object, *arguments: str) -> Done:
        self._capture.readouterr()
        code = 2
        error = ""
        try:
            code = command.main(list(arguments), standalone_mode=False)  # type: ignore[attr-defined]
        except UsageError as refused:
            error = refused.message.render("en")
        out, err = self._capture.readouterr()
        return Done(code, out, err + error)


def write_repository(folder: Path) -> None:
    """Write a repository whose rules trust one key, with campaigns around the one that can be cleared."""
    (folder / "campaigns").mkdir()
    (folder / "rules").mkdir()
    _write_network(folder / "rules" / "network")
    pem = key().public.pem.strip().replace("\n", "\n      ")
    (folder / "rules" / "clearance.yaml").write_text(PINNED.format(pem=pem), encoding="utf-8")
    (folder / "company.key").write_bytes(key().pem)
    (folder / "company.key").chmod(0o600)
    (folder / "company.key.pub").write_text(key().public.pem)
    texts = {
        "winter": SUBJECT.replace("stage: launched", "stage: approved"),
        "first": complete(FIRST), "later": complete(LATER), "far": complete(FAR),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / "campaigns" / f"{name}.yaml").write_text(text, encoding="utf-8")


def _write_network(folder: Path) -> None:
    """Write the halls that the campaign names, and the hours of one, so that waits are soon found."""
    folder.mkdir()
    for name, wanted in (("halls.csv", HALLS), ("hours.csv", HALLS[:1]), ("hotline.csv", ("",))):
        head, *rows = (ROOT / "rules" / "network" / name).read_text(encoding="utf-8").splitlines()
        kept = [row for row in rows if row.startswith(wanted)]
        (folder / name).write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")


def load_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load catalogues that are the same, and foresee the same halls, only once in a process."""
    monkeypatch.setattr(Knowledge, "of", _once)
    monkeypatch.setattr(model, "foresee", _foreseen)


_load = Knowledge.of
_loaded: dict[str, Knowledge] = {}


def _once(files: RuleFiles, tolerate: frozenset[str] = frozenset()) -> Knowledge:
    own = files.repository or files.builtin
    state = sha256(b"".join(path.read_bytes() for path in sorted(own.rglob("*")) if path.is_file())).hexdigest()
    if state not in _loaded:
        _loaded[state] = _load(files, tolerate)
    return _loaded[state]


_foresee = model.foresee
_forecasts: dict[tuple[str, int], Forecast] = {}


def _foreseen(portfolio: Portfolio, catalogues: Catalogues, today: int, asked: frozenset[str]) -> Forecast:
    people = [
        (entry.id, entry.days, entry.cities, entry.draws, entry.service, entry.rank) for entry in portfolio.entries
    ]
    state = repr((people, today, asked)), id(catalogues)
    if state not in _forecasts:
        _forecasts[state] = _foresee(portfolio, catalogues, today, asked)
    return _forecasts[state]
