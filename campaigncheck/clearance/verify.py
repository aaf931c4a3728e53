"""Whether a clearance still holds: everything that it was bound to, compared with what is there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from campaigncheck import __version__
from campaigncheck.attest.digest import spec_digest
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import Opened, changed, open_clearance, owner_of
from campaigncheck.attest.statement import Neighbour, Predicate, Statement, WaivedFinding
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.clearance.bound import catalogues, packages
from campaigncheck.clearance.issue import WANTED, stops, told, waived
from campaigncheck.clearance.situation import Found, Situation
from campaigncheck.engine.examine import Examined
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.understand.entry import Entry

Kind = Literal["signature", "campaign", "spec", "stage", "tool", "rules", "catalogue", "neighbour", "waiver", "finding"]
"""What a change is about."""

_MISNAMED = Text(
    "这是“{campaign}”的许可，文件却叫 {name}：可能拿错了，或者被换过",
    "this is the clearance of “{campaign}”, but the file is {name}: it was mixed up or swapped",
)
_GONE = Text("仓库里没有营销案“{campaign}”了", "there is no campaign “{campaign}” in the repository any more")
_TWICE = Text("“{campaign}”在几个文件里都用了：{paths}", "“{campaign}” is the id of several files: {paths}")
_UNREADABLE = Text("营销案读不懂：{path}", "the campaign cannot be read: {path}")
_FUTURE = Text("签发日 {day} 还没有到", "it is dated {day}, which is still to come")
_STAGE = Text("阶段退回到了{stage}", "its stage went back to “{stage}”")
_VERSION = Text(
    "是 campaigncheck {before} 签发的，现在用的是 {now}",
    "it was issued by campaigncheck {before}; this is {now}",
)
_RULE_NEW = Text("多了规则 {rule}", "the rule {rule} was added")
_RULE_GONE = Text("少了规则 {rule}", "the rule {rule} is gone")
_PACKAGE = Text("规则插件 {name} 从 {before} 变成了 {now}", "the rule plug-in {name} was {before} and is {now}")
_NO_PACKAGE = Text("没有", "absent")
_FILE_CHANGED = Text("规则文件 {name} 改过", "the rules file {name} changed")
_FILE_NEW = Text("多了规则文件 {name}", "the rules file {name} was added")
_FILE_GONE = Text("少了规则文件 {name}", "the rules file {name} is gone")
_OTHER_CHANGED = Text("重叠的营销案“{id}”改过", "the overlapping campaign “{id}” changed")
_OTHER_GONE = Text("重叠的营销案“{id}”不见了", "the overlapping campaign “{id}” is gone")
_OTHER_UNREADABLE = Text("重叠的营销案“{id}”读不懂了", "the overlapping campaign “{id}” can no longer be read")
_OTHER_NEW = Text(
    "“{id}”现在和它重叠，而且不用让它（{path}）",
    "“{id}” now overlaps it and need not give way ({path})",
)
_EXPIRED = Text(
    "{rule} 的例外（{approver}批准）已于 {expires} 到期", "the exception from {rule} (by {approver}) ended on {expires}"
)
_WITHDRAWN = Text("{rule} 的例外（{approver}批准）撤销了", "the exception from {rule} (by {approver}) was withdrawn")
_ALTERED = Text(
    "{rule} 的例外改过：原来是{approver}批准、到 {expires}",
    "the exception from {rule} was altered: it was by {approver}, until {expires}",
)
_OTHER_FACTS = Text("{rule} 的例外所依据的内容变了", "what the exception from {rule} rests on changed")
_ADDED = Text(
    "签发以后多了一条例外：{rule}（{approver}批准，到 {expires}）",
    "an exception was added after it was issued: {rule} (by {approver}, until {expires})",
)
_FINDING = Text("现在检查有问题：{finding}", "checked now, there is this: {finding}")


class Change(NamedTuple):
    """One thing because of which a clearance does not hold; ``about`` names the file, campaign or rule."""

    kind: Kind
    about: str
    message: Message


class Clearance(NamedTuple):
    """A clearance as read from its file: what it says if its signatures are good, else why not."""

    path: str
    name: str
    opened: Opened | None
    refused: Message | None

    @property
    def campaign(self) -> str | None:
        """The campaign that it is for."""
        return self.opened.statement.campaign if self.opened else None


class Verified(NamedTuple):
    """What became of a clearance; one of a campaign that is ``over`` was compared with its spec only."""

    clearance: Clearance
    changes: tuple[Change, ...]
    over: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing relevant has changed."""
        return not self.changes


def read_clearance(path: str, data: bytes, keys: TrustedKeys) -> Clearance:
    """Read a clearance; one that is refused says why."""
    name = Path(path).name
    try:
        return Clearance(path, name, open_clearance(data, keys), None)
    except RefusedError as refused:
        return Clearance(path, name, None, refused.message)


def verify(clearance: Clearance, situation: Situation, keys: TrustedKeys) -> Verified:
    """Compare a clearance with the repository as it is now."""
    if clearance.opened is None:
        assert clearance.refused is not None
        return Verified(clearance, (Change("signature", clearance.name, clearance.refused),))
    statement = clearance.opened.statement
    changes = [*_of_file(clearance, statement, situation.today)]
    item = _campaign(statement, situation)
    if isinstance(item, Change):
        return Verified(clearance, (*changes, item))
    changes += _of_spec(clearance.opened, item, situation, keys)
    if item.understood and item.entry is None:  # over or retired: there is nothing to launch, and nothing to compare
        return Verified(clearance, tuple(changes), over=True)
    changes += _of_rules(statement.predicate, situation)
    changes += _of_neighbours(statement, situation)
    changes += _of_findings(statement, situation)
    return Verified(clearance, tuple(changes))


def _of_file(clearance: Clearance, statement: Statement, today: date) -> Iterator[Change]:
    if clearance.name != f"{statement.campaign}.json":
        message = _MISNAMED(campaign=statement.campaign, name=clearance.name)
        yield Change("campaign", statement.campaign, message)
    if statement.issued_on > today:
        yield Change("signature", clearance.name, _FUTURE(day=statement.issued_on))


def _campaign(statement: Statement, situation: Situation) -> Examined | Change:
    """Return the spec of a campaign, or what keeps it from being compared."""
    name = statement.campaign
    found = situation.named(name)
    if not found:
        return Change("campaign", name, _GONE(campaign=name))
    if len(found) > 1:
        return Change("campaign", name, _TWICE(campaign=name, paths=[item.spec.shown for item in found]))
    return found[0]


def _of_spec(opened: Opened, item: Examined, situation: Situation, keys: TrustedKeys) -> Iterator[Change]:
    values = situation.values(item)
    if values is None:
        yield Change("spec", item.spec.shown, _UNREADABLE(path=item.spec.shown))
        return
    other = changed(opened.statement, values)
    if other is not None:
        yield Change("spec", item.spec.shown, other)
    misuse = keys.misuse(opened.signers, owner_of(values), opened.statement.issued_on)
    if misuse is not None:
        yield Change("signature", item.id, misuse)
    if item.understood and item.stage not in (WANTED, "launched", "retired"):
        yield Change("stage", item.spec.shown, _STAGE(stage=STAGES[item.stage]))


def _of_rules(issued: Predicate, situation: Situation) -> Iterator[Change]:
    if issued.tool.version != __version__:
        yield Change("tool", issued.tool.name, _VERSION(before=issued.tool.version, now=__version__))
    for rule in sorted(set(situation.rules) ^ set(issued.rules)):
        yield Change("rules", rule, (_RULE_GONE if rule in issued.rules else _RULE_NEW)(rule=rule))
    for name, before, now in _differences(issued.plug_ins, packages()):
        message = _PACKAGE(name=name, before=before or _NO_PACKAGE, now=now or _NO_PACKAGE)
        yield Change("rules", name, message)
    for name, before, now in _differences(issued.catalogues, catalogues(situation.repository.files)):
        text = _FILE_NEW if before is None else _FILE_GONE if now is None else _FILE_CHANGED
        yield Change("catalogue", name, text(name=name))


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield names whose values differ, with the value on either side."""
    for name in sorted({**before, **now}):
        if before.get(name) != now.get(name):
            yield name, before.get(name), now.get(name)


def _of_neighbours(statement: Statement, situation: Situation) -> Iterator[Change]:
    bound = {other.id: other for other in statement.predicate.neighbours}
    for other in bound.values():
        message = _of_neighbour(other, situation)
        if message is not None:
            yield Change("neighbour", other.id, message)
    for entry in situation.before(statement.campaign):
        if entry.id not in bound:
            yield Change("neighbour", entry.id, _OTHER_NEW(id=entry.id, path=entry.path))


def _of_neighbour(other: Neighbour, situation: Situation) -> Message | None:
    """Return what became of a campaign that was compared with; one that is over may change or go."""
    found = situation.named(other.id)
    if not found:
        return _OTHER_GONE(id=other.id) if other.ends_on >= situation.today else None
    if any(not item.understood for item in found):
        return _OTHER_UNREADABLE(id=other.id)
    counting: Entry | None = situation.portfolio.by_id.get(other.id)
    if counting is None:
        return None
    try:
        digest = spec_digest(situation.values_of(counting))
    except RefusedError:
        return _OTHER_UNREADABLE(id=other.id)
    return None if digest == other.digest.sha256 else _OTHER_CHANGED(id=other.id)


def _of_findings(statement: Statement, situation: Situation) -> Iterator[Change]:
    granted = {item.fingerprint: item for item in statement.predicate.waived}
    now = {found.fingerprint: found for found in situation.findings(statement.campaign)}
    for fingerprint, item in granted.items():
        message = _of_waiver(item, now.get(fingerprint), situation.today)
        if message is not None:
            yield Change("waiver", item.rule, message)
    for fingerprint, found in now.items():
        exception = found.finding.waived
        if exception is not None and fingerprint not in granted:
            named = {"rule": found.finding.rule, "approver": exception.approver, "expires": exception.expires}
            yield Change("waiver", found.finding.rule, _ADDED(**named))
        elif stops(found.finding):
            yield Change("finding", found.finding.rule, _FINDING(finding=told(found.finding)))


def _of_waiver(item: WaivedFinding, found: Found | None, today: date) -> Message | None:
    """Return what became of an exception; one whose finding is gone may go with it."""
    named = {"rule": item.rule, "approver": item.approver, "expires": item.expires_on}
    if item.expires_on < today:
        return _EXPIRED(**named)
    if found is None:
        return None
    if found.finding.waived is None:
        return _WITHDRAWN(**named)
    if found.facts != item.facts:
        return _OTHER_FACTS(**named)
    return None if WaivedFinding.model_validate(waived(found)) == item else _ALTERED(**named)
