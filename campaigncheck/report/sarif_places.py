"""Files and stretches of files, as SARIF writes them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from campaigncheck.source.place import CellPlace, Lines, Place

BASE = "%SRCROOT%"
"""What relative paths start from; whoever reads the log puts in their own copy of the repository."""

MOST = 2000
"""Longer texts are not quoted."""

_DRIVE = re.compile(r"[A-Za-z]:/")


def artifact(path: str) -> dict[str, Any]:
    """Return a file that was looked at."""
    return {"location": _file(path), **({} if path.lower().endswith(".xlsx") else {"encoding": "UTF-8"})}


def location(path: str, place: Place, lines: Lines | None = None) -> dict[str, Any]:
    """Return a place; with the lines of its file also what stands there. A cell of a workbook goes by its name."""
    if isinstance(place, CellPlace):
        named = [{"fullyQualifiedName": str(place.cell), "kind": "element"}] if place.cell is not None else []
        return {"physicalLocation": {"artifactLocation": _file(path)}, **({"logicalLocations": named} if named else {})}
    physical: dict[str, Any] = {"artifactLocation": _file(path), "region": _region(place)}
    if lines is not None:
        texts = [lines.line(number) for number in range(place.line, place.end_line + 1)]
        around, within = "\n".join(texts), "\n".join(lines.within(place))
        if within and len(within) <= MOST:
            physical["region"]["snippet"] = {"text": within}
        if within != around and len(around) <= MOST:  # what is around a region has to be more than the region
            physical["contextRegion"] = {
                "startLine": place.line,
                "endLine": place.end_line,
                "snippet": {"text": around},
            }
    return {"physicalLocation": physical}


def _region(place: Place) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _file(path: str) -> dict[str, str]:
    if path.startswith("/"):
        return {"uri": "file://" + _quoted(path)}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[:2]}{_quoted(path[2:])}"}
    return {"uri": _quoted(path), "uriBaseId": BASE}


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")
