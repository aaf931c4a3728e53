"""Begins a campaign from an earlier one: its dates moved, what belonged to the old one taken away, comments kept.

Dates move by whole weeks, so that weekdays stay as they were: by as many as bring the start nearest to its day a year on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from campaigncheck.messages import Lang, Text
from campaigncheck.source.changes import Amend, Change, Drop, Put
from campaigncheck.source.edit import edit
from campaigncheck.source.place import Path
from campaigncheck.source.yamlpass import parse
from campaigncheck.spec.model import Campaign

_WEEK = 7
_YEAR_DAYS = 365.2425
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FIELDS = ("title", "summary", "texts", "answers", "faq", "terms", "facts")
_HEADER = {
    "from": Text("照 {id} 抄的，日期{weeks}。", "Copied from {id}; dates moved {weeks}."),
    "on": Text("往后挪了 {count} 周，星期几不变", "on by {count} weeks, so that weekdays stay"),
    "days": Text("挪了 {count} 天", "by {count} days"),
    "reset": Text("重新来过：{names}。", "Begun anew: {names}."),
    "check": Text(
        "待办：价格、名额、文案里写到的日期和年份，逐条核对一遍。",
        "To do: go through prices, quotas, and every day and year that texts name.",
    ),
}
_RESET = {
    "stage": Text("阶段回到 draft", "the stage is draft again"),
    "submitted": Text("去掉了提交日期", "the day of submission is gone"),
    "signoffs": Text("去掉了会签", "signoffs are gone"),
    "trials": Text("去掉了计时演练", "timed rehearsals are gone"),
    "readiness": Text("支撑准备去掉了完成日期和通过率", "readiness has neither days nor results"),
    "parent": Text("上级营销案 {id} 是以前的，去掉了", "the parent {id} is an earlier one and gone"),
    "moved": Text("上级营销案换成 {id}", "the parent is {id} now"),
}


class Copied(NamedTuple):
    """The new spec, its id, its days, and how far they were moved."""

    text: str
    id: str
    start: date
    end: date
    days: int


def moved_by(start: date, today: date) -> timedelta:
    """Return by how much to move a start so that it is still to come: whole weeks, nearest to whole years."""
    years = 1
    while True:
        weeks = round(years * _YEAR_DAYS / _WEEK)
        if start + timedelta(weeks=weeks) > today:
            return timedelta(weeks=weeks)
        years += 1


def next_id(old: str, before: int, after: int) -> str:
    """Return the id with its years moved on; one that names no year gets the new one at its end."""
    if _YEAR.search(old):
        return _YEAR.sub(lambda found: str(int(found[0]) + after - before), old)
    return f"{old[:59].rstrip('-')}-{after}"


def copied(text: str, campaign: Campaign, by: timedelta, wanted: str, known: frozenset[str], lang: Lang) -> Copied:
    """Return the new campaign.

    Args:
        text: the spec of the old one.
        campaign: what it says.
        by: how far its days move.
        wanted: the id of the new one.
        known: the ids of all campaigns, for its parent.
        lang: of the comment at its head.

    Raises:
        EditError: when the text cannot be edited in place.
    """
    start, end = campaign.period.start + by, campaign.period.end + by
    value = parse(text)
    parent, resets = _parent(campaign, by, known)
    changes: list[Change] = [
        Put(("id",), wanted),
        Put(("stage",), "draft"),
        Put(("period", "start"), start),
        Put(("period", "end"), end),
        *parent,
        *_dropped(value),
        *_spoken(value, campaign, start, end),
    ]
    resets = [_RESET["stage"]().render(lang), *_told(value, lang), *(message.render(lang) for message in resets)]
    weeks, rest = divmod(by.days, _WEEK)
    how = _HEADER["days"](count=by.days) if rest else _HEADER["on"](count=weeks)
    head = [
        _HEADER["from"](id=campaign.id, weeks=how).render(lang),
        _HEADER["reset"](names=resets).render(lang),
        _HEADER["check"]().render(lang),
    ]
    return Copied(_headed(edit(text, changes), head), wanted, start, end, by.days)


def _parent(campaign: Campaign, by: timedelta, known: frozenset[str]) -> tuple[list[Change], list[Any]]:
    if campaign.parent is None:
        return [], []
    year = campaign.period.start.year
    later = next_id(campaign.parent, year, (campaign.period.start + by).year)
    if later in known:
        return [Put(("parent",), later)], [_RESET["moved"](id=later)]
    return [Drop(("parent",))], [_RESET["parent"](id=campaign.parent)]


def _dropped(value: Any) -> Iterator[Drop]:
    """Yield what belongs to the old campaign only."""
    yield from (Drop((name,)) for name in ("submitted", "signoffs") if name in value)
    if "trials" in (value.get("handling") or {}):
        yield Drop(("handling", "trials"))
    for name, item in (value.get("readiness") or {}).items():
        yield from (Drop(("readiness", name, key)) for key in ("done", "passed") if key in (item or {}))


def _told(value: Any, lang: Lang) -> list[str]:
    told = list(dict.fromkeys(str(item.path[-1 if len(item.path) < 3 else 0]) for item in _dropped(value)))
    return [_RESET[name]().render(lang) for name in told]


def _spoken(value: Any, campaign: Campaign, start: date, end: date) -> Iterator[Amend]:
    """Yield the days and the year that texts say of the old campaign, and what they have to say now."""
    days = {campaign.period.start: start, campaign.period.end: end}
    for field in _FIELDS:
        for path, text in _strings(value.get(field), (field,)):
            taken = list(_days(text, days))
            if field == "title":
                taken = list(_years(text, {old.year: new.year for old, new in days.items()}))
            for begin, finish, new in reversed(taken):
                yield Amend(path, begin, finish, text[begin:finish], new)


def _strings(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*path, key))


_SAID = re.compile(r"(?:(20\d\d)(\s*年\s*))?(?<!\d)(\d{1,2})(\s*月\s*)(\d{1,2})(?=\s*[日号])")


def _days(text: str, days: dict[date, date]) -> Iterator[tuple[int, int, str]]:
    """Yield where a text says one of the days, and how it says the new one."""
    for found in _SAID.finditer(text):
        year, after, month, between, day = found.groups()
        for old, new in days.items():
            if (int(month), int(day)) == (old.month, old.day) and year in (None, str(old.year)):
                head = f"{new.year}{after}" if year else ""
                yield found.start(), found.end(), f"{head}{new.month}{between}{new.day}"
                break


def _years(text: str, years: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    for found in _YEAR.finditer(text):
        if int(found[0]) in years:
            yield found.start(), found.end(), str(years[int(found[0])])


def _headed(text: str, head: list[str]) -> str:
    """Put comments at the head of a spec, behind the line that names the schema."""
    lines = text.splitlines(keepends=True)
    at = next(
        (number for number, line in enumerate(lines) if not line.startswith(("# yaml-language-server", "---", "%"))), 0
    )
    return "".join([*lines[:at], *(f"# {line}\n" for line in head), *lines[at:]])
