"""No byte of a clearance can be changed unseen, and nothing that is done to one makes the program fall over."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.attest.keys import ED25519
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import Opened, open_clearance
from campaigncheck.attest.strict import write_canonical
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.messages import LANGS
from tests.attest.signed import TREE, key, sealed, statement, trusted

KEYS = trusted(0, 1)
GOOD = sealed()
BOTH = sealed(0, 1)
MUTANTS = 10_000


def opened(data: bytes, keys: TrustedKeys = KEYS) -> Opened | None:
    """Open a clearance; None if it is refused. Anything else that happens fails the test."""
    try:
        return open_clearance(data, keys)
    except RefusedError as refused:
        for lang in LANGS:
            refused.message.render(lang)
        return None


def test_every_byte_counts() -> None:
    """Each position with a flipped bit, a blank, a quote, another letter, without it, and with one more."""
    for data in (GOOD, BOTH):
        for at, byte in enumerate(data):
            others = {byte ^ 1, byte ^ 0x20, 0x20, 0x0A, 0x22, 0x41 if byte != 0x41 else 0x42} - {byte}
            for other in others:
                assert opened(data[:at] + bytes([other]) + data[at + 1 :]) is None
            assert opened(data[:at] + data[at + 1 :]) is None
            assert opened(data[:at] + b" " + data[at:]) is None
            assert opened(data[:at]) is None


def test_every_byte_of_the_signature_counts() -> None:
    """Changed below base64, where each change is one that base64 can write."""
    parts = json.loads(GOOD)
    signature = base64.b64decode(parts["signatures"][0]["sig"])
    for bit in range(8 * len(signature)):
        changed = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(len(signature), "big")
        parts["signatures"][0]["sig"] = base64.b64encode(changed).decode()
        assert opened(write_canonical(parts)) is None


def test_every_byte_of_the_payload_counts() -> None:
    parts = json.loads(GOOD)
    payload = base64.b64decode(parts["payload"])
    for at in range(len(payload)):
        changed = payload[:at] + bytes([payload[at] ^ 1]) + payload[at + 1 :]
        assert opened(write_canonical({**parts, "payload": base64.b64encode(changed).decode()})) is None


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.choices(range(len(data) + 1), k=2))
    return data[:first] + data[last:]


def double(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.choices(range(len(data) + 1), k=2))
    return data[:last] + data[first:]


def splice(data: bytes, chance: random.Random) -> bytes:
    """A part of another clearance in the place of the same part."""
    other = sealed(chance.randrange(3), of=statement("sc-2027-other", overlaps=[]))
    first, last = sorted(chance.choices(range(min(len(data), len(other))), k=2))
    return data[:first] + other[first:last] + data[last:]


def noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at:]


def restructure(data: bytes, chance: random.Random) -> bytes:
    """A well-formed envelope with a part taken from elsewhere."""
    parts, other = json.loads(data), json.loads(sealed(1, 2, of=statement("sc-2027-other")))
    what = chance.randrange(6)
    if what == 0:
        parts["payload"] = other["payload"]
    elif what == 1:
        parts["signatures"] = other["signatures"]
    elif what == 2:
        parts["signatures"].append(chance.choice(other["signatures"]))
    elif what == 3:
        parts["signatures"][0]["keyid"] = chance.choice([key(1).public.id, key(2).public.id, ED25519, "none"])
    elif what == 4:
        parts["payloadType"] = chance.choice(["", "application/json", "application/vnd.in-toto+json; v=2"])
    else:
        payload = json.loads(base64.b64decode(parts["payload"]))
        mutate(payload, chance)
        parts["payload"] = base64.b64encode(json.dumps(payload).encode()).decode()
    return write_canonical(parts)


def mutate(value: Any, chance: random.Random) -> None:
    """Change one value somewhere in a payload."""
    while True:
        name = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inner = value[name]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            value = inner
            continue
        value[name] = chance.choice([None, 0, 2.5, "", "2027-01-01", "sc-2027-other", [], {}, "00" * 32, not inner])
        return


WAYS: list[Callable[[bytes, random.Random], bytes]] = [flip, cut, double, splice, noise, restructure, restructure]


def test_ten_thousand_mutants_are_all_refused() -> None:
    chance = random.Random(6)
    different = 0
    for number in range(MUTANTS):
        good = BOTH if number % 3 == 0 else GOOD
        mutant = good
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            mutant = (
                chance.choice(WAYS)(mutant, chance) if mutant and _is_json(mutant) else flip(mutant or b"{", chance)
            )
        if mutant == good:
            assert opened(mutant) is not None
            continue
        different += 1
        found = opened(mutant)
        assert found is None or _is_another_good_one(mutant)
    assert different > 0.95 * MUTANTS


def _is_json(data: bytes) -> bool:
    """Whether there is still something to take apart."""
    try:
        value = json.loads(data)
        base64.b64decode(value["payload"], validate=True).decode()
        return json.loads(base64.b64decode(value["payload"])) is not None and bool(value["signatures"][0]["keyid"])
    except (ValueError, KeyError, TypeError, IndexError):
        return False


def _is_another_good_one(data: bytes) -> bool:
    """Whether splicing has put one of the clearances together that are signed as they are."""
    others = [sealed(number, of=statement("sc-2027-other", overlaps=[])) for number in range(2)]
    return data in [GOOD, BOTH, *others, sealed(1)]


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary().map(lambda data: base64.b64encode(data).decode()),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["payload", "payloadType", "signatures", "keyid", "sig", "x"]), inner, max_size=4),
    max_leaves=20,
))  # fmt: skip
def test_no_structure_is_taken_for_a_clearance(value: Any) -> None:
    assert opened(json.dumps(value).encode("utf-8", "surrogatepass")) is None
    try:
        data = write_canonical(value)
    except RefusedError:
        return
    assert opened(data) is None


@given(st.binary(max_size=200))
def test_no_bytes_are(data: bytes) -> None:
    assert opened(data) is None


@given(st.binary(max_size=300), st.lists(st.binary(max_size=70), max_size=3))
def test_no_payload_is_without_a_signature(payload: bytes, signatures: list[bytes]) -> None:
    listed = [{"keyid": key(0).public.id, "sig": base64.b64encode(item).decode()} for item in signatures]
    parts = {"payload": base64.b64encode(payload).decode(), "payloadType": "application/vnd.in-toto+json"}
    assert opened(write_canonical({**parts, "signatures": listed})) is None


@pytest.mark.parametrize("numbers", [(0,), (1,), (0, 1), (1, 0)])
def test_what_was_not_touched_is_opened(numbers: tuple[int, ...]) -> None:
    found = opened(sealed(*numbers))
    assert found is not None
    assert found.signers == tuple(key(number).public for number in numbers)
    assert opened(sealed(*numbers), TrustedKeys(TREE)) is None
