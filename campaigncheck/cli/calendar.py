"""``campaigncheck calendar``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from campaigncheck.calendar.axis import SCALES, Scale
from campaigncheck.calendar.load import Loaded, read_all
from campaigncheck.calendar.model import Calendar, build
from campaigncheck.calendar.wanted import Wanted, known
from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import HOURLY, load_catalogues
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.options import Day, debug_option, lang_option, listed, rules_option, today, today_option
from campaigncheck.cli.outputs import Output, read_output, refuse_file, refuse_two, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.spec.load import nearest_name

FORMATS = ("text", "html", "ics", "csv")

_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_SAME_FILE = Text("两种格式都要写进 {path}", "two formats want to be written to {path}")
_SAME_FILE_HINT = Text("给每种格式一个文件名。", "Give each format a file of its own.")
_WHICH_CITY = Text(
    "ics 按城市分文件，没有说写到哪里", "ics is one file a city, and nothing says where they are to be written"
)
_WHICH_CITY_HINT = Text(
    "写 -o 文件夹，每个城市一个文件；或者用 --region 指定一个地区，只写一个文件。",
    "Write -o DIR for one file a city, or name one --region for a single file.",
)
_TWO_PLACES = Text("-o 和 ics:文件名 只能用一个", "-o and ics:FILE exclude each other")
_TWO_PLACES_HINT = Text(
    "要每个城市一个文件，就写 --format ics -o 文件夹。", "For one file a city: --format ics -o DIR."
)
_ONLY_ICS = Text("-o 只用来放 ics 文件", "-o is for ics files only")
_ONLY_ICS_HINT = Text("其他格式写成 格式:文件名；或者加上 --format ics。", "Write FORMAT:FILE, or add --format ics.")
_REMARK = Text("{place} {message}", "{place} {message}")
_MADE = Text("写好 {count} 个城市的日历，在 {path} 里。", "Calendars of {count} cities written to {path}.")
_STALE = Text(
    "{path} 里还有这次没有写的日历，可能已经过时：{names}",
    "{path} holds calendars that were not written now and may be out of date: {names}",
)
_CITY_FILE = re.compile(r"[0-9]{6}\.ics")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "formats", multiple=True, metavar="FORMAT[:FILE]",
    help=f"输出格式，可以写几个：{'、'.join(FORMATS)}。 Output format, repeatable.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="DIR",
    help="放 ics 的文件夹，每个城市一个文件。 Folder for iCalendar files, one a city.",
)  # fmt: skip
@click.option("--region", multiple=True, metavar="CODE", help="只看这些地区，省包括全省。 Only these regions.")
@click.option("--theme", multiple=True, metavar="THEME", help="只看这些主题。 Only these themes.")
@click.option(
    "--stage", multiple=True, metavar="STAGE",
    help="只看这些阶段；不写就是 retired 以外的全部。 Only these stages; default: all but retired.",
)  # fmt: skip
@click.option("--from", "start", type=Day(), metavar="DATE", help="从哪天看起（默认本月 1 日）。 First day shown.")
@click.option("--to", "end", type=Day(), metavar="DATE", help="看到哪天（默认最后一个结束）。 Last day shown.")
@click.option(
    "--scale", type=click.Choice(SCALES),
    help="text 的刻度，默认按宽度选。 Scale of the text; by default what fits.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def calendar(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    region: tuple[str, ...],
    theme: tuple[str, ...],
    stage: tuple[str, ...],
    start: date | None,
    end: date | None,
    scale: Scale | None,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """画出什么活动在哪里、什么时候进行（默认 campaigns/），标出节假日和厅里拥挤的日子。

    Show what runs where and when, with public holidays and crowded days. Crowded days are counted over
    the whole repository, whatever is shown. Exit codes: 0 shown, 2 wrong usage, configuration or nothing
    to show, 3 internal fault, 130 interrupted.
    """
    wanted = Wanted(listed(region), listed(theme), listed(stage), start, end)
    folder = Path(output) if output is not None else None
    outputs = _outputs(listed(formats), folder, wanted)
    specs = find_specs(paths)
    catalogues = load_catalogues(RuleFiles.at(find_rules(rules_dir)), HOURLY)
    with progress(len(specs), lang, _READING) as advance:
        loaded = read_all(specs, catalogues, advance)
    wanted = known(wanted, catalogues, loaded.rows)
    _say_remarks(loaded, lang)
    made = build(loaded, wanted, catalogues, today or _today())
    for item in outputs:
        if item.format == "ics" and folder is not None:
            _write_cities(made, folder, lang)
        else:
            _write(item, made, lang, scale)
    return OK


_today = today
_READING = Text("读营销案", "reading campaigns")


def _say_remarks(loaded: Loaded, lang: Lang) -> None:
    for remark in loaded.remarks:
        say(_REMARK(place=remark.place, message=remark.message), lang)


def _outputs(given: Sequence[str], folder: Path | None, wanted: Wanted) -> list[Output]:
    outputs = [_output(item) for item in given or (("ics",) if folder else ("text",))]
    _check_calendars(outputs, folder, wanted)
    to_stdout = [item for item in outputs if item.file is None and (item.format != "ics" or folder is None)]
    refuse_two(to_stdout)
    files = [os.path.realpath(item.file) for item in outputs if item.file is not None]
    twice = next((item.file for item in outputs if item.file and files.count(os.path.realpath(item.file)) > 1), None)
    if twice is not None:
        raise UsageError(_SAME_FILE(path=shown(twice)), _SAME_FILE_HINT())
    return outputs


def _output(item: str) -> Output:
    nearest = nearest_name(item.partition(":")[0], FORMATS)
    return read_output(item, FORMATS, _NEAREST(nearest=nearest) if nearest else None)


def _check_calendars(outputs: Sequence[Output], folder: Path | None, wanted: Wanted) -> None:
    """Refuse iCalendar files that nobody says where to write, and a folder for nothing."""
    calendars = [item for item in outputs if item.format == "ics"]
    if folder is None:
        if calendars and len(wanted.regions) != 1:
            raise UsageError(_WHICH_CITY(), _WHICH_CITY_HINT())
        return
    if not calendars:
        raise UsageError(_ONLY_ICS(), _ONLY_ICS_HINT())
    if any(item.file for item in calendars):
        raise UsageError(_TWO_PLACES(), _TWO_PLACES_HINT())
    refuse_file(folder)


def _write_cities(made: Calendar, folder: Path, lang: Lang) -> None:
    """Write one file a city, and name those that an earlier run has left."""
    from campaigncheck.calendar.ics import write_cities

    written = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for city, text in write_cities(made, lang):
        path = folder / f"{city}.ics"
        with writing(path):
            write_whole(path, text)
        written.append(path.name)
    say(_MADE(count=len(written), path=shown(folder)), lang)
    stale = sorted(item.name for item in folder.iterdir() if _CITY_FILE.fullmatch(item.name))
    stale = [name for name in stale if name not in written]
    if stale:
        say(_STALE(path=shown(folder), names=stale), lang)


def _write(output: Output, made: Calendar, lang: Lang, scale: Scale | None) -> None:
    """Write one output; colour, and the terminal's width, only where a person looks."""
    if output.file is None:
        click.echo(_content(output, made, lang, scale), nl=False)
        return
    with writing(output.file):
        write_whole(output.file, _content(output, made, lang, scale))


def _content(output: Output, made: Calendar, lang: Lang, scale: Scale | None) -> str:
    """Each format is imported when it is asked for; only csv needs pandas."""
    if output.format == "html":
        from campaigncheck.calendar.page import write as write_page

        return write_page(made, lang)
    if output.format == "ics":
        from campaigncheck.calendar.ics import write as write_calendar

        return write_calendar(made, lang)
    if output.format == "csv":
        from campaigncheck.calendar.table import write as write_table

        return write_table(made, lang, for_excel=output.file is not None)
    return _text(output, made, lang, scale)


def _text(output: Output, made: Calendar, lang: Lang, scale: Scale | None) -> str:
    from campaigncheck.calendar.text import NARROWEST, WIDTH, write

    if output.file is not None or not sys.stdout.isatty():
        return write(made, lang, width=WIDTH, scale=scale)
    from shutil import get_terminal_size

    width = max(NARROWEST, get_terminal_size((WIDTH, 24)).columns)
    return write(made, lang, colour="NO_COLOR" not in os.environ, width=width, scale=scale)
