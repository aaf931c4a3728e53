"""A signed clearance to work with, and the keys that stand for the policy's."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from campaigncheck.algebra.regions import COUNTRY, Region, RegionTree
from campaigncheck.attest.digest import spec_digest
from campaigncheck.attest.envelope import seal
from campaigncheck.attest.keys import PrivateKey
from campaigncheck.attest.statement import Predicate, Statement, state, write_statement
from campaigncheck.attest.trust import TrustedKey, TrustedKeys

VALUES: dict[str, Any] = {
    "spec": 1, "id": "sc-2027-spring", "stage": "approved", "owner": {"region": "510700"},
    "offers": [{"id": "one", "price": {"amount": 20.5}}],
}  # fmt: skip
START, END = date(2026, 1, 1), date(2027, 12, 31)
TREE = RegionTree.build(
    [
        Region(COUNTRY, "全国", ""), Region("310000", "上海市", COUNTRY), Region("510000", "四川省", COUNTRY),
        Region("510100", "成都市", "510000"), Region("510700", "绵阳市", "510000"), Region("510703", "涪城区", "510700"),
    ]
)  # fmt: skip


@cache
def key(number: int = 0) -> PrivateKey:
    """A key, always the same for a number."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return PrivateKey(Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32))


def trusted(*numbers: int, regions: tuple[str, ...] = ("510000",)) -> TrustedKeys:
    """The policy's keys."""
    keys = [
        TrustedKey(f"key-{number}", key(number).public, "省公司服务部", frozenset(regions), START, END)
        for number in numbers
    ]
    return TrustedKeys(TREE, tuple(keys))


def predicate(**changes: Any) -> Predicate:
    """What a clearance says, with every part in it."""
    digest = "ab" * 32
    given: dict[str, Any] = {
        "tool": {"name": "campaigncheck", "version": "1.0"},
        "issued_on": "2026-12-01",
        "rules": ["CONF001", "SPEC001"],
        "plug_ins": {},
        "catalogues": {"policy.yaml": digest},
        "overlaps": ["sc-2027-other", "sc-2027-third"],
        "neighbours": [{"id": "sc-2027-other", "digest": {"sha256": digest}, "ends_on": "2027-03-31"}],
        "waived": [
            {
                "rule": "FREQ001", "pointer": "/period", "fingerprint": digest, "facts": f"sha256:{digest}",
                "reason": "只此一次", "approver": "省公司服务部", "expires_on": "2027-01-31",
            }
        ],
        "handling": {"mean_minutes": 3.5, "p50_minutes": 3.4, "p90_minutes": 4.8},
        "waiting": [
            {
                "customers": "premium", "hall": "sc-my-001", "on": "2027-01-15", "hour": 10, "wait_mean_minutes": 6.25,
                "wait_p90_minutes": 12.0, "promise_minutes": 10.0, "promises_made": 900, "promises_kept": 900,
            }
        ],
    }  # fmt: skip
    return Predicate.model_validate({**given, **changes})


def statement(campaign: str = "sc-2027-spring", values: dict[str, Any] = VALUES, **changes: Any) -> Statement:
    """The statement about a campaign."""
    return state(campaign, spec_digest(values), predicate(**changes))


def sealed(*signers: int, of: Statement | None = None) -> bytes:
    """A clearance as it stands in a file."""
    return seal(write_statement(of or statement()), [key(number) for number in signers or (0,)])
