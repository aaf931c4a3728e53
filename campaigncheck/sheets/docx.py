"""A sheet as a Word document: real headings and tables, so that a site can go on working with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as Made
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from campaigncheck.messages import Lang
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.offers import OfferTable
from campaigncheck.sheets.parts import Facts, Say, alarms, facts, origin, speaker, step_name, total, whom
from campaigncheck.zipped import steady

LATIN, CHINESE = "Arial", "Microsoft YaHei"
"""Fonts that office machines have; a document names fonts and does not hold them."""

WIDTH = 182
"""Millimetres between the margins of A4."""

_NONE = "—"
_ALARM, _MARK, _TINT = RGBColor(0xA8, 0x00, 0x16), RGBColor(0x0B, 0x4A, 0x8F), "EEF3F8"
_SIZES = {"Normal": 10.5, "Title": 18, "Heading 1": 13, "Heading 2": 11, "Header": 12, "Footer": 8}


class _Writing(NamedTuple):
    """A document under way, and the voice in which it speaks."""

    made: Made
    say: Say


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> bytes:
    """Return a sheet as a Word document; the same sheet gives the same bytes."""
    say = speaker(lang)
    writing = _Writing(Document(), say)
    _set_up(writing, sheet, lang)
    _opening(writing, sheet)
    _prices(writing, sheet)
    _counter(writing, sheet)
    _questions(writing, sheet)
    for title, pairs in (("answers", sheet.answers), ("terms", sheet.terms)):
        if pairs:
            _heading(writing, title)
            _table(writing, [(_Bold(say(said)), say(answer)) for said, answer in pairs], (50, WIDTH - 50))
    _heading(writing, "whom")
    _facts(writing, whom(sheet))
    _heading(writing, "about")
    _facts(writing, origin(sheet))
    file = BytesIO()
    writing.made.save(file)
    return steady(file.getvalue())


class _Bold(str):
    """Text of a cell that is written in bold."""

    __slots__ = ()


def _set_up(writing: _Writing, sheet: Sheet, lang: Lang) -> None:
    """Paper, fonts, what the file says of itself, and the head and foot of every page."""
    section = writing.made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance = section.footer_distance = Mm(8)
    for name, size in _SIZES.items():
        _font(writing.made.styles[name], size)
    _alarm_style(writing.made)
    _describe(writing, sheet, lang)
    if sheet.warning:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = head.add_run(writing.say(sheet.warning))
        run.bold, run.font.color.rgb = True, _ALARM
    _foot(section.footer.paragraphs[0], f"{sheet.id} · {sheet.issued} · {sheet.digest}")


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), CHINESE)
    fonts.set(qn("w:cs"), LATIN)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    if style.name == "Normal":
        style.paragraph_format.space_after = Pt(4)
    elif style.name.startswith(("Heading", "Title")):
        style.font.color.rgb = _MARK if style.name != "Title" else RGBColor(0x11, 0x11, 0x11)


def _alarm_style(made: Made) -> None:
    style: Any = made.styles.add_style("Alarm", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    style.font.color.rgb, style.font.bold = _ALARM, True
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "A80016")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    style.element.get_or_add_pPr().append(borders)


def _describe(writing: _Writing, sheet: Sheet, lang: Lang) -> None:
    """Say what the file is; nothing of who made it when, and no picture of the library's own template."""
    about = writing.made.core_properties
    about.title, about.subject = writing.say(sheet.title)[:255], writing.say(PAGE["sheet"])
    about.author = about.last_modified_by = writing.say(sheet.owner)[:255]
    about.identifier, about.version, about.language = sheet.id, sheet.digest, "zh-CN" if lang == "zh" else "en"
    about.comments, about.keywords, about.revision = "", "", 1
    about.created = about.modified = datetime.combine(sheet.issued, datetime.min.time())
    package = writing.made.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.rels.pop(name)


def _foot(foot: Paragraph, text: str) -> None:
    style: Any = foot.style
    style.paragraph_format.tab_stops.clear_all()
    style.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{text}\t")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _opening(writing: _Writing, sheet: Sheet) -> None:
    writing.made.add_paragraph(writing.say(sheet.title), style="Title")
    for line in alarms(sheet):
        writing.made.add_paragraph(writing.say(line), style="Alarm")
    _facts(writing, facts(sheet))


def _heading(writing: _Writing, name: str) -> None:
    writing.made.add_heading(writing.say(PAGE[name]), 1)


def _facts(writing: _Writing, given: Facts) -> None:
    rows = [(_Bold(writing.say(label)), "\n".join(map(writing.say, values))) for label, values in given]
    _table(writing, rows, (32, WIDTH - 32))


def _prices(writing: _Writing, sheet: Sheet) -> None:
    _heading(writing, "prices")
    for number, table in enumerate(sheet.offers):
        if number:
            writing.made.add_paragraph()
        _offers(writing, table)


def _offers(writing: _Writing, table: OfferTable) -> None:
    head = (PAGE["item"], *table.names)
    rows: list[Sequence[str]] = [[_Bold(writing.say(name)) for name in head]]
    for row in table.rows:
        mark = _Bold if row.name in ("now", "later") else str
        rows.append([writing.say(row.label), *(mark("\n".join(map(writing.say, cell))) for cell in row.cells)])
    first = 30
    _table(writing, rows, (first, *[(WIDTH - first) // len(table.names)] * len(table.names)), head=True)


def _counter(writing: _Writing, sheet: Sheet) -> None:
    _heading(writing, "counter")
    say = writing.say
    if sheet.counter.instead:
        writing.made.add_paragraph(say(sheet.counter.instead))
        return
    rows: list[Sequence[str]] = [
        [_Bold("#"), _Bold(say(PAGE["step"])), _Bold(say(PAGE["minutes"])), _Bold(say(PAGE["part"]))]
    ]
    for number, step in enumerate(sheet.counter.steps, 1):
        rows.append([str(number), "\n".join(map(say, step_name(step))), say(step.minutes), say(step.part or _NONE)])
    _table(writing, rows, (12, WIDTH - 126, 50, 64), head=True)
    said = total(sheet)
    if said:
        writing.made.add_paragraph(say(said)).runs[0].bold = True
    if sheet.counter.untimed:
        writing.made.add_paragraph(say(sheet.counter.untimed))


def _questions(writing: _Writing, sheet: Sheet) -> None:
    _heading(writing, "questions")
    if not sheet.topics:
        writing.made.add_paragraph(writing.say(PAGE["no_questions"]))
    for topic in sheet.topics:
        writing.made.add_heading(writing.say(topic.title), 2)
        for item in topic.questions:
            asked = writing.made.add_paragraph()
            asked.add_run(writing.say(item.q)).bold = True
            asked.paragraph_format.keep_with_next = True
            writing.made.add_paragraph(writing.say(item.a))


def _table(writing: _Writing, rows: Sequence[Sequence[str]], widths: Sequence[int], head: bool = False) -> None:
    """Add a table; rows stay whole, and a head is repeated on every page."""
    table = writing.made.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, (given, row) in enumerate(zip(rows, table.rows, strict=True)):
        about = row._tr.get_or_add_trPr()
        about.append(OxmlElement("w:cantSplit"))
        if head and not number:
            about.append(OxmlElement("w:tblHeader"))
        for text, width, cell in zip(given, widths, row.cells, strict=True):
            cell.width = Mm(width)
            _fill(cell, text, shaded=head and not number)


def _fill(cell: Any, text: str, shaded: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.add_run(str(text)).bold = isinstance(text, _Bold) or None
    if shaded:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
