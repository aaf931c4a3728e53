"""FAQ002: an answer that does not answer: a placeholder, too thin, a mere referral, astray, or without its fact."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.answers import SHORT, Shortcoming, content, judge
from campaigncheck.language.usual import usual
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.rules._facts import FACTS, Fact
from campaigncheck.source.place import Path

_MESSAGES: dict[Shortcoming, tuple[Text, Text]] = {
    "draft": (
        Text("这还是系统起草的草稿，没有人核实过", "this is still a draft that nobody has checked"),
        Text("核实、改好以后去掉“【草稿】”。", "Check it, put it right, then take the mark 【草稿】 (draft) away."),
    ),
    "placeholder": (
        Text("这个回答还是占位文字", "this answer is still a placeholder"),
        Text("写上客户能听懂的完整回答。", "Write the whole answer, in words that customers understand."),
    ),
    "thin": (
        Text("这个回答太单薄，客户还得再问", "this answer is too thin: customers have to ask again"),
        Text(
            "把谁、在哪、什么时候、多少钱、带什么说具体。", "Say exactly who, where, when, how much, and what to bring."
        ),
    ),
    "referral": (
        Text("这个回答只是把客户支到别处", "this answer only sends the customer elsewhere"),
        Text(
            "先把答案说出来，再告诉客户还可以在哪里了解更多。", "Give the answer first, then say where to learn more."
        ),
    ),
}
_FACT = Text("“{title}”的回答里没有{fact}", "the answer on “{title}” does not tell {fact}")
_FACT_HINT = Text("请把它写进回答：{expected}", "Put it into the answer: {expected}")

_MONEY = ("price", "price_after", "free_end", "early_exit")
"""Topics whose short answer has to carry the fact, too."""


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every answer that falls short, and every topic whose answers together lack its fact."""
    least = int(view.limit("answer_length"))
    says_enough = content(least).match
    suspects = {passage.path for passage, _, _ in view.reading.found("trigger")}
    answers: dict[str, tuple[int, str]] = {}
    for index, entry in enumerate(view.campaign.faq):
        question, answer, topic = entry.q, entry.a, entry.topic
        if entry.short:
            yield from _as_sms(view, index, entry.short, least)
        clear = (
            len(answer) > SHORT and (answer[:least].isalnum() or says_enough(answer)) and question[:-1] not in answer
        )
        if not clear or (suspects and ("faq", index, "a") in suspects):
            shortcoming = judge(question, answer, least)
            if shortcoming is not None:
                message, hint = _MESSAGES[shortcoming]
                yield Problem(("faq", index, "a"), message(), hint())
                continue
        if not usual(topic, question, answer):
            problem = _astray(view, index, "a", answer)
            if problem is not None:
                yield problem
                continue
        if topic in answers:
            first, others = answers[topic]
            answers[topic] = (first, f"{others}\n{answer}")
        else:
            answers[topic] = (index, answer)
    for topic, (index, answer) in answers.items():
        fact = FACTS[topic](view.campaign, answer, view.catalogues) if topic in FACTS else None
        if fact is not None:
            yield from _without_fact(view, topic, ("faq", index, "a"), fact)


def _as_sms(view: CampaignView, index: int, short: str, least: int) -> Iterator[Problem]:
    """Yield what the short answer falls short in: it is read alone, so the money that its answer names has to be in it."""
    entry = view.campaign.faq[index]
    shortcoming = judge(entry.q, short, least)
    if shortcoming is not None:
        message, hint = _MESSAGES[shortcoming]
        yield Problem(("faq", index, "short"), message(), hint())
        return
    problem = None if usual(entry.topic, entry.q, short) else _astray(view, index, "short", short)
    if problem is not None:
        yield problem
    elif entry.topic in _MONEY:
        told = FACTS[entry.topic](view.campaign, entry.a, view.catalogues) is None
        fact = FACTS[entry.topic](view.campaign, short, view.catalogues)
        if told and fact is not None:
            yield from _without_fact(view, entry.topic, ("faq", index, "short"), fact)


def _astray(view: CampaignView, index: int, field: str, answer: str) -> Problem | None:
    """Return the problem of an answer that speaks of something else; few come here, and most runs have none."""
    from campaigncheck.rules._astray import astray_problem

    return astray_problem(view, index, field, answer)


def _without_fact(view: CampaignView, topic: str, path: Path, fact: Fact) -> Iterator[Problem]:
    """Yield the problem of an answer that lacks the fact of its topic."""
    entry = view.catalogues.faq.topics.get(topic)
    if entry is not None:
        message = _FACT(title=entry.title.text, fact=fact.name)
        yield Problem(path, message, _FACT_HINT(expected=fact.expected))


RULE = Rule(
    id="FAQ002",
    title=Text("答非所问的回答", "an answer that does not answer"),
    severity="error",
    why=Text(
        "“详见活动细则”“请咨询营业厅”对客户没有用，只会让他再排一次队。",
        "“See the terms” or “ask in a hall” helps nobody; it only makes the customer queue once more.",
    ),
    source=Text(
        "每个营销案都要有 FAQ，用大白话把客户会问的讲明白的要求；判断方法见 docs/rules.md。",
        "Every campaign carries a FAQ that answers in plain words what customers may ask.",
    ),
    passing=Sample(
        "channels: [app]\nfaq:\n  - {topic: dispute, q: 有疑问找谁？, a: 拨打客服热线，一个工作日内给您答复。}\n"
    ),
    failing=Sample(
        "channels: [app]\nfaq:\n  - {topic: dispute, q: 有疑问找谁？, a: 具体请咨询当地营业厅工作人员，或者拨打客服热线了解详情。}\n"
        "  - {topic: takes_effect, q: 什么时候生效？, a: 到营业厅柜台办理，也可以在 App 上自己办。}\n",
        places=((3, 36), (4, 42)),
    ),
    check=check,
    limits=("answer_length",),
)
