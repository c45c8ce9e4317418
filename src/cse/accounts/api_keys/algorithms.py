"""The two ways to sign. Which one it is stands with the key, and nothing in a request chooses it."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from enum import StrEnum
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from cse.domain import codes
from cse.domain.errors import CodedError

# A beginning by which programs that look for secrets in sources find it.
_SECRET_BEGINNING: Final = "cse_secret_"  # noqa: S105
_SECRET_BYTES: Final = 32
_PUBLIC_KEY_BYTES: Final = 32
_PUBLIC_KEY_LENGTH_MAX: Final = 512
# The field of Curve25519, and the y of its points of order 1, 2, 4 and 8 (RFC 8032, section 5.1). Under
# such a key a signature that anybody can write is good for many texts.
_FIELD_PRIME: Final = 2**255 - 19
_Y_OF_ORDER_8: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y: Final = frozenset({0, 1, _FIELD_PRIME - 1, _Y_OF_ORDER_8, _FIELD_PRIME - _Y_OF_ORDER_8})
_Y_BITS: Final = (1 << 255) - 1


class Algorithm(StrEnum):
    """How a key signs."""

    HMAC_SHA256 = "hmac-sha256"
    ED25519 = "ed25519"


class Verifier(Protocol):
    """Looks at signatures of one key."""

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Whether it is the key's signature of the text."""


class HmacVerifier:
    """HMAC-SHA256 with a secret that both sides have: its text, as bytes, is the key."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Compares in a time that tells nothing."""
        return hmac.compare_digest(hmac.digest(self._secret, text, "sha256"), signature)


class Ed25519Verifier:
    """Ed25519 with the caller's public key of 32 bytes."""

    def __init__(self, public_key: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public_key)

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Whatever its length is."""
        try:
            self._key.verify(signature, text)
        except InvalidSignature:
            return False
        return True


def new_secret() -> str:
    """The secret of a new HMAC key."""
    return _SECRET_BEGINNING + secrets.token_urlsafe(_SECRET_BYTES)


def read_public_key(text: str) -> bytes:
    """The 32 bytes of an Ed25519 public key, given as PEM or as these bytes in base64.

    Raises:
        CodedError: `invalid_field`.
    """
    key = _of_pem(text) if text.lstrip().startswith("-----BEGIN") else _of_base64(text)
    if key is None:
        reason = "expected a public key of Ed25519, as PEM or its 32 bytes in base64"
        raise CodedError(codes.INVALID_FIELD, field="public_key", reason=reason)
    if not _is_sound(key):
        reason = "the point of this key is of small order, or not written in the one way of Ed25519"
        raise CodedError(codes.INVALID_FIELD, field="public_key", reason=reason)
    return key


def write_public_key(key: bytes) -> str:
    """The public key as it is shown: base64."""
    return base64.b64encode(key).decode("ascii")


def _is_sound(key: bytes) -> bool:
    y = int.from_bytes(key, "little") & _Y_BITS
    return y < _FIELD_PRIME and y not in _SMALL_ORDER_Y


def _of_base64(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text[:_PUBLIC_KEY_LENGTH_MAX], validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == _PUBLIC_KEY_BYTES else None


def _of_pem(text: str) -> bytes | None:
    try:
        key = load_pem_public_key(text[:_PUBLIC_KEY_LENGTH_MAX].encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None
