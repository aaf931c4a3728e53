"""The calendar as CSV: a line for each campaign in each city, for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import Calendar
from campaigncheck.cells import BYTE_ORDER_MARK, harmless
from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Lang

COLUMNS = (
    "campaign", "title", "stage", "stage_name", "start", "end", "days", "province", "city_code", "city", "themes",
    "channels", "halls", "offers", "parent", "department", "contact", "crowded_days", "first_crowded", "path",
)  # fmt: skip


def write(calendar: Calendar, lang: Lang, for_excel: bool = False) -> str:
    """Write the calendar as CSV with CRLF (RFC 4180); for Excel with a byte order mark before it."""
    lines = [line for row in calendar.rows for line in _lines(calendar, row, lang)]
    frame = pd.DataFrame(lines, columns=list(COLUMNS), dtype=object)
    return (BYTE_ORDER_MARK if for_excel else "") + frame.to_csv(index=False, lineterminator="\r\n")


def _lines(calendar: Calendar, row: Row, lang: Lang) -> Iterator[list[str | int]]:
    """Yield the lines of one campaign, in order of city."""
    regions = calendar.regions
    for city in calendar.shown_cities(row):
        crowded = calendar.crowding.by_campaign.get((row.id, city), ())
        cells: list[str | int] = [
            row.id,
            row.title,
            row.stage,
            STAGES[row.stage]().render(lang),
            row.days.start.isoformat(),
            row.days.end.isoformat(),
            row.days.length,
            regions.name(regions.province(city)),
            city,
            regions.name(city),
            ";".join(row.themes),
            ";".join(CHANNELS[name]().render(lang) for name in row.channels),
            ";".join(sorted(row.halls)),
            ";".join(row.offers),
            row.parent or "",
            row.department,
            row.contact,
            sum(days.length for days in crowded),
            crowded[0].start.isoformat() if crowded else "",
            row.path,
        ]
        yield [harmless(cell) if isinstance(cell, str) else cell for cell in cells]
