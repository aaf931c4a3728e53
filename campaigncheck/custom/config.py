"""What the language may do here: no ``map``, and whole and decimal numbers compare with each other.

The library's checker wants both sides of a comparison to be of one type, so that a price could not be compared with ``20``;
at run time it compares them all the same. The comparisons are therefore declared anew, with the names under which the library
knows how to do them.
"""

from __future__ import annotations

from collections.abc import Iterator

_ORDERS = {"_<_": "less", "_<=_": "less_equals", "_>_": "greater", "_>=_": "greater_equals"}
_EQUALS = {"_==_": "equals", "_!=_": "not_equals"}
_KINDS = {
    "int": "int64", "double": "double", "string": "string", "timestamp": "timestamp", "duration": "duration",
    "bool": "bool", "uint": "uint64", "bytes": "bytes",
}  # fmt: skip
_MIXED = (("double", "int", "double_int64"), ("int", "double", "int64_double"))
_ANY = "A\n      is_type_param: true"


def _lines() -> Iterator[str]:
    yield "stdlib:\n  exclude_macros: [map]\n  exclude_functions:"
    for operator in (*_ORDERS, *_EQUALS):
        yield f'  - name: "{operator}"'
    yield "functions:"
    same = [(kind, kind, name) for kind, name in _KINDS.items()]
    for operator, name in _ORDERS.items():
        yield from _function(operator, [(one, two, f"{name}_{suffix}") for one, two, suffix in (*same, *_MIXED)])
    for operator, name in _EQUALS.items():
        mixed = [(one, two, f"{name}_{suffix}") for one, two, suffix in _MIXED]
        yield from _function(operator, [(_ANY, _ANY, name), *mixed])


def _function(operator: str, overloads: list[tuple[str, str, str]]) -> Iterator[str]:
    yield f'- name: "{operator}"\n  overloads:'
    for one, two, name in overloads:
        yield f"  - id: {name}\n    args:\n    - type_name: {one}\n    - type_name: {two}"
        yield "    return:\n      type_name: bool"


CONFIG = "\n".join(_lines()) + "\n"
"""The configuration as the library reads it."""
