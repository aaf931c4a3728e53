"""The pictures: what is drawn is what is so, to the tenth; names are text; files have safe names and the same bytes."""

from __future__ import annotations

import builtins
import re
import struct
from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.drawing.canvas import WIDTH, Drawing, fitted, svg
from campaigncheck.drawing.scale import ticks
from campaigncheck.engine.errors import UsageError
from campaigncheck.forecast import picture_files, pictures
from campaigncheck.forecast.curve import Point
from campaigncheck.forecast.series import DayWait, HallDayWaits, HeatMonth, HeatRow, HourWait
from campaigncheck.messages import Lang
from tests.forecast.made import CURVE, GOLDEN, told
from tests.sheets.pages import PAYLOADS

REGENERATE = 'python -c "from tests.forecast.test_pictures import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the pictures is meant, and look at them."""
SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2027, 3, 31).toordinal()
PREMIUM = (HourWait(9, 0.26, 0.34, 5), HourWait(10, 2.34, 10.04, 10), HourWait(12, 0.1, 0.2, 5))
OTHER = (HourWait(9, 1.0, 2.0, 5), HourWait(10, 4.25, 17.46, 15), HourWait(12, 0.5, 5.0, 5))
HOURS = HallDayWaits("a1", "天府路营业厅", DAY, True, (PREMIUM, OTHER))
MONTH = HeatMonth(
    date(2027, 2, 1),
    (
        HeatRow("a1", "天府路营业厅", tuple(None if day < 4 else DayWait(day, 10) for day in range(28))),
        HeatRow("a2", "锦江国际金融中心旁边的旗舰营业厅", (DayWait(15, 15), DayWait(15.01, 15)) + (None,) * 26),
    ),
)
OUTPUTS: dict[str, Callable[[], Any]] = {
    "hours.zh.svg": lambda: svg(pictures.hours(HOURS, "zh"), "zh", "file"),
    "hours.en.svg": lambda: svg(pictures.hours(HOURS, "en"), "en", "file"),
    "days.zh.svg": lambda: svg(pictures.days(MONTH, "zh"), "zh", "file"),
    "days.en.svg": lambda: svg(pictures.days(MONTH, "en"), "en", "file"),
    "stress.zh.svg": lambda: svg(pictures.stress(CURVE, "zh"), "zh", "file"),
    "stress.en.svg": lambda: svg(pictures.stress(CURVE, "en"), "en", "file"),
}
MINUTES = st.floats(0, 500)


def regenerate() -> None:
    """Write the pictures anew."""
    for name, made in OUTPUTS.items():
        (GOLDEN / name).write_text(made(), encoding="utf-8", newline="")


def titles(drawing: Drawing) -> list[str]:
    return [box.title for box in (*drawing.boxes, *drawing.targets) if box.title]


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_picture_is_the_one_kept(name: str) -> None:
    kept, now = (GOLDEN / name).read_bytes().decode("utf-8"), str(OUTPUTS[name]())
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_hours_say_exactly_what_they_are() -> None:
    assert titles(pictures.hours(HOURS, "zh"))[1] == "10 点：不办活动 2.3 分钟，办活动 10.0 分钟，承诺 10 分钟"
    assert titles(pictures.hours(HOURS, "en"))[4] == "10:00: 4.2 min without, 17.5 min with campaigns, 15 min promised"
    assert len(titles(pictures.hours(HOURS, "en"))) == 6


def test_a_bar_over_its_promise_stands_out_and_one_that_reaches_it_does_not() -> None:
    drawn = [box.css for box in pictures.hours(HOURS, "zh").boxes][:12]
    assert drawn == ["before", "after", "before", "over", "before", "after"] * 2


def test_the_promise_is_one_line_as_long_as_it_stays_the_same() -> None:
    hours = tuple(HourWait(hour, 1, 2, 15 if hour in (10, 11) else 5) for hour in range(9, 14))
    lines = pictures.hours(HallDayWaits("a", "a", DAY, False, (hours, ())), "zh").lines
    assert [line.points for line in lines[:3]] == ["34,127.3 98,127.3", "98,66 226,66", "226,127.3 354,127.3"]


@given(st.lists(st.tuples(MINUTES, MINUTES, st.sampled_from([5.0, 10.0, 15.0])), min_size=1, max_size=15))
def test_bars_are_as_high_as_the_wait(given_: list[tuple[float, float, float]]) -> None:
    hours = tuple(HourWait(at, *figures) for at, figures in enumerate(given_, 9))
    drawing = pictures.hours(HallDayWaits("a", "a", DAY, False, (hours, hours)), "en")
    top = max(float(label.text) for label in drawing.labels if label.anchor == "end" and label.text != "min")
    assert top >= max(max(figures) for figures in given_)
    for at, hour in enumerate(hours):
        before, after = drawing.boxes[2 * at : 2 * at + 2]
        assert float(before.height) == pytest.approx(hour.before / top * 92, abs=0.11)
        assert float(after.height) == pytest.approx(hour.after / top * 92, abs=0.11)


def test_days_say_exactly_what_they_are() -> None:
    drawing = pictures.days(MONTH, "zh")
    assert titles(drawing)[0] == "天府路营业厅 2027-02-05：4.0 分钟，承诺 10 分钟（40%）"
    assert titles(drawing)[-2:] == [
        "锦江国际金融中心旁边的旗舰营业厅 2027-02-01：15.0 分钟，承诺 15 分钟（100%）",
        "锦江国际金融中心旁边的旗舰营业厅 2027-02-02：15.0 分钟，承诺 15 分钟（101%）",
    ]
    days = drawing.boxes[:28]
    assert [box.css for box in days] == ["none"] * 4 + ["u1"] * 2 + ["u2"] * 2 + ["u3"] * 3 + ["o0"] * 5 + [
        "o1"
    ] * 5 + ["o2"] * 7
    assert sum(label.css == "mark" for label in drawing.labels) == 17 + 1 + 3  # days, and the legend


@given(st.floats(0, 100))
def test_over_the_promise_is_over_100_per_cent_in_colour_and_figure(used: float) -> None:
    assert (used > 1) == (int(pictures.percent(used)) > 100) == pictures.colour(used).startswith("o")


def test_the_curve_says_exactly_what_it_is() -> None:
    drawing = pictures.stress(CURVE, "zh")
    assert titles(drawing)[3] == "1.00 倍：占承诺的 150%，守住 88% 的承诺"
    assert "最多 7,200 笔（0.80 倍）" in [label.text for label in drawing.labels]
    most, planned = (next(line for line in drawing.lines if line.css == css) for css in ("most", "planned"))
    assert (most.points, planned.points) == ("216.9,246 216.9,96", "262.6,246 262.6,96")


def test_a_curve_ends_where_it_leaves_the_picture() -> None:
    (curve,) = (line for line in pictures.stress(CURVE, "en").lines if line.css == "curve")
    last = curve.points.split(" ")[-1]
    assert last == "319.7,96"  # 1.25 times, where it is at 2.5
    assert all(96 <= float(point.split(",")[1]) <= 246 for point in curve.points.split(" "))


def test_a_curve_that_begins_beyond_the_picture_is_not_drawn() -> None:
    beyond = CURVE._replace(points=(Point(0.0, 9.0, 0.5), Point(1.0, 9.0, 0.5)))
    (curve,) = (line for line in pictures.stress(beyond, "en").lines if line.css == "curve")
    assert curve.points == ""


@given(st.floats(0.01, 1e6))
def test_ticks_reach_the_top_and_are_few_and_even(top: float) -> None:
    found = ticks(top)
    assert found[0] == 0
    assert found[-1] >= top * (1 - 1e-6)
    assert found[-2] < top
    assert 2 <= len(found) <= 6
    assert all(after - before == pytest.approx(found[1]) for before, after in pairwise(found))


@given(st.text(), st.floats(30, 400))
def test_a_text_that_has_no_room_is_cut(text: str, width: float) -> None:
    found = fitted(text, width, 11)
    assert len(found) <= max(width / 11 / 0.6, 1)
    assert "\n" not in found
    assert found.endswith("…") or len(found) == len(text)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_a_name_is_it_stays_text(payload: str, lang: Lang) -> None:
    drawings = [
        (pictures.hours(HOURS._replace(name=payload), lang), pictures.hours(HOURS, lang)),
        (pictures.days(_renamed(payload), lang), pictures.days(_renamed("平常"), lang)),
        (pictures.stress(CURVE._replace(title=payload, name=payload), lang), pictures.stress(CURVE, lang)),
    ]
    for hostile, tame in drawings:
        trees = [ElementTree.fromstring(svg(drawing, lang, "file")) for drawing in (hostile, tame)]
        shapes = [[(element.tag, sorted(element.attrib)) for element in tree.iter()] for tree in trees]
        assert shapes[0] == shapes[1]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(trees[0].itertext()))


def _renamed(name: str) -> HeatMonth:
    return MONTH._replace(rows=tuple(row._replace(name=name) for row in MONTH.rows))


@pytest.mark.parametrize("name", OUTPUTS)
def test_files_ask_for_nothing_from_outside(name: str) -> None:
    text = str(OUTPUTS[name]()).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|href|url\(|@import|<image|<script|<foreignObject", text)
    assert "var(" not in text


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_of_files_are_safe_and_never_shared(one: str, other: str) -> None:
    found = picture_files.safe(one)
    assert re.fullmatch(r"[0-9a-z_]+(-[0-9a-z_]+)*", found)
    assert len(found) <= 71
    assert (found == picture_files.safe(other)) == (one == other)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A1", "con", "a" * 300, ".", "天府", "a1-", "a/b"])
def test_names_that_lead_elsewhere_do_not(name: str) -> None:
    assert "/" not in picture_files.safe(name)
    assert (picture_files.safe(name) == name) == (name == "con")


def test_the_files_are_those_of_page_and_are_the_same_each_time() -> None:
    made = picture_files.made(told(), ["svg"], "zh")
    assert list(made) == [
        "days-2027-03.svg", "days-2027-04.svg", "hours-a1-2027-03-01.svg", "hours-b1-2027-03-01.svg",
        "counter-spring.svg", "stress-spring.svg",
    ]  # fmt: skip
    assert picture_files.made(told(), ["svg"], "zh") == made
    assert all(picture_files.PATTERN.fullmatch(name) for name in made)


def test_png_is_the_picture_three_times_as_large() -> None:
    drawing = pictures.hours(HOURS, "zh")
    text = str(svg(drawing, "zh", "file"))
    made = picture_files.png(text)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", made[16:24]) == (3 * WIDTH, 3 * round(drawing.height))
    assert picture_files.png(text) == made
    assert picture_files.png(text.replace("天府路营业厅", "天府路营业所")) != made


def test_without_the_package_png_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as caught:
        picture_files.png("<svg/>")
    assert caught.value.hint.render("en") == "Run pip install 'campaigncheck[pictures]', or use --picture-format svg."


def test_without_a_font_png_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_files, "_has_chinese", lambda: False)
    with pytest.raises(UsageError) as caught:
        picture_files.png("<svg/>")
    assert caught.value.message.render("en") == "no font on this machine has Chinese characters, so no PNG"
