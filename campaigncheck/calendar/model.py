"""The calendar as plain data: what is shown, the window, crowded days and holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.calendar.crowded import Crowd, Crowding, find_crowds
from campaigncheck.calendar.load import Loaded, Row
from campaigncheck.calendar.wanted import Wanted, window
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.workdays import WorkCalendar
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

_NOTHING = Text("没有可以放进日历的营销案", "there is nothing to show in the calendar")
_NOTHING_WANTED_HINT = Text(
    "仓库里有 {count} 个营销案，但没有一个同时符合 --region、--theme、--stage 和 --from/--to；"
    "已下线的要写 --stage retired，已经结束的要把 --from 写早一些。",
    "None of the {count} campaigns fits --region, --theme, --stage and --from/--to together; retired ones want "
    "--stage retired, those that are over an earlier --from.",
)
_NOTHING_READ_HINT = Text(
    "营销案都读不懂；先运行 campaigncheck check，按提示改好。",
    "None of the campaigns can be understood: run `campaigncheck check` and mend them first.",
)


class Holiday(NamedTuple):
    """A public holiday with its arranged days off; ``provisional``: not announced yet."""

    name: str
    days: Days
    provisional: bool


class SharedCrowd(NamedTuple):
    """The same crowd in several cities."""

    cities: int
    crowd: Crowd


@dataclass(frozen=True)
class Calendar:
    """What is shown: campaigns by start, the window, and the cities looked at."""

    rows: tuple[Row, ...]
    titles: dict[str, str]
    window: Days
    today: date
    cities: int
    crowding: Crowding
    holidays: tuple[Holiday, ...]
    holidays_until: int
    regions: RegionTree

    def groups(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the campaigns by province; those of several provinces come first."""
        ordered = sorted(self.rows, key=self.province)  # stable: by start within
        for code, rows in groupby(ordered, key=self.province):
            yield code, list(rows)

    def province(self, row: Row) -> str:
        """Return the province a campaign runs in; the country for one that runs in several."""
        found = {self.regions.province(code) for code in self.regions.cover(row.cities)}
        return found.pop() if len(found) == 1 else COUNTRY

    def shown_cities(self, row: Row) -> Iterator[str]:
        """Yield the cities of a campaign that are looked at."""
        return self.regions.names(row.cities & self.cities)

    def crowded(self, row: Row) -> list[Days]:
        """Return the days on which a campaign stands in a crowd in any of the cities looked at."""
        found = self.crowding.by_campaign
        return union(days for city in self.shown_cities(row) for days in found.get((row.id, city), ()))

    @cached_property
    def crowded_days(self) -> list[Days]:
        """The days on which any of the cities looked at is crowded."""
        return union(crowd.days for crowds in self.crowding.by_city.values() for crowd in crowds)

    @cached_property
    def crowds(self) -> list[SharedCrowd]:
        """The crowds, those that cities have in common drawn together, in order of time and place."""
        found: dict[Crowd, int] = {}
        for city, crowds in self.crowding.by_city.items():
            for crowd in crowds:
                found[crowd] = found.get(crowd, 0) | self.regions.masks[city]
        shared = [SharedCrowd(cities, crowd) for crowd, cities in found.items()]
        return sorted(shared, key=lambda item: (item.crowd.days, next(self.regions.names(item.cities)), item.crowd))


def build(loaded: Loaded, wanted: Wanted, catalogues: Catalogues, today: date) -> Calendar:
    """Choose what is wanted and look at its days.

    Raises:
        UsageError: when nothing is left to show.
    """
    regions = catalogues.regions
    mask = wanted.cities(regions)
    chosen = [row for row in loaded.rows if row.asked and wanted.fits(row, mask)]
    shown_days = window(wanted, [row.days for row in chosen], today)
    rows = sorted((row for row in chosen if not row.days.meet(shown_days).empty), key=lambda row: (row.days, row.id))
    if not rows:
        hint = _NOTHING_WANTED_HINT(count=len(loaded.rows)) if loaded.rows else _NOTHING_READ_HINT()
        raise UsageError(_NOTHING(), hint)
    cities = 0
    for row in rows:
        cities |= row.cities & mask
    ahead = Days(max(today.toordinal(), shown_days.first), shown_days.last)
    return Calendar(
        rows=tuple(rows),
        titles={row.id: row.title for row in loaded.rows},
        window=shown_days,
        today=today,
        cities=cities,
        crowding=find_crowds(loaded.rows, regions, catalogues.network.city_of, _limit(catalogues), ahead, cities),
        holidays=tuple(_holidays(catalogues.calendar, shown_days)),
        holidays_until=max((day.year for day in catalogues.calendar.holidays), default=0),
        regions=regions,
    )


def _limit(catalogues: Catalogues) -> Callable[[str], int]:
    """Return what tells how many campaigns are allowed in a city; its policy may be stricter than the country's."""
    return lambda city: int(catalogues.limit("live_campaigns", city))


def union(parts: Iterable[Days]) -> list[Days]:
    """Return the days in any of the periods, as few periods as there can be."""
    found: list[Days] = []
    for days in sorted(parts):
        if found and days.first <= found[-1].last + 1:
            found[-1] = Days(found[-1].first, max(found[-1].last, days.last))
        else:
            found.append(days)
    return found


def _holidays(calendar: WorkCalendar, span: Days) -> Iterator[Holiday]:
    """Yield the public holidays of a window, consecutive days of one name as one."""
    last: Holiday | None = None
    for day, name in sorted(calendar.holidays.items()):
        ordinal, provisional = day.toordinal(), calendar.provisional(day)
        if not span.first <= ordinal <= span.last:
            continue
        if last and (last.name, last.days.last + 1, last.provisional) == (name, ordinal, provisional):
            last = last._replace(days=Days(last.days.first, ordinal))
            continue
        if last:
            yield last
        last = Holiday(name, Days(ordinal, ordinal), provisional)
    if last:
        yield last
