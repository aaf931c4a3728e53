"""Ed25519 keys (RFC 8032, RFC 8410). Public ones are read without the library, which is slow to import."""

from __future__ import annotations

import base64
import re
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from campaigncheck.attest.refused import NO_PRIVATE_KEY, NO_PUBLIC_KEY, WEAK_KEY, RefusedError
from campaigncheck.attest.strict import read_base64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = "ed25519"
_SPKI = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410)."""
_SIZE = 32
_MAX_TEXT = 4096
_PEM = re.compile(r"\A\s*-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----\s*\Z", re.ASCII)
_PRIME = 2**255 - 19
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    }
)
"""The y coordinates of the points of small order, of which a signature binds nothing."""


class PublicKey(NamedTuple):
    """A public key: its 32 bytes."""

    raw: bytes

    @property
    def spki(self) -> bytes:
        """The key as SubjectPublicKeyInfo (DER)."""
        return _SPKI + self.raw

    @property
    def id(self) -> str:
        """What envelopes call it: the SHA-256 of its SubjectPublicKeyInfo."""
        return sha256(self.spki).hexdigest()

    @property
    def pem(self) -> str:
        """The key as a PEM file."""
        body = base64.b64encode(self.spki).decode()
        return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether a signature of a message is this key's."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def read_public(text: str) -> PublicKey:
    """Read a public key: PEM, or its 32 bytes in base64.

    Raises:
        RefusedError: for anything else, and for a key that everybody can sign for.
    """
    pem = _PEM.match(text) if len(text) <= _MAX_TEXT else None
    der = read_base64("".join(pem[1].split()) if pem else text.strip()) if len(text) <= _MAX_TEXT else None
    if der is not None and pem and der.startswith(_SPKI):
        der = der[len(_SPKI) :]
    elif pem:
        der = None
    if der is None or len(der) != _SIZE:
        raise RefusedError(NO_PUBLIC_KEY())
    if int.from_bytes(der, "little") % 2**255 % _PRIME in _SMALL_ORDER:
        raise RefusedError(WEAK_KEY())
    return PublicKey(der)


class PrivateKey:
    """A private key; shown nowhere, also not in a traceback."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def new(cls) -> PrivateKey:
        """Make a new key from the system's source of randomness."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, pem: bytes) -> PrivateKey:
        """Read an unencrypted PKCS8 key (PEM).

        Raises:
            RefusedError: for anything else.
        """
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise RefusedError(NO_PRIVATE_KEY()) from None  # nothing of the key may show
        if not isinstance(key, Ed25519PrivateKey):
            raise RefusedError(NO_PRIVATE_KEY())
        return cls(key)

    @cached_property
    def public(self) -> PublicKey:
        """The public key that belongs to it."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    @property
    def pem(self) -> bytes:
        """The key as a PEM file (PKCS8), not encrypted."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sign(self, message: bytes) -> bytes:
        """Sign a message; the same message gets the same signature."""
        return self._key.sign(message)
