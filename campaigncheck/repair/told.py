"""What is said of repairs, on standard error."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Message, Text
from campaigncheck.repair.model import Repair

_WRITTEN = Text("自动改好 {count} 处：{files}。", "Repaired: {count} ({files}).")
_POSSIBLE = Text(
    "可以自动改 {count} 处：{files}。文件没有动，用 --fix 写进去。",
    "Can be repaired: {count} ({files}). Nothing was written; --fix writes it.",
)
_FILE = Text("{path} {count} 处", "{path} {count}")
_NOTHING = Text("没有可以自动改的。", "There is nothing to repair automatically.")
_REFUSED = Text("{path}:{line}:{column} {message}", "{path}:{line}:{column} {message}")


def told(repair: Repair, written: bool) -> Iterator[Message]:
    """Yield how much was mended in which files (or could be), and what was not and why."""
    if repair.mended:
        files = [_FILE(path=file.spec.shown, count=file.repairs) for file in repair.mended]
        yield (_WRITTEN if written else _POSSIBLE)(count=sum(file.repairs for file in repair.mended), files=files)
    else:
        yield _NOTHING()
    for left in repair.refused:
        yield _REFUSED(path=left.path, line=left.place.line, column=left.place.column, message=left.message)
