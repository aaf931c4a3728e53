"""``campaigncheck verify``."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from campaigncheck.attest.strict import MAX_BYTES
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.clearance.report import write_json, write_text
from campaigncheck.clearance.situation import Repository, Situation, look
from campaigncheck.clearance.verify import Clearance, read_clearance
from campaigncheck.clearance.verify import verify as compare
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, say, show_crashes
from campaigncheck.cli.keys import public_key
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today, today_option
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import NO_SUCH_PATH, NO_SUCH_PATH_HINT, UsageError
from campaigncheck.engine.repository import find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Knowledge
from campaigncheck.messages import Lang, Text
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError

SUFFIX = ".json"

_NO_CLEARANCE = Text("{path} 不是上线许可", "{path} is no clearance")
_NO_CLEARANCE_HINT = Text(
    "上线许可是 clear 写的 clearances/编号.json；写文件夹就核验里面全部。",
    "A clearance is the file clearances/<id>.json that `clear` wrote; a folder stands for all that are in it.",
)
_EMPTY = Text("{path} 里没有上线许可", "there is no clearance in {path}")
_UNREADABLE = Text("{path}：{reason}", "{path}: {reason}")
_NO_KEYS = Text("没有可以相信的公钥", "there is no key to trust")
_NO_KEYS_HINT = Text(
    "用 --key 文件.pub 指定，或者把公钥写进 rules/clearance.yaml。",
    "Name one with --key FILE.pub, or put it into rules/clearance.yaml.",
)
_today = today


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="CLEARANCE...")
@click.option(
    "--key", "key_files", multiple=True, metavar="FILE.pub",
    help="相信这个公钥，可以写几个（检查尺度认可的不用写）。 A public key to trust, repeatable.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rules_option
@today_option
@lang_option
@debug_option
def verify(
    paths: tuple[str, ...],
    key_files: tuple[str, ...],
    form: str,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """上线前核验许可：签名、营销案、规则、重叠的营销案、例外，哪样变了都说出来。

    Prove that nothing relevant has changed since clearances were issued: signature, spec, rules, neighbours,
    exceptions, findings. Exit codes: 0 all hold, 1 one does not, 2 wrong usage or configuration, 3 internal fault,
    130 interrupted.
    """
    data = _read(paths)
    given = [(shown(Path(file)), public_key(file)) for file in key_files]
    specs = find_specs(())
    files = RuleFiles.at(find_rules(rules_dir))
    knowledge = Knowledge.of(files)
    keys = knowledge.catalogues.trusted
    for name, public in given:
        keys = keys.with_key(name, public)
    if not keys:
        raise UsageError(_NO_KEYS(), _NO_KEYS_HINT())
    found = [read_clearance(path, content, keys) for path, content in data.items()]
    knowledge = replace(knowledge, catalogues=replace(knowledge.catalogues, trusted=keys))
    with progress(len(specs), lang) as advance:
        repository = Repository(specs, files, find_waivers(None), {})
        asked = {item.campaign for item in found if item.campaign is not None}
        situation = look(knowledge, repository, asked, today or _today(), advance)
    return _tell(found, situation, keys, form, lang)


def _tell(found: list[Clearance], situation: Situation, keys: TrustedKeys, form: str, lang: Lang) -> int:
    for notice in situation.notices:
        say(notice, lang)
    verified = [compare(item, situation, keys) for item in found]
    click.echo(write_json(verified, lang) if form == "json" else write_text(verified, keys, lang), nl=False)
    if situation.crashes:
        show_crashes(crash.traceback for crash in situation.crashes)
        return FAULT
    return OK if all(item.holds for item in verified) else FINDINGS


def _read(paths: tuple[str, ...]) -> dict[str, bytes]:
    """Return the content of every file, by the path that users see; each once."""
    found: dict[str, bytes] = {}
    for path in paths:
        for file in _files(path):
            try:
                found[shown(Path(file))] = read_bytes(file, MAX_BYTES)
            except SourceError as error:
                raise UsageError(_UNREADABLE(path=shown(Path(file)), reason=error.message), error.hint) from error
    return found


def _files(path: str) -> list[str]:
    name = shown(Path(path))
    if os.path.isdir(path):
        inside = sorted(file for file in os.listdir(path) if file.endswith(SUFFIX) and not file.startswith("."))
        if not inside:
            raise UsageError(_EMPTY(path=name), _NO_CLEARANCE_HINT())
        return [os.path.join(path, file) for file in inside]
    if not os.path.lexists(path):
        raise UsageError(NO_SUCH_PATH(path=name), NO_SUCH_PATH_HINT())
    if not path.endswith(SUFFIX):
        raise UsageError(_NO_CLEARANCE(path=name), _NO_CLEARANCE_HINT())
    return [path]
