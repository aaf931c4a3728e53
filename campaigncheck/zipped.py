"""Office files are zip archives: written so that the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip archive can name; every entry bears it."""


def steady(data: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive anew, without times and without traces of the system; ``instead`` replaces entries by name."""
    given = instead or {}
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, given.get(name) or old.read(name))
    return result.getvalue()
