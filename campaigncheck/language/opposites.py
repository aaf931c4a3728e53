"""Clauses that say the same but for a 不: 全球通客户可以办 against 全球通客户不能办, whatever the matter.

A clause is reduced to its bare words: without filler, with one word for 客户 and 用户, and without the one word that
turns it. What is left is compared letter by letter, so nothing has to be known about the matter. A clause that turns
twice, asks, speaks of a part, or follows a condition says nothing; neither does one that may be a condition itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.stops import Span, begin_of


class Denied(NamedTuple):
    """A clause at ``text[start:end]`` that denies: the way it does (可以, 需要, or 是 for a plain 不), and its words."""

    way: str
    words: str
    start: int
    end: int


_NOT = expression("[不无]|没有|没法|没办法|用不着|禁止|谢绝")
_STOPS = "。！？；\n!?;"
_CLAUSE = expression("[^，。；！？,;!?\n（）()]+")
_WORD = expression(
    "(?=[仍依不没无未概禁谢用务必须要需请得可能支允会有是您我的了也都就还呢啊吧哦另再继正照同本这该其客与跟享办包主重只功智性才节获觉机社开学所拥但而并因那])(?:"
    "(?P<kept>会员|机会|社会|开会|学会|有效|所有|拥有|有限|有线|无线|无忧|不限|不同|不少|不错|不断|不足|不良|不满|未满|未到|不动产|没问题|主要|重要|功能|智能|性能|节能|获得|觉得|得到|享有|办公|可乐|可用余额|需求|要求)"
    "|(?P<unsure>能不能|可不可以|是不是|有没有|会不会|要不要|用不用|需不需要|是否|能否|可否|不是不|不得不|不能不|没有不|不仅|不但|不光|不只|不论|不管|无论|不一定|未必|不见得|要是|只要|只有|只能|才能|可能|可是|还是|有的|有些|但是不)"
    "|(?P<cannot>不能够?|不可以?|不得|无法|没法|没办法|不允许|不支持|不准|不让|不予|概不|禁止|谢绝)"
    "|(?P<need_not>不(?:用|必|需要?|须)|无需|无须|用不着)"
    "|(?P<not>不会再?|不再|没有|不是|不|无)"
    "|(?P<turned>没|未)"
    "|(?P<must>务必|必须|必需|必|须|需要?|要|请|得(?=到|去|来|带|先|提))"
    "|(?P<can>可以|能够?|可|支持|允许)"
    "|(?P<is>会|有|是)"
    "|(?P<same>客户|与|跟|享受|办理|包含|其它)"
    "|(?P<filler>您的?|我们的?|的|了|也|都|就|还|呢|啊|吧|哦|另行|另外|再|继续|正常|照常|照样|仍然?|依然|依旧|同样|本次|这个|该|但是?|不过|而且|并且|并|因此|那么?))"
)
_ONE_WORD = {"客户": "用户", "与": "和", "跟": "和", "享受": "享", "办理": "办", "包含": "含", "其它": "其他"}
_FILLERS = str.maketrans("", "", " \t“”\"'、~～")
_OPEN = expression(
    "部分|有的|有些|个别|一般|原则上|通常|可能|视情|看情况|暂时|担心|别人|谁|让|乱|或|只|仅|才|一定|除|如|若|万一|比|"
    "例|假|怎|哪|什么|多少|吗|么$|按时|到场|到厅|来厅|亲自|接听|收到|联系|小心|慎|怕|想|愿|同意|意味|代表|等于"
)
_BEFORE = expression(
    "如|若|要是|假如|万一|的话|除非|只有|只要|除了|否则|不然|一旦|凡是|的[，,]|时[，,]|情况|比如|"
    "期内|期间|之?前[，,]|之?后[，,]|部分|有的|有些|满[0-9一二两三四五六七八九十]|不足|未满|超过|超出|不到|以[上下内外]"
)
"""What before a clause may narrow it."""
_TOPIC = expression(
    "(?:时候?|后|前|期间|的话|者|情况下?)[，。；！,;!\n（）()]?$|的[，,]$|不[^您们的]{1,12}的[\u4e00-\u9fff]{2}|没有[^您们的]{1,12}的[\u4e00-\u9fff]{4}"
)
"""A clause that only says of which case the next one speaks, or of which things: 不含语音的套餐便宜."""
_AFTER = expression("除外|例外|另有|除非|(?:但|不过|只是)[^。；！？]{0,12}(?:超|达到|期|部分|个别|满|未|除)")
_OURS = expression("会|再|免费|收|含|包|送|扣|影响|提供|发|变|计|返|退|寄|补|涨|加|算|交|付|保证|负责|占|断|停")
"""What we do or do not do; of what customers do, a clause before another may speak as of a condition."""
_LEAST = 3
_LONGEST = 30


def denied(text: str) -> tuple[Denied, ...]:
    """Return the clauses of a folded text that deny something; whether they are narrowed is asked later."""
    if not _NOT.search(text):
        return ()
    found = []
    for clause in _CLAUSE.finditer(text):
        if _NOT.search(clause[0]):
            way, words = _reduced(clause[0])
            if way in _DENIALS:
                found.append(Denied(_DENIALS[way], words, clause.start(), clause.end()))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def affirmed(text: str) -> dict[tuple[str, str], Span]:
    """Return the clauses of a text that affirm something, each with its first place."""
    found: dict[tuple[str, str], Span] = {}
    for clause in _CLAUSE.finditer(fold(text)):
        way, words = _reduced(clause[0])
        for kind in _AFFIRMATIONS.get(way, ()):
            found.setdefault((kind, words), clause.span())
    return found


def contradict(one: str, denial: Denied, other: str, affirmation: Span) -> bool:
    """Whether a clause of one folded text and its denial in another are said without reserve."""
    if denial.way == "是" and _may_be_condition(one, denial.end, one[denial.start : denial.end]):
        return False
    return _is_said(one, denial[2:]) and _is_said(other, affirmation)


_DENIALS = {"cannot": "可以", "need_not": "需要", "not": "是"}
_AFFIRMATIONS = {"can": ("可以",), "must": ("需要", "是"), "is": ("是",), "": ("是",)}
"""要收费 denies 不收费 as well as 不用收费."""


@lru_cache(maxsize=1 << 14)
def _reduced(clause: str) -> tuple[str, str]:
    """Return the kind of the only word that turns a clause ("" if there is none), and its other words."""
    if len(clause) > _LONGEST:
        return "unsure", ""
    ways: list[str] = []
    words, at = "", 0
    for match in _WORD.finditer(clause):
        kind = match.lastgroup or ""
        words, at = words + clause[at : match.start()], match.end()
        if kind in ("kept", "same"):
            words += _ONE_WORD.get(match[0], match[0])
        elif kind != "filler":
            ways.append(kind)
    words = (words + clause[at:]).translate(_FILLERS)
    if len(words) < _LEAST or len(ways) > 1:
        return "unsure", ""
    return (ways[0] if ways else ""), words


def _is_said(text: str, clause: Span) -> bool:
    """Whether a clause is no question, and nothing narrows it before or after."""
    start, end = clause
    if text[end : end + 1] in ("？", "?") or _OPEN.search(text, start, end) or _TOPIC.search(text[start : end + 1]):
        return False
    return not (_BEFORE.search(text, begin_of(text, start, _STOPS), start) or _AFTER.search(text, end, end + 24))


def _may_be_condition(text: str, end: int, clause: str) -> bool:
    """Whether more follows in the sentence, and the clause may be its condition: 不换机, 每月便宜 10 元."""
    return text[end : end + 1] not in ("", *_STOPS) and not _OURS.search(clause)
