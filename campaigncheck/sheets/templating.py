"""The templates of sheets: the built-in ones, and a site's own in their place."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from campaigncheck import pages
from campaigncheck.catalogue.files import shown
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name

PACKAGE = "campaigncheck.sheets"

_NO_FOLDER = Text("没有模板文件夹：{path}", "there is no folder of templates {path}")
_NO_FOLDER_HINT = Text("--templates 后面写放模板的文件夹。", "--templates names the folder that holds your templates.")
_EMPTY = Text("文件夹 {path} 里一个模板也没有", "there is no template in {path}")
_KNOWN = Text("模板的文件名可以是：{names}。", "Templates may be named: {names}.")
_UNKNOWN = Text("{path} 不是哪个模板的名字", "{path} is not the name of a template")
_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_UNREADABLE = Text("模板 {path} 读不了：{reason}", "the template {path} cannot be read: {reason}")
_UNREADABLE_HINT = Text(
    "请检查读取权限，并存成 UTF-8 编码。", "Check that you may read it, and that it is encoded in UTF-8."
)
_FAILED = Text("模板 {path} 第 {line} 行出错：{reason}", "the template {path} failed in line {line}: {reason}")
_FAILED_HINT = Text(
    "改好这一行；模板里能用什么写在 docs/sheets.md。", "Mend that line; docs/sheets.md tells what templates may use."
)
_NO_TEMPLATE = Text("没有叫“{name}”的模板", "there is no template “{name}”")
_ITSELF = Text("模板 {path} 一直在套用自己", "the template {path} extends or includes itself without end")
_ITSELF_HINT = Text(
    "要在内置模板上改，写 {{% extends “builtin/{name}” %}}（用英文引号）。",
    "To build on the built-in one, extend builtin/{name}.",
)


_UNUSED = Text(
    "--templates 的文件夹 {path} 里，没有一个模板是这次要用的", "none of the templates in {path} is used this time"
)
_UNUSED_HINT = Text(
    "这次用到的模板是：{names}；去掉 --templates，或者换一种 --format。",
    "Those used are: {names}. Leave out --templates, or ask for another --format.",
)
_NONE_USED_HINT = Text(
    "要做的格式不用模板：去掉 --templates，或者换一种 --format。",
    "What is asked for needs no template: leave out --templates, or ask for another --format.",
)


@cache
def known_templates() -> tuple[str, ...]:
    """Return the names of the built-in templates."""
    return tuple(sorted(item.name for item in (files(PACKAGE) / "templates").iterdir() if item.is_file()))


def check_templates(folder: Path) -> None:
    """Refuse a folder in which anything is no template; hidden files do not count.

    Raises:
        UsageError: for a folder that is missing or holds none, names that are no template's, syntax errors.
    """
    if not folder.is_dir():
        raise UsageError(_NO_FOLDER(path=shown(folder)), _NO_FOLDER_HINT())
    found = sorted(item.name for item in folder.iterdir() if not item.name.startswith("."))
    if not found:
        raise UsageError(_EMPTY(path=shown(folder)), _KNOWN(names=known_templates()))
    for name in found:
        if name not in known_templates() or not (folder / name).is_file():
            nearest = nearest_name(name, known_templates())
            hint = _NEAREST(nearest=nearest) if nearest not in (None, name) else _KNOWN(names=known_templates())
            raise UsageError(_UNKNOWN(path=shown(folder / name)), hint)
        _compile(folder, name)


def refuse_unused(folder: Path, pages_made: Iterable[str]) -> None:
    """Refuse a site's own templates if none of them has any part in the pages that are to be made.

    Raises:
        UsageError: then; it says which templates these pages use.
    """
    used = _used(folder, pages_made)
    if not any((folder / name).is_file() for name in used):
        raise UsageError(_UNUSED(path=shown(folder)), _UNUSED_HINT(names=sorted(used)) if used else _NONE_USED_HINT())


def _used(folder: Path, pages_made: Iterable[str]) -> set[str]:
    """Return the templates that pages are made of: their own, and whatever these extend or include."""
    where = pages.environment(PACKAGE, folder)
    found, todo = set[str](), list(pages_made)
    while todo:
        name = todo.pop()
        if name in found or where.loader is None:
            continue
        found.add(name)
        # A name that leads nowhere is told, with its place, when the page is filled.
        with suppress(TemplateNotFound):
            source, _, _ = where.loader.get_source(where, name)
            todo += [other for other in find_referenced_templates(where.parse(source)) if other]
    return {name for name in found if "/" not in name}


def _compile(folder: Path, name: str) -> None:
    try:
        pages.environment(PACKAGE, folder).get_template(name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(_UNREADABLE(path=shown(folder / name), reason=reason), _UNREADABLE_HINT()) from error
    except TemplateSyntaxError as error:
        raise _failure(folder, error) from error


def fill(
    name: str, words: Mapping[str, Any], folder: Path | None = None, finalize: Callable[[Any], Any] = pages.plain
) -> str:
    """Fill a template.

    Raises:
        UsageError: when one of a site's own templates fails, with its file and line.
    """
    where = pages.environment(PACKAGE, folder, finalize)
    if folder is None:
        return where.get_template(name).render(words)
    try:
        return where.get_template(name).render(words)
    except Exception as error:
        if not any(_places(folder, error)):
            raise
        raise _failure(folder, error) from error


def _failure(folder: Path, error: Exception) -> UsageError:
    path, line = list(_places(folder, error))[-1]
    if isinstance(error, RecursionError):
        return UsageError(_ITSELF(path=shown(Path(path))), _ITSELF_HINT(name=Path(path).name))
    reason: Message | str = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, TemplateNotFound):
        reason = _NO_TEMPLATE(name=str(error))
    return UsageError(_FAILED(path=shown(Path(path)), line=line, reason=reason), _FAILED_HINT())


def _places(folder: Path, error: Exception) -> Iterator[tuple[str, int]]:
    """Yield where in the site's own templates an error went through, the innermost place last."""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).parent == folder:
            yield frame.filename, frame.lineno or 1
    if isinstance(error, TemplateSyntaxError) and error.filename and Path(error.filename).parent == folder:
        yield error.filename, error.lineno
