"""``campaigncheck calibrate``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.options import debug_option, lang_option, listed, master_option, refuse_master, rules_option
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import CAMPAIGNS, find_rules, find_upwards
from campaigncheck.engine.spark import LOCAL
from campaigncheck.messages import Lang, Text

if TYPE_CHECKING:
    from campaigncheck.calibration.files import TicketFile

ENGINES = ("duckdb", "spark")
_HOURS = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")

_NO_EXTRA = Text(
    "calibrate 要用到 Ibis 和 DuckDB，现在没有安装", "calibrate needs Ibis and DuckDB, which are not installed"
)
_NO_EXTRA_HINT = Text(
    "请安装：pip install 'campaigncheck[calibrate]'", "Install it: pip install 'campaigncheck[calibrate]'"
)
_NO_TICKETS = Text("没有说取号记录在哪里", "nothing says where the tickets are")
_NO_TICKETS_HINT = Text(
    "写上文件或文件夹，比如 campaigncheck calibrate tickets/ -o calibrated；只用投诉单就写 --complaints 文件。",
    "Name files or folders, such as campaigncheck calibrate tickets/ -o calibrated; for complaints alone: --complaints FILE.",
)
_OPENING = Text("“{given}”不是一段营业时间", "“{given}” are no opening hours")
_OPENING_HINT = Text(
    "写成 8-20 的样子，前一个比后一个小，最大 24。", "Write 8-20: the first below the second, 24 at most."
)
_NO_OPENING = Text("--opening 说的是取号的时间，没有取号记录就用不上", "--opening is about tickets, and there are none")
_NO_OPENING_HINT = Text("写上取号记录，或者去掉 --opening。", "Name tickets, or leave --opening out.")
_WRITTEN = Text("写到 {path}：{names}", "Written to {path}: {names}")


@click.command()
@click.argument("tickets", nargs=-1, metavar="[TICKETS]...")
@click.option(
    "--complaints", multiple=True, metavar="FILE",
    help="投诉单（CSV、Parquet 或文件夹），可以写几个；不写取号记录也行。 Complaint orders, repeatable; with or without tickets.",
)  # fmt: skip
@click.option("-o", "--output", required=True, metavar="DIR", help="结果放哪个文件夹。 Folder for the results.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True,
    help="用哪个引擎算，结果一样。 What computes; the results are the same.",
)  # fmt: skip
@master_option
@click.option(
    "--campaigns", multiple=True, metavar="PATH",
    help="过去的营销案，用来和实际比较（默认 campaigns/）。 Specs of past campaigns.",
)  # fmt: skip
@click.option(
    "--opening", metavar="H-H", help="只信这几点之间取的号，如 8-20。 Believe tickets taken between these hours only."
)
@rules_option
@lang_option
@debug_option
def calibrate(
    tickets: tuple[str, ...],
    complaints: tuple[str, ...],
    output: str,
    engine: str,
    master: str | None,
    campaigns: tuple[str, ...],
    opening: str | None,
    rules_dir: str | None,
    lang: Lang,
) -> int:
    """用排队取号记录校准：客流、开了几个柜台、办理时间，都带条数和区间；用投诉单校准投诉率。

    Estimate arrivals, open counters and service from queue tickets (CSV or Parquet), and rates of complaints from
    complaint orders, with counts and intervals. Rows that cannot be used are set aside in rejected.csv. Exit codes: 0
    done, 2 wrong usage, configuration or no usable row, 3 internal fault, 130 interrupted.
    """
    complaints = listed(complaints)
    if not tickets and not complaints:
        raise UsageError(_NO_TICKETS(), _NO_TICKETS_HINT())
    if opening is not None and not tickets:
        raise UsageError(_NO_OPENING(), _NO_OPENING_HINT())
    refuse_master(master, engine)
    if any(find_spec(name) is None for name in ("ibis", "duckdb", "pyarrow")):
        raise UsageError(_NO_EXTRA(), _NO_EXTRA_HINT())
    files = RuleFiles.at(find_rules(rules_dir))
    given = _Given(files, load_catalogues(files), engine, master or LOCAL, _specs(campaigns), _opening(opening), lang)
    target = Path(output)
    said = _calibrate(tickets, complaints, target, given)
    for text in said:
        click.echo(text, nl=False)
    return OK


def _specs(given: tuple[str, ...]) -> tuple[str, ...]:
    home = find_upwards(CAMPAIGNS)
    return listed(given) or ((str(home),) if home else ())


def _opening(given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    found = _HOURS.fullmatch(given)
    if found is None or not int(found[1]) < int(found[2]) <= 24:
        raise UsageError(_OPENING(given=given), _OPENING_HINT())
    return int(found[1]), int(found[2])


class _Given(NamedTuple):
    """What tickets and complaints are calibrated with."""

    rules: RuleFiles
    catalogues: Catalogues
    engine: str
    master: str
    campaigns: tuple[str, ...]
    opening: tuple[int, int] | None
    lang: Lang


def _calibrate(tickets: tuple[str, ...], complaints: tuple[str, ...], target: Path, given: _Given) -> list[str]:
    """Write the results of both, all or none; return what there is to say."""
    from campaigncheck.calibration.complaints_run import NO_FILES, NO_FILES_HINT
    from campaigncheck.calibration.files import find_tickets
    from campaigncheck.calibration.write import refuse_full, result_folder

    refuse_file(target)
    refuse_full(target)
    queued = find_tickets(tickets)
    orders = find_tickets(complaints, NO_FILES, NO_FILES_HINT)
    said: list[str] = []
    names: list[str] = []
    with writing(target), result_folder(target) as work:
        factors: dict[str, float] = {}
        if queued:
            text, written, factors = _from_tickets(queued, work, given)
            said.append(text)
            names += written
        if orders:
            text, written = _from_complaints(orders, work, given, factors)
            said += ["\n", text] if said else [text]
            names += written
    return [*said, _WRITTEN(path=shown(target), names=names).render(given.lang) + "\n"]


def _from_tickets(files: list[TicketFile], work: Path, given: _Given) -> tuple[str, list[str], dict[str, float]]:
    """Calibrate from tickets; return what to say, what was written, and how many times as many came as planned."""
    from campaigncheck.calibration.past import factors
    from campaigncheck.calibration.report import write_text
    from campaigncheck.calibration.run import Job, calibrate
    from campaigncheck.calibration.write import REJECTED, write_rejected, write_result

    stage, ready = work / "stage", work / "ready"
    stage.mkdir()
    job = Job(files, *given[:6])
    outcome = calibrate(
        job, stage, lambda checked, sources: write_rejected(ready / REJECTED, checked, sources), _teller(given.lang)
    )
    halls = given.rules.network("halls.csv")
    assert halls is not None  # without it no hall is known
    names = write_result(ready, outcome, given.catalogues, halls)
    steps = {name: entry.name.text for name, entry in given.catalogues.steps.steps.items()}
    return write_text(outcome, steps, given.lang), names, factors(outcome.past)


def _from_complaints(
    files: list[TicketFile], work: Path, given: _Given, factors: dict[str, float]
) -> tuple[str, list[str]]:
    """Measure complaints; return what to say and what was written."""
    from campaigncheck.calibration.complaints_report import write_text
    from campaigncheck.calibration.complaints_run import Job, measure
    from campaigncheck.calibration.complaints_write import write_complaints
    from campaigncheck.calibration.write import COMPLAINTS_REJECTED, write_rejected

    stage, ready = work / "complaints", work / "ready"
    stage.mkdir()
    job = Job(files, given.catalogues, given.campaigns, given.engine, given.master, factors)
    outcome = measure(
        job,
        stage,
        lambda checked, sources: write_rejected(ready / COMPLAINTS_REJECTED, checked, sources),
        _teller(given.lang),
    )
    names = [*write_complaints(ready, outcome), COMPLAINTS_REJECTED]
    return write_text(outcome, given.catalogues, given.lang), names


def _teller(lang: Lang) -> Callable[[Text], None]:
    """Tell each step to a person who waits."""
    return (lambda step: say(step(), lang)) if sys.stderr.isatty() else (lambda step: None)
