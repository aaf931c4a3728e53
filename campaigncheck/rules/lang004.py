"""LANG004: a sentence that is hard to read: too long, clauses stacked up, or officialese.

The method is that of :mod:`campaigncheck.language.readability`: no score for a whole text, but the sentences that
have to be mended, each with what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from campaigncheck.language.officialese import Stilted
from campaigncheck.language.readability import Flaw, Hard, Kind, Limits, hard_sentences
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign

_MESSAGE = Text("这句话不好读：{flaws}", "hard to read: {flaws}")
_LENGTH = Text("一句有 {count} 个字（最多 {most} 个）", "{count} characters in one sentence (at most {most})")
_CLAUSES = Text(
    "逗号一路连着 {count} 个分句（最多 {most} 个）", "{count} clauses strung together by commas (at most {most})"
)
_BRACKETS = Text("括号里又套括号", "brackets within brackets")
_PARTICLES = Text("一连串 {count} 个“的”（最多 {most} 个）", "{count} 的 in a row (at most {most})")
_OFFICIALESE = Text("公文腔{words}", "officialese: {words}")
_HINTS: dict[Kind, Text] = {
    "length": Text("拆成两三句，一句只说一件事。", "Make two or three sentences of it, each about one thing."),
    "clauses": Text(
        "条件多就一行写一个，或者用句号断开。", "List the conditions line by line, or end the sentence earlier."
    ),
    "brackets": Text("里层括号里的话单独写一句。", "Give the inner brackets a sentence of their own."),
    "particles": Text("少用“的”：先说是谁的，再说是什么。", "Use fewer 的: say first whose it is, then what it is."),
    "officialese": Text("换成平常说的话：{words}。", "Say it in everyday words: {words}."),
}
_INSTEAD = Text("“{word}”改成“{plain}”", "“{plain}” for “{word}”")
_AS_TOLD = Text("“{word}”{advice}", "for “{word}”: {advice}")
_LEFT_OUT = Text("“{word}”可以不说", "“{word}” can go")
_QUOTED = Text("“{word}”", "“{word}”")
_BOTH = Text("{first}{second}", "{first} {second}")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem for every sentence that is hard to read: at the worst flaw, the others named."""
    limits = _limits(view.limit("sentence_length"), view.limit("sentence_clauses"), view.limit("de_chain"))
    hard = hard_sentences(_texts(view.campaign), limits)
    if hard:
        paths = _paths(view.campaign)
        for sentence in hard:
            yield _problem(paths[sentence.number], sentence, limits)


@lru_cache(maxsize=64)
def _limits(length: float, clauses: float, particles: float) -> Limits:
    return Limits(int(length), int(clauses), int(particles))


def _texts(campaign: Campaign) -> list[str]:
    """Return what customers read in whole sentences; titles, names, quoted phrases and questions are none."""
    return [
        campaign.summary,
        *[offer.early_exit or "" for offer in campaign.offers],
        *[text.text for text in campaign.texts],
        *campaign.terms.values(),
        *[item.answer for item in campaign.answers],
        *[entry.a for entry in campaign.faq],
        *[entry.short for entry in campaign.faq if entry.short],
    ]


def _paths(campaign: Campaign) -> list[Path]:
    """Return where these texts stand, in the same order."""
    return [
        ("summary",),
        *[("offers", index, "early_exit") for index in range(len(campaign.offers))],
        *[("texts", index, "text") for index in range(len(campaign.texts))],
        *[("terms", term) for term in campaign.terms],
        *[("answers", index, "answer") for index in range(len(campaign.answers))],
        *[("faq", index, "a") for index in range(len(campaign.faq))],
        *[("faq", index, "short") for index, entry in enumerate(campaign.faq) if entry.short],
    ]


def _problem(path: Path, sentence: Hard, limits: Limits) -> Problem:
    worst = sentence.flaws[0]
    message = _MESSAGE(flaws=[_NAMED[flaw.kind](flaw, limits) for flaw in sentence.flaws])
    return Problem(path, message, _hint(sentence.flaws), span=(worst.start, worst.end))


_NAMED: dict[Kind, Callable[[Flaw, Limits], Message]] = {
    "length": lambda flaw, limits: _LENGTH(count=flaw.amount, most=limits.length),
    "clauses": lambda flaw, limits: _CLAUSES(count=flaw.amount, most=limits.clauses),
    "brackets": lambda _, __: _BRACKETS(),
    "particles": lambda flaw, limits: _PARTICLES(count=flaw.amount, most=limits.particles),
    "officialese": lambda flaw, _: _OFFICIALESE(words=[_QUOTED(word=word) for word in _distinct(flaw.words)]),
}


def _hint(flaws: tuple[Flaw, ...]) -> Message:
    """Return how to mend each of the flaws, in one message."""
    hints = [_HINTS[flaw.kind](words=[_mended(word) for word in _distinct(flaw.words).values()]) for flaw in flaws]
    whole = hints[0]
    for hint in hints[1:]:
        whole = _BOTH(first=whole, second=hint)
    return whole


def _distinct(words: tuple[Stilted, ...]) -> dict[str, Stilted]:
    """Return the words as they are written, each once."""
    return {item.word: item for item in words}


def _mended(item: Stilted) -> Message:
    """Return what to say instead of a word."""
    if item.advice:
        return _AS_TOLD(word=item.word, advice=item.advice)
    return (_INSTEAD if item.plain else _LEFT_OUT)(word=item.word, plain=item.plain)


RULE = Rule(
    id="LANG004",
    title=Text("不好读的句子", "a sentence that is hard to read"),
    severity="note",
    why=Text(
        "一口气读不完、条件套条件、满是公文腔的话，客户看一半就放下，转头来问柜台和热线。",
        "Customers give up halfway through endless sentences and officialese, and ask at the counter or the hotline instead.",
    ),
    source=Text(
        "ISO 24495-1:2023（Plain language，简明语言）的原则：句子清楚、简短，用读者熟悉的词；断句按 GB/T 15834-2011《标点符号用法》，"
        "另把分号和换行也算断开。这两个标准都没有定数字：每句 60 个字是本规则的约定，分句数和“的”字数是假设值（rules/policy.yaml）。",
        "Principles of ISO 24495-1:2023, Plain language: clear and concise sentences, familiar words; sentences end "
        "as in GB/T 15834-2011, and also at semicolons and line breaks. Neither standard gives numbers: 60 characters are "
        "this rule's own definition, clauses and 的 in a row are assumptions (rules/policy.yaml).",
    ),
    passing=Sample("texts:\n  - {channel: poster, text: 每月 20 元，确认两次才能开通。}\n"),
    failing=Sample("texts:\n  - {channel: poster, text: 每月 20 元，确认两次方可开通。}\n", places=((2, 41),)),
    check=check,
    limits=("sentence_length", "sentence_clauses", "de_chain"),
)
