"""The calendar as iCalendar (RFC 5545), for ordinary calendar programs.

An event's UID comes from what it is about, so a file that is read again replaces its events. A campaign is the
same event in every city's file; crowds are events of their city. DTSTAMP is the day the calendar is made for, not
the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar

from campaigncheck import __version__
from campaigncheck.algebra.days import Days
from campaigncheck.calendar import words
from campaigncheck.calendar.crowded import Crowd
from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import Calendar, Holiday
from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Lang, Text

_NAME = Text("{place}营销日历", "Campaigns in {place}")
_SUMMARY = Text("{title}（{stage}）", "{title} ({stage})")
_CROWD = Text(
    "拥挤：{city}的营业厅 {most} 个营销案同时进行", "Crowded: {most} campaigns at one time in the halls of {city}"
)
_LIMIT = Text("最多 {limit} 个。这几天有：{titles}", "{limit} are allowed. On these days: {titles}")
_HOLIDAY = Text("公共假日", "public holiday")
_CROWDED = Text("拥挤", "crowded")
_DETAILS = (
    Text("编号：{id}", "Campaign: {id}"),
    Text("阶段：{stage}", "Stage: {stage}"),
    Text("优惠：{offers}", "Offers: {offers}"),
    Text("办理渠道：{channels}", "Channels: {channels}"),
    Text("负责：{department}，{contact}", "Owner: {department}, {contact}"),
)
_HALLS = Text("只在这些营业厅：{halls}", "Only in these halls: {halls}")
_PARENT = Text("落地的营销案：{parent}", "Localises: {parent}")
_FIRM = ("approved", "launched", "retired")
_DOMAIN = "campaigncheck"


def write(calendar: Calendar, lang: Lang) -> str:
    """Write one file for all the cities looked at."""
    place = words.places(calendar.cities, calendar.regions).render(lang)
    return _Events(calendar, lang).file(calendar.cities, place)


def write_cities(calendar: Calendar, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the code and the file of each city looked at."""
    events = _Events(calendar, lang)
    for city in calendar.regions.names(calendar.cities):
        yield city, events.file(calendar.regions.masks[city], calendar.regions.name(city))


class _Events:
    """Makes the events of one calendar in one language."""

    def __init__(self, calendar: Calendar, lang: Lang) -> None:
        self.calendar = calendar
        self.lang: Lang = lang
        self.stamp = datetime.combine(calendar.today, datetime.min.time(), UTC)
        self.campaigns: dict[str, bytes] = {}
        self.holidays = b"".join(_written(self.holiday(item)) for item in calendar.holidays)

    def file(self, cities: int, place: str) -> str:
        """Write the events of some cities: campaigns by start, then crowded days, then public holidays."""
        head, end = _written(self._empty(place)).split(b"END:VCALENDAR")
        parts = [head]
        parts += [self._campaign(row) for row in self.calendar.rows if row.cities & cities]
        for city in self.calendar.regions.names(cities):
            parts += [_written(self.crowd(city, crowd)) for crowd in self.calendar.crowding.by_city.get(city, ())]
        return b"".join([*parts, self.holidays, b"END:VCALENDAR", end]).decode()

    def _empty(self, place: str) -> icalendar.Calendar:
        made = icalendar.Calendar()
        made.add("version", "2.0")
        made.add("prodid", f"-//campaigncheck//campaigncheck {__version__}//{self.lang.upper()}")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", _NAME(place=place).render(self.lang))
        made.add("x-wr-timezone", "Asia/Shanghai")
        return made

    def _campaign(self, row: Row) -> bytes:
        """Return a campaign's event; it is written once, however many cities' files it is in."""
        written = self.campaigns.get(row.id)
        if written is None:
            written = self.campaigns[row.id] = _written(self.campaign(row))
        return written

    def campaign(self, row: Row) -> icalendar.Event:
        stage = STAGES[row.stage]().render(self.lang)
        event = self._event(f"campaign-{row.id}", row.days, _SUMMARY(title=row.title, stage=stage).render(self.lang))
        event.add("location", words.places(row.cities, self.calendar.regions).render(self.lang))
        event.add("description", "\n".join(self._details(row, stage)))
        event.add("categories", [*row.themes, stage])
        event.add("status", "CONFIRMED" if row.stage in _FIRM else "TENTATIVE")
        return event

    def crowd(self, city: str, crowd: Crowd) -> icalendar.Event:
        name = self.calendar.regions.name(city)
        said = _CROWD(city=name, most=crowd.most).render(self.lang)
        event = self._event(f"crowded-{city}-{crowd.days.start:%Y%m%d}", crowd.days, said)
        titles = [self.calendar.titles[name] for name in crowd.campaigns]
        event.add("location", name)
        event.add("description", _LIMIT(limit=crowd.limit, titles=titles).render(self.lang))
        event.add("categories", [_CROWDED().render(self.lang)])
        return event

    def holiday(self, holiday: Holiday) -> icalendar.Event:
        name: object = words.holiday_name(holiday.name, self.lang)
        said = words.PROVISIONAL(name=name).render(self.lang) if holiday.provisional else str(name)
        event = self._event(f"holiday-{holiday.days.start:%Y%m%d}", holiday.days, said)
        event.add("categories", [_HOLIDAY().render(self.lang)])
        event.add("status", "TENTATIVE" if holiday.provisional else "CONFIRMED")
        return event

    def _event(self, name: str, days: Days, summary: str) -> icalendar.Event:
        """Return an all-day event that blocks nobody's time; DTEND is the day after the last."""
        event = icalendar.Event()
        event.add("uid", f"{name}@{_DOMAIN}")
        event.add("dtstamp", self.stamp)
        event.add("summary", summary)
        event.add("dtstart", days.start)
        event.add("dtend", days.end + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return event

    def _details(self, row: Row, stage: str) -> Iterator[str]:
        values = {**row._asdict(), "stage": stage, "channels": [CHANNELS[name] for name in row.channels]}
        for detail in _DETAILS:
            yield detail(**values).render(self.lang)
        if row.halls:
            yield _HALLS(halls=row.halls).render(self.lang)
        if row.parent:
            yield _PARENT(parent=self.calendar.titles.get(row.parent, row.parent)).render(self.lang)


def _written(part: icalendar.Component) -> bytes:
    written: bytes = part.to_ical()
    return written
