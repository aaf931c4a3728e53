"""``campaigncheck export``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import TABLES, load_catalogues
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.options import debug_option, lang_option, rules_option
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import SUFFIXES, find_rules, find_specs
from campaigncheck.files import write_new, write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.source.document import load
from campaigncheck.source.errors import SourceError
from campaigncheck.spec.load import fit, nearest_name
from campaigncheck.spec.model import Campaign
from campaigncheck.workbook.names import SUFFIX
from campaigncheck.workbook.problems import MissingPackageError, TooLongError
from campaigncheck.workbook.write import write_template

_NO_SUCH = Text("没有编号为“{id}”的营销案", "there is no campaign “{id}”")
_NEAREST = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_FILE_HINT = Text("写编号，或者 YAML 文件的路径。", "Name an id, or the path of a YAML file.")
_TWICE = Text("“{id}”在几个文件里都用了：{paths}", "“{id}” is the id of several files: {paths}")
_TWICE_HINT = Text("写明文件的路径。", "Name the path of the file.")
_BROKEN = Text("{path} 有读不懂的地方，做不了工作簿", "{path} cannot be understood, so there is no workbook of it")
_BROKEN_HINT = Text(
    "先改好 campaigncheck check {path} 指出的错误。", "First mend what `campaigncheck check {path}` finds."
)
_NOT_XLSX = Text("{path} 不是 .xlsx 文件名", "{path} does not end with .xlsx")
_NOT_XLSX_HINT = Text("写成 -o 活动.xlsx 的样子。", "Write something like -o campaign.xlsx.")
THERE = Text("{path} 已经有了，没有覆盖", "{path} is there already and was not overwritten")
THERE_HINT = Text("换个名字；确定要覆盖就加 --force。", "Choose another name, or add --force to overwrite it.")
_DONE = Text("已写好 {path}", "written: {path}")
_COMMENTS = Text("YAML 里的注释不会带进工作簿。", "comments of the YAML are not in the workbook.")


@click.command()
@click.argument("wanted", metavar="ID|FILE")
@click.option("-o", "--output", required=True, metavar="FILE.xlsx", help="写到哪个工作簿。 The workbook to write.")
@click.option("--force", is_flag=True, help="已经有的文件也覆盖。 Overwrite a file that is there.")
@rules_option
@lang_option
@debug_option
def export(wanted: str, output: str, force: bool, rules_dir: str | None, lang: Lang) -> int:
    """把一个营销案写成 Excel 工作簿，改好以后可以用 import 导回来。

    Write a campaign as a workbook, which `campaigncheck import` reads back without loss.
    """
    path = Path(output)
    if path.suffix.lower() != SUFFIX:
        raise UsageError(_NOT_XLSX(path=shown(path)), _NOT_XLSX_HINT())
    if os.path.lexists(path) and not force:
        raise UsageError(THERE(path=shown(path)), THERE_HINT())
    values, commented = _values(wanted)
    catalogues = load_catalogues(RuleFiles.at(find_rules(rules_dir)), TABLES)
    try:
        data = write_template(catalogues, lang, values)
    except (MissingPackageError, TooLongError) as error:
        raise UsageError(error.message, error.hint) from error
    save(path, data, force)
    say(_DONE(path=shown(path)), lang)
    if commented:
        say(_COMMENTS(), lang)
    return OK


def save(path: Path, data: bytes, force: bool) -> None:
    """Write a file whole; one that has come to be there meanwhile is not overwritten."""
    with writing(path):
        if force:
            write_whole(path, data)
            return
        try:
            write_new(path, data, 0o644)
        except FileExistsError as error:
            raise UsageError(THERE(path=shown(path)), THERE_HINT()) from error


def _values(wanted: str) -> tuple[dict[str, Any], bool]:
    """Return what a spec says, and whether it has comments."""
    if wanted.lower().endswith(SUFFIXES):
        (spec,) = [spec for spec in find_specs([wanted]) if spec.selected][:1]
        return _read(spec.file, spec.shown)
    found, ids = [], []
    for spec in find_specs(()):
        try:
            value, _, _ = load(spec.file, spec.shown)
        except SourceError:
            continue
        ids.append(str(value.get("id")))
        if ids[-1] == wanted:
            found.append(spec)
    if not found:
        near = nearest_name(wanted, ids)
        raise UsageError(_NO_SUCH(id=wanted), _NEAREST(nearest=near) if near else _FILE_HINT())
    if len(found) > 1:
        raise UsageError(_TWICE(id=wanted, paths=[spec.shown for spec in found]), _TWICE_HINT())
    return _read(found[0].file, found[0].shown)


def _read(file: str, name: str) -> tuple[dict[str, Any], bool]:
    """Return the values of a spec that fits the model; anything else would not come back whole."""
    try:
        value, document, _ = load(file, name)
    except SourceError as error:
        raise UsageError(_BROKEN(path=name), _BROKEN_HINT(path=name)) from error
    if isinstance(fit(Campaign, value), list):
        raise UsageError(_BROKEN(path=name), _BROKEN_HINT(path=name))
    return value, any(line.lstrip().startswith("#") or " #" in line for line in document.text.split("\n"))
