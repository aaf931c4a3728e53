"""Working out many cities in several processes of this machine."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from campaigncheck.workers import end_with_parent

S = TypeVar("S")
R = TypeVar("R")

BATCH = 32
"""Cities that a process works out together: each turn of the exact method takes some tenths of a second at least."""


def side_by_side(
    jobs: int, work: Callable[[S, tuple[str, ...]], R], shared: S, cities: Sequence[str], size: int | None = None
) -> Iterator[R]:
    """Yield what ``work`` makes of ``shared`` and some cities at a time, in their order.

    Args:
        jobs: how many processes; with one it is this process.
        work: a function of a module, so that a process finds it.
        shared: what every process needs to know; it is not sent but there when they begin.
        cities: their codes.
        size: how many cities are worked out together, if not :data:`BATCH`.
    """
    each = size or BATCH
    batches = [tuple(cities[start : start + each]) for start in range(0, len(cities), each)]
    if jobs < 2 or len(batches) < 2:
        for batch in batches:
            yield work(shared, batch)
        return
    from concurrent.futures import ProcessPoolExecutor  # takes 10 ms to import, and few runs need it

    with ProcessPoolExecutor(min(jobs, len(batches)), initializer=_begin, initargs=(work, shared)) as pool:
        yield from pool.map(_some, batches)


_known: list[Any] = []
"""What this process does, and what it needs to know."""


def _begin(work: Callable[..., Any], shared: Any) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # what is to be tidied up is the first process's business
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()
    _known[:] = [work, shared]


def _some(cities: tuple[str, ...]) -> Any:
    work, shared = _known
    return work(shared, cities)
