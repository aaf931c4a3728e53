"""What a clearance says: read strictly, also where its signature is good."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from campaigncheck.attest.envelope import seal
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import open_clearance
from campaigncheck.attest.statement import read_statement, write_statement
from tests.attest.signed import key, statement, trusted

PLAIN: dict[str, Any] = json.loads(write_statement(statement()))


def test_it_is_an_in_toto_statement() -> None:
    assert list(PLAIN) == ["_type", "predicate", "predicateType", "subject"]
    assert PLAIN["_type"] == "https://in-toto.io/Statement/v1"
    assert PLAIN["predicateType"] == "https://campaigncheck.dev/clearance/v1"
    assert PLAIN["subject"] == [{"name": "sc-2027-spring", "digest": {"sha256": statement().digest}}]


def test_it_is_read_as_it_is_written() -> None:
    assert read_statement(write_statement(statement())) == statement()


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(json.dumps(PLAIN))
    change(value)
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"{}", b"[]", b'{"_type":1,"_type":2}',
        changed(lambda value: value.update(_type="https://in-toto.io/Statement/v0.1")),
        changed(lambda value: value.update(predicateType="https://slsa.dev/provenance/v1")),
        changed(lambda value: value.update(type_=value.pop("_type"))),
        changed(lambda value: value.update(more=1)),
        changed(lambda value: value.update(subject=[])),
        changed(lambda value: value.update(subject=value["subject"] * 2)),
        changed(lambda value: value["subject"][0].update(name="../etc")),
        changed(lambda value: value["subject"][0]["digest"].update(sha512="")),
        changed(lambda value: value["subject"][0]["digest"].update(sha256="AB" * 32)),
        changed(lambda value: value["subject"][0]["digest"].update(sha256="ab" * 32 + "\n")),
        changed(lambda value: value["predicate"].update(issued_on="2026-02-30")),
        changed(lambda value: value["predicate"].update(issued_on=20261201)),
        changed(lambda value: value["predicate"].pop("waived")),
        changed(lambda value: value["predicate"]["waived"][0].update(expires_on=None)),
        changed(lambda value: value["predicate"]["handling"].update(mean_minutes=-1)),
        changed(lambda value: value["predicate"]["tool"].update(name="other")),
    ],
)  # fmt: skip
def test_what_is_no_clearance_is_refused_also_where_it_is_signed(payload: bytes) -> None:
    with pytest.raises(RefusedError):
        open_clearance(seal(payload, [key()]), trusted(0))
