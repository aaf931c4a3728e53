"""SAFE001: a paid order that is not confirmed twice."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.understand.clauses import is_paid

_MESSAGE = Text("“{name}”要收费，办理时却没有二次确认", "“{name}” costs money but is not confirmed twice")
_HINT = Text(
    "写上 confirm: twice，系统和话术都按二次确认配置。", "Write confirm: twice, and set systems and scripts up for it."
)
_PRICE = Text("在这里收费", "it costs money here")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each paid offer that is confirmed less than twice."""
    for index, offer in enumerate(view.campaign.offers):
        if is_paid(offer) and offer.confirm != "twice":
            stated = "confirm" in offer.model_fields_set
            path = ("offers", index, "confirm" if stated else "price")
            related = (Related(None, ("offers", index, "price"), _PRICE()),) if stated else ()
            yield Problem(path, _MESSAGE(name=offer.name), _HINT(), key=not stated, related=related)


_OFFER = "offers:\n  - {{id: a, name: 彩铃, product: vas.ringback, kind: trial, price: {price}, confirm: {confirm}, cancel: [app, hall]}}\n"

RULE = Rule(
    id="SAFE001",
    title=Text("收费业务没有二次确认", "a paid order that is not confirmed twice"),
    severity="error",
    why=Text(
        "客户不知道自己办了什么就被扣费，是最多的投诉。",
        "Being charged for what one did not knowingly order is the commonest complaint.",
    ),
    source=Text("对外承诺：订购业务二次确认。", "Public promise: subscriptions are confirmed twice."),
    passing=Sample(_OFFER.format(price="{amount: 0, per: once}", confirm="once")),
    failing=Sample(_OFFER.format(price="{amount: 0, for_months: 3, then: 5}", confirm="once"), places=((2, 112),)),
    check=check,
)
