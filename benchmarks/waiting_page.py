"""Turns the results of ``waiting_accuracy`` into docs/waiting.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks.parts import Goal, circumstances, targets
from benchmarks.waiting_simulator import Floats
from benchmarks.waiting_situations import SITUATIONS, allowed_mean, allowed_p90
from campaigncheck.waiting.days import CLASSES
from campaigncheck.waiting.screen import DOUBT

RESULTS = Path(__file__).with_name("waiting.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "waiting.md"
TIMES = 10_000
"""How much faster than Ciw one hall-day has to be."""

Results = dict[str, Any]
_ALLOWED = {"mean": allowed_mean, "p90": allowed_p90}


class Worst(NamedTuple):
    """The hour and class in which a figure is furthest off, of what is allowed."""

    computed: float
    simulated: float
    half: float
    """Half the width of the simulation's 95 % interval."""
    hour: int
    kind: str
    used: float
    """Error beyond the interval, of what is allowed: above 1 it is missed."""


def page(results: Results) -> str:
    """Return the whole page."""
    usual = [name for name in results["situations"] if SITUATIONS[name].usual]
    others = [name for name in results["situations"] if not SITUATIONS[name].usual]
    parts = (
        _opening(results),
        targets(goals(results)),
        _method(),
        "## Accuracy\n\n" + _reading(results) + "\n\n" + _table(results, usual),
        "## At the edge\n\nWhat is outside the targets, to show where the method ceases to hold.\n\n"
        + _table(results, others),
        _simulators(results),
        _speed(results),
        _closing(),
    )
    return "\n\n".join(parts) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield every target with what was measured."""
    usual = [name for name in results["situations"] if SITUATIONS[name].usual]
    yield Goal("situations compared with Ciw", str(len(usual)), "at least 12", len(usual) >= 12)
    for figure, target in (("mean", "within 5 % or 15 s"), ("p90", "within 10 % or 30 s")):
        used = [worst(results, name, figure).used for name in usual]
        right = sum(value <= 1 for value in used)
        shown = f"{right} of {len(used)} situations; the furthest off uses {max(used):.0%} of that"
        yield Goal(f"{figure} wait, worst hour and class, beside Ciw", shown, target, right == len(used))
    times = {name: ratio(results, name) for name in usual}
    fast, least = sum(value >= TIMES for value in times.values()), min(times, key=times.__getitem__)
    shown = (
        f"in {fast} of {len(times)} situations, median {median(times.values()):,.0f} ×, "
        f"least {times[least]:,.0f} × ({SITUATIONS[least].title})"
    )
    yield Goal("one hall-day beside Ciw at that accuracy", shown, f"at least {TIMES:,} ×", fast == len(times))


def worst(results: Results, name: str, figure: str, beside: str = "ciw") -> Worst:
    """Return where a figure of a situation is furthest off, beside a simulator."""
    found = results["situations"][name]
    truth, half, ours = (
        np.array(part) for part in (found[beside][figure], found[beside][f"{figure}_half"], found["computed"][figure])
    )
    used = np.maximum(np.abs(ours - truth) - half, 0.0) / _ALLOWED[figure](truth)
    hour, kind = np.unravel_index(int(np.argmax(used + 1e-6 * np.abs(ours - truth))), used.shape)
    here = (hour, kind)
    return Worst(
        float(ours[here]), float(truth[here]), float(half[here]), int(hour) + 1, CLASSES[kind], float(used[here])
    )


def ratio(results: Results, name: str) -> float:
    """Return how many times as long Ciw takes for a hall-day, with as many replications as it needs.

    It needs so many that half the interval of the mean is as wide as the error allowed, in the worst hour.
    """
    ciw = results["situations"][name]["ciw"]
    mean, half = np.array(ciw["mean"]), np.array(ciw["mean_half"])
    needed = float(ciw["days"]) * float(((half / allowed_mean(mean)) ** 2).max())
    return max(1.0, needed) * float(ciw["seconds"] / ciw["days"]) / _seconds(results, "chain")


def _seconds(results: Results, method: str) -> float:
    return float(results["speed"]["seconds"][method] / results["speed"]["days"])


def _opening(results: Results) -> str:
    lines = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How waits are computed, and how right they are",
        "",
        "Waits of all who arrive in an hour, by hall, hour and class. They are computed, not simulated; this page compares them",
        "with the simulator Ciw, customer by customer, on days of ten hours.",
        "",
        *circumstances(results["machine"], f"{len(results['situations'])} days of halls (`benchmarks/waiting_situations.py`)."),
    ]  # fmt: skip
    return "\n".join(lines)


def _method() -> str:
    return """## Method

Customers come at random at the rate of the hour, premium ones are called first, service is lognormal, a counter that closes
finishes its customer, whoever is inside at closing time is served, nobody waits at opening.

| what | how | source |
|---|---|---|
| number inside, hour after hour | birth-death chain, followed in time; queues carry over | Crank and Nicolson 1947, Rannacher 1984 |
| variability of service | units of (1 + scv) ÷ 2 customers; the first is the wait for a free counter | Tijms, van Hoorn, Federgruen 1981 |
| premium first | a second chain for waiting premium customers, fed while all counters are busy | Cobham 1954; Kella and Yechiali 1985 in the settled case |
| from queue to wait | work ahead, done at the rates to come, less what premium customers take | first passage; Whitt 2002, ch. 5 |
| 90th percentile, shares | the number of services in a time, by its mean, variance and skewness | Cox 1962, §4.5 |
| first services of a day | nobody is nearly finished when a hall opens | infinite-server queue, renewal theory |
| the quick look | stationary backlog carry-over | Stolletz 2008 |
| hotline | Erlang A | Palm 1957; Mandelbaum and Zeltyn 2007 |

Formulas for settled hours are not used where they do not hold: taken hour by hour they forget the queue of the hour before and
are infinite under overload. States that prove too few are enlarged and the day computed again, so nothing is cut off. Beyond a
variability of 4, or where premium customers alone fill a hall, figures are rough (below); there they show the order of size."""


def _reading(results: Results) -> str:
    days = [found["ciw"]["days"] for found in results["situations"].values()]
    return (
        f"Each line shows the hour and class that are furthest off: computed / Ciw ± half of the 95 % interval, in minutes; Ciw ran\n"
        f"{min(days):,} to {max(days):,} days. “Used” is the error beyond that interval, of the error allowed (5 % or 15 s for the\n"
        "mean, 10 % or 30 s for the 90th percentile): up to 100 % is right."
    )


def _table(results: Results, names: list[str]) -> str:
    lines = ["| situation | mean | used | p90 | used |", "|---|---|---:|---|---:|"]
    for name in names:
        cells = [SITUATIONS[name].title]
        for figure in ("mean", "p90"):
            here = worst(results, name, figure)
            place = f"hour {here.hour}, {here.kind}"
            cells += [f"{here.computed:.2f} / {here.simulated:.2f} ± {here.half:.2f} ({place})", f"{here.used:.0%}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _simulators(results: Results) -> str:
    lines = [
        "## The second simulator",
        "",
        "Tests use an own simulator (`benchmarks/waiting_simulator.py`), since it is faster. Beside Ciw its means differ by, in units",
        "of the standard error of the difference, and beside it the computed figures use of what is allowed:",
        "",
        "| situation | days | root mean square | largest | mean | p90 |",
        "|---|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for name, found in results["situations"].items():
        apart = _apart(found)
        used = (worst(results, name, figure, "simulated").used for figure in ("mean", "p90"))
        shown = " | ".join(f"{value:.0%}" for value in used)
        root, most = np.sqrt((apart**2).mean()), np.abs(apart).max()
        lines.append(
            f"| {SITUATIONS[name].title} | {found['simulated']['days']:,} | {root:.1f} | {most:.1f} | {shown} |"
        )
    return "\n".join(lines)


def _apart(found: dict[str, Any]) -> Floats:
    """Return how many standard errors lie between the means of both simulators."""
    ciw, own = found["ciw"], found["simulated"]
    error = np.hypot(np.array(ciw["mean_half"]), np.array(own["mean_half"])) / 2.093
    return np.asarray((np.array(ciw["mean"]) - np.array(own["mean"])) / np.maximum(error, 1e-3))


def _speed(results: Results) -> str:
    speed = results["speed"]
    lines = [
        "## Speed",
        "",
        f"One process, {speed['days']:,} different random days of halls of 1 to 20 counters, many of them overloaded; processor time.",
        "",
        "| method | hall-days a second | ms a hall-day |",
        "|---|---:|---:|",
    ]
    for name, title in (("chain", "chain: mean, p90, queue"), ("screen", "quick look: mean")):
        seconds = _seconds(results, name)
        lines.append(f"| {title} | {1 / seconds:,.0f} | {seconds * 1000:.2f} |")
    rates = [found["ciw"]["days"] / found["ciw"]["seconds"] for found in results["situations"].values()]
    lines += [
        f"| Ciw, one replication | {min(rates):,.0f} to {max(rates):,.0f} | |",
        "",
        *_beside(),
        "",
        *_screen(speed),
        "",
        *_doubt(results["doubt"]),
    ]
    return "\n".join(lines)


def _beside() -> tuple[str, ...]:
    return (
        "Days are computed side by side; one alone takes some tenths of a second. Ciw is given as many days as make half of its 95 %",
        "interval as wide as the error allowed, in the worst hour: some dozens in a quiet hall, where 15 seconds are more than anybody",
        "waits, and thousands where queues are long. So the ratio is smallest where least has to be known.",
    )


def _screen(speed: dict[str, Any]) -> Iterator[str]:
    yield "The quick look beside the chain, by the worst hour and class of a day:"
    yield ""
    yield "| promise, minutes | broken, looked kept | kept, looked broken | least that looked broken rightly | most though kept |"
    yield "|---:|---:|---:|---:|---:|"
    for limit, found in speed["verdicts"].items():
        yield f"| {limit} | {found['missed']} | {found['false']} | {found['lowest']} | {found['highest']} |"
    yield ""
    yield "Between the last two figures, and with a margin, the chain has to decide."


def _doubt(found: dict[str, Any]) -> Iterator[str]:
    yield "Whether the chain is asked is decided with waits made longer where service hardly varies, and in the hour after a longer"
    yield f"queue. Promises in the contract's proportions that {found['days']:,} other random days just break ({found['tried']:,} cases,"
    yield f"promises from 2 minutes) then look used up to at least {found['lowest']:.0%}; the chain is asked from {DOUBT:.0%} on. Odder"
    yield "halls (one counter, thirty, hardly any or much variability, premium customers nearly alone) are in the tests."


def _closing() -> str:
    return "\n".join(
        (
            "## Measure again",
            "",
            "```",
            "pip install -e '.[bench]'",
            "python -m benchmarks.waiting_accuracy",
            "python -m benchmarks.write_docs",
            "```",
        )
    )
