"""Columns of figures: strictly as tables write them, and quickly."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_FIGURE = re.compile(r" *[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)? *")


def parsed(cells: Sequence[str]) -> NDArray[np.float64]:
    """Return the figures of a column; NaN for what is none.

    Python also takes full-width digits and underscores for figures: these are what somebody mistyped.
    """
    joined = "".join(cells)
    if joined.isascii() and "_" not in joined:
        try:
            return np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            pass
    return np.array([float(cell) if _FIGURE.fullmatch(cell) else np.nan for cell in cells], np.float64)
