"""Short answers: one Chinese SMS for each question, made of whole sentences, or none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from campaigncheck.language.answers import judge
from campaigncheck.spec.model import FaqEntry

MOST = 70
"""UTF-16 code units of one SMS in Chinese; a longer one is sent, and paid for, as several."""

LEAST = 10
"""Characters under which a part of an answer says too little, as for whole answers (``answer_length``)."""

_STOPS = "。！？!?"
_OPENING, _CLOSING = "（(【[「『“‘《", "）)】]」』”’》"
_MARK = re.compile(rf"[{_STOPS}]*(?:[。！？]|[!?](?= |$))|[{re.escape(_OPENING + _CLOSING)}]")
_LIMITING = re.compile(
    "但|不过|可是|然而|只|仅|除|例外|另|限|截|需|须|要|必|务|凭|持|前提|条件|符合|得先|请(?:带|先|本人|您?提前|出示|提供|准备)"
    "|不|没|无|未|非|禁|否|拒"
    "|满|才|如果|若|的话|逾|超|以后|之后|以内|之内|以前|之前|为止|期间|到期|过期|作废|清零|失效"
    "|元|块|折|[%％]|收|扣|费|补|退|罚|价|涨|降|续|违约|押|赔"
    "|起|从第|每[月天次人]|最多|最少|至少|至多|名额|先到|送完|办满|用完|限量"
)
"""What limits, or charges for, what was said before it. Rather too many: a limit left out misleads a customer, while
a harmless sentence kept costs its author one short answer."""

_ANNOUNCES = re.compile(
    r"以下|如下|下面|下列|[：:]$|(?:^| )\d+[.、)）](?!\d)|[①-⑳]|[一二两三四五六七八九十几\d]\s*(?:条|步|种|样|个(?:条件|办法|步骤))"
)
"""What announces something that must not be cut off, or is one of a list."""


def units(text: str) -> int:
    """Return how much of an SMS a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def short_form(entry: FaqEntry) -> str | None:
    """Return the answer to a question in one SMS; None if somebody has to write it.

    It is the entry's own short answer, or as many whole sentences from the beginning of its answer as there is room
    for; but no sentence is left out that limits what was said, or was announced.
    """
    if is_draft(entry):
        return None
    if entry.short:
        own = " ".join(entry.short.split())
        return own if 0 < units(own) <= MOST else None
    said = sentences(entry.a)
    count = _fitting(said)
    kept, rest = _joined(said[:count]), said[count:]
    if not kept or any(_LIMITING.search(sentence) for sentence in rest):
        return None
    if rest and (any(_ANNOUNCES.search(sentence) for sentence in said[:count]) or judge(entry.q, kept, LEAST)):
        return None
    return kept


def is_draft(entry: FaqEntry) -> bool:
    """Whether nobody has checked yet what would be sent."""
    return judge(entry.q, entry.short or entry.a, LEAST) == "draft"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its stop, blanks drawn together.

    A stop within quotation marks or brackets ends a sentence only where they hold the whole of it, and a line break
    ends none: it may be one of a list.
    """
    text = " ".join(text.split())
    cuts = [0, *_ends(text), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(cuts)]
    return [part for part in parts if part]


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end, behind the stops and the brackets that close with them."""
    start, opened, depth = 0, 0, 0
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark in _OPENING:
            opened = opened if depth else match.start()
            depth += 1
            continue
        if mark in _CLOSING and depth == 0:
            continue
        if mark in _CLOSING:
            depth -= 1
            whole = text[match.start() - 1] in _STOPS and not text[start:opened].strip()
        else:
            whole = True
        if whole and depth == 0:
            start = match.end()
            yield start


def _fitting(said: list[str]) -> int:
    count = 0
    while count < len(said) and units(_joined(said[: count + 1])) <= MOST:
        count += 1
    return count


def _joined(said: list[str]) -> str:
    """Return sentences as one text; after a Chinese stop there is no blank."""
    return "".join(f"{sentence} " if sentence[-1] in "!?" else sentence for sentence in said).rstrip()
