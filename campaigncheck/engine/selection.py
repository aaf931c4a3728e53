"""Which rules a run uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigncheck.catalogue.complaints import FIGURES
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.problems import CatalogueError, problem
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.site import every_rule
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import Rule
from campaigncheck.spec.load import nearest_name

if TYPE_CHECKING:
    from campaigncheck.custom.site import Own

ALWAYS = "SPEC"
"""The family that can be neither deselected nor ignored."""


@dataclass(frozen=True)
class Selection:
    """Rule ids or families to run (empty: all), and to leave out."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def rules(self, catalogues: Catalogues, own: Mapping[str, Own] | None = None) -> tuple[Rule, ...]:
        """Return the rules to run, in order of id; ``own`` are those that are not built in.

        Raises:
            UsageError: for an id or family that does not exist, for ignoring a SPEC rule, and when
                nothing is left.
            CatalogueError: when the policy names unknown rules, or leaves out rules or figures that they need.
        """
        known = every_rule(own or {})
        families = {rule.family for rule in known.values()}
        for name in (*self.select, *self.ignore):
            if name not in known and name not in families:
                raise unknown_rule(name, [*known, *families])
        for name in self.ignore:
            if name.startswith(ALWAYS):
                raise UsageError(errors.FIXED_RULE(name=name), errors.FIXED_RULE_HINT())
        chosen = tuple(rule for rule in known.values() if self._wants(rule))
        if not any(rule.family != ALWAYS for rule in chosen) and not self._only_spec():
            raise UsageError(errors.NOTHING_SELECTED(), errors.NOTHING_SELECTED_HINT())
        _check_policy(catalogues, known)
        return chosen

    def _wants(self, rule: Rule) -> bool:
        if rule.family == ALWAYS:
            return True
        names = {rule.id, rule.family}
        return (not self.select or bool(names & set(self.select))) and not names & set(self.ignore)

    def _only_spec(self) -> bool:
        return bool(self.select) and all(name.startswith(ALWAYS) for name in self.select)


def _check_policy(catalogues: Catalogues, known: dict[str, Rule]) -> None:
    """Refuse a policy that names a rule that does not exist, or leaves one out."""
    severities, document = catalogues.policy.severities, catalogues.policy_place
    problems = []
    for name in severities:
        if name not in known:
            place = document.place(("severities", name), key=True)
            message = errors.UNKNOWN_RULE(name=name)
            problems.append(problem(document.path, message, _hint(name, known), place))
    for name, severity in severities.items():
        if name.startswith(ALWAYS) and severity != "error":
            place = document.place(("severities", name))
            problems.append(problem(document.path, errors.FIXED_SEVERITY(name=name), errors.FIXED_RULE_HINT(), place))
    for name in known:
        if name not in severities:
            place = document.place(("severities",), key=True)
            hint = errors.NO_SEVERITY_HINT(name=name)
            problems.append(problem(document.path, errors.NO_SEVERITY(name=name), hint, place))
    needed: dict[str, str | Text] = {limit: rule.id for rule in known.values() for limit in rule.figures}
    needed |= dict.fromkeys(FIGURES, errors.AFTER_SERVICE)
    for name, rule in needed.items():
        if name not in catalogues.policy.limits:
            place = document.place(("limits",), key=True)
            hint = errors.NO_LIMIT_HINT(name=name)
            problems.append(problem(document.path, errors.NO_LIMIT(name=name, rule=rule), hint, place))
    if problems:
        raise CatalogueError(problems)


def unknown_rule(name: str, names: Iterable[str]) -> UsageError:
    """Return the error for a rule that does not exist, with the nearest that does."""
    return UsageError(errors.UNKNOWN_RULE(name=name), _hint(name, names))


def _hint(name: str, names: Iterable[str]) -> Message:
    nearest = nearest_name(name, names)
    return errors.UNKNOWN_RULE_HINT(nearest=nearest) if nearest else errors.RULES_LIST_HINT()
