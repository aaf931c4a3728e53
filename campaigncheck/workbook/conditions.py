"""How several values, and conditions on customers, are written in one cell.

People write ``全球通、神州行`` or ``>=12``. What would not be read back as it is meant (text that looks like a number, a
list of one) is written as JSON, in brackets or quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.messages import Lang
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.limits import MAX_DIGITS
from campaigncheck.source.yamlpass import parse
from campaigncheck.workbook.vocabulary import ANY, NO, YES

_BETWEEN = re.compile(r"\s*[、,，;；\n]\s*")
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,3})?\Z")
_SIGNS = str.maketrans("＞＜＝", "><=")
_COMMA: dict[Lang, str] = {"zh": "、", "en": ", "}
_NOTATION = ("[", '"')
_LEAST = re.compile(r"≥\s*|>=\s*")
_MOST = re.compile(r"≤\s*|<=\s*")


class NotationError(Exception):
    """Brackets or quotes that are not complete."""


def number(text: str) -> int | float | None:
    """Return the number that a text is; None if it is none."""
    if not _NUMBER.match(text):
        return None
    try:
        return int(text)
    except ValueError:
        found = float(text)
        return found if found - found == 0 else None


def as_written(value: float) -> float | str:
    """Return a number as YAML can hold it.

    Longer ones are read as text there: of a fraction its last digits, which come from computing, are rounded away.
    """
    if isinstance(value, int):
        return value if len(str(value)) <= MAX_DIGITS else str(value)
    if value - value != 0:
        return str(value)
    return next((kept for kept in _rounded(value) if len(repr(kept)) <= MAX_DIGITS), value)


def _rounded(value: float) -> Iterator[float]:
    yield value
    yield float(f"{value:.15g}")
    yield float(f"{value:.10g}")


def written_number(value: float) -> str | int | float:
    """Return a number as a cell holds it; one that a cell would round is written as text."""
    kept = float(f"{value:.15g}") == value if isinstance(value, float) else abs(value) < 10**15
    return value if kept else repr(value)


def split(text: str) -> list[str]:
    """Return the values in a cell that holds several."""
    return [part for part in _BETWEEN.split(text.strip()) if part]


def notation(text: str) -> Any:
    """Return what is written in brackets or quotes.

    Raises:
        NotationError: when it is not complete.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        try:
            found = parse(text)
        except RefusalError as error:
            raise NotationError from error
    return [_scalar(item) for item in found] if isinstance(found, list) else _scalar(found)


def _scalar(value: Any) -> str | int | float | bool:
    """Return a single value as YAML can hold it.

    Raises:
        NotationError: when it is none.
    """
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise NotationError from error
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return as_written(value)
    raise NotationError


def is_notation(text: str) -> bool:
    """Tell whether a cell is written in brackets or quotes."""
    return text.startswith(_NOTATION)


def read_condition(text: str, entry: AttributeEntry | None) -> Any:
    """Return the condition that a text is; None for no condition at all.

    Raises:
        NotationError: when it begins with a bracket or quotation mark and is not complete.
    """
    text = text.strip()
    if text in (ANY.zh, ANY.en):
        return None
    if is_notation(text):
        return notation(text)
    parts = split(text)
    return _one(parts[0] if parts else text, entry) if len(parts) < 2 else [_one(part, entry) for part in parts]


def _one(text: str, entry: AttributeEntry | None) -> str | int | float | bool:
    if entry is not None and entry.type == "boolean":
        known = {YES.zh: True, YES.en: True, "true": True, NO.zh: False, NO.en: False, "false": False}
        return known.get(text.casefold(), text)
    found = number(text)
    if found is not None:
        return as_written(found)
    if entry is not None:
        named = next((value for value, name in entry.names.items() if name == text), None)
        if named is not None:
            return named
    return _MOST.sub("<=", _LEAST.sub(">=", text.translate(_SIGNS)))


def write_condition(value: Any, entry: AttributeEntry | None, lang: Lang) -> str | int | float | bool:
    """Return a condition as a cell holds it, so that it is read back as it is."""
    if isinstance(value, bool) and (entry is None or entry.type != "boolean"):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return written_number(value)
    said = (
        _COMMA[lang].join(_said(item, entry, lang) for item in value)
        if isinstance(value, list)
        else _said(value, entry, lang)
    )
    try:
        same = repr(read_condition(said, entry)) == repr(value)
    except NotationError:
        same = False
    return said if same else json.dumps(value, ensure_ascii=False)


def _said(value: Any, entry: AttributeEntry | None, lang: Lang) -> str:
    if isinstance(value, bool):
        return (YES if value else NO)().render(lang) if entry is not None and entry.type == "boolean" else "?"
    if isinstance(value, str):
        return entry.names.get(value, value) if entry is not None and lang == "zh" else value
    return repr(value)


def write_several(values: list[str], shown: list[str], lang: Lang) -> str:
    """Return several texts as one cell holds them; ``shown`` is how each of them is called."""
    said = _COMMA[lang].join(shown)
    if split(said) == shown and not is_notation(said):
        return said
    return json.dumps(values, ensure_ascii=False)
