"""Whatever a spec looks like, repairs leave everything else as it was, and a second time there is nothing to do."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.rulekit.sample import complete
from campaigncheck.source.yamlpass import parse
from tests.repair.repositories import repaired

TERMS = yaml.safe_load((Path(__file__).parents[2] / "rules/glossary.yaml").read_text("utf-8"))["terms"]
USED = ("低消", "FTTR", "阈值", "VoLTE")
PIECES = [
    *USED,
    "每月５８元",
    "网速３００Ｍ，",
    "很快。",
    "“阈值”",
    "（看这里）",
    "低消（每月至少要付的钱）",
    "a: b",
    "it's ",
    "\\n",
    "吗 #",
]
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
STYLES = ("plain", "'", '"', "|", ">")


@st.composite
def texts(draw: st.DrawFn, indent: int, flow: bool = False) -> str:
    """A text as it is written in YAML, on one line or several, with a comment where one may stand."""
    lines = draw(st.lists(SENTENCES, min_size=1, max_size=1 if flow else 3))
    style = draw(st.sampled_from(STYLES[1:3] if flow else STYLES))
    pad = "\n" + " " * indent
    if style in ("|", ">"):
        return f"{style}-{draw(st.sampled_from(['', ' # 注']))}{pad}{pad.join(lines)}"
    if style == '"':
        return (
            json.dumps(lines[0], ensure_ascii=False)[:-1]
            + "".join(pad + line.replace('"', "") for line in lines[1:]).replace("\\n", "")
            + '"'
        )
    text = pad.join(lines)
    return "'" + text.replace("'", "''") + "'" if style == "'" else re.sub(": | #", "", text)


@st.composite
def specs(draw: st.DrawFn) -> str:
    """A spec with terms and full-width figures in all kinds of places and styles."""
    parts = ["# 注：开头\nid: law # 注\n"]
    if draw(st.booleans()):
        parts.append(f"summary: {draw(texts(2))}\n# 注\n")
    parts.append("texts:\n")
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            parts.append(f"  - {{channel: poster, text: {draw(texts(4, flow=True))}}} # 注\n")
        else:
            parts.append(f"  # 注\n  - channel: poster # 注\n    text: {draw(texts(6))}\n")
    parts.append(f"faq:\n  - topic: price\n    q: {draw(texts(6))}\n    a: {draw(texts(6))}\n  # 注\n")
    if draw(st.booleans()):
        parts.append("terms: {光猫: 家里接光纤的小盒子} # 注\n")
    return complete("".join(parts))


def bare(text: str) -> str:
    """A text without what repairs add to it, and the blank before Chinese that goes when they do."""
    for term in USED:
        for words in (str(TERMS[term]["explain"]).rstrip("。"), TERMS[term]["plain"]):
            text = text.replace(f"（{words}）", "").replace(f"{words}；", "")
    return unicodedata.normalize("NFKC", re.sub("(?<=[^\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """All scalars of a value by path."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {at: leaf for step, item in items for at, leaf in leaves(item, (*path, step)).items()}
    return {path: value}


@settings(max_examples=40)
@given(specs())
def test_nothing_else_changes_and_a_second_time_nothing_does(text: str) -> None:
    with TemporaryDirectory() as folder:
        here = Path(folder)
        repair = repaired(here, {"law": text})
        after = repair.mended[0].after if repair.mended else text
        before_values, values = leaves(parse(text)), leaves(parse(after))
        added = values.keys() - before_values.keys()
        assert {path[0] for path in added} <= {"terms"}
        assert before_values.keys() <= values.keys()
        assert {path: bare(str(values[path])) for path in before_values} == {
            path: bare(str(leaf)) for path, leaf in before_values.items()
        }
        assert after.count("# 注") == text.count("# 注")
        again = repaired(here, {"law": after})
        assert again.mended == ()
        assert [left.message.render("zh") for left in again.refused] == [
            left.message.render("zh") for left in repair.refused
        ]
        open_still = [
            found for item in again.run.examined for found in item.located if found.problem.fixes or found.problem.left
        ]
        assert len(open_still) == len(again.refused)
