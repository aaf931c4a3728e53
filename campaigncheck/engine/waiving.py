"""Applies exceptions to findings: the one place that decides whether a finding passes, and which exceptions do not hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from campaigncheck.catalogue.models import LEVELS, Severity
from campaigncheck.catalogue.policies import LEVEL_NAMES, Policies
from campaigncheck.catalogue.waivers import Waiver, WaiverFault, Waivers, is_over
from campaigncheck.engine.errors import RULES_LIST_HINT, UNKNOWN_RULE
from campaigncheck.engine.finding import ALWAYS_HOLD, Finding, RelatedPlace, Waived
from campaigncheck.engine.identity import Values, facts_of
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name

WAIV001 = "WAIV001"

_MEANT_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_FIXED = Text("{rule} 不能有例外", "no exception can be made from {rule}")
_FIXED_HINT = Text("删掉这一条，把问题改好。", "Delete the entry and mend the problem.")
_NO_CAMPAIGN = Text("仓库里没有营销案“{campaign}”", "there is no campaign “{campaign}” in the repository")
_NO_CAMPAIGN_HINT = Text("营销案已经删了，就把这一条也删掉。", "If the campaign is gone, delete the entry too.")
_NO_APPROVER = Text("审批人“{approver}”没有写在检查尺度里", "the approver “{approver}” is not in the policy")
_NO_APPROVER_HINT = Text(
    "policy.yaml 里能批准的有：{names}。", "Those who may grant exceptions, by policy.yaml: {names}."
)
_TOO_LOW = Text(
    "“{approver}”是{level}一级的，{rule} 要{needed}一级才能批准",
    "“{approver}” is of the {level}; an exception from {rule} takes the {needed}",
)
_TOO_LOW_HINT = Text("请{names}批准，或者把问题改好。", "Ask {names}, or mend the problem.")
_NOBODY_HINT = Text(
    "policy.yaml 里还没有{level}一级的审批人；先把问题改好，或者请管尺度的人加上。",
    "policy.yaml names nobody of the {level} yet: mend the problem, or have whoever keeps the policy add somebody.",
)
_ENDED = Text("例外已于 {expires} 到期，不再有效", "the exception ended on {expires} and no longer holds")
_ENDED_HINT = Text(
    "问题改好了就删掉这一条；没改好，要重新批准，写新的截止日。",
    "Delete the entry if the problem is mended; if not, it takes a new approval with a new last day.",
)
_NOTHING = Text(
    "这条例外什么也没有对上：{campaign} 没有这样的 {rule}", "the exception fits nothing: {campaign} has no such {rule}"
)
_NOTHING_HINT = Text("问题已经没有了，删掉这一条。", "The problem is gone: delete the entry.")
_ELSEWHERE_HINT = Text(
    "{campaign} 的 {rule} 在 {places}；看看是不是 pointer 或 related 写错了，不是就删掉这一条。",
    "{campaign} has {rule} at {places}: see whether pointer or related is wrong; if not, delete the entry.",
)
_CHANGED = Text(
    "准许以后内容变了，例外自动失效：{campaign} 的 {rule} 说的已经不是当时那些值",
    "what the exception was granted on has changed, so it is void: {rule} of {campaign} is about other values now",
)
_CHANGED_HINT = Text(
    "请审批人看过现在的内容再批；同意的话，facts 写成 {facts}。",
    "Ask the approver to look at it as it is now; if agreed, write facts: {facts}.",
)
_HERE = Text("现在是这样", "as it is now")


class Checked(NamedTuple):
    """What a run has looked at, so that exceptions that fit nothing can be told.

    ``known`` are all campaigns of the repository with the region of their owner (empty: unknown), ``judged`` those whose
    findings are complete, ``rules`` the rules that ran on them, ``all_rules`` those there are.
    """

    known: dict[str, str]
    judged: Collection[str]
    rules: Collection[str]
    all_rules: Collection[str]


class Exceptions(NamedTuple):
    """The exceptions of a run with what decides about them; ``severity`` gives that of WAIV001 where an owner is."""

    waivers: Waivers
    policies: Policies
    today: date
    checked: Checked
    values: Values
    severity: Callable[[str], Severity]

    def apply(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings, those that an exception covers marked, and with them the exceptions that do not hold."""
        by_name: dict[tuple[str, str], list[int]] = {}
        for index, finding in enumerate(findings):
            by_name.setdefault((finding.rule, finding.campaign), []).append(index)
        marked = list(findings)
        wrong = [self._of_fault(fault) for fault in self.waivers.faults if self._concerns(fault.campaign)]
        for waiver in self.waivers.entries:
            there = by_name.get((waiver.entry.rule, waiver.entry.campaign), [])
            faults = list(self._judge(waiver, marked, there))
            wrong += faults if self._concerns(waiver.entry.campaign) else []
        return marked + (wrong if WAIV001 in self.checked.rules else [])

    def _concerns(self, campaign: str) -> bool:
        """Whether an entry is about a campaign that was asked for, or about none there is."""
        return campaign in self.checked.judged or campaign not in self.checked.known

    def _judge(self, waiver: Waiver, findings: list[Finding], there: Sequence[int]) -> Iterator[Finding]:
        """Mark the findings that an exception covers; yield what keeps it from holding."""
        entry = waiver.entry
        faults = list(self._faults(waiver))
        if faults:
            yield from faults
            return
        fitting = [index for index in there if _fits(waiver, findings[index])]
        if not fitting:
            yield from self._useless(waiver, [findings[index] for index in there])
            return
        held = [index for index in fitting if entry.facts in (None, facts_of(findings[index], self.values))]
        if not held:
            yield self._stale(waiver, findings[fitting[0]])
        granted = Waived(entry.reason, entry.approver, entry.expires, self.waivers.path, waiver.line)
        for index in held:
            findings[index] = replace(findings[index], waived=_longer(granted, findings[index].waived))

    def _faults(self, waiver: Waiver) -> Iterator[Finding]:
        """Yield what is wrong with an exception whatever the findings are."""
        entry, checked = waiver.entry, self.checked
        if entry.rule.startswith(ALWAYS_HOLD):
            yield self._finding(waiver, "rule", _FIXED(rule=entry.rule), _FIXED_HINT())
        elif entry.rule not in checked.all_rules:
            hint = _nearest(entry.rule, checked.all_rules, RULES_LIST_HINT())
            yield self._finding(waiver, "rule", UNKNOWN_RULE(name=entry.rule), hint)
        if entry.campaign not in checked.known:
            hint = _nearest(entry.campaign, checked.known, _NO_CAMPAIGN_HINT())
            yield self._finding(waiver, "campaign", _NO_CAMPAIGN(campaign=entry.campaign), hint)
        else:
            yield from self._authority(waiver)
        if is_over(entry, self.today):
            yield self._finding(waiver, "expires", _ENDED(expires=entry.expires), _ENDED_HINT())

    def _authority(self, waiver: Waiver) -> Iterator[Finding]:
        """Yield an approver whom the policy does not know, or whose level is too low."""
        entry, owner = waiver.entry, self.checked.known[waiver.entry.campaign]
        if not owner:  # the spec cannot be read, so nobody knows whose it is
            return
        level = self.policies.approver(entry.approver, owner)
        needed = self.policies.authority(entry.rule, owner)
        able = self.policies.approvers(owner, needed)
        if level is None:
            hint = _NO_APPROVER_HINT(names=able) if able else _NOBODY_HINT(level=LEVEL_NAMES[needed])
            yield self._finding(waiver, "approver", _NO_APPROVER(approver=entry.approver), hint)
        elif LEVELS.index(level) > LEVELS.index(needed):
            names = {"level": LEVEL_NAMES[level], "needed": LEVEL_NAMES[needed]}
            message = _TOO_LOW(approver=entry.approver, rule=entry.rule, **names)
            hint = _TOO_LOW_HINT(names=able) if able else _NOBODY_HINT(level=LEVEL_NAMES[needed])
            yield self._finding(waiver, "approver", message, hint)

    def _useless(self, waiver: Waiver, others: Sequence[Finding]) -> Iterator[Finding]:
        """Yield an exception that fits nothing, where the run would have found what it is for."""
        entry, checked = waiver.entry, self.checked
        if entry.rule not in checked.rules or entry.campaign not in checked.judged:
            return
        message = _NOTHING(campaign=entry.campaign, rule=entry.rule)
        hint = _NOTHING_HINT()
        if others:
            places = [f"{item.path}:{item.place.line} ({item.pointer or '/'})" for item in others]
            hint = _ELSEWHERE_HINT(campaign=entry.campaign, rule=entry.rule, places=places)
        yield self._finding(waiver, "rule", message, hint, others)

    def _stale(self, waiver: Waiver, finding: Finding) -> Finding:
        message = _CHANGED(campaign=waiver.entry.campaign, rule=waiver.entry.rule)
        hint = _CHANGED_HINT(facts=facts_of(finding, self.values))
        return self._finding(waiver, waiver.digest, message, hint, [finding])

    def _finding(
        self, waiver: Waiver, key: str, message: Message, hint: Message, about: Iterable[Finding] = ()
    ) -> Finding:
        campaign = waiver.entry.campaign
        related = tuple(RelatedPlace(item.campaign, item.path, item.place, _HERE(), item.pointer) for item in about)
        return Finding(
            WAIV001, self.severity(self.checked.known.get(campaign, "")), campaign, self.waivers.path,
            self.waivers.place(waiver.position, key), f"/{waiver.position}/{key}", message, hint, related,
        )  # fmt: skip

    def _of_fault(self, fault: WaiverFault) -> Finding:
        owner = self.checked.known.get(fault.campaign, "")
        return Finding(
            WAIV001, self.severity(owner), fault.campaign, self.waivers.path,
            fault.place, fault.pointer, fault.message, fault.hint,
        )  # fmt: skip


def _fits(waiver: Waiver, finding: Finding) -> bool:
    """Whether a finding of the rule and campaign is one that an exception is for."""
    entry = waiver.entry
    if entry.pointer and finding.pointer != entry.pointer and not finding.pointer.startswith(entry.pointer + "/"):
        return False
    return entry.related is None or any(item.campaign == entry.related for item in finding.related)


def _longer(granted: Waived, known: Waived | None) -> Waived:
    """Return the exception that lasts longer, of two alike the first; which one is told does not hang on their order."""
    if known is None:
        return granted
    return max(known, granted, key=lambda item: (item.expires, item.approver, item.reason))


def _nearest(name: str, names: Iterable[str], otherwise: Message) -> Message:
    nearest = nearest_name(name, names)
    return _MEANT_HINT(nearest=nearest) if nearest else otherwise
