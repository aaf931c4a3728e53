"""What is wrong with the network's tables, at the head of a report: results are of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.messages import Lang, Text

MOST = 50
"""So many are told as text; JSON has all."""

HEAD = Text(
    "营业厅和热线的数据有 {count} 处错。出错的厅和热线没有判断，结果只算其余的；改好之前退出码都是 2。",
    "Faults in the data of halls and hotlines: {count}. Those concerned are not judged, and results are of the rest; until "
    "the rows are mended the exit code is 2.",
)
_LINE = Text("{path}:{line}:{column} 错误：{message}", "{path}:{line}:{column} error: {message}")
_HINT = Text("怎么改：{hint}", "Mend: {hint}")
_MORE = Text(
    "还有 {count} 处没有列出来；check --format json 里有全部。",
    "{count} more are not listed; check --format json has all of them.",
)


def lines(problems: Sequence[CatalogueProblem], lang: Lang) -> Iterator[str]:
    """Yield what is wrong, with hints."""
    if not problems:
        return
    yield HEAD(count=len(problems)).render(lang)
    for item in problems[:MOST]:
        place = item.place
        yield _LINE(path=item.path, line=place.line, column=place.column, message=item.message).render(lang)
        yield "  " + hint_line(item, lang)
    if len(problems) > MOST:
        yield _MORE(count=len(problems) - MOST).render(lang)


def hint_line(item: CatalogueProblem, lang: Lang) -> str:
    """Return how to mend what is wrong."""
    return _HINT(hint=item.hint).render(lang)


def data(problems: Sequence[CatalogueProblem], lang: Lang) -> list[dict[str, Any]]:
    """Return what is wrong as plain data."""
    return [
        {
            "path": item.path,
            **dict(zip(("line", "column", "end_line", "end_column"), item.place, strict=True)),
            "message": item.message.render(lang),
            "hint": item.hint.render(lang),
        }
        for item in problems
    ]
