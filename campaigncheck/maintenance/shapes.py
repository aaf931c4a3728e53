"""What may be written into a field, in words, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from campaigncheck.messages import Lang, Text
from campaigncheck.spec.types import (
    HOURS_PATTERN,
    ID_PATTERN,
    NAME_PATTERN,
    OFFER_PATTERN,
    PRODUCT_PATTERN,
    REGION_PATTERN,
)

Schema = Mapping[str, Any]

_ONE_OF = Text("{values} 之一", "one of {values}")
_LIST = Text("列表，每项：{item}", "a list, each {item}")
_PART = Text("见 [{name}](#{anchor})", "a [{name}](#{anchor})")
_MAPPING = Text("一组“名称: 值”，值：{item}", "names with values, each {item}")
_EITHER = Text("{some} 或 {other}", "{some} or {other}")
_DAY = Text("日期，如 2027-01-15", "a date such as 2027-01-15")
_WHOLE = Text("整数{span}", "a whole number{span}")
_NUMBER = Text("数{span}", "a number{span}")
_TEXT = Text("文字{span}", "text{span}")
_YES_NO = Text("true 或 false", "true or false")
_EXACTLY = Text("只能是 {value}", "always {value}")
_SPAN = Text("，{low} 到 {high}", ", {low} to {high}")
_FROM = Text("，不小于 {low}", ", {low} or more")
_ABOVE = Text("，大于 0，不超过 {high}", ", more than 0, {high} at most")
_LETTERS = Text("，最多 {high} 个字", ", {high} characters at most")
_PATTERNS = {
    ID_PATTERN: Text("，小写字母、数字和短横线", ": a-z, 0-9 and hyphens"),
    OFFER_PATTERN: Text("，小写字母、数字和短横线", ": a-z, 0-9 and hyphens"),
    REGION_PATTERN: Text("，6 位数字，加引号", ": six digits, in quotes"),
    NAME_PATTERN: Text("，小写字母、数字、短横线和下划线", ": a-z, 0-9, hyphens and underscores"),
    PRODUCT_PATTERN: Text("，小写，用点分级", ": lower case, parts separated by dots"),
    HOURS_PATTERN: Text("，几点到几点", ": from when to when"),
}
_LIKE = Text("，形如 `{pattern}`", ": `{pattern}`")
_PLAIN = {"boolean": _YES_NO, "integer": _WHOLE, "number": _NUMBER, "string": _TEXT}


def shape(schema: Schema, lang: Lang, anchors: Mapping[str, tuple[str, str]]) -> str:
    """Say what may be written; ``anchors`` gives the title and the anchor of each part that is explained elsewhere."""
    if "$ref" in schema:
        name, anchor = anchors[schema["$ref"].rsplit("/", 1)[1]]
        return _PART(name=name, anchor=anchor).render(lang)
    if "anyOf" in schema:
        return _either([item for item in schema["anyOf"] if item.get("type") != "null"], lang, anchors)
    if "enum" in schema:
        return _ONE_OF(values=[f"`{value}`" for value in schema["enum"]]).render(lang)
    if "const" in schema:
        return _EXACTLY(value=f"`{schema['const']}`").render(lang)
    if schema["type"] == "array":
        return _LIST(item=shape(schema["items"], lang, anchors)).render(lang)
    if schema["type"] == "object":
        return _MAPPING(item=shape(schema["additionalProperties"], lang, anchors)).render(lang)
    if schema.get("format") == "date":
        return _DAY().render(lang)
    return _PLAIN[schema["type"]](span=_span(schema, lang)).render(lang)


def _either(schemas: Sequence[Schema], lang: Lang, anchors: Mapping[str, tuple[str, str]]) -> str:
    shapes = list(dict.fromkeys(shape(item, lang, anchors) for item in schemas))
    told = shapes[0]
    for other in shapes[1:]:
        told = _EITHER(some=told, other=other).render(lang)
    return told


def _span(schema: Schema, lang: Lang) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        return _ABOVE(high=_figure(high)).render(lang)
    if low is not None:
        return (_FROM(low=_figure(low)) if high is None else _SPAN(low=_figure(low), high=_figure(high))).render(lang)
    if "pattern" in schema:
        known = _PATTERNS.get(schema["pattern"])
        return (known() if known else _LIKE(pattern=schema["pattern"].replace("|", r"\|"))).render(lang)
    return _LETTERS(high=_figure(schema["maxLength"])).render(lang) if "maxLength" in schema else ""


def _figure(value: Any) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value}"
