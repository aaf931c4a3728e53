"""Puts a draft into the folder of campaigns, if the server was started for that: whole or not at all, and nowhere else."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from campaigncheck.files import write_new, write_whole
from campaigncheck.messages import Lang
from campaigncheck.serve.context import Context
from campaigncheck.serve.problems import (
    CHANGED,
    CHANGED_HINT,
    NO_ID,
    NO_ID_HINT,
    OUTSIDE,
    OUTSIDE_HINT,
    UNWRITTEN,
    UNWRITTEN_HINT,
    RefusedError,
)
from campaigncheck.serve.settings import Draft
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.spec.types import ID_PATTERN

_MODE = 0o644
_CONFLICT, _FORBIDDEN, _UNREADABLE, _NO_ROOM = 409, 403, 422, 507


def save(context: Context, draft: Draft, opened: str, lang: Lang) -> dict[str, Any]:
    """Write a draft to its file and return the path, and the digest of what it says now.

    Args:
        context: the repository.
        draft: what to write.
        opened: the digest of the text that the person began from; empty for a new campaign.
        lang: the language of what is told.

    Raises:
        RefusedError: when it has no id, its file would be outside the folder or has changed, or cannot be written.
    """
    item = context.examine(draft)
    if not item.known or not re.fullmatch(ID_PATTERN, item.id):
        raise RefusedError(_UNREADABLE, NO_ID(), NO_ID_HINT())
    file, shown = Path(item.spec.file), item.spec.shown
    if not _inside(file, Path(context.settings.home)):
        raise RefusedError(_FORBIDDEN, OUTSIDE(path=shown), OUTSIDE_HINT())
    content = draft.text.encode()
    try:
        if os.path.lexists(file):
            if _digest(file) != opened:
                raise RefusedError(_CONFLICT, CHANGED(path=shown), CHANGED_HINT())
            write_whole(file, content)
        else:
            write_new(file, content, _MODE)
    except FileExistsError as error:
        raise RefusedError(_CONFLICT, CHANGED(path=shown), CHANGED_HINT()) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(_NO_ROOM, UNWRITTEN(path=shown, reason=reason), UNWRITTEN_HINT()) from error
    return {"path": shown, "digest": hashlib.sha256(content).hexdigest()}


def _inside(file: Path, home: Path) -> bool:
    """Whether a file is, or will be, a regular one below the folder of campaigns, by no link."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        return False
    return file.parent.resolve().is_relative_to(home.resolve())


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(str(file))).hexdigest()
    except SourceError:
        return ""
