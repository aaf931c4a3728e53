"""Says in the reader's language what is wrong with a template; Jinja's own English words only as a detail."""

from __future__ import annotations

import re

from jinja2 import TemplateNotFound, TemplateSyntaxError

from campaigncheck.messages import Message, Text
from campaigncheck.sheets.limits import TooMuchError

_KNOWN: tuple[tuple[re.Pattern[str], Text], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"^'(\w+)' is undefined", Text("没有“{one}”这个名字", "there is no name “{one}”")),
        (r"has no (?:attribute|element) '?(.+?)'?$", Text("没有“{one}”这一项", "there is no “{one}” in it")),
        (r"^No filter named '(.+?)'", Text("没有叫“{one}”的过滤器", "there is no filter “{one}”")),
        (r"^No test named '(.+?)'", Text("没有叫“{one}”的判断", "there is no test “{one}”")),
        (
            r"unknown tag '(.+?)'.* needs to be closed is '(.+?)'",
            Text("“{one}”放错了地方，先要结束“{two}”", "“{one}” is out of place: “{two}” has to be ended first"),
        ),
        (r"unknown tag '(.+?)'", Text("没有“{one}”这种标签", "there is no tag “{one}”")),
        (
            r"^Unexpected end of template.* needs to be closed is '(.+?)'",
            Text("“{one}”没有结束，要写上 end{one}", "“{one}” is never ended: end{one} is missing"),
        ),
        (r"^Unexpected end of template", Text("模板没有写完", "the template ends too early")),
        (r"^block '(.+?)' defined twice", Text("“{one}”这一块写了两遍", "the block “{one}” is there twice")),
        (
            r"^access to attribute '(.+?)' of",
            Text("模板里不许用“{one}”", "templates may not use “{one}”"),
        ),
        (r"^Range too big.*\((\d+)\)", Text("range 太长，最多 {one}", "the range is too long: at most {one}")),
        (r"division.* by zero", Text("除数是 0", "division by zero")),
    )
)
"""What Jinja says, as a pattern, and what we say; parts of the one are put into the other."""

_PLACES = ("one", "two")

_NO_TEMPLATE = Text("没有叫“{name}”的模板", "there is no template “{name}”")
_MEMORY = Text("要用的内存太多", "it needs too much memory")
_SYNTAX = Text("写法不对（原文：{detail}）", "the syntax is wrong ({detail})")
_OTHER = Text("算不出来（原文：{detail}）", "it cannot be worked out ({detail})")


def reason(error: Exception) -> Message:
    """Return what went wrong."""
    if isinstance(error, TooMuchError):
        return error.message
    if isinstance(error, TemplateNotFound):
        return _NO_TEMPLATE(name=str(error))
    if isinstance(error, MemoryError):
        return _MEMORY()
    said = " ".join(str(error).split()) or type(error).__name__
    for pattern, text in _KNOWN:
        found = pattern.search(said)
        if found:
            return text(**dict(zip(_PLACES, found.groups(), strict=False)))
    return (_SYNTAX if isinstance(error, TemplateSyntaxError) else _OTHER)(detail=said)
