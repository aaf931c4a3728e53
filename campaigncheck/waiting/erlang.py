"""The hotline by the hour: Erlang A, calls that wait until they are answered or give up (Palm 1957).

Calls come at random, talk and patience are exponential; the hour is taken to be settled, which it is within a few
minutes of talk (callers who give up keep the queue short, overloaded or not). The wait offered to a call has the
density n μ π exp(λ ÷ θ (1 - exp(-θ x)) - n μ x), where π is the probability of exactly n callers (Baccelli & Hebuterne
1981; Mandelbaum & Zeltyn 2007, *Service engineering in action: the Palm/Erlang-A queue*). Sums are taken as ratios and
logarithms, so that neither hundreds of agents nor any overload leaves the range of numbers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from campaigncheck.waiting.days import Floats, Ints

_HOUR = 3600.0
_EDGES = np.array([0.0, 0.001, 0.01, 0.05, 0.15, 0.3, 0.5, 0.75, 1.0])
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_WIDE = 12
"""Standard deviations of the queue that the sums take in, and a few callers more."""
_FEW = 80


class Answered(NamedTuple):
    """What becomes of the calls of an hour."""

    share_within: Floats
    """Answered within the time promised, of all calls, those that give up included."""
    wait_mean: Floats
    """Seconds until a call is answered or gives up, mean of all calls."""
    abandoned: Floats
    """Share of all calls that gives up."""
    abandoned_within: Floats
    """Share of all calls that gives up within the time promised: neither kept nor broken."""


class _Hour(NamedTuple):
    calls: Floats
    agents: Ints
    talk: Floats
    patience: Floats
    within: Floats


def answered(calls: ArrayLike, agents: ArrayLike, talk: ArrayLike, patience: ArrayLike, within: ArrayLike) -> Answered:
    """Return what becomes of the calls: calls by the hour, times in seconds; arrays of one shape, or numbers.

    Without agents everybody gives up; without calls the answer is for one who would call.

    Raises:
        ValueError: a figure is negative or not finite, agents are not whole, or talk or patience take no time.
    """
    given = np.broadcast_arrays(
        *(np.asarray(part, dtype=np.float64) for part in (calls, agents, talk, patience, within))
    )
    if not all(np.isfinite(part).all() and (part >= 0).all() for part in given):
        raise ValueError("calls, agents and times must be finite and not negative")
    if (given[1] != np.floor(given[1])).any():
        raise ValueError("agents must be whole")
    if (given[2] <= 0).any() or (given[3] <= 0).any():
        raise ValueError("talk and patience must take time")
    shape = given[0].shape
    flat = [part.ravel() for part in given]
    hour = _Hour(flat[0] / _HOUR, flat[1].astype(np.int64), *flat[2:])
    return Answered(*(part.reshape(shape) for part in _settled(hour)))


def _settled(hour: _Hour) -> Answered:
    staffed = hour.agents > 0
    safe = hour._replace(agents=np.maximum(hour.agents, 1))
    spare, (queue, length) = _spare(safe), _queue(safe)
    nobody = -np.logaddexp(spare, queue)  # the logarithm of the probability of exactly as many callers as agents
    within, left = _offered(safe, nobody)
    at_once = np.exp(-np.logaddexp(0.0, queue - spare))
    gone = np.exp(-np.logaddexp(0.0, spare - queue)) * length
    share = np.where(staffed, np.minimum(at_once + within, 1.0), 0.0)
    never = 1 - np.exp(-hour.within / hour.patience)
    still = np.maximum(1 - at_once - within - left, 0.0)  # those whose offered wait is longer
    gave_up = np.where(staffed, np.minimum(left + still * never, 1 - share), never)
    abandoned = np.where(staffed, np.minimum(gone, 1.0), 1.0)
    return Answered(share, abandoned * hour.patience, abandoned, gave_up)


def _spare(hour: _Hour) -> Floats:
    """Return the logarithm of P(fewer callers than agents) ÷ P(as many): from Erlang B, x(n) = n ÷ a (1 + x(n - 1))."""
    offered = hour.calls * hour.talk
    logarithm = np.full(offered.shape, -np.inf)
    with np.errstate(divide="ignore"):
        idle = np.log(offered)
    for n in range(1, int(hour.agents.max(initial=0)) + 1):
        one_more = np.log(n) - idle + np.logaddexp(0.0, logarithm)
        logarithm = np.where(n <= hour.agents, one_more, logarithm)
    return logarithm


def _queue(hour: _Hour) -> tuple[Floats, Floats]:
    """Return the logarithm of P(all busy) ÷ P(nobody waits, all busy), and the share given up of those who wait.

    Both sums over the callers who wait are taken from the far end, where hardly anybody is.
    """
    serve = hour.agents / hour.talk
    leave = 1 / hour.patience
    crowd = np.maximum(hour.calls - serve, 0.0) * hour.patience + _WIDE * np.sqrt(hour.calls * hour.patience) + _FEW
    total, length = np.zeros(serve.shape), np.zeros(serve.shape)
    with np.errstate(divide="ignore"):
        arrive = np.log(hour.calls)
    for k in range(int(crowd.max(initial=0)), 0, -1):
        more = arrive - np.log(serve + k * leave) + total
        both = np.logaddexp(0.0, more)
        here = k <= crowd
        length = np.where(here, np.exp(more - both) * (1 + length), length)
        total = np.where(here, both, total)
    calls = np.where(hour.calls > 0, hour.calls, 1.0)
    return total, np.where(hour.calls > 0, length * leave / calls, 1 / (1 + serve * hour.patience))


def _offered(hour: _Hour, nobody: Floats) -> tuple[Floats, Floats]:
    """Return the shares that have to wait no longer than promised: who stays until answered, who gives up before."""
    serve, leave = hour.agents / hour.talk, 1 / hour.patience
    within, left = np.zeros(serve.shape), np.zeros(serve.shape)
    for low, high in pairwise(_EDGES):
        for point, weight in zip(_POINTS, _WEIGHTS, strict=True):
            wait = hour.within * (low + (high - low) * (point + 1) / 2)
            stay = np.exp(-leave * wait)
            density = np.exp(hour.calls * hour.patience * -np.expm1(-leave * wait) - serve * wait + nobody) * serve
            part = density * weight * (high - low) / 2 * hour.within
            within += part * stay
            left += part * -np.expm1(-leave * wait)
    return within, left
