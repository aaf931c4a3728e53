"""From complaint files to measured rates, to what caused complaints, and to how many were closed in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from campaigncheck.aftercare.rates import PER, kind
from campaigncheck.calibration.complaints import LAYOUT, REASONS, KnownCampaigns, Sums, add_up, check
from campaigncheck.calibration.complaints_rates import Cell, Estimates, estimate
from campaigncheck.calibration.complaints_specs import Clause, Fault, Past, Places, Studied, read_past, study
from campaigncheck.calibration.engines import Duck, Engine, Spark
from campaigncheck.calibration.files import TicketFile
from campaigncheck.calibration.outcome import Seen
from campaigncheck.calibration.past import EPOCH
from campaigncheck.calibration.run import REASON_TEXTS, Telling, seen
from campaigncheck.calibration.stage import Sources, despite_damage, stage
from campaigncheck.calibration.tickets import Checked
from campaigncheck.calibration.uniform import DAY
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.spark import LOCAL
from campaigncheck.messages import Message, Text

_HOUR = 3600

NO_FILES = Text("{path} 里没有投诉单", "there are no complaints in {path}")
NO_FILES_HINT = Text(
    "投诉单是扩展名为 .csv 或 .parquet 的文件；以点或下划线开头的不看。",
    "Complaints are files named .csv or .parquet; names that begin with a dot or an underscore are not looked at.",
)
_NO_CAMPAIGNS = Text("不知道投诉的是哪些营销案", "no campaign is known that complaints could be about")
_NO_CAMPAIGNS_HINT = Text(
    "用 --campaigns 写上当时的营销案在哪里，下了线的也要。",
    "Say with --campaigns where the specs of that time are, retired ones included.",
)

REASONS_TOLD = REASON_TEXTS | {
    "campaign": Text("不认识的营销案", "unknown campaign"),
    "topic": Text("不认识的主题", "unknown topic"),
    "closed_early": Text("处理完早于受理", "closed before opened"),
    "before_start": Text("受理早于活动开始", "opened before the campaign began"),
    "order_twice": Text("同一张单子出现两次", "the same order twice"),
}
_TELLING = Telling(
    REASONS, REASONS_TOLD,
    Text("{rows} 条投诉单没有一条能用：{reasons}", "of {rows} complaints none can be used: {reasons}"),
    Text(
        "原因最多的是“{reason}”；先照它检查导出的数据，主题要用 faq.yaml 里的。",
        "Most are “{reason}”: check the export for that first; topics are those of faq.yaml.",
    ),
)  # fmt: skip

STEPS = (
    Text("读投诉单", "reading complaints"),
    Text("检查当时的营销案", "checking the campaigns of that time"),
)


class Handled(NamedTuple):
    """How orders were handled: all, those late (closed or not), those open, and those open that are not late yet."""

    orders: int
    late: int
    open: int
    pending: int

    @property
    def in_time(self) -> float | None:
        """The share closed within the time promised, of those whose time is up; None where there is none yet."""
        judged = self.orders - self.pending
        return (judged - self.late) / judged if judged else None


class Cause(NamedTuple):
    """Complaints of a campaign about a topic, the clause that it comes from, and the findings that there were on it.

    Findings that may bring complaints about anything are not among them.
    """

    campaign: str
    path: str
    topic: str
    complaints: int
    customers: float | None
    clause: Clause
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Job:
    """What to measure from.

    Attributes:
        files: the complaints.
        catalogues: the rules folder's.
        campaigns: where the specs of the campaigns are.
        engine: ``duckdb`` or ``spark``.
        master: the master URL of Spark.
        factors: how many times as many customers as planned there were, by campaign, where tickets tell.
    """

    files: Sequence[TicketFile]
    catalogues: Catalogues
    campaigns: Sequence[str]
    engine: str = "duckdb"
    master: str = LOCAL
    factors: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Outcome:
    """What complaints have shown.

    Attributes:
        seen: what was read.
        first: the day of the first complaint.
        last: that of the last one.
        studied: the campaigns that were looked at.
        handled: how orders were handled, in all, by channel and by campaign.
        causes: what complaints come from, most complaints first.
        estimates: the rates.
        promise: hours within which a complaint is to be closed, and the per cent of all that are to be.
        remarks: what else there is to say.
    """

    seen: Seen
    first: date
    last: date
    studied: Sequence[Studied]
    handled: Handled
    by_channel: Mapping[str, Handled]
    by_campaign: Mapping[str, Handled]
    causes: Sequence[Cause]
    estimates: Estimates
    promise: tuple[float, float]
    remarks: Sequence[Message]

    @property
    def unknown(self) -> int:
        """How many campaigns have complaints, but nobody knows how many customers."""
        named = {cause.campaign for cause in self.causes}
        return sum(not item.customers and item.past.campaign.id in named for item in self.studied)


def measure(
    job: Job, folder: Path, keep: Callable[[Checked, Sources], None], tell: Callable[[Text], None] = lambda step: None
) -> Outcome:
    """Measure; arguments are those of :func:`campaigncheck.calibration.run.calibrate`.

    Raises:
        UsageError: when no campaign is known, no complaint can be used, or the engine does not start.
    """
    past, remarks = read_past(job.campaigns)
    if not past:
        raise UsageError(_NO_CAMPAIGNS(), _NO_CAMPAIGNS_HINT())
    tell(STEPS[0])
    staged = stage(job.files, folder, layout=LAYOUT)
    known = folder / "campaigns.parquet"
    KnownCampaigns(list(past), [item.start for item in past.values()]).write(known)
    topics = list(job.catalogues.faq.topics)
    promise = job.catalogues.limit("complaint_hours")
    engine: Engine = Duck(folder) if job.engine == "duckdb" else Spark(folder, job.master)
    try:
        sources, checked = despite_damage(staged, folder, lambda files: check(engine, files, str(known), topics))
        read = seen(sources, checked, _TELLING)
        keep(checked, sources)
        sums = add_up(checked, round(promise * _HOUR))
    finally:
        engine.close()
    tell(STEPS[1])
    return _outcome(job, read, past, sums, remarks)


def _outcome(job: Job, read: Seen, past: Mapping[str, Past], sums: Sums, remarks: list[Message]) -> Outcome:
    ids = list(past)
    orders = list(_orders(sums, ids))
    days = range(sums.first // DAY, sums.last_opened // DAY + 1)
    named = frozenset(order.campaign for order in orders)
    studied = study(past, named, days, job.catalogues, job.factors or {}, remarks)
    counts = Counter[tuple[str, str]]()
    for order in orders:
        counts[order.campaign, order.topic] += order.handled.orders
    limit = job.catalogues.limit
    return Outcome(
        read, EPOCH + timedelta(days=days[0]), EPOCH + timedelta(days=days[-1]), studied,
        _added(order.handled for order in orders),
        _by(orders, "channel"), _by(orders, "campaign"),
        _causes(studied, counts, job.catalogues), estimated(studied, counts, job.catalogues),
        (limit("complaint_hours"), limit("complaints_in_time")), remarks,
    )  # fmt: skip


class _Orders(NamedTuple):
    """Orders of one campaign about one topic by one channel."""

    campaign: str
    topic: str
    channel: str
    handled: Handled


def _orders(sums: Sums, ids: Sequence[str]) -> Iterator[_Orders]:
    columns = [sums.cells[name] for name in ("code", "topic", "channel", "rows", "late", "open", "pending")]
    for code, topic, channel, *counts in zip(*columns, strict=True):
        yield _Orders(ids[code], topic, channel, Handled(*map(int, counts)))


def _by(orders: Sequence[_Orders], name: str) -> dict[str, Handled]:
    groups: dict[str, list[Handled]] = {}
    for order in orders:
        groups.setdefault(getattr(order, name), []).append(order.handled)
    return {key: _added(found) for key, found in sorted(groups.items())}


def _added(parts: Iterable[Handled]) -> Handled:
    return Handled(*map(sum, zip(*parts, strict=True)))


def _causes(studied: Sequence[Studied], counts: Mapping[tuple[str, str], int], catalogues: Catalogues) -> list[Cause]:
    found = []
    for item in studied:
        campaign = item.past.campaign
        topics = [topic for topic in catalogues.faq.topics if counts.get((campaign.id, topic))]
        places = Places(item.past, catalogues) if topics else None
        for topic in topics:
            assert places is not None  # made if there are topics
            faults = tuple(fault for fault in item.faults if topic in fault.topics and fault.topics != item.topics)
            found.append(
                Cause(
                    campaign.id, item.past.spec.shown, topic, counts[campaign.id, topic], item.customers,
                    places.clause(topic), faults,
                )
            )  # fmt: skip
    return sorted(found, key=lambda cause: (-cause.complaints, cause.path, cause.clause.place, cause.topic))


def estimated(studied: Sequence[Studied], counts: Mapping[tuple[str, str], int], catalogues: Catalogues) -> Estimates:
    """Estimate from the topics of campaigns that had customers in the days of the files."""
    cells = []
    for item in studied:
        if item.customers:
            found = weights(item.faults)
            cells += [
                Cell(topic, item.customers, counts.get((item.past.campaign.id, topic), 0), found.get(topic, {}))
                for topic in dict.fromkeys((*item.topics, *found))
            ]
    rules = {fault.rule for item in studied for fault in item.faults}
    assumed = {rule: catalogues.limit(f"complaints_{kind(rule)}") / PER for rule in rules}
    usual, prior = catalogues.limit("complaints_usual") / PER, catalogues.limit("complaint_prior")
    return estimate(cells, assumed, usual, prior)


def weights(faults: Sequence[Fault]) -> dict[str, dict[str, float]]:
    """Return for each topic the findings on it, by rule; one on several topics counts in parts."""
    found: dict[str, dict[str, float]] = {}
    for fault in faults:
        for topic in fault.topics:
            rules = found.setdefault(topic, {})
            rules[fault.rule] = rules.get(fault.rule, 0.0) + 1 / len(fault.topics)
    return found
