"""The process that checks: it loads the repository once and answers one question after another."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import LANGS, Lang, Message
from campaigncheck.serve.problems import FAULT, FAULT_HINT, RefusedError
from campaigncheck.serve.settings import Ask, Settings
from campaigncheck.source.errors import ChangedError

OK = 200
_REMEMBERED = 2_000
"""Waits of a city's campaigns, or of a hotline, that are remembered: most edits change none."""

_COLLECT = 50
"""Answers after which garbage is collected."""

_CONFLICT, _UNUSABLE, _INTERNAL = 409, 503, 500


class Reply(NamedTuple):
    """The answer to a question: its status, and its body (JSON, or a file)."""

    status: int
    body: bytes


class Loaded(NamedTuple):
    """What a worker says when it has loaded: what is wrong, in each language; nothing if it is ready."""

    problems: dict[Lang, list[dict[str, str]]]


def work(pipe: Connection, settings: Settings) -> None:
    """Load the repository, say how that went, and answer until there is nobody left who asks."""
    _begin()
    context = None
    from campaigncheck.serve.context import Context
    from campaigncheck.waiting.memory import remember

    try:
        context = Context.load(settings)
        remember(_REMEMBERED)
        pipe.send(Loaded({}))
    except (CatalogueError, UsageError, ChangedError) as error:
        pipe.send(Loaded({lang: told(error, lang) for lang in LANGS}))
        return
    gc.collect()
    gc.freeze()
    gc.disable()  # nothing is looked for while somebody waits
    with suppress(EOFError, OSError):
        for number in count():
            pipe.send(answer(context, pipe.recv()))
            if number % _COLLECT == 0:
                gc.collect()


def _begin() -> None:
    """An interruption is the business of the process that the user started."""
    from campaigncheck.workers import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    end_with_parent()


def answer(context: Any, ask: Ask) -> Reply:
    """Answer one question; whatever is wrong becomes an answer, too, in the language of whoever asks."""
    try:
        return _ANSWERS[ask.kind](context, ask)
    except RefusedError as error:
        return problem(error.status, error.message, error.hint, ask.lang)
    except ChangedError as error:
        return problem(_CONFLICT, error.message, error.hint, ask.lang)
    except (CatalogueError, UsageError) as error:
        first = told(error, ask.lang)[0]
        return Reply(_UNUSABLE, _json({"error": first}))
    except Exception:
        if "--debug" in sys.argv:
            traceback.print_exc()
        return problem(_INTERNAL, FAULT(), FAULT_HINT(), ask.lang)


def problem(status: int, message: Message, hint: Message, lang: Lang) -> Reply:
    """Return why something was not done."""
    return Reply(status, _json({"error": {"message": message.render(lang), "hint": hint.render(lang)}}))


def told(error: CatalogueError | UsageError | ChangedError, lang: Lang) -> list[dict[str, str]]:
    """Return what is wrong with the repository, one line a problem."""
    if isinstance(error, CatalogueError):
        return [
            {
                "message": f"{item.path}:{item.place.line}:{item.place.column} {item.message.render(lang)}",
                "hint": item.hint.render(lang),
            }
            for item in error.problems
        ]
    return [{"message": error.message.render(lang), "hint": error.hint.render(lang)}]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _check(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.answers import check

    return Reply(OK, _json(check(context, ask.draft, ask.lang)))


def _sheet(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.answers import sheet

    return Reply(OK, _json(sheet(context, ask.draft, ask.lang)))


def _neighbours(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.answers import neighbours

    return Reply(OK, _json(neighbours(context, ask.draft, ask.lang)))


def _campaigns(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.answers import campaigns

    return Reply(OK, _json({"campaigns": campaigns(context)}))


def _upload(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.opening import upload

    return Reply(OK, _json(upload(context, ask.name, ask.data, ask.lang)))


def _open(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.opening import from_repository

    return Reply(OK, _json(from_repository(context, ask.name)))


def _workbook(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.opening import workbook

    return Reply(OK, workbook(context, ask.draft, ask.lang))


def _save(context: Any, ask: Ask) -> Reply:
    from campaigncheck.serve.saving import save

    return Reply(OK, _json(save(context, ask.draft, ask.name, ask.lang)))


_ANSWERS: dict[str, Callable[[Any, Ask], Reply]] = {
    "check": _check,
    "sheet": _sheet,
    "neighbours": _neighbours,
    "campaigns": _campaigns,
    "upload": _upload,
    "open": _open,
    "workbook": _workbook,
    "save": _save,
}
