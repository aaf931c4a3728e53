"""Campaigns that have been: what was predicted of them, and what the tickets show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.intervals import Service, rates, services
from campaigncheck.calibration.measure import BLOCKS, Columns
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.engine.repository import specs_at
from campaigncheck.handling.counter import counter_time
from campaigncheck.handling.plan import PlannedStep
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import load
from campaigncheck.source.errors import SourceError
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.draws import Draws, draws
from campaigncheck.understand.meaning import understand

Floats = NDArray[np.float64]
EPOCH = date(1970, 1, 1)

_UNREADABLE = Text("{path} 读不懂，没有拿它比较", "{path} cannot be understood and is not compared")


@dataclass(frozen=True)
class Rate:
    """A mean number a day, with its interval and what was predicted; not a number where nothing was."""

    mean: float
    low: float
    high: float
    predicted: float


@dataclass(frozen=True)
class PastCampaign:
    """A campaign that tickets name.

    Attributes:
        id: its id.
        path: where its spec is; None if there is none.
        days: days of its period that the files cover; all days with its tickets where there is no spec.
        outside: tickets on days outside its period.
        transactions: transactions a day in the halls of the files.
        enquiries: people a day who only asked.
        handling: its handling time, one group.
        predicted_minutes: the mean predicted, from steps and rehearsals.
        steps: its steps, for those of the catalogue whether their times are the catalogue's.
    """

    id: str
    path: str | None
    days: int
    outside: int
    transactions: Rate
    enquiries: Rate
    handling: Service
    predicted_minutes: float
    steps: tuple[tuple[PlannedStep, bool], ...]


@dataclass(frozen=True)
class Specs:
    """Specs by id, with the path of each, and remarks about those that cannot be used."""

    campaigns: Mapping[str, tuple[Campaign, str]]
    remarks: Sequence[Message]


def read_specs(paths: Iterable[str], wanted: Iterable[str]) -> Specs:
    """Read the specs at some paths; of several with one id the first by path counts."""
    names = set(wanted)
    found: dict[str, tuple[Campaign, str]] = {}
    remarks = []
    files = {file: name for path in paths for file, name in specs_at(path).items()}
    for file, name in sorted(files.items(), key=lambda item: item[1]):
        try:
            value, _, _ = load(file, name)
        except SourceError:
            remarks.append(_UNREADABLE(path=name))
            continue
        if not isinstance(value, dict) or value.get("id") not in names:
            continue
        campaign = fit(Campaign, value)
        if isinstance(campaign, list):
            remarks.append(_UNREADABLE(path=name))
        else:
            found.setdefault(campaign.id, (campaign, name))
    return Specs(found, remarks)


@dataclass(frozen=True)
class Ground:
    """Where tickets come from: the halls with tickets, and the customers whom each hall has anyway on each type of day."""

    halls: Sequence[str]
    used: NDArray[np.bool_]
    base: Floats
    kinds: Mapping[int, int]
    edge: int


def compare(sums: Columns, specs: Specs, catalogues: Catalogues, ground: Ground) -> list[PastCampaign]:
    """Compare what tickets show of each campaign with what its spec predicts."""
    names = sorted(set(sums["campaign"]))
    rows = np.array(sums["campaign"], dtype=object)
    return [_compare(name, _part(sums, rows == name), specs.campaigns.get(name), catalogues, ground) for name in names]


def factors(past: Iterable[PastCampaign]) -> dict[str, float]:
    """Return how many times as many transactions as predicted there were, of campaigns of which both are known."""
    known = {item.id: (item.transactions.mean, item.transactions.predicted) for item in past}
    return {name: float(mean / predicted) for name, (mean, predicted) in known.items() if mean >= 0 and predicted > 0}


def _part(sums: Columns, mask: NDArray[np.bool_]) -> Columns:
    return {name: column[mask] for name, column in sums.items() if name != "campaign"}


class _Predicted(NamedTuple):
    """What is known of a campaign beforehand: the days to look at, customers a day, minutes, steps."""

    path: str | None
    days: list[int]
    people: float
    asking: float
    minutes: float
    steps: tuple[tuple[PlannedStep, bool], ...]


def _compare(
    name: str, sums: Columns, spec: tuple[Campaign, str] | None, catalogues: Catalogues, ground: Ground
) -> PastCampaign:
    before = _predict(*spec, catalogues, ground) if spec else _unknown(sums, ground)
    inside, asks = np.isin(sums["day"], before.days), sums["asks"] == 1
    served = _part_of(sums, ~asks)
    served["block"] = served["day"] % BLOCKS
    return PastCampaign(
        name, before.path, len(before.days), int(sums["rows"][~inside].sum()),
        _rate(sums, inside & ~asks, before.days, before.people), _rate(sums, inside & asks, before.days, before.asking),
        services(served, np.zeros(len(served["day"]), np.int64), 1), before.minutes, before.steps,
    )  # fmt: skip


def _unknown(sums: Columns, ground: Ground) -> _Predicted:
    """Without a spec the days from the first ticket to the last are looked at."""
    first, last = int(sums["day"].min()), int(sums["day"].max())
    days = [day for day in sorted(ground.kinds) if first <= day <= last]
    return _Predicted(None, days, np.nan, np.nan, np.nan, ())


def _predict(campaign: Campaign, path: str, catalogues: Catalogues, ground: Ground) -> _Predicted:
    period = range((campaign.period.start - EPOCH).days, (campaign.period.end - EPOCH).days + 1)
    days = [day for day in sorted(ground.kinds) if day in period]
    drawn = draws(campaign, catalogues.attributes)
    share = _covered_share(campaign, drawn, days, catalogues, ground) / max(len(days), 1)
    people, asking = (share * drawn.hall, share * drawn.asks_hall) if drawn and days else (np.nan, np.nan)
    counter = counter_time(campaign, catalogues)
    minutes = counter.estimate.mean if counter.estimate else np.nan
    steps = tuple((step, campaign.handling.steps[step.position].minutes is None) for step in counter.steps)
    return _Predicted(path, days, people, asking, minutes, steps)


def _part_of(sums: Columns, mask: NDArray[np.bool_]) -> Columns:
    return {name: column[mask] for name, column in sums.items()}


def _rate(sums: Columns, mask: NDArray[np.bool_], covered: list[int], predicted: float) -> Rate:
    """Return how many come a day, with an interval that allows for days that differ."""
    if not covered:
        return Rate(np.nan, np.nan, np.nan, predicted)
    counts = np.zeros(len(covered))
    counts[np.searchsorted(covered, sums["day"][mask])] = sums["rows"][mask]
    mean = float(counts.mean())
    freedom = max(len(covered) - 1, 1)
    dispersion = max(1.0, float(((counts - mean) ** 2).sum() / mean / freedom)) if mean else 1.0
    low, high = rates(np.array([int(counts.sum())]), np.array([len(covered)]), np.array([dispersion]))
    return Rate(mean, float(low[0]), float(high[0]), predicted)


def _covered_share(
    campaign: Campaign, drawn: Draws | None, covered: list[int], catalogues: Catalogues, ground: Ground
) -> float:
    """Return the share of a campaign's customers that is predicted for the days and halls of the files.

    Within a part of the period customers spread over days and halls like those who come anyway.
    """
    scope = _scope(campaign, catalogues, ground)
    if drawn is None or not scope.any():
        return np.nan
    weights = ground.base[scope].sum(axis=0), ground.base[scope & ground.used].sum(axis=0)
    first, share = (campaign.period.start - EPOCH).days, 0.0
    for length, part in drawn.parts:
        days = range(first, first + length)
        types = [_kind(day, catalogues, ground) for day in days]
        total = sum(weights[0][kind] for kind in types)
        here = sum(
            weights[1][kind] for day, kind in zip(days, types, strict=True) if day in ground.kinds and day in covered
        )
        share += part * here / total if total else 0.0
        first += length
    return float(share)


def _scope(campaign: Campaign, catalogues: Catalogues, ground: Ground) -> NDArray[np.bool_]:
    cities = understand(campaign, catalogues).cities
    masks, network = catalogues.regions.masks, catalogues.network.halls
    named = set(campaign.halls)
    return np.array(
        [bool(masks[network[hall].region] & cities) and (not named or hall in named) for hall in ground.halls], np.bool_
    )


def _kind(day: int, catalogues: Catalogues, ground: Ground) -> int:
    known = ground.kinds.get(day)
    if known is not None:
        return known
    return DAY_TYPES.index(catalogues.calendar.day_type(EPOCH + timedelta(days=day), ground.edge))
