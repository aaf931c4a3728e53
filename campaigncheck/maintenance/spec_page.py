"""The reference of the campaign spec, from the model: ``docs/reference/spec.md``, in Chinese as the model is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from campaigncheck.maintenance.shapes import shape
from campaigncheck.maintenance.spec_asked import ASKED
from campaigncheck.report.manual import anchor, rule_anchor
from campaigncheck.rulekit.rule import Rule
from campaigncheck.spec import model
from campaigncheck.spec.schema import campaign_schema

PARTS: dict[str, str] = {
    "Campaign": "营销案",
    "Owner": "owner 责任单位",
    "Period": "period 活动期",
    "Regions": "regions 地区",
    "Offer": "offers 优惠",
    "Price": "price 价格",
    "Gift": "gift 赠品",
    "CustomerText": "texts 宣传文字",
    "PreparedAnswer": "answers 应答口径",
    "FaqEntry": "faq 常见问答",
    "Handling": "handling 柜台办理",
    "StepUse": "steps 办理步骤",
    "Trial": "trials 计时演练",
    "Demand": "demand 预计办理量",
    "ReadinessItem": "readiness 支撑准备",
    "Support": "support 一线支撑",
    "Signoff": "signoffs 会签",
}
"""The parts of a spec in their order, with the headings under which they stand."""

_ELSEWHERE = {
    "audience": "列表，每项见 [客户条件怎么写](#客户条件怎么写)",
    "excludes": "列表，每项见 [产品和营销案的模式](#产品和营销案的模式)",
    "stacks_with": "列表，每项见 [产品和营销案的模式](#产品和营销案的模式)",
}
"""Fields whose content has a language of its own."""

_INTRO = """\
# 营销案的字段

一个 YAML 文件写一个营销案。没有写“必填”的字段都可以先不写；“检查”一栏说明哪些规则会看它、从哪个阶段起要有。\
格式不对（SPEC001、SPEC002）是错误，多写一个不认识的字段也是，会提示最像的那个。第一次写，先看[教程](../tutorial/marketing.md)；编辑器里的补全和说明来自 \
[JSON Schema](../schemas/campaign.schema.json)。

本页由模型生成（`python -m campaigncheck.maintenance.docs`）。

## 客户条件怎么写

`audience` 是一组一组的条件，满足任意一组即可，一组之内要全部满足。属性在 `rules/attributes.yaml` 里定。

| 写法 | 意思 |
|---|---|
| `brand: 全球通` | 等于 |
| `network: [4G, 5G]` | 其中之一 |
| `tenure_months: ">=12"`、`age: "<60"` | 范围；要加引号 |
| `monthly_spend: 58..128` | 从 58 到 128，两头都算 |
| `broadband: true` | 有；没有写 `false` |
| 不写 | 都可以 |

## 产品和营销案的模式

`excludes`、`stacks_with` 里写产品的编号，`*` 代表任意一段：`broadband.*` 是所有宽带；`campaign:sc-2026-*` 是编号这样开头的营销案。\
对不上任何东西的模式是错误。
"""


def spec_page(rules: Mapping[str, Rule]) -> str:
    """Write the page; ``rules`` are all rules by id."""
    schema = campaign_schema()
    definitions = {"Campaign": schema, **schema["$defs"]}
    anchors = {name: (title, anchor(title)) for name, title in PARTS.items()}
    sections = [_section(name, definitions[name], anchors, rules) for name in PARTS]
    return "\n".join((_INTRO, *sections))


def _section(
    name: str, schema: Mapping[str, Any], anchors: Mapping[str, tuple[str, str]], rules: Mapping[str, Rule]
) -> str:
    part: type[BaseModel] = getattr(model, name)
    lines = [f"## {PARTS[name]}", "", part.__doc__ or "", ""]
    lines += ["| 字段 | 是什么 | 怎么写 | 检查 |", "|---|---|---|---|"]
    for field, info in part.model_fields.items():
        written = _ELSEWHERE.get(field) or shape(schema["properties"][field], "zh", anchors)
        how = [written, *_default(info), *_example(info)]
        cells = (f"`{field}`", f"**{info.title}**<br>{info.description}", "<br>".join(how), _asked(name, field, rules))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _default(info: FieldInfo) -> Iterator[str]:
    if info.is_required():
        yield "**必填**"
        return
    value = info.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, (str, int, float)) and value != "":
        yield f"不写就是 `{value if isinstance(value, str) else json.dumps(value)}`"


def _example(info: FieldInfo) -> Iterator[str]:
    if info.examples:
        yield f"例：`{_yaml(info.examples[0])}`"


def _yaml(value: object) -> str:
    """Write a value as it stands in a spec, on one line."""
    if isinstance(value, str) and _is_day(value):
        return value
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False)
    return text.removesuffix("...\n").strip().replace("|", r"\|")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2027-01-15")


def _asked(part: str, field: str, rules: Mapping[str, Rule]) -> str:
    asked = ASKED[f"{part}.{field}"]
    need = [asked.need().render("zh")] if asked.need else []
    return "<br>".join([*need, *_links(asked.rules, rules)])


def _links(names: Iterable[str], rules: Mapping[str, Rule]) -> Iterator[str]:
    links = [f"[{name}](../rules.zh-CN.md#{rule_anchor(rules[name], 'zh')})" for name in names]
    if links:
        yield " ".join(links)
