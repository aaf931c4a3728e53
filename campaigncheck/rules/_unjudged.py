"""What WAIT001 and WAIT003 say of halls and hotlines that cannot be judged, so that nobody takes silence for a pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from campaigncheck.catalogue.network import Network
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import PortfolioView, Problem
from campaigncheck.understand.entry import Entry

_FAULTY = Text(
    "有 {count} 个营业厅没有判断等候：{halls}；它们的数据有错：{places}",
    "halls whose waits are not judged, since their rows have faults: {count} ({halls}); see {places}",
)
_FAULTY_HINT = Text(
    "改好这些行再检查一次；在那之前，不知道本案会不会让这些厅违约。",
    "Mend the rows and check again; until then nobody knows whether this campaign breaks a promise there.",
)
_WITHOUT = Text(
    "有 {count} 个营业厅没有判断等候：{halls}；hours.csv 里没有它们的数据（{places}）",
    "halls whose waits are not judged, since hours.csv has no rows of them: {count} ({halls}); see {places}",
)
_WITHOUT_HINT = Text(
    "用 campaigncheck calibrate 从排队记录里算出来；没有记录就先在 hours.csv 里填估计值，source 写 assumed。",
    "Work them out of queue tickets with campaigncheck calibrate; without any, enter estimates with source assumed.",
)
_LINES = Text(
    "没有判断热线接不接得过来：{regions}；hotline.csv 里的数据有错：{places}",
    "hotlines that are not judged, since their rows in hotline.csv have faults: {regions}; see {places}",
)
_LINES_HINT = Text(
    "改好这些行再检查一次；在那之前，不知道本案的电话接不接得过来。",
    "Mend the rows and check again; until then nobody knows whether this campaign's calls are answered.",
)
_AND_MORE = Text("{names} 等", "{names} and others")
_NAMED = 5


def halls_not_judged(view: PortfolioView) -> Iterator[Problem]:
    """Yield each campaign that draws people to halls that cannot be judged, since their data are wrong or missing."""
    network = view.catalogues.network
    if not network.faults and not network.without_hours:
        return
    from campaigncheck.waiting.unjudged import unjudged  # slow to import; few networks have faults

    entries = [entry for entry in view.portfolio.entries if view.focus is None or entry.id in view.focus]
    found = unjudged(network, (city.city for city, _ in view.waiting), entries)
    for entry in entries:
        item = found.get(entry.id)
        if item is not None and item.faulty:
            places = [place for hall, kinds in item.faulty.items() for place in _places(network, hall, kinds)]
            message = _FAULTY(**_halls(network, tuple(item.faulty)), places=_some(places))
            yield _problem(entry, message, _FAULTY_HINT())
        if item is not None and item.without:
            path, lines = network.listed_at
            places = [f"{path}:{lines[hall]}" for hall in item.without]
            message = _WITHOUT(**_halls(network, item.without), places=_some(places))
            yield _problem(entry, message, _WITHOUT_HINT())


def hotlines_not_judged(view: PortfolioView, found: Iterable[tuple[Entry, str, tuple[int, ...]]]) -> Iterator[Problem]:
    """Yield each campaign that makes people call hotlines that cannot be judged; ``found`` are these, with types of day."""
    network = view.catalogues.network
    regions: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    entries: dict[str, Entry] = {}
    for entry, region, kinds in found:
        entries[entry.id] = entry
        regions.setdefault(entry.id, []).append(view.catalogues.regions.name(region))
        places.setdefault(entry.id, []).extend(_places(network, region, kinds))
    for name, entry in sorted(entries.items(), key=lambda item: item[1].path):
        message = _LINES(regions=_some(regions[name]), places=_some(places[name]))
        yield _problem(entry, message, _LINES_HINT())


def _problem(entry: Entry, message: Message, hint: Message) -> Problem:
    """Return a note: the campaign is not at fault; rows that are, are told as errors at the head of the report."""
    return Problem(("demand", "uptake"), message, hint, spec=entry.path, severity="note")


def _halls(network: Network, halls: Sequence[str]) -> dict[str, object]:
    return {"count": len(halls), "halls": _some(network.names(halls))}


def _places(network: Network, of: str, kinds: Iterable[int]) -> list[str]:
    """Return the rows that are to be mended: file and line."""
    found = [f"{fault.problem.path}:{fault.problem.place.line}" for fault in network.reasons(of, kinds)]
    return found or ["rules/network"]


def _some(names: Sequence[str]) -> object:
    """Return the first few of some names, each once."""
    every = list(dict.fromkeys(names))
    return every if len(every) <= _NAMED else _AND_MORE(names=every[:_NAMED])
