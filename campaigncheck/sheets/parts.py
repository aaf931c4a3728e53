"""The parts of a sheet that are lists of names with values, for formats that no template writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from campaigncheck import __version__
from campaigncheck.messages import Lang, Message, Text, show
from campaigncheck.pages import printable
from campaigncheck.sheets.counter import CounterStep
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.phrases import Words

Say: TypeAlias = Callable[[Any], str]
"""Writes anything in one language, with characters that may stand anywhere."""

Facts: TypeAlias = list[tuple[Text, list[Words]]]
"""Names with what there is to say of each, line by line."""

_TOTAL = Text("{what}：{total}", "{what}: {total}")
_OWNER = Text("{department}，{contact}", "{department}, {contact}")


def speaker(lang: Lang) -> Say:
    """Return what writes values in a language."""
    return lambda value: printable(show(value, lang))


def facts(sheet: Sheet) -> Facts:
    """Return what the campaign is, for whom, when and where."""
    groups: list[Words] = list(sheet.audience)
    where: list[Words] = [sheet.places, sheet.channels]
    return [
        (PAGE["what"], [sheet.summary]),
        (PAGE["who"], groups if len(groups) == 1 else [PAGE["any_group"], *groups]),
        (PAGE["when"], [sheet.period]),
        (PAGE["where"], [*where, sheet.halls] if sheet.halls else where),
    ]


def whom(sheet: Sheet) -> Facts:
    """Return whom the front line asks, and when."""
    owner: Words = _OWNER(department=sheet.owner, contact=sheet.contact)
    return [(PAGE["support"], [sheet.support]), (PAGE["hours"], [sheet.hours]), (PAGE["owner"], [owner])]


def origin(sheet: Sheet) -> Facts:
    """Return where the sheet comes from: by what the front line tells an old one from a new one."""
    found: Facts = [
        (PAGE["number"], [sheet.id]),
        (PAGE["stage"], [sheet.stage]),
        (PAGE["issued"], [sheet.issued.isoformat()]),
        (PAGE["version"], [sheet.digest]),
        (PAGE["made_by"], [f"campaigncheck {__version__}"]),
    ]
    return [*found, (PAGE["address"], [sheet.address])] if sheet.address else found


def alarms(sheet: Sheet) -> list[Words]:
    """Return why the sheet must not be used with customers, line by line; nothing if it may."""
    found: list[Words] = []
    if sheet.banner:
        found += [PAGE["blocked"], sheet.banner.summary, *sheet.banner.first]
        found += [sheet.banner.more] if sheet.banner.more else []
    return [*found, sheet.notice] if sheet.notice else found


def step_name(step: CounterStep) -> list[Words]:
    """Return what a step is called, and what else there is to say of it."""
    return [step.name, *step.notes]


def total(sheet: Sheet) -> Message | None:
    """Return how long it all takes at the counter."""
    return _TOTAL(what=PAGE["total"], total=sheet.counter.total) if sheet.counter.total else None
