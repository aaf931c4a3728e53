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
from campaigncheck.messages import Text
from campaigncheck.sheets.faults import reason
from campaigncheck.sheets.limits import LimitedEnvironment, TooMuchError, limited
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
_FAILED_WHOLE = Text("模板 {path} 出错：{reason}", "the template {path} failed: {reason}")
_TOO_DEEP = Text("模板 {path} 一层套一层，套得太深", "what stands in the template {path} is nested too deeply")
_TOO_DEEP_HINT = Text("把里面的几层另写成宏。", "Put the inner layers into macros.")
_ITSELF = Text(
    "模板 {path} 第 {line} 行没完没了地套用自己",
    "line {line} of the template {path} uses the template, or a macro, within itself without end",
)
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
    where = _environment(folder)
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


def _environment(folder: Path, finalize: Callable[[Any], Any] = pages.plain) -> LimitedEnvironment:
    """Return where a site's own templates run."""
    made = pages.environment(PACKAGE, folder, finalize, LimitedEnvironment)
    assert isinstance(made, LimitedEnvironment)
    return made


def _compile(folder: Path, name: str) -> None:
    try:
        with limited():
            _environment(folder).get_template(name)
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise UsageError(_UNREADABLE(path=shown(folder / name), reason=said), _UNREADABLE_HINT()) from error
    except (RecursionError, SyntaxError) as error:  # Python's own limits
        raise UsageError(_TOO_DEEP(path=shown(folder / name)), _TOO_DEEP_HINT()) from error
    except (TemplateSyntaxError, MemoryError, TooMuchError) as error:
        raise _failure(folder, name, error) from error


def fill(
    name: str, words: Mapping[str, Any], folder: Path | None = None, finalize: Callable[[Any], Any] = pages.plain
) -> str:
    """Fill a template.

    Raises:
        UsageError: when one of a site's own templates fails, or wants too much, with its file and line.
    """
    if folder is None:
        return pages.environment(PACKAGE, None, finalize).get_template(name).render(words)
    try:
        return _filled(_environment(folder, finalize), name, words)
    except Exception as error:
        if not any(_places(folder, error)) and not isinstance(error, TooMuchError | MemoryError):
            raise
        raise _failure(folder, name, error) from error


def _filled(where: LimitedEnvironment, name: str, words: Mapping[str, Any]) -> str:
    where.start()
    with limited():
        made = where.get_template(name).render(words)
    sized: str = where.sized(made)
    return sized


def _failure(folder: Path, name: str, error: Exception) -> UsageError:
    places = list(_places(folder, error))
    if not places:
        path = folder / name if (folder / name).is_file() else folder
        return UsageError(_FAILED_WHOLE(path=shown(path), reason=reason(error)), _FAILED_HINT())
    at, line = places[-1]
    if isinstance(error, RecursionError):
        return UsageError(_ITSELF(path=shown(Path(at)), line=line), _ITSELF_HINT(name=Path(at).name))
    return UsageError(_FAILED(path=shown(Path(at)), line=line, reason=reason(error)), _FAILED_HINT())


def _places(folder: Path, error: Exception) -> Iterator[tuple[str, int]]:
    """Yield where in the site's own templates an error went through, the innermost place last."""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).parent == folder:
            yield frame.filename, frame.lineno or 1
    if isinstance(error, TemplateSyntaxError):
        named = error.filename or error.name or ""  # a comment without an end has only the latter
        if Path(named).parent == folder:
            yield named, error.lineno
