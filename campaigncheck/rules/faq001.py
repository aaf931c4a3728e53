"""FAQ001: a topic that this campaign needs is not answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import TopicEntry
from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.offers import related as are_related
from campaigncheck.rulekit.rule import CampaignView, PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.clauses import clause
from campaigncheck.understand.entry import Entry

_MESSAGE = Text("FAQ 没有回答“{title}”（{topic}）", "the FAQ does not answer “{title}” ({topic})")
_BECAUSE = Text(
    "这里写了 {clause}，FAQ 就要回答“{title}”（{topic}），现在没有",
    "{clause} here makes customers ask “{title}” ({topic}), and the FAQ does not answer it",
)
_HINT_BECAUSE = Text(
    "在 faq 里加一条：{{topic: {topic}, q: …, a: …}}；faq --draft {id} 可以先起草。{clause} 不要了，这一条也就不用加。",
    "Add to faq: {{topic: {topic}, q: …, a: …}}; `faq --draft {id}` drafts it. Without {clause} it is not needed.",
)
_HINT = Text(
    "在 faq 里加一条：{{topic: {topic}, q: …, a: …}}；faq --draft {id} 可以先起草。",
    "Add to faq: {{topic: {topic}, q: …, a: …}}; `faq --draft {id}` drafts it.",
)
_OVERLAP = Text(
    "FAQ 没有回答“{title}”（{topic}），而本案和“{other}”会碰到同一批客户",
    "the FAQ does not answer “{title}” ({topic}), though some customers also get “{other}”",
)
_OTHER = Text("会碰到同一批客户的营销案", "the campaign that reaches the same customers")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each topic that a clause of the campaign makes necessary, at that clause."""
    for topic, entry, path in unanswered(view.campaign, view.catalogues):
        if path == ("faq",):
            yield Problem(
                path, _MESSAGE(title=entry.title.text, topic=topic), _HINT(topic=topic, id=view.campaign.id), key=True
            )
        else:
            facts = {"topic": topic, "clause": _written(view.campaign, path)}
            hint = _HINT_BECAUSE(**facts, id=view.campaign.id)
            yield Problem(path, _BECAUSE(title=entry.title.text, **facts), hint)


def unanswered(campaign: Campaign, catalogues: Catalogues) -> Iterator[tuple[str, TopicEntry, Path]]:
    """Yield each topic that a campaign needs by itself and does not answer, with the clause that needs it."""
    answered = {entry.topic for entry in campaign.faq}
    for topic, entry in catalogues.faq.topics.items():
        path = None if topic in answered else clause(campaign, entry.when)
        if path is not None:
            yield topic, entry, path


def _written(campaign: Campaign, path: Path) -> str:
    """Return a clause as people find it in the spec: offers 的 contract_months is enough, with what it says if short."""
    name = next(str(step) for step in reversed(path) if isinstance(step, str))
    value: Any = campaign
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    if isinstance(value, float):
        value = figure(value)
    return f"{name}: {value}" if isinstance(value, str | int) else name


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield the topics that are necessary only because another campaign reaches the same customers."""
    for name, entry, campaign, other in unanswered_beside(view):
        message = _OVERLAP(title=entry.title.text, topic=name, other=other.title)
        related = (Related(other.path, ("id",), _OTHER()),)
        yield Problem(
            ("faq",), message, _HINT(topic=name, id=campaign.id), key=True, spec=campaign.path, related=related
        )


def unanswered_beside(view: PortfolioView) -> Iterator[tuple[str, TopicEntry, Entry, Entry]]:
    """Yield each topic with a campaign that needs it because of another one, and that other one."""
    topics = {name: entry for name, entry in view.catalogues.faq.topics.items() if "overlap" in entry.when}
    asked = view.concerned()
    for name, entry in topics.items():
        lacking = {
            item.id
            for item in view.portfolio.entries
            if (asked is None or item.id in asked)
            and name not in item.topics
            and not ("combination" in entry.when and _combines(item))
        }
        for campaign, other in _met(view, lacking):
            yield name, entry, campaign, other


def _combines(campaign: Entry) -> bool:
    return any(offer.excludes or offer.stacks_with for offer in campaign.offers)


def _met(view: PortfolioView, lacking: set[str]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each of some campaigns with the first other, by path, that reaches the same customers."""
    asked = view.concerned()
    wanted = lacking if asked is None else lacking & asked
    portfolio = view.portfolio
    pairs = portfolio.meeting(portfolio.pairs if asked is None else portfolio.pairs_with(wanted))
    flags = np.array([entry.id in wanted for entry in portfolio.entries], np.bool_)
    found: dict[str, Entry] = {}
    for first, second in pairs.where(flags[pairs.left] | flags[pairs.right]):
        new = [item for item in (first, second) if item.id in wanted and item.id not in found]
        if new and not are_related(first, second) and portfolio.overlap(first, second) is not None:
            found.update((item.id, second if item is first else first) for item in new)
    for name, other in found.items():
        yield portfolio.by_id[name], other


_FAQ = (
    "faq:\n  - {topic: eligibility, q: 谁能办？, a: 所有实名登记的个人客户都能办，每人一次。}\n"
    "  - {topic: how_to_get, q: 怎么办？, a: 打开 App 首页点“积分换话费”就能办。}\n"
    "  - {topic: takes_effect, q: 多久生效？, a: 办好马上生效，话费当场到账。}\n"
    "  - {topic: price, q: 要花钱吗？, a: 不花钱，每 1000 积分换 10 元话费。}\n"
)

RULE = Rule(
    id="FAQ001",
    title=Text("该回答的问题没有回答", "a question that has to be answered is not"),
    severity="error",
    why=Text(
        "条款里写了的，客户迟早会问。上线前没有准备好答案，每个柜台就各说各的。",
        "What the terms say customers will ask about. Without a prepared answer every counter gives its own.",
    ),
    source=Text(
        "规划阶段就要备好客户服务文档和 FAQ 的要求；主题和条件见 rules/faq.yaml。",
        "Customer-service documents and FAQ are written in the planning stage; topics and conditions in rules/faq.yaml.",
    ),
    passing=Sample(
        "channels: [app]\n" + _FAQ + "  - {topic: dispute, q: 有疑问找谁？, a: 拨打客服热线，一个工作日内给您答复。}\n"
        "  - {topic: stacking, q: 能和别的优惠一起用吗？, a: 可以，积分兑换和其他优惠互不影响。}\n"
    ),
    failing=Sample("channels: [app]\n" + _FAQ, places=((2, 1),)),
    check=check,
    check_portfolio=check_portfolio,
)
