"""Problems of the catalogues themselves: they stop the program (exit code 2) and name their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.source.document import Document
from campaigncheck.source.place import START, Place
from campaigncheck.spec.load import ShapeProblem


class CatalogueProblem(NamedTuple):
    """One thing wrong with a catalogue."""

    path: str
    place: Place
    message: Message
    hint: Message


class CatalogueError(Exception):
    """Raised with everything that is wrong with the catalogues."""

    def __init__(self, problems: list[CatalogueProblem]) -> None:
        super().__init__("; ".join(problem.message.render("en") for problem in problems))
        self.problems = sorted(problems, key=lambda problem: (problem.path, problem.place))


def problem(path: str, message: Message, hint: Message, place: Place = START) -> CatalogueProblem:
    """Make a problem, at the start of the file if nothing closer is known."""
    return CatalogueProblem(path, place, message, hint)


def misfits(document: Document, found: Iterable[ShapeProblem]) -> list[CatalogueProblem]:
    """Return what does not fit the model of a catalogue as problems of its file."""
    return [problem(document.path, item.message, item.hint, document.place(item.path, key=item.key)) for item in found]


UNKNOWN_FILE = Text("“{name}”不是任何目录的文件名", "“{name}” is the name of no catalogue")
UNKNOWN_FILE_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
UNKNOWN_FILE_LIST = Text("这里可以放：{names}。", "These belong here: {names}.")
NO_OVERLAY = Text("overlays 文件夹里只放 .yaml 文件", "the folder overlays holds .yaml files only")
NO_OVERLAY_HINT = Text("请改名成 510000.yaml 这样，或者移走。", "Rename it like 510000.yaml, or move it away.")
NO_CUSTOM = Text("custom 文件夹里只放 .yaml 文件", "the folder custom holds .yaml files only")
NO_CUSTOM_HINT = Text("请改名成 price.yaml 这样，或者移走。", "Rename it like price.yaml, or move it away.")
BAD_HEADER = Text("表头应当是“{expected}”", "the header should be “{expected}”")
BAD_HEADER_HINT = Text(
    "现在是“{given}”；请按顺序写列名，文件用 UTF-8。", "It is “{given}”: name the columns in this order, in UTF-8."
)
BAD_ROW = Text("这一行有问题：{what}", "there is something wrong with this row: {what}")
BAD_ROW_HINT = Text("请改正这一行，列依次是 {expected}。", "Mend the row; its columns are {expected}.")
CONTRADICTION = Text("{what}", "{what}")
CONTRADICTION_HINT = Text("请改正或删掉这一条。", "Mend the entry or delete it.")
