"""Checkpoints: an Ed25519 signature that the log had so many events, and which.

The latest also stands in a file beside PostgreSQL, so that cutting the log's end off there is seen; whoever
keeps a copy elsewhere has one that nobody on this machine can take back.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from cse.runtime.kept_files import kept

KEY_FILE: Final = "audit-log.pem"
_FILE: Final = "checkpoint.json"
_FORMAT: Final = "cse-audit-checkpoint-1"
_JSON: Final = msgspec.json.Encoder(order="sorted")


class CheckpointUnreadable(ValueError):
    """A file that is no checkpoint."""


class Checkpoint(NamedTuple):
    """The log's first `position` events have this digest; signed at `time_us` since 1970."""

    position: int
    digest: bytes
    time_us: int
    signature: bytes

    @property
    def signed_text(self) -> bytes:
        """What the signature is over: a line of JSON with sorted names and no blanks."""
        return _JSON.encode(
            {
                "digest": self.digest.hex(),
                "format": _FORMAT,
                "position": self.position,
                "time": self.time_us,
            }
        )

    def to_json(self, public_key: str) -> bytes:
        """The checkpoint as it is kept in a file; the key is for others to find what they trust."""
        found: dict[str, Any] = msgspec.json.decode(self.signed_text)
        signature = base64.b64encode(self.signature).decode()
        return _JSON.encode({**found, "public_key": public_key, "signature": signature}) + b"\n"

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Reads what `to_json` wrote. Raises `CheckpointUnreadable`."""
        try:
            found = msgspec.json.decode(text, type=_File)
            digest = bytes.fromhex(found.digest)
            signature = base64.b64decode(found.signature, validate=True)
        except (msgspec.MsgspecError, ValueError, binascii.Error) as error:
            raise CheckpointUnreadable(str(error)) from error
        if found.format != _FORMAT:
            raise CheckpointUnreadable(f"its format is {found.format[:40]!r}")
        return cls(found.position, digest, found.time, signature)


class _File(msgspec.Struct, frozen=True):
    digest: str
    format: str
    position: int
    time: int
    signature: str


class CheckpointKey:
    """Signs checkpoints, and tells those that it signed."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._public: Ed25519PublicKey = key.public_key()

    @classmethod
    def kept(cls, secrets: Path) -> Self:
        """The key of a directory, made at the first start."""
        pem = kept(secrets / KEY_FILE, _new_pem)
        key = load_pem_private_key(pem, password=None)
        assert isinstance(key, Ed25519PrivateKey), f"{KEY_FILE} is no Ed25519 key"
        return cls(key)

    @property
    def public_key(self) -> str:
        """The 32 bytes of the public key, in base64."""
        return base64.b64encode(self._public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def sign(self, position: int, digest: bytes, time_us: int) -> Checkpoint:
        """A checkpoint."""
        unsigned = Checkpoint(position, digest, time_us, b"")
        return unsigned._replace(signature=self._key.sign(unsigned.signed_text))

    def signed(self, checkpoint: Checkpoint) -> bool:
        """Whether a checkpoint is by this key."""
        try:
            self._public.verify(checkpoint.signature, checkpoint.signed_text)
        except InvalidSignature:
            return False
        return True


class CheckpointFile:
    """The latest checkpoint, in the data directory."""

    def __init__(self, data: Path) -> None:
        self.path = data / "audit" / _FILE

    def read(self) -> Checkpoint | None:
        """The checkpoint; None where there is no file. Raises `CheckpointUnreadable`."""
        try:
            return Checkpoint.from_json(self.path.read_bytes())
        except FileNotFoundError:
            return None

    def write(self, checkpoint: Checkpoint, public_key: str) -> None:
        """Puts a checkpoint in the place of the one before, whole or not at all."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        candidate = self.path.with_suffix(".new")
        with candidate.open("wb") as file:
            file.write(checkpoint.to_json(public_key))
            file.flush()
            os.fsync(file.fileno())
        candidate.replace(self.path)


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
