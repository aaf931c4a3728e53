"""TIME001: the estimated handling time is over the launch standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaigncheck.handling.counter import PRIOR, Variant
from campaigncheck.handling.pert import Estimate
from campaigncheck.handling.plan import PlannedStep, heaviest
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MEAN = Text("平均 {mean} 分钟（标准 {limit}）", "{mean} minutes on average (standard {limit})")
_P90 = Text(
    "九成客户要 {p90} 分钟以内才能办完（标准 {limit}）", "90 % of customers within {p90} minutes (standard {limit})"
)
_MESSAGE = Text("柜台办理超时：{parts}", "too slow at the counter: {parts}")
_PLACE_MESSAGE = Text("{place}柜台办理超时：{parts}", "too slow at the counter of {place}: {parts}")
_ELSEWHERE = Text("没有单列步骤的营业厅", "halls without steps of their own")
_MANY_HALLS = Text("{names}等 {count} 家营业厅", "{names} and others, {count} halls")
_TOGETHER = Text(
    "{message}（按步骤估计 {plain} 分钟，试办 {timed} 笔平均 {measured} 分钟，两样合起来算）",
    "{message} (the steps add up to {plain} minutes, {timed} rehearsals took {measured} on average; both count together)",
)
_HALLS = Text("{names}", "{names}")
_NAMED = 3
_HINT = Text(
    "最费时的是：{steps}。请先简化这几步，或者把它们挪到办理之前（线上预约、自助核验）。",
    "Most time goes to: {steps}. Simplify these first, or move them before the visit (booking online, self-service).",
)
_STEP = Text("{name} {minutes} 分钟", "{name} {minutes} min")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem if mean or 90th percentile are over their limits, at the place that is furthest over."""
    if view.handling is None or "hall" not in view.campaign.channels:
        return
    worst = _worst(view)
    parts = _parts(view, worst.estimate if worst else view.handling)
    if parts:
        message = _PLACE_MESSAGE(place=_place(view, worst), parts=parts) if worst else _MESSAGE(parts=parts)
        hint = _HINT(steps=_named(view, worst.steps if worst else view.steps))
        yield Problem(("handling", "steps"), _with_rehearsals(view, message), hint, key=True)


def _worst(view: CampaignView) -> Variant | None:
    """Return the halls that are furthest over a limit, or nearest to it; None if all are alike."""
    mean, p90 = view.limit("handling_mean"), view.limit("handling_p90")
    halls = [place for place in view.counter.variants if place.channel == "hall"]
    if len(halls) < 2:
        return None
    return max(halls, key=lambda place: max(place.estimate.mean - mean, place.estimate.p90 - p90))


def _parts(view: CampaignView, estimate: Estimate) -> list[Message]:
    parts: list[Message] = []
    mean, p90 = view.limit("handling_mean"), view.limit("handling_p90")
    if estimate.mean > mean + 1e-9:
        parts.append(_MEAN(mean=_over(estimate.mean, mean), limit=mean))
    if estimate.p90 > p90 + 1e-9:
        parts.append(_P90(p90=_over(estimate.p90, p90), limit=p90))
    return parts


def _place(view: CampaignView, place: Variant) -> Message:
    names = view.catalogues.network.names(place.halls)
    if not names:
        return _ELSEWHERE()
    return _HALLS(names=names) if len(names) <= _NAMED else _MANY_HALLS(names=names[:_NAMED], count=len(names))


def _with_rehearsals(view: CampaignView, message: Message) -> Message:
    """Say what steps and rehearsals come to by themselves, if there are rehearsals."""
    plain, found = view.counter.plain, view.counter.rehearsed
    if plain is None or found is None:
        return message
    return _TOGETHER(message=message, plain=f"{plain:.1f}", timed=found.timed, measured=f"{found.mean:.1f}")


def _over(value: float, limit: float) -> str:
    """Write a value that is over a limit with as many decimals as it takes to see that it is."""
    for digits in range(1, 6):
        if round(value, digits) > limit:
            return f"{value:.{digits}f}"
    return repr(value)


def _named(view: CampaignView, steps: Sequence[PlannedStep]) -> list[Message]:
    """Return the steps that weigh most, with the minutes they add on average."""
    catalogue = view.catalogues.steps.steps
    return [
        _STEP(name=catalogue[step.id].name.text if step.id in catalogue else step.id, minutes=f"{step.minutes:.1f}")
        for step in heaviest(steps)
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
        "营业厅办理时限的上线标准：平均 4 分钟；九成在 6 分钟内是假设（rules/policy.yaml）。步骤用时按 PERT 分布卷积求和；"
        "有试办计时的，和估计合起来算，试办越多越以量到的为准；各厅步骤不同的，看最慢的厅（docs/handling-time.md）。",
        "Launch standard: 4 minutes on average; 6 minutes for 90 % is an assumption (rules/policy.yaml). Steps are PERT "
        "times, summed by convolution; rehearsals count together with them, the more the more of them there are; where halls "
        "differ, the slowest counts (docs/handling-time.md).",
    ),
    passing=Sample("handling:\n  steps: [verify_identity, explain_offer, sign, activate]\n"),
    failing=Sample(
        "handling:\n  steps:\n    - verify_identity\n    - {step: explain_offer, minutes: [2, 4, 8]}\n    - sign\n",
        places=((2, 3),),
    ),
    check=check,
    limits=("handling_mean", "handling_p90", PRIOR),
)
