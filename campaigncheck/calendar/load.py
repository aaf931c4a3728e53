"""Reads what a calendar says of each campaign; no rule is run for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.calendar.words import visible
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.repository import SpecFile
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import Document, load
from campaigncheck.source.errors import SourceError
from campaigncheck.source.place import Place
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import Memo
from campaigncheck.understand.entry import right_of_way
from campaigncheck.understand.meaning import understand
from campaigncheck.workbook.names import is_workbook

_LEFT_OUT = Text("读不懂，日历里没有它：{what}", "cannot be understood and is not in the calendar: {what}")
_WORKBOOK = Text("Excel 工作簿要先用 campaigncheck import 导入", "bring workbooks in by `campaigncheck import` first")
_WRONG_ORDER = Text("活动期的结束早于开始", "the period ends before it starts")
_NOWHERE = Text("地区里一个城市也没有", "its regions hold no city")
_UNKNOWN_REGION = Text(
    "没有代码为“{code}”的地区，日历里没有这一处",
    "there is no region “{code}”; the calendar leaves it out",
)
_TWICE = Text(
    "编号“{id}”已经被 {path} 用了，日历里只有那一个",
    "the id “{id}” is that of {path}; only that one is in the calendar",
)


class Row(NamedTuple):
    """What a calendar says of one campaign; ``asked``: it is one of those chosen, not just around them."""

    id: str
    path: str
    asked: bool
    title: str
    stage: str
    themes: tuple[str, ...]
    days: Days
    cities: int
    channels: tuple[str, ...]
    halls: frozenset[str]
    parent: str | None
    department: str
    contact: str
    offers: tuple[str, ...]

    @property
    def in_halls(self) -> bool:
        """Whether it is sold at the counter."""
        return "hall" in self.channels

    @property
    def rank(self) -> tuple[int, int]:
        """Right of way, smaller first."""
        return right_of_way(self.stage, self.days.first)


class Remark(NamedTuple):
    """Something about a spec that the calendar cannot show, and where it stands."""

    place: str
    message: Message


class Loaded(NamedTuple):
    """The campaigns of a repository in order of path, and what could not be made of them."""

    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]


def read_all(specs: Sequence[SpecFile], catalogues: Catalogues, progress: Callable[[int], None]) -> Loaded:
    """Read every spec; of several with one id the one with right of way counts, as everywhere."""
    rows: dict[str, Row] = {}
    remarks: list[Remark] = []
    memo: Memo = {}
    for spec in specs:
        row, found = _read(spec, catalogues, memo)
        remarks += found
        if row is not None:
            known = rows.setdefault(row.id, row)
            if known is not row:
                rows[row.id], other = (row, known) if row.rank < known.rank else (known, row)
                remarks.append(Remark(other.path, _TWICE(id=row.id, path=rows[row.id].path)))
        progress(1)
    return Loaded(tuple(sorted(rows.values(), key=attrgetter("path"))), tuple(remarks))


def _read(spec: SpecFile, catalogues: Catalogues, memo: Memo) -> tuple[Row | None, list[Remark]]:
    if is_workbook(spec.file):
        return None, [Remark(spec.shown, _LEFT_OUT(what=_WORKBOOK))]
    try:
        value, document, _ = load(spec.file, spec.shown)
    except SourceError as error:
        return None, [_left_out(spec, error.place, error.message)]
    campaign = fit(Campaign, value)
    if isinstance(campaign, list):
        first = campaign[0]
        return None, [_left_out(spec, document.place(first.path, key=first.key), first.message)]
    if campaign.period.end < campaign.period.start:
        return None, [_left_out(spec, document.place(("period", "end")), _WRONG_ORDER())]
    remarks = list(_unknown_regions(spec, campaign, document, catalogues))
    cities = understand(campaign, catalogues, memo).cities
    if not cities:
        return None, [*remarks, _left_out(spec, document.place(("regions",)), _NOWHERE())]
    return _row(spec, campaign, cities), remarks


def _left_out(spec: SpecFile, place: Place, what: Message) -> Remark:
    return Remark(f"{spec.shown}:{place.line}:{place.column}", _LEFT_OUT(what=what))


def _unknown_regions(
    spec: SpecFile, campaign: Campaign, document: Document, catalogues: Catalogues
) -> Iterator[Remark]:
    for index, code in enumerate(campaign.regions.include):
        if code not in catalogues.regions.regions:
            place = document.place(("regions", "include", index))
            yield Remark(f"{spec.shown}:{place.line}:{place.column}", _UNKNOWN_REGION(code=code))


def _row(spec: SpecFile, campaign: Campaign, cities: int) -> Row:
    return Row(
        id=campaign.id,
        path=spec.shown,
        asked=spec.selected,
        title=visible(campaign.title),
        stage=campaign.stage,
        themes=_each_once(campaign.themes),
        days=Days.of(campaign.period.start, campaign.period.end),
        cities=cities,
        channels=_each_once(campaign.channels),
        halls=frozenset(campaign.halls),
        parent=campaign.parent,
        department=visible(campaign.owner.department),
        contact=visible(campaign.owner.contact),
        offers=tuple(visible(offer.name) for offer in campaign.offers),
    )


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
