"""``campaigncheck check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, USAGE, say, show_crashes, tell_faults
from campaigncheck.cli.comparing import Comparison
from campaigncheck.cli.options import (
    cache_folder,
    debug_option,
    lang_option,
    listed,
    rules_option,
    today,
    today_option,
    waivers_of,
    waivers_option,
)
from campaigncheck.cli.outputs import Output, read_output, refuse_two, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import Report
from campaigncheck.engine.proposals import find_proposals
from campaigncheck.engine.repository import SpecFile, find_rules, find_specs
from campaigncheck.engine.run import Job, Knowledge, Run, run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.report import FORMATS, writer
from campaigncheck.workbook.names import is_workbook

_DIFF_THERE = Text("--diff 已经用了标准输出", "standard output is taken by --diff")
_DIFF_THERE_HINT = Text(
    "报告写成 格式:文件名，或者去掉 --diff。", "Write the report as FORMAT:FILE, or leave out --diff."
)
_NO_HISTORY = Text(
    "{path} 是 Excel 工作簿，没法和 git 里的版本比", "{path} is a workbook, which cannot be compared with what git has"
)
_NO_HISTORY_HINT = Text(
    "去掉 --since，或者先用 campaigncheck import 导入。",
    "Leave --since out, or bring it in by `campaigncheck import` first.",
)
_TRYING = Text("试着自动改", "trying repairs")
_MANY = 100
"""Fewer repairs are tried before a bar could be read."""


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
@waivers_option
@click.option("--select", multiple=True, metavar="RULE", help="只查这些规则（或整类，如 CONF）。 Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="不查这些规则。 Not these rules.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), default="error", show_default=True,
    help="从哪一级起算不通过。 Exit with 1 from this severity on.",
)  # fmt: skip
@click.option(
    "--since", metavar="GITREF",
    help="只报和 git 里这个版本相比改过的营销案，以及因此新出的问题。 Only what changes since then bring.",
)  # fmt: skip
@click.option(
    "--baseline", metavar="FILE", help="只报这个基线里没有的问题。 Only findings that this baseline does not have."
)
@click.option(
    "--write-baseline", "new_baseline", metavar="FILE", help="把现有的问题记成基线。 Write what there is as a baseline."
)
@today_option
@lang_option
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=1, show_default=True, metavar="N",
    help="几个进程一起查，0 表示有几个核用几个。 Worker processes; 0 means one a core.",
)  # fmt: skip
@click.option(
    "--no-cache", is_flag=True, help="每个营销案都重新检查，不用上次留下的结果。 Examine every campaign afresh."
)
@click.option(
    "--fix", is_flag=True, help="自动改能放心改的，注释和排版不动，然后再查一遍。 Make the safe repairs in place."
)
@click.option("--diff", "show_diff", is_flag=True, help="只看 --fix 会改什么，不写文件。 Show what --fix would change.")
@click.option("--watch", is_flag=True, help="一有改动就再查一遍，Ctrl-C 结束。 Check again when something changes.")
@debug_option
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    proposals: tuple[str, ...],
    rules_dir: str | None,
    waivers_file: str | None,
    no_waivers: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    since: str | None,
    baseline: str | None,
    new_baseline: str | None,
    today: date | None,
    lang: Lang,
    jobs: int,
    no_cache: bool,
    fix: bool,
    show_diff: bool,
    watch: bool,
) -> int:
    """检查营销案（默认 campaigns/），仓库里其他的营销案都拿来比对。

    Check campaigns with everything else in the repository as context. Exit codes: 0 nothing at or
    above --fail-on, 1 findings, 2 wrong usage or configuration, 3 internal fault, 130 interrupted.
    With --diff also 1 if there is something to repair.
    """
    if watch:
        from campaigncheck.cli.watch import watching

        return watching(click.get_current_context())
    outputs = _outputs(listed(formats), show_diff)
    compare = Comparison.of(since, baseline, new_baseline, fix or show_diff)
    specs = find_specs(paths)
    specs += find_proposals(listed(proposals), specs)
    if since is not None:
        _refuse_workbooks(specs)
    job = Job(
        specs=specs,
        files=RuleFiles.at(find_rules(rules_dir)),
        selection=Selection(listed(select), listed(ignore)),
        today=today or _today(),
        jobs=jobs or os.cpu_count() or 1,
        named=bool(paths),
        tolerate=TABLES,
        waivers=waivers_of(waivers_file, no_waivers),
        cache=None if no_cache else cache_folder(),
        places=paths,
    )
    if fix or show_diff:
        done, open_repairs = _repaired(job, show_diff, lang)
    else:
        with progress(len(specs), lang) as advance:
            done, open_repairs = run(job, advance), 0
    done = replace(done, report=compare.compared(done, job, lang))
    for output in outputs:
        _write(output, done.report, lang)
    if not any(output.format == "text" and output.file is None for output in outputs):
        tell_faults(done.report.faulty, lang)
    asked = done.examiner.asked_histories
    for notice in asked.notices if asked is not None else ():
        say(notice, lang)
    code = _exit_code(done, fail_on) or (FINDINGS if open_repairs else OK)
    return OK if code == FINDINGS and compare.records else code


_today = today


def _refuse_workbooks(specs: Sequence[SpecFile]) -> None:
    book = next((spec for spec in specs if spec.selected and is_workbook(spec.file)), None)
    if book is not None:
        raise UsageError(_NO_HISTORY(path=book.shown), _NO_HISTORY_HINT())


def _repaired(job: Job, show_diff: bool, lang: Lang) -> tuple[Run, int]:
    """Make the safe repairs, or show them; return the run of the files as they are then, and what was not written."""
    from campaigncheck.repair.diff import diff
    from campaigncheck.repair.plan import look
    from campaigncheck.repair.told import told
    from campaigncheck.repair.write import write

    knowledge = Knowledge.of(job.files, job.tolerate)
    with progress(len(job.specs), lang) as advance:
        offers = look(knowledge, job, advance)
    with progress(offers.count, lang, _TRYING, _MANY) as advance:
        repair = offers.repair(advance)
    if show_diff:
        click.echo(diff(repair.mended), nl=False)
    else:
        write(repair.mended)
    for message in told(repair, written=not show_diff):
        say(message, lang)
    as_planned = not job.selection.select and (show_diff or not repair.mended)
    if as_planned:
        return repair.run, len(repair.mended) if show_diff else 0
    with progress(len(job.specs), lang) as advance:
        return run_with(knowledge, job, advance), len(repair.mended) if show_diff else 0


def _outputs(given: Sequence[str], show_diff: bool) -> list[Output]:
    """Return where reports go; standard output belongs to the diff if one is asked for."""
    outputs = [read_output(item, list(FORMATS)) for item in given or (() if show_diff else ("text",))]
    if show_diff and any(output.file is None for output in outputs):
        raise UsageError(_DIFF_THERE(), _DIFF_THERE_HINT())
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
    show_crashes(crash.traceback for crash in done.crashes)
    if done.report.crashed:
        return FAULT
    if done.report.faulty:
        return USAGE
    return FINDINGS if done.report.reaches(fail_on) else OK  # type: ignore[arg-type]
