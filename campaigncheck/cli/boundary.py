"""The one boundary between the program and its user: no traceback passes, every ending has its code.

0 nothing at or above ``--fail-on``; 1 findings; 2 wrong usage or configuration; 3 an internal fault;
130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Sequence
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
_INTERRUPTED = Text("已中断，没有留下写了一半的文件。", "interrupted; no half-written file is left.")


def language(arguments: list[str]) -> Lang:
    """Return the language asked for on the command line; Chinese unless it says otherwise."""
    for index, word in enumerate(arguments):
        if word == "--lang=en" or (word == "--lang" and arguments[index + 1 : index + 2] == ["en"]):
            return "en"
    return "zh"


def say(message: Message, lang: Lang) -> None:
    """Tell the user something about the program itself, on standard error."""
    click.echo(message.render(lang), err=True)


def tell_faults(problems: Sequence[CatalogueProblem], lang: Lang) -> None:
    """Tell what is wrong with the network's tables, while results are of the rest."""
    from campaigncheck.report.faulty import lines

    for line in lines(problems, lang):
        click.echo(line, err=True)


def show_crashes(tracebacks: Iterable[str]) -> None:
    """Show where rules crashed, if ``--debug`` asks for it."""
    if "--debug" in sys.argv:
        for traceback in tracebacks:
            click.echo(traceback, err=True)


def guarded(command: click.Command) -> int:
    """Run a command and return its exit code."""
    lang, debug = language(sys.argv[1:]), "--debug" in sys.argv[1:]
    _use_utf8()
    try:
        result = command.main(standalone_mode=False)
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        return _failed(error, lang, debug)


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
