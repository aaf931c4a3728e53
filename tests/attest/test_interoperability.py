"""Other implementations take our envelopes for good, and we take theirs."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey  # type: ignore[attr-defined]

from campaigncheck.attest.envelope import PAYLOAD_TYPE_NAME
from campaigncheck.attest.keys import PrivateKey, PublicKey
from campaigncheck.attest.refused import RefusedError
from campaigncheck.attest.standing import open_clearance
from campaigncheck.attest.statement import write_statement
from campaigncheck.attest.strict import write_canonical
from tests.attest.signed import key, sealed, statement, trusted


def theirs(public: PublicKey) -> SSlibKey:
    """The key as securesystemslib knows it, read from our PEM file."""
    return SSlibKey.from_crypto(load_pem_public_key(public.pem.encode()), public.id)


def signer(private: PrivateKey) -> CryptoSigner:
    return CryptoSigner(load_pem_private_key(private.pem, None), theirs(private.public))


def test_securesystemslib_verifies_ours() -> None:
    envelope = Envelope.from_dict(json.loads(sealed(0, 1)))
    accepted = envelope.verify([theirs(key(0).public), theirs(key(1).public)], 2)
    assert set(accepted) == {key(0).public.id, key(1).public.id}
    assert (envelope.payload, envelope.payload_type) == (write_statement(statement()), PAYLOAD_TYPE_NAME)


def test_securesystemslib_refuses_ours_under_another_key() -> None:
    with pytest.raises(VerificationError):
        Envelope.from_dict(json.loads(sealed(0))).verify([theirs(key(1).public)], 1)


def test_we_verify_theirs() -> None:
    envelope = Envelope(write_statement(statement()), PAYLOAD_TYPE_NAME, {})
    envelope.sign(signer(key(0)))
    envelope.sign(signer(key(1)))
    written = write_canonical(envelope.to_dict())
    opened = open_clearance(written, trusted(0, 1))
    assert opened.statement == statement()
    assert opened.signers == (key(0).public, key(1).public)
    assert written == sealed(0, 1)


def test_we_refuse_theirs_under_another_key() -> None:
    envelope = Envelope(write_statement(statement()), PAYLOAD_TYPE_NAME, {})
    envelope.sign(signer(key(2)))
    with pytest.raises(RefusedError, match="none that the policy trusts"):
        open_clearance(write_canonical(envelope.to_dict()), trusted(0, 1))
