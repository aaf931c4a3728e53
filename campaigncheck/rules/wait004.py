"""WAIT004: something that suits electronic channels is offered at the counter only."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.spec.model import Campaign, Offer

_MESSAGE = Text(
    "本案只在柜台办，其实适合在电子渠道办：{reasons}",
    "this is sold at the counter only, though it suits electronic channels: {reasons}",
)
_HINT = Text(
    "在 channels 里加上 app、web 或 sms，海报和短信里写明怎么办；能自己办的客户就不用排队。",
    "Add app, web or sms to channels, and say in posters and SMS how to get it there: who can do it alone need not queue.",
)
_CHEAP = Text("每项不超过 {price} 元", "no offer costs more than {price} yuan")
_FREE = Text("不用付钱", "nothing has to be paid")
_FEW = Text("一共只有 {count} 项优惠", "there are only {count} offers")
_ONE = Text("只有一项优惠，一句话就能讲清", "there is one offer, told in a sentence")
_NO_BARRIER = Text("没有合约、不用当面领东西", "no contract, and nothing to collect in person")

_AT_COUNTERS = frozenset({"hall", "agent"})
_IN_PERSON = frozenset({"issue_sim", "choose_number", "collect_gift", "book_installer", "sign"})
"""Steps for which somebody has to be there: cards and gifts are handed over, papers signed, visits agreed."""
_PHYSICAL = ("device.", "broadband.", "tv.")
"""Products that somebody brings, installs or hands over."""
_MOST_OFFERS = 2


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield a campaign with a low price, no entry barrier and simple content that can be had at counters only."""
    campaign = view.campaign
    limit = view.limit("electronic_price")
    if "hall" not in campaign.channels or not _AT_COUNTERS.issuperset(campaign.channels):
        return
    steps = {step.step for step in campaign.handling.steps}
    if (
        len(campaign.offers) > _MOST_OFFERS
        or steps & _IN_PERSON
        or not all(_is_light(offer, limit) for offer in campaign.offers)
    ):
        return
    yield Problem(("channels",), _MESSAGE(reasons=_reasons(campaign, limit)), _HINT(), key=True)


def _is_light(offer: Offer, limit: float) -> bool:
    """Whether an offer has a low price and asks for nothing that is done in person."""
    price = offer.price
    dear = price is not None and max(price.amount, price.then or 0.0) > limit
    return not (dear or offer.contract_months or offer.gift or offer.product.startswith(_PHYSICAL))


def _reasons(campaign: Campaign, limit: float) -> list[Message]:
    paid = any(offer.price is not None and (offer.price.amount or offer.price.then) for offer in campaign.offers)
    few = _ONE() if len(campaign.offers) == 1 else _FEW(count=len(campaign.offers))
    return [_CHEAP(price=figure(limit)) if paid else _FREE(), few, _NO_BARRIER()]


_SAMPLE = "id: sample-a\nchannels: {channels}\n"

RULE = Rule(
    id="WAIT004",
    title=Text("适合电子渠道却只在柜台办", "suits electronic channels but is offered at the counter only"),
    severity="note",
    why=Text(
        "能在手机上办的人来柜台办，他自己要排队，后面的人也要多等。",
        "Whoever comes to the counter for what a telephone can do queues, and makes everybody behind queue longer.",
    ),
    source=Text(
        "适合电子渠道的三个条件：卖点清楚、价格和门槛低、内容简单（价格上限见 rules/policy.yaml 的 electronic_price）。",
        "What suits electronic channels: a distinct selling point, a low price and entry barrier, simple content "
        "(electronic_price in rules/policy.yaml).",
    ),
    passing=Sample(_SAMPLE.format(channels="[hall, app]")),
    failing=Sample(_SAMPLE.format(channels="[hall]"), places=((2, 1),)),
    check=check,
    limits=("electronic_price",),
)
