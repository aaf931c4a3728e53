"""``campaigncheck forecast``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import TABLES, Catalogues
from campaigncheck.catalogue.network import Network
from campaigncheck.cli.boundary import OK, USAGE, say, tell_faults
from campaigncheck.cli.national import ENGINES, National, foresee_nationally, refuse_with_output, refuse_without_output
from campaigncheck.cli.options import (
    debug_option,
    lang_option,
    listed,
    master_option,
    rules_option,
    today,
    today_option,
)
from campaigncheck.cli.outputs import Output, read_output, refuse_two, writing
from campaigncheck.cli.pictured import check_kinds, gathered, write_pictures
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Report
from campaigncheck.engine.repository import SpecFile, find_rules, find_specs
from campaigncheck.engine.run import Job, Knowledge, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.forecast.model import Forecast, foresee
from campaigncheck.forecast.robust import Robustness, robustness
from campaigncheck.forecast.stress import Stress, stress
from campaigncheck.messages import Lang, Text
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.report.aftercare import NOTHING_LEFT, by_campaign, sections
from campaigncheck.source.errors import SourceError

if TYPE_CHECKING:
    from campaigncheck.forecast.page import Told

TOP = 12
"""Halls that the page and the pictures show, if nothing else is asked for."""
FORMATS = ("text", "html", "json", "csv", "halls")

_LEFT_OUT = Text("{path} 有格式上的错，没有算进去", "{path} does not fit the format and is left out")
_AT = Text("{place} {message}", "{place} {message}")
_READING = Text("读营销案", "reading campaigns")
_FORESEEING = Text("逐个城市预测", "foreseeing cities")
_today = today


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "formats", multiple=True, metavar="FORMAT[:FILE]",
    help=f"输出格式，可以写几个：{'、'.join(FORMATS)}。 Output format, repeatable.",
)  # fmt: skip
@click.option(
    "--stress", "with_stress", is_flag=True,
    help="最多来多少人还守得住承诺。 The largest uptake that keeps every promise.",
)  # fmt: skip
@click.option(
    "--robust", "with_robust", is_flag=True,
    help="哪个假设错多少，结论就会反过来。 Which assumption turns the verdict, and by how much.",
)  # fmt: skip
@click.option(
    "--scenario", "scenario_file", metavar="FILE",
    help="如果少开一个柜台、多一倍人、晚一周……：按文件里的设想各算一遍。 What-ifs from a file, compared in one table.",
)  # fmt: skip
@click.option(
    "--aftercare", "with_aftercare", is_flag=True,
    help="上线以后会有多少投诉，和现在改比一比（文本和 JSON）。 Complaints to expect, beside repairing (text and JSON).",
)  # fmt: skip
@click.option(
    "--pictures", metavar="DIR",
    help="图片放哪个文件夹：每个钟头等多久、哪些厅哪些天最紧、柜台办多久、压力曲线。 Folder for pictures.",
)  # fmt: skip
@click.option(
    "--picture-format", "kinds", multiple=True, metavar="svg|png",
    help="图片的格式，可以写几个（默认 svg）。 Format of the pictures, repeatable.",
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(1, 500), metavar="N",
    help=f"网页和图片里画最紧的几个厅（默认 {TOP}）。 How many halls the page and the pictures show, the tightest first.",
)  # fmt: skip
@click.option("--only-broken", is_flag=True, help="只列守不住承诺的钟头。 Only hours that break their promise.")
@click.option(
    "-o", "--output", metavar="FILE.parquet",
    help="全国这样的大网：每个钟头一行写进 Parquet，屏幕上只出各省合计。 For large networks: every hour into Parquet.",
)  # fmt: skip
@click.option(
    "--days", type=click.IntRange(1, 3660), metavar="N",
    help="只看从今天起的 N 天（和 -o 一起用）。 Only N days from today on, with -o.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(0, 256), metavar="N",
    help="同时用几个进程（和 -o 一起用，默认 1，0 为全部处理器）。 Processes, with -o.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(ENGINES),
    help="用什么算（和 -o 一起用），结果一样。 What computes, with -o; the results are the same.",
)  # fmt: skip
@master_option
@rules_option
@today_option
@lang_option
@debug_option
def forecast(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    with_stress: bool,
    with_robust: bool,
    scenario_file: str | None,
    with_aftercare: bool,
    only_broken: bool,
    pictures: str | None,
    kinds: tuple[str, ...],
    top: int | None,
    output: str | None,
    days: int | None,
    jobs: int | None,
    engine: str | None,
    master: str | None,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """预测营销案会让每个营业厅等多久（默认 campaigns/），一个钟头一个钟头地算。

    Foresee waiting in every hall, hour by hour, with and without the campaigns named. Exit codes: 0 foreseen, 2 wrong
    usage or configuration (halls with faulty rows are left out, the rest is foreseen), 3 internal fault, 130 interrupted.
    """
    national = None
    if output is None:
        refuse_without_output({"--days": days, "--jobs": jobs, "--engine": engine, "--master": master})
    else:
        refuse_with_output(
            {
                "--format": formats, "--robust": with_robust, "--scenario": scenario_file, "--pictures": pictures,
                "--picture-format": kinds, "--top": top, "--aftercare": with_aftercare,
            }
        )  # fmt: skip
        cores = os.cpu_count() or 1
        national = National(
            Path(output),
            days,
            cores if jobs == 0 else jobs or 1,
            engine or ENGINES[0],
            master,
            only_broken,
            with_stress,
        ).checked()
    outputs = [read_output(item, FORMATS) for item in listed(formats) or ("text",)]
    refuse_two([item for item in outputs if item.file is None])
    folder = Path(pictures) if pictures is not None else None
    drawn = check_kinds(listed(kinds), folder)
    specs = find_specs(paths)
    files = RuleFiles.at(find_rules(rules_dir))
    day = today or _today()
    done = _read(specs, files, day, lang, Selection() if with_aftercare else Selection(select=("SPEC",)))
    asked = _Asked.of(done, day.toordinal())
    if national is not None:
        click.echo(
            foresee_nationally(national, *asked, lang, partial(progress, lang=lang, label=_FORESEEING)), nl=False
        )
        tell_faults(done.report.faulty, lang)
        return USAGE if done.report.faulty else OK
    with progress(len(asked.portfolio.by_city), lang, _FORESEEING) as advance:
        made = foresee(*asked, advance)
    result = _Result(
        made,
        list(stress(*asked)) if with_stress else None,
        _what_ifs(Path(scenario_file), asked) if scenario_file is not None else [],
        list(robustness(*asked)) if with_robust else None,
        done.catalogues.network,
        asked,
        done.examined,
        top or TOP,
        done.report if with_aftercare else None,
    )
    for item in outputs:
        _write(item, result, only_broken, lang)
    if folder is not None:
        write_pictures(result.told, folder, drawn, lang)
    faults = done.report.faulty
    tell_faults(faults, lang)
    return USAGE if faults else OK


class _Asked(NamedTuple):
    """What is to be foreseen."""

    portfolio: Portfolio
    catalogues: Catalogues
    today: int
    ids: frozenset[str]

    @classmethod
    def of(cls, done: Run, today: int) -> _Asked:
        """Return all campaigns that fit, and which of them are asked about."""
        bad = {outcome.path for outcome in done.report.outcomes if outcome.verdict == "invalid"}
        fit = [item for item in done.examined if item.spec.shown not in bad]
        portfolio = Portfolio.of((item.entry for item in fit if item.entry), done.catalogues.regions)
        return cls(portfolio, done.catalogues, today, frozenset(item.id for item in fit if item.spec.selected))


@dataclass(frozen=True)
class _Result:
    """What was foreseen, and what else was asked for."""

    made: Forecast
    stresses: list[Stress] | None
    scenarios: list[tuple[str, Forecast]]
    robust: list[Robustness] | None
    network: Network
    asked: _Asked
    examined: tuple[Examined, ...]
    top: int
    judged: Report | None = None

    @cached_property
    def told(self) -> Told:
        """What the page and the pictures show."""
        from campaigncheck.forecast.counters import counters

        drawn = counters(self.examined, self.asked.catalogues, self.asked.ids)
        return gathered(self.made, self.stresses, self.scenarios, self.robust, self.asked[:3], drawn, self.top)


def _read(specs: Sequence[SpecFile], files: RuleFiles, day: date, lang: Lang, selection: Selection) -> Run:
    """Read the campaigns, and say which of those asked for do not fit."""
    job = Job(specs, files, selection, day)
    with progress(len(specs), lang, _READING) as advance:
        done = run_with(Knowledge.of(files, TABLES), job, advance)
    for outcome in done.report.outcomes:
        if outcome.verdict == "invalid":
            say(_LEFT_OUT(path=outcome.path), lang)
    return done


def _what_ifs(file: Path, asked: _Asked) -> list[tuple[str, Forecast]]:
    from campaigncheck.forecast.scenario import ScenarioError, applied, read

    found = []
    try:
        for item in read(file, asked.portfolio, asked.catalogues):
            portfolio, catalogues = applied(item, asked.portfolio, asked.catalogues, asked.today)
            found.append((item.name, foresee(portfolio, catalogues, asked.today, asked.ids)))
    except ScenarioError as error:
        raise UsageError(
            _AT(place=f"{error.path}:{error.place.line}:{error.place.column}", message=error.message), error.hint
        ) from error
    except SourceError as error:
        raise UsageError(
            _AT(place=f"{shown(file)}:{error.place.line}:{error.place.column}", message=error.message), error.hint
        ) from error
    return found


def _write(output: Output, result: _Result, only_broken: bool, lang: Lang) -> None:
    text = _content(output, result, only_broken, lang)
    if output.file is None:
        click.echo(text, nl=False)
        return
    with writing(output.file):
        write_whole(output.file, text)


def _content(output: Output, result: _Result, only_broken: bool, lang: Lang) -> str:
    if output.format == "text":
        from campaigncheck.forecast.text import compare, rests, write

        colour = output.file is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        text = write(result.made, result.stresses, result.network, lang, colour=colour)
        text += compare(result.made, result.scenarios, result.network, lang) if result.scenarios else ""
        text += rests(result.robust, result.made, lang) if result.robust else ""
        return text + (_aftercare(result.judged, lang) if result.judged else "")
    if output.format == "html":
        from campaigncheck.forecast import page

        return page.write(result.told, lang)
    if output.format == "halls":
        from campaigncheck.forecast import places

        return places.write(result.made, result.asked.catalogues, lang)
    from campaigncheck.forecast.rows import write_csv, write_json

    if output.format == "csv":
        return write_csv(result.made, only_broken, for_excel=output.file is not None)
    cares = by_campaign(result.judged) if result.judged else None
    return write_json(result.made, result.stresses, result.scenarios, result.robust, only_broken, lang, cares)


def _aftercare(judged: Report, lang: Lang) -> str:
    """Return the table of complaints to expect; a sentence if nothing is left."""
    from campaigncheck.report.text import printed

    return "\n" + printed(list(sections(judged, lang)) or [NOTHING_LEFT().render(lang)])
