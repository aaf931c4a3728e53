"""The daily sheet of ``campaigncheck faq --for``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import TABLES, Catalogues
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, USAGE, say, show_crashes, tell_faults
from campaigncheck.cli.daily_waits import waits_in
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.cli.progress import progress
from campaigncheck.cli.sheets import own_templates
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Job, Knowledge, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.daily import data, html
from campaigncheck.sheets.daily.build import build
from campaigncheck.sheets.daily.model import Daily
from campaigncheck.sheets.daily.place import Place, find_place
from campaigncheck.sheets.formats import chosen
from campaigncheck.sheets.phrases import day
from campaigncheck.sheets.press import Order
from campaigncheck.spec.types import FIRST_DAY, LAST_DAY

FORMATS = ("html", "json")
"""What a daily sheet can be written as."""

_BAD_DAY = Text("--on 的日期要在 {first} 到 {last} 之间", "--on has to be from {first} to {last}")
_BAD_DAY_HINT = Text("营销案的日期都在这之间。", "No campaign runs on any other day.")
_NO_FORMAT = Text("今日单没有“{name}”这种格式", "there is no daily sheet in the format “{name}”")
_TODAY, _THEN = Text("今天", "today"), Text("{day}", "on {day}")
_MADE = Text(
    "今日单：{paths}。{when}可以办 {live} 个活动。", "daily sheet: {paths}. Campaigns live there {when}: {live}."
)
_EMPTY = Text(
    "今日单：{paths}。{when}这里没有可以办的活动。", "daily sheet: {paths}. No campaign is live there {when}."
)
_UNUSABLE = Text(
    "另有 {count} 个没有放行，单子上写明不能给客户用。", "{count} more are not cleared; the sheet says so."
)
_UNREAD = Text(
    "读不懂，不知道这里办不办，今日单可能不全：{paths}",
    "cannot be read, so the daily sheet may be incomplete: {paths}",
)
_UNREAD_HINT = Text(
    "先运行 campaigncheck check，按提示改好。", "Run `campaigncheck check` and mend them first."
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a daily sheet is asked for.

    Attributes:
        where: a hall's id or name, or a city's code or name.
        on: the day; None for ``today``.
        today: the day to check for, and the day of issue.
        folder: where the files go.
        paths: the specs to look at; none means ``campaigns/``.
        rules_dir: the rules folder, if one is named.
        formats: among :data:`FORMATS`; none means the first of them.
        linked: ids of campaigns of which ``<id>.html`` stands in the same folder.
        templates: the folder of a site's own templates, if it has some.
    """

    where: str
    on: date | None
    today: date
    folder: Path
    paths: tuple[str, ...] = ()
    rules_dir: str | None = None
    formats: Sequence[str] = FORMATS[:1]
    linked: Collection[str] = ()
    templates: str | None = None


def make_daily(asked: Asked, lang: Lang) -> int:
    """Check the campaigns, write the daily sheet, and return the exit code.

    0 the sheet is made, however little is live; 1 it is made, but some campaign cannot be read and may be missing
    from it; 2 it is made, but rows of the network's tables are wrong, and their halls have no waits; 3 a rule crashed.

    Raises:
        UsageError: for an unknown or ambiguous place, a day out of range, an unknown format, templates that it does not use.
    """
    order = _order(asked, lang)
    files = RuleFiles.at(find_rules(asked.rules_dir))
    knowledge = Knowledge.of(files, TABLES)
    place = _place(asked.where, knowledge.catalogues, lang)
    specs = find_specs(asked.paths)
    with progress(len(specs), lang) as advance:
        done = run_with(knowledge, Job(specs, files, Selection(), asked.today, waivers=find_waivers(None)), advance)
    on = asked.on or asked.today
    daily = build(done, place, on, asked.today, asked.linked, waits_in(done, place, on, asked.today))
    _tell(daily, _write(daily, asked.folder, order), lang)
    tell_faults(done.report.faulty, lang)
    return _exit_code(done, daily)


def _place(where: str, catalogues: Catalogues, lang: Lang) -> Place:
    """Find the place; if there is none, faulty rows may be why, so they are told."""
    try:
        return find_place(where, catalogues)
    except UsageError:
        tell_faults([fault.problem for fault in catalogues.network.faults], lang)
        raise


def _order(asked: Asked, lang: Lang) -> Order:
    """Read how the sheet is wanted, and look whether that can be done before any work is."""
    on = asked.on or asked.today
    if not FIRST_DAY <= on <= LAST_DAY:
        raise UsageError(_BAD_DAY(first=FIRST_DAY, last=LAST_DAY), _BAD_DAY_HINT())
    names = chosen(asked.formats, FORMATS, _NO_FORMAT)
    refuse_file(asked.folder)
    own = own_templates(asked.templates, [html.DAILY_PAGE] if "html" in names else [])
    return Order(tuple(names), lang, own, 1)


def _write(daily: Daily, folder: Path, order: Order) -> list[str]:
    """Write the sheet in every format asked for, and return the paths as users see them."""
    written = []
    for name in order.formats:
        path = folder / f"daily-{daily.place.id}-{daily.day}.{name}"
        text = _content(daily, name, order)
        with writing(path):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        written.append(shown(path))
    return written


def _content(daily: Daily, name: str, order: Order) -> str:
    write = data.write if name == "json" else html.write
    return write(daily, order.lang, order.templates)


def _tell(daily: Daily, written: list[str], lang: Lang) -> None:
    when = _TODAY if daily.day == daily.issued else _THEN(day=day(daily.day))
    made = _MADE if daily.cards else _EMPTY
    click.echo(made(paths=written, live=len(daily.cards), when=when).render(lang))
    if daily.unusable:
        click.echo(_UNUSABLE(count=len(daily.unusable)).render(lang))
    if daily.unread:
        say(_UNREAD(paths=daily.unread), lang)
        say(_UNREAD_HINT(), lang)


def _exit_code(done: Run, daily: Daily) -> int:
    show_crashes(crash.traceback for crash in done.crashes)
    if done.report.crashed:
        return FAULT
    if done.report.faulty:
        return USAGE
    return FINDINGS if daily.unread else OK
