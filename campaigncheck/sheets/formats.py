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
    """

    suffix: str
    label: Text
    writer: str
    check: str = ""
    slow: bool = False

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


FORMATS: dict[str, Format] = {
    "html": Format(".html", Text("网页", "HTML"), "campaigncheck.sheets.render:write"),
    "pdf": Format(
        ".pdf", Text("PDF", "PDF"), "campaigncheck.sheets.pdf:write", check="campaigncheck.sheets.pdf:ready", slow=True
    ),
    "markdown": Format(".md", Text("Markdown", "Markdown"), "campaigncheck.sheets.markdown:write"),
    "docx": Format(".docx", Text("Word", "Word"), "campaigncheck.sheets.docx:write"),
    "xlsx": Format(".xlsx", Text("Excel", "Excel"), "campaigncheck.sheets.xlsx:write"),
    "json": Format(".json", Text("JSON", "JSON"), "campaigncheck.sheets.json:write"),
    "guide": Format(".guide.html", Text("引导话术", "Guided script"), "campaigncheck.sheets.guide_page:write"),
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


def chosen(names: Iterable[str]) -> list[str]:
    """Return the formats asked for, each once, or the default.

    Raises:
        UsageError: for a format that does not exist.
    """
    given = list(dict.fromkeys(names)) or [next(iter(FORMATS))]
    for name in given:
        if name not in FORMATS:
            nearest = nearest_name(name, FORMATS)
            hint = _NEAREST(nearest=nearest) if nearest else _KNOWN(names=list(FORMATS))
            raise UsageError(_UNKNOWN(name=name), hint)
    return given
