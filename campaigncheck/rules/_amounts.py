"""Whether a text states a figure with its unit: 12 yuan are neither 12 months nor the 12th."""

from __future__ import annotations

import re
from functools import lru_cache

from campaigncheck.language.amounts import figures_of
from campaigncheck.language.figures import figures
from campaigncheck.messages import figure

_SPELT = {"元": ("元", "块"), "月": ("个月",), "岁": ("岁", "周岁"), "%": ("%",)}
"""How a unit is usually written; all other ways are read by :func:`figures_of`."""


def states(text: str, value: float, unit: str) -> bool:
    """Whether a text states so much of a unit, in whatever numerals; a unit that is not known fits any figure."""
    number = figure(value)
    if unit not in _SPELT:
        return any(abs(value - said) < 0.005 for said in figures(text))
    if number in text and _written(text, number, _SPELT[unit]):
        return True
    if any(said.unit == unit and abs(said.value - value) < 0.005 for said in figures_of(text)):
        return True
    return number in text and _without_unit(number).search(text) is not None


def _written(text: str, number: str, units: tuple[str, ...]) -> bool:
    """Whether a number stands there with its unit in plain digits: the usual case, without reading all figures."""
    at = text.find(number)
    while at >= 0:
        end = at + len(number)
        if text.startswith(units, end + (text[end : end + 1] == " ")):
            before = text[max(0, at - 2) : at].rstrip()[-1:]
            if not before.isdigit() and before not in (".", ",", "第"):
                return True
        at = text.find(number, end)
    return False


@lru_cache(maxsize=1 << 10)
def _without_unit(number: str) -> re.Pattern[str]:
    """Return a pattern for a number that is said without a unit: 每月话费 58 以上."""
    return re.compile(rf"(?<![\d.,，]){re.escape(number)}(?=\s*(?:以上|以下|及|起|[，。；、！？（]|$))")


@lru_cache(maxsize=1 << 12)
def charges(clause: str) -> tuple[tuple[float, str], ...]:
    """Return what an early-exit clause charges: its amounts in yuan, else its shares, else any figure of it."""
    said = sorted((one.value, one.unit) for one in figures_of(clause))
    for unit in ("元", "%"):
        found = tuple((value, of) for value, of in said if of == unit)
        if found:
            return found
    return tuple((value, "") for value in figures(clause))
