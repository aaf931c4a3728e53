"""Small repositories with a campaign that is to pass, and the search for ways to do so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from campaigncheck.suggest.advice import Advice
from campaigncheck.suggest.advise import advise
from campaigncheck.suggest.bench import Bench
from campaigncheck.suggest.search import Search
from campaigncheck.suggest.subject import find_subject

TODAY = date(2027, 8, 15)
HALLS = """hall,name,region
sc-cd-001,成都一厅,510100
sc-cd-002,成都二厅,510100
sc-my-001,绵阳一厅,510700
"""


def write_rules(folder: Path) -> Path:
    """Write a folder of rules: the built-in ones, and a few halls."""
    (folder / "network").mkdir(parents=True)
    (folder / "network" / "halls.csv").write_text(HALLS, encoding="utf-8")
    return folder


@cache
def knowledge() -> Knowledge:
    """The built-in catalogues with a few halls."""
    return Knowledge.of(RuleFiles.at(write_rules(Path(mkdtemp()) / "rules")))


def whole(name: str, text: str) -> str:
    """A spec, completed; without an id its name is one."""
    return complete(text if text.startswith(("id:", "#")) else f"id: {name}\n{text}")


def examined(specs: Mapping[str, str], today: date = TODAY, known: Knowledge | None = None) -> list[Examined]:
    """Some specs, completed and with their names as ids, as a run examines them."""
    examiner = (known or knowledge()).examiner(Selection(), today.toordinal())
    paths = {name: f"campaigns/{name}.yaml" for name in sorted(specs)}
    return [
        examiner.examine_text(SpecFile(path, path, False), whole(name, specs[name])) for name, path in paths.items()
    ]


def searched(items: Sequence[Examined], wanted: str = "subject", within: int = 120, today: date = TODAY) -> Search:
    """The search for ways in which a campaign could pass."""
    subject = find_subject(items, wanted, knowledge().catalogues)
    return Search(Bench.of(knowledge(), items, subject, today.toordinal()), today.toordinal(), within)


def advised(
    specs: Mapping[str, str],
    wanted: str = "subject",
    within: int = 120,
    today: date = TODAY,
    known: Knowledge | None = None,
) -> Advice:
    """The advice about a campaign among others."""
    known = known or knowledge()
    return advise(known, examined(specs, today, known), wanted, today, within)
