"""The formats of a sheet: what each is called, how its files end, and what writes it.

A writer is a pure function ``(sheet, lang, templates) -> str | bytes``; ``templates`` is the folder of a site's own
templates, or None. Its module is imported only when the format is asked for: some need packages that others do without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.sheets.model import Sheet
from campaigncheck.spec.load import nearest_name

_NO_PACKAGE = Text(
    "这种格式要用的软件包 {package} 还没有装", "the package {package}, which this format needs, is not installed"
)
_NO_PACKAGE_HINT = Text("运行 pip install 'campaigncheck[sheets]'。", "Run pip install 'campaigncheck[sheets]'.")

Writer: TypeAlias = Callable[[Sheet, Lang, Path | None], str | bytes]

_UNKNOWN = Text("没有“{name}”这种格式", "there is no format “{name}”")
_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_KNOWN = Text("可以用：{names}。", "Known: {names}.")


class CannotWriteError(Exception):
    """One sheet cannot be written in one format; the others can."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Format(NamedTuple):
    """One format: how the names of its files end, what the list of sheets calls it, and ``module:function`` to write it.

    ``check`` looks whether what it needs is there, before any work is done; a ``slow`` one is worth several processes.
    ``page`` is the template that it fills, if it fills one.
    """

    suffix: str
    label: Text
    writer: str
    check: str = ""
    slow: bool = False
    page: str = ""

    def load(self) -> Writer:
        """Import the writer.

        Raises:
            UsageError: when a package that it needs is not installed.
        """
        writer: Writer = _named(self.writer)
        return writer

    def ready(self) -> None:
        """Look whether everything is there that this format needs.

        Raises:
            UsageError: when something is missing; it says what to install.
        """
        if self.check:
            _named(self.check)()
        self.load()


SHEET_PAGE = "sheet.html.j2"

FORMATS: dict[str, Format] = {
    "html": Format(".html", Text("网页", "HTML"), "campaigncheck.sheets.render:write", page=SHEET_PAGE),
    "pdf": Format(
        ".pdf",
        Text("PDF", "PDF"),
        "campaigncheck.sheets.pdf:write",
        check="campaigncheck.sheets.pdf:ready",
        slow=True,
        page=SHEET_PAGE,
    ),
    "markdown": Format(".md", Text("Markdown", "Markdown"), "campaigncheck.sheets.markdown:write", page="sheet.md.j2"),
    "docx": Format(".docx", Text("Word", "Word"), "campaigncheck.sheets.docx:write"),
    "xlsx": Format(".xlsx", Text("Excel", "Excel"), "campaigncheck.sheets.xlsx:write"),
    "json": Format(".json", Text("JSON", "JSON"), "campaigncheck.sheets.json:write"),
    "guide": Format(
        ".guide.html", Text("引导话术", "Guided script"), "campaigncheck.sheets.guide_page:write", page="guide.html.j2"
    ),
    "guide-json": Format(
        ".guide.json", Text("引导话术 JSON", "Guide JSON"), "campaigncheck.sheets.guide_page:write_json"
    ),
    "sms": Format(".sms.csv", Text("短信", "SMS"), "campaigncheck.sheets.short_sms:write"),
    "voice": Format(".voice.txt", Text("语音菜单", "Voice menu"), "campaigncheck.sheets.short_voice:write"),
}
"""Every format by its name on the command line; the first is the default."""


def _named(name: str) -> Any:
    module, _, function = name.partition(":")
    try:
        return getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("campaigncheck"):
            raise
        raise UsageError(_NO_PACKAGE(package=error.name), _NO_PACKAGE_HINT()) from error


def chosen(names: Iterable[str], known: Iterable[str] = FORMATS, unknown: Text = _UNKNOWN) -> list[str]:
    """Return the formats asked for, each once, or the default, which is the first of those that are ``known``.

    Raises:
        UsageError: for a format that does not exist, in the words of ``unknown``.
    """
    known = list(known)
    given = list(dict.fromkeys(names)) or known[:1]
    for name in given:
        if name not in known:
            nearest = nearest_name(name, known)
            raise UsageError(unknown(name=name), _NEAREST(nearest=nearest) if nearest else _KNOWN(names=known))
    return given
