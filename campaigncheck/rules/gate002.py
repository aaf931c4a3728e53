"""GATE002: a sign-off that the stage needs is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.spec.model import Signoff

_ROLES = {
    "marketing": Text("市场", "marketing"),
    "service": Text("服务", "service"),
    "cities": Text("地市", "cities"),
}
_MISSING = Text(
    "“{stage}”要有{role}会签（{code}），现在没有",
    "stage “{stage}” needs the sign-off of {role} (role {code}); it is missing",
)
_CITIES = Text(
    "“{stage}”要有{role}会签（{code}），现在没有：本案的责任单位在地市之上，上线前要问过地市",
    "stage “{stage}” needs the sign-off of {role} (role {code}); it is missing: the owner is above the cities, which have to be asked",
)
_MISSING_HINT = Text(
    "在 signoffs 里加一条：{{role: {code}, by: 哪个部门, on: 哪天}}；没有签就把阶段退回 optimising。",
    "Add to signoffs: {{role: {code}, by: …, on: …}}; until it is signed, go back to optimising.",
)
_TWICE_HINT = Text(
    "{twice}写了两条，是不是有一条应当是 {code}？不是的话，补上这一条，或者把阶段退回 optimising。",
    "{twice} is there twice: was one of them meant to be {code}? If not, add it, or go back to optimising.",
)
_FUTURE = Text(
    "{role}会签写的是 {on}，还没有到；“{stage}”要已经签了的",
    "the sign-off of {role} is dated {on}, which is still to come; stage “{stage}” needs it done",
)
_FUTURE_HINT = Text(
    "on 写实际签的那天；还没签，阶段先退回 optimising。",
    "Write the day on which it was signed; if it is not yet, go back to optimising.",
)
_LATE = Text(
    "{role}会签写的是 {on}，那时活动已经开始（{start}）",
    "the sign-off of {role} is dated {on}, when the campaign had begun ({start})",
)
_LATE_HINT = Text(
    "会签要在开始之前：写错了就改 on，签晚了就推迟开始日期。",
    "Sign-offs come before the start: mend on if it is a slip, else start later.",
)
_NOBODY = Text("{role}会签没有写是谁签的", "the sign-off of {role} does not say who signed")
_NOBODY_HINT = Text("by 写上签的部门或人。", "Name the department or person in by.")
_START = Text("活动从这天开始", "the campaign begins here")
_NEEDED = ("marketing", "service")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each role that has not signed: there is none, or none that holds."""
    campaign = view.campaign
    if not view.catalogues.policy.stages[campaign.stage].finished:
        return
    for role in (*_NEEDED, "cities") if _is_above(view) else _NEEDED:
        signed = [(index, signoff) for index, signoff in enumerate(campaign.signoffs) if signoff.role == role]
        faults = [_fault(view, index, signoff) for index, signoff in signed]
        if not signed:
            yield _missing(view, role)
        elif all(faults):
            yield from (fault for fault in faults if fault is not None)


def _is_above(view: CampaignView) -> bool:
    """Whether the owner has cities below: the country, or a province; a municipality is one city itself."""
    regions, owner = view.catalogues.regions, view.campaign.owner.region
    return owner.endswith("0000") and owner in regions.masks and regions.city(owner) is None


def _missing(view: CampaignView, role: str) -> Problem:
    campaign = view.campaign
    names = {"stage": STAGES[campaign.stage], "role": _ROLES[role], "code": role}
    message = (_CITIES if role == "cities" else _MISSING)(**names)
    return Problem(("stage",), message, _how(campaign.signoffs, role))


def _how(signoffs: list[Signoff], role: str) -> Message:
    """Say what to add; where somebody has signed twice in one role, that may be the slip."""
    count = Counter((signoff.role, signoff.by) for signoff in signoffs)
    twice = next((signed for (signed, _), times in count.items() if times > 1), None)
    return _TWICE_HINT(twice=twice, code=role) if twice is not None else _MISSING_HINT(code=role)


def _fault(view: CampaignView, index: int, signoff: Signoff) -> Problem | None:
    """Return why a sign-off does not hold."""
    campaign, role = view.campaign, _ROLES[signoff.role]
    path = ("signoffs", index)
    if not signoff.by.strip():
        return Problem((*path, "by"), _NOBODY(role=role), _NOBODY_HINT())
    if signoff.on.toordinal() > view.today:
        message = _FUTURE(role=role, on=signoff.on, stage=STAGES[campaign.stage])
        return Problem((*path, "on"), message, _FUTURE_HINT())
    if signoff.on > campaign.period.start:
        message = _LATE(role=role, on=signoff.on, start=campaign.period.start)
        return Problem((*path, "on"), message, _LATE_HINT(), related=(Related(None, ("period", "start"), _START()),))
    return None


_SIGNED = (
    'stage: approved\nowner: {{region: "510100", department: 市场部, contact: marketing@example.com}}\n'
    "signoffs:\n  - {{role: marketing, by: 市场部, on: 2026-11-26}}\n{service}"
)

RULE = Rule(
    id="GATE002",
    title=Text("缺少这个阶段要有的会签", "a sign-off that the stage needs is missing"),
    severity="error",
    why=Text(
        "没有服务一侧和地市的同意就上线，排队和投诉都落在没有点过头的人身上。",
        "Launched without the service side and the cities, queues and complaints fall on people who never agreed.",
    ),
    source=Text(
        "服务部门在规划时就参与、全部达标才上线的事前机制；省里上线前要问过地市。",
        "The service side joins in planning, and nothing launches until all standards are met; the province asks the cities first.",
    ),
    passing=Sample(_SIGNED.format(service="  - {role: service, by: 客户服务部, on: 2026-11-27}\n")),
    failing=Sample(_SIGNED.format(service=""), places=((1, 8),)),
    check=check,
)
