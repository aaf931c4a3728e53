"""READY003: training was passed by too few of the front line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MESSAGE = Text(
    "培训只有 {passed}% 的一线人员通过，要 {wanted}%",
    "only {passed} % of the front line passed the training; {wanted} % have to",
)
_HINT = Text(
    "给没通过的人补训、补考，再更新 passed；或者推迟开始日期。",
    "Train those who failed once more and update passed; or start later.",
)


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield the share that passed, where it is too low."""
    training = view.campaign.readiness.get("training")
    if training is None or training.passed is None:
        return
    passed = Decimal(str(training.passed)) * 100
    wanted = Decimal(str(view.limit("training_passed")))
    if passed < wanted:  # rounded down, so that it never reads as enough
        told = f"{passed.quantize(Decimal('0.01'), ROUND_DOWN):f}"
        message = _MESSAGE(passed=told.rstrip("0").rstrip("."), wanted=figure(float(wanted)))
        yield Problem(("readiness", "training", "passed"), message, _HINT())


_TRAINED = "readiness:\n  training: {{owner: 客户服务部, done: 2027-02-01, passed: {passed}}}\n"

RULE = Rule(
    id="READY003",
    title=Text("一线培训通过率不够", "too few of the front line passed the training"),
    severity="warning",
    why=Text(
        "没学会的人站在柜台前，客户听到的就是各种说法。",
        "Whoever has not learnt it stands at the counter all the same, and customers hear as many versions.",
    ),
    source=Text(
        "上线前支撑到位的要求：培训有 90% 的一线人员通过（rules/policy.yaml 的 training_passed）。",
        "Support has to be in place before a launch: 90 % of the front line pass the training (training_passed in "
        "rules/policy.yaml).",
    ),
    passing=Sample(_TRAINED.format(passed="0.9")),
    failing=Sample(_TRAINED.format(passed="0.89"), places=((2, 54),)),
    check=check,
    limits=("training_passed",),
)
