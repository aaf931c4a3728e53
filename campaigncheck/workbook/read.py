"""From a workbook to a spec: its values, its YAML, the cell of everything in it, and what is wrong with the workbook."""

from __future__ import annotations

from typing import Any, NamedTuple

from campaigncheck.messages import Lang
from campaigncheck.source.document import Document
from campaigncheck.source.place import Cell, Path
from campaigncheck.spec.load import MISSING, ShapeProblem, fit
from campaigncheck.spec.model import Campaign
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.audiences import read_audiences
from campaigncheck.workbook.forms import read_form
from campaigncheck.workbook.grid import MOST_ROWS, Sheet, open_sheets
from campaigncheck.workbook.headings import is_own, match_sheets
from campaigncheck.workbook.layout import Part, parts
from campaigncheck.workbook.problems import CannotReadError, Fault, Found
from campaigncheck.workbook.state import State
from campaigncheck.workbook.tables import read_lists, read_table
from campaigncheck.workbook.vocabulary import Vocabulary
from campaigncheck.workbook.yaml_text import spec_text


class Made(NamedTuple):
    """A spec made of a workbook.

    Attributes:
        values: what the spec says, as plain values.
        document: its YAML, whose places name cells.
        campaign: the spec, if it fits the model and nothing is wrong with the workbook.
        found: what is wrong with the workbook, and how some cells were understood.
    """

    values: dict[str, Any]
    document: Document
    campaign: Campaign | None
    found: tuple[Found, ...]


def read(data: bytes, shown: str, words: Vocabulary, lang: Lang = "zh") -> Made:
    """Read a workbook.

    Args:
        data: the file.
        shown: its path as users see it.
        words: what cells can name.
        lang: the language of the comments in the YAML.

    Raises:
        CannotReadError: when it is no workbook, too large, locked, damaged, or none that holds a campaign.
        MissingPackageError: when the package that reads workbooks is not installed.
    """
    sheets = open_sheets(data, is_own)
    layout = parts(words.attributes)
    found: list[Found] = []
    matched = match_sheets(sheets, layout, found)
    if not matched:
        raise CannotReadError(told.NO_SHEETS(), told.NO_SHEETS_HINT())
    state = State(words, found)
    for part in sorted(layout, key=lambda part: part.name == "audience"):  # its rows name offers
        if part.name in matched:
            _read_part(state, part, matched[part.name])
    values = {"spec": 1, **state.values}
    fitted = fit(Campaign, values)
    if isinstance(fitted, list):
        bad = [item.path for item in found if item.fault.weight == "error"]
        bad += [(*part.path, *field.path) for part in layout if part.name not in matched for field in part.fields]
        found += [_shaped(problem, state.cells) for problem in fitted if not _is_told(problem, bad)]
    document = Document(shown, spec_text(values, lang), cells=state.cells)
    broken = isinstance(fitted, list) or any(item.fault.weight == "error" for item in found)
    return Made(values, document, None if broken or isinstance(fitted, list) else fitted, tuple(found))


def _read_part(state: State, part: Part, sheet: Sheet) -> None:
    state.cells.setdefault(part.path, sheet.cell(1, 1))
    last = sheet.layer.last
    if last is not None and last > MOST_ROWS:
        state.tell(part.path, sheet.cell(last, 1), Fault(told.TOO_FAR(row=last), told.TOO_FAR_HINT(limit=MOST_ROWS)))
    if part.name == "audience":
        read_audiences(state, part, sheet)
    elif part.shape == "form":
        read_form(state, part, sheet)
    elif part.shape == "lists":
        read_lists(state, part, sheet)
    else:
        read_table(state, part, sheet)


def _is_told(problem: ShapeProblem, bad: list[Path]) -> bool:
    """Whether what does not fit is told already, in the words of the workbook."""
    path = problem.path
    if problem.message.text == MISSING:
        path = (*path, str(problem.message.args["name"]))
        if tuple(step for step in path if isinstance(step, str)) in bad:  # the heading is gone, for all entries
            return True
    return any(item[: len(path)] == path for item in bad)


def _shaped(problem: ShapeProblem, cells: dict[Path, Cell]) -> Found:
    near = (problem.path[:length] for length in range(len(problem.path), -1, -1))
    cell = next((cells[path] for path in near if path in cells), None)
    return Found(problem.path, cell, Fault(problem.message, problem.hint))
