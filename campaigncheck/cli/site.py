"""``campaigncheck site``."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.boundary import FAULT, OK, USAGE, say, show_crashes, tell_faults
from campaigncheck.cli.options import (
    debug_option,
    lang_option,
    rules_option,
    today,
    today_option,
    waivers_of,
    waivers_option,
)
from campaigncheck.cli.outputs import writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.finding import Report
from campaigncheck.engine.repository import find_clearances, find_rules, find_specs
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Lang, Text

_MADE = Text(
    "站点写好了：{path}（{count} 个营销案，{size} MB），用浏览器打开 {index}。",
    "The site is in {path} ({count} campaigns, {size} MB); open {index} in a browser.",
)
_NOT_PASSED = Text(
    "其中拦下 {blocked} 个，读不懂 {invalid} 个：总览里写着谁要处理。",
    "{blocked} are blocked, {invalid} cannot be read: the overview says who has to act.",
)
_GATHERING = Text("整理内容", "gathering")
_MEGA = 1_000_000
_today = today


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", required=True, metavar="DIR",
    help="站点放哪个文件夹，原来的站点整个换掉。 Folder of the site; an older site there is replaced.",
)  # fmt: skip
@click.option(
    "--earlier", multiple=True, metavar="[DATE:]FILE",
    help="早先 check --format json 的结果，用来画变化，可以写几个。 An earlier report, for the trend; repeatable.",
)  # fmt: skip
@rules_option
@waivers_option
@today_option
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=1, show_default=True, metavar="N",
    help="几个进程一起查，0 表示有几个核用几个。 Worker processes; 0 means one a core.",
)  # fmt: skip
@lang_option
@debug_option
def site(
    paths: tuple[str, ...],
    output: str,
    earlier: tuple[str, ...],
    rules_dir: str | None,
    waivers_file: str | None,
    no_waivers: bool,
    today: date | None,
    jobs: int,
    lang: Lang,
) -> int:
    """把营销案（默认 campaigns/）做成网站：总览、日历、排队、每个营销案、规则，中英文都有，不用联网。

    Make a site of campaigns: overview, calendar, waiting, a page each, rules; in Chinese and English, offline.
    Exit codes: 0 made (with findings, too), 2 wrong usage or configuration, 3 internal fault, 130 interrupted.
    """
    from campaigncheck.site import folder  # the site needs nearly everything, `--help` does not
    from campaigncheck.site.build import build
    from campaigncheck.site.clearances import standings
    from campaigncheck.site.earlier import read_all
    from campaigncheck.site.model import Given, gather

    target, day = Path(output), today or _today()
    folder.refuse_foreign(target)
    before = read_all(earlier, day)
    specs = find_specs(paths)
    files = RuleFiles.at(find_rules(rules_dir))
    waivers = waivers_of(waivers_file, no_waivers)
    cores = os.cpu_count() or 1
    job = Job(
        specs, files, Selection(), day, jobs or cores, bool(paths), TABLES, waivers=waivers, places=paths
    )  # fmt: skip
    knowledge = Knowledge.of(files, TABLES)
    with progress(len(specs), lang) as advance:
        done = run_with(knowledge, job, advance)
    asked = frozenset(outcome.id for outcome in done.report.outcomes)
    with progress(len(specs), lang, _GATHERING) as advance:
        given = Given(standings(knowledge, job, asked, find_clearances()), before, job.jobs)
        made = build(gather(done, day, given, advance))
    with writing(target):
        folder.write(target, made)
    _tell(done.report, target, sum(map(len, made.values())), lang)
    tell_faults(done.report.faulty, lang)
    asked_histories = done.examiner.asked_histories
    for notice in asked_histories.notices if asked_histories is not None else ():
        say(notice, lang)
    show_crashes(crash.traceback for crash in done.crashes)
    if done.report.crashed:
        return FAULT
    return USAGE if done.report.faulty else OK


def _tell(report: Report, target: Path, size: int, lang: Lang) -> None:
    named = {"path": shown(target), "index": shown(target / "index.html")}
    say(_MADE(count=len(report.outcomes), size=f"{size / _MEGA:.1f}", **named), lang)
    blocked, invalid = report.verdicts("blocked"), report.verdicts("invalid")
    if blocked or invalid:
        say(_NOT_PASSED(blocked=blocked, invalid=invalid), lang)
