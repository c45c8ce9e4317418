"""The leader without sockets, files or clock of its own: bytes in, batches through, bytes out.

Whoever runs it writes the batches it gives, one at a time, in whatever thread, and brings them
back when they are durable. While a batch is being written the next one is gathered, but only once
it is full: what is not full gains from waiting, since it costs one sync whatever its size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cse.engine import queries
from cse.engine._native import Batch, Leader, ProtocolViolated
from cse.engine.message import Malformed

# As many commands as one batch takes.
FULL_BATCH: Final = 4_096


class LeaderCycle:
    """Gather, write, commit; and again."""

    def __init__(
        self,
        leader: Leader,
        *,
        free_bytes_min: int,
        uptime_s: Callable[[], float] = float,
    ) -> None:
        self._leader = leader
        self._uptime_s = uptime_s
        self._free_bytes_min = free_bytes_min
        self._free_bytes = leader.free_bytes()
        self._writing: Batch | None = None
        self._gathered: Batch | None = None
        self._commands = 0
        self._batches = 0
        self._connections: set[int] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is being written."""
        return self._writing is None and self._gathered is None and self._leader.waiting == 0

    def connected(self, connection: int) -> None:
        self._connections.add(connection)

    def receive(self, connection: int, data: bytes) -> bytes:
        """Takes bytes of a connection; returns what must be sent back to it at once.

        Raises:
            ProtocolViolated: the connection must be dropped.
        """
        aside = self._leader.submit(connection, data)
        if aside is None:
            return b""
        refusals, asked = aside
        return refusals + b"".join(self._reading(frame) for frame in asked)

    def disconnected(self, connection: int) -> None:
        self._connections.discard(connection)
        self._leader.disconnect(connection)

    def next_batch(self, now_us: int) -> Batch | None:
        """The batch to write now; None when there is none or one is still being written.

        Where nothing waits and something is due, such as orders that expire, it is one that does that.
        """
        if self._writing is not None:
            if self._gathered is None and self._leader.waiting >= FULL_BATCH:
                self._gathered = self._leader.gather(now_us)
            return None
        self._writing = self._gathered or self._leader.gather(now_us)
        self._gathered = None
        return self._writing

    def written(self, batch: Batch) -> list[tuple[int, bytes]]:
        """Takes back a durable batch; returns what is to be sent to each connection."""
        answers = self._leader.commit(batch)
        self._writing = None
        self._commands += batch.count
        self._batches += 1
        return answers

    def look_at_storage(self) -> bool:
        """Looks how much room there is, and says whether orders are taken from now on.

        Cancels are always taken: they are small, and they are what a trader needs most when the
        exchange is in trouble.
        """
        self._free_bytes = self._leader.free_bytes()
        accept = self._free_bytes >= self._free_bytes_min
        self._leader.accept_orders(accept)
        return accept

    def status(self) -> dict[str, object]:
        """How the leader is: what `./cse status` shows, and what the metrics are made of."""
        return {
            "service": "leader",
            "uptime_s": int(self._uptime_s()),
            "epoch": self._leader.epoch,
            "sequence": self._leader.sequence,
            "durable_sequence": self._leader.durable_sequence,
            "time_us": self._leader.time_us,
            "waiting": self._leader.waiting,
            "accepts_orders": self._leader.accepts_orders,
            "free_bytes": self._free_bytes,
            "connections": len(self._connections),
            "commands": self._commands,
            "batches": self._batches,
            "recovery": self._leader.recovery,
        }

    def _reading(self, frame: bytes) -> bytes:
        try:
            query, question = queries.decode(frame)
        except Malformed as error:
            raise ProtocolViolated(str(error)) from error
        sequence = self._leader.durable_sequence
        if isinstance(question, queries.Status):
            return queries.encode_reading(query.request_id, sequence, self.status())
        # Balances, orders and books are the replica's to tell.
        return queries.encode_failure(query.request_id, sequence, queries.UNKNOWN_QUESTION)
