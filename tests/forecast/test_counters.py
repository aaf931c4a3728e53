"""Which campaigns' times at the counter a forecast draws, and in which order."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.forecast.counters import NOTHING, counters
from campaigncheck.handling.picture import Limits
from campaigncheck.rulekit.sample import complete
from tests.support.checking import TODAY, knowledge

SPECS = {
    "slow": "handling: {steps: [{step: sign, minutes: [5, 5, 5]}]}",
    "slower": "handling: {steps: [{step: sign, minutes: [7, 7, 7]}]}",
    "quick": "handling: {steps: [{step: sign, minutes: [1, 1, 1]}, {step: pay, minutes: [1, 1, 1], halls: [sc-cd-002]}]}",
    "online": "channels: [app]\nhandling: {steps: [sign]}",
    "unsaid": "",
    "idle": "handling: {steps: [{step: sign, minutes: [0, 0, 0]}]}",
}
IDS = frozenset(SPECS)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, files = tmp_path_factory.mktemp("counters"), []
    for name, text in SPECS.items():
        path = folder / f"{name}.yaml"
        path.write_text(complete(f"id: {name}\ntitle: 标题{name}\n{text}\n"), encoding="utf-8")
        files.append(SpecFile(str(path), path.name, True))
    rules = RuleFiles.at(None)
    return run_with(knowledge(rules), Job(files, rules, Selection(("SPEC",)), TODAY))


def test_campaigns_sold_in_halls_are_drawn_the_slowest_first(done: Run) -> None:
    found = counters(done.examined, done.catalogues, IDS)
    assert [(name, item.shapes[0].estimate.mean) for name, item in found.drawn] == [
        ("slower", 7.0),
        ("slow", 5.0),
        ("quick", 2.0),
    ]
    assert (found.left, found.without) == (0, ("idle", "unsaid"))


def test_those_that_have_no_room_are_counted(done: Run) -> None:
    found = counters(done.examined, done.catalogues, IDS, 1)
    assert ([name for name, _ in found.drawn], found.left) == (["slower"], 2)


def test_only_those_asked_for_count(done: Run) -> None:
    assert [name for name, _ in counters(done.examined, done.catalogues, {"quick"}).drawn] == ["quick"]
    assert counters(done.examined, done.catalogues, {"online"}) == NOTHING


def test_a_picture_knows_its_title_names_halls_and_standard(done: Run) -> None:
    ((_, item),) = counters(done.examined, done.catalogues, {"quick"}).drawn
    assert (item.title, item.limits) == ("标题quick", Limits(4, 6))
    assert {name: text.zh for name, text in item.names.items()} == {"sign": "签字", "pay": "收款"}
    assert item.halls == {"sc-cd-002": "成都宽窄巷营业厅"}
    assert [shape.halls for shape in item.shapes] == [("sc-cd-002",), ()]
    assert item.shapes[0].end > 6
