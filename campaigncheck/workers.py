"""Processes that work for another one."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


def end_with_parent() -> None:
    """Let this worker end as soon as the process that it works for has, however that ended.

    A worker waits for work on a pipe whose other end the workers hold as well, so one whose parent was killed would wait for ever.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait, args=(parent.sentinel,), daemon=True).start()


def _wait(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
