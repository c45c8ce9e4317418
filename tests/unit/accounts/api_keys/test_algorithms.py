"""Each algorithm takes its own signatures, and nothing of the other's."""

from __future__ import annotations

import base64
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cse.accounts.api_keys.algorithms import (
    Ed25519Verifier,
    HmacVerifier,
    new_secret,
    read_public_key,
    write_public_key,
)
from cse.domain.errors import CodedError

TEXT = b"what is signed"
PRIVATE = Ed25519PrivateKey.generate()
PUBLIC = PRIVATE.public_key().public_bytes_raw()


def pem(key: object) -> str:
    text: bytes = key.public_key().public_bytes(  # type: ignore[attr-defined]
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    return text.decode()


def test_a_public_key_is_no_secret_of_hmac() -> None:
    # Who knows the public key could otherwise sign with it.
    for known in (PUBLIC, base64.b64encode(PUBLIC), pem(PRIVATE).encode()):
        assert not Ed25519Verifier(PUBLIC).verifies(TEXT, hmac.digest(known, TEXT, "sha256"))


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 63, 64, 65, 4_000])
def test_signatures_of_any_length_are_looked_at_and_refused(length: int) -> None:
    assert not Ed25519Verifier(PUBLIC).verifies(TEXT, bytes(length))
    assert not HmacVerifier(b"secret").verifies(TEXT, bytes(length))


def test_a_signature_is_of_its_text_whole() -> None:
    signature = PRIVATE.sign(TEXT)
    digest = hmac.digest(b"secret", TEXT, "sha256")
    assert Ed25519Verifier(PUBLIC).verifies(TEXT, signature)
    assert HmacVerifier(b"secret").verifies(TEXT, digest)
    assert not Ed25519Verifier(PUBLIC).verifies(TEXT + b" ", signature)
    assert not HmacVerifier(b"secret").verifies(TEXT + b" ", digest)
    assert not HmacVerifier(b"secret").verifies(TEXT, digest[:16])


def test_secrets_are_long_and_each_another() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(secret.startswith("cse_secret_") and len(secret) > 50 for secret in secrets)


def test_public_keys_come_as_pem_or_as_base64() -> None:
    for text in (pem(PRIVATE), f"\n{pem(PRIVATE)}\n", write_public_key(PUBLIC)):
        assert read_public_key(text) == PUBLIC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none",
        base64.b64encode(PUBLIC[:31]).decode(),
        base64.b64encode(PUBLIC + b"x").decode(),
        base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        pem(X25519PrivateKey.generate()),
        pem(generate_private_key(SECP256R1())),
        pem(PRIVATE).replace("PUBLIC", "PRIVATE"),
        "-----BEGIN PUBLIC KEY-----\n" + "A" * 100_000,
        "\u0661" * 44,
    ],
    ids=[
        "nothing",
        "a word",
        "too short",
        "too long",
        "another alphabet",
        "another curve's",
        "of another kind",
        "private",
        "very long",
        "other digits",
    ],
)
def test_what_is_no_public_key_of_ed25519(text: str) -> None:
    with pytest.raises(CodedError) as refused:
        read_public_key(text)
    assert refused.value.details["field"] == "public_key"


PRIME = 2**255 - 19
D = -121665 * pow(121666, -1, PRIME) % PRIME


def doubled(x: int, y: int) -> tuple[int, int]:
    """Twice a point of the curve -x^2 + y^2 = 1 + d x^2 y^2."""
    product = D * x * x * y * y
    return (
        2 * x * y * pow(1 + product, -1, PRIME) % PRIME,
        (y * y + x * x) * pow(1 - product, -1, PRIME) % PRIME,
    )


def x_of(y: int) -> int:
    square = (y * y - 1) * pow(D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    assert x * x % PRIME == square
    return x


OF_ORDER_8 = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
SMALL = {
    "order 1": 1,
    "order 2": PRIME - 1,
    "order 4": 0,
    "order 8": OF_ORDER_8,
    "order 8, below": PRIME - OF_ORDER_8,
}


@pytest.mark.parametrize("y", SMALL.values(), ids=SMALL.keys())
def test_keys_under_which_anybody_can_sign_are_refused(y: int) -> None:
    point = (x_of(y), y)
    for _ in range(3):
        point = doubled(*point)
    assert point == (0, 1)
    for sign in (0, 1 << 255):
        with pytest.raises(CodedError, match="invalid_field"):
            read_public_key(write_public_key((y | sign).to_bytes(32, "little")))


@pytest.mark.parametrize("y", [PRIME, PRIME + 1, PRIME + 4, 2**255 - 1])
def test_a_point_is_written_in_one_way(y: int) -> None:
    with pytest.raises(CodedError, match="invalid_field"):
        read_public_key(write_public_key(y.to_bytes(32, "little")))
