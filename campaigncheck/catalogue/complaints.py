"""Complaints that have been counted: ``complaints.csv``, written by ``calibrate --complaints``; and the policy's figures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem
from campaigncheck.catalogue.tables import TWICE, bad_row, table_rows
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name

FILE = "complaints.csv"
COLUMNS = ("rule", "complaints", "customers", "rate", "low", "high", "source")

ComplaintKind = Literal["charge", "promise", "support", "answer", "wait", "word", "crowd"]
"""What customers complain of: charged unasked, told otherwise, support not there, no answer, waiting, unclear words, too much."""

KINDS: tuple[ComplaintKind, ...] = get_args(ComplaintKind)

FIGURES = (
    "complaint_orders", "complaint_person", "complaints_in_time", "complaint_hours", "complaint_prior", "complaints_usual",
    "repair_hour", *(f"complaints_{kind}" for kind in KINDS), *(f"repair_{kind}" for kind in KINDS),
)  # fmt: skip
"""The policy's figures about complaints."""

_NO_NUMBER = Text("{column}“{given}”不是大于等于 0 的数", "{column} “{given}” is no number from 0 on")
_NO_CUSTOMERS = Text("customers 是 0，算不出投诉率", "customers is 0, which makes no rate")
_NO_RULE = Text("没有规则“{given}”", "there is no rule “{given}”")
_NO_RULE_NEAR = Text("没有规则“{given}”，是不是“{nearest}”？", "there is no rule “{given}”; did you mean “{nearest}”?")
_DISORDER = Text("low、rate、high 要从小到大", "low, rate and high must go from low to high")


class Measured(NamedTuple):
    """What was counted of one rule: complaints because of its findings, and customers who met one."""

    complaints: float
    customers: float


def load_complaints(files: RuleFiles, rules: frozenset[str]) -> dict[str, Measured]:
    """Read what was counted, by rule; nothing if a repository has no such file.

    Args:
        files: the rules folder.
        rules: the rules that there are.

    Raises:
        CatalogueError: for a rule that does not exist or is listed twice, and for figures that cannot be.
    """
    path = (files.own or files.builtin) / FILE
    if not path.is_file():
        return {}
    found: dict[str, Measured] = {}
    problems: list[CatalogueProblem] = []
    for line, (rule, *figures, _) in table_rows(path, COLUMNS):
        numbers = [_number(given) for given in figures]
        wrong = [*_misfits(rule, figures, numbers, rules)]
        if rule in found:
            wrong.append(TWICE(key=rule))
        problems += [bad_row(path, line, what, COLUMNS) for what in wrong]
        if not wrong:
            found[rule] = Measured(numbers[0], numbers[1])
    if problems:
        raise CatalogueError(problems)
    return found


def _misfits(rule: str, given: list[str], numbers: list[float], rules: frozenset[str]) -> Iterator[Message]:
    if rule not in rules:
        nearest = nearest_name(rule, rules)
        yield _NO_RULE_NEAR(given=rule, nearest=nearest) if nearest else _NO_RULE(given=rule)
    bad = [at for at, number in enumerate(numbers) if not number >= 0]
    for at in bad:
        yield _NO_NUMBER(column=COLUMNS[at + 1], given=given[at])
    if not bad and not numbers[1]:
        yield _NO_CUSTOMERS()
    if not bad and not numbers[3] <= numbers[2] <= numbers[4]:
        yield _DISORDER()


def _number(text: str) -> float:
    """Return a finite number; not a number where there is none."""
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
