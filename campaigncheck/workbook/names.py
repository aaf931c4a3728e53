"""Which files are workbooks."""

from __future__ import annotations

SUFFIX = ".xlsx"
_OTHERS = (".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods", ".et")
"""What other spreadsheets are called: refused, but not as text that is no YAML."""


def is_workbook(path: str) -> bool:
    """Tell whether a file is taken for a workbook, by its name."""
    return path.lower().endswith((SUFFIX, *_OTHERS))
