"""From where the request comes that is being served: for what records it, however deep that stands.

Outside a request there is none. Each request is a task of its own, so no two see each other's.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final, NamedTuple


class Origin(NamedTuple):
    """The client's address, and what it says of itself, as it was sent."""

    address: str = ""
    user_agent: bytes = b""


_NOWHERE: Final = Origin()
ORIGIN: Final[ContextVar[Origin]] = ContextVar("origin", default=_NOWHERE)
