"""The keys that tokens are made with, kept in the data directory and made at the first start."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from joserfc.jwk import OKPKey

_MAC_KEY_BYTES: Final = 32


def access_token_key(directory: Path) -> OKPKey:
    """The Ed25519 key that signs access tokens."""
    pem = _kept(directory / "access-token.pem", _new_pem)
    return OKPKey.import_key(pem.decode("ascii"))


def refresh_token_key(directory: Path) -> bytes:
    """The key of the MAC in refresh tokens."""
    return _kept(directory / "refresh-token.key", lambda: secrets.token_bytes(_MAC_KEY_BYTES))


def _new_pem() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's content; makes the file, whole or not at all, where it is missing.

    Several edges may start at once: each makes a candidate, the first to link it wins, and all read
    the same file.
    """
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    candidate = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(candidate, path)
    finally:
        candidate.unlink()
    return path.read_bytes()
