"""What a user wants to see: regions, themes, stages and a window of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.calendar.load import Row
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.region_named import known_region
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name
from campaigncheck.understand.entry import STAGES

AHEAD = 2 * 366
"""Days shown when nobody says until when, however long a campaign runs."""

LONGEST = 3_660
"""Days that one calendar can show."""

_UNKNOWN = Text("{option} 的“{given}”不认识", "{option}: “{given}” is not known")
_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_KNOWN = Text("可以写：{names}。", "Known: {names}.")
_NO_THEMES = Text("没有一个营销案写了 themes。", "No campaign states themes.")
_WRONG_ORDER = Text("--to {end} 早于 --from {start}", "--to {end} is before --from {start}")
_WRONG_ORDER_HINT = Text("两个日期换一下。", "Exchange the two dates.")
_TOO_LONG = Text(
    "从 {start} 到 {end} 有 {days} 天，一张日历放不下", "{start} to {end} is {days} days, too many for one calendar"
)
_TOO_LONG_HINT = Text("最多 {most} 天；缩短 --from/--to。", "At most {most} days: bring --from and --to together.")


class Wanted(NamedTuple):
    """What is asked for; nothing given means everything, but for retired campaigns."""

    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def cities(self, tree: RegionTree) -> int:
        """Return the cities of the regions asked for; a county stands for its city."""
        return tree.scope(self.regions or (COUNTRY,))

    def fits(self, row: Row, cities: int) -> bool:
        """Whether a campaign is wanted, its days apart."""
        stage = row.stage in self.stages if self.stages else row.stage != "retired"
        theme = not self.themes or bool(set(self.themes) & set(row.themes))
        return stage and theme and bool(row.cities & cities)


def known(wanted: Wanted, catalogues: Catalogues, rows: Sequence[Row]) -> Wanted:
    """Return what is asked for with the codes of its regions, and refuse what does not exist.

    Raises:
        UsageError: with the nearest known name.
    """
    regions = [known_region("--region", given, catalogues.regions, catalogues.former) for given in wanted.regions]
    for given in wanted.stages:
        if given not in STAGES:
            raise UsageError(_UNKNOWN(option="--stage", given=given), _hint(given, STAGES))
    themes = sorted({theme for row in rows for theme in row.themes})
    for given in wanted.themes:
        if given not in themes:
            raise UsageError(_UNKNOWN(option="--theme", given=given), _hint(given, themes))
    if wanted.start and wanted.end and wanted.end < wanted.start:
        raise UsageError(_WRONG_ORDER(start=wanted.start, end=wanted.end), _WRONG_ORDER_HINT())
    return wanted._replace(regions=tuple(dict.fromkeys(regions)))


def _hint(given: str, names: Sequence[str]) -> Message:
    nearest = nearest_name(given, names)
    if nearest:
        return _NEAREST(nearest=nearest)
    return _KNOWN(names=list(names)) if names else _NO_THEMES()


def window(wanted: Wanted, periods: Iterable[Days], today: date) -> Days:
    """Return the days to show.

    They begin with the current month unless a start is given or retired campaigns are asked for, and
    end with the last campaign unless an end is given.

    Raises:
        UsageError: when there are more days than one calendar can show.
    """
    found = list(periods)
    first = _first(wanted, found, today)
    if wanted.end is not None:
        last = wanted.end.toordinal()
    else:
        last = max([days.last for days in found if days.last >= first], default=first)
        last = min(last, first + AHEAD)
    days = Days(first, max(first, last)) if wanted.start is None else Days(first, last)
    if days.length > LONGEST:
        raise UsageError(_TOO_LONG(start=days.start, end=days.end, days=days.length), _TOO_LONG_HINT(most=LONGEST))
    return days


def _first(wanted: Wanted, periods: Sequence[Days], today: date) -> int:
    if wanted.start is not None:
        return wanted.start.toordinal()
    month = today.replace(day=1).toordinal()
    earliest = min([days.first for days in periods], default=month)
    if wanted.end is not None and wanted.end.toordinal() < month:
        return min(earliest, wanted.end.toordinal())
    return min(earliest, month) if "retired" in wanted.stages else month
