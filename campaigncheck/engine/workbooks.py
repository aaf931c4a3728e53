"""Specs that are workbooks: read as any other, with places that name cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.locate import Located
from campaigncheck.engine.repository import SpecFile
from campaigncheck.rulekit.rule import Problem
from campaigncheck.source.document import Document, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.source.place import START, CellPlace, pointer
from campaigncheck.workbook.archive import MOST_BYTES
from campaigncheck.workbook.names import is_workbook
from campaigncheck.workbook.problems import CannotReadError, Found, MissingPackageError
from campaigncheck.workbook.read import read
from campaigncheck.workbook.vocabulary import Vocabulary

if TYPE_CHECKING:
    from campaigncheck.engine.examine import Examined


class FromWorkbook(NamedTuple):
    """A spec made of a workbook: its values, its YAML, what was found on the way, and whether it can go on to the rules."""

    value: dict[str, Any]
    document: Document
    told: tuple[Located, ...]
    sound: bool


def load_workbook(spec: SpecFile, words: Vocabulary) -> FromWorkbook:
    """Read a workbook.

    Raises:
        SourceError: when it cannot be read.
        UsageError: when the package that reads workbooks is not installed.
    """
    try:
        made = read(read_bytes(spec.file, MOST_BYTES), spec.shown, words)
    except CannotReadError as error:
        raise SourceError(error.message, error.hint, CellPlace(*START)) from error
    except MissingPackageError as error:
        raise UsageError(error.message, error.hint) from error
    told = tuple(_located(made.document, item) for item in made.found)
    return FromWorkbook(made.values, made.document, told if spec.selected else (), made.campaign is not None)


def _located(document: Document, found: Found) -> Located:
    own = None if found.fault.weight == "error" else found.fault.weight
    problem = Problem(found.path, found.fault.message, found.fault.hint, severity=own)
    place = CellPlace(*(document.place(found.path) if document.has(found.path) else START), cell=found.cell)
    return Located("SPEC002", problem, place, pointer(found.path), ())


def stand_in(examined: Sequence[Examined]) -> tuple[list[Examined], list[Examined]]:
    """Let workbooks that are checked stand in for the campaigns of their ids that the repository has already.

    Returns what is left, and the campaigns that they stand in for.
    """
    there = {item.id for item in examined if item.spec.selected and is_workbook(item.spec.file)}
    left: list[Examined] = []
    replaced: list[Examined] = []
    for item in examined:
        (replaced if not item.spec.selected and item.known and item.id in there else left).append(item)
    return left, replaced
