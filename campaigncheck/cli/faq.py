"""``campaigncheck faq``: sheets, the daily sheet of a place, and drafts of what is not answered yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click

from campaigncheck.cli.options import Day, debug_option, lang_option, listed, rules_option, today, today_option
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.formats import FORMATS

_NO_OUTPUT = Text("没有写 FAQ 单放在哪个文件夹", "it is not said where the sheets go")
_NO_OUTPUT_HINT = Text("加上 -o 文件夹，没有会新建。", "Add -o DIR; it is made if missing.")
_ONLY_WITH = Text("{option} 要和 {other} 一起用", "{option} goes with {other}")
_ONLY_WITH_HINT = Text("加上 {other}，或者去掉 {option}。", "Add {other}, or leave {option} out.")
_NOT_WITH = Text("{option} 和 {other} 不能一起用", "{option} does not go with {other}")
_NOT_WITH_HINT = Text("去掉其中一个。", "Leave one of them out.")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", metavar="DIR",
    help="放 FAQ 单的文件夹，没有就新建。 Folder for the sheets; made if missing.",
)  # fmt: skip
@click.option(
    "--format", "formats", multiple=True, metavar="FORMAT",
    help=f"格式，可以写几个：{'、'.join(FORMATS)}。 Format, repeatable; default html.",
)  # fmt: skip
@click.option(
    "--for", "where", metavar="PLACE",
    help="某个营业厅（编号或名称）或城市（代码或名称）一天的单子。 The daily sheet of a hall or city.",
)  # fmt: skip
@click.option(
    "--on", type=Day(), metavar="DATE",
    help="哪一天的单子，默认今天；和 --for 一起用。 The day of the daily sheet; default today.",
)  # fmt: skip
@click.option(
    "--draft", "wanted", metavar="ID",
    help="起草这个营销案还没回答的问题，打印成 YAML。 Draft what a campaign does not answer yet, as YAML.",
)  # fmt: skip
@click.option("--write", "write_it", is_flag=True, help="把起草的问答写进文件。 Insert the drafts into the spec.")
@click.option(
    "--templates", metavar="DIR",
    help="用这个文件夹里的模板代替同名的内置模板。 Your own templates instead of the built-in ones of their name.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(0, 256), metavar="N",
    help="做 PDF 用几个进程；0 是有几个核用几个，默认这样。 Processes for PDF; 0, the default: one a core.",
)  # fmt: skip
@rules_option
@today_option
@lang_option
@debug_option
def faq(
    paths: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    where: str | None,
    on: date | None,
    wanted: str | None,
    write_it: bool,
    templates: str | None,
    jobs: int | None,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """把每个营销案（默认 campaigns/）做成 FAQ 单：网页、PDF、Word、Excel、Markdown 或 JSON。

    Render one file per campaign and format, and index.html, which lists them. With --for: one sheet of
    everything that runs in a hall or city on a day. With --draft: the questions that a campaign still needs,
    with draft answers. Exit codes: 0 every sheet was made (those of blocked campaigns say so), 1 some could
    not be, 2 wrong usage or configuration, 3 internal fault, 130 interrupted.
    """
    _refuse_without((("--write", write_it, "--draft", wanted), ("--on", on, "--for", where)))
    if wanted is not None:
        given = {"-o": output, "--format": formats, "--for": where, "--templates": templates}
        _refuse_beside("--draft", {**given, "--jobs": jobs is not None})
        from campaigncheck.cli.draft import draft

        return draft(wanted, paths, write_it, rules_dir, today, lang)
    if output is None:
        raise UsageError(_NO_OUTPUT(), _NO_OUTPUT_HINT())
    day, folder = today or _today(), Path(output)
    if where is not None:
        _refuse_beside("--for", {"--jobs": jobs is not None})
        return _daily(where, on, day, folder, paths, rules_dir, formats, templates, lang)
    from campaigncheck.cli.sheets import Wanted, make_sheets

    return make_sheets(Wanted(paths, folder, formats, templates, jobs or 0, rules_dir, day), lang)


_today = today


def _refuse_without(given: Iterable[tuple[str, object, str, object]]) -> None:
    """Refuse options that mean nothing without another one."""
    for option, value, other, there in given:
        if value and there is None:
            raise UsageError(_ONLY_WITH(option=option, other=other), _ONLY_WITH_HINT(option=option, other=other))


def _refuse_beside(option: str, given: Mapping[str, object]) -> None:
    """Refuse options that mean nothing beside another one."""
    for other, value in given.items():
        if value:
            raise UsageError(_NOT_WITH(option=option, other=other), _NOT_WITH_HINT())


def _daily(
    where: str,
    on: date | None,
    day: date,
    folder: Path,
    paths: tuple[str, ...],
    rules_dir: str | None,
    formats: tuple[str, ...],
    templates: str | None,
    lang: Lang,
) -> int:
    from campaigncheck.cli.daily import Asked, make_daily

    linked = {file.stem for file in folder.glob("*.html")} if folder.is_dir() else set()
    asked = Asked(where, on, day, folder, paths, rules_dir, listed(formats), linked, templates)
    return make_daily(asked, lang)
