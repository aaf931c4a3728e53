"""The report for people: findings by file with the source line, then a table of verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from campaigncheck.engine.finding import Finding, Outcome, Proposal, Report
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import aftercare, faulty, handling, names
from campaigncheck.report.words import summary
from campaigncheck.source.place import CellPlace, Lines, Place

WIDTH = 110
_EXCERPT = 96
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_VERDICT_COLOURS = {"pass": "green", "blocked": "bold red", "invalid": "bold red"}
_COLUMNS = (
    Text("营销案", "campaign"),
    Text("阶段", "stage"),
    Text("结论", "verdict"),
    Text("错误", "errors"),
    Text("警告", "warnings"),
    Text("柜台分钟：平均", "minutes: mean"),
    Text("中位", "p50"),
    Text("八成", "p80"),
    Text("九成", "p90"),
    Text("最费时的步骤", "heaviest steps"),
)
_NUMERIC = range(3, 9)
MOST = 100
"""So many campaigns are all listed; of more, those with findings, since nobody reads a list of thousands."""
_OTHERS = Text(
    "另有 {count} 个营销案没有问题，表里没有列出；--format json 里有全部。",
    "{count} further campaigns without findings are not listed; --format json has all of them.",
)
_PROPOSED = Text("一起比对的提案：{path}（{id}）", "compared with the proposal {path} ({id})")
_INSTEAD = Text(
    "一起比对的提案：{path}，代替 {instead}（{id}）", "compared with the proposal {path} instead of {instead} ({id})"
)
_NOT_COUNTED = Text(
    "提案 {path} 没有用上：正在检查的 {instead} 也是 {id}，以它为准",
    "the proposal {path} was left out: {instead}, which is being checked, is {id} as well",
)


def write(report: Report, lang: Lang, colour: bool = False, width: int = WIDTH) -> str:
    """Write the report as text, ``width`` cells wide; colour only where asked for."""
    out = StringIO()
    console = _Printer(out, colour, width)
    faults = list(faulty.lines(report.faulty, lang))
    if faults:
        console.print("\n".join(faults) + "\n")
    for path, findings in groupby((item for item in report.findings if item.waived is None), key=_path):
        console.print(Styled(path, style="bold underline"))
        lines = Lines(report.sources.get(path, ""))
        for finding in findings:
            _print_finding(console, finding, lines, lang)
        console.print()
    if report.waived:
        _print_waived(console, report, lang)
    if report.unread:
        console.print(names.UNREAD(count=len(report.unread), paths=list(report.unread)).render(lang) + "\n")
    for proposal in report.proposals:
        console.print(_told(proposal).render(lang))
    if report.proposals:
        console.print()
    words = summary(report, lang)
    if words:
        console.print("\n".join(words) + "\n")
    for sections in (list(handling.sections(report, lang, width)), list(aftercare.sections(report, lang))):
        if sections:
            out.write(printed(sections, colour, width) + "\n")
    listed = _listed(report.outcomes)
    if listed:
        _print_whole(_table(listed, lang), out, colour, width)
    if len(listed) < len(report.outcomes):
        console.print(_OTHERS(count=len(report.outcomes) - len(listed)).render(lang))
    console.print(names.total(report).render(lang))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def printed(sections: Iterable[Table | str], colour: bool = False, width: int = WIDTH) -> str:
    """Return tables and sentences as text."""
    out = StringIO()
    for section in sections:
        _print_whole(section, out, colour, width)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _print_whole(section: Table | str, out: StringIO, colour: bool, width: int) -> None:
    """Print a table as wide as it needs to be; no column of it is cut."""
    wide = _console(out, colour, 10 * WIDTH)
    needed = wide.measure(section).maximum if isinstance(section, Table) else width
    _console(out, colour, max(width, needed)).print(section, soft_wrap=isinstance(section, str))


class _Printer:
    """Prints one line after another; a line without colour needs no layout, which takes a while."""

    def __init__(self, out: StringIO, colour: bool, width: int) -> None:
        self._out, self._colour = out, colour
        self._console = _console(out, colour, width)

    def print(self, line: Styled | str = "") -> None:
        plain = str(line) if isinstance(line, Styled) else Styled(line).plain
        if self._colour or "\t" in plain:
            self._console.print(line)
        else:
            self._out.write(plain + "\n")


def _told(proposal: Proposal) -> Message:
    if proposal.instead_of is None:
        return _PROPOSED(path=proposal.path, id=proposal.id)
    text = _INSTEAD if proposal.counts else _NOT_COUNTED
    return text(path=proposal.path, id=proposal.id, instead=proposal.instead_of)


def _console(out: StringIO, colour: bool, width: int) -> Console:
    return Console(
        file=out, width=width, no_color=not colour, force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, soft_wrap=True, legacy_windows=False,
    )  # fmt: skip


def _print_finding(console: _Printer, finding: Finding, lines: Lines, lang: Lang) -> None:
    colour = _COLOURS[finding.severity]
    console.print(_head(finding, names.spot(finding.place), colour, lang))
    shown = not (isinstance(finding.place, CellPlace) and finding.place.is_nowhere)
    for line in excerpt(lines, finding.place) if shown else ():
        console.print(Styled(f"      {line}", style="dim" if "^" not in line else colour))
    console.print(Styled("      " + names.hint(finding, lang)))
    for other in finding.related:
        console.print(Styled("      " + names.related(other, lang), style="dim"))


def _print_waived(console: _Printer, report: Report, lang: Lang) -> None:
    """Print the findings under an exception, each with the exception instead of how to mend it."""
    console.print(Styled(names.WAIVED().render(lang), style="bold underline"))
    for finding in report.findings:
        if finding.waived is not None:
            console.print(_head(finding, names.at(finding.path, finding.place), "dim", lang))
            console.print(Styled("      " + names.waiver(finding.waived, lang)))
    console.print()


def _head(finding: Finding, place: str, colour: str, lang: Lang) -> Styled:
    head = Styled(f"  {place}  ")
    head.append(names.SEVERITIES[finding.severity]().render(lang), style=colour)
    head.append(f" {finding.rule}  ", style="bold")
    head.append(finding.message.render(lang))
    return head


def _path(finding: Finding) -> str:
    return finding.path


def excerpt(lines: Lines, place: Place) -> list[str]:
    """Return the source line and a line of carets under the span, aligned by display width.

    A Chinese character is two cells wide, so columns of characters and of cells differ. Long lines
    are cut around the span.
    """
    source = lines.line(place.line).expandtabs(1)
    if not source.strip():
        return []
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(source.rstrip())
    begin = _window(source, start)
    shown = source[begin : begin + _EXCERPT]
    while cell_len(shown) > _EXCERPT:
        shown = shown[:-1]
    cut = "…" if begin else ""
    lead = cell_len(cut + source[begin:start])
    marked = source[start : min(end, begin + len(shown))]
    tail = "…" if begin + len(shown) < len(source) else ""
    return [cut + _visible(shown) + tail, " " * lead + "^" * max(1, cell_len(marked))]


def _window(source: str, start: int) -> int:
    """Return where to begin showing a line so that the span is on the screen."""
    if start <= _EXCERPT and cell_len(source[:start]) <= _EXCERPT // 2:
        return 0
    if len(source) <= _EXCERPT and cell_len(source) <= _EXCERPT:
        return 0
    begin = start
    while begin and cell_len(source[begin - 1 : start]) <= _EXCERPT // 3:
        begin -= 1
    return begin


def _visible(text: str) -> str:
    """Replace characters that would move the cursor or hide text."""
    return "".join(char if char.isprintable() or char == "\u3000" else "�" for char in text)


def _listed(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    if len(outcomes) <= MOST:
        return outcomes
    return tuple(item for item in outcomes if item.errors or item.warnings or item.notes or item.waived)


def _table(outcomes: tuple[Outcome, ...], lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(_COLUMNS):
        table.add_column(column().render(lang), justify="right" if index in _NUMERIC else "left", no_wrap=True)
    for outcome in outcomes:
        verdict = Styled(names.VERDICTS[outcome.verdict]().render(lang), style=_VERDICT_COLOURS[outcome.verdict])
        steps = ", ".join(f"{step.name().render(lang)} {step.minutes:.1f}" for step in outcome.heaviest)
        counts = (str(outcome.errors), str(outcome.warnings))
        table.add_row(outcome.id, outcome.stage, verdict, *counts, *_handling(outcome), steps)
    return table


def _handling(outcome: Outcome) -> list[str]:
    estimate = outcome.handling
    figures = ("mean", "p50", "p80", "p90")
    return [f"{getattr(estimate, name):.1f}" if estimate else "" for name in figures]
