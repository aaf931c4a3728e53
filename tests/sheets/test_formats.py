"""The registry of formats: every one writes, says what it needs, and keeps hostile words text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from json import loads
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token
from openpyxl import load_workbook

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.report.sheet_schema import sheet_schema
from campaigncheck.sheets import json, markdown
from campaigncheck.sheets.formats import FORMATS, chosen
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from tests.sheets.pages import PAYLOADS, TODAY, campaign, error, everything, fitted, plain, sheet
from tests.sheets.test_pages import SOUP

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKS = st.text(st.sampled_from("*_`[]()!|~$-+#>=:1. \n\t\\&;<x价"), min_size=1, max_size=30)
FORMULA = ("=", "+", "-", "@", "\t")


def hostile(text: str) -> Sheet:
    """The sheet of a blocked campaign that says ``text`` wherever it may say anything."""
    return sheet(fitted(everything(text)), verdict="blocked", errors=[error(text)], titles={"x": text, text: text})


def office(name: str, text: str, lang: Lang = "zh") -> bytes:
    """A hostile sheet in an office format."""
    made = FORMATS[name].load()(hostile(text), lang, None)
    assert isinstance(made, bytes)
    return made


def squashed(text: str) -> str:
    """Text without any blank: what is left when lines are broken anywhere."""
    return re.sub(r"\s", "", text)


def test_the_first_format_is_the_default() -> None:
    assert chosen([]) == ["html"]
    assert chosen(["json", "html", "json"]) == ["json", "html"]


@pytest.mark.parametrize(
    ("name", "hint"), [("htlm", "是不是想写 html？"), ("qqqqqqqq", "可以用：html、pdf、markdown、")]
)
def test_an_unknown_format_is_wrong_usage(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(["html", name])
    assert caught.value.message.render("zh") == f"没有“{name}”这种格式"
    assert caught.value.hint.render("zh").startswith(hint)


def test_files_of_different_formats_never_have_one_name() -> None:
    suffixes = [item.suffix for item in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert all(re.fullmatch(r"(\.[a-z]+)+", suffix) for suffix in suffixes)


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_a_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package = {"docx": "docx", "xlsx": "openpyxl"}[name]
    for module in list(sys.modules):
        if module == f"campaigncheck.sheets.{name}" or module.split(".")[0] == package:
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError) as caught:
        FORMATS[name].ready()
    assert package in caught.value.message.render("zh")
    assert caught.value.hint.render("zh") == "运行 pip install 'campaigncheck[sheets]'。"


@pytest.mark.parametrize("name", ["html", "markdown", "json", "docx", "xlsx"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_format_says_whether_it_may_be_used_and_by_what_it_is_known(name: str, lang: Lang) -> None:
    given = sheet(campaign("support: {contact: 支撑台 8001, hours: '08:00-20:00'}\n"))
    said = _said(name, FORMATS[name].load()(given, lang, None))
    notice = given.notice.render(lang) if given.notice else ""
    for words in (notice, "2026-12-01", "0123456789ab", "campaigncheck", "支撑台 8001", "08:00-20:00", "sample"):
        assert words in said, words


@pytest.mark.parametrize("name", ["html", "markdown", "json", "docx", "xlsx"])
def test_a_campaign_that_is_launched_and_passes_has_no_warning(name: str) -> None:
    said = _said(name, FORMATS[name].load()(sheet(campaign("stage: launched\n")), "zh", None))
    assert not [PAGE[word].zh for word in ("blocked", "uncleared", "over") if PAGE[word].zh in said]
    blocked = _said(name, FORMATS[name].load()(hostile("x"), "zh", None))
    assert "检查发现 1 个错误" in blocked


def _said(name: str, content: str | bytes) -> str:
    """Everything that a reader of a format sees."""
    if isinstance(content, str):
        return plain(content)
    return plain("\n".join({"docx": document_texts, "xlsx": workbook_texts}[name](content)))


def document_texts(data: bytes) -> list[str]:
    """Every paragraph of a Word document: its header, its own, those in tables."""
    made = Document(BytesIO(data))
    section = made.sections[0]
    found = [item.text for item in (*section.header.paragraphs, *section.footer.paragraphs, *made.paragraphs)]
    return found + [cell.text for table in made.tables for row in table.rows for cell in row.cells]


def workbook_texts(data: bytes) -> list[str]:
    """Every cell of a workbook."""
    return [str(cell.value) for page in load_workbook(BytesIO(data)) for row in page for cell in row if cell.value]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_markdown_words_stay_words(payload: str) -> None:
    _stays_text(payload)


@settings(max_examples=100, deadline=None)
@given(SOUP | MARKS)
def test_no_text_becomes_markdown(text: str) -> None:
    _stays_text(text)


def _stays_text(text: str) -> None:
    found = READER.parse(markdown.write(hostile(text), "zh"))
    harmless = READER.parse(markdown.write(hostile("harmless"), "zh"))
    assert [(token.type, token.markup) for token in found] == [(token.type, token.markup) for token in harmless]
    assert _kinds(found) == _kinds(harmless)
    said, expected = _text(found), squashed(printable(text))
    assert said.count(expected) >= (_text(harmless).count("harmless") - 8 if expected else 0)


def _kinds(tokens: list[Token]) -> list[str]:
    """What stands in the lines besides text: line breaks are the writer's own."""
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<br>"}
    return [child.type for child in inner if child.type not in ("text", "softbreak", "hardbreak", "html_inline")]


def _text(tokens: list[Token]) -> str:
    return squashed(
        "".join(child.content for token in tokens for child in token.children or () if child.type == "text")
    )


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("2027-01-15 的 1.5 倍（含）", "2027-01-15 的 1.5 倍（含）"),
        ("- a\n\n 1. b\n2) c", "\\- a\\\n1\\. b\\\n2\\) c"),
        ("a|b*c_d`e[f]~g$h#i\\", "a\\|b\\*c\\_d\\`e\\[f\\]\\~g\\$h\\#i\\\\"),
        ("<b>&amp;{{x}}", "&lt;b&gt;&amp;amp;&#123;&#123;x&#125;&#125;"),
        ("见 https://x.example 和 WWW.x.example", "见 https&#58;//x.example 和 WWW&#46;x.example"),
        ("看www.x.example，打开https://x.example", "看www&#46;x.example，打开https&#58;//x.example"),
        ("awww.x 和 xhttp://x", "awww.x 和 xhttp://x"),
        ("a@x.example", "a&#64;x.example"),
    ],
)
def test_only_what_markdown_would_read_is_escaped(given_text: str, written: str) -> None:
    assert markdown.escape(given_text) == written


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_word_words_stay_words(payload: str) -> None:
    data = office("docx", payload)
    found, harmless = _elements(data), _elements(office("docx", "harmless"))
    assert found == harmless
    said = "\n".join(document_texts(data))
    assert squashed(said).count(squashed(printable(payload))) >= 20


def _elements(data: bytes) -> list[str]:
    """The elements of a document without those that break lines and hold text between the breaks."""
    root = Document(BytesIO(data)).element
    names = [str(item.tag).rpartition("}")[2] for item in root.iter()]
    return [name for name in names if name not in ("br", "tab", "t")]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_excel_words_stay_words(payload: str) -> None:
    book = load_workbook(BytesIO(office("xlsx", payload)))
    cells = [cell for page in book for row in page for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [cell.coordinate for cell in cells if str(cell.value).startswith(FORMULA) and not cell.quotePrefix] == []
    said = "".join(str(cell.value) for cell in cells)
    assert squashed(said).count(squashed(printable(payload))) >= 20


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_json_words_stay_words(payload: str) -> None:
    text = json.write(hostile(payload), "zh")
    data, harmless = loads(text), loads(json.write(hostile("harmless"), "zh"))
    Draft202012Validator(sheet_schema()).validate(data)
    assert _leaves(data, lambda _: "") == _leaves(harmless, lambda _: "")
    said = squashed("".join(_leaves(data, str).values()))
    assert said.count(squashed(printable(payload))) >= 20
    text.encode()


def _leaves(value: Any, show: Callable[[Any], str], path: str = "") -> dict[str, str]:
    """The values of plain data by their places."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return {path: show(value)}
    return {place: said for name, item in items for place, said in _leaves(item, show, f"{path}/{name}").items()}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("资费\t20 元\n第二行", "资费\t20 元\n第二行"),
        ("a\u0000\u0008\u001b[31m\u007f\u009b", "a\ufffd\ufffd\ufffd[31m\ufffd\ufffd"),
        ("\u202e元 02\u202c\u2066x\u2069", "\ufffd元 02\ufffd\ufffdx\ufffd"),
        ("a\r\nb\rc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\ud800\ufffe\U0001f600 e\u0301 \u200f\u200d", "\ufffd\ufffd\U0001f600 e\u0301 \u200f\u200d"),
    ],
)
def test_what_no_page_can_show_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_ids_of_questions_outlast_changes_of_answers_and_of_order() -> None:
    one = "  - {topic: price, q: 多少钱？, a: 20 元}\n"
    two = "  - {topic: cancel, q: 怎么取消？, a: 发短信}\n"
    again = "  - {topic: price, q: '多少钱？ ', a: 别的}\n"
    before = _ids(f"faq:\n{one}{two}")
    after = _ids("faq:\n" + two + one.replace("20", "30") + again)
    assert before == ["sample.price.4eb241c847", "sample.cancel.5f1d627789"]
    assert after == [before[0], f"{before[0]}.2", before[1]]


def _ids(text: str) -> list[str]:
    return [item["id"] for item in loads(json.write(sheet(campaign(text)), "zh"))["questions"]]


def test_json_tells_days_and_states_in_fixed_words() -> None:
    data = loads(json.write(sheet(campaign("stage: retired\n"), today=date(2027, 3, 2)), "en"))
    assert data["status"] == {
        "usable": False, "warnings": ["This campaign is over and no longer sold."], "verdict": "pass",
        "cleared": False, "stage": "retired", "state": "over", "issued": "2027-03-02", "digest": "0123456789ab",
    }  # fmt: skip
    assert (data["campaign"]["start"], data["campaign"]["end"]) == ("2027-03-01", "2027-03-31")
    assert data["lang"] == "en"
    assert date(2027, 3, 1) > TODAY


def test_importing_the_registry_imports_no_format() -> None:
    import subprocess

    code = "import sys; import campaigncheck.cli.faq; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"weasyprint", "docx", "openpyxl", "segno", "pandas", "lxml"} & set(found)
    assert Path(markdown.__file__).is_file()
