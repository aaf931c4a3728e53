"""The codes that customers are told to send by SMS: 发送 KDTS 到 10086."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.language.expressions import expression


class Code(NamedTuple):
    """A code at ``text[start:end]``: whether it answers a message, and what for (cancel, ask or take)."""

    reply: bool
    purpose: str
    code: str
    start: int
    end: int


_CODE = r"(?:[a-z]+[a-z0-9]{0,11}|[0-9]{1,8}(?![0-9]|\s*(?:[-~—–个条次天日元月年小分]|[到至]\s*[0-9]{1,3}(?![0-9]))))"
_SAY = expression(
    r"(?=[发编回])(?:发送|发|编辑|(?P<reply>回复))\s*(?:短信|代码|指令|字母|数字|内容|大写)*\s*[“\"'「‘:：]?\s*"
    rf"(?P<codes>{_CODE}(?:\s*(?:或者?|、|和|/)\s*{_CODE})*)"
)
_EACH = expression("[a-z0-9]+")
_SENT = expression(r"\s*[”\"'」’]?\s*(?:短信)?(?:发送?)?[到至给]")
_PURPOSES = (
    ("cancel", expression("取消|退订|关闭|停|拒绝|不再|不续")),
    ("ask", expression("查询|查")),
)
_BREAK = expression("[，。；！？,;!?\n（）()]")
_NEAR = 20


def codes_in(text: str) -> Iterator[Code]:
    """Yield the codes that a folded text tells to send; a code that is sent names whom to send it to."""
    for match in _SAY.finditer(text):
        start, end = match.span("codes")
        reply = match["reply"] is not None
        if reply or _SENT.match(text, end):
            before = _BREAK.split(text[max(0, match.start() - _NEAR) : match.start()])[-1]
            purpose = _purpose(before + _BREAK.split(text[end : end + _NEAR])[0])
            for code in _EACH.finditer(text, start, end):
                yield Code(reply, purpose, code[0], *code.span())


def _purpose(clause: str) -> str:
    return next((name for name, words in _PURPOSES if words.search(clause)), "take")
