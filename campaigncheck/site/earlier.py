"""Totals of earlier runs, read from their reports, to show how things develop."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.catalogue.files import shown
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import Report
from campaigncheck.messages import Text

COUNTS = ("campaigns", "pass", "blocked", "invalid", "errors", "warnings", "notes", "waived")
_MOST_BYTES = 256 * 1024 * 1024
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")

_NO_DAY = Text("看不出 {path} 是哪一天的结果", "nobody can tell of which day {path} is")
_NO_DAY_HINT = Text(
    "写成 --earlier 2026-11-01:文件名，或者让文件名里有日期。",
    "Write --earlier 2026-11-01:FILE, or have the date in the file's name.",
)
_TWICE = Text("{day} 有两份早先的结果：{path}", "there are two earlier reports of {day}: {path}")
_TWICE_HINT = Text("每天只留一份。", "Keep one a day.")
_LATER = Text(
    "{path} 是 {day} 的结果，不比今天（{today}）早", "{path} is of {day}, which is not before today ({today})"
)
_LATER_HINT = Text("去掉这一份，或者用 --today 写对日期。", "Leave it out, or set --today.")
_CANNOT_READ = Text("{path} 读不了：{reason}", "{path} cannot be read: {reason}")
_CANNOT_READ_HINT = Text("请检查路径和读取权限。", "Check the path, and that you may read it.")
_NO_REPORT = Text("{path} 不是检查结果", "{path} is no report")
_NO_REPORT_HINT = Text(
    "要的是 campaigncheck check --format json:文件名 写的文件。",
    "It has to be what `campaigncheck check --format json:FILE` wrote.",
)
_TOO_LARGE = Text("文件太大", "it is too large")


class Earlier(NamedTuple):
    """The totals of a run on a day, by name as :data:`COUNTS` has them."""

    day: date
    counts: dict[str, int]


def now(report: Report, today: date) -> Earlier:
    """Return the totals of a run."""
    verdicts = {name: report.verdicts(name) for name in ("pass", "blocked", "invalid")}
    severities = {f"{name}s": report.count(name) for name in ("error", "warning", "note")}
    return Earlier(today, {"campaigns": len(report.outcomes), **verdicts, **severities, "waived": report.waived})


def read_all(given: tuple[str, ...], today: date) -> tuple[Earlier, ...]:
    """Read earlier reports, each given as ``FILE`` or ``DATE:FILE``; the oldest comes first.

    Raises:
        UsageError: for one that cannot be read, is no report, has no day or that of another, or is not earlier.
    """
    found: dict[date, Earlier] = {}
    for item in given:
        day, file = _split(item)
        if day in found:
            raise UsageError(_TWICE(day=day, path=shown(file)), _TWICE_HINT())
        if day >= today:
            raise UsageError(_LATER(path=shown(file), day=day, today=today), _LATER_HINT())
        found[day] = Earlier(day, _counts(file))
    return tuple(found[day] for day in sorted(found))


def _split(item: str) -> tuple[date, Path]:
    head, colon, tail = item.partition(":")
    if colon and tail and _day(head):
        return _known(_day(head)), Path(tail)
    days = [day for name in _DAY.findall(Path(item).name) if (day := _day(name))]
    if len(days) != 1:
        raise UsageError(_NO_DAY(path=shown(Path(item))), _NO_DAY_HINT())
    return days[0], Path(item)


def _known(day: date | None) -> date:
    assert day is not None
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _counts(file: Path) -> dict[str, int]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UsageError(_CANNOT_READ(path=shown(file), reason=_TOO_LARGE), _CANNOT_READ_HINT())
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(_CANNOT_READ(path=shown(file), reason=reason), _CANNOT_READ_HINT()) from error
    counts = _summary(data)
    if counts is None:
        raise UsageError(_NO_REPORT(path=shown(file)), _NO_REPORT_HINT())
    return counts


def _summary(data: bytes) -> dict[str, int] | None:
    """Return the totals that a report states; None if it is none."""
    try:
        value: Any = json.loads(data)
        summary = value["summary"]
        counts = {name: summary[name] for name in COUNTS}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return counts if all(type(count) is int and count >= 0 for count in counts.values()) else None
