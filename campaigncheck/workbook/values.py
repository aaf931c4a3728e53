"""From a cell to the value that it holds, and back, by its kind."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from campaigncheck.messages import Lang, figure
from campaigncheck.spec.load import nearest_name
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.conditions import (
    NotationError,
    as_written,
    is_notation,
    notation,
    number,
    read_condition,
    split,
    write_condition,
    write_several,
    written_number,
)
from campaigncheck.workbook.kinds import AUDIENCE, Kind
from campaigncheck.workbook.problems import Fault
from campaigncheck.workbook.vocabulary import Vocabulary

CellValue = str | int | float | bool | date
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?\Z")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*[%％]\Z")
_MANY = 12
"""So many choices are listed in a hint."""


class Reading(NamedTuple):
    """What a cell says: its value, if there is one, and what is wrong with it (or how it was understood)."""

    value: Any = None
    fault: Fault | None = None


def read(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    """Return what a cell of a kind says; ``given`` is neither empty nor a formula."""
    if isinstance(given, datetime | date | time | timedelta) and kind.name != "day":
        return Reading(None, Fault(told.DATE_HERE(given=_clock(given)), told.DATE_HERE_HINT()))
    return _READERS[kind.name](kind, given, words)


def _text(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    return Reading(given if isinstance(given, str) else _as_text(given))


def _word(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    """Read a text in which blanks at the ends are never meant."""
    return Reading(_text(kind, given, words).value.strip())


def _as_text(given: float | bool) -> str:
    if isinstance(given, bool):
        return str(given).upper()
    return str(int(given)) if float(given).is_integer() and abs(given) < 10**15 else repr(given)


def _number(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    """Read a number; what is none is left to the model, which knows what was meant."""
    if not isinstance(given, str):
        return Reading(_plain(given))
    text = given.strip()
    share = _SHARE.match(text)
    if share:
        return Reading(as_written(float(share[1]) / 100))
    found = number(text)
    return Reading(text if found is None else as_written(found))


def _plain(given: Any) -> Any:
    return given if isinstance(given, bool) else as_written(given)


def _day(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    if isinstance(given, datetime):
        if given.time() != time():
            return Reading(None, Fault(told.TIME_OF_DAY(given=_clock(given)), told.DATE_HINT()))
        return Reading(given.date().isoformat())
    if isinstance(given, date):
        return Reading(given.isoformat())
    if isinstance(given, time | timedelta):
        return Reading(None, Fault(told.TIME_OF_DAY(given=_clock(given)), told.DATE_HINT()))
    if not isinstance(given, str):
        return Reading(None, Fault(told.SERIAL(given=_as_text(given)), told.DATE_HINT()))
    match = _DAY.match(given.strip())
    return Reading("{}-{:0>2}-{:0>2}".format(*match.groups()) if match else given.strip())


def _clock(given: Any) -> str:
    if isinstance(given, datetime) and given.time() == time():
        return given.date().isoformat()
    return given.isoformat(" ", "minutes") if isinstance(given, datetime) else str(given)


def _choice(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    text = given.strip() if isinstance(given, str) else _as_text(given)
    names = words.names(kind.of)
    codes = names.meant(text).codes
    if codes:
        return Reading(codes[0])
    near = nearest_name(text, [name().render("zh") for name in names.names.values()])
    hint = told.DID_YOU_MEAN(nearest=near) if near else told.CHOICES_HINT(names=list(names.names.values()))
    return Reading(None, Fault(told.NOT_A_CHOICE(given=_short(text)), hint))


def _code(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    """Read a code or a name; a code that nobody knows is left to the rules, which know what was meant."""
    if not isinstance(given, str):
        return _number_code(kind, given)
    text, names, what = given.strip(), words.names(kind.of), told.CATALOGUES[kind.of]
    meant = names.meant(text)
    if len(meant.codes) > 1:
        shown = [f"{code} {names.names[code].zh}" for code in meant.codes[:_MANY]]
        return Reading(None, Fault(told.SEVERAL(given=text, what=what), told.SEVERAL_HINT(names=shown)))
    if meant.contradicts:
        code = meant.codes[0]
        message = told.CONTRADICTS(code=code, name=names.names[code], given=meant.contradicts)
        return Reading(None, Fault(message, told.CONTRADICTS_HINT()))
    if meant.codes or text.isascii():
        return Reading(meant.codes[0] if meant.codes else text)
    near = nearest_name(text, names.candidates())
    hint = told.DID_YOU_MEAN(nearest=near) if near else told.CHOICES_HINT(names=list(names.names)[:_MANY])
    return Reading(None, Fault(told.UNKNOWN_NAME(given=_short(text), what=what), hint))


def _number_code(kind: Kind, given: Any) -> Reading:
    text = _as_text(given)
    if kind.of != "regions" or not text.isdecimal():
        return Reading(text)
    code = text.zfill(6)
    return Reading(code, Fault(told.CODE_AS_NUMBER(code=code), told.CODE_AS_NUMBER_HINT(), "note"))


def _several(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    if not isinstance(given, str):
        one = read(kind.inner, given, words)
        return Reading([one.value], one.fault)
    if is_notation(given.strip()):
        try:
            found = notation(given.strip())
        except NotationError:
            return Reading(None, Fault(told.BAD_LIST(), told.BAD_LIST_HINT()))
        return Reading(found if isinstance(found, list) else [found])
    items = [read(kind.inner, part, words) for part in split(given)]
    fault = next((item.fault for item in items if item.fault is not None), None)
    return Reading([item.value for item in items if item.value is not None], fault)


def _condition(kind: Kind, given: Any, words: Vocabulary) -> Reading:
    if not isinstance(given, str):
        return Reading(_plain(given))
    try:
        return Reading(read_condition(given, words.attributes.get(kind.of)))
    except NotationError:
        return Reading(None, Fault(told.BAD_LIST(), told.BAD_LIST_HINT()))


_READERS = {
    "word": _word, "line": _text, "prose": _text, "number": _number, "whole": _number, "day": _day, "choice": _choice, "code": _code, "list": _several,
    AUDIENCE: _condition,
}  # fmt: skip


def write(kind: Kind, value: Any, words: Vocabulary, lang: Lang) -> CellValue:
    """Return a value as a cell holds it, so that :func:`read` gives it back."""
    if kind.name in ("number", "whole"):
        return written_number(value)
    if kind.name == "day":
        return date.fromisoformat(value)
    if kind.name == AUDIENCE:
        return write_condition(value, words.attributes.get(kind.of), lang)
    if kind.name == "list":
        texts = [str(write(kind.inner, item, words, lang)) for item in value]
        shown = [item.split(" ")[0] for item in texts] if kind.item == "code" else texts
        return write_several(value, shown, lang)
    if kind.name in ("choice", "code"):
        return words.names(kind.of).shown(value, lang)
    return str(value)


def example(kind: Kind, text: str, words: Vocabulary, lang: Lang) -> CellValue:
    """Return an example of a layout as a cell of a language holds it."""
    found = read(kind, text, words).value
    return text if found is None or kind.name in ("word", "line", "prose") else write(kind, found, words, lang)


def shown(value: Any) -> str:
    """Return what stands in a cell, as it is compared with an example."""
    return figure(value, 6) if isinstance(value, float) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
