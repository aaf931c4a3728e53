"""Writes the questions and answers of a planned campaign; each answer carries the fact it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor
from random import Random
from typing import NamedTuple

from benchmarks.corpus.plan import Campaign, Offer
from benchmarks.corpus.words import CHANNELS, LINES, QUESTIONS, TAILS, TERMS

ENTRIES = 10
SHORTEST, LONGEST = 50, 70
ELECTRONIC = ("app", "sms", "web", "self_service")


class Entry(NamedTuple):
    """One question and its answer."""

    topic: str
    question: str
    answer: str


def write_faq(campaign: Campaign, random: Random, terms: tuple[str, ...]) -> list[Entry]:
    """Write an answer for every topic that the campaign needs, and further ones up to ten."""
    topics = list(_topics(campaign))
    further = ["how_to_get", "price", "eligibility", "dispute", "takes_effect"]
    random.shuffle(further)
    wanted = topics + further[: max(0, ENTRIES - len(topics) - len(terms))]
    asked: set[str] = set()
    entries = []
    for topic in wanted:
        question = _question(topic, campaign, random, asked)
        entries.append(Entry(topic, question, _answer(topic, campaign, random)))
    for term in terms:
        question = TERMS[term][0].format(name=campaign.offers[0].name)
        entries.append(Entry("eligibility", question, _answer("eligibility", campaign, random)))
    return entries


def _topics(campaign: Campaign) -> Iterator[str]:
    offers, halls = campaign.offers, campaign.sold_in("hall")
    needed: dict[str, bool] = {
        "eligibility": True,
        "how_to_get": True,
        "takes_effect": True,
        "price": True,
        "price_after": any(offer.then or offer.free_months for offer in offers),
        "cancel": any(offer.monthly for offer in offers),
        "early_exit": any(offer.contract_months for offer in offers),
        "free_end": any(offer.free_months for offer in offers),
        "gift_collect": any(offer.gift for offer in offers),
        "sold_out": any(offer.quota or offer.gift for offer in offers),
        "stacking": True,
        "documents": halls,
        "handling_time": halls,
        "without_queueing": halls and any(campaign.sold_in(channel) for channel in ELECTRONIC),
        "existing_plan": any(offer.product.line == "plan" for offer in offers),
        "dispute": True,
    }
    yield from (topic for topic, is_needed in needed.items() if is_needed)


def _question(topic: str, campaign: Campaign, random: Random, asked: set[str]) -> str:
    """Draw a way of asking that has not been used yet in this sheet."""
    ways = [way.format(title=campaign.title) for way in QUESTIONS[topic]]
    left = [way for way in ways if way not in asked]
    question = random.choice(left)
    asked.add(question)
    return question


def _answer(topic: str, campaign: Campaign, random: Random) -> str:
    """Write the sentence that carries the fact, and others until it is long enough."""
    answer = _FACTS[topic](campaign)
    tails = list(TAILS[topic])
    random.shuffle(tails)
    for tail in tails:
        if len(answer) >= SHORTEST:
            break
        if len(answer) + len(tail) <= LONGEST:
            answer += tail
    return answer


def price(offer: Offer) -> str:
    """Return what an offer costs, as it is said."""
    return {"month": "每月 {} 元", "once": "一次付 {} 元", "day": "每天 {} 元", "none": "不收钱，用积分换"}[
        offer.product.per
    ].format(offer.amount)


def customers(campaign: Campaign) -> str:
    """Return who can have the campaign, in words."""
    return "；或者".join(_group(group) for group in campaign.groups)


def _group(group: dict[str, object]) -> str:
    parts: list[str] = []
    for name, condition in group.items():
        parts.append(_CONDITIONS[name](condition))
    return "；".join("，".join(parts[at : at + 3]) for at in range(0, len(parts), 3))


def _age(condition: object) -> str:
    text = str(condition)
    low, _, high = text.partition("..")
    if high:
        return f"{low} 岁到 {high} 岁"
    return f"年满 {text[2:]} 岁" if text.startswith(">=") else f"不超过 {text[2:]} 岁"


def _spend(condition: object) -> str:
    low, _, high = str(condition).partition("..")
    return f"每月花 {low} 元到 {high} 元"


def _tenure(condition: object) -> str:
    return "用我们的号码满 24 个月" if str(condition).startswith(">") else "用我们的号码不到 24 个月"


_CONDITIONS: dict[str, Callable[..., str]] = {
    "brand": lambda values: "、".join(values) + "客户",
    "tenure_months": _tenure,
    "monthly_spend": _spend,
    "age": _age,
    "broadband": lambda value: "家里装了我们的宽带" if value else "家里还没有装我们的宽带",
    "network": lambda values: f"用 {'、'.join(values)} 网络",
    "contract": lambda value: "手上没有还没到期的约定",
}


def _eligibility(campaign: Campaign) -> str:
    adults = "，年满 18 岁" if any(offer.adults_only for offer in campaign.offers) else ""
    return f"{customers(campaign)}{adults}，就可以办。"


def _how_to_get(campaign: Campaign) -> str:
    ways = []
    for channel in campaign.channels:
        codes = " 或 ".join(offer.code for offer in campaign.offers if offer.code)
        ways.append(_WAYS[channel].format(title=campaign.title, codes=codes))
    return "；也可以".join([ways[0], "；".join(ways[1:])] if ways[1:] else ways) + "。"


_WAYS = {
    "hall": "到营业厅柜台办",
    "app": "在 App 里搜“{title}”办",
    "web": "在网上营业厅点几下",
    "sms": "发短信 {codes}",
    "hotline": "打客服热线请人办",
    "self_service": "在自助终端上办",
}


def _takes_effect(campaign: Campaign) -> str:
    offer = campaign.offers[0]
    if offer.takes_effect == "next_month":
        return f"{offer.name}从下个月 1 日零点开始算，这个月照原来的用。"
    return f"{offer.name}办好马上就能用，当天开始算。"


def _price(campaign: Campaign) -> str:
    return "，".join(f"{offer.name}{price(offer)}" for offer in campaign.offers) + "。"


def _price_after(campaign: Campaign) -> str:
    parts = [
        f"{offer.name}从第 {offer.for_months + 1} 个月开始每月 {offer.then} 元"
        for offer in campaign.offers
        if offer.for_months
    ]
    parts += [
        f"{offer.name}免费 {offer.free_months} 个月以后每月 {offer.amount} 元"
        for offer in campaign.offers
        if offer.free_months
    ]
    return "，".join(parts) + "。"


def _cancel(campaign: Campaign) -> str:
    names = "、".join(CHANNELS[channel] for channel in campaign.channels)
    return f"可以在{names}取消，哪里办的都一样。"


def _early_exit(campaign: Campaign) -> str:
    parts = [f"{offer.name}剩几个月就补几个 {offer.charge} 元" for offer in campaign.offers if offer.contract_months]
    return "，".join(parts) + "。"


def _free_end(campaign: Campaign) -> str:
    offer = next(offer for offer in campaign.offers if offer.free_months)
    return f"{offer.name}前 {offer.free_months} 个月不收钱，以后每月 {offer.amount} 元。"


def _gift_collect(campaign: Campaign) -> str:
    gift = next(offer.gift for offer in campaign.offers if offer.gift)
    how = "办好当天凭短信到营业厅领" if gift[2] == "hall" else "办好以后 10 天内寄到您留的地址，邮费我们出"
    return f"{gift[0]}一共 {gift[1]} 份，{how}。"


def _sold_out(campaign: Campaign) -> str:
    parts = [f"{offer.name}一共 {offer.quota} 个名额" for offer in campaign.offers if offer.quota]
    parts += [f"{offer.gift[0]}一共 {offer.gift[1]} 份" for offer in campaign.offers if offer.gift]
    return "；".join(parts) + "。按办理先后算，满了就不再收。"


def _stacking(campaign: Campaign) -> str:
    lines = dict.fromkeys(pattern.partition(".")[0] for offer in campaign.offers for pattern in offer.stacks_with)
    shown = "、".join(LINES[line] for line in list(lines)[:4])
    other = "；有些产品只能选一个，办的时候会告诉您" if any(offer.excludes for offer in campaign.offers) else ""
    return f"能和{shown}的优惠一起用{other}。"


def _documents(campaign: Campaign) -> str:
    return "请带机主本人的身份证原件，手机也带上，要收一条短信验证码。"


def _handling_time(campaign: Campaign) -> str:
    low, high = floor(campaign.mean), ceil(campaign.mean)
    return f"轮到您以后大约 {low} 到 {high} 分钟办好，材料都由柜台打印。"


def _without_queueing(campaign: Campaign) -> str:
    names = "、".join(CHANNELS[channel] for channel in campaign.channels if channel in ELECTRONIC)
    return f"能。在{names}上都可以办，不用到柜台。"


def _existing_plan(campaign: Campaign) -> str:
    offer = next(offer for offer in campaign.offers if offer.product.line == "plan")
    return f"办好以后换成“{offer.name}”，原来的套餐从换的那天起停用，不会收两份钱。"


def _dispute(campaign: Campaign) -> str:
    return "打客服热线，或者在 App 里点“账单有疑问”，1 天内给您答复。"


_FACTS: dict[str, Callable[[Campaign], str]] = {
    "eligibility": _eligibility, "how_to_get": _how_to_get, "takes_effect": _takes_effect, "price": _price,
    "price_after": _price_after, "cancel": _cancel, "early_exit": _early_exit, "free_end": _free_end,
    "gift_collect": _gift_collect, "sold_out": _sold_out, "stacking": _stacking, "documents": _documents,
    "handling_time": _handling_time, "without_queueing": _without_queueing, "existing_plan": _existing_plan,
    "dispute": _dispute,
}  # fmt: skip
