"""Recovery codes: what opens an account when the authenticator is lost, each once.

A code has 80 bits of chance, so that one hash of it is as good as a slow one: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final
from uuid import UUID

from cse.accounts.factors import factor_store
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.runtime.postgres import Connected

COUNT: Final = 10
# Base 32 without what is taken for another: Crockford's, in small letters.
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH: Final = 16
_GROUP: Final = 4
_CODE: Final = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}", re.ASCII)
_DIGEST_BYTES: Final = 32
_MEANT: Final = str.maketrans("oil", "011")


def new_codes() -> list[str]:
    """As many codes as a person gets at once, as they are shown."""
    return [_shown("".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))) for _ in range(COUNT)]


def digest(person: UUID, code: str) -> bytes | None:
    """What is kept of a person's code, however it is written; None for what is no code."""
    plain = re.sub(r"[\s-]", "", code).lower().translate(_MEANT)
    if _CODE.fullmatch(plain) is None:
        return None
    return hashlib.blake2b(plain.encode(), digest_size=_DIGEST_BYTES, salt=person.bytes).digest()


async def give(connection: Connected, by: Actor, person: UUID) -> list[str]:
    """Gives the person new codes for the old, as they are shown."""
    shown = new_codes()
    digests = [digest(person, code) for code in shown]
    kept = [one for one in digests if one is not None]
    await factor_store.replace_recovery_codes(connection, person, kept)
    details = Details(count=str(len(kept)))
    await log.record(connection, Act.RECOVERY_CODES_GIVEN, by, person=person, details=details)
    return shown


def _shown(plain: str) -> str:
    return "-".join(plain[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
