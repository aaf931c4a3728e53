"""A second reader of YAML to compare with: PyYAML's nodes, resolved by the core schema (YAML 1.2.2, 10.3.2)."""

from __future__ import annotations

import re
from typing import Any

import yaml

LONGEST = 18
"""Numbers of more characters are codes and stay text, as do infinities and not-a-number."""

_NULL = re.compile(r"(?:null|Null|NULL|~|)\Z")
_TRUE, _FALSE = re.compile(r"(?:true|True|TRUE)\Z"), re.compile(r"(?:false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")


def reference_value(text: str, loader: type[Any] = yaml.CSafeLoader) -> Any:
    """Return the value of a document without tags, merge keys and aliases."""
    return _value(yaml.compose(text, Loader=loader))


def _value(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(item) for key, item in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return node.value if node.style else core_schema(node.value)


def core_schema(text: str) -> Any:
    """Resolve an unquoted scalar."""
    if _NULL.match(text):
        return None
    if _TRUE.match(text) or _FALSE.match(text):
        return bool(_TRUE.match(text))
    if len(text) > LONGEST:
        return text
    if _INT.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    number = float(text) if _FLOAT.match(text) else float("inf")
    return text if number in (float("inf"), float("-inf")) else number
