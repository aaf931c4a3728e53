"""The rules of a run that are not built in; most runs have none, and pay nothing for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from campaigncheck.catalogue.installed import plug_ins
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.rulekit.rule import Rule
from campaigncheck.rules import all_rules

if TYPE_CHECKING:
    from campaigncheck.custom.site import Own


def own_rules(catalogues: Catalogues) -> Mapping[str, Own]:
    """Return a site's own rules: those of ``rules/custom/`` and of plug-ins, by id.

    Raises:
        CatalogueError: for YAML files that cannot be used.
        UsageError: for plug-ins that cannot be used.
    """
    installed = plug_ins()
    if not catalogues.custom and not installed:
        return {}
    from campaigncheck.custom.plugins import PlugInError
    from campaigncheck.custom.site import site  # brings the expression language along

    try:
        return site(catalogues.custom, installed, all_rules())
    except PlugInError as error:
        raise UsageError(error.message, error.hint) from error


def every_rule(own: Mapping[str, Own]) -> dict[str, Rule]:
    """Return the built-in rules and a site's own, in order of id."""
    return dict(sorted({**all_rules(), **{name: item.rule for name, item in own.items()}}.items()))
