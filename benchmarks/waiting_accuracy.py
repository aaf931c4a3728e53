"""Compare computed waits with simulation, by Ciw and by an own simulator, and measure how fast they are.

Usage: python -m benchmarks.waiting_accuracy [--output FILE] [--customers N] [--days N] [--only NAME ...] [--doubt]

``--customers`` says how many customers Ciw serves in each situation, ``--days`` how many days the own simulator has.
``--doubt`` measures anew only how far the quick look can be trusted, and keeps all else.
``python -m benchmarks.write_docs`` shows the results in docs/waiting.md.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from typing import Any

import ciw
import numpy as np

from benchmarks.check_speed import machine
from benchmarks.command import options, save
from benchmarks.waiting_page import RESULTS
from benchmarks.waiting_simulator import HOUR, Day, Floats, Ints, Served, simulate
from benchmarks.waiting_situations import SITUATIONS, hall_days, random_days
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.screen import screened, wary

BATCHES = 20
_T = 2.093
"""Student's t for a 95 % interval from 20 batches."""

PACKAGES = ("campaigncheck", "numpy", "ciw")
_LATE = 1e6
_DOUBTED = 10_000
"""Days on which the quick look is tried."""
_FELT = 2.0
"""Shorter promises, in minutes, are not tried."""


class Counters(ciw.Node):  # type: ignore[misc]
    """A node whose counters open and close one by one: closing ones finish, idle ones close first, then any.

    Ciw's own schedule sends all servers off duty at the end of a shift and brings as many new ones, so that for a moment
    twice as many serve.
    """

    def change_shift(self) -> None:
        """Open or close as many counters as the shift has more or less."""
        self.schedule.get_next_shift()
        self.next_shift_change = self.schedule.next_shift_change_date
        self.c = self.schedule.c
        working = [server for server in self.servers if not server.offduty]
        self.add_new_servers(max(0, self.c - len(working)))
        closing = sorted(working, key=lambda server: (server.busy, ciw.random.random()))[
            : max(0, len(working) - self.c)
        ]
        for server in closing:
            server.shift_end = self.next_event_date
            if server.busy:
                server.offduty = True
            else:
                self.kill_server(server)
        self.begin_service_if_possible_change_shift()


class Service(ciw.dists.Distribution):  # type: ignore[misc]
    """Lognormal service, by the hour of arrival."""

    def __init__(self, means: tuple[float, ...], scv: tuple[float, ...]) -> None:
        """Take mean and variability by the hour."""
        self._spread = [float(np.log1p(value)) for value in scv]
        self._centre = [float(np.log(mean)) - spread / 2 for mean, spread in zip(means, self._spread, strict=True)]

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Draw the service of a customer."""
        hour = int(ind.arrival_date // HOUR)
        return float(ciw.random.lognormvariate(self._centre[hour], self._spread[hour] ** 0.5))


def by_ciw(day: Day, days: int, seed: int) -> tuple[Served, Served]:
    """Serve so many days by Ciw; the network is built anew for each, since arrivals are drawn when it is built."""
    found: tuple[list[tuple[int, int, float]], ...] = ([], [])
    for number in range(days):
        ciw.seed(seed + number)
        simulation = ciw.Simulation(_network(day), node_class=Counters)
        simulation.simulate_until_max_time(_LATE / 2)
        for record in simulation.get_all_records():
            kind = found[record.customer_class == "other"]
            kind.append((number, int(record.arrival_date // HOUR), record.waiting_time))
    premium, other = (Served(*_columns(kind)) for kind in found)
    return premium, other


def _columns(rows: list[tuple[int, int, float]]) -> tuple[Ints, Ints, Floats]:
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _network(day: Day) -> Any:
    """Return the hall; the last shift goes on until all are served."""
    ends = [HOUR * (hour + 1) for hour in range(len(day.counters))]
    rates = {"premium": day.premium, "other": day.other}
    means = {"premium": day.premium_mean, "other": day.other_mean}
    return ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.PoissonIntervals([rate / HOUR for rate in hourly], ends, ends[-1])]
            for name, hourly in rates.items()
        },
        service_distributions={name: [Service(hourly, day.scv)] for name, hourly in means.items()},
        number_of_servers=[ciw.Schedule(list(day.counters), [*ends[:-1], _LATE])],
        priority_classes={"premium": 0, "other": 1},
    )


def told(kinds: tuple[Served, Served], day: Day, days: int) -> dict[str, list[Any]]:
    """Return mean and 90th percentile by hour and class, and half the width of their 95 % intervals.

    The widths come from batches of days, since waits of a day go together.
    """
    shape = (len(day.counters), 2)
    found = {name: np.zeros(shape) for name in ("mean", "p90", "mean_half", "p90_half")}
    for number, kind in enumerate(kinds):
        for hour in range(shape[0]):
            here = kind.hour == hour
            waited, batch = kind.wait[here], kind.day[here] * BATCHES // days
            parts = [waited[batch == part] for part in range(BATCHES)]
            found["mean"][hour, number], found["p90"][hour, number] = waited.mean(), np.quantile(waited, 0.9)
            for name, values in (
                ("mean_half", [part.mean() for part in parts]),
                ("p90_half", [np.quantile(part, 0.9) for part in parts]),
            ):
                found[name][hour, number] = _T * np.std(values, ddof=1) / np.sqrt(BATCHES)
    return {name: np.round(values, 4).tolist() for name, values in found.items()}


def compared(name: str, customers: int, days: int) -> dict[str, Any]:
    """Compute and simulate a situation."""
    day = SITUATIONS[name].day
    replications = max(BATCHES, round(customers / sum(day.premium + day.other)))
    begin = time.process_time()
    served = by_ciw(day, replications, seed=20_270_115)
    seconds = time.process_time() - begin
    ours = waits(hall_days(day))
    print(f"{name}: {replications} days by Ciw in {seconds:.0f} s", file=sys.stderr, flush=True)
    return {
        "ciw": told(served, day, replications) | {"days": replications, "seconds": round(seconds, 2)},
        "simulated": told(simulate(day, days, seed=7), day, days) | {"days": days},
        "computed": {"mean": np.round(ours.mean[0], 4).tolist(), "p90": np.round(ours.p90[0], 4).tolist()},
        "screened": np.round(screened(hall_days(day))[0], 4).tolist(),
    }


def speed(count: int) -> dict[str, Any]:
    """Measure hall-days a second, in one process, and how the screen compares with the chain."""
    days = random_days(count, seed=5)
    seconds = {}
    for name, method in (("chain", lambda: waits(days)), ("screen", lambda: screened(days))):
        begin = time.process_time()
        method()
        seconds[name] = time.process_time() - begin
    exact, quick = waits(days).mean.max(axis=(1, 2)), screened(days).max(axis=(1, 2))
    verdicts = {
        str(limit): {
            "missed": int(((exact > limit) & (quick <= limit)).sum()),
            "false": int(((exact <= limit) & (quick > limit)).sum()),
            "lowest": round(float(quick[exact > limit].min()), 2),
            "highest": round(float(quick[exact <= limit].max()), 2),
        }
        for limit in (5, 10, 15)
    }
    return {"days": count, "seconds": seconds, "verdicts": verdicts}


def doubt(count: int) -> dict[str, Any]:
    """Measure how much of a promise that a day just breaks the quick look sees used up, at the least.

    Promises are in the contract's proportions; which hours are busy is left to chance.
    """
    days = random_days(count, seed=5)
    exact, quick = waits(days, p90=False).mean, wary(days, screened(days))
    chance, lowest, tried = np.random.default_rng(6), 1.0, 0
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        promised = np.where(chance.random((*days.mean.shape, 1)) < share, np.array([10.0, 15.0]), 5.0)
        used, seen = ((found / promised).max(axis=(1, 2)) for found in (exact, quick))
        felt = used * promised.min(axis=(1, 2)) > _FELT
        tried += int(felt.sum())
        lowest = min(lowest, float((seen[felt] / used[felt]).min()))
    return {"days": count, "tried": tried, "lowest": round(lowest, 2)}


def main() -> int:
    """Compare everything, two situations at a time, and keep the results."""
    parser = options("waiting_accuracy", __doc__, RESULTS)
    parser.add_argument("--customers", type=int, default=400_000, metavar="N", help="served by Ciw (%(default)s)")
    parser.add_argument("--days", type=int, default=4_000, metavar="N", help="simulated besides (%(default)s)")
    parser.add_argument("--only", nargs="*", choices=SITUATIONS, default=list(SITUATIONS), metavar="NAME")
    parser.add_argument("--doubt", action="store_true", help="only how far the quick look can be trusted")
    arguments = parser.parse_args()
    if arguments.doubt:
        known = json.loads(arguments.output.read_text(encoding="utf-8"))
        save(known | {"doubt": doubt(_DOUBTED)}, arguments.output)
        return 0
    with ProcessPoolExecutor(2) as pool:
        work = partial(compared, customers=arguments.customers, days=arguments.days)
        found = dict(zip(arguments.only, pool.map(work, arguments.only), strict=True))
    about = machine() | {"packages": {name: version(name) for name in PACKAGES}}
    save({"machine": about, "situations": found, "speed": speed(4_000), "doubt": doubt(_DOUBTED)}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
