"""Regular expressions that are compiled when they are first used.

There are several hundred, and most runs need few of them: compiling them all would be a fifth of the time that
checking one spec takes.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Later:
    """Stands in for a compiled expression: each of its methods is fetched once, and then as quick as the original's."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def expression(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves like ``re.compile(text, flags)``; a mistake in it shows when it is used."""
    return cast("re.Pattern[str]", _Later(text, flags))
