"""``campaigncheck calibrate``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.options import debug_option, lang_option, listed, rules_option
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import CAMPAIGNS, find_rules, find_upwards
from campaigncheck.messages import Lang, Text

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
    "写上文件或文件夹，比如 campaigncheck calibrate tickets/ -o calibrated。",
    "Name files or folders, such as campaigncheck calibrate tickets/ -o calibrated.",
)
_MASTER = Text("--master 只和 --engine spark 一起用", "--master goes with --engine spark only")
_MASTER_HINT = Text("加上 --engine spark，或者去掉 --master。", "Add --engine spark, or leave --master out.")
_OPENING = Text("“{given}”不是一段营业时间", "“{given}” are no opening hours")
_OPENING_HINT = Text(
    "写成 8-20 的样子，前一个比后一个小，最大 24。", "Write 8-20: the first below the second, 24 at most."
)
_WRITTEN = Text("写到 {path}：{names}", "Written to {path}: {names}")


@click.command()
@click.argument("tickets", nargs=-1, metavar="TICKETS...")
@click.option("-o", "--output", required=True, metavar="DIR", help="结果放哪个文件夹。 Folder for the results.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True,
    help="用哪个引擎算，结果一样。 What computes; the results are the same.",
)  # fmt: skip
@click.option("--master", metavar="URL", help="Spark 主节点（默认 local[*]）。 Master URL of Spark.")
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
    output: str,
    engine: str,
    master: str | None,
    campaigns: tuple[str, ...],
    opening: str | None,
    rules_dir: str | None,
    lang: Lang,
) -> int:
    """用排队取号记录校准：客流、开了几个柜台、办理时间，都带条数和区间。

    Estimate arrivals, open counters and service from queue tickets (CSV or Parquet), with counts and intervals. Rows
    that cannot be used are set aside in rejected.csv. Exit codes: 0 done, 2 wrong usage, configuration or no usable
    ticket, 3 internal fault, 130 interrupted.
    """
    if not tickets:
        raise UsageError(_NO_TICKETS(), _NO_TICKETS_HINT())
    if master is not None and engine != "spark":
        raise UsageError(_MASTER(), _MASTER_HINT())
    if any(find_spec(name) is None for name in ("ibis", "duckdb", "pyarrow")):
        raise UsageError(_NO_EXTRA(), _NO_EXTRA_HINT())
    files = RuleFiles.at(find_rules(rules_dir))
    return _calibrate(
        tickets, Path(output), files, load_catalogues(files), engine, master, _specs(campaigns), _opening(opening), lang
    )


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


def _calibrate(
    tickets: tuple[str, ...], target: Path, rules: RuleFiles, catalogues: Catalogues, engine: str, master: str | None,
    campaigns: tuple[str, ...], opening: tuple[int, int] | None, lang: Lang,
) -> int:  # fmt: skip
    from campaigncheck.calibration.files import find_tickets
    from campaigncheck.calibration.report import write_text
    from campaigncheck.calibration.run import Job, calibrate
    from campaigncheck.calibration.write import REJECTED, refuse_full, result_folder, write_rejected, write_result

    refuse_file(target)
    refuse_full(target)
    job = Job(find_tickets(tickets), rules, catalogues, engine, master or "local[*]", campaigns, opening)
    with writing(target), result_folder(target) as work:
        stage, ready = work / "stage", work / "ready"
        stage.mkdir()
        outcome = calibrate(
            job, stage, lambda checked, sources: write_rejected(ready / REJECTED, checked, sources), _teller(lang)
        )
        halls = rules.network("halls.csv")
        assert halls is not None  # without it no hall is known
        names = write_result(ready, outcome, catalogues, halls)
    click.echo(
        write_text(outcome, {name: entry.name.text for name, entry in catalogues.steps.steps.items()}, lang), nl=False
    )
    click.echo(_WRITTEN(path=shown(target), names=names).render(lang))
    return OK


def _teller(lang: Lang) -> Callable[[Text], None]:
    """Tell each step to a person who waits."""
    return (lambda step: say(step(), lang)) if sys.stderr.isatty() else (lambda step: None)
