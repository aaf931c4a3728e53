"""TIME003: sold in halls, but no handling steps are given."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MESSAGE = Text("营业厅可以办，却没有写办理步骤", "sold in halls, but without handling steps")
_HINT = Text(
    "在 handling.steps 里按顺序写上柜台的步骤，例如 [verify_identity, explain_offer, sign]；不在营业厅办就去掉 hall。",
    "List the steps at the counter in handling.steps, such as [verify_identity, explain_offer, sign]; or drop hall.",
)


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem, at the channel ``hall``."""
    campaign = view.campaign
    if "hall" in campaign.channels and not campaign.handling.steps:
        yield Problem(("channels", campaign.channels.index("hall")), _MESSAGE(), _HINT())


RULE = Rule(
    id="TIME003",
    title=Text("营业厅可办，但没有办理步骤", "sold in halls without handling steps"),
    severity="error",
    why=Text(
        "不知道一笔要办多久，就不知道会不会把营业厅堵住。",
        "Unless it is known how long one takes, nobody knows whether halls clog.",
    ),
    source=Text("上线前营业厅要试办并计时的要求。", "Halls test a campaign and time it before it launches."),
    passing=Sample("channels: [app]\nhandling: {steps: []}\ndemand: null\n"),
    failing=Sample("channels: [app, hall]\nhandling: {steps: []}\n", places=((1, 17),)),
    check=check,
)
