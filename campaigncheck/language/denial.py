"""Whether a text affirms what it names, or denies it: 到营业厅取消, 营业厅不能取消.

What a word denies stands close to it, in the same clause. Whatever is unclear counts as affirmed.
"""

from __future__ import annotations

import re

from campaigncheck.language.expressions import expression

_MAY_DENY = expression("[不没无未别除非外]")
_GO = r"(?:想|愿意)?再?(?:在|到|去|来|用|通过|从|打|发|靠|跑)?(?:别的|其他|当地)?的?"
_DENIED_BEFORE = expression(rf"(?:不(?:能|可以?|用|必|需要?|支持|要|是|想|受理)?|无法|没法|无需|别|没有?){_GO}\Z")
_DENIED_AFTER = expression(
    r"[^，。；！？：\n后前再的]{0,12}?(?:不行|不能(?:够)?|不可以?|(?:办|取消|退|停|关)不了|无法|没法|不支持|不受理|不接受|不提供)"
    r"(?!多|再|重复|同时|和|跟|与|一起|少|错过|恢复|超过|有)"
)
_LEFT_OUT_BEFORE = expression(r"(?:(?P<but>除(?:了|去|开)?)|不含|不包括|不是|非)[^，。；！？\n]{0,6}\Z")
_LEFT_OUT_AFTER = expression(
    r"(?:的?(?:客户|用户|号码|人)?[，,])?[^，。；！？：\n能可就没有]{0,10}?"
    r"(?:不(?:能|可以?|行|参加|在内|在此|包括|含|算|适用|支持|开放|享受|符合|予)|办不了|无法|没法|除外|以外|之外)"
    r"(?!再|重复|同时|和|跟|与|一起|多|有)"
)
_REFUSES = expression("不能|不可|不行|不参加|办不了|无法|没法")


def affirms(text: str, words: re.Pattern[str]) -> bool:
    """Whether a text names one of the words without denying it: 不能在营业厅取消 does not name the hall."""
    found = words.search(text)
    while found is not None:
        start, end = found.span()
        if not _MAY_DENY.search(text, max(0, start - 12), end + 20) or not _is_denied(text, start, end):
            return True
        found = words.search(text, end)
    return False


def _is_denied(text: str, start: int, end: int) -> bool:
    return bool(_DENIED_BEFORE.search(text, max(0, start - 12), start) or _DENIED_AFTER.match(text, end))


def takes_in(text: str, name: str) -> bool:
    """Whether customers of this name are told somewhere that they may: 全球通客户能办, 非全球通的不能办."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not _MAY_DENY.search(text, max(0, at - 10), end + 24) or not _is_left_out(text, at, end):
            return True
        at = text.find(name, end)
    return False


def leaves_out(text: str, name: str) -> bool:
    """Whether customers of this name are told somewhere that they may not."""
    return any(_is_left_out(text, *match.span()) for match in re.finditer(re.escape(name), text))


def _is_left_out(text: str, start: int, end: int) -> bool:
    """Whether the name at ``text[start:end]`` is refused; two denials cancel each other."""
    before = _LEFT_OUT_BEFORE.search(text, max(0, start - 10), start)
    if before and before["but"]:
        sentence = re.split("[。；！？\n]", text[end:], maxsplit=1)[0]
        return _REFUSES.search(sentence) is None
    return (before is not None) != (_LEFT_OUT_AFTER.match(text, end) is not None)


class Having:
    """Whether customers are said to need something, or to need to be without it: 家里装着宽带, 没有合约."""

    def __init__(self, words: tuple[str, ...]) -> None:
        named = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        near = r"(?:(?!欠|停机|限|门槛|要求|违规|逾期|不良)[^，。；！？\n、]){0,10}"
        self._named = re.compile(named)
        self._without = re.compile(
            rf"(?:没有?|无|未|不在|不是|不属于){near}(?:{named})"
            rf"|(?:{named})[^，。；！？\n]{{0,3}}(?:没(?:有|装|开|办)|未(?:装|开通|办)|还没(?!到期|满))"
            rf"|(?:约|协议)[^，。；！？\n、没未]{{0,3}}(?:到期|期满|满了|结束|用完)"
        )

    def says(self, text: str, needed: bool) -> bool:
        """Whether a clause of the text says that it is needed (or needed not to be there)."""
        if self._named.search(text) is None:
            return False
        if needed and _MAY_DENY.search(text) is None and "期" not in text:
            return True
        return any(self._said(clause) is needed for clause in _CLAUSE.findall(text))

    def _said(self, clause: str) -> bool | None:
        named = self._named.search(clause)
        if named is None:
            return None
        refused = _REFUSED_THEN.search(clause, named.end())
        return (self._without.search(clause) is None) != (refused is not None)


_CLAUSE = expression(r"[^，。；！？\n]*(?:的(?:客户|人|用户|家庭|号码|地址)?|者)，[^，。；！？\n]+|[^，。；！？\n]+")
"""A clause; one that only names somebody (没装宽带的，…) goes on over the comma."""
_REFUSED_THEN = expression(
    r"不(?:能|可以?|行|参加|适用|支持|予)(?!再|重复|同时|和|跟|与|一起|多|有)|办不了|无法|没法|除外|以外"
)
