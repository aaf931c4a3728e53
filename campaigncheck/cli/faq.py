"""``campaigncheck faq``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, say
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today, today_option
from campaigncheck.cli.outputs import writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.edition import INDEX, Edition, Listed, Refusal
from campaigncheck.sheets.render import render, render_index

_NO_FOLDER = Text("{path} 是文件，不是文件夹", "{path} is a file, not a folder")
_NO_FOLDER_HINT = Text("-o 后面写一个文件夹，没有会新建。", "-o names a folder; it is made if missing.")
_REFUSED = Text("{place} {message}", "{place} {message}")
_RENDERING = Text("做 FAQ 单", "rendering sheets")
_MADE = Text(
    "做好 {count} 张 FAQ 单，目录在 {index}；其中 {blocked} 张没有通过检查，不能给客户用。",
    "{count} FAQ sheets made, listed in {index}; {blocked} of them did not pass and must not be used with customers.",
)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", required=True, metavar="DIR",
    help="放 FAQ 单的文件夹，没有就新建。 Folder for the sheets; made if missing.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def faq(paths: tuple[str, ...], output: str, rules_dir: str | None, today: date | None, lang: Lang) -> int:
    """把每个营销案（默认 campaigns/）的 FAQ 单做成一个网页，打印和手机上看都行。

    Render one self-contained page per campaign, and index.html. Exit codes: 0 every sheet was made
    (those of blocked campaigns say so), 1 some could not be, 2 wrong usage or configuration,
    3 internal fault, 130 interrupted.
    """
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(_NO_FOLDER(path=shown(folder)), _NO_FOLDER_HINT())
    specs = find_specs(paths)
    files = RuleFiles.at(find_rules(rules_dir))
    job = Job(specs=specs, files=files, selection=Selection(), today=today or _today())
    with progress(len(specs), lang) as advance:
        done = run(job, advance)
    refusals = _write_all(Edition(done, job.today), folder, lang)
    for refusal in refusals:
        say(_REFUSED(place=refusal.place, message=refusal.message), lang)
    return exit_code(done, refusals)


_today = today


def _write_all(edition: Edition, folder: Path, lang: Lang) -> list[Refusal]:
    """Write every sheet, and the list once all are there; return what could not be made."""
    listed: list[Listed] = []
    refusals: list[Refusal] = []
    with progress(len(edition.run.report.outcomes), lang, _RENDERING) as advance:
        for line, sheet in edition.make():
            if isinstance(sheet, Refusal):
                refusals.append(sheet)
            else:
                _write(folder, sheet.id, render(sheet, lang))
            listed.append(line)
            advance(1)
    _write(folder, INDEX, render_index(listed, edition.today, lang))
    made = [line for line in listed if line.made]
    blocked = sum(line.verdict != "pass" for line in made)
    index = shown(folder / f"{INDEX}.html")
    click.echo(_MADE(count=len(made), index=index, blocked=blocked).render(lang))
    return refusals


def _write(folder: Path, name: str, page: str) -> None:
    """Write one page, whole or not at all; ``name`` is a campaign's id, which has no dot and no slash."""
    path = folder / f"{name}.html"
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, page)


def exit_code(done: Run, refusals: list[Refusal]) -> int:
    """Return 3 if a rule crashed, 1 if a sheet could not be made, else 0."""
    for crash in done.crashes if "--debug" in sys.argv else ():
        click.echo(crash.traceback, err=True)
    if done.report.crashed:
        return FAULT
    return FINDINGS if refusals else OK
