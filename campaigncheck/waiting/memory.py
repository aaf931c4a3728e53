"""Remembers waits from one run to the next, in processes that run again and again on nearly the same campaigns.

What is remembered are pure functions of arrays: the same figures have the same waits. Off unless asked for, since a single
run meets hardly any figures twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from numpy.typing import NDArray

Arrays = NDArray[Any] | tuple[NDArray[Any], ...]
T = TypeVar("T", bound=Arrays)


class _Memory(NamedTuple):
    """What is remembered, the oldest use first, and how many answers at most."""

    kept: OrderedDict[bytes, Arrays]
    most: int


_memory: list[_Memory] = []


class Question(NamedTuple):
    """What an answer depends on: the name of what is worked out, and its arrays."""

    name: str
    given: Iterable[NDArray[Any]]

    @property
    def key(self) -> bytes:
        """The same for the same question, and no other."""
        digest = blake2b(self.name.encode(), digest_size=20)
        for part in self.given:
            digest.update(f"|{part.dtype}{part.shape}|".encode())
            digest.update(part.tobytes())
        return digest.digest()


def remember(most: int) -> None:
    """Remember so many answers from now on; with 0, none."""
    _memory[:] = [_Memory(OrderedDict(), most)] if most else []


def recall(questions: Sequence[Question], work: Callable[[Sequence[int]], Sequence[T]]) -> list[T]:
    """Return the answers to some questions; ``work`` answers those, by their numbers, that are not remembered.

    What is returned is the caller's own.
    """
    if not _memory:
        return list(work(range(len(questions))))
    (kept, most), keys = _memory[0], [question.key for question in questions]
    found: dict[bytes, Any] = {key: kept[key] for key in keys if key in kept}
    missing = {key: number for number, key in reversed(list(enumerate(keys))) if key not in found}
    if missing:
        found.update(zip(missing, work(list(missing.values())), strict=True))
    for key in found:
        kept[key] = found[key]
        kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
    return [_copy(found[key]) for key in keys]


def _copy(found: T) -> T:
    """Return an answer that may be changed."""
    if isinstance(found, tuple):
        parts = [part.copy() for part in found]
        copied: Any = found._make(parts) if hasattr(found, "_make") else tuple(parts)
        return copied  # type: ignore[no-any-return]
    return found.copy()
