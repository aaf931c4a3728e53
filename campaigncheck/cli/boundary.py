"""The one boundary between the program and its user: no traceback passes, every ending has its code.

0 nothing at or above ``--fail-on``; 1 findings; 2 wrong usage or configuration; 3 an internal fault;
130 interrupted.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from campaigncheck.messages import Lang, Message, Text

if TYPE_CHECKING:
    from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem
    from campaigncheck.engine.errors import UsageError
    from campaigncheck.source.errors import ChangedError

OK, FINDINGS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

_ERROR = Text("错误：{message}", "error: {message}")
_PLACE_ERROR = Text("{place} 错误：{message}", "{place} error: {message}")
_HINT = Text("  怎么改：{hint}", "  Mend: {hint}")
_FAULT = Text(
    "程序内部出错：{error}。请把这条信息和用到的文件发给维护人员；加 --debug 可以看到细节。",
    "internal fault: {error}. Please report it with the files used; --debug shows the details.",
)
_NO_ROOM = Text("没有地方可写了：{reason}", "there is no room to write: {reason}")
_NO_ROOM_HINT = Text(
    "请检查磁盘是否已满，标准输出写到哪里也要看。", "Make room on the disk, and where standard output goes."
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_INTERRUPTED = Text("已中断，没有留下写了一半的文件。", "interrupted; no half-written file is left.")


def language(arguments: list[str]) -> Lang:
    """Return the language asked for on the command line; Chinese unless it says otherwise."""
    for index, word in enumerate(arguments):
        if word == "--lang=en" or (word == "--lang" and arguments[index + 1 : index + 2] == ["en"]):
            return "en"
    return "zh"


def say(message: Message, lang: Lang) -> None:
    """Tell the user something about the program itself, on standard error."""
    _tell(message.render(lang))


def _tell(line: str) -> None:
    """Write a line to standard error; one that nobody can read is no reason to end otherwise."""
    with suppress(OSError):
        click.echo(line, err=True)


def tell_faults(problems: Sequence[CatalogueProblem], lang: Lang) -> None:
    """Tell what is wrong with the network's tables, while results are of the rest."""
    from campaigncheck.report.faulty import lines

    for line in lines(problems, lang):
        _tell(line)


def show_crashes(tracebacks: Iterable[str]) -> None:
    """Show where rules crashed, if ``--debug`` asks for it."""
    if "--debug" in sys.argv:
        for traceback in tracebacks:
            _tell(traceback)


def guarded(command: click.Command) -> int:
    """Run a command and return its exit code."""
    lang, debug = language(sys.argv[1:]), "--debug" in sys.argv[1:]
    _use_utf8()
    try:
        result = command.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else OK
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        say(_INTERRUPTED(), lang)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more can be said, and that is no fault.
        _say_no_more()
        return OK
    except Exception as error:
        return _failed(error, lang, debug)


def _say_no_more() -> None:
    """Let what is still to be written to standard output go nowhere."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says: the same input gives the same bytes."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _failed(error: Exception, lang: Lang, debug: bool) -> int:
    from campaigncheck.catalogue.problems import CatalogueError
    from campaigncheck.engine.errors import UsageError
    from campaigncheck.source.errors import ChangedError

    if debug:
        import traceback

        traceback.print_exc()
    if isinstance(error, UsageError | ChangedError | CatalogueError):
        tell_error(error, lang)
        return USAGE
    if isinstance(error, OSError) and error.errno in _FULL:
        _say_no_more()
        say(_ERROR(message=_NO_ROOM(reason=error.strerror or str(error))), lang)
        say(_HINT(hint=_NO_ROOM_HINT()), lang)
        return USAGE
    say(_FAULT(error=f"{type(error).__name__}: {error}"), lang)
    return FAULT


def tell_error(error: UsageError | ChangedError | CatalogueError, lang: Lang) -> None:
    """Tell what is wrong with a call or with the catalogues, and how to mend it."""
    from campaigncheck.catalogue.problems import CatalogueError

    if not isinstance(error, CatalogueError):
        say(_ERROR(message=error.message), lang)
        say(_HINT(hint=error.hint), lang)
        return
    for problem in error.problems:
        place = f"{problem.path}:{problem.place.line}:{problem.place.column}"
        say(_PLACE_ERROR(place=place, message=problem.message), lang)
        say(_HINT(hint=problem.hint), lang)
