"""Secrets that PostgreSQL keeps: encrypted with a key that it never sees.

Sealed is AES-256-GCM: a byte of version, the key's id with a byte of length before it, 12 random
bytes, ciphertext and tag. What a secret belongs to is its context, which is authenticated with it: a
secret that was moved to another row does not open there.

Keys have ids, so that they can be changed: new secrets are sealed with the current one, and those
sealed before open as long as their key is still among the others.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cse.runtime.kept_files import kept

KEY_BYTES: Final = 32
ENVIRONMENT: Final = "CSE_ENCRYPTION_KEYS"
_FILE: Final = "encryption.keys"
_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_ID_BYTES: Final = 4


class SealBroken(Exception):
    """What was sealed does not open: it was changed or moved, or its key is not here."""


class InvalidEncryptionKeys(ValueError):
    """The keys cannot be read; the message says which, and never what it is."""


class EncryptionKeys(Protocol):
    """Where keys come from; a service that manages keys can stand here."""

    def current(self) -> tuple[str, bytes]:
        """The id and the key that new secrets are sealed with."""

    def by_id(self, key_id: str) -> bytes:
        """A key by its id. Raises `KeyError`."""


class ListedKeys:
    """Keys of a list, of which the first is the current one.

    Args:
        text: `id:key` one behind another, parted by blanks, commas or line ends; a key is base64.

    Raises:
        InvalidEncryptionKeys: an entry is none, or an id stands twice.
    """

    def __init__(self, text: str) -> None:
        self._keys: dict[str, bytes] = {}
        for number, entry in enumerate(re.split(r"[\s,]+", text.strip()), 1):
            key_id, _, encoded = entry.partition(":")
            key = _decoded(encoded)
            if not _ID.fullmatch(key_id) or key is None or key_id in self._keys:
                raise InvalidEncryptionKeys(
                    f"entry {number} of the encryption keys is not ID:KEY with {KEY_BYTES} bytes in base64"
                    " and an id of its own"
                )
            self._keys[key_id] = key

    def current(self) -> tuple[str, bytes]:
        """The first."""
        return next(iter(self._keys.items()))

    def by_id(self, key_id: str) -> bytes:
        """A key by its id. Raises `KeyError`."""
        return self._keys[key_id]


def encryption_keys(directory: Path, environment: Mapping[str, str]) -> ListedKeys:
    """The keys of `CSE_ENCRYPTION_KEYS`, or else those of a file that is made at the first start.

    Raises:
        InvalidEncryptionKeys: they cannot be read.
    """
    if text := environment.get(ENVIRONMENT):
        return ListedKeys(text)
    return ListedKeys(kept(directory / _FILE, _new_key).decode("ascii", "replace"))


class Encryption:
    """Seals and opens. Each kind of secret has its own kind of context, such as its table and its row."""

    def __init__(self, keys: EncryptionKeys) -> None:
        self._keys = keys

    def seal(self, plain: bytes, *, context: bytes) -> bytes:
        """The secret as it is kept."""
        _, key = self._keys.current()
        head = self.head()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return head + nonce + AESGCM(key).encrypt(nonce, plain, _bound(head, context))

    def open(self, sealed: bytes, *, context: bytes) -> bytes:
        """The secret. Raises `SealBroken`."""
        key_id, head = _read_head(sealed)
        nonce = sealed[len(head) : len(head) + _NONCE_BYTES]
        try:
            cipher = AESGCM(self._keys.by_id(key_id))
            return cipher.decrypt(nonce, sealed[len(head) + _NONCE_BYTES :], _bound(head, context))
        except KeyError:
            raise SealBroken(f"the encryption key {key_id} is not here") from None
        except (InvalidTag, ValueError):
            raise SealBroken("it was changed, or belongs elsewhere") from None

    def head(self) -> bytes:
        """What all begins with that is sealed now; what begins otherwise is to be sealed again."""
        key_id, _ = self._keys.current()
        return _VERSION + bytes([len(key_id)]) + key_id.encode("ascii")

    def is_current(self, sealed: bytes) -> bool:
        """Whether it is sealed with the current key; what is not is to be sealed again."""
        return _read_head(sealed)[0] == self._keys.current()[0]


def _read_head(sealed: bytes) -> tuple[str, bytes]:
    """The id of the key, and the bytes before the nonce."""
    head = sealed[: 2 + sealed[1]] if len(sealed) > 1 else b""
    if head[:1] != _VERSION:
        raise SealBroken("it is not of a known version")
    return head[2:].decode("ascii", "replace"), head


def _bound(head: bytes, context: bytes) -> bytes:
    return head + context


def _decoded(encoded: str) -> bytes | None:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _new_key() -> bytes:
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    return f"{secrets.token_hex(_ID_BYTES)}:{key}\n".encode("ascii")
