"""The bounds of one process, of one address and of one connection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a connection may do, and what is done with one that does not keep up.

    Attributes:
        connections: in this process.
        connections_per_address: in this process; of IPv6 a network of 64 bits counts as one address.
        connections_per_account: that are signed in for it, in this process.
        subscriptions: of one connection.
        channels_per_message: in one `subscribe` or `unsubscribe`.
        messages_per_second: of one connection, on the average; `messages_at_once` may come together.
        message_bytes: of one message.
        buffer_bytes: with more than this unsent, a connection is behind: it gets nothing until the
            buffer is nearly empty, and then what it missed, merged.
        buffer_bytes_max: with more than this unsent, it is closed at once. One frame may be larger
            than `buffer_bytes`: a snapshot.
        behind_s: so long a connection may be behind.
        heartbeat_s: a connection that was sent nothing for so long gets a heartbeat.
        ping_s: so often each connection is asked for a sign of life.
        silent_s: a connection from which nothing came for so long is closed.
        close_s: so long a closed connection may take to close on its side.
    """

    connections: int = 15_000
    connections_per_address: int = 200
    connections_per_account: int = 200
    subscriptions: int = 200
    channels_per_message: int = 100
    messages_per_second: int = 20
    messages_at_once: int = 100
    message_bytes: int = 16_384
    buffer_bytes: int = 65_536
    buffer_bytes_max: int = 1 << 20
    behind_s: float = 10.0
    heartbeat_s: float = 5.0
    ping_s: float = 15.0
    silent_s: float = 40.0
    close_s: float = 2.0

    def announced(self) -> dict[str, int]:
        """Those of every connection, as its welcome tells them."""
        return {
            "connections_per_address": self.connections_per_address,
            "connections_per_account": self.connections_per_account,
            "messages_per_second": self.messages_per_second,
            "messages_at_once": self.messages_at_once,
            "message_bytes": self.message_bytes,
        }
