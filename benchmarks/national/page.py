"""Makes docs/coordination-speed.md of the results of ``python -m benchmarks.check_coordination``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import suggest_page
from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).resolve().parents[1] / "coordination.json"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "coordination-speed.md"
MAIN = "100000"
FLAT = 1.2
"""Time per pair is called flat if it is at most this many times as much in the largest portfolio as in the smallest."""

WALL, CPU = 0, 1
INDEX = ("index", "pairs", "meeting")
_FORMS = {
    "plain": "join on the city, ranges of days",
    "sorted": "the same, rows stored by city and day",
    "slices": "rows cut into slices of thirty days",
}
_SAME = ("plain", "sorted")
"""The forms that are the same join as ours; slices are a rewriting of it."""
_LEVELS = {"city": "of a city", "province": "of a province", "country": "of the country"}

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    parts = (
        _opening(results),
        targets([*goals(results), *suggest_page.goals(suggest_page.read())]),
        _rules(results),
        _growth(results),
        _peer(results),
        _change(results),
        suggest_page.section(suggest_page.read()),
        _closing(),
    )
    return "\n\n".join(parts) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield every target with what was measured."""
    runs = results["rules"][MAIN]
    whole, memory = whole_time(runs), max(run["memory"] for run in runs)
    yield Goal("all CONF and FREQ rules on 100,000 campaigns, one core", f"{whole:.1f} s", "under 20 s", whole < 20)
    yield Goal("peak memory, the generated portfolio included", f"{memory:.0f} MB", "under 3 GB", memory < 3000)
    for threads, words in ((1, "one thread"), (2, "two threads")):
        times = peer_time(results, [f"peer_{form}_{threads}" for form in _SAME]) / seconds(results["peer"], "pairs")
        yield Goal(
            f"pairs in time and place: the same join in DuckDB, {words}",
            f"{times:.1f} × as long",
            "at least 3 ×",
            times >= 3,
        )
    for threads, words in ((1, "one thread"), (2, "two threads")):
        ours = seconds(results["peer"], "pairs") + seconds(results["peer"], "meeting")
        theirs = peer_time(results, [f"peer_{form}_{threads}" for form in _FORMS])
        times = (theirs + seconds(results["peer"], f"peer_meeting_{threads}")) / ours
        yield Goal(f"pairs with audiences: DuckDB, {words}", f"{times:.1f} × as long", "longer", times > 1)
    slowest = max(max(_walls(results["change"], level)) for level in _LEVELS)
    yield Goal("one changed campaign against 100,000, slowest of all", f"{slowest:.2f} s", "under 1 s", slowest < 1)
    growth = flatness(results)
    yield Goal(
        f"time per pair, {_largest(results):,} campaigns beside {_smallest(results):,}",
        f"{growth:.2f} ×",
        f"flat (at most {FLAT} ×)",
        growth <= FLAT,
    )


def whole_time(runs: list[Results]) -> float:
    """Return the median seconds of everything: index, pairs and rules."""
    totals = [sum(float(wall) for wall, _ in run["steps"].values()) for run in runs]
    return median(totals)


def flatness(results: Results) -> float:
    """Return the time per pair in the largest portfolio by that in the smallest."""
    return _per_pair(results, _largest(results)) / _per_pair(results, _smallest(results))


def _per_pair(results: Results, count: int) -> float:
    runs = results["rules"][str(count)]
    return whole_time(runs) / int(runs[0]["pairs"])


def _largest(results: Results) -> int:
    return max(map(int, results["rules"]))


def _smallest(results: Results) -> int:
    return min(map(int, results["rules"]))


def _walls(runs: list[Results], step: str) -> list[float]:
    return [wall for run in runs for wall, _ in run["steps"][step]]


def seconds(runs: list[Results], step: str) -> float:
    """Return the median seconds of a step that was taken several times in each run."""
    return median(_walls(runs, step))


def peer_time(results: Results, steps: list[str]) -> float:
    """Return the seconds of the fastest of several ways."""
    return min(seconds(results["peer"], step) for step in steps)


def _opening(results: Results) -> str:
    return "\n".join(
        (
            "<!-- written by python -m benchmarks.write_docs; do not edit -->",
            "# How fast campaigns are compared",
            "",
            "A national portfolio, loaded already: what a check of all campaigns costs beyond reading the files. Each",
            "measurement is a process of its own on one core; figures are medians of rounds that are interleaved.",
            "DuckDB answers the same questions in the same process, in turn; runs of both that find different numbers",
            "of pairs count for nothing.",
            "",
            *circumstances(results["machine"], _data(results)),
        )
    )


def _data(results: Results) -> str:
    run = results["rules"][MAIN][0]
    about = run["portfolio"]
    return (
        f"generated campaigns (`benchmarks/national`, seed {results['seed']}) of 31 provinces, all cities and two years, "
        f"bunched at the starts of quarters and before festivals; {about['city']:.1%} are a city's, "
        f"{about['national']:.1%} the country's, the others a province's. Most are small and short: "
        f"{about['one_city']:.0%} run in one city, {about['fortnight']:.0%} for a fortnight, on average "
        f"{about['days']:.0f} days (the longest six months), with {about['offers']:.2f} offers; "
        f"{about['audiences']:,} different audiences, {about['children']:.1%} localise a provincial campaign, "
        f"{about['halls']:.1%} name halls. {run['pairs']:,} pairs share a day and a place, {run['meeting']:,} of them a "
        "customer as well."
    )


def _rules(results: Results) -> str:
    runs = results["rules"][MAIN]
    steps = {name: median(run["steps"][name][WALL] for run in runs) for name in runs[0]["steps"]}
    found = runs[0]["found"]
    lines = [f"| {name} | {steps[name]:.2f} | {found.get(name, ''):,} |" for name in found]
    lines = [*(f"| {_TITLES[name]} | {steps[name]:.2f} | |" for name in INDEX), *lines]
    total = f"| all | {whole_time(runs):.2f} | {sum(found.values()):,} |"
    head = ("## The rules on 100,000 campaigns", "", "| step | seconds | findings |", "|---|---:|---:|")
    note = (
        "FREQ003 looks at each campaign on its own and belongs to the reading of its file. The time of a rule contains\n"
        "the making of its findings; what several rules share is made once, in the first of them."
    )
    return "\n".join((*head, *lines, total, "", note))


_TITLES = {
    "index": "index: campaigns by id, city, place and day",
    "pairs": "pairs that share a day and a place",
    "meeting": "those of them that share customers",
}


def _growth(results: Results) -> str:
    lines = ["## Growth", "", "| campaigns | pairs | seconds | µs a pair | µs a campaign | peak MB |"]
    lines.append("|---:|---:|---:|---:|---:|---:|")
    for count, runs in results["rules"].items():
        time, pairs = whole_time(runs), int(runs[0]["pairs"])
        memory = max(run["memory"] for run in runs)
        figures = f"{time:.2f} | {time / pairs * 1e6:.1f} | {time / int(count) * 1e6:.0f} | {memory:.0f}"
        lines.append(f"| {int(count):,} | {pairs:,} | {figures} |")
    note = (
        "Cities and days stay the same, so a larger portfolio is a denser one: twice the campaigns make four times the\n"
        "pairs, and more of them are above the limits of crowding."
    )
    return "\n".join((*lines, "", note))


def _peer(results: Results) -> str:
    runs = results["peer"]
    pairs, meeting = seconds(runs, "pairs"), seconds(runs, "meeting")
    lines = [
        "## Beside DuckDB",
        "",
        "| pairs that share a day and a place | one thread, ms | two threads, ms |",
        "|---|---:|---:|",
        f"| campaigncheck | {pairs * 1000:.0f} | |",
        *(_compared(runs, form, title, pairs) for form, title in _FORMS.items()),
        "",
        "| those of them that share customers | one thread, ms | two threads, ms |",
        "|---|---:|---:|",
        f"| campaigncheck | {meeting * 1000:.0f} | |",
        _compared(runs, "meeting", "groups joined to the pairs, conditions as predicates", meeting),
        "",
        "The same join is that on cities and days; DuckDB is faster still with a rewriting that cuts each campaign into\n"
        "slices of thirty days and throws away what is found twice. With audiences the fastest of the three is counted.\n"
        "",
        f"Both start from what they keep in memory and end with the pairs in memory, ours in order. Before that, columns\n"
        f"are made of the campaigns: {seconds(runs, 'load') * 1000:.0f} ms here, "
        f"{seconds(runs, 'peer_load') * 1000:.0f} ms for DuckDB's tables.",
    ]
    return "\n".join(lines)


def _compared(runs: list[Results], form: str, title: str, ours: float) -> str:
    cells = [seconds(runs, f"peer_{form}_{threads}") for threads in (1, 2)]
    return f"| DuckDB: {title} | " + " | ".join(f"{cell * 1000:.0f} ({cell / ours:.1f} ×)" for cell in cells) + " |"


def _change(results: Results) -> str:
    lines = ["## One changed campaign against 100,000", "", "| campaign | median s | slowest s |", "|---|---:|---:|"]
    for level, title in _LEVELS.items():
        walls = list(chain(_walls(results["change"], level)))
        lines.append(f"| {title} | {median(walls):.3f} | {max(walls):.3f} |")
    note = "All CONF and FREQ rules, with an index that has answered once before."
    return "\n".join((*lines, "", note))


def _closing() -> str:
    return "\n".join(
        (
            "## Measure again",
            "",
            "```",
            "pip install -e '.[bench]'",
            "python -m benchmarks.check_coordination",
            "python -m benchmarks.check_suggest",
            "python -m benchmarks.write_docs",
            "```",
        )
    )
