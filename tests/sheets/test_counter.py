"""What the sheet says of the counter: where a step is taken, and how long it takes with rehearsals."""

from __future__ import annotations

from campaigncheck.sheets.counter import counter
from tests.sheets.pages import catalogues, fitted
from tests.spec.specs import FULL

STEPS = [
    {"step": "explain_offer", "minutes": [3, 3, 3]},
    {"step": "pay", "minutes": [2, 2, 2], "halls": ["sc-cd-001"]},
    {"step": "sign", "channels": ["agent"]},
]
TRIALS = [{"hall": "sc-cd-001", "on": "2026-11-20", "seconds": [240] * 10}]


def test_steps_say_where_they_are_taken_and_the_total_is_that_of_the_slowest_hall() -> None:
    handling = {"steps": STEPS, "trials": TRIALS}
    shown = counter(fitted({**FULL, "halls": [], "channels": ["hall", "agent"], "handling": handling}), catalogues())
    assert [[note.render("zh") for note in step.notes] for step in shown.steps] == [
        [],
        ["只在成都春熙路营业厅"],
        ["只在代理点办理时"],
    ]
    assert shown.total is not None
    assert shown.total.render("zh").startswith("平均 4.5 分钟")
