"""The picture of a handling time: exact files, figures where they belong, names that stay text whatever they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from campaigncheck.drawing.canvas import Drawing, style, svg
from campaigncheck.handling.counter import counter_time
from campaigncheck.handling.picture import MOST, Limits, Pictured, counter, percent, small
from campaigncheck.handling.shape import shapes
from campaigncheck.messages import Lang, Text
from tests.handling.test_counter import campaign, fixed, pay, trial
from tests.handling.test_shape import time
from tests.sheets.pages import PAYLOADS, catalogues
from tests.sheets.test_pages import _luminance

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = 'python -c "from tests.handling.test_picture import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the picture is meant, and look at it."""
NAMES = {name: item.name.text for name, item in catalogues().steps.steps.items()}
STEPS = ["verify_identity", {"step": "explain_offer", "minutes": [1, 1.5, 3]}, {"step": "sign", "times": 2}, "pay"]
LIMITS = Limits(4, 6)
TRIALS = [trial("sc-cd-002", 240, 250, 300, 400, 330, 340, 280, 290, 500, 310)]


def plain(title: str = "迎春宽带提速") -> Pictured:
    return Pictured(title, shapes(time(STEPS, []), 6), NAMES, {}, LIMITS)


def places(name: str = "成都宽窄巷营业厅") -> Pictured:
    uses = [*STEPS, {"step": "book_installer", "minutes": [2, 3, 4], "halls": ["sc-cd-002"]}]
    found = shapes(counter_time(campaign(uses, TRIALS), catalogues()), 6)
    return Pictured("迎春宽带提速", found, NAMES, {"sc-cd-002": name}, LIMITS)


DRAWN: dict[str, Callable[[Lang], Drawing]] = {
    "plain": lambda lang: counter(plain(), lang),
    "places": lambda lang: counter(places(), lang),
    "small": lambda lang: small(places(), lang),
}
FILES = {f"{name}.{lang}.svg": (name, lang) for name in DRAWN for lang in get_args(Lang)}


def made(file: str) -> Markup:
    name, lang = FILES[file]
    return svg(DRAWN[name](lang), lang, "file")


def regenerate() -> None:
    """Write the pictures anew."""
    for file in FILES:
        (GOLDEN / file).write_text(made(file), encoding="utf-8", newline="")


def labels(drawing: Drawing) -> list[str]:
    return [label.text for label in drawing.labels]


def boxes(drawing: Drawing) -> list[Any]:
    return [box for box in drawing.boxes if box.title]


@pytest.mark.parametrize("file", FILES)
def test_the_picture_is_the_one_kept(file: str) -> None:
    kept, now = (GOLDEN / file).read_bytes().decode("utf-8"), str(made(file))
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{file}", f"now/{file}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == set(FILES)


def test_it_is_told_to_those_who_do_not_see_it() -> None:
    drawing = counter(plain(), "zh")
    assert drawing.title == "迎春宽带提速：柜台办一笔要多久"
    assert drawing.description == (
        "平均 3.4 分钟、八成在 3.8 分钟以内、九成在 4.0 分钟以内、标准：平均 4 分钟、标准：九成在 6 分钟以内。步骤加起来平均 3.4 分钟："
        "核对身份 0.5 分钟（16%）、讲清优惠 1.7 分钟（49%）、签字 0.7 分钟（19%）、收款 0.5 分钟（16%）。"
    )
    tree = ElementTree.fromstring(svg(drawing, "zh", "file"))
    assert [element.text for element in tree if element.tag.endswith("}desc")] == [drawing.description]
    assert (tree.get("role"), tree.get("aria-label")) == ("img", drawing.title)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_mark_has_a_line_in_the_picture_and_one_beside_its_words(lang: Lang) -> None:
    drawing = counter(plain(), lang)
    figures = plain().shapes[0].estimate
    for css, minutes in (("mean", figures.mean), ("p80", figures.p80), ("p90", figures.p90)):
        inside, beside = [line.points for line in drawing.lines if line.css == css]
        x = 8 + minutes / plain().shapes[0].end * 344
        assert inside == f"{x:.1f},30 {x:.1f},108"
        assert beside.startswith(f"{x:.1f},")
    assert sum(line.css == "promise" for line in drawing.lines) == 4


def test_no_words_lie_over_one_another() -> None:
    for drawing in (counter(places(), "en"), counter(plain(), "zh"), small(places(), "en"), small(plain(), "zh")):
        rows = [(label.y, label.anchor) for label in drawing.labels if label.css == "label"]
        assert len(set(rows)) == len(rows)


def test_the_small_one_says_what_the_front_line_has_to_know() -> None:
    assert labels(small(plain(), "zh"))[-7:-4] == [
        "一般 3.4 分钟左右",
        "十位里有一位超过 4.0 分钟",
        "步骤加起来平均 3.4 分钟",
    ]
    assert "one in ten over 4.0 min" in labels(small(plain(), "en"))
    assert small(plain(), "en").width == 210
    assert "slowest: 成都宽窄巷营业厅" in labels(small(places(), "en"))


def test_what_was_timed_and_which_halls_are_told() -> None:
    said = labels(counter(places(), "zh"))
    for text in (
        "按步骤估计",
        "试办 10 笔量到的",
        "最慢：成都宽窄巷营业厅",
        "最快，平均 3.4 分钟：没有单列步骤的营业厅",
    ):
        assert text in said
    drawn = [line.css for line in counter(places(), "zh").lines]
    assert (drawn.count("area"), drawn.count("timed"), drawn.count("other")) == (2, 2, 2)


def test_what_is_not_drawn_is_told() -> None:
    found = shapes(time([fixed(3)], [200.0] * 9 + [3600.0]))
    assert "另有 5% 要更久，没有画出来" in labels(counter(Pictured("x", found, NAMES, {}), "zh"))


def test_halls_of_which_there_are_many_are_counted() -> None:
    halls = ["sc-cd-001", "sc-cd-002", "sc-cd-003"]
    found = shapes(counter_time(campaign([fixed(3), pay(2, halls=halls)]), catalogues()))
    said = labels(counter(Pictured("x", found, NAMES, {"sc-cd-001": "春熙路"}), "en"))
    assert "slowest: 春熙路 and others, 3 halls" in said


@pytest.mark.parametrize("draw", [counter, small])
def test_of_forty_steps_the_heaviest_are_drawn_and_the_others_counted(draw: Callable[..., Drawing]) -> None:
    uses = [fixed(1 + at / 100) for at in range(40)]
    drawing = draw(Pictured("x", shapes(time(uses, [])), NAMES, {}), "zh")
    drawn = boxes(drawing)
    assert len(drawn) == MOST
    assert drawn[-1].title == "其余 33 步 38.3 分钟（80%）"
    assert drawn[0].title == "讲清优惠 1.3 分钟（3%）"
    assert sum(float(box.width) for box in drawn) == pytest.approx(drawing.width - 16, abs=0.5)


def test_a_single_step_is_the_whole() -> None:
    (box,) = boxes(counter(Pictured("x", shapes(time([fixed(3)], [])), NAMES, {}), "zh"))
    assert (box.title, box.width) == ("讲清优惠 3.0 分钟（100%）", "344")


@pytest.mark.parametrize("payload", [*PAYLOADS, "很长的名字" * 60])
@pytest.mark.parametrize("lang", get_args(Lang))
def test_whatever_a_name_is_it_stays_text(payload: str, lang: Lang) -> None:
    said = payload.replace("{", "{{").replace("}", "}}")
    names = dict.fromkeys(NAMES, Text(said, said))
    hostile = places(payload)._replace(title=payload, names=names)
    for draw, tame in (
        (counter(hostile, lang), counter(places(), lang)),
        (small(hostile, lang), small(places(), lang)),
    ):
        trees = [ElementTree.fromstring(svg(drawing, lang, "file")) for drawing in (draw, tame)]
        shapes_ = [[(element.tag, sorted(element.attrib)) for element in tree.iter()] for tree in trees]
        assert shapes_[0] == shapes_[1]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(trees[0].itertext()))
        assert draw.height == tame.height
        assert all(len(label.text) < 80 for label in draw.labels)


@pytest.mark.parametrize("file", FILES)
def test_files_ask_for_nothing_from_outside(file: str) -> None:
    text = str(made(file)).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|href|url\(|@import|<image|<script|<foreignObject|var\(", text)


def colour(css: str, name: str, property_: str) -> str:
    """Return the colour that a class has last in a style."""
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", css)
    found = [
        match[1]
        for selectors, body in rules
        if f".{name}" in re.split(r"[\s,]+", selectors)
        for match in [re.search(rf"(?:^|[\s;]){property_}: (#\w+)", body)]
        if match
    ]
    return found[-1]


@pytest.mark.parametrize(("dark", "ground"), [(False, "#fff"), (True, "#14181d")])
def test_colours_can_be_told_apart(dark: bool, ground: str) -> None:
    """WCAG 2.2 AA: 3 to 1 for what is drawn, 4.5 to 1 for what is written."""
    css = str(style("drawing")) + (str(style("dark")) if dark else "")
    lines = [
        colour(css, name, "stroke") for name in ("area", "other", "mean", "p80", "p90", "promise", "s0", "s1", "rest")
    ]
    pairs = [(line, ground, 3.0) for line in lines]
    pairs += [
        (colour(css, name, "stroke"), colour(css, "area", "fill"), 3.0) for name in ("mean", "p80", "p90", "promise")
    ]
    pairs.append((colour(css, "on", "fill"), colour(css, "s0", "fill"), 4.5))
    pairs.append((colour(css, "soft", "fill"), ground, 4.5))
    for one, other, least in pairs:
        light, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
        assert (light + 0.05) / (dim + 0.05) >= least, (one, other)


def test_a_share_is_rounded() -> None:
    assert [percent(part, 4) for part in (1, 0.01, 4)] == [25, 0, 100]
