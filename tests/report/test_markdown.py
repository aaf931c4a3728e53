"""The comment for a pull request, read by GitHub's own parser: nothing in it but what this program put there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.messages import LANGS, Lang
from campaigncheck.report.gfm import BREAK, code, escape, one_line
from campaigncheck.report.markdown import LIMIT, MARK, write
from campaigncheck.source.place import Place
from tests.report.made import NASTY, finding, outcome, report, unsure, waived, whole
from tests.report.reading import markdown

OURS = {"html", "body", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "h3", "ul", "li", "code", "details", "summary", "span"}  # fmt: skip
PIECES = [
    "@a", "#1", "!1", "a@b.cc", "https://", "www.", "a.bc", "`", "``", "*", "**", "_", "~~",
    "[a](b)", "<b>", "&lt;", "|", "\\", "$", "\n", "- ", "1. ",
    ":a:", "0123456", "ab-1", "<!--", "-->", "　",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join)


def size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_the_verdict_comes_first_for_whoever_reads_it() -> None:
    first, second = write(whole(), "zh").splitlines()[:2]
    assert first == MARK
    assert second.startswith("⛔ **检查没有通过。** 共 4 个营销案：通过 2，拦下 1，读不懂 1；")
    assert write(unsure(), "zh").splitlines()[1].startswith("⚠️ **没有查完。**")
    fine = report(outcomes=(outcome("clean", "c.yaml", "pass"),))
    assert (
        write(fine, "zh")
        == f"{MARK}\n✅ **检查通过。** 共 1 个营销案：通过 1，拦下 0，读不懂 0；错误 0，警告 0，提示 0。\n"
    )


def test_errors_are_open_and_the_rest_is_folded() -> None:
    page = markdown(write(whole(), "zh"))
    folded = {item.findtext("strong") for item in page.iterfind(".//details//li")}
    opened = {item.findtext("strong") for item in page.iter("li")} - folded
    assert opened == {"错误 CONF001", "错误 FAQ001", "错误 LANG001", "错误 SPEC001", "错误 WAIV001"}
    assert folded == {"警告 LANG001", "提示 LANG004", "警告 FREQ002", "错误 TIME001", "警告 FREQ001"}
    assert [item.text for item in page.iter("summary")] == ["警告 1，提示 1", "警告 1，提示 0", "已放行的例外 2"]
    assert {item.findtext("strong") for item in page.findall(".//details")[-1].iter("li")} == {
        "错误 TIME001",
        "警告 FREQ001",
    }


def test_the_table_has_the_campaigns_with_findings() -> None:
    rows = [
        [cell.text_content() for cell in row.iter("td")]
        for row in markdown(write(whole(), "zh")).iterfind(".//tbody/tr")
    ]
    assert [row[1:] for row in rows] == [
        ["❓ 读不懂", "1", "0", "0", "0"], ["⛔ 拦下", "3", "1", "1", "1"], ["✅ 通过", "0", "1", "0", "1"],
    ]  # fmt: skip
    assert "另有 1 个营销案没有任何问题。" in write(whole(), "zh")


def test_campaigns_with_errors_come_first() -> None:
    heads = [item.text_content().split()[0] for item in markdown(write(whole(), "zh")).iter("h3")]
    assert heads == ["❓", "⛔", "waivers.yaml", "✅"]


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_there_but_what_this_program_put_there(lang: Lang) -> None:
    page = markdown(write(whole(), lang))
    assert {item.tag for item in page.iter() if isinstance(item.tag, str)} <= OURS
    assert NASTY in page.text_content()


@settings(max_examples=400)
@given(TEXTS)
def test_what_is_read_is_what_was_written(text: str) -> None:
    for written in (
        f"x {escape(text)}",
        f"- **x** {escape(text)}<br>y",
        f"| x |\n|---|\n| {escape(text)} |\n",
        f"x {code(text)}",
    ):
        page = markdown(written)
        assert {item.tag for item in page.iter() if isinstance(item.tag, str)} <= OURS
        assert one_line(text) in page.text_content()
        assert not page.xpath("//span[text() != '$']")


@settings(max_examples=400)
@given(TEXTS)
def test_no_text_reads_as_a_mention_or_a_reference(text: str) -> None:
    pieces = escape(text).replace("\\", "").split(BREAK)
    for piece in pieces:
        assert not re.search(
            r"@\w|#\w|![0-9]|://|www\.\w|[A-Za-z]-\d|:[a-z0-9_+-]+:|[0-9a-fA-F]{7}", piece, re.ASCII
        ), piece


def many(number: int) -> str:
    counts = (number, number, 0, number)
    return write(
        report(
            *(finding(message=f"第 {line} 处 {NASTY}", place=Place(line, 1, line, 2)) for line in range(1, number + 1)),
            *(finding(place=Place(line, 3, line, 4), severity="warning") for line in range(1, number + 1)),
            *(finding(place=Place(line, 5, line, 6), waived=waived()) for line in range(1, number + 1)),
            outcomes=tuple(outcome(f"c-{at:04d}", f"c/{at}.yaml", "blocked", counts, NASTY) for at in range(number)),
        ),
        "zh",
    )


def test_a_comment_is_never_too_long_and_says_what_is_left_out() -> None:
    text = many(400)
    assert LIMIT - 2500 < size(text) <= LIMIT
    rows = re.search(r"表里还有 (\d+) 个营销案没有列出来", text)
    left = re.search(r"还有 (\d+) 处没有列出来，评论放不下", text)
    page = markdown(text)
    assert left
    assert int(left[1]) + len(page.findall(".//li")) == 1200
    assert (int(rows[1]) if rows else 0) + len(page.findall(".//tbody/tr")) == 400
    assert text.count("<details>") == text.count("</details>")


def test_what_fits_is_all_there() -> None:
    text = many(3)
    assert "没有列出" not in text
    assert len(markdown(text).findall(".//li")) == 9


@given(st.integers(1, 12), st.integers(4_000, 12_000))
def test_whatever_the_limit_the_errors_come_first(number: int, limit: int) -> None:
    places = [Place(line, 1, line, 2) for line in range(1, number + 1)]
    findings = [finding(message=NASTY, place=place, severity=kind) for place in places for kind in ("warning", "error")]
    text = write(report(*findings), "en", limit)
    assert size(text) <= limit
    kinds = [item.findtext("strong").split()[0] for item in markdown(text).iter("li")]
    assert "warning" not in kinds or kinds.count("error") == number
    assert text.count("<details>") == text.count("</details>") == ("warning" in kinds)


def test_long_texts_and_many_other_places_are_cut() -> None:
    text = write(report(finding(message="长" * 5_000)), "zh")
    assert "长" * 599 + "…" in text
    assert "长" * 600 not in text
