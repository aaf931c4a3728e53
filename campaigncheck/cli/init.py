"""``campaigncheck init``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from campaigncheck import __version__
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.cli.options import debug_option, lang_option, listed, today_option
from campaigncheck.cli.options import today as _today
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.region_named import known_region, named
from campaigncheck.messages import Lang, Text
from campaigncheck.starter.content import Wish, contents
from campaigncheck.starter.example import period
from campaigncheck.starter.write import in_the_way, write_new

_DEFAULT_REGION = "510000"
_SHOWN = 10
_LAST_YEAR = 9000
_ORG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?(?:/[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)*")
_PACKAGE = re.compile(r"(?!-)[^\x00-\x1f\x7f'\"`$\\%]+")

_THERE = Text("已经有这些文件，不会覆盖：{names}", "these files are there and are not overwritten: {names}")
_THERE_MORE = Text(
    "已经有这些文件，不会覆盖：{names}，等等，一共 {count} 个",
    "these files are there and are not overwritten: {names} and others, {count} in all",
)
_THERE_HINT = Text(
    "换一个空文件夹，或者先把它们移走。一个文件也没有写。",
    "Choose an empty folder, or move them away. Nothing has been written.",
)
_NO_FOLDER = Text("{path} 不是文件夹", "{path} is no folder")
_NO_FOLDER_HINT = Text("写一个文件夹，没有会新建。", "Name a folder; it is made if missing.")
_COUNTY = Text("{region} 是区县，营销案归省或市", "{region} is a county; campaigns belong to provinces and cities")
_COUNTY_HINT = Text("写它所在的城市：{city}。", "Name its city: {city}.")
_BAD_ORG = Text("“{given}”不能当组织名", "“{given}” is no name of an organisation")
_BAD_ORG_HINT = Text(
    "写 GitHub 组织或 GitLab 群组的名字，不带 @，如 my-company。",
    "Write the name of a GitHub organisation or GitLab group without @, such as my-company.",
)
_BAD_PACKAGE = Text("“{given}”不能写进 CI 文件", "“{given}” cannot be written into CI files")
_BAD_PACKAGE_HINT = Text(
    "写 pip 认识的包名、地址或路径，不带引号、$ 和 %，如 campaigncheck==0.1.0。",
    "Write what pip installs, without quotes, $ and %: a requirement such as campaigncheck==0.1.0, an address or a path.",
)
_TOO_LATE = Text("--today {today} 太晚了", "--today {today} is too late")
_TOO_LATE_HINT = Text("写 {year} 年以前的日期。", "Write a day before the year {year}.")
_DONE = Text("写好了 {count} 个文件：{path}", "{count} files written: {path}")
_GUESSED = Text(
    "没有写 --region，示例放在 {region}；换别的省市：campaigncheck init --region 地名",
    "No --region was given, so the example is for {region}; for another: campaigncheck init --region NAME",
)
_NEXT = Text(
    "接下来：{enter}git init，campaigncheck check；写自己的营销案：campaigncheck new；README.md 里有说明。",
    "Next: {enter}git init, campaigncheck check --lang en; for a campaign of your own, campaigncheck new; README.md says more.",
)
_ENTER = Text("cd {path}，", "cd {path}, ")
_OWNERS = Text(
    "CODEOWNERS 里的 @{org} 换成自己的组织（或者用 --org 重写）。",
    "Put your own organisation in the place of @{org} in CODEOWNERS (or name it with --org).",
)
_ORG_THERE = "your-org"


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option(
    "--region", "regions", multiple=True, metavar="REGION",
    help="管哪些省市，可以写几个，第一个放示例。 Provinces and cities, repeatable; the first has the example.",
)  # fmt: skip
@click.option(
    "--org", default=_ORG_THERE, metavar="NAME", help="CODEOWNERS 里的组织名。 The organisation in CODEOWNERS."
)
@click.option(
    "--package", default=f"campaigncheck=={__version__}", show_default=True, metavar="SPEC",
    help="CI 装什么：包名、地址或路径。 What CI installs: a requirement, an address or a path.",
)  # fmt: skip
@today_option
@lang_option
@debug_option
def init(folder: str, regions: tuple[str, ...], org: str, package: str, today: date | None, lang: Lang) -> int:
    """新建一个营销案仓库（默认在当前目录）：规则、示例、CI、编辑器设置、CODEOWNERS。已有的文件不会覆盖。

    Start a campaign repository: rules, an example, CI files, editor settings, owners by region. Nothing is overwritten.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise UsageError(_NO_FOLDER(path=shown(target)), _NO_FOLDER_HINT())
    if not _ORG.fullmatch(org):
        raise UsageError(_BAD_ORG(given=org), _BAD_ORG_HINT())
    if not _PACKAGE.fullmatch(package):
        raise UsageError(_BAD_PACKAGE(given=package), _BAD_PACKAGE_HINT())
    catalogues = load_catalogues(RuleFiles.at(None))
    codes = _regions(listed(regions) or (_DEFAULT_REGION,), catalogues)
    start, end = _period(today or _today(), catalogues)
    texts = contents(Wish(codes, org, package, lang, start, end), catalogues.regions)
    _write(target, texts)
    for message in (
        _DONE(count=len(texts), path=shown(target)),
        *(() if regions else (_GUESSED(region=named(codes[0], catalogues.regions)),)),
        *((_OWNERS(org=org),) if org == _ORG_THERE else ()),
        _NEXT(enter="" if shown(target) == "." else _ENTER(path=shown(target))),
    ):
        click.echo(message.render(lang))
    return 0


def _regions(given: tuple[str, ...], catalogues: Catalogues) -> tuple[str, ...]:
    """Return the codes of provinces and cities, each once.

    Raises:
        UsageError: for one that does not exist, and for a county.
    """
    tree = catalogues.regions
    codes = [known_region("--region", name, tree, catalogues.former) for name in given]
    for code in codes:
        if code not in (COUNTRY, tree.province(code), tree.city(code)):
            city = tree.city(code) or tree.province(code)
            raise UsageError(_COUNTY(region=named(code, tree)), _COUNTY_HINT(city=named(city, tree)))
    return tuple(dict.fromkeys(codes))


def _period(today: date, catalogues: Catalogues) -> tuple[date, date]:
    if today.year >= _LAST_YEAR:
        raise UsageError(_TOO_LATE(today=today), _TOO_LATE_HINT(year=_LAST_YEAR))
    return period(today, catalogues.calendar)


def _write(target: Path, texts: dict[str, str]) -> None:
    """Write all files, or none.

    Raises:
        UsageError: when some are there already, or cannot be written.
    """
    names = in_the_way(target, texts)
    if names:
        message = _THERE if len(names) <= _SHOWN else _THERE_MORE
        raise UsageError(message(names=names[:_SHOWN], count=len(names)), _THERE_HINT())
    with writing(target):
        write_new(target, texts)
