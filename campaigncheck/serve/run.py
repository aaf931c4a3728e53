"""Runs the server until it is told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

from uvicorn import Config, Server

from campaigncheck.serve.app import Room
from campaigncheck.serve.desk import Desk, Problems

_GRACE = 3
"""Seconds that answers under way may take when the server ends."""

_MOST = 400
"""Connections at one time."""

_IDLE = 20
"""Seconds that a connection may be silent."""


async def serve(room: Room, listening: socket.socket, ready: Callable[[], None]) -> Problems:
    """Load the repository and answer until interrupted.

    Args:
        room: the application.
        listening: where requests come.
        ready: is called once they are answered.

    Returns:
        What is wrong with the repository, in which case nothing was answered; else nothing.
    """
    desk: Desk = room.desk
    try:
        problems = await desk.open()
        if problems:
            return problems
        watching = asyncio.create_task(desk.watch())
        try:
            await _answer(room, listening, ready)
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
    finally:
        await desk.close()
    return {}


async def _answer(room: Room, listening: socket.socket, ready: Callable[[], None]) -> None:
    config = Config(
        room.app(),
        lifespan="off",
        ws="none",
        http="h11",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_GRACE,
    )
    server = Server(config)
    ready()
    await server.serve(sockets=[listening])
