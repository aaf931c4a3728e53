"""What the sheet says of the counter: where a step is taken, and how long it takes with rehearsals."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigncheck.messages import LANGS, Lang
from campaigncheck.sheets import docx, markdown, pdf, render, xlsx
from campaigncheck.sheets.counter import Counter, counter
from campaigncheck.sheets.labels import PAGE
from tests.sheets.pages import Parsed, catalogues, fitted, sheet
from tests.spec.specs import FULL

STEPS = [
    {"step": "explain_offer", "minutes": [3, 3, 3]},
    {"step": "pay", "minutes": [2, 2, 2], "halls": ["sc-cd-001"]},
    {"step": "sign", "channels": ["agent"]},
]
TRIALS = [{"hall": "sc-cd-001", "on": "2026-11-20", "seconds": [240] * 10}]


def test_steps_say_where_they_are_taken_and_the_total_is_that_of_the_slowest_hall() -> None:
    handling = {"steps": STEPS, "trials": TRIALS}
    found = counter(fitted({**FULL, "halls": [], "channels": ["hall", "agent"], "handling": handling}), catalogues())
    assert [[note.render("zh") for note in step.notes] for step in found.steps] == [
        [],
        ["只在成都春熙路营业厅"],
        ["只在代理点办理时"],
    ]
    assert found.total is not None
    assert found.total.render("zh").startswith("平均 4.5 分钟")


def shown(steps: list[Any], **more: Any) -> Counter:
    values = {**FULL, "halls": [], "channels": ["hall", "agent"], "handling": {"steps": steps, **more}}
    return counter(fitted(values), catalogues())


def parts(found: Counter, lang: Lang = "zh") -> list[str | None]:
    return [step.part.render(lang) if step.part else None for step in found.steps]


def test_each_step_says_what_it_takes_of_the_whole_as_a_bar_and_in_per_cent() -> None:
    assert parts(shown([*STEPS, {"step": "no_such"}])) == ["████████████ 60%", "████████ 40%", None, None]


def test_a_step_that_hardly_takes_any_time_has_a_bar_all_the_same() -> None:
    found = shown([{"step": "sign", "minutes": [9, 9, 9]}, {"step": "pay", "minutes": [0.1, 0.1, 0.1]}])
    assert parts(found) == ["████████████████████ 99%", "█ 1%"]


@given(st.lists(st.floats(0.1, 20), min_size=1, max_size=40))
def test_bars_are_as_long_as_the_time_is(weights: list[float]) -> None:
    found = parts(shown([{"step": "sign", "minutes": [weight] * 3} for weight in weights]))
    for weight, part in zip(weights, found, strict=True):
        assert part is not None
        assert part.count("█") == pytest.approx(max(1, 20 * weight / sum(weights)), abs=0.61)


@pytest.mark.parametrize("steps", [["no_such"], [{"step": "sign", "minutes": [0, 0, 0]}]])
def test_without_any_time_nothing_is_drawn_and_the_sheet_says_why(steps: list[Any]) -> None:
    found = shown(steps)
    assert found.picture is None
    assert found.untimed is not None
    said = found.untimed.render("zh")
    assert said == "这些步骤都没有用时，不知道办完一笔要多久。"
    made = sheet(fitted({**FULL, "handling": {"steps": steps}}))
    page = render.write(made, "zh")
    assert said in page
    assert "<svg" not in page
    assert said in str(markdown.write(made, "zh"))


def test_without_steps_nothing_is_drawn() -> None:
    found = shown([])
    assert (found.picture, found.untimed, found.total) == (None, None, None)
    assert found.instead is not None


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_draws_the_picture_beside_the_steps_and_the_total_below_it(lang: Lang) -> None:
    page = Parsed(render.write(sheet(fitted(FULL)), lang))
    assert [attributes["aria-label"] for tag, attributes in page.elements if tag == "svg"] == [
        {"zh": "柜台办一笔要多久", "en": "minutes at the counter"}[lang]
    ]
    (caption,) = page.all("figcaption")
    assert caption.startswith(PAGE["total"].zh if lang == "zh" else PAGE["total"].en)
    assert [tag for tag, _ in page.elements if tag == "tfoot"] == []


@pytest.mark.parametrize("count", [1, 40])
def test_the_printed_sheet_of_few_and_many_steps_has_the_picture_and_all_steps(count: int) -> None:
    steps = [{"step": "sign", "minutes": [0.1, 0.2, 0.3]}] * count
    said = "".join(
        page.extract_text()
        for page in PdfReader(BytesIO(pdf.write(sheet(fitted({**FULL, "handling": {"steps": steps}})), "zh"))).pages
    )
    assert "一般 " in said
    assert said.count("0.2（0.1–0.3）") == count


def test_office_formats_have_the_part_of_the_time_in_their_tables() -> None:
    made = sheet(fitted({**FULL, "halls": [], "handling": {"steps": [*STEPS, "no_such"]}}))
    (table,) = [table for table in Document(BytesIO(docx.write(made, "zh"))).tables if table.cell(0, 0).text == "#"]
    book = load_workbook(BytesIO(xlsx.write(made, "zh")))["柜台"]
    bars = ["占多少时间", "████████████ 60%", "████████ 40%", "—", "—"]
    assert [row.cells[3].text for row in table.rows] == bars
    assert [book.cell(row, 4).value for row in range(3, 8)] == bars
