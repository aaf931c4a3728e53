"""The sheets of ``campaigncheck faq``: one file a campaign and format, and the list of all."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, say, show_crashes
from campaigncheck.cli.options import listed
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.repository import find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.edition import INDEX, Edition, Listed, Refusal
from campaigncheck.sheets.formats import FORMATS, CannotWriteError, chosen
from campaigncheck.sheets.press import Copy, Order, press
from campaigncheck.sheets.render import INDEX_PAGE, render_index
from campaigncheck.sheets.templating import check_templates, refuse_unused

_REFUSED = Text("{place} {message}", "{place} {message}")
_RENDERING = Text("做 FAQ 单", "rendering sheets")
_MADE = Text("做好 {count} 张 FAQ 单，目录在 {index}", "{count} FAQ sheets made, listed in {index}")
_MADE_ONE = Text("做好 1 张 FAQ 单，目录在 {index}", "1 FAQ sheet made, listed in {index}")
_ALL_PASS = Text("{made}。", "{made}.")
_BLOCKED = Text(
    "{made}；其中 {blocked} 张没有通过检查，不能给客户用。",
    "{made}; {blocked} of them did not pass and must not be used with customers.",
)
_ONE_BLOCKED = Text(
    "{made}；它没有通过检查，不能给客户用。", "{made}; it did not pass and must not be used with customers."
)
_UNCLEARED = Text(
    "还有 {count} 张没有放行，只供准备和演练。", "{count} more: not cleared yet, for preparation and rehearsal only."
)


@dataclass(frozen=True)
class Wanted:
    """What sheets are asked for.

    Attributes:
        paths: the specs; none means ``campaigns/``.
        folder: where the files go.
        formats: names of formats, some perhaps joined by commas.
        templates: the folder of a site's own templates, if it has some.
        jobs: how many processes make PDF; 0 means one a core.
        rules_dir: the rules folder, if one is named.
        today: the day to check for, and the day of issue.
    """

    paths: tuple[str, ...]
    folder: Path
    formats: Sequence[str]
    templates: str | None
    jobs: int
    rules_dir: str | None
    today: date


def make_sheets(wanted: Wanted, lang: Lang) -> int:
    """Check the campaigns, write their sheets and the list of them, and return the exit code.

    Raises:
        UsageError: for an unknown format or template, or when what a format needs is missing.
    """
    refuse_file(wanted.folder)
    order = _order(wanted, lang)
    specs = find_specs(wanted.paths)
    files = RuleFiles.at(find_rules(wanted.rules_dir))
    job = Job(specs=specs, files=files, selection=Selection(), today=wanted.today, waivers=find_waivers(None))
    with progress(len(specs), lang) as advance:
        done = run(job, advance)
    refusals = _write_all(Edition(done, job.today), wanted.folder, order)
    for refusal in refusals:
        say(_REFUSED(place=refusal.place, message=refusal.message), lang)
    return exit_code(done, refusals)


def own_templates(folder: str | None, pages: Iterable[str]) -> Path | None:
    """Return a site's folder of templates after looking at what is in it; ``pages`` are the templates to be filled.

    Raises:
        UsageError: when it is no folder, holds something that is no template, or nothing that the pages use.
    """
    if folder is None:
        return None
    own = Path(os.path.abspath(folder))
    check_templates(own)
    refuse_unused(own, pages)
    return own


def _order(wanted: Wanted, lang: Lang) -> Order:
    """Read how sheets are wanted, and look whether everything is there before any work is done."""
    names = tuple(chosen(listed(tuple(wanted.formats))))
    own = own_templates(wanted.templates, [INDEX_PAGE, *(FORMATS[name].page for name in names if FORMATS[name].page)])
    for name in names:
        FORMATS[name].ready()
    return Order(names, lang, own, wanted.jobs or os.cpu_count() or 1)


def _write_all(edition: Edition, folder: Path, order: Order) -> list[Refusal]:
    """Write every sheet, and the list once all are there; return what could not be made."""
    lines: list[Listed] = []
    refusals: list[Refusal] = []
    count = len(edition.run.report.outcomes)
    labels = {FORMATS[name].suffix: FORMATS[name].label for name in order.formats}
    if order.templates is not None:  # a list that fails shall do so before any sheet is written
        render_index([], edition.today, order.lang, labels, order.templates)
    # Documents leave rings of objects behind, too many to keep; the run itself is not looked through for any.
    gc.freeze()
    gc.enable()
    with progress(count, order.lang, _RENDERING) as advance:
        for line, made in press(edition.make(), order._replace(jobs=min(order.jobs, count))):
            if isinstance(made, Refusal):
                refusals.append(made)
                lines.append(line)
            else:
                written, failed = _write_copies(folder, line, made)
                refusals += failed
                lines.append(written)
            advance(1)
    _write(folder, f"{INDEX}.html", render_index(lines, edition.today, order.lang, labels, order.templates))
    _tell(lines, folder, order.lang)
    return refusals


def _write_copies(folder: Path, line: Listed, copies: Sequence[Copy]) -> tuple[Listed, list[Refusal]]:
    """Write the files of a sheet; return its line with those that are there, and why others are not."""
    written: list[str] = []
    refusals: list[Refusal] = []
    for suffix, content in copies:
        if isinstance(content, CannotWriteError):
            refusals.append(Refusal(line.path, content.message))
        else:
            _write(folder, f"{line.id}{suffix}", content)
            written.append(suffix)
    if not written:
        return replace(line, made=False, group="missing", files=()), refusals
    return replace(line, files=tuple(written)), refusals


def _write(folder: Path, name: str, content: str | bytes) -> None:
    """Write one file, whole or not at all; ``name`` begins with a campaign's id, which has no dot and no slash."""
    path = folder / name
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def _tell(lines: Sequence[Listed], folder: Path, lang: Lang) -> None:
    made = [line for line in lines if line.made]
    blocked = sum(line.verdict != "pass" for line in made)
    index = shown(folder / f"{INDEX}.html")
    said = _MADE_ONE(index=index) if len(made) == 1 else _MADE(count=len(made), index=index)
    ending = _ALL_PASS if not blocked else _ONE_BLOCKED if len(made) == 1 else _BLOCKED
    click.echo(ending(made=said, blocked=blocked).render(lang))
    uncleared = sum(line.verdict == "pass" and not line.cleared and line.group != "over" for line in made)
    if uncleared:
        click.echo(_UNCLEARED(count=uncleared).render(lang))


def exit_code(done: Run, refusals: list[Refusal]) -> int:
    """Return 3 if a rule crashed, 1 if a sheet could not be made, else 0."""
    show_crashes(crash.traceback for crash in done.crashes)
    if done.report.crashed:
        return FAULT
    return FINDINGS if refusals else OK
