"""One rule: an offer's name should not shout."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MESSAGE = Text("优惠名称“{name}”里有感叹号", "the offer's name “{name}” has an exclamation mark")
_HINT = Text("去掉感叹号。", "Leave it out.")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each offer whose name shouts, and the characters that do."""
    for index, offer in enumerate(view.campaign.offers):
        for mark in ("！", "!"):
            if mark in offer.name:
                at = offer.name.index(mark)
                path = ("offers", index, "name")
                yield Problem(path, _MESSAGE(name=offer.name), _HINT(), span=(at, at + 1))


RULES = [
    Rule(
        id="SHOUT001",
        title=Text("优惠名称里有感叹号", "an offer's name shouts"),
        severity="note",
        why=Text("名称要印在账单上，不用喊。", "Names are printed on bills; there is no need to shout."),
        source=Text("假设：本例自拟。", "Assumption: made up for this example."),
        passing=Sample("offers:\n  - {id: a, name: 积分换话费, product: points.exchange, kind: points}\n"),
        failing=Sample(
            "offers:\n  - {id: a, name: 积分换话费！, product: points.exchange, kind: points}\n", places=((2, 24),)
        ),
        check=check,
    )
]
