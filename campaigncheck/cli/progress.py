"""A progress bar on standard error, for long runs that a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from campaigncheck.messages import Lang, Text

LONG = 500
"""Fewer items are done before a bar could be read."""

_LABEL = Text("检查营销案", "checking campaigns")


@contextmanager
def progress(total: int, lang: Lang, label: Text = _LABEL, least: int = LONG) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many more items are done; with fewer than ``least`` there is no bar."""
    if total < least or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label().render(lang), total=total)
        yield lambda done: bar.advance(task, done)
