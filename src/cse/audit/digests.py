"""What stands for an event, and for all up to it.

Both can be computed of an export with any SHA-256: an event's text is its line of JSON with sorted names,
without blanks and with characters as they are; a link is `cse-audit-1`, the position as eight bytes, the
digest before it, and the event's.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

from cse.audit.models import Event

DIGEST_BYTES: Final = 32
# What stands before the first event.
BEGINNING: Final = bytes(DIGEST_BYTES)
_LINK: Final = b"cse-audit-1"
_JSON: Final = msgspec.json.Encoder(order="sorted")


def plain(event: Event) -> dict[str, Any]:
    """The event as names and values of JSON."""
    found = event._asdict()
    for name in ("id", "person", "session"):
        found[name] = None if found[name] is None else str(found[name])
    return found


def text_of(event: Event) -> bytes:
    """What is digested of an event."""
    return _JSON.encode(plain(event))


def event_digest(event: Event) -> bytes:
    """SHA-256 of an event."""
    return hashlib.sha256(text_of(event)).digest()


def link_digest(position: int, before: bytes, of_event: bytes) -> bytes:
    """SHA-256 of an event's place behind all others."""
    return hashlib.sha256(_LINK + position.to_bytes(8, "big") + before + of_event).digest()
