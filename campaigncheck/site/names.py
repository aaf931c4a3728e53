"""What the pages of campaigns are called: by their ids, where these are safe and nobody else's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from campaigncheck.spec.types import ID_PATTERN

_SAFE = re.compile(ID_PATTERN.removesuffix("$") + r"\Z")
_MADE_UP = re.compile(r"x-[0-9a-f]{16}\Z")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that are devices on some systems, whatever the suffix."""


def names(campaigns: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a file name without its suffix for each campaign, given as id and path.

    A spec that does not fit may have any name as its id, and several may have the same: those, but for the first, are
    called by their path.
    """
    taken: set[str] = set()
    for name, path in campaigns:
        chosen = name if _is_safe(name) and name not in taken else _made_up(path)
        taken.add(chosen)
        yield chosen


def _is_safe(name: str) -> bool:
    return bool(_SAFE.match(name)) and not _MADE_UP.match(name) and name not in _RESERVED


def _made_up(path: str) -> str:
    return "x-" + hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:16]
