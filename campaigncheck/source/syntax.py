"""Says in the writer's words what libyaml means by its errors."""

from __future__ import annotations

import re

from campaigncheck.messages import Message, Text
from campaigncheck.source import errors

_UNQUOTED_CONDITION = (
    Text("“>”开头的条件没有加引号", "a condition that begins with “>” needs quotes"),
    Text(
        '不加引号时 YAML 会把 > 当成换行文本的标记；请写成带引号的样子，例如 ">=12"。',
        'Without quotes YAML takes > for the start of a text block: write it quoted, as in ">=12".',
    ),
)

_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("这里多了一个冒号，或者缩进不对", "an unexpected colon, or a wrong indent"),
        Text(
            "文字里有“: ”时整句加引号；字段要和同一层的其他字段对齐。",
            "Quote text that contains “: ”; align the field with the others of its level.",
        ),
    ),
    (
        "could not find expected ':'",
        Text("这一行缺少冒号", "a colon is missing on this line"),
        Text(
            "写成“字段: 值”，冒号用半角，后面空一格；文字太长要换行时用 | 或加引号。",
            "Write “field: value” with a half-width colon and a space; use | or quotes for long text.",
        ),
    ),
    (
        "did not find expected key",
        Text("缩进和上下文对不上", "the indent does not fit what stands around it"),
        Text(
            "同一层的字段要从同一列开始；也可能是上一行的引号没有配对。",
            "Fields of one level begin in one column; or a quote on the line before is not closed.",
        ),
    ),
    (
        "did not find expected '-' indicator",
        Text("列表的缩进和上下文对不上", "the list's indent does not fit what stands around it"),
        Text("同一个列表的每一项都以“- ”开头，从同一列开始。", "Each item begins with “- ” in one column."),
    ),
    (
        "did not find expected ',' or ']'",
        Text("方括号列表没有写完整", "the list in brackets is not complete"),
        Text("各项之间用半角逗号，最后用 ] 收尾。", "Separate items by half-width commas and end with ]."),
    ),
    (
        "did not find expected ',' or '}'",
        Text("花括号里的内容没有写完整", "the part in braces is not complete"),
        Text("各字段之间用半角逗号，最后用 }} 收尾。", "Separate fields by half-width commas and end with }}."),
    ),
    (
        "found unexpected end of stream",
        Text("引号没有配对", "a quotation mark is never closed"),
        Text("从这里开始的引号一直没有结束，请补上。", "The quotation that begins here never ends: close it."),
    ),
    (
        "cannot start any token",
        Text("这个字符不能放在值的开头", "this character cannot begin a value"),
        Text("请给整个值加上引号。", "Put the whole value in quotes."),
    ),
    (
        "unknown escape character",
        Text("双引号里的反斜杠写法不对", "a wrong backslash escape in double quotes"),
        Text("反斜杠本身写成 \\\\，或者改用单引号。", "Write \\\\ for a backslash, or use single quotes."),
    ),
    (
        "did not find expected alphabetic or numeric character",
        Text("& 或 * 开头的文字没有加引号", "text that begins with & or * needs quotes"),
        Text("& 和 * 在 YAML 里有特殊含义，请给整句加引号。", "& and * have a meaning in YAML: quote the text."),
    ),
    (
        "found undefined tag handle",
        Text("! 开头的文字没有加引号", "text that begins with ! needs quotes"),
        Text("! 在 YAML 里有特殊含义，请给整句加引号。", "! has a meaning in YAML: quote the text."),
    ),
    (
        "did not find expected whitespace or line break",
        Text("! 开头的文字没有加引号", "text that begins with ! needs quotes"),
        Text("! 在 YAML 里有特殊含义，请给整句加引号。", "! has a meaning in YAML: quote the text."),
    ),
    (
        "did not find expected tag URI",
        Text("! 开头的文字没有加引号", "text that begins with ! needs quotes"),
        Text("! 在 YAML 里有特殊含义，请给整句加引号。", "! has a meaning in YAML: quote the text."),
    ),
    (
        "did not find expected comment or line break",
        Text("| 或 > 后面多出了文字", "text stands right after | or >"),
        Text(
            "| 和 > 后面要换行再写正文；如果它们是正文的一部分，请给整句加引号。",
            "Begin the text on the next line; quote | or > that are part of it.",
        ),
    ),
    (
        "did not find expected <document start>",
        Text("前面的内容已经结束，这里又多出了内容", "content goes on after the document has ended"),
        Text(
            "请检查这一行的缩进，或者前一行的引号和括号。", "Check this line's indent, or quotes and brackets before."
        ),
    ),
)


_FULL_WIDTH_COLON = (
    Text("字段名后面用了全角冒号", "a full-width colon after the field name"),
    Text("改成半角冒号，后面空一格：“字段: 值”。", "Use a half-width colon and a space: “field: value”."),
)
_NO_SPACE = (
    Text("字段名的冒号后面少了一个空格", "no space after the field name's colon"),
    Text("半角冒号后面空一格：“字段: 值”。", "Put a space after the half-width colon: “field: value”."),
)
_WRONG_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_]+\s*(?:(?P<wide>：)|(?P<close>:)(?![\s/]|$))")
_CONDITION = re.compile(r":\s*>=?\s*[0-9=]")


def explain(problem: str, text: str, at: int) -> tuple[Message, Message, int]:
    """Return message, hint and offset for a libyaml problem at offset ``at`` of the source."""
    start = text.rfind("\n", 0, at) + 1
    line = _line(text, start)
    if _CONDITION.search(line):
        message, hint = _UNQUOTED_CONDITION
        return message(), hint(), at
    # libyaml takes a field without a proper colon for text that goes on, and stumbles over the next field's colon.
    for begin in (start, _line_before(text, start)):
        if begin is not None and (colon := _WRONG_COLON.match(_line(text, begin))):
            message, hint = _FULL_WIDTH_COLON if colon["wide"] else _NO_SPACE
            return message(), hint(), begin + colon.end() - 1
    for sign, message, hint in _KNOWN:
        if sign in problem:
            return message(), hint(), at
    return errors.SYNTAX(), errors.SYNTAX_HINT(problem=problem), at


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _line_before(text: str, start: int) -> int | None:
    """Return where the last line with something on it begins, before the line that begins at ``start``."""
    before = text[:start].rstrip()
    return before.rfind("\n") + 1 if before else None
