"""The rows of ``hours.csv``: measured ones where the tickets suffice, the former ones elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.arrivals import Arrivals
from campaigncheck.calibration.counters import Counters
from campaigncheck.calibration.service import HallService
from campaigncheck.catalogue.network import HOUR_COLUMNS
from campaigncheck.catalogue.tables import table_rows
from campaigncheck.catalogue.workdays import DAY_TYPES

ENOUGH_DAYS = 3
"""Complete days from which on a type of day counts as measured."""

ENOUGH_SERVED = 30
"""Customers served from which on a hall's service counts as measured."""

SEEN, KEPT, BOUND = "seen", "kept", "bound"
"""How open counters are known: seen while customers waited; kept from before, and not contradicted; at least so many."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Former = Mapping[tuple[str, str], Mapping[int, Sequence[str]]]
"""The former rows by hall and type of day, and by hour."""


class HourRow(NamedTuple):
    """A row of ``hours.csv``; of a measured one also how the counters are known, and where it stands in the estimates."""

    cells: tuple[str, ...]
    basis: str | None = None
    at: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Estimates:
    """All that is estimated of halls."""

    arrivals: Arrivals
    counters: Counters
    service: HallService


def read_former(file: Path | None) -> Former:
    """Read the former ``hours.csv``; a row without a source is measured.

    Raises:
        CatalogueError: when it cannot be read.
    """
    found: dict[tuple[str, str], dict[int, Sequence[str]]] = {}
    for row in table_rows(file, HOUR_COLUMNS, 1) if file else ():
        cells = row.cells if len(row.cells) == len(HOUR_COLUMNS) else [*row.cells, "measured"]
        found.setdefault((cells[0], cells[1]), {})[int(cells[2])] = cells
    return found


def hour_rows(halls: Sequence[str], estimates: Estimates, former: Former) -> Iterator[HourRow]:
    """Yield the rows of every hall, in the order of the halls, types of day and hours."""
    for code, hall in enumerate(halls):
        for kind, name in enumerate(DAY_TYPES):
            before = former.get((hall, name), {})
            days = int(estimates.arrivals.days[code, kind])
            if days >= ENOUGH_DAYS or (days and not before):
                yield from _measured(hall, (code, kind), estimates, before, days >= ENOUGH_DAYS)
            else:
                yield from (HourRow(tuple(before[hour])) for hour in sorted(before))


def _measured(
    hall: str, at: tuple[int, int], estimates: Estimates, before: Mapping[int, Sequence[str]], enough: bool
) -> Iterator[HourRow]:
    arrivals = _folded(estimates.arrivals.mean[at], estimates.counters.most[at])
    come = np.flatnonzero(arrivals.sum(axis=1) > 0).tolist()
    hours = sorted({*come, *before})
    enough = enough and int(estimates.service.halls.rows[at[0]]) >= ENOUGH_SERVED
    for hour in range(hours[0], hours[-1] + 1):
        known = int(before[hour][3]) if hour in before else 0
        counters, basis = _open(estimates.counters, (*at, hour), known, bool(arrivals[hour].any()))
        mean, scv = (float(part.value[(*at, hour)]) for part in (estimates.service.mean, estimates.service.scv))
        premium, other = arrivals[hour].tolist()
        figures = (f"{premium:.2f}", f"{other:.2f}", f"{mean:.2f}", f"{scv:.3f}")
        source = "measured" if enough else "assumed"
        yield HourRow((hall, DAY_TYPES[at[1]], str(hour), str(counters), *figures, source), basis, (*at, hour))


def _folded(mean: Floats, most: Ints) -> Floats:
    """Count those who take a ticket before anybody serves, or after, to the nearest hour in which somebody does."""
    found = np.nan_to_num(mean)
    served = np.flatnonzero(most > 0)
    if not served.size:
        return found
    first, last = int(served[0]), int(served[-1])
    found[first] += found[:first].sum(axis=0)
    found[last] += found[last + 1 :].sum(axis=0)
    found[:first] = found[last + 1 :] = 0.0
    return found


def _open(counters: Counters, at: tuple[int, int, int], known: int, come: bool) -> tuple[int, str]:
    """Return how many counters are open, and how that is known."""
    median, most = int(counters.median[at]), int(counters.most[at])
    if median:
        return median, SEEN
    if known >= max(most, int(come)):
        return known, KEPT
    return max(most, int(come)), BOUND


def bases(rows: Sequence[HourRow]) -> dict[str, int]:
    """Return how many measured rows know their counters in which way."""
    return {basis: sum(row.basis == basis for row in rows) for basis in (SEEN, KEPT, BOUND)}
