"""Key files: a private one from a file or the environment, public ones, new pairs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from campaigncheck.attest.keys import PrivateKey, PublicKey, read_public
from campaigncheck.attest.refused import RefusedError
from campaigncheck.catalogue.files import shown
from campaigncheck.cli.boundary import say
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import NO_SUCH_PATH, NO_SUCH_PATH_HINT, UsageError
from campaigncheck.files import write_new
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError

VARIABLE = "CAMPAIGNCHECK_KEY"
_MOST = 1 << 16
_PRIVATE_MODE, _PUBLIC_MODE = 0o600, 0o644

_NO_KEY = Text("没有签名的密钥", "there is no key to sign with")
_NO_KEY_HINT = Text(
    "用 --key 文件 指定，或者把密钥内容放进环境变量 {variable}；还没有密钥，先运行 campaigncheck clear --new-key 文件。",
    "Name it with --key FILE, or put its content into the environment variable {variable}; `campaigncheck clear --new-key "
    "FILE` makes one.",
)
_BAD_KEY = Text("密钥 {path} 用不了：{reason}", "the key {path} cannot be used: {reason}")
_PRIVATE_HINT = Text(
    "--key 要的是 clear --new-key 写出的私钥文件，不是 .pub。",
    "--key wants the private key that `clear --new-key` wrote, not its .pub.",
)
_PUBLIC_HINT = Text(
    "核验用公钥：clear --new-key 写出的 .pub 文件。",
    "Verifying takes the public key: the .pub file that `clear --new-key` wrote.",
)
_OPEN = Text(
    "注意：别人也能读密钥 {path}，请执行 chmod 600 {path}", "note: others can read the key {path}; run chmod 600 {path}"
)
_EXISTS = Text("{path} 已经有了，不覆盖", "{path} is there already and is not overwritten")
_EXISTS_HINT = Text(
    "换个文件名；旧密钥签的许可还要靠它核验。",
    "Choose another name; clearances that the old key signed still need it.",
)


def signing_key(file: str | None, lang: Lang) -> PrivateKey:
    """Return the key to sign with: from a file, else from the environment.

    Raises:
        UsageError: when there is none, or it cannot be used.
    """
    if file is not None:
        return _private(_read(file), shown(Path(file)), file, lang)
    given = os.environ.get(VARIABLE)
    if not given:
        raise UsageError(_NO_KEY(), _NO_KEY_HINT(variable=VARIABLE))
    return _private(given.encode("utf-8", "surrogateescape"), VARIABLE, None, lang)


def _private(data: bytes, name: str, file: str | None, lang: Lang) -> PrivateKey:
    try:
        key = PrivateKey.read(data)
    except RefusedError as refused:
        raise _bad(name, refused.message, _PRIVATE_HINT()) from refused
    if file is not None and os.name == "posix" and os.stat(file).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        say(_OPEN(path=name), lang)
    return key


def public_key(file: str) -> PublicKey:
    """Return a public key from a file.

    Raises:
        UsageError: when it cannot be used.
    """
    try:
        return read_public(_read(file).decode("ascii", "replace"))
    except RefusedError as refused:
        raise _bad(shown(Path(file)), refused.message, _PUBLIC_HINT()) from refused


def write_pair(file: Path) -> PublicKey:
    """Make a new key and write it, readable by nobody else, and its public half beside it.

    Raises:
        UsageError: when one of the files is there already, or cannot be written; neither is written then.
    """
    public = file.with_name(file.name + ".pub")
    for path in (file, public):
        if os.path.lexists(path):
            raise _exists(path)
    key = PrivateKey.new()
    with writing(public):
        _write(public, key.public.pem.encode(), _PUBLIC_MODE)
    try:
        with writing(file):
            _write(file, key.pem, _PRIVATE_MODE)
    except BaseException:
        public.unlink()
        raise
    return key.public


def _write(path: Path, content: bytes, mode: int) -> None:
    try:
        write_new(path, content, mode)
    except FileExistsError as error:
        raise _exists(path) from error


def _exists(path: Path) -> UsageError:
    return UsageError(_EXISTS(path=shown(path)), _EXISTS_HINT())


def _read(file: str) -> bytes:
    if not os.path.lexists(file):
        raise UsageError(NO_SUCH_PATH(path=shown(Path(file))), NO_SUCH_PATH_HINT())
    try:
        return read_bytes(file, _MOST)
    except SourceError as error:
        raise UsageError(_BAD_KEY(path=shown(Path(file)), reason=error.message), error.hint) from error


def _bad(name: str, reason: Message, hint: Message) -> UsageError:
    return UsageError(_BAD_KEY(path=name, reason=reason), hint)
