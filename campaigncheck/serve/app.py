"""The web application: a page, its files, and a few addresses that answer in JSON."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaigncheck.messages import LANGS, Lang
from campaigncheck.serve import problems as told
from campaigncheck.serve.desk import Desk
from campaigncheck.serve.page import asset, page
from campaigncheck.serve.problems import RefusedError
from campaigncheck.serve.security import Guard, response_headers
from campaigncheck.serve.settings import MOST_BYTES, Ask, Draft, Kind
from campaigncheck.serve.worker import OK, problem

_PATIENCE = 15.0
"""Seconds in which a request has to have come."""

_BAD, _LARGE, _LATE, _TYPE, _FORBIDDEN, _NOT_FOUND, _METHOD, _FAULT = 400, 413, 408, 415, 403, 404, 405, 500
_JSON = "application/json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Room:
    """What the application works with: where questions go, who is let in, whether it may save, which language comes first."""

    def __init__(self, desk: Desk, guard: Guard, lang: Lang = "zh", saving: bool = False) -> None:
        self.desk, self.guard, self.lang, self.saving = desk, guard, lang, saving

    def app(self) -> ASGIApp:
        """Return the application."""
        routes = [
            Route("/", self._page),
            Route("/assets/{name}", self._asset),
            Route("/api/state", self._state),
            Route("/api/campaigns", self._campaigns),
            Route("/api/check", self._draft("check"), methods=["POST"]),
            Route("/api/sheet", self._draft("sheet"), methods=["POST"]),
            Route("/api/neighbours", self._draft("neighbours"), methods=["POST"]),
            Route("/api/workbook", self._workbook, methods=["POST"]),
            Route("/api/upload", self._upload, methods=["POST"]),
            Route("/api/open", self._open, methods=["POST"]),
            Route("/api/save", self._save, methods=["POST"]),
        ]
        handlers: dict[Any, Any] = {RefusedError: self._refused, HTTPException: self._http, Exception: self._fault}
        return _Guarded(Starlette(routes=routes, exception_handlers=handlers), self)

    async def _page(self, request: Request) -> Response:
        lang = self._lang(request)
        nonce = request.scope["nonce"]
        return Response(page(lang, nonce, self.guard.token, self.desk.settings, self.saving), media_type="text/html")

    async def _asset(self, request: Request) -> Response:
        found = asset(request.path_params["name"])
        if found is None:
            raise RefusedError(_NOT_FOUND, told.NOT_FOUND(), told.NOT_FOUND_HINT())
        headers = {"cache-control": "no-cache", "etag": found.tag}
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.type, headers=headers)

    async def _state(self, request: Request) -> Response:
        desk = self.desk
        problems = desk.problems.get(self._lang(request), [])
        found = {"generation": desk.generation, "today": str(desk.settings.today), "problems": problems}
        return _answer(JSONResponse(found))

    async def _campaigns(self, request: Request) -> Response:
        return await self._ask(Ask("campaigns", self._lang(request)))

    def _draft(self, kind: Kind) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            given = await _json(request, {"text"}, {"path"})
            return await self._ask(Ask(kind, self._lang(request), _drafted(given)))

        return endpoint

    async def _workbook(self, request: Request) -> Response:
        given = await _json(request, {"text"}, {"path"})
        return await self._ask(Ask("workbook", self._lang(request), _drafted(given)), _XLSX)

    async def _upload(self, request: Request) -> Response:
        data, name = await body(request), request.query_params.get("name", "")
        return await self._ask(Ask("upload", self._lang(request), name=name, data=data))

    async def _open(self, request: Request) -> Response:
        given = await _json(request, {"path"}, set())
        return await self._ask(Ask("open", self._lang(request), name=given["path"]))

    async def _save(self, request: Request) -> Response:
        if not self.saving:
            raise RefusedError(_FORBIDDEN, told.NOT_SAVING(), told.NOT_SAVING_HINT())
        given = await _json(request, {"text"}, {"path", "opened"})
        return await self._ask(Ask("save", self._lang(request), _drafted(given), name=given.get("opened") or ""))

    async def _ask(self, ask: Ask, media: str = _JSON) -> Response:
        reply = await self.desk.ask(ask)
        response = Response(reply.body, reply.status, media_type=media if reply.status == OK else _JSON)
        response.headers["x-generation"] = str(self.desk.generation)
        return _answer(response)

    def _lang(self, request: Request) -> Lang:
        asked = request.query_params.get("lang")
        return next((lang for lang in LANGS if lang == asked), self.lang)

    async def _refused(self, request: Request, error: RefusedError) -> Response:
        return self.refusal(request, error)

    async def _http(self, request: Request, error: HTTPException) -> Response:
        if error.status_code == _METHOD:
            found = RefusedError(_METHOD, told.METHOD(), told.NOT_FOUND_HINT())
        else:
            found = RefusedError(_NOT_FOUND, told.NOT_FOUND(), told.NOT_FOUND_HINT())
        return self.refusal(request, found)

    async def _fault(self, request: Request, error: Exception) -> Response:
        return self.refusal(request, RefusedError(_FAULT, told.FAULT(), told.FAULT_HINT()))

    def refusal(self, request: Request, error: RefusedError) -> Response:
        """Return why a request was refused, in the language of the page."""
        reply = problem(error.status, error.message, error.hint, self._lang(request))
        return _answer(Response(reply.body, reply.status, media_type=_JSON))


class _Guarded:
    """Lets requests in and gives every answer its headers, whatever comes of it."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app, self._room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        scope["nonce"] = nonce = secrets.token_urlsafe(16)
        added = [(name.encode(), value.encode()) for name, value in response_headers(nonce).items()]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        request = Request(scope, receive)
        try:
            self._room.guard.admit(request.headers, scope["path"])
        except RefusedError as error:
            await self._room.refusal(request, error)(scope, receive, sending)
            return
        try:
            await self._app(scope, receive, sending)
        except Exception:  # whoever asked has been told
            if "--debug" in sys.argv:
                traceback.print_exc()


def _answer(response: Response) -> Response:
    response.headers["cache-control"] = "no-store"
    return response


def _drafted(given: dict[str, Any]) -> Draft:
    return Draft(given["text"], given.get("path") or None)


async def _json(request: Request, needed: set[str], others: set[str]) -> dict[str, Any]:
    """Return the object that a request holds: texts only, and none that nobody asks for."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise _wrong("content-type", _TYPE)
    try:
        value = json.loads(await body(request))
        for text in value.values():
            if text is not None:
                text.encode()  # half a character is no text
    except (ValueError, AttributeError, RecursionError) as error:
        raise _wrong("JSON") from error
    strange = sorted({*value} - needed - others) + sorted(name for name in needed if value.get(name) is None)
    if strange:
        raise _wrong(strange[0])
    return dict(value)


def _wrong(reason: str, status: int = _BAD) -> RefusedError:
    return RefusedError(status, told.TYPE(reason=reason), told.TYPE_HINT())


async def body(request: Request, most: int = MOST_BYTES, patience: float = _PATIENCE) -> bytes:
    """Read what a request holds; as soon as it is too much, or takes too long, it is read no further.

    Raises:
        RefusedError: if so.
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise _large(most)
    try:
        async with asyncio.timeout(patience):
            return await _read(request, most)
    except (TimeoutError, ClientDisconnect) as error:
        raise RefusedError(_LATE, told.SLOW_BODY(), told.SLOW_BODY_HINT()) from error


async def _read(request: Request, most: int) -> bytes:
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > most:
            raise _large(most)
    return bytes(found)


def _large(most: int) -> RefusedError:
    return RefusedError(_LARGE, told.LARGE(limit=most >> 20), told.LARGE_HINT())
