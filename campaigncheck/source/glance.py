"""A quick look at a document: its plain value, without places and without saying what is wrong.

Most campaigns are in order, and of those only the value is needed. A parser in Rust (``ryaml``) builds it
in half the time that libyaml takes to compose nodes with places. It is asked only where both are known to
give the same value; the rest, and whatever turns out not to fit, is read by
:mod:`campaigncheck.source.yamlpass`, which knows every place and refuses what it must.
"""

from __future__ import annotations

import re
from typing import Any

try:
    from ryaml import InvalidYamlError, loads  # type: ignore[attr-defined]  # it forgets to export them to checkers
except ImportError:  # not every machine has it; without it everything is read the other way
    loads = None  # type: ignore[assignment]

_APART = ("&", "!", "<<", "\t", "\ufeff", "\r")
"""Anchors, tags, merge keys and characters that the two parsers treat differently."""

_NUMBERS = re.compile(r"[ \n\[{,](?:[-+]?(?:0[0-9b]|[0-9]{18}|\.[iInN])|[-+]0[xo])")
_CLOSE = re.compile("""['"]:[-+.0-9]""")
"""Numbers that YAML 1.1 and the core schema of YAML 1.2 read differently, or that are too long for some.

Both patterns begin with a set of characters, not a choice: so the search skips quickly over all else.
"""


def glance(text: str) -> dict[str, Any] | None:
    """Return the value of a document whose top level is a mapping, or None where a closer look is needed.

    Keys that look like numbers or constants are not text in it: such a value fits no campaign.
    """
    if loads is None or any(sign in text for sign in _APART):
        return None
    if _NUMBERS.search(text) or _CLOSE.search(text):
        return None
    try:
        value = loads(text)
    except (InvalidYamlError, ValueError, TypeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
