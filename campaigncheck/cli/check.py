"""``campaigncheck check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK
from campaigncheck.cli.options import debug_option, lang_option, listed, rules_option, today, today_option
from campaigncheck.cli.outputs import Output, read_output, refuse_two, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.finding import Report
from campaigncheck.engine.proposals import find_proposals
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang
from campaigncheck.report import FORMATS, writer


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "formats", multiple=True, metavar="FORMAT[:FILE]",
    help=f"输出格式，可以写几个：{'、'.join(FORMATS)}。 Output format, repeatable.",
)  # fmt: skip
@click.option(
    "--with", "proposals", multiple=True, metavar="DIR",
    help="还没合并的提案所在的文件夹，一起比对，可以写几个。 Folders of proposals not merged yet, repeatable.",
)  # fmt: skip
@rules_option
@click.option("--select", multiple=True, metavar="RULE", help="只查这些规则（或整类，如 CONF）。 Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="不查这些规则。 Not these rules.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), default="error", show_default=True,
    help="从哪一级起算不通过。 Exit with 1 from this severity on.",
)  # fmt: skip
@today_option
@lang_option
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=1, show_default=True, metavar="N",
    help="几个进程一起查，0 表示有几个核用几个。 Worker processes; 0 means one a core.",
)  # fmt: skip
@debug_option
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    proposals: tuple[str, ...],
    rules_dir: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
    lang: Lang,
    jobs: int,
) -> int:
    """检查营销案（默认 campaigns/），仓库里其他的营销案都拿来比对。

    Check campaigns with everything else in the repository as context. Exit codes: 0 nothing at or
    above --fail-on, 1 findings, 2 wrong usage or configuration, 3 internal fault, 130 interrupted.
    """
    outputs = _outputs(listed(formats))
    specs = find_specs(paths)
    specs += find_proposals(listed(proposals), specs)
    job = Job(
        specs=specs,
        files=RuleFiles.at(find_rules(rules_dir)),
        selection=Selection(listed(select), listed(ignore)),
        today=today or _today(),
        jobs=jobs or os.cpu_count() or 1,
        named=bool(paths),
    )
    with progress(len(specs), lang) as advance:
        done = run(job, advance)
    for output in outputs:
        _write(output, done.report, lang)
    return _exit_code(done, fail_on)


_today = today


def _outputs(given: Sequence[str]) -> list[Output]:
    outputs = [read_output(item, list(FORMATS)) for item in given or ("text",)]
    refuse_two([output for output in outputs if output.file is None])
    return outputs


def _write(output: Output, report: Report, lang: Lang) -> None:
    if output.file is None:
        click.echo(_for_terminal(output, report, lang), nl=False)
        return
    with writing(output.file):
        write_whole(output.file, writer(output.format)(report, lang))


def _for_terminal(output: Output, report: Report, lang: Lang) -> str:
    """Colour, and the terminal's width, only where a person looks."""
    if output.format == "text" and sys.stdout.isatty():
        from shutil import get_terminal_size

        from campaigncheck.report.text import WIDTH, write

        colour = "NO_COLOR" not in os.environ
        return write(report, lang, colour=colour, width=max(60, get_terminal_size((WIDTH, 24)).columns))
    return writer(output.format)(report, lang)


def _exit_code(done: Run, fail_on: str) -> int:
    for crash in done.crashes if "--debug" in sys.argv else ():
        click.echo(crash.traceback, err=True)
    if done.report.crashed:
        return FAULT
    return FINDINGS if done.report.reaches(fail_on) else OK  # type: ignore[arg-type]
