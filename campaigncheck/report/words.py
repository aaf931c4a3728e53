"""What words cost at the counter: the dearest ones for the end of the text report, and all of them as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from campaigncheck.engine.finding import Finding, Report
from campaigncheck.handling.words import WordCost
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import names

MOST = 5
"""How many words the text report shows."""

_WORD_CELLS = 24
_LEAST = 0.05
"""Minutes under this would be shown as 0.0."""

_TITLE = Text(
    "这些话要让柜台多花的时间（按 policy.yaml 的 word_ 各项假设估算）",
    "What these words cost the counter (estimated from the assumptions word_… in policy.yaml)",
)
_COLUMNS = (
    Text("分钟", "minutes"),
    Text("每人秒数", "s/customer"),
    Text("人数", "customers"),
    Text("说法", "word"),
    Text("写在", "stands in"),
    Text("位置", "place"),
    Text("营销案", "campaign"),
)
_TO_THE_RIGHT = (True, True, True, False, False, False, False)
_TOTAL = Text("共 {count} 处，合计 {minutes} 分钟。", "Places: {count}, {minutes} minutes together.")
_UNKNOWN = Text(
    "{count} 处不知道有多少客户（没有写 demand，或者没有写各渠道的占比），只算了每人多花的秒数。",
    "Number of customers unknown: {count} (no demand, or no channel_share); only seconds per customer are told.",
)
_ELSEWHERE = Text(
    "{count} 处没有客户到柜台（不在营业厅办，或者预计没有人来），不占柜台时间。",
    "No customer at the counter: {count} (not sold in halls, or nobody expected); these cost it nothing.",
)
_MORE = Text("还有 {count} 处没有列出，--format words 列出全部。", "Not shown: {count}; --format words lists them all.")
_NOTHING = Text("没有要柜台多解释的说法。", "No words cost the counter anything.")
_UNKNOWN_FIGURE = "–"

_SITES: dict[str, Text] = {
    **CHANNELS,
    "poster": Text("海报", "poster"),
    "leaflet": Text("传单", "leaflet"),
    "notice": Text("告示", "notice"),
    "title": Text("名称", "title"),
    "summary": Text("一句话说明", "summary"),
    "offers": Text("优惠内容", "offer"),
    "terms": Text("词语解释", "explained term"),
    "answers": Text("应答口径", "prepared answer"),
    "faq": Text("问答", "FAQ"),
    "short": Text("短信回答", "SMS answer"),
}


class Priced(NamedTuple):
    """A finding about a word, with its cost."""

    finding: Finding
    cost: WordCost


def priced(report: Report) -> list[Priced]:
    """Return the findings that cost the counter time: the dearest first, those without a known number of customers last."""
    found = [Priced(finding, finding.cost) for finding in report.findings if finding.cost is not None]
    return sorted(found, key=_order)


def _order(item: Priced) -> tuple[object, ...]:
    minutes, seconds = item.cost.minutes, item.cost.seconds
    if minutes is None:
        return True, -seconds, 0.0, item.finding.order
    return False, -minutes, -seconds, item.finding.order


def write(report: Report, lang: Lang) -> str:
    """List every word with its cost."""
    items = priced(report)
    return "\n".join(_lines(items, items, lang)) + "\n" if items else _NOTHING().render(lang) + "\n"


def summary(report: Report, lang: Lang) -> list[str]:
    """Return the lines for the end of the text report: the dearest words, and what all of them cost."""
    items = priced(report)
    shown = [item for item in items if item.cost.minutes != 0][:MOST]
    return _lines(items, shown, lang) if items else []


def _lines(items: Sequence[Priced], shown: Sequence[Priced], lang: Lang) -> list[str]:
    known = [item.cost.minutes for item in items if item.cost.minutes is not None]
    notes = [_TOTAL(count=len(items), minutes=minutes(sum(known)))] if known else []
    notes += _counted(_UNKNOWN, len(items) - len(known))
    notes += _counted(_ELSEWHERE, sum(item.cost.customers == 0 for item in items))
    notes += _counted(_MORE, sum(item.cost.customers != 0 for item in items) - len(shown))
    return [_TITLE().render(lang), *_table(shown, lang), *(note.render(lang) for note in notes)]


def _counted(text: Text, count: int) -> list[Message]:
    return [text(count=count)] if count > 0 else []


def minutes(value: float | None) -> str:
    """Write minutes to a tenth; what is less but not nothing is said to be."""
    if value is None:
        return _UNKNOWN_FIGURE
    return "<0.1" if 0 < value < _LEAST else f"{value:,.1f}"


def _table(items: Sequence[Priced], lang: Lang) -> list[str]:
    """Return the rows below their heading, figures to the right, aligned by display width."""
    if not items:
        return []
    rows = [tuple(column().render(lang) for column in _COLUMNS), *(_row(item, lang) for item in items)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(_padded, row, widths, _TO_THE_RIGHT)).rstrip() for row in rows]


def _padded(cell: str, width: int, right: bool) -> str:
    room = " " * (width - cell_len(cell))
    return room + cell if right else cell + room


def _row(item: Priced, lang: Lang) -> tuple[str, ...]:
    finding, cost = item
    return (
        minutes(cost.minutes),
        f"{cost.seconds:.1f}",
        _UNKNOWN_FIGURE if cost.customers is None else f"{cost.customers:,.0f}",
        _word(cost.word),
        _SITES[cost.site]().render(lang) if cost.site in _SITES else cost.site,
        names.at(_visible(finding.path), finding.place),
        _visible(finding.campaign),
    )


def _word(word: str) -> str:
    """Return a word that fits into its column; what follows is cut off."""
    shown = _visible(word)
    if cell_len(shown) <= _WORD_CELLS:
        return shown
    return set_cell_size(shown, _WORD_CELLS - 1).rstrip() + "…"


def _visible(text: str) -> str:
    """Replace characters that would move the cursor, hide text or break a line."""
    return "".join(char if char.isprintable() else "�" for char in text)
