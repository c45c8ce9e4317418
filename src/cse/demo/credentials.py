"""Credentials of the demo's persons, kept in the data directory.

Their passwords are kept in the data directory and nowhere else. They are written before the sign-up,
so that a start which is cut off in between finds the same ones and goes on.
"""

from __future__ import annotations

import os
import secrets
import string
from pathlib import Path
from typing import Final

import msgspec

_PASSWORD_LENGTH: Final = 16


class Credentials(msgspec.Struct, frozen=True):
    """How one person signs in."""

    email: str
    password: str
    display_name: str


def new_credentials(email: str, display_name: str) -> Credentials:
    """Credentials with a password that nobody guesses and anybody can type.

    It is all letters: one that is nearly all digits, as chance may make it, is refused as too common.
    """
    password = "".join(secrets.choice(string.ascii_lowercase) for _ in range(_PASSWORD_LENGTH))
    return Credentials(email, password, display_name)


def read_or_write(path: Path, credentials: list[Credentials]) -> list[Credentials]:
    """What the file holds; what of `credentials` is not in it, by the e-mail, is added."""
    kept = read(path)
    known = {one.email: one for one in kept}
    missing = [one for one in credentials if one.email not in known]
    if missing:
        write(path, kept + missing)
    return [known.get(one.email, one) for one in credentials]


def read(path: Path) -> list[Credentials]:
    """What the file holds; nothing where there is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Credentials])
    except FileNotFoundError:
        return []


def write(path: Path, content: object) -> None:
    """Writes a file for the owner's eyes alone, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
