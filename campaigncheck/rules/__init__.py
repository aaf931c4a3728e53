"""The rules: one module each, found by its name.

To add a rule, add a module with a ``RULE`` here and a case file in ``tests/cases/``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from campaigncheck.language.expressions import expression
from campaigncheck.rulekit.rule import Rule

_MODULE = expression(r"[a-z]{2,6}[0-9]{3}\Z")


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """Return every rule by id, in order of id."""
    names = sorted(module.name for module in iter_modules(__path__) if _MODULE.match(module.name))
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return {rule.id: rule for rule in rules}
