"""DSSE envelopes (Dead Simple Signing Envelope, version 1), in one form only.

The specification leaves room: blanks, either alphabet of base64, fields that nobody knows, signatures that nobody can
check. Here there is none: an envelope is canonical JSON (RFC 8785) and a line break, its base64 is the standard one, and
each signature has to be good, by a key that is trusted. So no byte of a file can be changed without it being refused.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from campaigncheck.attest.keys import PrivateKey, PublicKey
from campaigncheck.attest.refused import (
    BAD_SIGNATURE,
    MANY_SIGNATURES,
    NO_BASE64,
    NO_ENVELOPE,
    NO_SIGNATURE,
    PAYLOAD_TYPE,
    SIGNED_TWICE,
    UNTRUSTED_KEY,
    RefusedError,
)
from campaigncheck.attest.strict import read_base64, read_canonical, write_canonical

PAYLOAD_TYPE_NAME = "application/vnd.in-toto+json"
MAX_SIGNATURES = 8
SHOWN_KEY = 16
"""How many digits of a key's id are enough to tell it by."""


class Signature(NamedTuple):
    """A signature, and the id of the key it claims to be of."""

    key: str
    value: bytes


class Envelope(NamedTuple):
    """What an envelope carries; nothing in it is to be believed before :meth:`verified`."""

    payload: bytes
    signatures: tuple[Signature, ...]

    def verified(self, key_of: Callable[[str], PublicKey | None]) -> tuple[PublicKey, ...]:
        """Return the keys that signed it.

        Args:
            key_of: gives the trusted key of an id.

        Raises:
            RefusedError: for a key that is not trusted, and for a signature that is not the key's.
        """
        signers = []
        message = pae(PAYLOAD_TYPE_NAME, self.payload)
        for signature in self.signatures:
            key = key_of(signature.key)
            if key is None:
                raise RefusedError(UNTRUSTED_KEY(key=_printable(signature.key[:SHOWN_KEY])))
            if not key.verifies(signature.value, message):
                raise RefusedError(BAD_SIGNATURE())
            signers.append(key)
        return tuple(signers)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return what is signed: the pre-authentication encoding of DSSE."""
    name = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def seal(payload: bytes, keys: Sequence[PrivateKey]) -> bytes:
    """Sign a payload and return the envelope as it is written to a file."""
    message = pae(PAYLOAD_TYPE_NAME, payload)
    signatures = [{"keyid": key.public.id, "sig": _encoded(key.sign(message))} for key in keys]
    return write_canonical({"payload": _encoded(payload), "payloadType": PAYLOAD_TYPE_NAME, "signatures": signatures})


def read_envelope(data: bytes) -> Envelope:
    """Read an envelope, whoever signed it.

    Raises:
        RefusedError: when it is none, or not written as envelopes are here.
    """
    value = read_canonical(data)
    _expect(value, {"payload": str, "payloadType": str, "signatures": list})
    if value["payloadType"] != PAYLOAD_TYPE_NAME:
        raise RefusedError(PAYLOAD_TYPE(given=_printable(value["payloadType"][:60])))
    if not value["signatures"]:
        raise RefusedError(NO_SIGNATURE())
    if len(value["signatures"]) > MAX_SIGNATURES:
        raise RefusedError(MANY_SIGNATURES(limit=MAX_SIGNATURES))
    for item in value["signatures"]:
        _expect(item, {"keyid": str, "sig": str})
    if len({item["keyid"] for item in value["signatures"]}) < len(value["signatures"]):
        raise RefusedError(SIGNED_TWICE())
    signatures = tuple(Signature(item["keyid"], _decoded(item["sig"], "sig")) for item in value["signatures"])
    return Envelope(_decoded(value["payload"], "payload"), signatures)


def _expect(value: Any, fields: dict[str, type]) -> None:
    """Refuse anything but an object with exactly these fields."""
    if not isinstance(value, dict) or value.keys() != fields.keys():
        raise RefusedError(NO_ENVELOPE())
    if not all(isinstance(value[name], kind) for name, kind in fields.items()):
        raise RefusedError(NO_ENVELOPE())


def _printable(text: str) -> str:
    """Return what a stranger wrote, harmless for a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str, field: str) -> bytes:
    data = read_base64(text)
    if data is None:
        raise RefusedError(NO_BASE64(field=field))
    return data
