"""One measurement in a process of its own.

Usage: python -m benchmarks.national.measures (rules|peer|change) COUNT FILE

FILE gets the seconds of each step, wall clock and processor, and what was found. Nothing that a check makes
is garbage in cycles, so as in a check no garbage is collected.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.corpus.places import COUNTRY, read_map
from benchmarks.national.periods import FIRST
from benchmarks.national.portfolio import national
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.catalogue.network import Hall
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.rulekit.rule import PortfolioView, Rule
from campaigncheck.rules import all_rules
from campaigncheck.understand.entry import Entry

RULES = Path(__file__).resolve().parents[2] / "rules"
FAMILIES = ("CONF", "FREQ")
ROUNDS = 3
"""How often the index and its peer answer in turn, in one process."""
CHANGED = 5
"""Changed campaigns of each level."""

Result = dict[str, Any]


class Watch:
    """Keeps the seconds of each step: wall clock and processor."""

    def __init__(self) -> None:
        self.steps: dict[str, list[tuple[float, float]]] = {}

    def __call__(self, name: str, step: Callable[..., Any], *args: object) -> Any:
        """Take a step."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = step(*args)
        self.steps.setdefault(name, []).append((time.perf_counter() - wall, time.process_time() - cpu))
        return result


def catalogues_with_halls() -> Catalogues:
    """Return the catalogues of this repository with the halls of the whole made-up country."""
    catalogues = load_catalogues(RuleFiles.at(RULES))
    halls = {name: Hall(name, title, city, None) for name, title, city in read_map().hall_rows()}
    return replace(catalogues, network=replace(catalogues.network, halls=halls, _opening={}))


def coordination() -> list[Rule]:
    """Return the rules about several campaigns."""
    return [rule for rule in all_rules().values() if rule.family in FAMILIES and rule.check_portfolio is not None]


def rules(entries: Sequence[Entry], catalogues: Catalogues) -> Result:
    """Run every rule over a whole portfolio; what is found is kept, as a check does."""
    watch = Watch()
    portfolio = watch("index", Portfolio.of, entries, catalogues.regions)
    watch("index", _look_up, portfolio)
    view = PortfolioView(portfolio, catalogues, (), FIRST)
    watch("pairs", getattr, view, "pairs")
    watch("meeting", getattr, view, "meeting")
    found = {rule.id: watch(rule.id, _problems, rule, view) for rule in coordination()}
    return {
        "steps": {name: [sum(part) for part in zip(*times, strict=True)] for name, times in watch.steps.items()},
        "pairs": len(view.pairs),
        "meeting": len(view.meeting),
        "found": {name: len(problems) for name, problems in found.items()},
        "portfolio": _describe(entries),
    }


def _look_up(portfolio: Portfolio) -> None:
    """Make what rules look campaigns up in."""
    _ = portfolio.rows, portfolio.by_city, portfolio.by_id, portfolio.children


def _columns(portfolio: Portfolio) -> None:
    """Make what pairs are worked out from."""
    _ = portfolio.rows, portfolio.names_halls, portfolio.customers


def _problems(rule: Rule, view: PortfolioView) -> list[Any]:
    assert rule.check_portfolio is not None
    return list(rule.check_portfolio(view))


def _describe(entries: Sequence[Entry]) -> dict[str, float]:
    """Return what the portfolio is like."""
    count = len(entries)
    return {
        "campaigns": count,
        "national": sum(map(_is_national, entries)) / count,
        "city": sum(map(_is_of_city, entries)) / count,
        "one_city": sum(entry.cities.bit_count() == 1 for entry in entries) / count,
        "days": mean(entry.days.length for entry in entries),
        "fortnight": sum(entry.days.length <= 14 for entry in entries) / count,
        "offers": mean(len(entry.offers) for entry in entries),
        "audiences": len({entry.audience for entry in entries}),
        "children": sum(entry.parent is not None for entry in entries) / count,
        "halls": sum(bool(entry.halls) for entry in entries) / count,
    }


def _is_national(entry: Entry) -> bool:
    return entry.owner == COUNTRY


def _is_of_city(entry: Entry) -> bool:
    return not _is_national(entry) and not _is_provincial(entry)


def _is_provincial(entry: Entry) -> bool:
    return entry.owner.endswith("0000") and not _is_national(entry)


LEVELS = {"city": _is_of_city, "province": _is_provincial, "country": _is_national}


def peer(entries: Sequence[Entry], catalogues: Catalogues) -> Result:
    """Find the pairs, and those that share customers, beside the same in DuckDB; the answers have to agree."""
    from benchmarks.national.peer import FORMS, Peer

    watch = Watch()
    entries = Portfolio.of(entries, catalogues.regions).entries
    database = watch("peer_load", Peer, entries, catalogues.domain)
    for _ in range(ROUNDS):
        portfolio = Portfolio(entries, catalogues.regions)
        watch("load", _columns, portfolio)
        pairs = watch("pairs", getattr, portfolio, "pairs")
        meeting = watch("meeting", portfolio.meeting, pairs)
        for threads in (1, 2):
            database.threads(threads)
            for form in FORMS:
                watch(f"peer_{form}_{threads}", database.pairs, form)
                _agree(database.count("pairs"), len(pairs))
            watch(f"peer_meeting_{threads}", database.meeting)
            _agree(database.count("meeting"), len(meeting))
    return {"steps": watch.steps, "pairs": len(pairs), "meeting": len(meeting)}


def _agree(theirs: int, ours: int) -> None:
    if theirs != ours:
        raise RuntimeError(f"the peer finds {theirs} where the index finds {ours}")


def change(entries: Sequence[Entry], catalogues: Catalogues) -> Result:
    """Check single changed campaigns against an index that has answered before."""
    portfolio = Portfolio.of(entries, catalogues.regions)
    chosen = {level: list(filter(is_it, portfolio.entries)) for level, is_it in LEVELS.items()}
    first = next(iter(portfolio.entries)).id
    _check(PortfolioView(portfolio, catalogues, (), FIRST, frozenset({first})))
    watch = Watch()
    for level, items in chosen.items():
        for entry in items[:: max(1, len(items) // CHANGED)][:CHANGED]:
            view = PortfolioView(portfolio, catalogues, (), FIRST, frozenset({entry.id}))
            watch(level, _check, view)
    return {"steps": watch.steps}


def _check(view: PortfolioView) -> list[Any]:
    return list(chain.from_iterable(_problems(rule, view) for rule in coordination()))


MEASURES: dict[str, Callable[[Sequence[Entry], Catalogues], Result]] = {"rules": rules, "peer": peer, "change": change}


def main() -> None:
    """Measure what the command line asks for."""
    name, count, file = sys.argv[1:]
    gc.disable()
    catalogues = catalogues_with_halls()
    result = MEASURES[name](national(int(count), catalogues), catalogues)
    Path(file).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
