"""Expressions: compiled once, with problems that point into them; evaluated within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from cel_expr_python import cel
from pydantic import BaseModel

from campaigncheck.catalogue.custom import Scope
from campaigncheck.custom import wording
from campaigncheck.custom.bounds import MOST_STEPS, ROUNDS, Bounds, Models, Refused, Size, bounds
from campaigncheck.custom.config import CONFIG
from campaigncheck.custom.seen import SeenCampaign, Shared
from campaigncheck.custom.shape import PACKAGE, fields, parts, types
from campaigncheck.custom.tree import tree
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name
from campaigncheck.spec.model import Campaign, CustomerText, FaqEntry, Offer

SCOPES: dict[Scope, dict[str, type[BaseModel] | str]] = {
    "campaign": {"campaign": Campaign, "owner_level": "string", "today": "timestamp"},
    "offer": {"offer": Offer, "campaign": Campaign, "owner_level": "string", "today": "timestamp"},
    "text": {"text": CustomerText, "campaign": Campaign, "owner_level": "string", "today": "timestamp"},
    "faq": {"entry": FaqEntry, "campaign": Campaign, "owner_level": "string", "today": "timestamp"},
    "pair": {"first": SeenCampaign, "second": SeenCampaign, "shared": Shared, "today": "timestamp"},
}
"""The variables of each kind of rule."""

_ERROR = re.compile(r"ERROR: <input>:(-?[0-9]+):(-?[0-9]+): (.*)")
_NO_FIELD = re.compile(r"undefined field '([^']*)' not found in struct '([^']*)'")
_NO_NAME = re.compile(r"undeclared reference to '([^']*)'")
_NO_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_WORD = re.compile(r"\w+")
_FUNCTIONS = (
    "all", "contains", "duration", "endsWith", "exists", "exists_one", "filter", "getDayOfMonth", "getDayOfWeek",
    "getFullYear", "getHours", "getMonth", "has", "matches", "size", "startsWith", "string", "timestamp",
)  # fmt: skip
"""Those that rules need; the language has some more."""
_TELLABLE = frozenset({"BOOL", "INT", "DOUBLE", "STRING", "TIMESTAMP"})
_TELLABLE_LISTS = frozenset({"LIST<INT>", "LIST<DOUBLE>", "LIST<STRING>", "LIST<TIMESTAMP>"})


class Fault(NamedTuple):
    """Something wrong with an expression: characters of it, and what."""

    span: tuple[int, int]
    message: Message
    hint: Message


class ExpressionError(Exception):
    """Raised with everything that is wrong with an expression."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message.render("en") for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Language:
    """The language of one kind of rule: its variables and their types."""

    scope: Scope

    @cached_property
    def env(self) -> Any:
        """The library's environment; made when the first expression is compiled."""
        kinds = {"string": cel.Type.STRING, "timestamp": cel.Type.TIMESTAMP}
        variables = {
            name: kinds[kind] if isinstance(kind, str) else cel.Type(f"{PACKAGE}.{kind.__name__}")
            for name, kind in SCOPES[self.scope].items()
        }
        return cel.NewEnv(types().pool, config=cel.NewEnvConfigFromYaml(CONFIG), variables=variables)

    @cached_property
    def models(self) -> Models:
        """The fields of every type that a variable leads to."""
        tops = [kind for kind in SCOPES[self.scope].values() if not isinstance(kind, str)]
        return {f"{PACKAGE}.{part.__name__}": fields(part) for top in tops for part in parts(top)}

    def question(self, text: str) -> Compiled:
        """Compile an expression that is true or false.

        Raises:
            ExpressionError: when it cannot be used.
        """
        found = self._compile(text)
        if found.kind != "BOOL":
            raise ExpressionError(
                [_whole(text, wording.NOT_BOOLEAN(kind=called(found.kind)), wording.NOT_BOOLEAN_HINT())]
            )
        return found

    def value(self, text: str, guarded: frozenset[str]) -> Compiled:
        """Compile an expression whose value is told in a sentence; ``guarded`` fields are known to be there.

        Raises:
            ExpressionError: when it cannot be used.
        """
        found = self._compile(text, guarded)
        if found.kind not in _TELLABLE and found.kind not in _TELLABLE_LISTS:
            raise ExpressionError(
                [_whole(text, wording.NOT_TELLABLE(kind=called(found.kind)), wording.NOT_TELLABLE_HINT())]
            )
        return found

    def _compile(self, text: str, guarded: frozenset[str] = frozenset()) -> Compiled:
        try:
            program = self.env.compile(text)
            found, refused = bounds(tree(program.serialize()), self.models, guarded)
        except Exception as error:  # the library has no class of its own for what it refuses
            raise ExpressionError(self._explained(text, str(error))) from error
        refused += [
            Refused(at, wording.BAD_PATTERN(pattern=pattern), wording.BAD_PATTERN_HINT())
            for at, pattern in found.patterns
            if not _is_pattern(pattern)
        ]
        if refused:
            raise ExpressionError([Fault(_word(text, item.at), item.message, item.hint) for item in refused])
        return Compiled(text, program, found, program.return_type().name())

    def _explained(self, text: str, error: str) -> list[Fault]:
        """Return what the library says, in the user's words."""
        starts = _line_starts(text)
        faults = []
        for line, column, what in _ERROR.findall(error):
            at = starts[min(max(int(line), 1), len(starts)) - 1] + max(int(column), 1) - 1
            faults.append(self._fault(text, at, what))
        return faults or [_whole(text, wording.SYNTAX(detail=_first_line(error)), wording.SYNTAX_HINT())]

    def _fault(self, text: str, at: int, what: str) -> Fault:
        match = _NO_NAME.match(what)
        if match is None:
            return Fault(_word(text, at), *self._told(what))
        if text[at : at + 1] == "(":
            start = at - len(match[1])
            return Fault((start, at), wording.NO_FUNCTION(name=match[1]), _nearest(match[1], _FUNCTIONS))
        first, _, _ = match[1].partition(".")
        start = max(at - match[1].rfind("."), 0) if "." in match[1] else at  # the library points at the last point
        return Fault(_word(text, start), wording.NO_NAME(name=first), _nearest(first, SCOPES[self.scope]))

    def _told(self, what: str) -> tuple[Message, Message]:
        if match := _NO_FIELD.match(what):
            known = self.models.get(match[2], {})
            name = match[2].removeprefix(f"{PACKAGE}.").removeprefix("Seen")
            return wording.NO_FIELD(owner=wording.PARTS.get(name, name), name=match[1]), _nearest(match[1], known)
        if match := _NO_OVERLOAD.match(what):
            kinds = [called(item.strip().upper()) for item in match[2].split(",")]
            return wording.NO_OPERATION(operation=match[1].strip("_@"), kinds=kinds), wording.NO_OPERATION_HINT()
        return wording.SYNTAX(detail=_shortened(what)), wording.SYNTAX_HINT()


@dataclass(frozen=True)
class Compiled:
    """An expression that can be evaluated: its text, the library's program, its bounds, and the type of its value."""

    text: str
    program: Any
    bounds: Bounds
    kind: str

    @cached_property
    def harmless(self) -> int:
        """How many bytes values may have in all so that no evaluation takes too long, whatever they are."""
        least, more = (self.bounds.cost(Size(ROUNDS, size)) for size in (0, 1))
        return (MOST_STEPS - least) // max(more - least, 1)


@lru_cache(maxsize=8)
def language(scope: Scope) -> Language:
    """Return the language of a kind of rule, made once in a process."""
    return Language(scope)


def called(kind: str) -> Text:
    """Return what a type is called."""
    return wording.KINDS.get(kind.split("<")[0].split("(")[0], wording.PART)


@lru_cache(maxsize=1)
def _matcher() -> Any:
    env = cel.NewEnv(types().pool, variables={"pattern": cel.Type.STRING})
    return env.compile("''.matches(pattern)")


def _is_pattern(pattern: str) -> bool:
    return isinstance(_matcher().eval(data={"pattern": pattern}).value(), bool)


def _nearest(name: str, known: Iterable[str]) -> Message:
    names = list(known)
    nearest = nearest_name(name, names)
    return wording.NEAREST_HINT(nearest=nearest) if nearest else wording.KNOWN_HINT(names=names)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _word(text: str, at: int) -> tuple[int, int]:
    """Return the word that begins at a place, or after the point there; else the one character."""
    at = min(max(at, 0), max(len(text) - 1, 0))
    match = _WORD.match(text, at + (text[at : at + 1] == "."))
    return (match.start(), match.end()) if match else (at, at + 1)


def _whole(text: str, message: Message, hint: Message) -> Fault:
    return Fault((0, len(text)), message, hint)


def _first_line(error: str) -> str:
    return _shortened(error.splitlines()[0] if error else "")


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else text[:120] + "…"
