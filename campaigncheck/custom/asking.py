"""Asking expressions of values, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from campaigncheck.custom import wording
from campaigncheck.custom.bounds import MOST_STEPS, ROUNDS, Size, measure
from campaigncheck.custom.expressions import Compiled
from campaigncheck.messages import Message
from campaigncheck.rulekit.fault import RuleFaultError

_OVER = "budget exceeded"
"""What the library says when it ends an evaluation."""


@dataclass(frozen=True)
class Measured:
    """Plain values and how large they are: at most as many bytes as their messages, more exactly if that is asked for."""

    values: tuple[Any, ...]
    most: int

    @cached_property
    def size(self) -> Size:
        """How large they are, value by value."""
        sizes = [measure(value) for value in self.values]
        return Size(max(size.items for size in sizes), max(size.bytes for size in sizes))


class Asker(NamedTuple):
    """The rule that asks, and where it is written."""

    rule: str
    place: str


class Asked(NamedTuple):
    """What expressions are asked of: the values as the library holds them, and their size; ``asker`` is the rule."""

    activation: Any
    measured: Measured
    asker: Asker

    def holds(self, question: Compiled) -> bool:
        """Return whether a question is answered with yes.

        Raises:
            RuleFaultError: when it would take too long, or cannot be answered.
        """
        value = self._result(question).value()
        if value is True or value is False:  # else it is what the library says is wrong
            return bool(value)
        raise self._failed(str(value))

    def value(self, expression: Compiled) -> Any:
        """Return the value of an expression.

        Raises:
            RuleFaultError: when it would take too long, or has none.
        """
        found = self._result(expression)
        value = found.plain_value()
        if found.type().name() == "ERROR":
            raise self._failed(str(value))
        return value

    def _result(self, expression: Compiled) -> Any:
        if self.measured.most > expression.harmless:
            self._refuse_costly(expression)
        try:
            return expression.program.eval(self.activation)
        except RuntimeError as error:
            if _OVER in str(error):
                message = wording.RAN_AWAY(rule=self.asker.rule, place=self.asker.place, rounds=f"{ROUNDS:,}")
                raise RuleFaultError(message, wording.COSTLY_HINT()) from error
            raise self._failed(str(error)) from error

    def _refuse_costly(self, expression: Compiled) -> None:
        cost = expression.bounds.cost(self.measured.size)
        if cost > MOST_STEPS:
            message = wording.TOO_COSTLY(rule=self.asker.rule, place=self.asker.place, cost=f"{cost:,}")
            raise RuleFaultError(message, wording.COSTLY_HINT())

    def _failed(self, detail: str) -> RuleFaultError:
        message: Message = wording.FAILED(rule=self.asker.rule, place=self.asker.place, detail=detail.splitlines()[0])
        return RuleFaultError(message, wording.FAILED_HINT())
