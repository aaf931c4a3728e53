"""JSON read strictly: no key twice, nothing that is not JSON, nothing too large."""

from __future__ import annotations

import base64
import json
from typing import Any, NoReturn

from campaigncheck.attest.refused import NO_JSON, NOT_CANONICAL, TOO_LARGE, RefusedError

MAX_BYTES = 16 << 20
"""Largest envelope or payload; a clearance has 4 kB, and at most 250 bytes more for each campaign it overlaps."""


def read_base64(text: str) -> bytes | None:
    """Return what a text holds; None where it is no base64, or could be written differently."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def read_json(data: bytes) -> Any:
    """Read JSON.

    Raises:
        RefusedError: when it is too large, no JSON, or has a key twice.
    """
    if len(data) > MAX_BYTES:
        raise RefusedError(TOO_LARGE(limit=MAX_BYTES >> 20))
    try:
        return json.loads(data.decode(), object_pairs_hook=_without_twins, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise RefusedError(NO_JSON()) from error


def read_canonical(data: bytes) -> Any:
    """Read JSON in the one form in which it is written here, so that no byte can be changed unseen.

    Raises:
        RefusedError: also when the same could be written differently.
    """
    value = read_json(data)
    if write_canonical(value) != data:
        raise RefusedError(NOT_CANONICAL())
    return value


def write_canonical(value: Any) -> bytes:
    """Write the canonical form (RFC 8785) with a line break at its end.

    Raises:
        RefusedError: for a value that has none.
    """
    return canonical(value) + b"\n"


def canonical(value: Any) -> bytes:
    """Return the canonical form of a value (RFC 8785).

    Raises:
        RefusedError: for a value that has none: NaN, whole numbers beyond 2**53, halves of characters.
    """
    import rfc8785  # only who signs or verifies needs it

    try:
        return rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise RefusedError(NO_JSON()) from error


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
