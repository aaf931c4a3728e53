"""``campaigncheck new``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import HOURLY
from campaigncheck.cli import new_readers as read
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.new_asking import Asking, WrongAnswerError
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today_option
from campaigncheck.cli.options import today as _today
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.repository import CAMPAIGNS, SpecFile, find_rules, find_upwards, specs_at
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.files import write_new
from campaigncheck.messages import Lang, Text

_THERE = Text("{path} 已经有了，不会覆盖", "{path} is there already and is not overwritten")
_THERE_HINT = Text("用 -o 换一个文件名，或者先把它移走。", "Name another file with -o, or move it away.")
_NOT_YAML = Text("{path} 的扩展名不是 .yaml", "{path} does not end in .yaml")
_NOT_YAML_HINT = Text(
    "营销案是 .yaml 文件；要 Excel 工作簿，用 --xlsx。", "Specs are .yaml files; for a workbook use --xlsx."
)
_NOT_XLSX = Text("{path} 的扩展名不是 .xlsx", "{path} does not end in .xlsx")
_NOT_XLSX_HINT = Text("写成 --xlsx 文件名.xlsx。", "Write --xlsx NAME.xlsx.")
_BOTH = Text("--from 是照抄，不和 {names} 一起用", "--from copies, so {names} cannot go with it")
_BOTH_HINT = Text(
    "和 --from 一起只能写 --id、--start、-o 和 --yes；别的在新文件里改。",
    "Only --id, --start, -o and --yes go with --from; change the rest in the new file.",
)
_ALONE = Text("--xlsx 不和 {names} 一起用", "--xlsx cannot go with {names}")
_ALONE_HINT = Text(
    "空白工作簿不用回答问题：campaigncheck new --xlsx 文件名.xlsx；已有的营销案用 campaigncheck export。",
    "An empty workbook needs no answers: campaigncheck new --xlsx NAME.xlsx; for a campaign that is there: campaigncheck export.",
)
_WRITE = Text("写进 {path}？[Y/n]", "Write {path}? [Y/n]")
_NOTHING = Text("没有写。", "Nothing was written.")
_DONE = Text("写好了：{path}", "Written: {path}")
_GAPS = Text(
    "FAQ 要回答的都列好了，其中 {count} 个还缺内容，见“（请写明：…）”。",
    "All FAQ questions are in it; {count} of the answers lack something: see （请写明：…）.",
)
_NEXT = Text(
    "接下来：改好“待办”的地方，再运行 campaigncheck check {path}",
    "Next: see to what says “To do”, then campaigncheck check {path} --lang en",
)
_MOVED = Text("照 {id} 抄成 {new}，{start} 到 {end}。", "Copied {id} to {new}, {start} to {end}.")
_WEEKS = Text("日期往后挪了 {weeks} 周，星期几不变。", "Days are moved on by {weeks} weeks, so weekdays stay.")
_DAYS = Text("日期挪了 {days} 天，星期几变了。", "Days are moved by {days} days, so weekdays change.")
_SHEET_NEXT = Text(
    "填好以后：campaigncheck import {path}", "Once it is filled in: campaigncheck import {path} --lang en"
)
_BROKEN = Text("{path} 有错误，没法照抄", "{path} has errors, so it cannot be copied")
_CANNOT = Text("抄不了 {path}：{reason}", "{path} cannot be copied: {reason}")
_CANNOT_HINT = Text("自己复制一份，再改日期和编号。", "Copy it by hand, then change its days and id.")
_SAY_HINT = Text("改 --start 或 --id。", "Change --start or --id.")
_TODAY = Text("--today {today} 太晚了", "--today {today} is too late")
_TODAY_HINT = Text("写 {year} 年以前的日期。", "Write a day before the year {year}.")
_LATE = Text("挪过去就超出了能写的日期", "moved like that, its days are beyond those a spec may name")
_LATE_HINT = Text("用 --start 写新的开始日期。", "Name the new start with --start.")

_OPTIONS = (
    ("region", "在哪里：地名、代码或拼音。 Where: a name, a code or pinyin."),
    ("department", "负责部门（默认市场部）。 The department that runs it."),
    ("contact", "联系方式。 Whom to ask: an address or a number."),
    ("title", "活动名称。 Its name."),
    ("kind", "哪种优惠：discount contract gift bundle trial points upgrade。 Kind of offer."),
    ("product", "产品：代码、名称或拼音。 The product."),
    ("price", "多少元，不收钱写 0。 Yuan; 0 if free."),
    ("per", "怎么收：month once day（默认 month）。 How it is paid."),
    ("contract-months", "合约月数。 Months of a contract."),
    ("free-months", "免费月数。 Free months."),
    ("gift", "赠品名称。 The gift."),
    ("quantity", "赠品份数。 How many gifts."),
    ("start", "开始日期。 First day."),
    ("end", "结束日期。 Last day."),
    ("code", "短信办理代码。 What customers send by SMS."),
    ("uptake", "预计办理笔数。 Orders expected."),
    ("id", "编号。 Its id."),
)
_WITH_FROM = ("id", "start")


def _answer_options(command: Any) -> Any:
    for name, help_text in reversed(_OPTIONS):
        command = click.option(f"--{name}", name.replace("-", "_"), default=None, metavar="…", help=help_text)(command)
    return command


@click.command()
@_answer_options
@click.option(
    "--channel", "channels", multiple=True, metavar="…",
    help="办理渠道，可以写几个。 Channels, repeated or separated by commas.",
)  # fmt: skip
@click.option(
    "--from", "source", default=None, metavar="ID", help="照以前的营销案抄，日期往后挪。 Copy an earlier campaign."
)
@click.option(
    "-o", "target", default=None, metavar="FILE", help="写到哪个文件（默认 campaigns/地区/编号.yaml）。 The file."
)
@click.option(
    "--xlsx", default=None, metavar="FILE", help="写一个空白 Excel 工作簿，填好再导入。 An empty workbook instead."
)
@click.option("--yes", is_flag=True, help="有默认值的不问。 Take defaults without asking.")
@rules_option
@today_option
@lang_option
@debug_option
def new(
    channels: tuple[str, ...],
    source: str | None,
    target: str | None,
    xlsx: str | None,
    yes: bool,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
    **options: str | None,
) -> int:
    """新建一个营销案：问几个问题，写好带说明的 YAML，列出要回答的 FAQ；用选项回答就不问。

    Start a campaign: a few questions, then a commented spec with the FAQ it needs. Options answer beforehand.
    """  # fmt: skip
    given = {name.replace("_", "-"): value for name, value in options.items()}
    given["channel"] = ",".join(channels) if channels else None
    said = [f"--{name}" for name, value in given.items() if value is not None]
    files = RuleFiles.at(find_rules(rules_dir))
    if xlsx is not None:
        _refuse([*said, *(["--from"] if source else []), *(["-o"] if target else [])], _ALONE, _ALONE_HINT)
        return _workbook(Path(xlsx), Knowledge.of(files, HOURLY), lang)
    if source is not None:
        _refuse([name for name in said if name[2:] not in _WITH_FROM], _BOTH, _BOTH_HINT)
    knowledge, day = Knowledge.of(files, HOURLY), today or _today()
    if day.year >= _LAST_YEAR:
        raise UsageError(_TODAY(today=day), _TODAY_HINT(year=_LAST_YEAR))
    asking = Asking(lang, at_terminal(), yes)
    around = _around(knowledge, files, day)
    if source is not None:
        return _copy(source, target, given, around, day, asking)
    return _begin(target, given, around, knowledge, day, asking)


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _refuse(names: Sequence[str], text: Text, hint: Text) -> None:
    if names:
        raise UsageError(text(names=list(names)), hint())


def _around(knowledge: Knowledge, files: RuleFiles, day: date) -> tuple[Examined, ...]:
    """Examine the campaigns that are there, as far as others have to know of them."""
    home = find_upwards(CAMPAIGNS)
    specs = [SpecFile(file, name, False) for file, name in sorted(specs_at(str(home)).items())] if home else []
    return run_with(knowledge, Job(specs, files, Selection(("SPEC",)), day)).examined if specs else ()


def _begin(
    target: str | None, given: Mapping[str, str | None], others: Sequence[Examined], knowledge: Knowledge, day: date,
    asking: Asking,
) -> int:  # fmt: skip
    from campaigncheck.beginning.complete import with_questions
    from campaigncheck.beginning.spec import spec_text
    from campaigncheck.cli.new_questions import Around, ask_all

    catalogues = knowledge.catalogues
    known = {item.id for item in others}
    home = next((item.owner for item in others if item.owner), None)
    answers = ask_all(asking, given, Around(catalogues, known, day, home))
    asking.refuse_missing()
    assert answers is not None
    owner = catalogues.regions.city(answers.region) or answers.region
    path = _target(target, (find_upwards(CAMPAIGNS) or Path(CAMPAIGNS)) / owner / f"{answers.id}.yaml")
    text = spec_text(answers, catalogues, asking.lang, _schema(path))
    examiner = knowledge.examiner(Selection(("SPEC",)), day.toordinal())
    text, gaps = with_questions(text, shown(path), answers.id, others, examiner)
    if not _saved(path, text, asking):
        return OK
    if gaps:
        say(_GAPS(count=gaps), asking.lang)
    say(_NEXT(path=shown(path)), asking.lang)
    return OK


def _copy(
    source: str,
    target: str | None,
    given: Mapping[str, str | None],
    others: Sequence[Examined],
    day: date,
    asking: Asking,
) -> int:
    from campaigncheck.beginning.copied import copied, moved_by, next_id
    from campaigncheck.engine.named import find_named
    from campaigncheck.source.changes import EditError

    named = find_named(others, source, _BROKEN)
    campaign, known = named.campaign, frozenset(item.id for item in others)
    start = campaign.period.start
    try:
        wanted_start = given["start"]
        by = read.day(wanted_start) - start if wanted_start else moved_by(start, day)
        later = next_id(campaign.id, start.year, (start + by).year)
        wanted = read.new_id(given["id"] or read.free_id(later, known), known)
        if (campaign.period.end + by).year > _LAST_YEAR:
            raise UsageError(_LATE(), _LATE_HINT())
        made = copied(named.text, campaign, by, wanted, known, asking.lang)
    except WrongAnswerError as error:
        raise UsageError(error.message, _SAY_HINT()) from error
    except EditError as error:
        raise UsageError(_CANNOT(path=named.item.spec.shown, reason=error.message), _CANNOT_HINT()) from error
    path = _target(target, Path(named.item.spec.file).parent / f"{wanted}.yaml")
    say(_MOVED(id=source, new=wanted, start=made.start, end=made.end), asking.lang)
    weeks, rest = divmod(by, timedelta(weeks=1))
    say(_DAYS(days=by.days) if rest else _WEEKS(weeks=weeks), asking.lang)
    if _saved(path, made.text, asking):
        say(_NEXT(path=shown(path)), asking.lang)
    return OK


_LAST_YEAR = 2100


def _target(given: str | None, default: Path) -> Path:
    path = Path(given) if given is not None else default
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(_NOT_YAML(path=shown(path)), _NOT_YAML_HINT())
    _refuse_there(path)
    return path


def _refuse_there(path: Path) -> None:
    if os.path.lexists(path):
        raise UsageError(_THERE(path=shown(path)), _THERE_HINT())


def _schema(path: Path) -> str | None:
    """Return the way from a spec to the repository's schema, if it has one."""
    folder = find_upwards("schemas")
    file = folder / "campaign.schema.json" if folder else None
    if file is None or not file.is_file():
        return None
    return Path(os.path.relpath(file.resolve(), path.parent.resolve())).as_posix()


def _saved(path: Path, text: str, asking: Asking) -> bool:
    """Write a new file unless the user would rather not; say which."""
    if asking.terminal and not asking.yes and not asking.confirmed(_WRITE(path=shown(path))):
        say(_NOTHING(), asking.lang)
        return False
    _write(path, text.encode())
    say(_DONE(path=shown(path)), asking.lang)
    return True


def _write(path: Path, data: bytes) -> None:
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data, 0o644)


def _workbook(path: Path, knowledge: Knowledge, lang: Lang) -> int:
    from campaigncheck.workbook.problems import MissingPackageError
    from campaigncheck.workbook.write import write_template

    if path.suffix.casefold() != ".xlsx":
        raise UsageError(_NOT_XLSX(path=shown(path)), _NOT_XLSX_HINT())
    _refuse_there(path)
    try:
        data = write_template(knowledge.catalogues, lang)
    except MissingPackageError as error:
        raise UsageError(error.message, error.hint) from error
    _write(path, data)
    say(_DONE(path=shown(path)), lang)
    say(_SHEET_NEXT(path=shown(path)), lang)
    return OK
