"""What a campaign is on a day: its state, what changed within a week, and who takes over from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaigncheck.portfolio.presence import Presence
from campaigncheck.sheets.daily.model import Badge, Change, Line, State
from campaigncheck.sheets.daily.there import SOON, There
from campaigncheck.understand.entry import Entry


def state(item: Presence, day: int) -> State:
    """Return what a campaign is on a day; one that only makes way for another is not ending."""
    live = next((piece for piece in item.pieces if piece.first <= day <= piece.last), None)
    if live is not None:
        return "ending" if live.last == item.entry.days.last <= day + SOON else "running"
    ahead = [piece.first for piece in item.pieces if piece.first > day]
    if not ahead:
        return "over"
    return "soon" if min(ahead) <= day + SOON else "ahead"


def is_live(found: State) -> bool:
    """Whether customers can get it."""
    return found in ("running", "ending")


def badge(before: State, now: State) -> Badge | None:
    """Return what to mark, given a campaign's states a week earlier and now."""
    if before == now:
        return None
    if is_live(before) != is_live(now):
        return "new" if is_live(now) else "gone"
    if now == "over":  # what started and ended within the week was on neither day's list
        return "gone"
    marked: dict[State, Badge] = {"ending": "ending", "soon": "announced"}
    return marked.get(now)


def line(there: There, item: Presence) -> Line:
    """Return the line of a campaign."""
    entry, day = item.entry, there.day
    before, now = state(item, day - SOON), state(item, day)
    found = badge(before, now)
    if found == "gone" and there.stand_in(entry, day):
        found = "replaced"
    parent = there.here.get(entry.parent or "")
    start, end = date.fromordinal(entry.start), entry.days.end
    title = parent.campaign.title if parent and parent.cleared else None
    return Line(entry.id, entry.title, start, end, now, before, found, title)


def starts(item: Presence, day: int) -> bool:
    """Whether a campaign starts on a day: it counts then, and it is the first day of its period."""
    return item.entry.start == day and any(piece.first == day for piece in item.pieces)


def ends(item: Presence, day: int) -> bool:
    """Whether a campaign ends on a day, and does not merely make way for another."""
    return item.entry.days.last == day and any(piece.last == day for piece in item.pieces)


def changes(there: There) -> Iterator[Change]:
    """Yield who makes way for whom, today and within a week, in order of day."""
    found = [change for item in there.cleared for change in _of(there, item)]
    yield from sorted(found, key=lambda change: (change.day, change.of, change.to))


def _of(there: There, item: Presence) -> Iterator[Change]:
    entry = item.entry
    for piece in item.pieces:
        yield from _change(there, entry, piece.first, back=True)
        yield from _change(there, entry, piece.last + 1, back=False)


def _change(there: There, entry: Entry, day: int, back: bool) -> Iterator[Change]:
    within = there.day <= day <= there.day + SOON
    own = entry.days.first <= day - 1 and day <= entry.days.last
    if not (within and own):
        return
    other = there.stand_in(entry, day - 1 if back else day)
    if other is not None:
        titles = (other.campaign.title, entry.title) if back else (entry.title, other.campaign.title)
        yield Change(date.fromordinal(day), *titles, back)
