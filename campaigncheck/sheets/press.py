"""Makes the files of sheets: every format asked for, in several processes where that takes long.

The files are the same whatever the number of processes, and come in the order of the sheets.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang, Message
from campaigncheck.sheets.edition import Listed, Refusal
from campaigncheck.sheets.formats import FORMATS, CannotWriteError
from campaigncheck.sheets.model import Sheet

AHEAD = 4
"""Sheets that wait for each process: enough that none is ever idle, few enough for memory."""


class Order(NamedTuple):
    """How sheets are wanted: formats, language, a site's own templates, number of processes."""

    formats: tuple[str, ...]
    lang: Lang
    templates: Path | None = None
    jobs: int = 1

    @property
    def apart(self) -> bool:
        """Whether several processes are worth while."""
        return self.jobs > 1 and any(FORMATS[name].slow for name in self.formats)


class Copy(NamedTuple):
    """A sheet in one format: how the name of its file ends, and what stands in it, or why it could not be made."""

    suffix: str
    content: str | bytes | CannotWriteError


class _Stopped(NamedTuple):
    """Wrong usage found in another process; the exception itself does not travel."""

    message: Message
    hint: Message


def press(
    made: Iterable[tuple[Listed, Sheet | Refusal]], order: Order
) -> Iterator[tuple[Listed, list[Copy] | Refusal]]:
    """Yield the files of each sheet, or why there is none.

    Raises:
        UsageError: when a site's own template fails, or something that a format needs is missing.
    """
    if order.apart:
        yield from _apart(made, order)
        return
    for line, sheet in made:
        yield line, sheet if isinstance(sheet, Refusal) else _copies(sheet, order)


def _copies(sheet: Sheet, order: Order) -> list[Copy]:
    return [_copy(sheet, name, order) for name in order.formats]


def _copy(sheet: Sheet, name: str, order: Order) -> Copy:
    known = FORMATS[name]
    try:
        return Copy(known.suffix, known.load()(sheet, order.lang, order.templates))
    except CannotWriteError as error:
        return Copy(known.suffix, error)


_Waiting = tuple[Listed, "Refusal | Future[list[Copy] | _Stopped]"]


def _apart(
    made: Iterable[tuple[Listed, Sheet | Refusal]], order: Order
) -> Iterator[tuple[Listed, list[Copy] | Refusal]]:
    """Do the work in new processes: a fork of this one would share a font library that does not bear it."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[_Waiting] = deque()
    pool = ProcessPoolExecutor(order.jobs, mp_context=get_context("spawn"), initializer=_start)
    try:
        for line, sheet in made:
            waiting.append((line, sheet if isinstance(sheet, Refusal) else pool.submit(_work, sheet, order)))
            if len(waiting) > AHEAD * order.jobs:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())
    finally:
        waiting.clear()
        pool.shutdown(cancel_futures=True)
        # The program ends without taking its objects apart, and the locks shared with other processes must not be left.
        del pool
        gc.collect()


def _start() -> None:
    """An interruption is the business of the process that the user started."""
    from campaigncheck.workers import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _work(sheet: Sheet, order: Order) -> list[Copy] | _Stopped:
    try:
        return _copies(sheet, order)
    except UsageError as error:
        return _Stopped(error.message, error.hint)


def _done(item: _Waiting) -> tuple[Listed, list[Copy] | Refusal]:
    line, given = item
    if isinstance(given, Refusal):
        return line, given
    result = given.result()
    if isinstance(result, _Stopped):
        raise UsageError(result.message, result.hint)
    return line, result
