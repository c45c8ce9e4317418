"""The keys that tokens are made with, kept in the data directory and made at the first start."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from joserfc.jwk import OKPKey

from cse.runtime.kept_files import kept

_MAC_KEY_BYTES: Final = 32


def access_token_key(directory: Path) -> OKPKey:
    """The Ed25519 key that signs access tokens."""
    pem = kept(directory / "access-token.pem", _new_pem)
    return OKPKey.import_key(pem.decode("ascii"))


def refresh_token_key(directory: Path) -> bytes:
    """The key of the MAC in refresh tokens."""
    return kept(directory / "refresh-token.key", lambda: secrets.token_bytes(_MAC_KEY_BYTES))


def _new_pem() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)
