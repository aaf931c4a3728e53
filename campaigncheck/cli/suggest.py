"""``campaigncheck suggest``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, say
from campaigncheck.cli.options import debug_option, lang_option, listed, rules_option, today, today_option
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.proposals import find_proposals
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.engine.rewrite import Rewrite, rewrite
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Lang, Text
from campaigncheck.suggest.advice import Advice
from campaigncheck.suggest.report import write_json, write_text, written

_NO_SOLVER = Text("suggest 要用到 OR-Tools，现在没有安装", "suggest needs OR-Tools, which is not installed")
_NO_SOLVER_HINT = Text(
    "请安装：pip install 'campaigncheck[suggest]'", "Install it: pip install 'campaigncheck[suggest]'"
)
_NO_SUCH_NUMBER = Text("没有第 {number} 种建议，一共 {count} 种", "there is no suggestion {number}; there are {count}")
_NO_SUCH_NUMBER_HINT = Text("先不加 --write 看看有哪些。", "Look at them without --write first.")
_READ_ONLY_HINT = Text(
    "去掉只读，或者不加 --write，照建议自己改。", "Make it writable, or leave --write out and change it by hand."
)
_NOTHING_WRITTEN = Text("没有可以写进文件的建议。", "there is no suggestion to write.")


@click.command()
@click.argument("wanted", metavar="ID")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--within", type=click.IntRange(0, 730), default=None, metavar="DAYS",
    help="最多移动多少天（默认 120）。 How far to move it at most.",
)  # fmt: skip
@click.option("--write", "write_it", is_flag=True, help="把建议写进 YAML，注释和排版不动。 Edit the spec in place.")
@click.option(
    "--pick", type=click.IntRange(1, 99), default=1, show_default=True, metavar="N",
    help="--write 写第几种。 Which suggestion to write.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--with", "proposals", multiple=True, metavar="DIR",
    help="还没合并的提案，一起比对。 Folders of proposals not merged yet.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def suggest(
    wanted: str,
    paths: tuple[str, ...],
    within: int | None,
    write_it: bool,
    pick: int,
    form: str,
    proposals: tuple[str, ...],
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """给一个营销案找能通过的办法：换日期、缩短、减城市、收窄客户……从改动最小的开始。

    Find the nearest windows and changes with which a campaign passes everything, tried against the whole
    repository. Exit codes: 0 it passes, as it is or by a suggestion, 1 it does not, 2 wrong usage or
    configuration, 3 internal fault, 130 interrupted.
    """
    specs = find_specs(paths)
    specs += find_proposals(listed(proposals), specs)
    if not paths:  # all are context: what each of them does wrong by itself is not asked for
        specs = [replace(spec, selected=False) for spec in specs]
    files = RuleFiles.at(find_rules(rules_dir))
    day = today or _today()
    with progress(len(specs), lang) as advance:
        knowledge = Knowledge.of(files)
        done = run_with(knowledge, Job(specs, files, Selection(), day, named=bool(paths)), advance)
    advice = _advise(knowledge, done.examined, wanted, day, within)
    click.echo((write_json if form == "json" else write_text)(advice, lang), nl=False)
    if write_it:
        _write(advice, pick, lang)
    if advice.crashed:
        return FAULT
    return OK if advice.passes else FINDINGS


_today = today


def _advise(knowledge, examined, wanted: str, day: date, within: int | None) -> Advice:  # type: ignore[no-untyped-def]
    try:
        from campaigncheck.suggest.search import WITHIN
    except ImportError as error:
        raise UsageError(_NO_SOLVER(), _NO_SOLVER_HINT()) from error
    from campaigncheck.suggest.advise import advise

    return advise(knowledge, examined, wanted, day, WITHIN if within is None else within)


def _write(advice: Advice, pick: int, lang: Lang) -> None:
    if not advice.suggestions:
        say(_NOTHING_WRITTEN(), lang)
        return
    if pick > len(advice.suggestions):
        count = len(advice.suggestions)
        raise UsageError(_NO_SUCH_NUMBER(number=pick, count=count), _NO_SUCH_NUMBER_HINT())
    spec = advice.subject.item.spec
    rewrite([Rewrite(spec, advice.subject.text, advice.suggestions[pick - 1].text)], _READ_ONLY_HINT())
    click.echo(written(pick, spec.shown, lang), err=True)
