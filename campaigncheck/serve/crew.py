"""The worker processes of one state of the repository: each answers one question at a time, and none may take for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from campaigncheck.messages import Lang
from campaigncheck.serve.problems import BUSY, BUSY_HINT, DIED, DIED_HINT, SLOW, SLOW_HINT, RefusedError
from campaigncheck.serve.settings import Ask, Settings
from campaigncheck.serve.worker import Loaded, Reply, work

LIMIT = 10.0
"""Seconds that an answer may take."""

MOST_WAITING = 200
"""Questions that may wait for a worker."""

_LOADING = 600.0
"""Seconds that loading a repository may take."""

_BUSY, _SLOW = 503, 504


class Hand:
    """One worker process, and the pipe to it."""

    def __init__(self, settings: Settings) -> None:
        spawn = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = spawn.Pipe()
        self.process: BaseProcess = spawn.Process(target=work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()

    def loaded(self) -> Loaded:
        """Wait until the repository is loaded.

        Raises:
            EOFError: when the process has ended.
        """
        if not self.pipe.poll(_LOADING):
            raise EOFError
        found: Loaded = self.pipe.recv()
        return found

    def ask(self, ask: Ask, limit: float) -> Reply:
        """Ask and wait for the answer.

        Raises:
            TimeoutError: when there is none in time.
            EOFError: when the process has ended.
            OSError: likewise.
        """
        self.pipe.send(ask)
        if not self.pipe.poll(limit):
            raise TimeoutError
        reply: Reply = self.pipe.recv()
        return reply

    def end(self) -> None:
        """End the process, whatever it is doing; who waits for its answer learns that there is none."""
        self.process.kill()
        self.process.join()


class Crew:
    """Some workers who all know the same state of the repository."""

    def __init__(self, settings: Settings, size: int, limit: float = LIMIT) -> None:
        self.settings = settings
        self._limit = limit
        self._size = size
        self._idle: asyncio.Queue[Hand] = asyncio.Queue()
        self._hands: set[Hand] = set()
        self._tasks: set[asyncio.Task[Reply] | asyncio.Task[None]] = set()
        self._waiting = 0
        self._ended = False

    async def start(self) -> dict[Lang, list[dict[str, str]]]:
        """Let the workers load the repository; return what is wrong with it, in which case there are no workers."""
        hands = [Hand(self.settings) for _ in range(self._size)]
        self._hands.update(hands)
        found = await asyncio.gather(*(asyncio.to_thread(hand.loaded) for hand in hands), return_exceptions=True)
        wrong = next((item for item in found if isinstance(item, BaseException) or item.problems), None)
        if wrong is None:
            for hand in hands:
                self._idle.put_nowait(hand)
            return {}
        await self.end()
        return wrong.problems if isinstance(wrong, Loaded) else _died()

    async def ask(self, ask: Ask) -> Reply:
        """Ask whoever is free next.

        Raises:
            RefusedError: when too many are waiting, or there is no answer in time.
        """
        if self._waiting >= MOST_WAITING:
            raise RefusedError(_BUSY, BUSY(), BUSY_HINT())
        self._waiting += 1
        try:
            hand = await asyncio.wait_for(self._idle.get(), self._limit)
        except TimeoutError as error:
            raise RefusedError(_BUSY, BUSY(), BUSY_HINT()) from error
        finally:
            self._waiting -= 1
        # Whoever asked may go away meanwhile; the worker is free only when it has answered.
        task = asyncio.create_task(self._exchange(hand, ask))
        self._keep(task)
        return await asyncio.shield(task)

    async def _exchange(self, hand: Hand, ask: Ask) -> Reply:
        try:
            reply = await asyncio.to_thread(hand.ask, ask, self._limit)
        except TimeoutError as error:
            self._replace(hand)
            raise RefusedError(_SLOW, SLOW(seconds=self._limit), SLOW_HINT()) from error
        except (EOFError, OSError) as error:
            self._replace(hand)
            raise RefusedError(_BUSY, DIED(), DIED_HINT()) from error
        self._idle.put_nowait(hand)
        return reply

    def _replace(self, hand: Hand) -> None:
        """End a worker, and let another one take its place as soon as it has loaded."""
        self._hands.discard(hand)
        hand.end()
        if not self._ended:
            self._keep(asyncio.create_task(self._join()))

    async def _join(self) -> None:
        hand = Hand(self.settings)
        self._hands.add(hand)
        try:
            loaded = await asyncio.to_thread(hand.loaded)
        except (EOFError, OSError):
            loaded = Loaded(_died())
        if loaded.problems or self._ended:
            self._hands.discard(hand)
            hand.end()
        else:
            self._idle.put_nowait(hand)

    def _keep(self, task: asyncio.Task[Reply] | asyncio.Task[None]) -> None:
        """Keep a task until it is done; the loop itself holds none."""
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Reply] | asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # whoever asked has been told, or has gone

    async def rest(self) -> None:
        """Wait until everything that was asked is answered, then end."""
        while self._waiting or self._tasks:
            await asyncio.sleep(0.05)
        await self.end()

    async def end(self) -> None:
        """End all workers now."""
        self._ended = True
        hands: Sequence[Hand] = list(self._hands)
        self._hands.clear()
        for hand in hands:
            hand.end()


def _died() -> dict[Lang, list[dict[str, str]]]:
    return {
        "zh": [{"message": DIED().render("zh"), "hint": DIED_HINT().render("zh")}],
        "en": [{"message": DIED().render("en"), "hint": DIED_HINT().render("en")}],
    }
