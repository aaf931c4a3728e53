"""``campaigncheck check --watch``: check again whenever something that bears on the result changes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from campaigncheck.catalogue.files import WAIVERS, shown
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.cli.boundary import say, tell_error
from campaigncheck.cli.options import listed
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import CAMPAIGNS, CLEARANCES, RULES, find_upwards
from campaigncheck.messages import Lang, Text
from campaigncheck.source.errors import ChangedError

_SUFFIXES = (".yaml", ".yml", ".csv", ".json", "")
"""Files that are read; a folder that is moved as a whole has no suffix."""
_PAUSE = 250
"""Milliseconds between two looks at files that stand alone, such as waivers.yaml."""
_SETTLE, _LONGEST = 100, 2_000
"""Milliseconds without a change, after which everything saved together is there; and how long to wait for that."""
_NAMES = 5

_NO_LIBRARY = Text("--watch 要用 watchfiles，现在没有装", "--watch needs watchfiles, which is not installed")
_NO_LIBRARY_HINT = Text("请安装：pip install 'campaigncheck[watch]'", "Install it: pip install 'campaigncheck[watch]'")
_NOT_WITH = Text("{option} 不能和 --watch 一起用", "{option} does not go with --watch")
_NOT_WITH_HINT = Text(
    "--watch 只在终端里显示 text 格式，不写文件。", "--watch shows text on the terminal and writes no files."
)
_WAITING = Text("有改动会再查一遍；按 Ctrl-C 结束。", "Checks again when something changes; Ctrl-C ends it.")
_CHANGED = Text("改了 {names}", "changed: {names}")
_CHANGED_MORE = Text("改了 {names}，等等，一共 {count} 个文件", "changed: {names} and others, {count} files in all")


class _Seen(NamedTuple):
    """What is watched: folders with what they are (a new one of the same name is another), and files that stand alone."""

    folders: dict[str, tuple[int, int]]
    files: dict[str, tuple[int, int, int] | None]

    def unlike(self, before: _Seen) -> set[str]:
        """Return the folders and files that are not as they were."""
        now: dict[str, object] = {**self.folders, **self.files}
        then: dict[str, object] = {**before.folders, **before.files}
        return {name for name in now | then if now.get(name) != then.get(name)}


def watching(context: click.Context) -> int:
    """Run the command again and again, without ``--watch``, until it is interrupted.

    Raises:
        UsageError: for options that write something, when the library is missing, and for what is wrong from the start.
    """
    given = {**context.params, "watch": False}
    _refuse_writing(given)
    lang: Lang = given["lang"]
    once = partial(context.invoke, context.command, **given)
    for number, names in enumerate(_changes(partial(_look, given), _library())):
        if number:
            _clear()
            told = _CHANGED if len(names) <= _NAMES else _CHANGED_MORE
            say(told(names=names[:_NAMES], count=len(names)), lang)
        _round(once, lang, first=not number)
        say(_WAITING(), lang)
        sys.stdout.flush()
        gc.collect()  # the process is no longer short
    raise AssertionError("changes never end")


def _refuse_writing(given: dict[str, Any]) -> None:
    formats = [item for item in listed(given["formats"]) if item != "text"]
    wrong = [f"--format {formats[0]}"] if formats else []
    options = {"--fix": "fix", "--diff": "show_diff", "--write-baseline": "new_baseline"}
    wrong += [option for option, name in options.items() if given.get(name)]
    if wrong:
        raise UsageError(_NOT_WITH(option=wrong[0]), _NOT_WITH_HINT())


def _library() -> Callable[..., Iterator[set[tuple[Any, str]]]]:
    try:
        from watchfiles import watch
    except ImportError as error:
        raise UsageError(_NO_LIBRARY(), _NO_LIBRARY_HINT()) from error
    return watch


def _round(once: Callable[[], int], lang: Lang, first: bool) -> None:
    """Check once; what is wrong with catalogues is told and can be mended, a wrong call from the start ends the program."""
    try:
        once()
    except (UsageError, CatalogueError, ChangedError) as error:
        if first and isinstance(error, UsageError):
            raise
        tell_error(error, lang)


def _clear() -> None:
    if sys.stdout.isatty():
        click.clear()


def _changes(look: Callable[[], _Seen], watch: Callable[..., Iterator[set[tuple[Any, str]]]]) -> Iterator[list[str]]:
    """Yield nothing at first, then what has changed, each time something has; what changes meanwhile comes next.

    Folders that come or go are watched anew, and everything is looked at then: nobody knows what happened in between.
    """
    seen = look()
    changed: set[str] = set()
    anew = True
    while True:
        folders, anew = list(seen.folders), True
        options = {"debounce": _LONGEST, "step": _SETTLE, "rust_timeout": _PAUSE, "yield_on_timeout": True}
        for events in watch(*folders, watch_filter=partial(_counts, folders), **options):
            now = look()
            changed |= {shown(Path(path)) for _, path in events} | {shown(Path(path)) for path in now.unlike(seen)}
            moved, seen = now.folders != seen.folders, now
            if moved:
                break
            if changed or anew:
                yield sorted(changed)
                changed, anew = set(), False


def _counts(folders: list[str], change: Any, path: str) -> bool:
    """Whether a change in a folder may bear on the result; hidden files and those that editors leave do not."""
    inside = next((path[len(folder) :] for folder in folders if path.startswith(folder)), path)
    parts = [part for part in inside.split(os.sep) if part]
    hidden = any(part.startswith(".") or part.endswith("~") for part in parts)
    return not hidden and os.path.splitext(path)[1].lower() in _SUFFIXES


def _look(given: dict[str, Any]) -> _Seen:
    """Return what a check with these options reads."""
    home = find_upwards(CAMPAIGNS)
    asked = [*given["paths"], *listed(given["proposals"])]
    rules = given["rules_dir"] or find_upwards(RULES)
    wanted = [Path(path) for path in (*asked, home, rules, find_upwards(CLEARANCES)) if path]
    waivers = given.get("waivers_file") or (home.parent if home else Path.cwd()) / WAIVERS
    alone = [*(path for path in wanted if not path.is_dir()), Path(waivers)]
    alone += [Path(given["baseline"])] if given.get("baseline") else []
    folders = {os.path.realpath(path): _folder(path) for path in wanted if path.is_dir()}
    return _Seen(dict(sorted(folders.items())), {os.path.abspath(path): _file(path) for path in sorted(alone)})


def _folder(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _file(path: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of a file from another; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
