"""Requests and replies of one client, over connections that come and go. Bytes in, bytes out.

Requests are pipelined: each has a number, and its reply carries it. What became of each request is
told once: by its reply, by the loss of the connection, or by its deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import Final, Generic, NamedTuple, TypeVar

from cse.engine.message import HEADER, HEADER_WIDTH, Malformed

Token = TypeVar("Token")

REPLY_LENGTH_MAX: Final = 64 << 20
_NUMBER: Final = Struct("<Q")


class Pending(NamedTuple, Generic[Token]):
    """A request that waits for its reply."""

    token: Token
    deadline_s: float
    # Which write carried it: requests of a later write than the last have not been sent.
    write: int


class Unsettled(NamedTuple, Generic[Token]):
    """A request that gets no reply; `sent` says whether the other side may have it."""

    token: Token
    sent: bool


class Conversation(Generic[Token]):
    """The state of one client. `token` is whatever the caller wants back with the reply."""

    def __init__(self) -> None:
        self._pending: dict[int, Pending[Token]] = {}
        self._unsent: list[bytes] = []
        self._partial = b""
        self._last_number = 0
        self._writes = 0

    @property
    def in_flight(self) -> int:
        """Requests without a reply so far."""
        return len(self._pending)

    @property
    def next_number(self) -> int:
        """The number that the next request must carry."""
        return self._last_number + 1

    def ask(self, frames: Iterable[bytes], token: Token, deadline_s: float) -> None:
        """Takes the parts of one frame, which carries `next_number`."""
        self._last_number += 1
        self._pending[self._last_number] = Pending(token, deadline_s, self._writes)
        self._unsent.extend(frames)

    def outgoing(self) -> bytes:
        """All frames not sent yet, as one write. They count as sent from now on."""
        data = b"".join(self._unsent)
        self._unsent.clear()
        self._writes += 1
        return data

    def receive(self, data: bytes) -> list[tuple[Token, bytes]]:
        """Takes bytes of the connection; returns the replies that are whole, each a frame.

        Replies to requests that were given up are dropped. `Malformed` means that the connection
        is of no more use.
        """
        if self._partial:
            data = self._partial + data
        replies = []
        offset, end = 0, len(data)
        while end - offset >= HEADER_WIDTH:
            _, _, length = HEADER.unpack_from(data, offset)
            if length < 2 * HEADER_WIDTH or length % 8 or length > REPLY_LENGTH_MAX:
                raise Malformed(f"a reply cannot be {length} bytes long")
            if end - offset < length:
                break
            (number,) = _NUMBER.unpack_from(data, offset + HEADER_WIDTH)
            pending = self._pending.pop(number, None)
            if pending is not None:
                replies.append((pending.token, data[offset : offset + length]))
            offset += length
        self._partial = data[offset:]
        return replies

    def lost(self) -> list[Unsettled[Token]]:
        """The connection is gone, and with it all that waits."""
        unsettled = [
            Unsettled(pending.token, pending.write < self._writes)
            for pending in self._pending.values()
        ]
        self._pending.clear()
        self._unsent.clear()
        self._partial = b""
        return unsettled

    def expired(self, now_s: float) -> list[Unsettled[Token]]:
        """Gives up what has waited for longer than it was meant to.

        A request that expires unsent stays in line: that it might still be sent makes its outcome
        unknown, too.
        """
        late = [number for number, pending in self._pending.items() if pending.deadline_s <= now_s]
        return [Unsettled(self._pending.pop(number).token, True) for number in late]
