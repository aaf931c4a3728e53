"""Halls that a forecast leaves out, and why: told in every format, so that nobody takes the rest for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from campaigncheck.catalogue.faults import Fault
from campaigncheck.catalogue.network import Network
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.waiting.unjudged import Unjudged

_TYPES = (
    Text("工作日", "workdays"),
    Text("周末", "weekends"),
    Text("节假日", "holidays"),
    Text("月初月末", "month edges"),
)
_ALWAYS = Text("每一天", "all days")
_NO_ROWS = Text("hours.csv 里没有它的数据", "hours.csv has no rows of it")
_MANY = Text("它在 hours.csv 里的行有错", "its rows in hours.csv have faults")
_NOT_ALL = Text(
    "数据有错或没有数据、没有算进去的营业厅：{count} 个（改好下面这些行再算一次）",
    "halls left out, since their data have faults or are missing: {count} (mend the rows below and forecast again)",
)
_WITHOUT = Text("（不含没有算进去的 {count} 个厅）", " (halls left out: {count})")
_LINE = Text("{hall}（{id}）{kinds}：{reason}", "{hall} ({id}), {kinds}: {reason}")
_REASON = Text("{path}:{line}:{column} {message}", "{path}:{line}:{column} {message}")
_MORE = Text("还有 {count} 个", "{count} more")
_REST = Text("其余守住，{count} 个厅没有判断", "kept elsewhere; {count} halls not judged")
_NOT_JUDGED = Text("没有判断", "not judged")
MOST = 20
"""Halls that text and page name; JSON has all."""


class LeftOut(NamedTuple):
    """A hall left out of a forecast.

    Attributes:
        hall: its id.
        name: what it is called.
        kinds: the types of day on which it is left out; on the others it is foreseen.
        faults: what is wrong with its rows, in order; none if there are no rows.
        listed: where halls.csv lists it: file and line.
        campaigns: the campaigns asked about that draw people there, in order.
        has_rows: whether hours.csv says anything of it.
    """

    hall: str
    name: str
    kinds: tuple[int, ...]
    faults: tuple[Fault, ...]
    listed: tuple[str, int]
    campaigns: tuple[str, ...]
    has_rows: bool = True

    @property
    def always(self) -> bool:
        """Whether it is left out on all days."""
        return len(self.kinds) == len(DAY_TYPES)


def left_out(network: Network, found: Mapping[str, Unjudged]) -> tuple[LeftOut, ...]:
    """Return the halls that some campaigns draw people to, and that cannot be judged, in order."""
    every = tuple(range(len(DAY_TYPES)))
    kinds: dict[str, set[int]] = {}
    campaigns: dict[str, list[str]] = {}
    for name, item in found.items():
        for hall, lost in (*item.faulty.items(), *((hall, every) for hall in item.without)):
            kinds.setdefault(hall, set()).update(lost)
            campaigns.setdefault(hall, []).append(name)
    path, lines = network.listed_at
    return tuple(
        LeftOut(
            hall, network.names([hall])[0], tuple(sorted(kinds[hall])), network.reasons(hall, sorted(kinds[hall])),
            (path, lines.get(hall, 1)), tuple(campaigns[hall]), hall in network.hall_hours.halls,
        )
        for hall in sorted(kinds)
    )  # fmt: skip


def mark(halls: Sequence[LeftOut]) -> Message | None:
    """Return what is said beside every total that is without some halls."""
    return _WITHOUT(count=len(halls)) if halls else None


def rest(halls: int, judged: bool) -> Message | None:
    """Return what is said of a campaign that breaks no promise as far as it can be judged; None: it can be altogether.

    Args:
        halls: halls to which it draws people, and that cannot be judged.
        judged: whether anything of it can be.
    """
    if not halls:
        return None
    return _REST(count=halls) if judged else _NOT_JUDGED()


def told(halls: Sequence[LeftOut], lang: Lang) -> Iterator[str]:
    """Yield which halls are left out, a line each, with the reasons."""
    if not halls:
        return
    yield _NOT_ALL(count=len(halls)).render(lang)
    for item in halls[:MOST]:
        for reason in reasons(item):
            kinds: object = _ALWAYS if item.always else [_TYPES[kind] for kind in item.kinds]
            yield "  " + _LINE(hall=item.name, id=item.hall, kinds=kinds, reason=reason).render(lang)
    if len(halls) > MOST:
        yield "  " + _MORE(count=len(halls) - MOST).render(lang)


def reasons(item: LeftOut) -> list[Message]:
    """Return why a hall is left out, each reason with file and line."""
    places = [(fault.problem.path, fault.problem.place, fault.problem.message) for fault in item.faults]
    found = [
        _REASON(path=path, line=place.line, column=place.column, message=message) for path, place, message in places
    ]
    path, line = item.listed
    missing = _MANY() if item.has_rows else _NO_ROWS()
    return found or [_REASON(path=path, line=line, column=1, message=missing)]


def data(halls: Sequence[LeftOut], lang: Lang) -> list[dict[str, Any]]:
    """Return the halls as plain data."""
    return [
        {
            "hall": item.hall,
            "name": item.name,
            "day_types": [DAY_TYPES[kind] for kind in item.kinds],
            "campaigns": list(item.campaigns),
            "listed": {"path": item.listed[0], "line": item.listed[1]},
            "problems": [_problem(fault, lang) for fault in item.faults],
        }
        for item in halls
    ]


def _problem(fault: Fault, lang: Lang) -> dict[str, Any]:
    found = fault.problem
    return {
        "path": found.path, "line": found.place.line, "column": found.place.column,
        "message": found.message.render(lang), "hint": found.hint.render(lang),
    }  # fmt: skip


def where(item: LeftOut) -> list[str]:
    """Return the files and lines that are to be mended."""
    found = [f"{fault.problem.path}:{fault.problem.place.line}" for fault in item.faults]
    return found or [f"{item.listed[0]}:{item.listed[1]}"]
