"""``clearance.yaml``: which keys may clear campaigns. Only a repository has one; nothing built in trusts any key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.attest.keys import PublicKey, read_public
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.trust import TrustedKey, TrustedKeys
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.models import About, Entry, Words
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem, misfits, problem
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import Document
from campaigncheck.source.place import Path
from campaigncheck.spec.load import fit, nearest_name
from campaigncheck.spec.types import Day, RegionCode

_PUBLIC_HINT = Text(
    "把 clear --new-key 写出的 .pub 文件的内容贴在这里。", "Paste the .pub file that `clear --new-key` wrote."
)
_NO_REGION = Text("没有代码是“{code}”的地区", "there is no region “{code}”")
_NO_REGION_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_REGIONS_HINT = Text("写 GB/T 2260 的六位代码。", "Write the six digits of GB/T 2260.")
_BACKWARDS = Text("有效期的结束早于开始", "it ends before it begins")
_BACKWARDS_HINT = Text("请改正 start 或 end。", "Mend start or end.")
_TWICE = Text("和“{other}”是同一把密钥", "this is the same key as “{other}”")
_TWICE_HINT = Text("一把密钥只写一次；几个地区写在一起。", "Name a key once, with all its regions.")


class Validity(Entry):
    """The days on which a key may sign, both included."""

    start: Day
    end: Day


class KeyEntry(Entry):
    """One key: the public half (PEM, or its 32 bytes in base64), whose it is, for whom and when it may sign."""

    public: Annotated[str, Field(min_length=1, max_length=4096)]
    holder: Words
    regions: Annotated[list[RegionCode], Field(min_length=1)]
    valid: Validity


class Clearance(Entry):
    """``clearance.yaml``: the keys and the algorithms with which campaigns are cleared."""

    about: About
    algorithms: Annotated[list[Literal["ed25519"]], Field(min_length=1)]
    keys: Annotated[dict[Words, KeyEntry], Field(min_length=1)]


def load_clearance(files: RuleFiles, regions: RegionTree) -> TrustedKeys:
    """Return the keys that a repository trusts; none if it does not say.

    Raises:
        CatalogueError: for what does not fit, keys that are none, unknown regions.
    """
    found = files.clearance()
    if found is None:
        return TrustedKeys(regions)
    value, document = found
    fitted = fit(Clearance, value)
    if isinstance(fitted, list):
        raise CatalogueError(misfits(document, fitted))
    problems: list[CatalogueProblem] = []
    keys: dict[PublicKey, TrustedKey] = {}
    for name, entry in fitted.keys.items():
        problems += _misfits(name, entry, document, regions)
        try:
            public = read_public(entry.public)
        except RefusedError as refused:
            problems.append(_at(document, ("keys", name, "public"), refused.message, _PUBLIC_HINT()))
            continue
        if public in keys:
            twice = _TWICE(other=keys[public].name)
            problems.append(_at(document, ("keys", name, "public"), twice, _TWICE_HINT()))
        valid = entry.valid
        keys[public] = TrustedKey(name, public, entry.holder, frozenset(entry.regions), valid.start, valid.end)
    if problems:
        raise CatalogueError(problems)
    return TrustedKeys(regions, tuple(keys.values()), frozenset(fitted.algorithms))


def _misfits(name: str, entry: KeyEntry, document: Document, regions: RegionTree) -> Iterator[CatalogueProblem]:
    for index, code in enumerate(entry.regions):
        if code not in regions.regions:
            nearest = nearest_name(code, regions.regions)
            hint = _NO_REGION_HINT(nearest=nearest) if nearest else _REGIONS_HINT()
            yield _at(document, ("keys", name, "regions", index), _NO_REGION(code=code), hint)
    if entry.valid.end < entry.valid.start:
        yield _at(document, ("keys", name, "valid"), _BACKWARDS(), _BACKWARDS_HINT())


def _at(document: Document, path: Path, message: Message, hint: Message) -> CatalogueProblem:
    return problem(document.path, message, hint, document.place(path))
