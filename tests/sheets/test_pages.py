"""What stands on a page, in which order, and that nothing of a campaign becomes more than text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import environment, printable
from campaigncheck.sheets import render as rendering
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.labels import PAGE, VERDICTS
from campaigncheck.sheets.render import render_index, write
from tests.sheets.pages import (
    PAYLOADS,
    TODAY,
    Parsed,
    campaign,
    catalogues,
    error,
    everything,
    fitted,
    page,
    plain,
    sheet,
)

STYLE = (Path(rendering.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
SOUP = st.lists(
    st.sampled_from(["<", ">", '"', "'", "&", "/", "=", "{{", "}}", "{%", "{", "}", "script", "b", " ", "\n", "`"]) | st.characters(exclude_categories=["Cs"]),
    min_size=1, max_size=30,
).map("".join)  # fmt: skip


def hostile(text: str, lang: Lang) -> Parsed:
    """The page of a blocked campaign that says ``text`` wherever it may say anything."""
    made = sheet(fitted(everything(text)), verdict="blocked", errors=[error(text)], titles={"x": text, text: text})
    return Parsed(write(made, lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_text_stays_text(payload: str, lang: Lang) -> None:
    _stays_text(payload, lang)


@settings(max_examples=60, deadline=None)
@given(SOUP)
def test_no_text_becomes_markup(text: str) -> None:
    _stays_text(text, "zh")


def _stays_text(text: str, lang: Lang) -> None:
    found, harmless = hostile(text, lang), hostile("harmless", lang)
    assert found.shape == harmless.shape
    assert not found.faults
    assert not found.comments
    assert found.style == harmless.style
    shown = printable(text)
    for (_, attributes), (_, expected) in zip(found.elements, harmless.elements, strict=True):
        offered = {name: shown if value == "harmless" else value for name, value in expected.items()}
        assert attributes == offered
    # It is said as it is wherever it may be; a few places shorten it, or read it as a condition or a pattern.
    assert found.text.count(shown) >= harmless.text.count("harmless") - 8 >= 22
    assert [attributes["data-of"] for _, attributes in found.elements if "data-of" in attributes] == [shown] * 3


def test_a_list_of_sheets_keeps_titles_and_names_text() -> None:
    listed = [Listed(payload, payload, "invalid", False, "missing") for payload in PAYLOADS]
    listed += [Listed("ok", payload, "pass", True, "live", payload, payload, TODAY) for payload in PAYLOADS]
    found = Parsed(render_index(listed, TODAY, "zh"))
    assert {tag for tag, _ in found.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "p", "span", "a",
        "table", "thead", "tbody", "tr", "th", "td", "footer",
    }  # fmt: skip
    assert not found.faults
    assert {attributes["href"] for tag, attributes in found.elements if tag == "a"} == {"ok.html"}
    assert all(printable(payload) in found.text for payload in PAYLOADS)


@pytest.mark.parametrize(
    "code", ["{{ ''.__class__.__mro__ }}", "{{ sheet.__init__.__globals__ }}", "{{ [].append(1) }}"]
)
def test_templates_run_in_a_sandbox(code: str) -> None:
    with pytest.raises(SecurityError):
        environment("campaigncheck.sheets").from_string(code).render(sheet=sheet(campaign("")))


def test_templates_escape_and_refuse_unknown_names() -> None:
    assert environment("campaigncheck.sheets").from_string("{{ x }}").render(x="<b>&'\"") == "&lt;b&gt;&amp;&#39;&#34;"
    with pytest.raises(UndefinedError):
        environment("campaigncheck.sheets").from_string("{{ nosuch }}").render()


def test_a_page_needs_nothing_but_itself() -> None:
    found = Parsed(page("title: 打折\n"))
    assert not {tag for tag, _ in found.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    }
    assert not re.search(r"url\(|@import|//", found.style)
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
        assert str(attributes.get("href", "#")).startswith("#")
    policies = [
        item.get("content") for _, item in found.elements if item.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize(("lang", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_says_its_language_and_fits_a_phone(lang: Lang, code: str) -> None:
    found = Parsed(page("", lang))
    assert found.elements[0] == ("html", {"lang": code})
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in found.elements
    own = [item.get("lang") for tag, item in found.elements if tag == "h1"]
    assert own == [None if lang == "zh" else "zh-CN"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_well_formed(lang: Lang) -> None:
    found = hostile("x", lang)
    assert not found.faults
    names = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(names) == len(set(names))
    targets = {str(item.get("aria-labelledby", names[0])) for _, item in found.elements}
    links = {str(item["href"]).removeprefix("#") for tag, item in found.elements if tag == "a"}
    assert targets | links <= set(names)
    assert [tag for tag, _ in found.elements if tag == "h1"] == ["h1"]
    assert all("scope" in attributes for tag, attributes in found.elements if tag == "th")


def test_parts_stand_in_the_order_of_the_sheet() -> None:
    found = hostile("x", "zh")
    heads = [PAGE[name].zh for name in ("blocked", "prices", "counter", "questions", "answers", "terms", "whom")]
    assert found.all("h2") == heads
    order = [found.text.index(head) for head in (PAGE["what"].zh, PAGE["who"].zh, PAGE["when"].zh, PAGE["where"].zh)]
    assert order == sorted(order)
    assert found.text.rindex(PAGE["whom"].zh) < found.text.index(PAGE["version"].zh)


def test_topics_stand_in_the_catalogue_s_order() -> None:
    topics = catalogues().faq.topics
    entries = [f"  - {{topic: {name}, q: 问{name}, a: 答{name}}}\n" for name in reversed(topics)]
    unknown = "  - {topic: no_such, q: 问别的, a: 答别的}\n"
    again = "  - {topic: price, q: 再问, a: 再答}\n"
    found = Parsed(page("faq:\n" + unknown + "".join(entries) + again))
    assert found.all("h3") == [*(topic.title.zh for topic in topics.values()), "其他"]
    expected = [
        question for name in topics for question in ([f"问{name}", "再问"] if name == "price" else [f"问{name}"])
    ]
    asked = [text for text in found.all("dt") if text.startswith(("问", "再问"))]
    assert asked == [*expected, "问别的"]


def test_no_questions_yet_is_said() -> None:
    assert PAGE["no_questions"].zh in page("")


@pytest.mark.parametrize("lang", LANGS)
def test_every_name_of_the_catalogues_is_used(lang: Lang) -> None:
    known = catalogues()
    steps = ", ".join(known.steps.steps)
    products = "".join(
        f"  - {{id: p{number}, name: 产品, product: {name}, kind: trial}}\n"
        for number, name in enumerate(known.products.products)
    )
    conditions = {"boolean": "[true, false]", "enum": "x", "number": '">=1"'}
    audience = ", ".join(f"{name}: {conditions[item.type]}" for name, item in known.attributes.attributes.items())
    topics = "".join(f"  - {{topic: {name}, q: 问, a: 答}}\n" for name in known.faq.topics)
    text = f"handling: {{steps: [{steps}]}}\noffers:\n{products}audience: [{{{audience}}}]\nfaq:\n{topics}"
    said = plain(Parsed(page(text, lang)).text)
    names = [item.name for item in known.steps.steps.values()]
    names += [item.name for item in known.products.products.values()]
    names += [item.label for item in known.attributes.attributes.values() if item.phrase is None]
    names += [item.negated for item in known.attributes.attributes.values() if item.negated]
    names += [item.title for item in known.faq.topics.values()]
    phrases = [item.phrase for item in known.attributes.attributes.values() if item.phrase]
    assert [part for item in phrases for part in getattr(item, lang).split("{value}") if part.strip() not in said] == []
    assert [getattr(name, lang) for name in names if getattr(name, lang) not in said] == []


@pytest.mark.parametrize("verdict", ["blocked", "invalid"])
def test_a_blocked_sheet_says_so_first_and_on_every_page(verdict: Any) -> None:
    errors = [error(f"错误{number}", line=number) for number in range(1, 9)]
    text = write(sheet(campaign(""), verdict=verdict, errors=errors), "zh")
    found = Parsed(text)
    said = plain(found.text)
    assert found.all("h2")[0] == PAGE["blocked"].zh
    assert text.index('class="banner"') < text.index("<h1")
    assert f'@top-center {{ content: "{PAGE["blocked"].zh}"' in found.style
    assert "检查发现 8 个错误" in said
    assert "错误5（CONF001，第 5 行）" in said
    assert "错误6" not in said
    assert "还有 3 个" in said


def test_one_error_is_one() -> None:
    said = Parsed(write(sheet(campaign(""), verdict="blocked", errors=[error("x")]), "en")).text
    assert "1 error." in said
    assert "more:" not in said


@pytest.mark.parametrize("stage", ["draft", "launched", "retired"])
def test_a_sheet_that_passes_has_no_banner(stage: str) -> None:
    assert 'class="banner"' not in page(f"stage: {stage}\n")


@pytest.mark.parametrize(
    ("stage", "head"), [("draft", "uncleared"), ("approved", "uncleared"), ("launched", None), ("retired", "over")]
)
def test_a_sheet_that_may_not_be_used_says_so_on_every_page(stage: str, head: str | None) -> None:
    style = Parsed(page(f"stage: {stage}\n")).style
    said = re.findall(r'@top-center \{ content: "([^"]*)"', style)
    assert said == ([PAGE[head].zh] if head else [])


@pytest.mark.parametrize(
    ("stage", "today", "said"),
    [
        ("draft", date(2026, 12, 1), "还没有放行，不能给客户用（现在是草稿阶段）"),
        ("testing", date(2027, 3, 31), "还没有放行，不能给客户用（现在是测试阶段）"),
        ("optimising", date(2026, 12, 1), "还没有放行，不能给客户用（现在是优化阶段）"),
        ("approved", date(2026, 12, 1), "还没有放行，不能给客户用（现在是已批准阶段）"),
        ("launched", date(2027, 3, 31), None),
        ("launched", date(2027, 4, 1), "活动已经结束"),
        ("draft", date(2027, 4, 1), "活动已经结束"),
        ("retired", date(2026, 12, 1), "活动已经结束"),
    ],
)
def test_a_sheet_says_when_it_does_not_hold_yet_or_any_more(stage: str, today: date, said: str | None) -> None:
    text = page(f"stage: {stage}\n", today=today)
    assert ('class="notice"' in text) == (said is not None)
    assert said is None or said in text


def test_the_list_puts_first_what_needs_attention() -> None:
    listed = [
        Listed("d", "丁", "pass", True, "over", "", "", date(2026, 1, 1)),
        Listed("c", "丙", "blocked", True, "ahead", "", "", date(2027, 2, 1)),
        Listed("b", "乙", "pass", True, "ahead", "", "", date(2027, 1, 1)),
        Listed("a", "甲", "pass", True, "live", "", "", date(2026, 11, 1)),
        Listed("e", "戊", "invalid", False, "missing"),
    ]
    found = Parsed(render_index(listed, TODAY, "zh"))
    assert found.all("h2") == ["没有做出 FAQ 单", "正在进行", "还没开始", "已经结束"]
    assert found.all("a") == ["甲", "乙", "丙", "丁"]
    verdicts = [text for text in found.all("td") if text in {word.zh for word in VERDICTS.values()}]
    assert verdicts == ["读不懂", "通过", "通过", "拦下", "通过"]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(char * 2 for char in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_colour_can_be_read() -> None:
    """WCAG 2.2 AA: 4.5 to 1, of all colours of text on all grounds they stand on."""
    colours = dict(re.findall(r"--(\w+): (#\w+);", STYLE))
    pairs = [
        (colours[name], ground) for name in ("ink", "soft", "mark", "alarm") for ground in ("#fff", colours["tint"])
    ]
    pairs += [("#fff", colours["alarm"]), ("#5c3900", "#fff")]
    for text, ground in pairs:
        light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
    # Every colour is one of those judged, or a line.
    assert set(re.findall(r"(?<!-)color: (#\w+)", STYLE)) <= {"#fff", "#5c3900"}


def test_paper_is_a4_with_page_numbers_and_text_of_11_points() -> None:
    found = Parsed(page(""))
    assert "size: A4;" in found.style
    assert 'content: counter(page) " / " counter(pages);' in found.style
    assert "html { font-size: 11pt;" in found.style
    assert '"sample · 2026-12-01 · ' in found.style
