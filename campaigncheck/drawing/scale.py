"""Round figures along an axis."""

from __future__ import annotations

_FEWEST = 3


def ticks(top: float) -> list[float]:
    """Return round figures from 0 to the first one that is not below ``top``, about four of them."""
    step = 10.0**-2
    while True:
        for times in (1, 2, 5):
            if step * times * (_FEWEST + 2) >= top:
                count = max(int(-(-top // (step * times))), 1)
                return [round(step * times * number, 6) for number in range(count + 1)]
        step *= 10
