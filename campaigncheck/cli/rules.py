"""``campaigncheck rules``."""

from __future__ import annotations

from typing import Any

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES, load_catalogues
from campaigncheck.cli.options import debug_option, lang_option, rules_option
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_rules
from campaigncheck.engine.selection import unknown_rule
from campaigncheck.engine.site import every_rule, own_rules
from campaigncheck.messages import Lang, Text
from campaigncheck.report.manual import rule_list, rule_page

_ONLY_FOR = Text("--format 只和 --for 一起用", "--format goes with --for only")
_ONLY_FOR_HINT = Text("加上 --for 地区，或者去掉 --format。", "Add --for REGION, or leave --format out.")


class _WithTest(click.Command):
    """A command that is followed by a rule, or by ``test``."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == ["test"]:
            from campaigncheck.cli.rules_test import rules_test

            return rules_test.make_context(f"{info_name} test", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=_WithTest)
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option(
    "--for", "region", metavar="REGION", help="这个地区（如 510700）的尺度，每个数写在哪里。 The policy in a region."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default=None, help="和 --for 一起用。 With --for."
)
@rules_option
@lang_option
@debug_option
def rules(rule_id: str | None, region: str | None, form: str | None, rules_dir: str | None, lang: Lang) -> int:
    """列出全部规则；写上编号就说明这一条：为什么、依据、尺度和例子。

    List all rules; with an ID explain it: why, source, limits and samples. With --for: what holds in a region.

    \b
    campaigncheck rules test   试一遍所有规则自带的例子。 Try the samples of all rules.
    """
    if region is not None:
        from campaigncheck.cli.effective import effective

        return effective(region, rule_id, form or "text", rules_dir, lang)
    if form is not None:
        raise UsageError(_ONLY_FOR(), _ONLY_FOR_HINT())
    catalogues = load_catalogues(RuleFiles.at(find_rules(rules_dir)), TABLES)
    policy, own = catalogues.policy, own_rules(catalogues)
    known, origins = every_rule(own), {name: item.origin for name, item in own.items()}
    if rule_id is None:
        click.echo(rule_list(known.values(), policy, lang, origins), nl=False)
        return 0
    rule = known.get(rule_id.upper())
    if rule is None:
        raise unknown_rule(rule_id, known)
    click.echo(rule_page(rule, policy, lang, origins.get(rule.id)), nl=False)
    return 0
