"""The rules in a SARIF log: what each is about, how severe it is, and its page of the manual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from campaigncheck.catalogue.models import Policy
from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang
from campaigncheck.report.manual import rule_anchor, rule_page
from campaigncheck.rulekit.rule import Rule
from campaigncheck.rules import all_rules

_MARKS = re.compile(r"^## |^```(?:yaml)?\n?|\*\*|(?<!`)`(?!`)", re.MULTILINE)
_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
"""What code scanning calls severities of rules that are not about security."""


def descriptors(report: Report, found: Iterable[str], lang: Lang) -> list[dict[str, Any]]:
    """Return all rules, a site's own among them, and what else has findings, in order of id.

    The braces of a page stay single, unlike those of messages: it takes no arguments, and readers show it as it is.
    """
    policy = report.policies.country if report.policies else None
    known = {} if policy is None else {name: rule for name, rule in rules(report).items() if name in policy.severities}
    return [
        _descriptor(known[name], policy, lang) if policy and name in known else {"id": name}
        for name in sorted({*known, *found})
    ]


def rules(report: Report) -> dict[str, Rule]:
    """Return all rules by id, a site's own among them."""
    return {**all_rules(), **report.own}


def _descriptor(rule: Rule, policy: Policy, lang: Lang) -> dict[str, Any]:
    severity = policy.severities[rule.id]
    page = rule_page(rule, policy, lang)
    address = (
        {"helpUri": f"{policy.manual}#{rule_anchor(rule, 'en')}"} if policy.manual and rule.id in all_rules() else {}
    )
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title().render(lang)},
        "fullDescription": {"text": rule.why().render(lang)},
        **address,
        "help": {"text": _MARKS.sub("", page), "markdown": page},
        "defaultConfiguration": {"level": severity},
        "properties": {"tags": [rule.family], "problem.severity": _SEVERITIES[severity]},
    }
