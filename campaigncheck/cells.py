"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a UTF-8 file for one in the machine's own encoding, and Chinese is garbled."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def like_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; full-width signs count as well."""
    return cell.startswith(_FORMULA)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: such a one is put behind an apostrophe."""
    return f"'{cell}" if like_formula(cell) else cell
