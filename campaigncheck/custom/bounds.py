"""What an expression may cost, found in its tree before it is ever evaluated, and what it may not do.

The language has no loops but those over lists, and the library ends an evaluation after 10,000 of their rounds. What is left
is refused here: making new lists of lists, which could double in size at every step; comparing whole parts of a spec; patterns
that are made up while it runs. So no value is larger than the expression is long times the longest value of the spec, and the
steps of an evaluation can be counted beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from campaigncheck.custom import wording
from campaigncheck.custom.shape import Kind
from campaigncheck.custom.tree import Tree, children, kind
from campaigncheck.messages import Message

ROUNDS = 10_000
"""Rounds of loops after which the library ends an evaluation."""

MOST_STEPS = 2_000_000_000
"""Steps that an evaluation may take; one is about a byte looked at, so this is a second or two."""

_PATTERN = 20
"""Steps for each byte that is matched with a pattern."""

_CHEAP = frozenset({"_&&_", "_||_", "!_", "_?_:_", "@not_strictly_false", "_-_", "_*_", "_/_", "_%_", "-_"})
_COMPARING = frozenset({"_==_", "_!=_"})
_QUOTES = "'"

ALL = "*"

Models = dict[str, dict[str, Kind]]
"""The fields of each type by its full name."""


class Size(NamedTuple):
    """How large the values are that an expression is asked of: items of the longest list, bytes of the longest value."""

    items: int
    bytes: int


class Refused(NamedTuple):
    """Something that an expression may not do, and where (characters from its start)."""

    at: int
    message: Message
    hint: Message


@dataclass(frozen=True)
class Bounds:
    """What is known of an expression beforehand.

    ``steps`` are, by how many loops are around them, its nodes and those of them that read whole values (with their weight);
    ``joins`` how often it puts values together; ``names`` the variables it uses, and ``fields`` what it takes of them
    (``ALL``: more than single fields); ``guards`` the fields it asks for with ``has``; ``patterns`` those that it matches,
    with their places.
    """

    steps: tuple[tuple[int, int], ...]
    joins: int
    names: frozenset[str]
    guards: frozenset[str]
    patterns: tuple[tuple[int, str], ...] = ()
    fields: frozenset[tuple[str, str]] = frozenset()

    def cost(self, size: Size) -> int:
        """Return the most steps that an evaluation can take of values of this size."""
        longest = size.bytes * (1 + self.joins)
        items = size.items * (1 + self.joins)
        return sum(
            min(items**depth, ROUNDS) * (nodes + reads * longest) for depth, (nodes, reads) in enumerate(self.steps)
        )


@dataclass
class _Walk:
    """One pass through a tree."""

    tree: Tree
    models: Models
    guarded: frozenset[str]
    nodes: list[int] = field(default_factory=list)
    reads: list[int] = field(default_factory=list)
    joins: int = 0
    fields: set[tuple[str, str]] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)
    patterns: list[tuple[int, str]] = field(default_factory=list)

    def visit(self, node: Any, depth: int, local: frozenset[str], tested: bool = False) -> None:
        name = kind(node)
        self._count(node, name, depth)
        if name == "comprehension_expr":
            self._visit_loop(node.comprehension_expr, depth, local)
            return
        if name == "ident_expr" and node.ident_expr.name not in local:
            self.fields.add((node.ident_expr.name, ALL))
        elif name == "select_expr":
            tested = tested or node.select_expr.test_only
            if not tested:
                self._guarded(node)
            operand = node.select_expr.operand
            if kind(operand) == "ident_expr" and operand.ident_expr.name not in local:
                self.fields.add((operand.ident_expr.name, node.select_expr.field))
                return
        elif name == "struct_expr" or (name == "list_expr" and any(kind(i) != "const_expr" for i in children(node))):
            self._refuse(node, wording.MAKES(), wording.MAKES_HINT())
        elif name == "call_expr":
            self._called(node)
        for child in _checked_children(node):
            self.visit(child, depth, local, tested and name == "select_expr")

    def _visit_loop(self, loop: Any, depth: int, local: frozenset[str]) -> None:
        self.visit(loop.iter_range, depth, local)
        inner = local | {loop.iter_var, loop.accu_var}
        for part in (loop.accu_init, loop.loop_condition, loop.loop_step):
            if not (kind(part) == "list_expr" and not part.list_expr.elements):
                self.visit(part, depth + 1, inner)
        self.visit(loop.result, depth, local | {loop.accu_var})

    def _count(self, node: Any, name: str, depth: int) -> None:
        while len(self.nodes) <= depth:
            self.nodes.append(0)
            self.reads.append(0)
        self.nodes[depth] += 1
        if name == "call_expr" and node.call_expr.function not in _CHEAP:
            self.reads[depth] += _PATTERN if node.call_expr.function == "matches" else 1

    def _guarded(self, node: Any) -> None:
        """Refuse to read a field that may be missing unless the expression asks for it."""
        self._looked_up(node, node.select_expr.operand, f"'{node.select_expr.field}'")
        owner = self.tree.types.get(node.select_expr.operand.id)
        known = self.models.get(owner.message_type) if owner is not None else None
        here = known.get(node.select_expr.field) if known else None
        if here is not None and here.optional and (chain := path_of(node)) not in self.guarded:
            self._refuse(node, wording.UNGUARDED(field=chain), wording.UNGUARDED_HINT(field=chain))

    def _called(self, node: Any) -> None:
        call = node.call_expr
        if call.function == "_+_":
            self.joins += 1
        elif call.function == "matches":
            pattern = call.args[-1]
            if kind(pattern) != "const_expr":
                self._refuse(node, wording.MADE_PATTERN(), wording.MADE_PATTERN_HINT())
            else:
                self.patterns.append((self.tree.at(pattern), pattern.const_expr.string_value))
        elif call.function == "_[_]":
            self._looked_up(node, call.args[0], path_of(call.args[1]) if kind(call.args[1]) == "const_expr" else "")
        elif self._compares_whole(call):
            self._refuse(node, wording.WHOLE(), wording.WHOLE_HINT())

    def _looked_up(self, node: Any, owner: Any, key: str) -> None:
        """Refuse to look up a fixed key that may be missing unless the expression asks for it."""
        known = self.tree.types.get(owner.id)
        if key and known is not None and known.HasField("map_type"):
            of = path_of(owner)
            if self.guarded.isdisjoint({f"{of}[{key}]", f"{of}.{key.strip(_QUOTES)}"}):
                self._refuse(node, wording.UNGUARDED(field=f"{of}[{key}]"), wording.NO_KEY_HINT(field=of, key=key))

    def _compares_whole(self, call: Any) -> bool:
        if call.function == "@in":
            known = self.tree.types.get(call.args[1].id)
            return known is None or (not known.HasField("map_type") and self._whole(call.args[1]))
        compares = call.function in _COMPARING and not any(kind(item) == "const_expr" for item in call.args)
        return compares and any(self._whole(item) for item in call.args)

    def _whole(self, node: Any) -> bool:
        """Whether a value is a part of a spec, or a list of such."""
        known = self.tree.types.get(node.id)
        if known is None:
            return False
        if known.HasField("list_type"):
            known = known.list_type.elem_type
        return bool(known.message_type) or known.HasField("map_type") or known.HasField("list_type")

    def _refuse(self, node: Any, message: Message, hint: Message) -> None:
        self.refused.append(Refused(self.tree.at(node), message, hint))


def bounds(tree: Tree, models: Models, guarded: frozenset[str] = frozenset()) -> tuple[Bounds, list[Refused]]:
    """Return what is known of an expression, and what it must not do.

    Args:
        tree: the compiled expression.
        models: the fields of each type.
        guarded: fields that are known to be there, because another expression asks for them first.
    """
    guards = frozenset(_guards(tree.root))
    walk = _Walk(tree, models, guards | guarded)
    walk.visit(tree.root, 0, frozenset())
    steps = tuple(zip(walk.nodes, walk.reads, strict=True))
    names = frozenset(name for name, _ in walk.fields)
    known = Bounds(steps, walk.joins, names, guards, tuple(walk.patterns), frozenset(walk.fields))
    return known, walk.refused


def _checked_children(node: Any) -> Iterator[Any]:
    """Yield the parts of a node, but not the list of one with which a filter adds to what it has found."""
    call = node.call_expr if kind(node) == "call_expr" else None
    if call is not None and call.function == "_+_" and _is_found(call.args[0]):
        yield call.args[0]
        return
    yield from children(node)


def _is_found(node: Any) -> bool:
    return kind(node) == "ident_expr" and node.ident_expr.name.startswith("@")


def _guards(node: Any) -> Iterator[str]:
    """Yield the fields that an expression asks for with ``has``, and the parts that they are in."""
    if kind(node) == "select_expr" and node.select_expr.test_only:
        while kind(node) == "select_expr":
            yield path_of(node)
            node = node.select_expr.operand
    if kind(node) == "call_expr" and node.call_expr.function == "@in":
        yield f"{path_of(node.call_expr.args[1])}[{path_of(node.call_expr.args[0])}]"
    for child in children(node):
        yield from _guards(child)


def path_of(node: Any) -> str:
    """Return how a field is written, such as ``offer.gift``; what is not a plain chain of fields is only told apart."""
    name = kind(node)
    if name == "select_expr":
        return f"{path_of(node.select_expr.operand)}.{node.select_expr.field}"
    if name == "ident_expr":
        return str(node.ident_expr.name)
    if name == "const_expr":
        constant = node.const_expr
        return f"'{constant.string_value}'" if constant.string_value else str(constant.int64_value)
    inner = [path_of(child) for child in children(node)]
    if name == "call_expr" and node.call_expr.function == "_[_]":
        return f"{inner[0]}[{inner[1]}]"
    return f"({','.join(inner)})"


def measure(value: Any) -> Size:
    """Return how large plain values are; a list of single values counts as one value."""
    items, longest, _ = _measured(value)
    return Size(items, longest)


def _measured(value: Any) -> tuple[int, int, int]:
    """Return the items of the longest list, the bytes of the longest value, and the bytes of everything."""
    if isinstance(value, str):
        size = 3 * len(value) + 1  # no character of a text takes more bytes, but for rare ones
        return 0, size, size
    if not isinstance(value, list | dict):
        return 0, 8, 8
    inner = [_measured(item) for item in (value.values() if isinstance(value, dict) else value)]
    total = sum(item[2] for item in inner)
    parts = [item[1] for item in inner]
    single = isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)
    return max(len(value), *(item[0] for item in inner), 0), total if single else max(parts, default=0), total
