"""``campaigncheck faq --draft ID``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import HOURLY
from campaigncheck.cli.boundary import OK, say
from campaigncheck.cli.options import today as _today
from campaigncheck.cli.progress import progress
from campaigncheck.drafts.draft import Drafts, drafts
from campaigncheck.drafts.paste import to_paste, with_drafts
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import find_rules, find_specs
from campaigncheck.engine.rewrite import Rewrite, rewrite
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.language.answers import DRAFT
from campaigncheck.messages import Lang, Text
from campaigncheck.source.changes import EditError

_COMPLETE = Text(
    "“{title}”（{id}）该回答的都回答了，不用起草。", "“{title}” ({id}) answers all it has to: nothing to draft."
)
_OVER = Text(
    "“{title}”（{id}）已经下线、过期，或者没有覆盖任何城市，不用再准备问答。",
    "“{title}” ({id}) is retired, over, or in no city: nothing to draft.",
)
_DRAFTED = Text(
    "“{title}”（{id}）还缺 {count} 个问题，已按营销案里的内容起草。核实、改好以后去掉“{mark}”，没去掉的通不过检查。",
    "“{title}” ({id}), still to answer: {count}. Drafted from its spec: check each, put it right, then take the mark "
    "{mark} (draft) away; with it no answer passes.",
)
_GAPS = Text(
    "有 {count} 处营销案里没有写，要由您补上：见“（请写明：……）”。",
    "Not in the spec, to be filled in where it says （请写明：…） (please state): {count}.",
)
_WRITTEN = Text("已写进 {path}。", "Written into {path}.")
_CANNOT = Text("写不进 {path}：{reason}", "{path} cannot be edited in place: {reason}")
_CANNOT_HINT = Text(
    "不加 --write，把打印出来的问答贴进 faq。", "Leave --write out, and paste what is printed into faq."
)
_READ_ONLY_HINT = Text(
    "去掉只读，或者不加 --write，把打印出来的问答贴进 faq。",
    "Make it writable, or leave --write out and paste what is printed into faq.",
)


def draft(
    wanted: str, paths: tuple[str, ...], write_it: bool, rules_dir: str | None, today: date | None, lang: Lang
) -> int:
    """Print the questions that a campaign still needs with draft answers, as YAML; insert them if asked to.

    Args:
        wanted: the id of the campaign.
        paths: where campaigns are; the default is ``campaigns/``.
        write_it: whether to insert them into the spec.
        rules_dir: the rules folder, if one is named.
        today: the day to judge for, if it is not the present one.
        lang: of the messages; drafts are in Chinese, as specs are.

    Returns:
        0, also when there is nothing to draft.

    Raises:
        UsageError: when there is no such campaign, its spec has errors, or it cannot be edited or written.
        ChangedError: when its file has changed since it was read.
    """
    found = _drafts(wanted, paths, rules_dir, today, lang)
    names = {"title": found.named.campaign.title, "id": found.named.campaign.id}
    if not found.entries:
        say((_OVER if found.over else _COMPLETE)(**names), lang)
        return OK
    text, before = found.named.text, len(found.named.campaign.faq)
    if write_it:
        _write(found, text, before)
    click.echo(to_paste(text, before, found.entries), nl=False)
    say(_DRAFTED(**names, count=len(found.entries), mark=DRAFT), lang)
    if found.gaps:
        say(_GAPS(count=found.gaps), lang)
    if write_it:
        say(_WRITTEN(path=found.named.item.spec.shown), lang)
    return OK


def _drafts(wanted: str, paths: tuple[str, ...], rules_dir: str | None, today: date | None, lang: Lang) -> Drafts:
    # All are context: what each of them does wrong by itself is not asked for.
    specs = [replace(spec, selected=False) for spec in find_specs(paths)]
    files, day, selection = RuleFiles.at(find_rules(rules_dir)), today or _today(), Selection(("SPEC",))
    knowledge = Knowledge.of(files, HOURLY)
    with progress(len(specs), lang) as advance:
        done = run_with(knowledge, Job(specs, files, selection, day), advance)
    return drafts(done.examined, wanted, knowledge.examiner(selection, day.toordinal()))


def _write(found: Drafts, text: str, before: int) -> None:
    spec = found.named.item.spec
    try:
        new = with_drafts(text, before, found.entries)
    except EditError as error:
        raise UsageError(_CANNOT(path=spec.shown, reason=error.message), _CANNOT_HINT()) from error
    rewrite([Rewrite(spec, text, new)], _READ_ONLY_HINT())
