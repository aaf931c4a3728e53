"""Real problems, one a spec, for the share of the corpus that shall not pass."""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple


class Fault(NamedTuple):
    """The rule that finds it, what is replaced in the spec, and by what."""

    rule: str
    pattern: re.Pattern[str]
    by: str


def _fault(rule: str, pattern: str, by: str) -> Fault:
    return Fault(rule, re.compile(pattern, re.MULTILINE), by)


FAULTS = (
    _fault("SPEC001", r"^stage: (\w+)$", r"stage: \1\nstage: \1"),
    _fault("SPEC001", r"^    confirm: twice$", "\tconfirm: twice"),
    _fault("SPEC002", r'^regions: \{include: \["(\d+)"', r"regions: {include: [\1"),
    _fault("SPEC002", r"^    confirm: twice$", "    confirms: twice"),
    _fault("SPEC002", r"^  uptake: (\d+)$", "  uptake: 大约一千"),
    _fault("SPEC004", r"^    product: (\w+)\.\S+$", r"    product: \1.unheard-of"),
    _fault("SPEC004", r"topic: dispute", "topic: complaint"),
    _fault("SPEC005", r"^period: \{start: (\S+), end: (\S+)\}$", r"period: {start: \2, end: \1}"),
    _fault("LANG001", r"好消息$", "好消息，套外流量不用愁"),
    _fault("LANG003", r"好消息$", "好消息，全网最低价"),
    _fault("FAQ002", r", a: [^}]{20,}\}$", ", a: 详见活动细则，具体请咨询当地营业厅。}"),
    _fault("TIME001", r"step: explain_offer, minutes: \[[^]]*\]", "step: explain_offer, minutes: [2, 4, 7]"),
    _fault("READY001", r"^  boss_config: .*\n", ""),
    _fault("READY004", r'(?s)^(channels: \[[^]]*h(?:all|otline)\b.*hours: )"08:00-20:00"', r'\1"10:00-16:00"'),
    _fault("SAFE001", r"^    confirm: twice$", "    confirm: once"),
    _fault("SAFE003", r"(per: month.*\n(?:    .*\n)*?)    cancel: \[.*\]$", r"\1    cancel: [outbound_call]"),
)


def spoil(spec: str, random: Random) -> str:
    """Put one problem into a spec."""
    fault = random.choice([fault for fault in FAULTS if fault.pattern.search(spec)])
    return fault.pattern.sub(fault.by, spec, count=1)
