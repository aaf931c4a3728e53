"""Whether a campaign has a clearance that stands: signed by a trusted key, for this campaign, for what it says now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.attest.digest import spec_digest
from campaigncheck.attest.envelope import read_envelope
from campaigncheck.attest.keys import PublicKey
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.statement import Statement, read_statement
from campaigncheck.attest.strict import MAX_BYTES
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError

MISSING = Text("没有上线许可 {name}", "there is no clearance {name}")
INVALID = Text("上线许可 {name} 无效：{reason}", "the clearance {name} does not hold: {reason}")
NO_KEYS = Text("检查尺度没有认可任何密钥", "the policy trusts no key")
OTHER_CAMPAIGN = Text("它是给 {other} 的", "it is for {other}")
OTHER_SPEC = Text("签发以后营销案改过", "the campaign was changed after it was issued")
NO_DIGEST = Text("营销案里的数 JSON 写不了", "the campaign holds figures that JSON cannot")


class Opened(NamedTuple):
    """A clearance whose signatures are good: what it says, and who signed it."""

    statement: Statement
    signers: tuple[PublicKey, ...]


def open_clearance(data: bytes, keys: TrustedKeys) -> Opened:
    """Read a clearance; nothing of it is looked at before its signatures are found good.

    Raises:
        RefusedError: when it is damaged, no clearance, or not signed by keys that are trusted.
    """
    envelope = read_envelope(data)
    signers = envelope.verified(keys.public)
    return Opened(read_statement(envelope.payload), signers)


def shortcoming(folder: Path, campaign_id: str, values: Mapping[str, Any], keys: TrustedKeys) -> Message | None:
    """Return why the clearance of a campaign does not stand, as far as itself and the spec go; None if it stands.

    Args:
        folder: where clearances are.
        campaign_id: the campaign.
        values: the values of its spec, as they are loaded.
        keys: the keys that the policy trusts.
    """
    name = f"{folder.name}/{campaign_id}.json"
    file = folder / f"{campaign_id}.json"
    if not file.exists():
        return MISSING(name=name)
    reason = _reason(file, campaign_id, values, keys)
    return None if reason is None else INVALID(name=name, reason=reason)


def _reason(file: Path, campaign_id: str, values: Mapping[str, Any], keys: TrustedKeys) -> Message | None:
    if not keys:
        return NO_KEYS()
    try:
        opened = open_clearance(read_bytes(str(file), MAX_BYTES), keys)
    except RefusedError as refused:
        return refused.message
    except SourceError as error:
        return error.message
    if opened.statement.campaign != campaign_id:
        return OTHER_CAMPAIGN(other=opened.statement.campaign)
    misuse = keys.misuse(opened.signers, owner_of(values), opened.statement.issued_on)
    return misuse or changed(opened.statement, values)


def changed(statement: Statement, values: Mapping[str, Any]) -> Message | None:
    """Return what is wrong if a spec says something else than when it was cleared."""
    try:
        digest = spec_digest(values)
    except RefusedError:
        return NO_DIGEST()
    return None if digest == statement.digest else OTHER_SPEC()


def owner_of(values: Mapping[str, Any]) -> str:
    """Return the region that runs a campaign; empty if its spec does not say."""
    owner = values.get("owner")
    region = owner.get("region") if isinstance(owner, dict) else None
    return region if isinstance(region, str) else ""
