"""A sheet as PDF: the printed page on A4, its text real, its fonts embedded, its sections as bookmarks.

One template serves both: this is what a browser prints. Nothing is fetched from anywhere, and a character that no
installed font can draw is refused: an empty box on paper explains nothing to anybody.
"""

from __future__ import annotations

import logging
import warnings
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets import render
from campaigncheck.sheets.formats import CannotWriteError
from campaigncheck.sheets.model import Sheet

_SAMPLE = '<html lang="zh-CN"><p>营业厅客户套餐</p><p style="font-weight: bold">资费</p></html>'

_NO_PACKAGE = Text("做 PDF 要用 WeasyPrint，还没有装", "PDF needs WeasyPrint, which is not installed")
_NO_PACKAGE_HINT = Text("运行 pip install 'campaigncheck[pdf]'。", "Run pip install 'campaigncheck[pdf]'.")
_NO_LIBRARY = Text(
    "做 PDF 要用的系统库 Pango 没有装，或者版本太旧（{reason}）",
    "PDF needs the system library Pango, which is missing or too old ({reason})",
)
_NO_LIBRARY_HINT = Text(
    "Debian、Ubuntu：apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0；"
    "Fedora：dnf install pango；macOS：brew install pango。",
    "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; macOS: brew install pango.",
)
_NO_FONT = Text("这台机器上没有中文字体，做不了 PDF", "no font on this machine has Chinese characters, so no PDF")
_NO_FONT_HINT = Text(
    "Debian、Ubuntu：apt install fonts-noto-cjk；Fedora：dnf install google-noto-sans-cjk-fonts；"
    "macOS：brew install --cask font-noto-sans-cjk-sc。",
    "Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; "
    "macOS: brew install --cask font-noto-sans-cjk-sc.",
)
_NO_GLYPH = Text(
    "没有做 PDF，装好的字体都没有这些字：{characters}。换一个写法，或者装有这些字的字体（表情符号：fonts-noto-color-emoji）。",
    "no PDF: no installed font has {characters}. Write it otherwise, or install a font that has them "
    "(emoji: fonts-noto-color-emoji).",
)
_CHARACTER = Text("“{character}”（U+{code}）", "“{character}” (U+{code})")
_NOT_LOADED = Text(
    "PDF 的模板要用外面的东西，没有用上：{reason}", "the PDF's template needs what it cannot have: {reason}"
)
_NOT_LOADED_HINT = Text(
    "模板里的图片写成 data: 网址；别的地址一律不读。",
    "Write pictures as data: addresses in the template; nothing else is read.",
)


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> bytes:
    """Return a sheet as PDF; the same sheet gives the same bytes.

    Raises:
        CannotWriteError: when no installed font has one of its characters.
        UsageError: when the package, its libraries or a font are missing, or a site's template wants to fetch something.
    """
    return from_page(render.write(sheet, lang, templates))


def from_page(page: str) -> bytes:
    """Return a page as it is printed."""
    made, missing = _drawn(page)
    if missing:
        shown = [_CHARACTER(character=chr(code), code=f"{code:04X}") for code in missing]
        raise CannotWriteError(_NO_GLYPH(characters=shown))
    return made


def ready() -> None:
    """Look whether everything is there that a PDF needs.

    Raises:
        UsageError: when the package, a library or a Chinese font is missing.
    """
    _, missing = _drawn(_SAMPLE)
    if missing:
        raise UsageError(_NO_FONT(), _NO_FONT_HINT())


def _drawn(page: str) -> tuple[bytes, list[int]]:
    """Return the PDF of a page, and the characters that no font could draw."""
    weasyprint = _library()
    with _Complaints() as complaints:
        fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
        document = weasyprint.HTML(string=page, url_fetcher=fetcher).render()
        made: bytes = document.write_pdf(pdf_identifier=sha256(page.encode()).digest()[:16], pdf_tags=True)
    if complaints.said:
        raise UsageError(_NOT_LOADED(reason=complaints.said[0]), _NOT_LOADED_HINT())
    return made, sorted({code for font in document.fonts.values() for code in font.missing})


@cache
def _library() -> Any:
    """Import the library; without any font at all it only warns, and would crash later."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*FontConfig", category=UserWarning)
            import weasyprint
    except ImportError as error:
        raise UsageError(_NO_PACKAGE(), _NO_PACKAGE_HINT()) from error
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise UsageError(_NO_LIBRARY(reason=reason), _NO_LIBRARY_HINT()) from error
    except UserWarning as error:
        raise UsageError(_NO_FONT(), _NO_FONT_HINT()) from error
    return weasyprint


class _Complaints(logging.Handler):
    """Keeps what the library could not load; what style it does not know is none of the user's business."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def __enter__(self) -> _Complaints:
        self._before = (self._logger.handlers, self._logger.propagate)
        self._logger.handlers, self._logger.propagate = [self], False
        return self

    def __exit__(self, *_: Any) -> None:
        self._logger.handlers, self._logger.propagate = self._before
