"""TIME001: the estimated handling time is over the launch standard."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.handling.plan import heaviest
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MEAN = Text("平均 {mean} 分钟（标准 {limit}）", "{mean} minutes on average (standard {limit})")
_P90 = Text(
    "九成客户要 {p90} 分钟以内才能办完（标准 {limit}）", "90 % of customers within {p90} minutes (standard {limit})"
)
_MESSAGE = Text("柜台办理超时：{parts}", "too slow at the counter: {parts}")
_HINT = Text(
    "最费时的是：{steps}。请先简化这几步，或者把它们挪到办理之前（线上预约、自助核验）。",
    "Most time goes to: {steps}. Simplify these first, or move them before the visit (booking online, self-service).",
)
_STEP = Text("{name} {minutes} 分钟", "{name} {minutes} min")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem if mean or 90th percentile are over their limits."""
    estimate = view.handling
    if estimate is None or "hall" not in view.campaign.channels:
        return
    parts: list[Message] = []
    mean, p90 = view.limit("handling_mean"), view.limit("handling_p90")
    if estimate.mean > mean + 1e-9:
        parts.append(_MEAN(mean=_over(estimate.mean, mean), limit=mean))
    if estimate.p90 > p90 + 1e-9:
        parts.append(_P90(p90=_over(estimate.p90, p90), limit=p90))
    if parts:
        yield Problem(("handling", "steps"), _MESSAGE(parts=parts), _HINT(steps=_named(view)), key=True)


def _over(value: float, limit: float) -> str:
    """Write a value that is over a limit with as many decimals as it takes to see that it is."""
    for digits in range(1, 6):
        if round(value, digits) > limit:
            return f"{value:.{digits}f}"
    return repr(value)


def _named(view: CampaignView) -> list[Message]:
    """Return the steps that weigh most, with the minutes they add on average."""
    catalogue = view.catalogues.steps.steps
    return [
        _STEP(name=catalogue[step.id].name.text if step.id in catalogue else step.id, minutes=f"{step.minutes:.1f}")
        for step in heaviest(view.steps)
    ]


RULE = Rule(
    id="TIME001",
    title=Text("柜台办理时间超过上线标准", "handling time over the launch standard"),
    severity="error",
    why=Text(
        "一笔业务多一分钟，整条队伍都跟着多等；平均 4 分钟是营销案上线的标准。",
        "A minute more a transaction makes the whole queue wait; 4 minutes on average is the standard for a launch.",
    ),
    source=Text(
        "营业厅办理时限的上线标准：平均 4 分钟；九成在 6 分钟内是假设（rules/policy.yaml）。步骤用时按 PERT 分布卷积求和。",
        "Launch standard: 4 minutes on average; 6 minutes for 90 % is an assumption (rules/policy.yaml). Steps are PERT "
        "times, summed by convolution.",
    ),
    passing=Sample("handling:\n  steps: [verify_identity, explain_offer, sign, activate]\n"),
    failing=Sample(
        "handling:\n  steps:\n    - verify_identity\n    - {step: explain_offer, minutes: [2, 4, 8]}\n    - sign\n",
        places=((2, 3),),
    ),
    check=check,
    limits=("handling_mean", "handling_p90"),
)
