"""API keys: what a program signs its requests with."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass, field
from typing import Any, Protocol


class ApiKey(Protocol):
    """A key of either kind."""

    @property
    def id(self) -> str:
        """The key's id, which is no secret."""

    def sign(self, text: bytes) -> bytes:
        """The signature of a text."""


@dataclass(frozen=True, slots=True)
class HmacKey:
    """A key whose secret the exchange made and showed once."""

    id: str
    secret: str = field(repr=False)

    def sign(self, text: bytes) -> bytes:
        """HMAC-SHA256."""
        return hmac.digest(self.secret.encode("ascii"), text, "sha256")


class Ed25519Key:
    """A key of one's own, of which the exchange has the public half. Needs the package `cryptography`.

    Args:
        id: the key's id.
        private_key: the private half, as PEM or as its 32 bytes in base64.

    Raises:
        ValueError: it is no private key of Ed25519.
    """

    def __init__(self, id: str, private_key: str) -> None:  # noqa: A002 - its name everywhere
        self.id = id
        self._key = _private_key(private_key)

    def sign(self, text: bytes) -> bytes:
        """Ed25519."""
        signature: bytes = self._key.sign(text)
        return signature


def _private_key(text: str) -> Any:
    # Only who signs so needs the package.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if text.lstrip().startswith("-----BEGIN"):
        key = load_pem_private_key(text.encode("ascii"), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("it is no private key of Ed25519")
        return key
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
