"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import click

from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_waivers
from campaigncheck.engine.spark import LOCAL
from campaigncheck.messages import Text

F = TypeVar("F", bound=Callable[..., Any])

_MASTER = Text("--master 只和 --engine spark 一起用", "--master goes with --engine spark only")
_MASTER_HINT = Text("加上 --engine spark，或者去掉 --master。", "Add --engine spark, or leave --master out.")

_WAIVERS_TWICE = Text("--waivers 和 --no-waivers 不能一起用", "--waivers and --no-waivers exclude each other")
_WAIVERS_TWICE_HINT = Text("只写其中一个。", "Write one of them.")

_TRACKED = Text("缓存文件夹 {path} 里有 git 管着的文件", "git tracks files in the cache folder {path}")
_TRACKED_HINT = Text(
    "跟着改动进来的缓存可能把改动的问题藏起来：用 git rm --cached 去掉，或者让 CAMPAIGNCHECK_CACHE 指向仓库外面。",
    "A cache that comes with a change may hide what is wrong with it: remove it by git rm --cached, or let CAMPAIGNCHECK_CACHE "
    "name a folder elsewhere.",
)

SHANGHAI = timezone(timedelta(hours=8))
"""Asia/Shanghai has had no summer time since 1991."""


master_option = click.option("--master", metavar="URL", help=f"Spark 主节点（默认 {LOCAL}）。 Master URL of Spark.")


def refuse_master(master: str | None, engine: str) -> None:
    """Refuse the address of a cluster for another engine than Spark."""
    if master is not None and engine != "spark":
        raise UsageError(_MASTER(), _MASTER_HINT())


class Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        with suppress(ValueError):
            if len(value) == 10:
                return date.fromisoformat(value)
        return self.fail(f"“{value}” 不是日期，请写成 2027-01-05 的样子。 Write a date as YYYY-MM-DD.", param, ctx)


def today() -> date:
    """Return today's date in Asia/Shanghai: the only place where the clock is read."""
    return datetime.now(SHANGHAI).date()


def today_option(command: F) -> F:
    """Add ``--today``."""
    return click.option(
        "--today", type=Day(), default=None, metavar="DATE", help="按这一天检查（默认今天）。 The day to check for."
    )(command)


def lang_option(command: F) -> F:
    """Add ``--lang``."""
    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言。 Language of messages."
    )(command)


def rules_option(command: F) -> F:
    """Add ``--rules``."""
    return click.option(
        "--rules",
        "rules_dir",
        metavar="DIR",
        default=None,
        help="规则目录（默认向上找 rules/，没有就用内置的）。 Rules folder.",
    )(command)


def waivers_option(command: F) -> F:
    """Add ``--waivers`` and ``--no-waivers``."""
    given = click.option(
        "--waivers", "waivers_file", metavar="FILE", default=None,
        help="例外文件（默认向上找 waivers.yaml）。 File of exceptions.",
    )  # fmt: skip
    without = click.option("--no-waivers", is_flag=True, help="当作没有例外。 As if there were no exceptions.")
    return given(without(command))


def waivers_of(given: str | None, without: bool) -> Path | None:
    """Return the file of exceptions that holds for a run; None for none.

    Raises:
        UsageError: when the given file does not exist, or one is given and refused in one breath.
    """
    if without and given is not None:
        raise UsageError(_WAIVERS_TWICE(), _WAIVERS_TWICE_HINT())
    return None if without else find_waivers(given)


def cache_folder() -> Path:
    """Return where runs keep what they found: ``CAMPAIGNCHECK_CACHE``, else the user's folder for such things.

    Raises:
        UsageError: when git tracks files there: what comes along with a change could hide what is wrong with it.
    """
    named = os.environ.get("CAMPAIGNCHECK_CACHE")
    if named:
        from campaigncheck.history.changes import is_tracked

        if is_tracked(Path(named)):
            raise UsageError(_TRACKED(path=named), _TRACKED_HINT())
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(home) / "campaigncheck"


def debug_option(command: F) -> F:
    """Add ``--debug``, which the boundary reads."""
    return click.option("--debug", is_flag=True, expose_value=False, help="出错时显示细节。 Show tracebacks.")(command)


def listed(values: tuple[str, ...]) -> tuple[str, ...]:
    """Split values given repeatedly or separated by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
