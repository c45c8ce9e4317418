"""Requests and replies of one client, over connections that come and go. Bytes in, bytes out.

Requests are pipelined: each has a number, and its reply carries it. What became of each request is
told once: by its reply, by the loss of the connection, or by its deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import Final, Generic, NamedTuple, TypeVar

from cse.engine.framing import Framing
from cse.engine.message import HEADER_WIDTH

Token = TypeVar("Token")

REPLY_LENGTH_MAX: Final = 64 << 20
_NUMBER: Final = Struct("<Q")


class Unsettled(NamedTuple, Generic[Token]):
    """A request that gets no reply; `sent` says whether the other side may have it."""

    token: Token
    sent: bool


class Conversation(Generic[Token]):
    """The state of one client. `token` is whatever the caller wants back with the reply."""

    def __init__(self) -> None:
        self._framing = Framing(REPLY_LENGTH_MAX)
        # Of each request its token, its deadline, and the writes before it: while there has been no
        # further one, it has not been sent. A plain tuple, since every order makes one.
        self._pending: dict[int, tuple[Token, float, int]] = {}
        self._unsent: list[bytes] = []
        # The number that the next request must carry.
        self.next_number = 1
        self._writes = 0

    @property
    def in_flight(self) -> int:
        """Requests without a reply so far."""
        return len(self._pending)

    def ask(self, parts: Iterable[bytes], token: Token, deadline_s: float) -> None:
        """Takes one frame in parts; it carries `next_number`."""
        self._pending[self.next_number] = (token, deadline_s, self._writes)
        self.next_number += 1
        self._unsent += parts

    def outgoing(self) -> bytes:
        """All frames not sent yet, as one write. They count as sent from now on."""
        data = b"".join(self._unsent)
        self._unsent.clear()
        self._writes += 1
        return data

    def receive(self, data: bytes) -> list[tuple[Token, bytes]]:
        """Takes bytes of the connection; returns the replies that are whole, each a frame.

        Replies to requests that were given up are left out. `Malformed` means that the connection
        is of no more use.
        """
        replies = []
        pop = self._pending.pop
        for frame in self._framing.feed(data):
            (number,) = _NUMBER.unpack_from(frame, HEADER_WIDTH)
            pending = pop(number, None)
            if pending is not None:
                replies.append((pending[0], frame))
        return replies

    def lost(self) -> list[Unsettled[Token]]:
        """The connection is gone, and with it all that waits."""
        pending = list(self._pending.values())
        self._pending.clear()
        self._unsent.clear()
        self._framing.clear()
        return [Unsettled(token, writes < self._writes) for token, _, writes in pending]

    def expired(self, now_s: float) -> list[Unsettled[Token]]:
        """Gives up what has waited for longer than it was meant to.

        What expires unsent may still be sent with the next write, so it counts as sent.
        """
        late = [number for number, (_, deadline_s, _) in self._pending.items() if deadline_s <= now_s]
        return [Unsettled(self._pending.pop(number)[0], True) for number in late]
