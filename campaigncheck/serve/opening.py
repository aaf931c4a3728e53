"""Reads what somebody uploads or chooses: YAML as it is, a workbook as the YAML that is made of it. Nothing is run."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from campaigncheck.messages import Lang
from campaigncheck.serve.context import Context
from campaigncheck.serve.problems import NO_TABLE, NO_TABLE_HINT, RefusedError
from campaigncheck.serve.settings import Draft
from campaigncheck.source.document import decode, read
from campaigncheck.source.errors import SourceError
from campaigncheck.workbook.names import is_workbook
from campaigncheck.workbook.problems import CannotReadError, Found, MissingPackageError, TooLongError

UNREADABLE = 422
"""The status of an upload that cannot be read."""


def upload(context: Context, name: str, data: bytes, lang: Lang) -> dict[str, Any]:
    """Return the text of an upload, and what was noticed on the way.

    Raises:
        RefusedError: when it cannot be read.
    """
    shown = PurePath(name.replace("\\", "/")).name
    if is_workbook(shown):
        return _workbook(context, shown, data, lang)
    try:
        return {"text": decode(data), "path": None, "told": []}
    except SourceError as error:
        raise RefusedError(UNREADABLE, error.message, error.hint) from error


def from_repository(context: Context, path: str) -> dict[str, Any]:
    """Return the text of a campaign that is there, and its digest, by which it is known again when it is saved.

    Raises:
        RefusedError: when it is not there, or cannot be read.
    """
    try:
        data = context.bytes_of(path)
        return {"text": decode(data), "path": path, "told": [], "digest": hashlib.sha256(data).hexdigest()}
    except SourceError as error:
        raise RefusedError(UNREADABLE, error.message, error.hint) from error


def workbook(context: Context, draft: Draft, lang: Lang) -> bytes:
    """Return a draft as a workbook.

    Raises:
        RefusedError: when it cannot be read, or workbooks cannot be made.
    """
    from campaigncheck.workbook.write import write_template

    if not context.examine(draft).understood:
        raise RefusedError(UNREADABLE, NO_TABLE(), NO_TABLE_HINT())
    values, _ = read(draft.text, "")
    try:
        return write_template(context.catalogues, lang, values)
    except (MissingPackageError, TooLongError) as error:
        raise RefusedError(UNREADABLE, error.message, error.hint) from error


def _workbook(context: Context, shown: str, data: bytes, lang: Lang) -> dict[str, Any]:
    from campaigncheck.workbook.read import read as read_workbook
    from campaigncheck.workbook.vocabulary import Vocabulary

    try:
        made = read_workbook(data, shown, Vocabulary(context.catalogues), lang)
    except (CannotReadError, MissingPackageError) as error:
        raise RefusedError(UNREADABLE, error.message, error.hint) from error
    return {"text": made.document.text, "path": None, "told": [_told(item, lang) for item in made.found]}


def _told(found: Found, lang: Lang) -> dict[str, str]:
    return {
        "cell": str(found.cell or ""),
        "severity": found.fault.weight,
        "message": found.fault.message.render(lang),
        "hint": found.fault.hint.render(lang),
    }
