"""What is live in a city or hall on a day, with questions, terms, codes and the guided script of each campaign.

The page to choose from needs a script; the pages of cities and of guided scripts are there without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from campaigncheck.pages import printable
from campaigncheck.sheets.guide import Card, Guide
from campaigncheck.sheets.guide_flow import CONCERN, HAS, build
from campaigncheck.sheets.guide_words import AGAIN, ANOTHER, ANOTHER_HAS, WRONG
from campaigncheck.sheets.guide_words import PAGE as GUIDE
from campaigncheck.site.frontline_places import Live, Places, Spot, usable
from campaigncheck.site.frontline_words import WORDS
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page
from campaigncheck.site.search import codes, script

DATA = "assets/frontline-data.js"
SCRIPTS = ("frontline-live.js", "frontline-data.js", "frontline.js")


class Line(NamedTuple):
    """A campaign at a place, as its page tells it."""

    case: Case
    start: date
    end: date
    halls: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


class Group(NamedTuple):
    """The cities of a province, each followed by its halls."""

    name: str
    spots: list[Spot]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page to choose from, those of cities, and those of guided scripts."""
    places = Places(site)
    groups = _groups(site, places)
    preparing = sum(not usable(case) and case.outcome.stage != "retired" for case in site.cases)
    values = {"page": WORDS, "groups": groups, "preparing": preparing}
    yield Page("frontline.html", WORDS["title"], "frontline.html.j2", values, "frontline", SCRIPTS)
    for spot in places.spots:
        if not spot.is_hall:
            city = _city(site, places, spot)
            yield Page(f"f/{spot.id}.html", spot.name, "frontline_city.html.j2", city, "frontline", (), True)
    for case in site.cases:
        if guided(case):
            yield Page(
                f"g/{case.name}.html", case.title, "frontline_guide.html.j2", _guide(case), "frontline", (), True
            )


def guided(case: Case) -> bool:
    """Whether a campaign has a guided script: it may be used with customers, and is not over."""
    return usable(case) and case.sheet is not None and case.examined.entry is not None


def files(site: Site) -> dict[str, bytes]:
    """Return what is live where and when, the same for both languages."""
    return {DATA: script("campaigncheckFrontline", data(site))}


def data(site: Site) -> dict[str, Any]:
    """Return what is live where and when as data: days count from the day of the site, places with the same are one."""
    places, first = Places(site), site.today.toordinal()
    spots: list[tuple[str, str, str, int]] = []
    rows: dict[tuple[int, int, int, tuple[str, ...]], list[int]] = {}
    numbers = {case.name: number for number, case in enumerate(site.cases)}
    used, of_city = -1, -1
    for spot in places.spots:
        if spot.own:
            used += 1
            for item in places.live(spot):
                row = (numbers[item.case.name], item.days.first - first, item.days.last - first, item.halls)
                rows.setdefault(row, []).append(used)
        of_city = of_city if spot.is_hall else used
        spots.append((spot.id, spot.name, spot.city, used if spot.own else of_city))
    sets: dict[tuple[int, ...], int] = {}
    live = [(*row, sets.setdefault(tuple(where), len(sets))) for row, where in sorted(rows.items(), key=_in_order)]
    shown = sorted({row[0] for row in live})
    return {
        "today": site.today.isoformat(),
        "places": spots,
        "sets": list(sets),
        "live": live,
        "cases": {number: _shown(site.cases[number]) for number in shown},
    }


def _in_order(item: tuple[tuple[int, int, int, tuple[str, ...]], list[int]]) -> tuple[int, int, int]:
    (number, first, last, _), _ = item
    return first, number, last


def _shown(case: Case) -> tuple[str, str, list[tuple[str, str]], bool]:
    told = [(printable(code), printable(offer)) for code, offer in _codes(case)]
    return case.name, printable(case.title), told, guided(case)


def _codes(case: Case) -> tuple[tuple[str, str], ...]:
    return tuple(codes(case.sheet)) if case.sheet else ()


def _groups(site: Site, places: Places) -> list[Group]:
    regions, found = site.catalogues.regions, dict[str, Group]()
    for spot in places.spots:
        province = regions.province(spot.city)
        found.setdefault(province, Group(regions.name(province), [])).spots.append(spot)
    return list(found.values())


def _city(site: Site, places: Places, spot: Spot) -> dict[str, Any]:
    today = site.today.toordinal()
    found = list(places.live(spot))
    halls = [other.name for other in places.spots if other.is_hall and other.city == spot.id]
    return {
        "page": WORDS,
        "spot": spot,
        "live": [_line(item) for item in found if item.days.first <= today <= item.days.last],
        "ahead": [_line(item) for item in found if item.days.first > today],
        "halls": halls,
        "guided": guided,
    }


def _line(item: Live) -> Line:
    return Line(
        item.case, date.fromordinal(item.days.first), date.fromordinal(item.days.last), item.halls, _codes(item.case)
    )


def _guide(case: Case) -> dict[str, Any]:
    assert case.sheet is not None, "a campaign without a sheet has no guided script"
    guide = build(case.sheet)
    fixed = {guide.start: AGAIN, CONCERN: ANOTHER, HAS: ANOTHER_HAS}
    names = {node.id: fixed.get(node.id, node.title) for node in guide.nodes}
    cards: list[Card] = []
    for node in guide.nodes:
        cards += [card for card in node.cards if card not in cards]
    back = {node.id: _ways_back(guide, node.id) for node in guide.nodes}
    return {
        "page": WORDS,
        "guide_words": GUIDE,
        "wrong": WRONG,
        "case": case,
        "sheet": case.sheet,
        "guide": guide,
        "names": names,
        "cards": cards,
        "back": back,
    }


def _ways_back(guide: Guide, name: str) -> list[str]:
    """Return where a step leads back to; another question may be asked by whichever menu one came through."""
    trail = list(guide.trail(name))
    if {CONCERN, HAS} & {name, *trail}:
        return trail
    return [*trail, *(menu for menu in (CONCERN, HAS) if name in guide.behind(menu))]
