"""``campaigncheck rules``."""

from __future__ import annotations

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES, load_catalogues
from campaigncheck.cli.options import debug_option, lang_option, rules_option
from campaigncheck.engine.repository import find_rules
from campaigncheck.engine.selection import unknown_rule
from campaigncheck.messages import Lang
from campaigncheck.report.manual import rule_list, rule_page
from campaigncheck.rules import all_rules


@click.command()
@click.argument("rule_id", required=False, metavar="[ID]")
@rules_option
@lang_option
@debug_option
def rules(rule_id: str | None, rules_dir: str | None, lang: Lang) -> int:
    """列出全部规则；写上编号就说明这一条：为什么、依据、尺度和例子。

    List all rules; with an ID explain it: why, source, limits and samples.
    """
    policy = load_catalogues(RuleFiles.at(find_rules(rules_dir)), TABLES).policy
    known = all_rules()
    if rule_id is None:
        click.echo(rule_list(known.values(), policy, lang), nl=False)
        return 0
    rule = known.get(rule_id.upper())
    if rule is None:
        raise unknown_rule(rule_id, known)
    click.echo(rule_page(rule, policy, lang), nl=False)
    return 0
