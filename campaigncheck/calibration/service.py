"""How long service takes in each hour: what was measured there, drawn towards the hall's own where it is thin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.arrivals import HOURS
from campaigncheck.calibration.intervals import NORMAL, Service, Shrunk, services, shrink
from campaigncheck.calibration.measure import Columns
from campaigncheck.catalogue.workdays import DAY_TYPES

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HallService:
    """Service of halls, and of their hours.

    Attributes:
        halls: as measured in each hall.
        mean: minutes in each hour; shape (halls, types of day, hours).
        scv: squared coefficient of variation, of the same shape.
        rows: customers served in each hour, of the same shape.
    """

    halls: Service
    mean: Shrunk
    scv: Shrunk
    rows: Ints


def service(halls: Columns, cells: Columns, number: int) -> HallService:
    """Estimate the service of every hall and hour: halls are drawn towards all halls, hours towards their hall."""
    measured = services(halls, halls["code"], number)
    everywhere = np.zeros(number, np.int64)
    noise = measured.scv * measured.mean**2
    mean = _drawn(measured.rows, measured.mean, noise, everywhere)
    scv = _drawn(measured.rows, measured.scv, measured.scv_noise, everywhere)
    shape = (number, len(DAY_TYPES), HOURS)
    rows, means, scvs = _cells(cells, shape)
    group = np.repeat(np.arange(number), len(DAY_TYPES) * HOURS)
    here = _filled(noise)[group], _filled(measured.scv_noise)[group]
    by_hour = [
        shrink(rows, value, part, group, centre.value, _variance(centre))
        for value, part, centre in ((means, here[0], mean), (scvs, here[1], scv))
    ]
    return HallService(measured, _shaped(by_hour[0], shape), _shaped(by_hour[1], shape), rows.reshape(shape))


def _drawn(rows: Ints, value: Floats, noise: Floats, group: Ints) -> Shrunk:
    """Draw halls towards the mean of all."""
    known = np.isfinite(value) & (rows > 0)
    total = max(int(rows[known].sum()), 1)
    centre = float((rows[known] * value[known]).sum() / total)
    filled = _filled(noise)
    spread = float((rows[known] * (value[known] - centre) ** 2).sum() / total)
    unsure = spread if known.sum() > 1 else float(filled[known].sum() / total)
    return shrink(rows, value, filled, group, np.array([centre]), np.array([unsure]))


def _filled(noise: Floats) -> Floats:
    """Put the middle of what is known where a hall's own noise is not."""
    known = np.isfinite(noise) & (noise > 0)
    middle = float(np.median(noise[known])) if known.any() else 1.0
    return np.where(known, noise, middle)


def _variance(centre: Shrunk) -> Floats:
    return np.asarray(((centre.high - centre.value) / NORMAL) ** 2)


def _cells(cells: Columns, shape: tuple[int, int, int]) -> tuple[Ints, Floats, Floats]:
    size = int(np.prod(shape))
    at = np.ravel_multi_index((cells["code"], cells["kind"], cells["hour"]), shape)
    rows, mean, scv = np.zeros(size, np.int64), np.full(size, np.nan), np.full(size, np.nan)
    count, total, squares = cells["rows"], cells["total"], cells["squares"]
    rows[at] = count
    mean[at] = total / count / 60
    with np.errstate(divide="ignore", invalid="ignore"):
        scv[at] = (squares / count / (total / count) ** 2 - 1) * count / (count - 1)
    return rows, mean, scv


def _shaped(found: Shrunk, shape: tuple[int, int, int]) -> Shrunk:
    return Shrunk(*(part.reshape(shape) for part in found))
