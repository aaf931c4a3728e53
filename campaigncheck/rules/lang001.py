"""LANG001: a technical or internal term that is explained nowhere in the text."""

from __future__ import annotations

from collections.abc import Iterator, Set

from campaigncheck.language.explained import explained_at, explains
from campaigncheck.language.fold import fold
from campaigncheck.language.lexicon import Hit
from campaigncheck.language.menus import is_menu_name
from campaigncheck.language.passages import Passage
from campaigncheck.language.words import straddles_words
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Fix, Problem, Rule, Sample
from campaigncheck.rules._left import left
from campaigncheck.rules._repairs import Use, clause, ways

_MESSAGE = Text("客户看不懂“{word}”", "customers do not understand “{word}”")
_HINT = Text(
    "改说“{plain}”，或者在第一次出现时加括号解释：{word}（{explain}）",
    "Say “{plain}” instead, or explain it in brackets at its first use: {word} ({explain})",
)
_SHEET_HINT = Text(
    "改说“{plain}”，或者在第一次出现时加括号解释，或者写进 terms：{word}: {explain}",
    "Say “{plain}” instead, explain it in brackets at its first use, or add it to terms: {word}: {explain}",
)
_QUOTES = ' “”"「」『』'
_EMPTY = Text("“{word}”的解释等于没有解释", "this does not explain “{word}”")
_EMPTY_HINT = Text("写成：{explain}", "Write: {explain}")
_EMPTY_ANY = Text(
    "用大白话说它是什么、有什么用，价格和办法不算解释。", "Say in plain words what it is; a price is no explanation."
)
_BY_HAND = Text("“{word}”已经有一句解释，要人来改", "“{word}” has an explanation already: somebody has to change it")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield the first use of each unexplained term in each text, and once in the FAQ as a whole."""
    yield from _without_explanation(view)
    explained = {fold(term) for term in view.campaign.terms}
    done: set[tuple[object, str]] = set()
    for passage, hit, index in view.reading.found("term"):
        group = "sheet" if passage.sheet else index
        if (group, hit.entry) in done:
            continue
        plain = _explained(view, passage, hit, index, explained)
        at = (passage.text, hit.start, hit.end)
        if not plain and (straddles_words(*at) or is_menu_name(*at)):
            continue
        done.add((group, hit.entry))
        if not plain:
            yield _problem(view, passage, hit, *_ways(view, passage, hit, index, explained))


def _ways(
    view: CampaignView, passage: Passage, hit: Hit, index: int, explained: Set[str]
) -> tuple[tuple[Fix, ...], Message | None]:
    """Return how to mend it, looking at all uses from this one on, up to the first that is explained; or why not."""
    uses: list[Use] = []
    late = False
    for other, found, number in view.reading.found("term"):
        at = (other.text, found.start, found.end)
        same = other.sheet if passage.sheet else number == index
        if not same or found.entry != hit.entry or straddles_words(*at) or is_menu_name(*at):
            continue
        if not _explained(view, other, found, number, explained):
            uses.append(Use(other.path, *at))
        elif uses:
            late = True
            break
    entry = view.lexicon.terms[hit.entry]
    found_ways = ways(entry, hit.name, uses, passage.sheet, late)
    return found_ways, None if found_ways else left(entry, uses[0], late)


def _explained(view: CampaignView, passage: Passage, hit: Hit, index: int, explained: Set[str]) -> bool:
    word = passage.text[hit.start : hit.end]
    entry = view.lexicon.terms[hit.entry]
    meaning = entry.plain + entry.explain
    if passage.sheet:
        names = {fold(word), fold(hit.name), *(fold(variant) for variant in entry.variants)}
        if names & explained:
            return True
        if passage.path[-1] in ("q", "phrase"):  # the answer follows the question on the sheet
            answer = view.reading.passages[index + 1].text
            if passage.path[-1] == "phrase" and passage.text.strip(_QUOTES) == word:
                return explains(answer, word, meaning)
            return explained_at(f"{passage.text}\n{answer}", hit.start, hit.end, meaning)
    return explained_at(passage.text, hit.start, hit.end, meaning)


def _without_explanation(view: CampaignView) -> Iterator[Problem]:
    """Yield the entries of ``terms`` that say nothing about their term; the sheet prints them."""
    for term, explanation in view.campaign.terms.items():
        entry = view.lexicon.term(term)
        if not explains(explanation, term, entry.plain + entry.explain if entry else ""):
            hint = _EMPTY_HINT(explain=clause(entry.explain)) if entry else _EMPTY_ANY()
            yield Problem(("terms", term), _EMPTY(word=term), hint, left=_BY_HAND(word=term))


def _problem(
    view: CampaignView, passage: Passage, hit: Hit, fixes: tuple[Fix, ...], why_not: Message | None
) -> Problem:
    entry = view.lexicon.terms[hit.entry]
    word = passage.text[hit.start : hit.end]
    hint = (_SHEET_HINT if passage.sheet else _HINT)(plain=entry.plain, word=word, explain=clause(entry.explain))
    severity = None if entry.severity == "error" else entry.severity
    span = hit.start, hit.end
    return Problem(passage.path, _MESSAGE(word=word), hint, span=span, severity=severity, fixes=fixes, left=why_not)


RULE = Rule(
    id="LANG001",
    title=Text("没有解释的专业词或内部词", "a technical or internal term that is not explained"),
    severity="error",
    why=Text(
        "客户看不懂就会来问、会误会、会投诉；柜台每解释一次，后面的人就多等一会儿。",
        "What customers do not understand they ask, misread or complain about; each explanation makes the queue longer.",
    ),
    source=Text(
        "业务规则“客户化”的要求：先由地市把术语改成大白话，再由省里统一（词条见 rules/glossary.yaml）。",
        "Terms are made plain by the cities first, then consolidated by the province (entries in rules/glossary.yaml).",
    ),
    passing=Sample("texts:\n  - {channel: poster, text: 全屋装FTTR（把光纤接到每个房间），每月20元。}\n"),
    failing=Sample("texts:\n  - {channel: poster, text: 全屋装FTTR，每月20元（月底扣）。}\n", places=((2, 32),)),
    check=check,
    costs="term",
)
