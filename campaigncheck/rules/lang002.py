"""LANG002: a phrase that can be misread, without a prepared answer; an answer prepared on what nobody says."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.catalogue.models import Fact
from campaigncheck.language.answers import judge
from campaigncheck.language.fold import fold
from campaigncheck.language.told import facts_told
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.rules._vague import FACT_NAMES, Vague, vague

_MESSAGE = Text("“{word}”容易让人误会：{why}", "“{word}” can be misread: {why}")
_HINT = Text(
    "{instead}。不能改的，在 answers 里给“{word}”准备一条口径。",
    "{instead}. If it cannot be changed, prepare an answer on “{word}” (answers).",
)
_FACTS_HINT = Text(
    "{instead}。也可以在这段文字里写清{missing}；不能改的，在 answers 里给“{word}”准备一条口径。",
    "{instead}. Or tell in this text {missing}; if it cannot be changed, prepare an answer on “{word}” (answers).",
)
_UNCLEAR = Text(
    "“{phrase}”的口径自己也没说清：没有讲{missing}", "the prepared answer on “{phrase}” does not tell {missing}"
)
_EMPTY = Text("“{phrase}”的口径等于没有回答", "the prepared answer on “{phrase}” answers nothing")
_UNCLEAR_HINT = Text(
    "让一线照着念，客户就能听明白。{instead}",
    "Staff should be able to read it out, and customers to understand. {instead}",
)
_USED = Text("用这句话的地方", "where the phrase is used")
_QUOTES = " “”\"'‘’「」『』《》"


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield the first use in each text of a phrase that stays open, and answers that leave it open too or fit nothing."""
    judged: set[int] = set()
    for found in vague(view, "ambiguous", view.lexicon.ambiguous):
        number = _prepared(view, found)
        if number is None:
            yield _problem(found)
        elif number not in judged and found.passage.path[:2] != ("answers", number):
            judged.add(number)
            yield from _unclear(view, found, number)
    texts = [text.text for text in view.campaign.texts]
    rare = [
        number
        for number, item in enumerate(view.campaign.answers)
        if not any(item.phrase in text for text in texts)  # nearly all stand in one of these
    ]
    if rare:
        from campaigncheck.rules._unsaid import unsaid

        yield from unsaid(view, rare)


def _problem(found: Vague) -> Problem:
    entry, word = found.entry, found.word
    missing = [FACT_NAMES[fact] for fact in found.missing]
    hint = (_FACTS_HINT if missing else _HINT)(instead=entry.instead.rstrip("。"), word=word, missing=missing)
    severity = None if entry.severity == "error" else entry.severity
    message = _MESSAGE(word=word, why=entry.why)
    return Problem(found.passage.path, message, hint, span=(found.hit.start, found.hit.end), severity=severity)


def _prepared(view: CampaignView, found: Vague) -> int | None:
    """Return which prepared answer is about a phrase: it is the phrase, part of it, or the words around it in this text."""
    word, text = fold(found.word), fold(found.passage.text)
    names = {word, *(fold(name) for name in (found.hit.name, *found.entry.variants))}
    for number, item in enumerate(view.campaign.answers):
        phrase = fold(item.phrase.strip(_QUOTES))
        quoted = any(at <= found.hit.start and found.hit.end <= at + len(phrase) for at in _places(phrase, text))
        if quoted or phrase in names or (len(phrase) > 1 and phrase in word):
            return number
    return None


def _places(phrase: str, text: str) -> Iterator[int]:
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)


def _unclear(view: CampaignView, found: Vague, number: int) -> Iterator[Problem]:
    item = view.campaign.answers[number]
    told = facts_told(item.answer, found.missing, 0, 0)
    missing: list[Fact] = [fact for fact in found.missing if fact not in told]
    if judge(item.phrase, item.answer, int(view.limit("answer_length"))) is not None:
        message = _EMPTY(phrase=item.phrase)
    elif missing:
        message = _UNCLEAR(phrase=item.phrase, missing=[FACT_NAMES[fact] for fact in missing])
    else:
        return
    there = Related(None, found.passage.path, _USED())
    yield Problem(
        ("answers", number, "answer"), message, _UNCLEAR_HINT(instead=found.entry.instead), related=(there,),
        severity=None if found.entry.severity == "error" else found.entry.severity,
    )  # fmt: skip


RULE = Rule(
    id="LANG002",
    title=Text("容易误会又没有准备口径的说法", "a phrase that can be misread, without a prepared answer"),
    severity="error",
    why=Text(
        "同一句话客户按有利的意思理解，柜台按另一个意思解释，就成了投诉；有争议时法律也按有利于客户的意思算。",
        "Customers read a phrase one way, the counter explains it another, and that is a complaint; in doubt the law sides "
        "with the customer.",
    ),
    source=Text(
        "《中华人民共和国广告法》第八条（内容要准确、清楚、明白），《中华人民共和国民法典》第四百九十八条（有歧义的按不利于提供方解释）；"
        "能误会的都要准备应答口径的要求。各词条见 rules/wording.yaml。",
        "Advertising Law, article 8 (exact, clear, understandable); Civil Code, article 498 (doubt is read against who wrote "
        "the terms); whatever can be misread needs a prepared answer. Entries in rules/wording.yaml.",
    ),
    passing=Sample(
        "texts:\n  - {channel: poster, text: 名额有限，9月1日至15日办理。}\nanswers:\n"
        "  - {phrase: 名额有限, answer: 全市一共 500 个名额，先办先得，App 首页看得到还剩多少。}\n"
    ),
    failing=Sample(
        "texts:\n  - {channel: poster, text: 名额有限，9月1日至15日办理。}\nanswers:\n"
        "  - {phrase: 全屋覆盖, answer: 90 平方米以内，每个房间都收得到；再大的要加一个盒子。}\n",
        places=((2, 29), (4, 14)),
    ),
    check=check,
    limits=("answer_length",),
    costs="phrase",
)
