"""What WAIT001 and WAIT002 have in common: the worst of what a campaign breaks in halls, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import PortfolioView, Related, Scene
from campaigncheck.understand.entry import Entry

if TYPE_CHECKING:
    from campaigncheck.waiting.arrivals import Arrivals
    from campaigncheck.waiting.blame import Blame, Cell, CityBlame
    from campaigncheck.waiting.remedies import HallDay, MoreCounters
    from campaigncheck.waiting.together import Search

_COUNTERS = Text(
    "{day} {start} 点到 {end} 点再开 {count} 个柜台", "{count} more counters open from {start} to {end} on {day}"
)
_COUNTER = Text("{day} {start} 点到 {end} 点再开 1 个柜台", "one more counter open from {start} to {end} on {day}")
_SHARE = Text(
    "来营业厅办的减到现在的 {percent}%（其余引到 App、网上、短信）",
    "no more than {percent}% of those who now come to halls (the others in the app, on the web, by SMS)",
)
_DESK = Text(
    "从 {start} 点到 {end} 点加 1 个只办本案的台席，单独排队",
    "a desk for this campaign alone from {start} to {end}, with a queue of its own",
)
_LATER = Text(
    "只看这个营业厅的话，推迟 {delay} 天、{start} 开始也守得住。",
    "For this hall alone it would do as well to start {delay} days later, on {start}.",
)
_BOTH = Text("{ways}{later}", "{ways} {later}")
_NOTHING = Text(
    "单靠加柜台、分流都不够，要改日期或者缩小范围：suggest {id} 会列出可行的改法",
    "neither more counters nor fewer people are enough: other dates or a smaller scope; `suggest {id}` lists what passes",
)
_WAYS = Text("那一天可以：{ways}。", "On that day this would do: {ways}.")
_OR = Text("；或者", "; or ")
_ALSO = Text(
    "同一天“{title}”占多等的时间的 {percent}%", "“{title}” makes {percent}% of the additional waiting that day"
)


class Broken(NamedTuple):
    """All that one campaign breaks: the worst of it, and how much there is."""

    entry: Entry
    worst: Cell
    where: CityBlame
    halls: int
    days: int
    hours: int
    assumed: bool
    scene: Scene


def broken(view: PortfolioView, alarms: bool) -> Iterator[Broken]:
    """Yield what campaigns break, of each the worst; in order of path."""
    found: dict[str, list[tuple[CityBlame, Blame, Cell]]] = {}
    for city, blames in view.waiting:
        for blame in blames:
            cells = blame.alarms if alarms else blame.promises
            found.setdefault(blame.crowd.entry.id, []).extend((city, blame, cell) for cell in cells)
    for name in sorted(found, key=lambda name: view.portfolio.by_id[name].path):
        if found[name]:
            yield _summed(view, view.portfolio.by_id[name], found[name])


def _summed(view: PortfolioView, entry: Entry, found: Sequence[tuple[CityBlame, Blame, Cell]]) -> Broken:
    where, _, worst = max(
        found, key=lambda item: (round(item[2].worse, 6), item[2].hall, -item[2].hour, item[2].premium)
    )
    cells = [cell for _, _, cell in found]
    days = {(cell.hall, day) for cell in cells for day in cell.days}
    hours = {(cell.hall, day, cell.hour) for cell in cells for day in cell.days}
    masks = view.portfolio.regions.masks
    cities = 0
    for city in {city.city.city for city, _, _ in found}:
        cities |= masks[city]
    span = Days(min(day for _, day in days), max(day for _, day in days))
    return Broken(
        entry, worst, where, len({cell.hall for cell in cells}), len({day for _, day in days}), len(hours),
        all(cell.assumed for cell in cells), Scene(span, cities),
    )  # fmt: skip


def hall_day(item: Broken) -> HallDay:
    """Return the first of the worst days in the worst hall."""
    from campaigncheck.waiting.remedies import HallDay

    return HallDay.of(item.where.city, item.where.promises, item.worst.hall, item.worst.days[0])


def upto(item: Broken, day: HallDay) -> list[int]:
    """Return the campaigns there that day as far as the one that breaks it, which comes last."""
    names = [crowd.entry.id for crowd in item.where.city.crowds]
    own = names.index(item.entry.id)
    return [number for number in day.present if number <= own]


class Looked(NamedTuple):
    """The worst day of what a campaign breaks: what would keep its promises, and who shares in the waiting.

    ``desk`` says from when to when a desk of its own would do, ``delay`` how many days later it could start, and ``impatient``
    are people who wait longer than they bear, with the campaign and without it.
    """

    day: HallDay
    more: MoreCounters | None
    desk: tuple[int, int] | None
    bearable: float
    delay: int | None
    impatient: tuple[float, float]
    shares: dict[int, float]


def look(view: PortfolioView, alarms: bool, remedies: bool) -> Iterator[tuple[Broken, Looked]]:
    """Yield all that is broken with its worst day looked at; all days together, which takes hardly longer than one."""
    items = list(broken(view, alarms))
    if items:
        from campaigncheck.waiting.arrivals import Arrivals
        from campaigncheck.waiting.together import together

        arrivals = Arrivals(view.portfolio, view.catalogues, view.today)
        yield from zip(items, together([_look(item, arrivals, remedies) for item in items]), strict=True)


def _look(item: Broken, arrivals: Arrivals, remedies: bool) -> Search[Looked]:
    day = hall_day(item)
    present = upto(item, day)
    shares = yield from day.shares(present)
    looked = Looked(day, None, None, 0.0, None, (0.0, 0.0), shares)
    return (yield from _mended(item, arrivals, looked)) if remedies else looked


def _mended(item: Broken, arrivals: Arrivals, looked: Looked) -> Search[Looked]:
    """Find what would keep the promises."""
    from campaigncheck.waiting.later import least_delay
    from campaigncheck.waiting.promises import kinds

    day, code = looked.day, item.where.city.city
    present = upto(item, day)
    impatient = yield from day.past_bearing(present, kinds(arrivals.catalogues, code))
    more = yield from day.more_counters(present)
    desk = yield from day.desk(present)
    bearable = yield from day.bearable(present)
    delay = yield from least_delay(arrivals, item.where.promises, item.entry, code, item.worst.hall)
    return looked._replace(more=more, desk=desk, bearable=bearable, delay=delay, impatient=impatient)


def ways(item: Broken, looked: Looked) -> Message:
    """Return what would keep all promises of the day."""
    found: list[Message] = []
    shown = date.fromordinal(item.worst.days[0])
    more = looked.more
    if more is not None:
        text = _COUNTER if more.counters == 1 else _COUNTERS
        found.append(text(day=shown, start=more.start, end=more.end, count=more.counters))
    if looked.desk is not None:
        start, end = looked.desk
        found.append(_DESK(start=start, end=end))
    if looked.bearable:
        found.append(_SHARE(percent=round(looked.bearable * 100)))
    later = None
    if looked.delay is not None:
        later = _LATER(delay=looked.delay, start=date.fromordinal(item.entry.start + looked.delay))
    if found:
        that_day = _WAYS(ways=_joined(found))
        return that_day if later is None else _BOTH(ways=that_day, later=later)
    return later or _NOTHING(id=item.entry.id)


def _joined(parts: Sequence[Message]) -> Message:
    text = Text(
        _OR.zh.join(f"{{w{at}}}" for at in range(len(parts))), _OR.en.join(f"{{w{at}}}" for at in range(len(parts)))
    )
    return text(**{f"w{at}": part for at, part in enumerate(parts)})


def others(item: Broken, looked: Looked) -> Iterator[tuple[Entry, int]]:
    """Yield who else makes people wait longer on the day, and which share of that in percent; the largest first."""
    shares = looked.shares
    for number in sorted(upto(item, looked.day)[:-1], key=lambda number: (-shares[number], number)):
        percent = round(shares[number] * 100)
        if percent > 0:
            yield item.where.city.crowds[number].entry, percent


def related(found: Iterable[tuple[Entry, int]]) -> tuple[Related, ...]:
    """Return the places of those who share in it, each with its share."""
    return tuple(
        Related(entry.path, ("demand", "uptake"), _ALSO(title=entry.title, percent=percent)) for entry, percent in found
    )
