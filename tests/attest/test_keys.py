"""Ed25519 keys: what is read, what is refused, and that they are those of RFC 8032."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519

from campaigncheck.attest.keys import PrivateKey, PublicKey, read_public
from campaigncheck.attest.refused import RefusedError
from tests.attest.signed import key

PRIME = 2**255 - 19
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ORDER = 2**252 + 27742317777372353535851937790883648493
Point = tuple[int, int]


def test_signatures_are_those_of_rfc_8032() -> None:
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    known = PrivateKey(ed25519.Ed25519PrivateKey.from_private_bytes(secret))
    assert known.public.raw.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert known.sign(b"\x72").hex() == signature
    assert known.public.verifies(bytes.fromhex(signature), b"\x72")
    assert not known.public.verifies(bytes.fromhex(signature), b"\x73")


def test_a_signature_with_the_order_added_is_another_one() -> None:
    signature = key().sign(b"message")
    twin = signature[:32] + (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
    assert key().public.verifies(signature, b"message")
    assert not key().public.verifies(twin, b"message")


@pytest.mark.parametrize("length", [0, 1, 63, 65, 128])
def test_a_signature_of_another_length_is_none(length: int) -> None:
    assert not key().public.verifies(bytes(length), b"message")


def test_keys_are_read_as_they_are_written() -> None:
    public = key().public
    assert read_public(public.pem) == public
    assert read_public(base64.b64encode(public.raw).decode() + "\n") == public
    assert PrivateKey.read(key().pem).public == public


def test_a_key_is_that_of_the_library() -> None:
    public = key().public
    loaded = serialization.load_pem_public_key(public.pem.encode())
    assert isinstance(loaded, ed25519.Ed25519PublicKey)
    assert loaded.public_bytes_raw() == public.raw
    der = loaded.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert public.spki == der


def pem_of(other: x25519.X25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


OTHERS = {
    "x25519": pem_of(x25519.X25519PrivateKey.from_private_bytes(b"1" * 32)),
    "p256": pem_of(ec.derive_private_key(7, ec.SECP256R1())),
    "rsa": pem_of(rsa.generate_private_key(65537, 2048)),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_keys_of_other_algorithms_are_refused(kind: str) -> None:
    with pytest.raises(RefusedError, match="no unencrypted Ed25519 private key"):
        PrivateKey.read(OTHERS[kind])
    public = serialization.load_pem_private_key(OTHERS[kind], None).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(RefusedError, match="no Ed25519 public key"):
        read_public(pem.decode())


def test_an_encrypted_key_is_refused() -> None:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(b"1" * 32)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"word")
    )
    with pytest.raises(RefusedError, match="no unencrypted Ed25519 private key"):
        PrivateKey.read(pem)


GOOD = base64.b64encode(key().public.raw).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "none", GOOD[:-1], GOOD + "=", GOOD[:-4], GOOD.replace("=", ""), GOOD[:10] + " " + GOOD[10:], "A" * 5000,
        GOOD.replace("=", "") + "==", key().public.pem + key().public.pem, key().pem.decode(),
        key().public.pem.replace("MCow", "MCox"), "-----BEGIN PUBLIC KEY-----\n" + GOOD + "\n-----END PUBLIC KEY-----\n",
        "密钥",
    ],
)  # fmt: skip
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="no Ed25519 public key"):
        read_public(text)


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PRIVATE KEY-----\n", key().public.pem.encode(), bytes(range(256))])
def test_what_is_no_private_key_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match="no unencrypted Ed25519 private key"):
        PrivateKey.read(data)


def test_a_private_key_does_not_show() -> None:
    secret = base64.b64encode(bytes([1]) * 32).decode()
    assert secret not in repr(key()) + str(key())


def added(one: Point, other: Point) -> Point:
    product = CURVE * one[0] * other[0] * one[1] * other[1] % PRIME
    x = (one[0] * other[1] + other[0] * one[1]) * pow(1 + product, -1, PRIME)
    y = (one[1] * other[1] + one[0] * other[0]) * pow(1 - product, -1, PRIME)
    return x % PRIME, y % PRIME


def times(number: int, point: Point) -> Point:
    found = (0, 1)
    while number:
        if number & 1:
            found = added(found, point)
        point, number = added(point, point), number >> 1
    return found


def x_of(y: int) -> int | None:
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    root = pow(square, (PRIME + 3) // 8, PRIME)
    if (root * root - square) % PRIME:
        root = root * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    return None if (root * root - square) % PRIME else root


def small_points() -> set[Point]:
    """All points of which eight times is nothing, found by taking the large part of points away."""
    found: set[Point] = set()
    for y in range(2, 200):
        x = x_of(y)
        if x is not None:
            found |= {times(ORDER, (x, y)), times(ORDER, (-x % PRIME, y))}
    return found


def test_keys_that_everybody_can_sign_for_are_refused() -> None:
    points = small_points()
    assert len(points) == 8
    for x, y in points:
        for written in {y, y + PRIME} if y < 19 else {y}:
            raw = (written | (x & 1) << 255).to_bytes(32, "little")
            with pytest.raises(RefusedError, match="unsafe"):
                read_public(PublicKey(raw).pem)
