"""``campaigncheck rules --for REGION``: the policy that holds there."""

from __future__ import annotations

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES, load_catalogues
from campaigncheck.catalogue.origins import held
from campaigncheck.engine.region_named import known_region
from campaigncheck.engine.repository import find_rules
from campaigncheck.engine.selection import Selection, unknown_rule
from campaigncheck.engine.site import every_rule, own_rules
from campaigncheck.messages import Lang
from campaigncheck.report.effective import Policy, text, write_json


def effective(region: str, rule_id: str | None, form: str, rules_dir: str | None, lang: Lang) -> int:
    """Print what holds in a region, of one rule or of all.

    Raises:
        UsageError: for an unknown region or rule.
        CatalogueError: when the catalogues cannot be used.
    """
    files = RuleFiles.at(find_rules(rules_dir))
    catalogues = load_catalogues(files, TABLES)
    own = own_rules(catalogues)
    Selection().rules(catalogues, own)
    known = every_rule(own)
    rule = known.get(rule_id.upper()) if rule_id is not None else None
    if rule_id is not None and rule is None:
        raise unknown_rule(rule_id, known)
    code = known_region("--for", region, catalogues.regions, catalogues.former)
    items = held(files, catalogues, code)
    policy = Policy.of(code, items, catalogues.regions, rule)
    click.echo((text if form == "text" else write_json)(policy, lang), nl=False)
    return 0
