"""The manual of the rules, from the rules themselves: the list, and a page for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from campaigncheck.catalogue.models import Policy
from campaigncheck.messages import Lang, Message, Text, figure
from campaigncheck.report.names import SEVERITIES
from campaigncheck.rulekit.rule import Rule, Sample

_SEVERITY = Text("级别：{severity}", "Severity: {severity}")
_SOFTENED = Text("级别：{severity}（{stages} 阶段算警告）", "Severity: {severity} (a warning at stage {stages})")
_WHY = Text("**为什么** {why}", "**Why** {why}")
_SOURCE = Text("**依据** {source}", "**Source** {source}")
_LIMITS = Text("**尺度**", "**Limits**")
_LIMIT = Text("- `{name}` = {value} {unit}：{source}", "- `{name}` = {value} {unit}: {source}")
_ASSUMED = Text("- `{name}` = {value} {unit}（假设）：{source}", "- `{name}` = {value} {unit} (assumption): {source}")
_COSTS = Text(
    "**费时** 每条结果都估算柜台要多花多少分钟，算法和假设见 docs/words-cost.zh-CN.md",
    "**Cost** Each finding tells the minutes it costs the counter: formula and assumptions in docs/words-cost.md",
)
_PASSES = Text("**通过的例子**", "**Passes**")
_FAILS = Text("**通不过的例子**", "**Fails**")
_AT = Text("**通不过的例子**（{places}）", "**Fails** ({places})")
_PLACE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
_OTHERS = Text("# 仓库里的另一个营销案", "# another campaign of the repository")
_FROM_HERE = Text("（{origin}）", " ({origin})")
_ORIGIN = Text("出处：{origin}", "From: {origin}")
_TITLE = Text("# 规则", "# Rules")
_INTRO = Text(
    "本页由规则本身生成（`python -m campaigncheck.maintenance.docs`）。例子只写相关的字段，其余字段照常填写；"
    "级别和尺度取自内置的 `rules/policy.yaml`。",
    "This page is generated from the rules themselves (`python -m campaigncheck.maintenance.docs`). Samples show only the "
    "fields that matter; severities and limits are those of the built-in `rules/policy.yaml`.",
)
_INDEX = Text("| 编号 | 级别 | 查什么 |\n|---|---|---|", "| id | severity | finds |\n|---|---|---|")
_NO_WORD = re.compile(r"[^\w\- ]")


def rule_list(rules: Iterable[Rule], policy: Policy, lang: Lang, origins: Mapping[str, Message] | None = None) -> str:
    """List the rules, one a line: id, severity, title; and where those that are not built in are from."""
    lines = []
    for rule in rules:
        severity = SEVERITIES[policy.severities[rule.id]]().render(lang)
        lines.append(
            f"{rule.id:<9} {severity}{' ' if lang == 'zh' else ' ' * (8 - len(severity))} {rule.title().render(lang)}"
        )
        if origins and rule.id in origins:
            lines[-1] += _FROM_HERE(origin=origins[rule.id]).render(lang)
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule, policy: Policy, lang: Lang, origin: Message | None = None) -> str:
    """Explain one rule in Markdown: why, source, limits, and a sample that passes and one that fails.

    ``origin`` is where it is from, if it is not built in.
    """
    parts = [
        f"## {_heading(rule, lang)}",
        _severity(rule, policy).render(lang),
        *([_ORIGIN(origin=origin).render(lang)] if origin else []),
        _WHY(why=rule.why).render(lang),
        _SOURCE(source=rule.source).render(lang),
        *_limits(rule, policy, lang),
        *([_COSTS().render(lang)] if rule.costs else []),
        _PASSES().render(lang),
        _sample(rule.passing, lang),
        _fails(rule.failing).render(lang),
        _sample(rule.failing, lang),
    ]
    return "\n\n".join(parts) + "\n"


def manual(rules: Iterable[Rule], policy: Policy, lang: Lang) -> str:
    """Write the whole manual: the committed ``docs/rules.md``."""
    listed = list(rules)
    index = [_INDEX().render(lang), *(_entry(rule, policy, lang) for rule in listed)]
    pages = [rule_page(rule, policy, lang) for rule in listed]
    return "\n".join([_TITLE().render(lang) + "\n", _INTRO().render(lang) + "\n", *index, "", *pages])


def anchor(heading: str) -> str:
    """Return how a heading is linked to: as code hosts make it, and the documentation site."""
    return _NO_WORD.sub("", heading.lower()).strip().replace(" ", "-")


def rule_anchor(rule: Rule, lang: Lang) -> str:
    """Return the anchor of a rule on the page with all rules."""
    return anchor(_heading(rule, lang))


def _heading(rule: Rule, lang: Lang) -> str:
    return f"{rule.id} {rule.title().render(lang)}"


def _entry(rule: Rule, policy: Policy, lang: Lang) -> str:
    severity = SEVERITIES[policy.severities[rule.id]]().render(lang)
    return f"| [{rule.id}](#{rule_anchor(rule, lang)}) | {severity} | {rule.title().render(lang)} |"


def _severity(rule: Rule, policy: Policy) -> Message:
    severity = policy.severities[rule.id]
    stages = [name for name, stage in policy.stages.items() if rule.family in stage.soften and severity == "error"]
    shown = SEVERITIES[severity]
    return _SOFTENED(severity=shown, stages=stages) if stages else _SEVERITY(severity=shown)


def _limits(rule: Rule, policy: Policy, lang: Lang) -> Iterator[str]:
    if not rule.limits:
        return
    lines = [_LIMITS().render(lang), ""]
    for name in rule.limits:
        limit = policy.limits[name]
        text = _ASSUMED if limit.assumption else _LIMIT
        value = figure(limit.value)
        lines.append(text(name=name, value=value, unit=limit.unit.text, source=limit.source).render(lang))
    yield "\n".join(lines)


def _fails(sample: Sample) -> Message:
    places = [_PLACE(line=line, column=column) for line, column in sample.places]
    return _AT(places=places) if places else _FAILS()


def _sample(sample: Sample, lang: Lang) -> str:
    texts = [sample.spec, *(f"{_OTHERS().render(lang)}\n{other}" for other in sample.others)]
    return "```yaml\n" + "---\n".join(texts) + "```"
