"""Repairs of answers that refer to the spec's own values: the references stay, what they say is mended at its source."""

from __future__ import annotations

from pathlib import Path

from campaigncheck.rulekit.sample import complete
from tests.repair.repositories import refusals, repaired

SPEC = complete(
    "id: refers\n"
    "offers:\n"
    "  - {id: a, name: 提速包, product: broadband.300m, kind: discount, price: {amount: 20}, early_exit: 补EXIT元, "
    "contract_months: 12, confirm: twice, cancel: [app]}\n"
    "faq:\n"
    "  - {topic: price, q: 多少钱？, a: '{{ name }}每月 {{ price.amount }} 元，每次ONCE元，提前停{{ early_exit }}。'}\n"
)


def test_a_repair_beside_references_keeps_them(tmp_path: Path) -> None:
    (file,) = repaired(tmp_path, {"a": SPEC.replace("EXIT", "10").replace("ONCE", "５")}, select=("LANG006",)).mended
    assert file.after == SPEC.replace("EXIT", "10").replace("ONCE", "5")


def test_what_a_reference_says_is_mended_where_it_is_said(tmp_path: Path) -> None:
    repair = repaired(tmp_path, {"a": SPEC.replace("EXIT", "１０").replace("ONCE", "5")}, select=("LANG006",))
    (file,) = repair.mended
    assert file.after == SPEC.replace("EXIT", "10").replace("ONCE", "5")
    assert refusals(repair) == []
