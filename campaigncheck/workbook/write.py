"""Makes workbooks: empty ones for marketers to fill in, and those of specs.

No cell is ever a formula, and the same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.messages import Lang
from campaigncheck.source.place import Path
from campaigncheck.workbook.layout import KEY, Part, attribute, parts
from campaigncheck.workbook.problems import MissingPackageError
from campaigncheck.workbook.values import CellValue, write
from campaigncheck.workbook.vocabulary import ANY, Vocabulary

Row = dict[int, CellValue]
"""The cells of a row, by the number of the field from 0; further ones go on to the right."""

Values = Mapping[str, Any]


def write_template(catalogues: Catalogues, lang: Lang = "zh", values: Values | None = None) -> bytes:
    """Return the workbook that marketers fill in: headings, help, examples, drop-downs from the catalogues.

    Args:
        catalogues: what can be chosen.
        lang: the language of headings and help.
        values: what is known of the spec already, as plain values; parts that are not known yet are left empty.

    Raises:
        MissingPackageError: when the package that writes workbooks is not installed.
        TooLongError: when a value is longer than a cell can be.
    """
    words, known = Vocabulary(catalogues), values or {}
    layout = layout_for(words, known)
    rows = {part.name: list(rows_of(part, known, words, lang)) for part in layout}
    try:
        from campaigncheck.workbook.pages import book
    except ImportError as error:
        raise MissingPackageError from error
    return book(layout, rows, words, lang)


def layout_for(words: Vocabulary, values: Values) -> tuple[Part, ...]:
    """Return the sheets; one for each attribute that a spec asks for, whether the catalogue knows it or not."""
    layout = parts(words.attributes)
    asked = (name for _, group in _groups(values) for name in group if name not in words.attributes)
    strange = tuple(map(attribute, dict.fromkeys(asked)))
    return tuple(part._replace(fields=(*part.fields, *strange)) if part.name == "audience" else part for part in layout)


def rows_of(part: Part, values: Values, words: Vocabulary, lang: Lang) -> Iterator[Row]:
    """Yield the rows of a sheet: of a form one for each field, of lists the longest of them, of a table one an entry."""
    if part.shape == "form":
        for field in part.fields:
            value = _get(values, field.path)
            yield {} if value in (None, "") else {0: write(field.kind, value, words, lang)}
    elif part.shape == "lists":
        lists = [_get(values, field.path) or [] for field in part.fields]
        for number in range(max(map(len, lists), default=0)):
            yield {
                column: write(field.kind, items[number], words, lang)
                for column, (field, items) in enumerate(zip(part.fields, lists, strict=True))
                if number < len(items)
            }
    elif part.name == "audience":
        yield from (_group(part, offer, group, words, lang) for offer, group in _groups(values))
    else:
        for key, entry in _entries(_get(values, part.path)):
            yield _entry(part, key, entry, words, lang)


def _entries(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a list, or of a mapping with their keys."""
    if isinstance(found, Mapping):
        yield from found.items()
    else:
        yield from (("", entry) for entry in found or ())


def _entry(part: Part, key: str, entry: Any, words: Vocabulary, lang: Lang) -> Row:
    row: Row = {}
    if part.name == "steps" and isinstance(entry, str):
        entry = {"step": entry}
    for column, field in enumerate(part.fields):
        value = key if field.path[:1] == (KEY,) else _get(entry, field.path)
        if value is None:
            continue
        if part.rest and column == len(part.fields) - 1:
            row |= {column + number: write(field.kind, item, words, lang) for number, item in enumerate(value)}
        elif value != [] or field.kind.name != "list":
            row[column] = write(field.kind, value, words, lang)
    return row


def _groups(values: Values) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the groups of customers, each with the offer that it is about; several of one id go by their numbers."""
    yield from (("", group) for group in values.get("audience") or ())
    offers = values.get("offers") or ()
    ids = [offer.get("id", "") for offer in offers]
    for number, offer in enumerate(offers, 1):
        name = offer["id"] if ids.count(offer.get("id", "")) == 1 and offer.get("id") else f"#{number}"
        yield from ((name, group) for group in offer.get("audience") or ())


def _group(part: Part, offer: str, group: Mapping[str, Any], words: Vocabulary, lang: Lang) -> Row:
    row: Row = {0: offer} if offer else {}
    for column, field in enumerate(part.fields):
        if column and field.path[0] in group:
            row[column] = write(field.kind, group[str(field.path[0])], words, lang)
    if not group:
        row[1] = ANY().render(lang)
    return row


def _get(values: Any, path: Path) -> Any:
    for step in path:
        if isinstance(values, Sequence) and not isinstance(values, str) and isinstance(step, int):
            values = values[step] if step < len(values) else None
        elif isinstance(values, Mapping):
            values = values.get(step)
        else:
            return None
    return values
