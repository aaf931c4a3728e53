"""Whether a text explains a term where it first uses it (contract §2, "Where an explanation counts")."""

from __future__ import annotations

import re

_CLOSERS = " \u3000”\"'』」》】"
_BRACKET = re.compile(r"[（(\[【]([^（）()\[\]【】]{2,80})[）)\]】]")
_CLAUSE = re.compile(
    r"[，,：:、—\-\s]*(?:也就是(?:说)?|就是(?:说)?|指的是|指的就是|是指|意思是|意思就是|即是?(?![日可将刻使便])|简单说(?:就)?是|说白了(?:就)?是|通俗说(?:就)?是|"
    r"其实就是|俗称|又叫|也叫|也称)(?P<what>[^，。；！？\n]{2,})"
)
_AFTER_COLON = re.compile(r"\s*(?:[：:]|[—–-]{1,2})\s*(?P<what>[^，。；！？—\n]{4,})")
_BEFORE = re.compile(r"([^，。；！？：\n（）()]{2,40})[（(【\[]\s*$")
_QUESTION = re.compile(r"(?:什么(?:是|叫|叫做)|啥(?:是|叫))[“\"「]?$")
_QUESTION_AFTER = re.compile(r"[”\"」]?(?:是(?:什么|啥)|(?:是)?什么意思|指什么|怎么理解)")
_EMPTY_BRACKET = re.compile(
    r"(?:[^\u4e00-\u9fff]*"  # no Chinese: a number, an acronym, a link
    r"|第[一二三四五六七八九十百\d]+[条章节款项].{0,6}"
    r"|(?:每[年月天日次个户]*|一次性?|一共|只要?|仅|共|约|原价|现价|月费|加)*\s*[\d.,]+\s*(?:元|块钱?|M|GB?|分钟|个月|天|次|年).{0,4}"
    r"|(?:截至|自|从)?(?:\d+年)?\d+月\d+[日号].{0,10}"
    r"|(?:点(?:此|这里|击)|详见|参见|见|请看|扫码).*|(?:含|不含|限|新|热|推荐).{0,4})"
)


def explained_at(text: str, start: int, end: int) -> bool:
    """Whether the term at ``text[start:end]`` is explained right there.

    Counted are: brackets or a clause directly after it, the plain words before it with the term in
    brackets, and the question "what is …" that the text answers at once. A bracket that holds only an
    amount, a clause number or a link explains nothing.
    """
    after = text[end:]
    stripped = after.lstrip(_CLOSERS)
    bracket = _BRACKET.match(stripped)
    if bracket and _says_something(bracket.group(1)):
        return True
    clause = _CLAUSE.match(stripped) or _AFTER_COLON.match(stripped)
    if clause and _says_something(clause["what"]):
        return True
    if stripped[:1] in ("）", ")", "】", "]") and _BEFORE.search(text[:start]):
        return True
    return _asked_and_answered(text, start, end)


def _says_something(content: str) -> bool:
    return _EMPTY_BRACKET.fullmatch(content.strip()) is None


def _asked_and_answered(text: str, start: int, end: int) -> bool:
    """Whether the text asks what the term is and goes on after the question mark."""
    line_start = text.rfind("\n", 0, start) + 1
    asked = _QUESTION.search(text[line_start:start]) or _QUESTION_AFTER.match(text, end)
    if not asked:
        return False
    mark = re.search(r"[？?]", text[end : end + 20])
    return mark is not None and len(text[end + mark.end() :].strip()) > 5
