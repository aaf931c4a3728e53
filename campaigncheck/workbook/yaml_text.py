"""Writes a spec as YAML the way its own are written: in the order of the schema, with a line about each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from campaigncheck.messages import Lang, Text
from campaigncheck.source.written import entry_lines, reads
from campaigncheck.spec.model import Campaign

_ABOUT = {
    "stage": Text("走到哪一步", "How far it is"),
    "period": Text("什么时候、在哪里、给谁", "When, where and for whom"),
    "offers": Text("优惠", "The offers"),
    "texts": Text("客户会看到或听到的每一句话", "Everything that customers read or hear"),
    "terms": Text("术语用大白话解释", "Terms in plain words"),
    "answers": Text("容易误解的说法怎么解释", "What can be misread, and what to say"),
    "facts": Text("正文里可以出现的其他数字", "Further figures that texts may state"),
    "faq": Text("客户会问什么，怎么答", "What customers ask, and the answers"),
    "handling": Text("在柜台怎么办", "What is done at the counter"),
    "demand": Text("多少人会来办、来问", "How many will order and ask"),
    "readiness": Text("支撑准备：谁负责、哪天完成", "Support: who does what, and when it is done"),
    "signoffs": Text("会签", "Sign-offs"),
}
_ONE_BELOW_THE_OTHER = frozenset({"offers", "texts", "answers", "faq", "handling", "readiness", "signoffs", "audience"})


def spec_text(values: Mapping[str, Any], lang: Lang) -> str:
    """Return the YAML of a spec."""
    ordered = {name: values[name] for name in Campaign.model_fields if name in values}
    text = "\n".join(line for name, value in ordered.items() for line in _part(name, value, lang)) + "\n"
    assert reads(text, ordered), "what was written does not read back"
    return text


def _part(name: str, value: Any, lang: Lang) -> Iterator[str]:
    about = _ABOUT.get(name)
    if about is not None:
        yield ""
        yield f"# {about().render(lang)}"
    yield from entry_lines(f"{name}:", value, name in _ONE_BELOW_THE_OTHER, 2)
