"""Which rules run, and what is refused."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import LANGS
from campaigncheck.rules import all_rules

CATALOGUES = load_catalogues(RuleFiles.at(None))
ALL = list(all_rules())
SPEC = [name for name in ALL if name.startswith("SPEC")]


def chosen(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[str]:
    return [rule.id for rule in Selection(select, ignore).rules(CATALOGUES)]


def test_everything_by_default_in_order() -> None:
    assert chosen() == ALL == sorted(ALL)


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        (("CONF001",), (), ["CONF001"]),
        (("CONF",), (), [name for name in ALL if name.startswith("CONF")]),
        (("LANG", "SAFE001"), (), ["LANG001", "LANG002", "LANG003", "LANG004", "LANG005", "LANG006", "SAFE001"]),
        (("LANG",), ("LANG003",), ["LANG001", "LANG002", "LANG004", "LANG005", "LANG006"]),
        ((), ("CONF", "FREQ"), [name for name in ALL if not name.startswith(("CONF", "FREQ", "SPEC"))]),
        (("SPEC",), (), []),
        (("SPEC001",), (), []),
    ],
)
def test_ids_and_families(select: tuple[str, ...], ignore: tuple[str, ...], wanted: list[str]) -> None:
    assert chosen(select, ignore) == sorted([*wanted, *SPEC])


@pytest.mark.parametrize(
    ("select", "ignore", "message"),
    [
        (("CONF999",), (), errors.UNKNOWN_RULE),
        (("conf001",), (), errors.UNKNOWN_RULE),
        ((), ("NOSUCH",), errors.UNKNOWN_RULE),
        (("INTERNAL",), (), errors.UNKNOWN_RULE),
        ((), ("INTERNAL",), errors.UNKNOWN_RULE),
        (("",), (), errors.UNKNOWN_RULE),
        ((), ("SPEC",), errors.FIXED_RULE),
        ((), ("SPEC003",), errors.FIXED_RULE),
        (("CONF",), ("CONF",), errors.NOTHING_SELECTED),
        (("CONF001",), ("CONF",), errors.NOTHING_SELECTED),
    ],
)
def test_what_is_refused(select: tuple[str, ...], ignore: tuple[str, ...], message: object) -> None:
    with pytest.raises(UsageError) as refused:
        chosen(select, ignore)
    assert refused.value.message.text == message
    assert all(refused.value.hint.render(lang) for lang in LANGS)


def test_the_hint_names_the_nearest_rule() -> None:
    with pytest.raises(UsageError) as refused:
        chosen(("CONF01",))
    assert refused.value.hint.args["nearest"] in ("CONF001", "CONF004")


@pytest.mark.parametrize(("add", "drop"), [({"CONF999": "error"}, None), ({}, "CONF001")])
def test_a_policy_names_each_rule_and_no_other(add: dict[str, str], drop: str | None) -> None:
    severities = {name: level for name, level in {**CATALOGUES.policy.severities, **add}.items() if name != drop}
    policy = CATALOGUES.policy.model_copy(update={"severities": severities})
    with pytest.raises(CatalogueError) as refused:
        Selection().rules(CATALOGUES.__class__(**{**vars(CATALOGUES), "policy": policy}))
    (problem,) = refused.value.problems
    assert problem.path.endswith("policy.yaml")
    assert (drop or "CONF999") in problem.message.render("zh")
