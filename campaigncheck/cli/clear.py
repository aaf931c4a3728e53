"""``campaigncheck clear``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from campaigncheck.attest.envelope import seal
from campaigncheck.attest.keys import PrivateKey
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import open_clearance
from campaigncheck.attest.statement import Statement, write_statement
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.clearance.issue import clear as state_clearance
from campaigncheck.clearance.issue import refusals
from campaigncheck.clearance.report import name_key, write_issued, write_refusal
from campaigncheck.clearance.situation import Repository, Situation, look
from campaigncheck.cli.boundary import FAULT, FINDINGS, OK, say, show_crashes
from campaigncheck.cli.keys import signing_key, write_pair
from campaigncheck.cli.options import debug_option, lang_option, rules_option, today, today_option
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.cli.progress import progress
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.named import no_such
from campaigncheck.engine.repository import find_clearances, find_rules, find_specs, find_waivers
from campaigncheck.engine.run import Knowledge
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text
from campaigncheck.report.names import UNREAD

_NO_ID = Text("没有写要给哪个营销案签发", "no campaign is named")
_NO_ID_HINT = Text(
    "写上营销案的编号：campaigncheck clear 编号 --key 文件；要新密钥用 --new-key 文件。",
    "Name it by its id: campaigncheck clear ID --key FILE; --new-key FILE makes a key.",
)
_ONLY_KEY = Text("--new-key 只生成密钥，不和别的一起用", "--new-key makes a key and goes with nothing else")
_ONLY_KEY_HINT = Text("分两次运行：先 --new-key，再签发。", "Run it twice: first --new-key, then clear a campaign.")
_NEW_KEY = Text(
    "私钥写进 {path}（只有您能读，不要放进仓库），公钥写进 {public}，编号 {id}。\n"
    "要让 check 和 verify 认可它，把公钥写进 rules/clearance.yaml。",
    "The private key is in {path} (readable by you only; keep it out of the repository), the public one in {public}, "
    "its id is {id}.\nFor check and verify to trust it, put the public key into rules/clearance.yaml.",
)
_UNTRUSTED = Text(
    "注意：检查尺度不认可这把密钥，check 会说没有上线许可，verify 要加 --key；认可它，把公钥写进 rules/clearance.yaml。",
    "note: the policy does not trust this key: check will miss a clearance, and verify needs --key. To trust it, put the "
    "public key into rules/clearance.yaml.",
)
_MISUSE = Text("注意：{reason}", "note: {reason}")
_NOT_STATED = Text("“{id}”的上线许可写不出来：{reason}", "the clearance of “{id}” cannot be written: {reason}")
_NOT_STATED_HINT = Text(
    "看看它和重叠的营销案里有没有超过 15 位的整数。",
    "See whether it, or a campaign it overlaps, has a whole number of more than 15 digits.",
)
_today = today


@click.command()
@click.argument("wanted", metavar="[ID]", required=False)
@click.option(
    "--key", "key_file", metavar="FILE",
    help="签名的私钥（默认用环境变量 CAMPAIGNCHECK_KEY 的内容）。 Private key to sign with.",
)  # fmt: skip
@click.option("--new-key", "new_key", metavar="FILE", help="生成一对密钥：FILE 和 FILE.pub。 Make a key pair.")
@click.option("-o", "--output", metavar="DIR", help="写到哪个文件夹（默认 clearances）。 Folder to write to.")
@rules_option
@today_option
@lang_option
@debug_option
def clear(
    wanted: str | None,
    key_file: str | None,
    new_key: str | None,
    output: str | None,
    rules_dir: str | None,
    today: date | None,
    lang: Lang,
) -> int:
    """给已批准、检查通过的营销案签发上线许可：clearances/编号.json。

    Issue a signed clearance for a campaign that is approved and passes everything, with the whole repository around
    it. Exit codes: 0 issued, 1 refused, 2 wrong usage or configuration, 3 internal fault, 130 interrupted.
    """
    if new_key is not None:
        if wanted is not None or key_file is not None or output is not None:
            raise UsageError(_ONLY_KEY(), _ONLY_KEY_HINT())
        return _make_key(Path(new_key), lang)
    if wanted is None:
        raise UsageError(_NO_ID(), _NO_ID_HINT())
    key = signing_key(key_file, lang)
    specs = find_specs(())
    folder = Path(output) if output is not None else find_clearances()
    refuse_file(folder)
    files = RuleFiles.at(find_rules(rules_dir))
    with progress(len(specs), lang) as advance:
        repository = Repository(specs, files, find_waivers(None), {})
        situation = look(Knowledge.of(files), repository, {wanted}, today or _today(), advance)
    return _issue(situation, wanted, key, folder, lang)


def _make_key(file: Path, lang: Lang) -> int:
    public = write_pair(file)
    path = shown(file)
    click.echo(_NEW_KEY(path=path, public=f"{path}.pub", id=public.id).render(lang))
    return OK


def _issue(situation: Situation, wanted: str, key: PrivateKey, folder: Path, lang: Lang) -> int:
    found = situation.named(wanted)
    if not found:
        raise no_such(wanted, situation.examined)
    if situation.crashes:
        show_crashes(crash.traceback for crash in situation.crashes)
    for notice in situation.notices:
        say(notice, lang)
    if situation.report.unread:
        say(UNREAD(count=len(situation.report.unread), paths=list(situation.report.unread)), lang)
    reasons = list(refusals(situation, wanted))
    if reasons:
        click.echo(write_refusal(wanted, reasons, lang), nl=False)
        return FAULT if situation.report.crashed else FINDINGS
    (item,) = found
    statement, content = _signed(situation, item, key)
    path = folder / f"{item.id}.json"
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    _warn(situation, item, statement, key, lang)
    named = name_key(key.public, situation.knowledge.catalogues.trusted, lang)
    click.echo(write_issued(shown(path), item.title, statement, named, lang), nl=False)
    return OK


def _signed(situation: Situation, item: Examined, key: PrivateKey) -> tuple[Statement, bytes]:
    """Return a clearance as it is written; it has been read back."""
    try:
        statement = state_clearance(situation, item)
        content = seal(write_statement(statement), [key])
        open_clearance(content, TrustedKeys(situation.knowledge.catalogues.regions).with_key(item.id, key.public))
    except RefusedError as refused:
        raise UsageError(_NOT_STATED(id=item.id, reason=refused.message), _NOT_STATED_HINT()) from refused
    return statement, content


def _warn(situation: Situation, item: Examined, statement: Statement, key: PrivateKey, lang: Lang) -> None:
    """Say if those who check will not accept the key."""
    trusted = situation.knowledge.catalogues.trusted
    if trusted.public(key.public.id) is None:
        say(_UNTRUSTED(), lang)
        return
    misuse = trusted.misuse([key.public], item.owner, statement.issued_on)
    if misuse is not None:
        say(_MISUSE(reason=misuse), lang)
