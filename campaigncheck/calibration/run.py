"""A calibration from ticket files to all that is found in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration import past, steps
from campaigncheck.calibration.arrivals import arrivals
from campaigncheck.calibration.counters import counters
from campaigncheck.calibration.engines import Duck, Engine, Spark
from campaigncheck.calibration.files import TicketFile
from campaigncheck.calibration.hours import Estimates, hour_rows, read_former
from campaigncheck.calibration.intervals import services
from campaigncheck.calibration.measure import Sums, add_up, days_of, reasons
from campaigncheck.calibration.outcome import Outcome, Seen
from campaigncheck.calibration.service import service
from campaigncheck.calibration.stage import Sources, despite_damage, stage
from campaigncheck.calibration.tickets import REASONS, Checked, HallTable, check
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import Network
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.spark import LOCAL
from campaigncheck.messages import Text

_DAY_MINUTES = 24 * 60
_AROUND = 60
"""Minutes before opening and after closing in which a ticket is still believed."""

_NO_HALLS = Text("不知道有哪些营业厅", "no hall is known")
_NO_HALLS_HINT = Text(
    "规则目录里要有 network/halls.csv（hall,name,region）；用 --rules 指定目录。",
    "The rules folder needs network/halls.csv (hall,name,region); --rules names the folder.",
)
_NONE_LEFT = Text("{rows} 条取号记录没有一条能用：{reasons}", "of {rows} tickets none can be used: {reasons}")
_NONE_LEFT_HINT = Text(
    "原因最多的是“{reason}”；先照它检查导出的数据和 network/halls.csv。",
    "Most are “{reason}”: check the export and network/halls.csv for that first.",
)
_COUNTED = Text("{reason} {rows}", "{reason} {rows}")

REASON_TEXTS = {
    "encoding": Text("不是 UTF-8 也不是 GB18030", "neither UTF-8 nor GB18030"),
    "columns": Text("列数不对", "wrong number of columns"),
    "cut_off": Text("最后一行没写完", "last line cut off"),
    "time": Text("时间读不懂", "time cannot be read"),
    "empty": Text("有空的格子", "empty cells"),
    "hall": Text("不认识的营业厅", "unknown hall"),
    "class": Text("不认识的客户类别", "unknown class"),
    "called_early": Text("叫号早于取号", "called before taken"),
    "finished_early": Text("办完早于叫号", "finished before called"),
    "not_served": Text("叫号即结束，没有办理", "called and ended at once, not served"),
    "another_day": Text("跨到了另一天", "goes on into another day"),
    "too_long": Text("办理超过 3 小时", "served for over 3 hours"),
    "closed": Text("不在营业时间取的号", "taken when the hall is closed"),
    "twice": Text("同一张号出现两次", "the same ticket twice"),
    "unreadable": Text("整个文件读不出来", "the whole file cannot be read"),
}
"""How each reason for setting a row aside is told."""

STEPS = (
    Text("读取号记录", "reading tickets"),
    Text("检查", "checking"),
    Text("统计", "adding up"),
    Text("估计", "estimating"),
)


@dataclass(frozen=True)
class Job:
    """What to calibrate from.

    Attributes:
        files: the tickets.
        rules: the rules folder.
        catalogues: what is in it.
        engine: ``duckdb`` or ``spark``.
        master: the master URL of Spark.
        campaigns: where the specs of past campaigns are.
        opening: hours of the day between which tickets are believed, in place of those of each hall.
    """

    files: Sequence[TicketFile]
    rules: RuleFiles
    catalogues: Catalogues
    engine: str = "duckdb"
    master: str = LOCAL
    campaigns: Sequence[str] = ()
    opening: tuple[int, int] | None = None


def calibrate(
    job: Job, folder: Path, keep: Callable[[Checked, Sources], None], tell: Callable[[Text], None] = lambda step: None
) -> Outcome:
    """Calibrate; ``keep`` is given the rows set aside while the engine is there, ``tell`` what is being done.

    Args:
        job: what to calibrate from.
        folder: an empty folder for intermediate files; workers of a cluster must be able to read it.
        keep: takes the rows that are set aside.
        tell: is told each step.

    Raises:
        UsageError: when no hall is known, no ticket can be used, or the engine does not start.
    """
    network = job.catalogues.network
    if not network.halls:
        raise UsageError(_NO_HALLS(), _NO_HALLS_HINT())
    tell(STEPS[0])
    sources = stage(job.files, folder)
    halls = _hall_table(network, job.opening)
    halls.write(folder / "halls.parquet")
    engine: Engine = Duck(folder) if job.engine == "duckdb" else Spark(folder, job.master)
    try:
        tell(STEPS[1])
        sources, checked = _check(job, engine, sources, folder)
        read = seen(sources, checked)
        keep(checked, sources)
        tell(STEPS[2])
        kinds = _kinds(days_of(checked), job.catalogues)
        sums = add_up(checked, kinds)
    finally:
        engine.close()
    tell(STEPS[3])
    return _estimate(job, read, halls.ids, kinds, sums)


def _check(job: Job, engine: Engine, sources: Sources, folder: Path) -> tuple[Sources, Checked]:
    """Check the tickets."""
    halls, classes = str(folder / "halls.parquet"), _classes(job.catalogues)
    return despite_damage(sources, folder, lambda files: check(engine, files, halls, classes))


def _hall_table(network: Network, opening: tuple[int, int] | None) -> HallTable:
    """Return the halls, in the order of ``halls.csv``."""
    ids = list(network.halls)
    hours = []
    for hall in ids:
        first, last = network.halls[hall].hours or (0, _DAY_MINUTES)
        hours.append((opening[0] * 60, opening[1] * 60) if opening else (first - _AROUND, last + _AROUND))
    return HallTable(ids, [first * 60 for first, _ in hours], [last * 60 for _, last in hours])


def _classes(catalogues: Catalogues) -> dict[str, bool]:
    """Return how classes may be written: premium and other, or a brand."""
    found = {"premium": True, "other": False}
    for entry in catalogues.attributes.attributes.values():
        if entry.premium:
            found |= {value: value in entry.premium for value in entry.values}
    return found


class Telling(NamedTuple):
    """How rows set aside are told: the reasons in order with their texts, and what is said if no row is left."""

    order: Sequence[str]
    texts: Mapping[str, Text]
    none_left: Text
    hint: Text


_TICKETS = Telling(REASONS, REASON_TEXTS, _NONE_LEFT, _NONE_LEFT_HINT)


def seen(sources: Sources, checked: Checked, telling: Telling = _TICKETS) -> Seen:
    """Return what was read, and what of it was set aside.

    Raises:
        UsageError: when nothing is left.
    """
    found = reasons(checked)
    set_aside = {reason: found[reason] for reason in telling.order if reason in found}
    names = [file.shown for file in sources.files]
    rows = sum(filter(None, sources.rows))
    zones = dict(sorted(sources.zones.items()))
    found_in = Seen(names, sources.unreadable, rows, set_aside, zones, sorted(sources.ignored))
    if not found_in.used:
        counted = [_COUNTED(reason=telling.texts[reason], rows=count) for reason, count in set_aside.items()]
        worst = max(set_aside, key=lambda reason: set_aside[reason], default="empty")
        raise UsageError(telling.none_left(rows=rows, reasons=counted), telling.hint(reason=telling.texts[worst]))
    return found_in


def _kinds(days: Sequence[int], catalogues: Catalogues) -> dict[int, int]:
    edge = _edge(catalogues)
    dates = {day: past.EPOCH + timedelta(days=day) for day in days}
    return {day: DAY_TYPES.index(catalogues.calendar.day_type(on, edge)) for day, on in dates.items()}


def _edge(catalogues: Catalogues) -> int:
    return catalogues.whole_limit("blackout_days")


def _estimate(job: Job, read: Seen, halls: Sequence[str], kinds: dict[int, int], sums: Sums) -> Outcome:
    number = len(halls)
    estimates = Estimates(
        arrivals(sums.arrivals, number, kinds),
        counters(sums.counters, number),
        service(sums.halls, sums.cells, number),
    )
    names = sorted(set(sums.transactions["transaction"]))
    places = {name: at for at, name in enumerate(names)}
    groups = np.array([places[name] for name in sums.transactions["transaction"]], np.int64)
    specs = past.read_specs(job.campaigns, sums.campaigns["campaign"])
    compared = past.compare(
        sums.campaigns, specs, job.catalogues, _ground(job, halls, estimates, kinds, sums.reach["code"])
    )
    announced = job.catalogues.calendar.announced
    years = sorted({(past.EPOCH + timedelta(days=day)).year for day in kinds} - announced)
    former = read_former(job.rules.network("hours.csv"))
    return Outcome(
        read, kinds, years, halls, estimates, list(hour_rows(halls, estimates, former)),
        (names, services(sums.transactions, groups, len(names))),
        compared, steps.scale(compared, job.catalogues.steps), specs.remarks,
    )  # fmt: skip


def _ground(
    job: Job, halls: Sequence[str], estimates: Estimates, kinds: dict[int, int], reached: NDArray[np.int64]
) -> past.Ground:
    """Return where tickets come from; a hall's usual customers are the measured ones, else those of ``hours.csv``."""
    measured = np.nan_to_num(estimates.arrivals.mean).sum(axis=(2, 3))
    hours = job.catalogues.network.hall_hours
    assumed = np.zeros_like(measured)
    for code, hall in enumerate(halls):
        if hall in hours.halls:
            assumed[code] = hours.arrivals[hours.halls[hall]].sum(axis=1)
    used = estimates.service.halls.rows > 0
    used[reached] = True
    return past.Ground(halls, used, np.where(measured > 0, measured, assumed), kinds, _edge(job.catalogues))
