"""DSSE envelopes: what is signed, and that there is one way only to write each."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from campaigncheck.attest.envelope import pae, read_envelope
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import open_clearance
from campaigncheck.attest.strict import MAX_BYTES, write_canonical
from tests.attest.signed import key, sealed, statement, trusted

PARTS = json.loads(sealed())
OTHER_SIGNATURE = json.loads(sealed(1))["signatures"][0]


def altered(**changes: Any) -> bytes:
    return write_canonical({**PARTS, **changes})


def signed_by(*signatures: dict[str, Any]) -> bytes:
    return altered(signatures=list(signatures))


def refusal(data: bytes, *numbers: int) -> str:
    with pytest.raises(RefusedError) as refused:
        open_clearance(data, trusted(*numbers or (0,)))
    return refused.value.message.render("en")


def test_what_is_signed_is_what_the_specification_says() -> None:
    assert (
        pae("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
    assert pae("", b"") == b"DSSEv1 0  0 "
    assert pae("类型", "内容".encode()) == "DSSEv1 6 类型 6 内容".encode()


def test_a_good_one_is_opened() -> None:
    opened = open_clearance(sealed(), trusted(0))
    assert opened.statement == statement()
    assert opened.signers == (key().public,)


def test_the_same_is_signed_the_same() -> None:
    assert sealed() == sealed()


def test_several_signatures_are_all_looked_at() -> None:
    both = sealed(0, 1)
    assert open_clearance(both, trusted(0, 1)).signers == (key(0).public, key(1).public)
    untrusted = f"the key that signed it ({key(1).public.id[:16]}) is none that the policy trusts"
    assert refusal(both, 0) == untrusted
    bad = {**OTHER_SIGNATURE, "sig": PARTS["signatures"][0]["sig"]}
    wrong = "the signature is wrong: the content or the signature was changed"
    assert refusal(signed_by(PARTS["signatures"][0], bad), 0, 1) == wrong
    assert refusal(signed_by(bad, PARTS["signatures"][0]), 0, 1) == wrong


def test_one_key_signs_once() -> None:
    assert refusal(signed_by(*PARTS["signatures"] * 2)) == "one key signed it twice"


def test_the_signature_of_another_clearance_is_none() -> None:
    other = json.loads(sealed(of=statement("sc-2027-other")))
    assert (
        refusal(altered(payload=other["payload"])) == "the signature is wrong: the content or the signature was changed"
    )
    assert (
        refusal(signed_by(*other["signatures"])) == "the signature is wrong: the content or the signature was changed"
    )


def test_a_signature_under_the_name_of_another_key_is_none() -> None:
    posing = {"keyid": key(0).public.id, "sig": OTHER_SIGNATURE["sig"]}
    assert refusal(signed_by(posing)) == "the signature is wrong: the content or the signature was changed"


def twin_of_base64(text: str) -> str:
    """The same bytes with other bits in what base64 does not use."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = len(text.rstrip("=")) - 1
    twin = text[:last] + alphabet[alphabet.index(text[last]) + 1] + text[last + 1 :]
    assert base64.b64decode(twin) == base64.b64decode(text)
    return twin


SIGNATURE = PARTS["signatures"][0]
FIELDS = "it is no DSSE envelope: its fields are not those of one"
FORM = "its bytes were changed: this is not the form in which clearances are written"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "it is no JSON, or was damaged"),
        (b"\xff", "it is no JSON, or was damaged"),
        (b"[" * 100_000, "it is no JSON, or was damaged"),
        (b'{"a":' * 100_000, "it is no JSON, or was damaged"),
        (b"1" * 10_000 + b"\n", "it is no JSON, or was damaged"),
        (b"NaN\n", "it is no JSON, or was damaged"),
        (b"[]\n", FIELDS),
        (b"null\n", FIELDS),
        (b" " * (MAX_BYTES + 1), "it has more than 16 MiB"),
        (sealed()[:-1], FORM),
        (sealed() + b"\n", FORM),
        (sealed().replace(b":", b": ", 1), FORM),
        (sealed().replace(b"payloadType", b"payload\\u0054ype", 1), FORM),
        (sealed().replace(b"{", b'{"payload":"",', 1), "it is no JSON, or was damaged"),
        (json.dumps(PARTS, indent=1).encode(), FORM),
        (altered(more=1), FIELDS),
        (altered(payload=1), FIELDS),
        (altered(signatures={}), FIELDS),
        (altered(signatures=[1]), FIELDS),
        (write_canonical({name: value for name, value in PARTS.items() if name != "payloadType"}), FIELDS),
        (altered(payloadType="application/json"), "its payload type is “application/json”, which is no clearance's"),
        (altered(payloadType="\x1b[2J"), "its payload type is “?[2J”, which is no clearance's"),
        (altered(signatures=[]), "it carries no signature"),
        (signed_by(*[{"keyid": str(number), "sig": ""} for number in range(9)]), "it carries more than 8 signatures"),
        (signed_by({"sig": SIGNATURE["sig"]}), FIELDS),
        (signed_by({**SIGNATURE, "cert": ""}), FIELDS),
        (signed_by({**SIGNATURE, "keyid": None}), FIELDS),
        (signed_by({**SIGNATURE, "keyid": ""}), "the key that signed it () is none that the policy trusts"),
        (
            signed_by({**SIGNATURE, "keyid": SIGNATURE["keyid"].upper()}),
            f"the key that signed it ({SIGNATURE['keyid'][:16].upper()}) is none that the policy trusts",
        ),
        (signed_by({**SIGNATURE, "sig": twin_of_base64(SIGNATURE["sig"])}), "sig is not base64 in its canonical form"),
        (signed_by({**SIGNATURE, "sig": SIGNATURE["sig"].rstrip("=")}), "sig is not base64 in its canonical form"),
        (signed_by({**SIGNATURE, "sig": "签名"}), "sig is not base64 in its canonical form"),
        (signed_by({**SIGNATURE, "sig": ""}), "the signature is wrong: the content or the signature was changed"),
        (altered(payload=PARTS["payload"] + "\n"), "payload is not base64 in its canonical form"),
        (altered(payload=PARTS["payload"].replace("e", "-", 1)), "payload is not base64 in its canonical form"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_refused(data: bytes, expected: str) -> None:
    assert refusal(data) == expected


def test_the_alphabet_for_addresses_is_refused() -> None:
    signature = next(
        item
        for number in range(50)
        for item in json.loads(sealed(number))["signatures"]
        if set("+/") & set(item["sig"])
    )
    other = signature["sig"].replace("+", "-").replace("/", "_")
    with pytest.raises(RefusedError, match="sig is not base64"):
        read_envelope(signed_by({**signature, "sig": other}))
