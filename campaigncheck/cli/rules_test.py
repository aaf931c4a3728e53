"""``campaigncheck rules test``."""

from __future__ import annotations

from datetime import date

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.boundary import FINDINGS, OK
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today, today_option
from campaigncheck.engine.repository import CAMPAIGNS, SpecFile, find_rules, find_specs, find_upwards, specs_at
from campaigncheck.engine.rule_tests import run_tests
from campaigncheck.engine.run import Job, Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Lang
from campaigncheck.report.rule_tests import as_json, text

_today = today


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="输出格式。 Output format.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def rules_test(paths: tuple[str, ...], form: str, rules_dir: str | None, today: date | None, lang: Lang) -> int:
    """试一遍所有规则自带的例子和词库的例句，再看哪些规则从来不报（默认拿 campaigns/ 里的营销案来看）。

    Try all samples of all rules and all sentences of lexicons, and find rules that never fire (in the samples nor in the
    campaigns, default campaigns/). Exit codes: 0 all as it should be, 1 something is wrong, 2 wrong usage or configuration.
    """
    files = RuleFiles.at(find_rules(rules_dir))
    knowledge = Knowledge.of(files, TABLES)
    specs = _specs(paths)
    job = Job(specs, files, Selection(), today or _today(), tolerate=TABLES) if specs else None
    run = run_tests(knowledge, job)
    click.echo((text if form == "text" else as_json)(run, lang), nl=False)
    return FINDINGS if run.failed else OK


def _specs(paths: tuple[str, ...]) -> list[SpecFile]:
    """Return the campaigns to look at: without paths those of the repository, of which there may be none."""
    home = find_upwards(CAMPAIGNS)
    if not paths and (home is None or not specs_at(str(home))):
        return []
    return find_specs(paths)
