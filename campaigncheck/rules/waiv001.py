"""WAIV001: an exception that does not hold. The engine reports it, once it knows all findings; see ``engine.waiving``."""

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import Rule, Sample

_ENTRY = (
    "- rule: TIME004\n  campaign: sample\n  reason: 系统要到四月才能合并两张单子\n  approver: 省公司服务部\n"
    "  expires: {expires}\n"
)
_TWICE = "handling: {steps: [{step: sign, times: 2}]}\n"

RULE = Rule(
    id="WAIV001",
    title=Text("例外不成立", "an exception that does not hold"),
    severity="error",
    why=Text(
        "过了期、没人担、对不上号的例外要是照样有效，就成了谁都能走的后门；没用的例外留着，下一个问题会悄悄从它那里溜过去。",
        "An exception that has ended, that nobody answers for or that fits nothing would be a back door; one that is of no use "
        "any more lets the next problem through unseen.",
    ),
    source=Text(
        "例外的约定：写明规则、营销案、原因、审批人和截止日，审批人要够级别。",
        "The convention for exceptions: rule, campaign, reason, approver and last day, and an approver of sufficient level.",
    ),
    passing=Sample(_TWICE, waivers=_ENTRY.format(expires="2027-03-31")),
    failing=Sample(_TWICE, waivers=_ENTRY.format(expires="2026-11-30"), places=((5, 12),)),
)
