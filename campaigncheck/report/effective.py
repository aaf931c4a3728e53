"""The policy as it holds in one region, and where each value of it is written: text for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from rich.cells import cell_len

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.catalogue.origins import WORDS, Held, Layer
from campaigncheck.catalogue.policies import LEVEL_NAMES
from campaigncheck.messages import Lang, Message, Text, figure, show
from campaigncheck.report.names import SEVERITIES
from campaigncheck.rulekit.rule import Rule

VERSION = 1

_TITLE = Text(
    "{code}（{name}）的尺度。标 * 的和内置的不一样。",
    "The policy in {code} ({name}). What is marked * differs from what is built in.",
)
_COUNTS_AS = Text("{code}（{name}）按所在的城市算。", "{code} ({name}) counts as its city.")
_ALL_BUILT_IN = Text("全部是内置的尺度。", "All of it is built in.")
_SECTIONS = {
    "severities": Text("级别", "Severities"),
    "limits": Text("上限和估计", "Limits and estimates"),
    "hours": Text("没有数据时的营业和接听时间", "Opening hours where no data says otherwise"),
    "stages": Text("阶段", "Stages"),
    "approvers": Text("例外的审批人", "Who may approve exceptions"),
    "terms": Text("本地加的术语（LANG001）", "Terms that the region adds (LANG001)"),
    "ambiguous": Text(
        "本地加的容易误会的说法（LANG002）", "Phrases that can be misread, added by the region (LANG002)"
    ),
    "forbidden": Text("本地加的禁用语（LANG003）", "Forbidden wording that the region adds (LANG003)"),
    "conditional": Text(
        "本地加的要写明条件的说法（LANG005）", "Wording that needs its condition, added by the region (LANG005)"
    ),
}
_OF_RULE = {"LANG001": "terms", "LANG002": "ambiguous", "LANG003": "forbidden", "LANG005": "conditional"}
"""Rules that look for words, and the section that theirs are in."""

_WITH_UNIT = Text("{value} {unit}", "{value} {unit}")
_SOFTENED = Text("{families} 的错误算警告", "errors of {families} are warnings")
_IN_FULL = Text("全部照算", "everything counts in full")
_FINISHED = Text("证据要齐", "all evidence is needed")
_BUILT_IN = Text("内置 {place}", "built-in {place}")
_OF_LEVEL = Text("{place}（{level}）", "{place} ({level})")
_BEFORE = Text("{level} {value}", "{level}: {value}")
_COUNTRY = Text("全国", "the country")
_BUILT = Text("内置", "built in")
_NOT_BUILT = Text("内置没有", "not built in")
_LOOSENABLE = Text("本级可以放宽", "may be loosened here")
_ASSUMED = Text("假设", "assumption")
_REMARKS = Text("；{remarks}", "; {remarks}")


class Policy(NamedTuple):
    """What holds in a region: ``asked`` for by this code, which counts as ``region``."""

    asked: str
    region: str
    items: tuple[Held, ...]
    regions: RegionTree

    @classmethod
    def of(cls, asked: str, items: Iterable[Held], regions: RegionTree, rule: Rule | None = None) -> Policy:
        """Keep what a rule asks for, or everything; a county counts as its city."""
        region = regions.city(asked) or asked
        return cls(asked, region, tuple(item for item in items if rule is None or _asks(rule, item)), regions)


def _asks(rule: Rule, item: Held) -> bool:
    if item.section == "severities":
        return item.name == rule.id
    if item.section == "limits":
        return item.name in rule.figures
    if item.section == "stages":
        return rule.family in (item.layer.value.get("soften") or ())
    return item.section in WORDS and item.section == _OF_RULE.get(rule.id)


def text(policy: Policy, lang: Lang) -> str:
    """Write a line for each value: whether it differs, its name, what it is, where that is written, what it was above."""
    name = policy.regions.name
    lines = [_TITLE(code=policy.region, name=name(policy.region)).render(lang)]
    if policy.region != policy.asked:
        lines.append(_COUNTS_AS(code=policy.asked, name=name(policy.asked)).render(lang))
    if not any(item.differs for item in policy.items):
        lines.append(_ALL_BUILT_IN().render(lang))
    for section, items in groupby(policy.items, key=lambda item: item.section):
        lines += ["", _SECTIONS[section]().render(lang), *_rows(list(items), policy, lang)]
    return "\n".join(lines) + "\n"


def _rows(items: Sequence[Held], policy: Policy, lang: Lang) -> Iterator[str]:
    rows = [(item.name, show(_value(item, item.layer), lang), _origin(item, policy, lang)) for item in items]
    names, values = (max(cell_len(row[column]) for row in rows) for column in (0, 1))
    for item, (name, value, origin) in zip(items, rows, strict=True):
        mark = "*" if item.differs else " "
        yield f"{mark} {_padded(name, names)}  {_padded(value, values)}  {origin}".rstrip()


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - cell_len(cell))


def _value(item: Held, layer: Layer) -> object:
    """Say a value as people read it."""
    if item.section == "limits":
        return _WITH_UNIT(value=figure(layer.value), unit=item.unit or "")
    if item.section == "stages":
        return _stage(layer.value)
    if item.section == "approvers":
        return LEVEL_NAMES[layer.value]
    return SEVERITIES.get(layer.value, layer.value)


def _stage(value: dict[str, Any]) -> Message:
    families = value.get("soften") or []
    if families:
        return _SOFTENED(families=families)
    return _FINISHED() if value.get("finished") else _IN_FULL()


def _origin(item: Held, policy: Policy, lang: Lang) -> str:
    """Say where a value is written, and what the layers below it say."""
    layer = item.layer
    place = f"{layer.path}:{layer.line}" if layer.line is not None else layer.path
    told = _BUILT_IN(place=place) if layer.builtin else _OF_LEVEL(place=place, level=_level(layer, policy))
    remarks: list[object] = [_BEFORE(level=_level(low, policy), value=_value(item, low)) for low in item.layers[1:]]
    if item.differs and not any(low.builtin for low in item.layers):
        built_in = item.builtin
        remarks.append(_BEFORE(level=_BUILT, value=_value(item, built_in)) if built_in else _NOT_BUILT())
    remarks += [_ASSUMED()] if layer.assumption else []
    remarks += [_LOOSENABLE()] if item.loosenable else []
    return told.render(lang) + (_REMARKS(remarks=remarks).render(lang) if remarks else "")


def _level(layer: Layer, policy: Policy) -> Text | str:
    if layer.builtin:
        return _BUILT
    return _COUNTRY if layer.level == COUNTRY else policy.regions.name(layer.level)


def data(policy: Policy, lang: Lang) -> dict[str, Any]:
    """Return what holds as plain data; units are in the language asked for."""
    found: dict[str, Any] = {
        "version": VERSION,
        "region": {"code": policy.region, "name": policy.regions.name(policy.region), "asked": policy.asked},
    }
    for section in _SECTIONS:
        items = [item for item in policy.items if item.section == section]
        if items:
            found[section] = [_item(item, lang) for item in items]
    return found


def _item(item: Held, lang: Lang) -> dict[str, Any]:
    first, *others = item.layers
    return {
        "name": item.name,
        "value": first.value,
        **({"unit": item.unit().render(lang)} if item.unit else {}),
        "differs": item.differs,
        "loosenable": item.loosenable,
        **({"source": first.source, "assumption": first.assumption} if first.source is not None else {}),
        "origin": _layer(first),
        "overrides": [{"value": layer.value, **_layer(layer)} for layer in others],
        "builtin": item.builtin.value if item.builtin else None,
    }


def _layer(layer: Layer) -> dict[str, Any]:
    place = {"path": layer.path, "line": layer.line, "column": layer.column}
    return {"level": layer.level, "builtin": layer.builtin, **place}


def write_json(policy: Policy, lang: Lang) -> str:
    """Write what holds as JSON."""
    return json.dumps(data(policy, lang), ensure_ascii=False, indent=2) + "\n"
