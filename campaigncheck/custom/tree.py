"""A compiled expression as a tree: the published message types of the language, as far as they are needed here.

See syntax.proto and checked.proto of the language's specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory

_FIELD = descriptor_pb2.FieldDescriptorProto
_TYPES = {
    "int32": _FIELD.TYPE_INT32, "int64": _FIELD.TYPE_INT64, "string": _FIELD.TYPE_STRING, "bool": _FIELD.TYPE_BOOL,
}  # fmt: skip

# message: field: (number, type, repeated); a type that is none of the above is another message
_MESSAGES: dict[str, dict[str, tuple[int, str, bool]]] = {
    "Constant": {"int64_value": (3, "int64", False), "string_value": (6, "string", False)},
    "Ident": {"name": (1, "string", False)},
    "Select": {"operand": (1, "Expr", False), "field": (2, "string", False), "test_only": (3, "bool", False)},
    "Call": {"target": (1, "Expr", False), "function": (2, "string", False), "args": (3, "Expr", True)},
    "CreateList": {"elements": (1, "Expr", True)},
    "CreateStruct": {"message_name": (1, "string", False)},
    "Comprehension": {
        "iter_var": (1, "string", False), "iter_range": (2, "Expr", False), "accu_var": (3, "string", False),
        "accu_init": (4, "Expr", False), "loop_condition": (5, "Expr", False), "loop_step": (6, "Expr", False),
        "result": (7, "Expr", False),
    },
    "Expr": {
        "id": (2, "int64", False), "const_expr": (3, "Constant", False), "ident_expr": (4, "Ident", False),
        "select_expr": (5, "Select", False), "call_expr": (6, "Call", False), "list_expr": (7, "CreateList", False),
        "struct_expr": (8, "CreateStruct", False), "comprehension_expr": (9, "Comprehension", False),
    },
    "ListType": {"elem_type": (1, "Type", False)},
    "MapType": {},
    "Dyn": {},
    "Type": {
        "dyn": (1, "Dyn", False), "list_type": (6, "ListType", False), "map_type": (7, "MapType", False),
        "message_type": (9, "string", False),
    },
    "TypeEntry": {"key": (1, "int64", False), "value": (2, "Type", False)},
    "Position": {"key": (1, "int64", False), "value": (2, "int32", False)},
    "SourceInfo": {"positions": (4, "Position", True)},
    "CheckedExpr": {
        "type_map": (3, "TypeEntry", True), "expr": (4, "Expr", False), "source_info": (5, "SourceInfo", False),
    },
}  # fmt: skip


class Tree(NamedTuple):
    """An expression, where each of its nodes stands (characters from the start), and the nodes' types."""

    root: Any
    positions: dict[int, int]
    types: dict[int, Any]

    def at(self, node: Any) -> int:
        """Return where a node stands."""
        return self.positions.get(node.id, 0)


def tree(serialized: bytes) -> Tree:
    """Read what the compiler has made of an expression."""
    wrapped = any_pb2.Any.FromString(serialized)
    checked = _checked().FromString(wrapped.value)
    positions = {entry.key: entry.value for entry in checked.source_info.positions}
    return Tree(checked.expr, positions, {entry.key: entry.value for entry in checked.type_map})


def kind(node: Any) -> str:
    """Return which kind of expression a node is, such as ``call_expr``."""
    return next((name for name in _KINDS if node.HasField(name)), "")


def children(node: Any) -> Iterator[Any]:
    """Yield the expressions that a node is made of."""
    name = kind(node)
    inner: Any = getattr(node, name) if name else None
    for field, many in _KINDS.get(name, ()):
        if many:
            yield from getattr(inner, field)
        elif inner.HasField(field):
            yield getattr(inner, field)


_KINDS = {
    name: tuple((field, many) for field, (_, inner, many) in _MESSAGES[of].items() if inner == "Expr")
    for name, (_, of, _) in _MESSAGES["Expr"].items()
    if name != "id"
}
"""The kinds of expressions, and their fields that are expressions again: once or in a list."""


@lru_cache(maxsize=1)
def _checked() -> Any:
    file = descriptor_pb2.FileDescriptorProto(name="tree.proto", package="tree", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, of, many) in fields.items():
            label = _FIELD.LABEL_REPEATED if many else _FIELD.LABEL_OPTIONAL
            added = message.field.add(name=field, number=number, label=label)
            added.type = _TYPES.get(of, _FIELD.TYPE_MESSAGE)
            if of not in _TYPES:
                added.type_name = f".tree.{of}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("tree.CheckedExpr"))
