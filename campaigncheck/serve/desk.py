"""Where questions go: to workers who know the repository as it is now, or to what was answered before."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

from campaigncheck.messages import Lang
from campaigncheck.serve.crew import LIMIT, Crew
from campaigncheck.serve.look import Seen, look
from campaigncheck.serve.settings import Ask, Settings
from campaigncheck.serve.worker import OK, Reply

KEPT = 512
"""Answers that are kept; one has some 10 kB."""

KEPT_KINDS = frozenset({"check", "sheet", "neighbours"})

_PAUSE = 1.0
"""Seconds between two looks at the files."""

_SHARE = 20
"""A look may take one part in this many of the time."""

Problems = dict[Lang, list[dict[str, str]]]


class Desk:
    """The workers, the answers that are kept, and the state of the repository that both are about.

    ``settings`` says what is to be checked by now; it is asked again and again, since rules may come and days go.
    ``problems`` is what is wrong with the repository since it was last loaded: answers are about the state before then.
    """

    def __init__(self, settings: Callable[[], Settings], size: int, limit: float = LIMIT) -> None:
        self._settings = settings
        self._size, self._limit = size, limit
        self._kept: OrderedDict[tuple[object, ...], Reply] = OrderedDict()
        self._crew: Crew | None = None
        self._seen: tuple[Settings, Seen] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.generation = 0
        self.problems: Problems = {}

    @property
    def settings(self) -> Settings:
        """What answers are about."""
        return self.crew.settings

    @property
    def crew(self) -> Crew:
        """The workers."""
        assert self._crew is not None, "the desk is not open"
        return self._crew

    async def open(self) -> Problems:
        """Load the repository; return what is wrong with it, in which case nothing can be asked."""
        self._seen = await asyncio.to_thread(self._look)
        await self._load(self._seen[0])
        return self.problems

    async def ask(self, ask: Ask) -> Reply:
        """Return an answer, perhaps one that was given before.

        Raises:
            RefusedError: when there is none now.
        """
        if ask.kind not in KEPT_KINDS:
            return await self.crew.ask(ask)
        text = hashlib.sha256(ask.draft.text.encode("utf-8", "surrogatepass")).digest()
        key = (self.generation, ask.kind, ask.lang, ask.draft.path, text)
        known = self._kept.get(key)
        if known is None:
            known = await self.crew.ask(ask)
            if known.status == OK:
                self._kept[key] = known
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return known

    async def watch(self) -> None:
        """Load the repository anew whenever it has changed and is at rest again; until cancelled."""
        before = self._seen
        while True:
            began = time.monotonic()
            now = await asyncio.to_thread(self._look)
            took = time.monotonic() - began
            if now != self._seen and now == before:
                self._seen = now
                await self._load(now[0])
            before = now
            await asyncio.sleep(max(_PAUSE, took * _SHARE))

    async def close(self) -> None:
        """End all workers."""
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._crew is not None:
            await self._crew.end()

    def _look(self) -> tuple[Settings, Seen]:
        """Return what is to be checked by now, and the state of it."""
        settings = self._settings()
        return settings, look(settings)

    async def _load(self, settings: Settings) -> None:
        """Let new workers take over if they can load the repository; the old ones finish what they were asked."""
        crew = Crew(settings, self._size, self._limit)
        try:
            self.problems = await crew.start()
        except BaseException:
            await crew.end()
            raise
        if self.problems:
            return
        old, self._crew = self._crew, crew
        self.generation += 1
        self._kept.clear()
        if old is not None:
            task = asyncio.create_task(old.rest())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
