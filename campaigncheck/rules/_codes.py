"""Codes that customers are told to send, and that are nearly those with which one orders: QJHD for QJHX.

Only what must be a slip of the pen is found: one letter changed, left out or in another's place. Codes for cancelling
and asking are of another kind, and a spec does not state them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.spec.model import Campaign

_WORD = expression(r"(?<![a-z0-9])[a-z][a-z0-9]{3,}(?![a-z0-9])")
_TOLD = expression(r"(?:发送?|编辑|回复?|短信|代码|指令|字母|大写)\s*[“\"'「‘:：]?\s*$")
_OTHERWISE = expression("退|停|取消|关|拒|查|挂失|密码|不想|不要|不再|不续")
_CANCELS = ("qx", "td", "tk", "cx")
"""How codes for cancelling and asking begin: 取消, 退订, 退款, 查询."""
_BREAK = expression("[，。；！？,;!?\n（）()]")
_REACH = 20


class Slip(NamedTuple):
    """A code at ``text[start:end]`` that should be that of an offer."""

    start: int
    end: int
    code: str
    offer: int


def slips_in(campaign: Campaign, texts: str) -> dict[str, tuple[int, str]]:
    """Return the words in all that a campaign says that are nearly its codes, with the offer and its code."""
    own = {
        fold(offer.opt_in_code.strip()): (index, offer.opt_in_code.strip())
        for index, offer in enumerate(campaign.offers)
        if offer.opt_in_code
    }
    if not own:
        return {}
    stated = set(_WORD.findall(fold("\n".join([*campaign.facts, *(offer.name for offer in campaign.offers)]))))
    words = set(_WORD.findall(fold(texts))) - own.keys() - stated
    return {word: offer for word in words for code, offer in own.items() if _is_slip(word, code)}


def slips(nearly: dict[str, tuple[int, str]], text: str) -> Iterator[Slip]:
    """Yield the codes of a folded text that are nearly those of offers, where customers are told to send them."""
    for word in _WORD.finditer(text):
        if word[0] in nearly and _TOLD.search(text, max(0, word.start() - _REACH), word.start()):
            before = _BREAK.split(text[max(0, word.start() - _REACH) : word.start()])[-1]
            after = _BREAK.split(text[word.end() : word.end() + _REACH], maxsplit=1)[0]
            if not _OTHERWISE.search(f"{before}|{after}"):
                offer, code = nearly[word[0]]
                yield Slip(*word.span(), code, offer)


def _is_slip(word: str, code: str) -> bool:
    """Whether a word is a code with one letter changed, left out or exchanged with the next; the first one stands."""
    if word.startswith(_CANCELS) or word[0] != code[0] or not 0 <= len(code) - len(word) <= 1:
        return False
    if len(word) < len(code):
        return any(code[:at] + code[at + 1 :] == word for at in range(1, len(code)))
    unlike = [at for at, pair in enumerate(zip(word, code, strict=True)) if pair[0] != pair[1]]
    if len(unlike) == 2:
        first, second = unlike
        return second == first + 1 and word[first] == code[second] and word[second] == code[first]
    return len(unlike) == 1
