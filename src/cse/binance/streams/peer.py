"""What all connections of this dialect have in common: Binance's limits, and nothing of our own words."""

from __future__ import annotations

import math
from typing import Final

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.streams import frames
from cse.streams.frames import text_frame
from cse.streams.limits import Limits
from cse.streams.peer import COST_OF_REFUSAL, Peer

LIMITS: Final = Limits(
    connections=5_000,
    subscriptions=1_024,
    messages_per_second=5,
    messages_at_once=50,
    message_bytes=65_536,
    # Whoever is told changes alone must not miss one: with more than this unsent a connection is closed.
    buffer_bytes=262_144,
    heartbeat_s=math.inf,
    ping_s=20.0,
    silent_s=60.0,
)


class BinancePeer(Peer):
    """A connection that is told nothing but what Binance's clients know."""

    __slots__ = ()

    def bounds(self) -> dict[str, int]:
        """Nobody is told of them here."""
        return {}

    def welcome(self, name: str) -> None:
        """Is greeted with nothing."""
        self.name = name

    def buffer_full(self) -> None:
        """It does not keep up, and is closed: a gap would not be told to it."""
        self.close(CodedError(codes.SLOW_READER), frames.CLOSE_POLICY)

    def sign_out(self, code: Code) -> None:
        """What it signed in with is good no more."""
        self.caller = None
        self._around.signed_out(self)

    def answer(self, payload: bytes) -> None:
        """Sends a message to this connection alone."""
        self._tell(text_frame(payload))

    def refused(self, error: CodedError) -> None:
        """Counts what is refused, which takes of the connection's allowance."""
        if not self.is_closed:
            self._around.refused(error.code)
            self._spend(COST_OF_REFUSAL)

    def _last_words(self, error: CodedError, close_code: int) -> bytes:
        return b""
