"""What campaigns tell: answers on a few topics, explanations of terms, prepared answers; a few contradict others."""

from __future__ import annotations

from random import Random

from benchmarks.corpus.words import PRODUCTS, QUESTIONS, TAILS, TERMS
from campaigncheck.understand.entry import OfferFacts, Said

TOPICS = ("price", "eligibility", "cancel", "takes_effect", "stacking", "dispute")
TOLD = (4, 5, 6)
DEVIATING = 0.02
"""Share of answers with other figures, or the opposite statement."""

_FACTS = {
    "price": ("每月 {amount} 元。", "每月 {other} 元。"),
    "eligibility": ("号码用满 {months} 个月的客户可以办。", "号码用满 {amount} 个月的客户不能办。"),
    "cancel": ("随时可以取消，下个月不再收费。", "办了以后 {months} 个月内不能取消。"),
    "takes_effect": ("办好下个月开始算。", "办好当天就开始算。"),
    "stacking": ("可以和别的优惠一起用。", "不能和别的优惠一起用。"),
    "dispute": ("打 10086 转人工，3 天内回复。", "打 10086 转人工，5 天内回复。"),
}


class Told:
    """Draws what a campaign tells; the texts themselves are few and shared."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._answers = {
            (product.path, topic): [_answers(topic, product.amounts, fact) for fact in (0, 1)]
            for product in PRODUCTS
            for topic in TOPICS
        }
        self._questions = {(name, topic): [question.format(title=name) for question in QUESTIONS[topic]]
                           for product in PRODUCTS for name in product.names for topic in TOPICS}  # fmt: skip

    def draw_answers(self, offer: OfferFacts) -> tuple[Said, ...]:
        """Draw the answers about a campaign's first offer."""
        random = self._random
        topics = TOPICS[: random.choice(TOLD)]
        return tuple([self._said(at, topic, offer) for at, topic in enumerate(topics)])

    def _said(self, at: int, topic: str, offer: OfferFacts) -> Said:
        random = self._random
        answers = self._answers[offer.product, topic][random.random() < DEVIATING]
        return Said(at, topic, random.choice(self._questions[offer.name, topic]), random.choice(answers))

    def draw_terms(self) -> tuple[tuple[str, str], ...]:
        """Draw the explanations that a campaign gives, of none, one or two terms."""
        random = self._random
        names = random.sample(sorted(TERMS), random.choice((0, 0, 1, 2)))
        return tuple([(name, _explanation(random, name)) for name in names])


_OTHER_WORDS = {
    "FTTR": ("光纤拉到每个房间", "光纤只拉到客厅"),
    "VoLTE": ("用 4G 网络打电话，声音更清楚，接通更快", "不走 4G 网络打电话"),
    "eSIM": ("手机里的电子卡，不用插卡片", "要插的小卡片"),
}


def _explanation(random: Random, name: str) -> str:
    if random.random() < DEVIATING:
        return _OTHER_WORDS[name][1]
    return random.choice((TERMS[name][1], _OTHER_WORDS[name][0]))


def _answers(topic: str, amounts: tuple[int, ...], fact: int) -> list[str]:
    """Write the fact with each of the sentences that may follow it."""
    stated = _FACTS[topic][fact].format(amount=amounts[0], other=amounts[-1] + 1, months=6)
    return [stated + tail for tail in TAILS[topic]]
