"""Asks in the terminal: what is allowed, what an empty answer means, and again after a wrong one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import click

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang, Message, Text

T = TypeVar("T")

_ENDED = Text("问到一半，输入就结束了；什么也没有写", "the input ended among the questions; nothing was written")
_ENDED_HINT = Text(
    "在终端里运行，或者用选项回答，见 campaigncheck new --help。",
    "Run it in a terminal, or answer by options: campaigncheck new --help.",
)
_DEFAULT = Text("（回车：{default}）", " (Enter: {default})")
_NEEDED = Text("这一项不能空着。{allowed}", "This cannot be left empty. {allowed}")
_MISSING = Text("还缺这些选项：{names}", "these options are missing: {names}")
_MISSING_HINT = Text(
    "没有终端，问不了：用选项写明；加 --yes，有默认值的就用默认值。",
    "Without a terminal nothing can be asked: give them; with --yes what has a default takes it.",
)


class WrongAnswerError(Exception):
    """An answer that cannot be taken, and why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


class Question(NamedTuple):
    """What is asked, what may be answered, and the default as one would type it, if there is one."""

    option: str
    text: Message
    allowed: Message
    default: str | None = None


class Asking:
    """Takes answers from options, from the terminal, or from defaults; keeps in mind which options are missing."""

    def __init__(self, lang: Lang, terminal: bool, yes: bool) -> None:
        self.lang, self.terminal, self.yes = lang, terminal, yes
        self.missing: list[str] = []

    def ask(self, question: Question, given: str | None, read: Callable[[str], T]) -> T | None:
        """Return the answer; None if nobody can be asked, which is told at the end by :meth:`refuse_missing`.

        Raises:
            UsageError: for an option that cannot be taken, and when the input ends.
        """
        if given is not None:
            try:
                return read(given)
            except WrongAnswerError as error:
                raise UsageError(_OPTION(option=question.option, reason=error.message), question.allowed) from error
        if self.yes and question.default is not None:
            return read(question.default)
        if not self.terminal:
            self.missing.append(question.option)
            return None
        return self._asked(question, read)

    def refuse_missing(self) -> None:
        """Refuse to go on while options are missing.

        Raises:
            UsageError: that names them.
        """
        if self.missing:
            raise UsageError(_MISSING(names=self.missing), _MISSING_HINT())

    def confirmed(self, text: Message) -> bool:
        """Ask for a yes or no; yes is the default."""
        while True:
            self._say(text)
            answer = self._line().casefold()
            if answer in ("", "y", "yes", "是", "好"):
                return True
            if answer in ("n", "no", "否", "不"):
                return False

    def _asked(self, question: Question, read: Callable[[str], T]) -> T:
        while True:
            self._say(question.text)
            default = _DEFAULT(default=question.default).render(self.lang) if question.default is not None else ""
            click.echo(f"  {question.allowed.render(self.lang)}{default}", err=True)
            answer = self._line() or (question.default or "")
            try:
                if not answer:
                    raise WrongAnswerError(_NEEDED(allowed=question.allowed))
                return read(answer)
            except WrongAnswerError as error:
                click.echo(f"  ✗ {error.message.render(self.lang)}", err=True)

    def _say(self, text: Message) -> None:
        click.echo(f"\n{text.render(self.lang)}", err=True)

    def _line(self) -> str:
        click.echo("> ", err=True, nl=False)
        line = sys.stdin.readline()
        if not line:
            raise UsageError(_ENDED(), _ENDED_HINT())
        return line.strip()


_OPTION = Text("{option}：{reason}", "{option}: {reason}")
