"""Which rules look at which field of a spec, and from which stage on a field that may be left out is asked for.

Nothing in the model says so: a rule reads what it needs. Tests hold this list to the model and to the rules: every
field and every rule is in it, and where a rule's own failing sample marks a field, the rule is named there.
"""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.messages import Text


class Asked(NamedTuple):
    """Rules about a field; ``need`` says who has to fill it in, and from which stage on its absence is found."""

    rules: tuple[str, ...] = ()
    need: Text | None = None


_HALL = Text(
    "营业厅可以办的，testing 起要有（draft 算警告）",
    "needed from testing on if sold in halls (a warning in draft)",
)
_DRAWING = Text("营业厅、热线可以办的，testing 起要有", "needed from testing on if sold in halls or on the hotline")
_TESTING = Text("testing 起要有（draft 算警告）", "needed from testing on (a warning in draft)")
_APPROVED = Text("approved 起要有", "needed from approved on")
_TIMED = Text(
    "营业厅可以办的，optimising 要有 20 笔（警告），approved 起少一笔也不行",
    "sold in halls: 20 at optimising (a warning), and not one less from approved on",
)
_PAID = Text("要收费的都要 twice（draft 算警告）", "twice for everything paid (a warning in draft)")
_RENEWED = Text(
    "按月收费、自动续的，能办的渠道都要能取消（draft 算警告）",
    "what goes on costing money is cancelled wherever it is sold (a warning in draft)",
)
_LEFT_OUT = Text("不写就从 git 里第一次到 testing 的那天算", "else the day on which git first has it at testing")
_PARENT = Text(
    "市里的营销案旁边有省里的：要么写 parent，要么有相同的 themes",
    "beside the province's campaigns a city's has a parent, or shares a theme",
)
_FRONT = Text("有营业厅或热线的，一直要有", "needed throughout if sold in halls or on the hotline")
_WORDS = ("LANG001", "LANG002", "LANG003", "LANG004", "LANG005", "LANG006")
_SAID = (*_WORDS, "FAQ003")
_TOGETHER = ("CONF001", "CONF002", "CONF005", "CONF006")

ASKED: dict[str, Asked] = {
    "Campaign.spec": Asked(("SPEC001", "SPEC002")),
    "Campaign.id": Asked(("SPEC003", "WAIV001")),
    "Campaign.title": Asked(_SAID),
    "Campaign.summary": Asked(_SAID),
    "Campaign.owner": Asked(),
    "Campaign.stage": Asked(("GATE001", "GATE002")),
    "Campaign.submitted": Asked(("READY002",), _LEFT_OUT),
    "Campaign.parent": Asked(("SPEC004", "SPEC005", "FREQ005"), _PARENT),
    "Campaign.themes": Asked(("FREQ005",), _PARENT),
    "Campaign.period": Asked(("FREQ001", "FREQ002", "FREQ004", "FREQ006")),
    "Campaign.regions": Asked(("FREQ001", "FREQ002", "FREQ006", "CONF006")),
    "Campaign.halls": Asked(("SPEC004",)),
    "Campaign.channels": Asked(("WAIT004", "FREQ004", "TIME003", "READY001", "READY004", "GATE001", "FAQ001")),
    "Campaign.audience": Asked(("SPEC004", "SPEC005", "FREQ004")),
    "Campaign.offers": Asked(("CONF005", "CONF006", "FREQ006", "SAFE003")),
    "Campaign.texts": Asked(_SAID),
    "Campaign.terms": Asked(("LANG001", "CONF003")),
    "Campaign.answers": Asked(("LANG002",)),
    "Campaign.facts": Asked(("FAQ003",)),
    "Campaign.faq": Asked(("FAQ001", "FAQ004", "CONF003"), _TESTING),
    "Campaign.handling": Asked(("TIME001", "TIME003")),
    "Campaign.demand": Asked(("GATE001",), _DRAWING),
    "Campaign.readiness": Asked(("READY001", "SPEC004"), _TESTING),
    "Campaign.support": Asked(("READY004",), _FRONT),
    "Campaign.signoffs": Asked(("GATE002",), _APPROVED),
    "Owner.region": Asked(("SPEC004",)),
    "Owner.department": Asked(),
    "Owner.contact": Asked(),
    "Period.start": Asked(("FREQ002", "FREQ003", "READY002", "SPEC005")),
    "Period.end": Asked(("SPEC005",)),
    "Regions.include": Asked(("SPEC004", "SPEC005")),
    "Regions.exclude": Asked(("SPEC004", "SPEC005")),
    "Offer.id": Asked(("SPEC003", "SPEC005")),
    "Offer.name": Asked(_SAID),
    "Offer.product": Asked(("SPEC004", *_TOGETHER)),
    "Offer.kind": Asked(),
    "Offer.audience": Asked(("SPEC004", "SPEC005", "CONF001", "CONF002")),
    "Offer.price": Asked(("SAFE001", "SAFE003", "CONF002", "FAQ001")),
    "Offer.contract_months": Asked(("FAQ001", "CONF002", "SPEC005")),
    "Offer.early_exit": Asked(("CONF002", "FAQ003", "SPEC005")),
    "Offer.renewal": Asked(("FAQ001", "SAFE003", "CONF002")),
    "Offer.takes_effect": Asked(("CONF002", "FAQ003")),
    "Offer.free_months": Asked(("FAQ001", "SAFE002")),
    "Offer.gift": Asked(("FAQ001", "READY001")),
    "Offer.quota": Asked(("FAQ001", "FAQ003")),
    "Offer.opt_in_code": Asked(("CONF004", "FAQ003")),
    "Offer.confirm": Asked(("SAFE001",), _PAID),
    "Offer.cancel": Asked(("SAFE003",), _RENEWED),
    "Offer.excludes": Asked(("CONF001", "SPEC004", "SPEC005")),
    "Offer.stacks_with": Asked(("CONF005", "SPEC004", "SPEC005")),
    "Offer.local": Asked(("CONF002",)),
    "Price.amount": Asked(("CONF002", "CONF006", "FAQ003", "SAFE001")),
    "Price.per": Asked(("CONF002", "SAFE003", "SPEC005")),
    "Price.for_months": Asked(("CONF002", "SPEC005")),
    "Price.then": Asked(("FAQ001", "SAFE002", "SPEC005", "CONF002")),
    "Gift.name": Asked(_SAID),
    "Gift.quantity": Asked(("FAQ001", "FAQ003")),
    "Gift.collect": Asked(),
    "CustomerText.channel": Asked(("FREQ004", "SPEC005")),
    "CustomerText.text": Asked((*_SAID, "SAFE002")),
    "PreparedAnswer.phrase": Asked(("LANG002", "CONF003")),
    "PreparedAnswer.answer": Asked(("LANG001", "LANG002", "LANG003", "LANG004", "FAQ003", "CONF003")),
    "FaqEntry.topic": Asked(("FAQ001", "FAQ004", "SPEC004")),
    "FaqEntry.q": Asked((*_WORDS, "FAQ004", "CONF003")),
    "FaqEntry.a": Asked((*_WORDS, "FAQ002", "FAQ003", "FAQ004", "SAFE002", "CONF003")),
    "FaqEntry.short": Asked((*_WORDS, "FAQ003")),
    "Handling.steps": Asked(("TIME001", "TIME003", "TIME004"), _HALL),
    "Handling.trials": Asked(("TIME002", "GATE001"), _TIMED),
    "StepUse.step": Asked(("SPEC004", "TIME004")),
    "StepUse.minutes": Asked(("TIME001", "SPEC005")),
    "StepUse.times": Asked(("TIME001", "TIME004")),
    "StepUse.share": Asked(("TIME001",)),
    "StepUse.halls": Asked(("SPEC004", "SPEC005")),
    "StepUse.channels": Asked(("SPEC005",)),
    "Trial.hall": Asked(("SPEC004", "TIME002")),
    "Trial.on": Asked(),
    "Trial.seconds": Asked(("TIME002",)),
    "Demand.uptake": Asked(("WAIT001", "WAIT002", "WAIT003")),
    "Demand.enquiries": Asked(("WAIT001", "WAIT003")),
    "Demand.channel_share": Asked(("SPEC005", "WAIT001", "WAIT003")),
    "Demand.shape": Asked(("WAIT001",)),
    "ReadinessItem.owner": Asked(("READY001",), _TESTING),
    "ReadinessItem.done": Asked(("READY001",), _APPROVED),
    "ReadinessItem.passed": Asked(("READY003",)),
    "Support.contact": Asked(("READY004",)),
    "Support.hours": Asked(("READY004",), _FRONT),
    "Signoff.role": Asked(("GATE002",)),
    "Signoff.by": Asked(("GATE002",)),
    "Signoff.on": Asked(("GATE002",)),
}
"""By model and field; in the order of the model."""
