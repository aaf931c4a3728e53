"""The PDF: real text, embedded fonts, bookmarks, the same bytes each time, and nothing it cannot show."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from campaigncheck.catalogue.files import builtin_rules
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets import pdf
from campaigncheck.sheets.formats import CannotWriteError
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Judged, Sheet, build
from campaigncheck.sheets.render import write
from campaigncheck.source.document import load
from tests.sheets.pages import TODAY, Parsed, campaign, catalogues, error, everything, fitted, sheet
from tests.sheets.test_golden import SPEC, TITLES

A4 = (595, 842)


@cache
def compact() -> Sheet:
    """The sheet of the compact campaign whose other formats are kept."""
    value, document, data = load(str(SPEC), "compact.yaml")
    digest = hashlib.sha256(data).hexdigest()
    return build(Judged(fitted(value), "pass", (), digest, document), catalogues(), TITLES, TODAY)


@cache
def made(lang: Lang = "zh") -> bytes:
    """Its PDF."""
    return pdf.write(compact(), lang)


def squashed(text: str) -> str:
    """Text without any blank, which paper breaks lines at."""
    return re.sub(r"[\s\u00a0]", "", text)


def text_of(data: bytes) -> str:
    """The text of all pages, in the order of the file."""
    return squashed("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_of_the_page_is_text_on_paper(lang: Lang) -> None:
    said = text_of(made(lang))
    page = Parsed(write(compact(), lang))
    hidden = {PAGE[name].zh for name in PAGE if name.startswith("nav_")} | {
        PAGE[name].en for name in PAGE if name.startswith("nav_")
    }
    words = [squashed(data) for tag, data in page.texts if tag not in ("title", "a", "desc")]
    assert [word for word in words if word and word not in said and word not in hidden] == []
    assert len(words) > 100


def test_paper_is_a4_and_every_page_says_what_it_is() -> None:
    reader = PdfReader(BytesIO(made()))
    count = len(reader.pages)
    assert [tuple(round(side) for side in page.mediabox[2:]) for page in reader.pages] == [A4] * count
    for number, page in enumerate(reader.pages, 1):
        said = squashed(page.extract_text())
        assert squashed(PAGE["uncleared"].zh) in said
        assert f"sc-2027-golden·2026-12-01·{compact().digest}" in said
        assert f"{number}/{count}" in said


def test_fonts_are_embedded_as_subsets() -> None:
    reader = PdfReader(BytesIO(made()))
    fonts: list[Any] = []
    for page in reader.pages:
        fonts += [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+.+", font["/BaseFont"])
        (inner,) = font["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)
        assert "/ToUnicode" in font
    assert len(made()) < 600_000


def test_sections_and_topics_are_bookmarks() -> None:
    def tree(items: list[Any]) -> list[Any]:
        return [str(item.title) if isinstance(item, Destination) else tree(item) for item in items]

    heads = [PAGE[name].zh for name in ("prices", "counter", "questions")]
    rest = [PAGE[name].zh for name in ("answers", "terms", "whom")]
    outline = tree(PdfReader(BytesIO(made())).outline)
    assert outline == ["迎春宽带提速", [*heads, ["谁能办", "多少钱"], *rest]]


def test_the_file_says_what_it_is_and_when_it_was_issued() -> None:
    reader = PdfReader(BytesIO(made()))
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author) == ("迎春宽带提速 · FAQ 单", "市场经营部")
    assert str(about["/CreationDate"]) == "D:20261201"
    assert "/ModDate" not in about
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf.write(compact(), "zh") == made()


def test_a_launched_campaign_has_nothing_at_the_head_of_its_pages() -> None:
    said = text_of(pdf.write(sheet(campaign("stage: launched\n")), "zh"))
    assert not [PAGE[name].zh for name in ("blocked", "uncleared", "over") if PAGE[name].zh in said]


def test_whatever_a_campaign_says_is_text() -> None:
    words = "<script>{{7*7}}{% x %}=1+1|*a*]]>&#x1F600;&amp;(\\)/JS javascript:alert(1)"
    given = sheet(fitted(everything(words)), verdict="blocked", errors=[error(words)], titles={words: words})
    data = pdf.write(given, "zh")
    assert text_of(data).count(squashed(words)) >= 10
    assert not re.search(rb"'/(JS|JavaScript|Launch|EmbeddedFile|OpenAction|AA|URI)'", _plain(data))
    assert text_of(data).count(squashed(PAGE["blocked"].zh)) > len(PdfReader(BytesIO(data)).pages)


def _plain(data: bytes) -> bytes:
    """The objects of a PDF outside of its compressed streams."""
    reader = PdfReader(BytesIO(data))
    return b"\n".join(repr(reader.get_object(number)).encode() for number in range(1, len(reader.xref[0]) + 1))


def test_a_character_that_no_font_has_is_refused() -> None:
    with pytest.raises(CannotWriteError) as caught:
        pdf.write(replace(compact(), owner="市场\U0010fffd部\U000f0000"), "zh")
    said = caught.value.message.render("zh")
    assert "“\U000f0000”（U+F0000）、“\U0010fffd”（U+10FFFD）。" in said
    assert "U+10FFFD" in caught.value.message.render("en")


def test_a_page_fetches_nothing() -> None:
    with pytest.raises(UsageError, match="needs what it cannot have"):
        pdf.from_page("<html lang=zh-CN><img src='file:///etc/hostname' alt='点'>营业厅</html>")
    dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert pdf.from_page(f"<html lang=zh-CN><img src='{dot}' alt='点'>营业厅</html>").startswith(b"%PDF-")


def _faq(folder: Path, fonts: str) -> subprocess.CompletedProcess[str]:
    """Call the command where only some fonts are known."""
    (folder / "campaigns").mkdir()
    (folder / "campaigns" / "one.yaml").write_text(complete("id: one\n"), encoding="utf-8")
    config = f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{fonts}</fontconfig>'
    (folder / "fonts.conf").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "campaigncheck", "faq", "-o", "out", "--format", "pdf,html"]
    return subprocess.run(
        [*command, "--rules", str(builtin_rules())],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip


def test_without_any_font_the_packages_to_install_are_named(tmp_path: Path) -> None:
    done = _faq(tmp_path, "")
    assert (done.returncode, done.stdout) == (2, "")
    for package in ("fonts-noto-cjk", "google-noto-sans-cjk-fonts", "font-noto-sans-cjk-sc"):
        assert package in done.stderr
    assert done.stderr.count("\n") == 2
    assert not (tmp_path / "out").exists()


def test_fonts_without_chinese_are_not_enough(tmp_path: Path) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    (tmp_path / "fonts").mkdir()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "A"])
    font.setupCharacterMap({ord("A"): "A"})
    font.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "A")})
    font.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Latin Only", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    font.setupPost()
    font.save(tmp_path / "fonts" / "latin.ttf")
    done = _faq(tmp_path, f"<dir>{tmp_path / 'fonts'}</dir><cachedir>{tmp_path / 'cache'}</cachedir>")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：这台机器上没有中文字体，做不了 PDF\n")


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the library had not been imported yet."""
    pdf._library.cache_clear()
    for name in list(sys.modules):
        if name.split(".")[0] == "weasyprint":
            monkeypatch.delitem(sys.modules, name)


@pytest.mark.usefixtures("unloaded")
def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UsageError) as caught:
        pdf.ready()
    assert caught.value.message.render("zh") == "做 PDF 要用 WeasyPrint，还没有装"
    assert caught.value.hint.render("en") == "Run pip install 'campaigncheck[pdf]'."


@pytest.mark.usefixtures("unloaded")
def test_without_the_system_libraries_their_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = "raise OSError(\"cannot load library 'libpango-1.0-0'\\nmore\")\n"
    (tmp_path / "weasyprint.py").write_text(broken, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UsageError) as caught:
        pdf.ready()
    assert "（cannot load library 'libpango-1.0-0'）" in caught.value.message.render("zh")
    hint = caught.value.hint.render("zh")
    for package in (
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "dnf install pango",
        "brew install pango",
    ):
        assert package in hint
