"""``campaigncheck import``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.boundary import FINDINGS, OK, say, show_crashes
from campaigncheck.cli.export import THERE, THERE_HINT, save
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today, today_option
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import NO_SUCH_PATH, NO_SUCH_PATH_HINT, UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.repository import CAMPAIGNS, SpecFile, find_rules, find_specs, find_upwards
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Lang, Text
from campaigncheck.report.text import write
from campaigncheck.workbook.names import SUFFIX, is_workbook

_NOT_XLSX = Text("{path} 不是 Excel 工作簿", "{path} is no workbook")
_NOT_XLSX_HINT = Text("import 只读 .xlsx 文件；YAML 不用导入。", "`import` reads .xlsx files; YAML needs no importing.")
_NONE_IN = Text("{path} 里没有 .xlsx 文件", "there is no .xlsx file in {path}")
_NONE_IN_HINT = Text("写明工作簿的路径。", "Name the path of the workbook.")
_ELSEWHERE = Text("{path}：库里已经有这个编号，在 {other}", "{path}: the repository has this id already, in {other}")
_ELSEWHERE_HINT = Text(
    "要更新它，就写 -o {folder} --force；要另起一个，就在工作簿里换个编号。",
    "To replace it, write -o {folder} --force; for a new campaign choose another id in the workbook.",
)
_NOTHING = Text("有错误，一个文件也没有写。", "nothing was written because of the errors.")
_DONE = Text("{path} → {made}", "{path} → {made}")


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE.xlsx...")
@click.option(
    "-o", "--output", metavar="DIR", default=None,
    help="YAML 写到哪个文件夹（默认 campaigns/）。 Where the YAML goes.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="已经有的文件也覆盖。 Overwrite files that are there.")
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=1, show_default=True, metavar="N",
    help="几个进程一起读，0 表示有几个核用几个。 Worker processes; 0 means one a core.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def import_(
    paths: tuple[str, ...],
    output: str | None,
    force: bool,
    jobs: int,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """把 Excel 工作簿里的营销案写成 YAML：全部写好，或者有错误就一个也不写。

    Make YAML of campaigns in workbooks: all of them, or none where something is wrong. Every finding names the sheet
    and the cell. Exit codes: 0 written, 1 something is wrong with a workbook, 2 wrong usage or configuration.
    """
    folder = Path(output) if output is not None else find_upwards(CAMPAIGNS) or Path(CAMPAIGNS)
    refuse_file(folder)
    books = list(_workbooks(paths))
    job = Job(
        specs=[*books, *_others(books)],
        files=RuleFiles.at(find_rules(rules_dir)),
        selection=Selection(("SPEC",), ()),
        today=today or _today(),
        jobs=jobs or os.cpu_count() or 1,
        tolerate=TABLES,
    )
    with progress(len(job.specs), lang) as advance:
        done = run(job, advance)
    show_crashes(crash.traceback for crash in done.crashes)
    if done.report.findings:
        click.echo(write(done.report, lang), nl=False)
    if done.report.reaches("error"):
        say(_NOTHING(), lang)
        return FINDINGS
    _write(_targets(done, folder, force), folder, force, lang)
    return OK


_today = today


def _workbooks(paths: Sequence[str]) -> Iterator[SpecFile]:
    """Yield the workbooks at some paths, each once; of a folder those in it."""
    seen = set()
    for path in paths:
        found = _in_folder(path) if os.path.isdir(path) else [path]
        for name in found:
            if not os.path.lexists(name):
                raise UsageError(NO_SUCH_PATH(path=name), NO_SUCH_PATH_HINT())
            if not is_workbook(name):
                raise UsageError(_NOT_XLSX(path=shown(Path(name))), _NOT_XLSX_HINT())
            real = os.path.realpath(name)
            if real not in seen:
                seen.add(real)
                yield SpecFile(real, shown(Path(name)), selected=True)


def _in_folder(path: str) -> list[str]:
    """Return the workbooks in a folder; those that Excel keeps while a file is open are none."""
    names = sorted(
        name for name in os.listdir(path) if name.lower().endswith(SUFFIX) and not name.startswith(("~$", "."))
    )
    if not names:
        raise UsageError(_NONE_IN(path=shown(Path(path))), _NONE_IN_HINT())
    return [os.path.join(path, name) for name in names]


def _others(books: Sequence[SpecFile]) -> list[SpecFile]:
    """Return the campaigns of the repository, which workbooks may name as their parents."""
    if find_upwards(CAMPAIGNS) is None:
        return []
    with suppress(UsageError):  # a folder with nothing in it yet
        return [SpecFile(spec.file, spec.shown, selected=False) for spec in find_specs(())]
    return []


def _targets(done: Run, folder: Path, force: bool) -> dict[Path, Examined]:
    """Return the file of each campaign; none may be there already, here or elsewhere."""
    there = {item.id: item for item in done.replaced}
    targets: dict[Path, Examined] = {}
    for item in done.examined:
        if not item.spec.selected:
            continue
        path = folder / f"{item.id}.yaml"
        other = there.get(item.id)
        if other is not None and Path(other.spec.file) != Path(os.path.realpath(path)):
            where = shown(Path(other.spec.shown).parent)
            raise UsageError(_ELSEWHERE(path=item.spec.shown, other=other.spec.shown), _ELSEWHERE_HINT(folder=where))
        if os.path.lexists(path) and not force:
            raise UsageError(THERE(path=shown(path)), THERE_HINT())
        targets[path] = item
    return targets


def _write(targets: dict[Path, Examined], folder: Path, force: bool, lang: Lang) -> None:
    """Write all files; where one cannot be written, those that are new are taken away again."""
    new: list[Path] = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        for path, item in targets.items():
            fresh = not os.path.lexists(path)
            assert item.document is not None
            save(path, item.document.text.encode(), force)
            if fresh:
                new.append(path)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise
    for path, item in targets.items():
        say(_DONE(path=item.spec.shown, made=shown(path)), lang)
