"""The templates of sheets: the built-in ones, and a site's own in their place."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

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


def _compile(folder: Path, name: str) -> None:
    try:
        pages.environment(PACKAGE, folder).get_template(name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(_UNREADABLE(path=shown(folder / name), reason=reason), _UNREADABLE_HINT()) from error
    except TemplateSyntaxError as error:
        raise _failure(folder, error) from error


def environment(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Return where the templates of sheets run."""
    return pages.environment(PACKAGE, folder)


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
