"""What a national forecast comes to, for people: by province, and in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.forecast.left_out import LeftOut, mark, told
from campaigncheck.forecast.national.work import NOTHING, Totals
from campaigncheck.forecast.text import NOBODY
from campaigncheck.messages import Lang, Message, Text

_WIDTH = 400
"""Tables are as wide as they have to be; lines are not broken."""
_HEAD = Text(
    "{halls} 个营业厅，{first} 到 {last}：{promises} 个“厅 × 日 × 钟头 × 客户类别”里 {kept} 个守住承诺（{percent}%）",
    "{halls} halls, {first} to {last}: {kept} of {promises} promises (hall, day, hour and class) are kept ({percent}%)",
)
_HOW = Text(
    "{exact} 个“厅 × 日”拿不准，用精确方法算；其余 {quick} 个用快速方法。",
    "{exact} days of halls were in doubt and worked out exactly, the other {quick} at a glance.",
)
_WHAT = Text(
    "“因本次营销案”是指不办这些营销案就守得住的。",
    "“Because of them” are promises that are kept without the campaigns asked about.",
)
_WRITTEN = Text("写到 {path}，一行一个钟头。", "Each row of {path} is an hour.")
_EMPTY = Text("{path} 里没有一行。", "{path} has no rows.")
_COLUMNS = (
    Text("省份", "province"), Text("营业厅", "halls"), Text("承诺", "promises"), Text("守不住", "broken"),
    Text("因本次营销案", "because of them"), Text("涉及的厅", "halls with these"),
)  # fmt: skip
_TOTAL = Text("合计", "in all")


def write(
    found: Mapping[str, Totals], days: Days, regions: RegionTree, path: str, halls: Sequence[LeftOut], lang: Lang
) -> str:
    """Write the table of provinces, and a line or two about it."""
    if not found:
        return f"{NOBODY().render(lang)}\n{_EMPTY(path=path).render(lang)}\n"
    out = StringIO()
    console = Console(file=out, width=_WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    every = NOTHING
    for totals in found.values():
        every = every.plus(totals)
    without = mark(halls)
    console.print(_head(every, days).render(lang) + (without.render(lang) if without else ""))
    console.print(_table(found, every, regions, lang))
    console.print(_WHAT().render(lang))
    console.print(_HOW(exact=f"{every.exact:,}", quick=f"{every.hall_days - every.exact:,}").render(lang))
    console.print(_WRITTEN(path=path).render(lang))
    if halls:
        console.print("\n" + "\n".join(told(halls, lang)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(every: Totals, days: Days) -> Message:
    kept = every.promises - every.broken
    return _HEAD(
        halls=f"{every.halls:,}",
        first=days.start.isoformat(),
        last=days.end.isoformat(),
        promises=f"{every.promises:,}",
        kept=f"{kept:,}",
        percent=_percent(kept, every.promises),
    )


def _percent(part: int, whole: int) -> str:
    """Return a share in percent, never 100 % as long as anything is missing."""
    return f"{part * 1000 // max(whole, 1) / 10:.1f}"


def _table(found: Mapping[str, Totals], every: Totals, regions: RegionTree, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False)
    for index, column in enumerate(_COLUMNS):
        table.add_column(column().render(lang), justify="right" if index else "left", no_wrap=True)
    for province, totals in found.items():
        table.add_row(regions.name(province), *_cells(totals))
    if len(found) > 1:
        table.add_row(_TOTAL().render(lang), *_cells(every))
    return table


def _cells(totals: Totals) -> tuple[str, ...]:
    figures = (totals.halls, totals.promises, totals.broken, totals.caused, totals.halls_broken)
    return tuple(f"{figure:,}" for figure in figures)
