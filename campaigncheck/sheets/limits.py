"""How much a site's own templates may do: loops and calls are counted, and nothing may grow beyond a size.

These counts are the same on every machine. What they do not see (a filter that is asked for a text of a gigabyte,
includes that include one another twice) meets the clock and the memory of the process, where the system can limit them.
A process of its own for every page would hold it as safely; but it would need all values to travel, and could hardly
tell the line.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaigncheck.messages import Message, Text

STEPS = 1_000_000
"""Rounds of loops and calls of one page; the longest built-in page takes some thousands."""

LARGEST = 16_000_000
"""Characters of a page or a text, entries of a list, and digits (in bits) of a number."""

SECONDS = 10.0
"""Of computing for one page, which takes some thousandths of one."""

MEMORY = 512 << 20
"""Bytes that the process may grow by while a page is made."""

_STEPS = Text("循环和调用太多，一页最多 {most} 次", "too many rounds of loops and calls: a page may take {most}")
_SIZE = Text("写出来的东西太长，最多 {most} 个字", "too long: at most {most} characters")
_TIME = Text(
    "算得太久，一页最多 {most} 秒", "it takes too long: a page may take {most} seconds"
)  # fmt: skip
_STATM = Path("/proc/self/statm")


class TooMuchError(Exception):
    """A template wants more than it may have."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


class _Generator(CodeGenerator):
    """Has the counting done, and nothing computed before the counting begins."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        counted = nodes.EnvironmentAttribute("counted", lineno=node.lineno)
        node.iter = nodes.Call(counted, [node.iter], [], None, None, lineno=node.iter.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.sized(")
        super().visit_Concat(node, frame)
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        self.write("environment.sized(")
        super().visit_Filter(node, frame)
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """Where a site's own templates run. What comes out differently every time is left out."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**"})

    def __init__(self, *, finalize: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(**options, finalize=lambda value: self._put(finalize(value)), optimized=False)
        del self.globals["lipsum"], self.filters["random"]
        self._left = self._room = 0

    def start(self) -> None:
        """Begin to count for a page."""
        self._left, self._room = STEPS, LARGEST

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield the rounds of a loop."""
        for item in items:
            self._step()
            yield item

    def sized(self, value: Any) -> Any:
        """Return a value that is not too large."""
        if isinstance(value, str | list | tuple) and len(value) > LARGEST:
            raise TooMuchError(_SIZE(most=f"{LARGEST:,}"))
        return value

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:
        """Call something, if there is a call left."""
        self._step()
        return self.sized(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out a sum, a product or a power that is not too large."""
        if _growth(operator, left, right) > LARGEST:
            raise TooMuchError(_SIZE(most=f"{LARGEST:,}"))
        return self.sized(super().call_binop(context, operator, left, right))

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuchError(_STEPS(most=f"{STEPS:,}"))

    def _put(self, value: Any) -> Any:
        """Count what is written; only texts can be long."""
        self._room -= len(value) if isinstance(value, str) else 0
        if self._room < 0:
            raise TooMuchError(_SIZE(most=f"{LARGEST:,}"))
        return value


def _growth(operator: str, left: Any, right: Any) -> int:
    """Return how large a product or a power will be, in characters, entries or bits."""
    if operator == "**":
        return left.bit_length() * right if isinstance(left, int) and isinstance(right, int) else 0
    if operator == "*":
        sizes = [len(value) for value in (left, right) if isinstance(value, str | list | tuple)]
        times = [value for value in (left, right) if isinstance(value, int)]
        return sizes[0] * times[0] if sizes and times else 0
    return 0


@contextmanager
def limited() -> Iterator[None]:
    """Limit the time and the memory of what is done meanwhile, as far as the system can."""
    with ExitStack() as stack:
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            stack.enter_context(_time())
        if _STATM.is_file():
            stack.enter_context(_memory())
        yield


@contextmanager
def _time() -> Iterator[None]:
    """Interrupt what computes for too long, and again if that was not heard."""
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, SECONDS / 10)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooMuchError(_TIME(most=SECONDS))


@contextmanager
def _memory() -> Iterator[None]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(_STATM.read_text().split()[0]) * resource.getpagesize() + MEMORY
    lowest = min([most, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
