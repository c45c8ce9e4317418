"""A bare fan-out on picows, to hold the streams against: no channels, no sessions, one payload for all.

`python -m bench.fanout PORT`. A client's text message sets what it does: `flood BYTES` sends as fast as
it can, `steady BYTES PER_SECOND` at a rate, `stop` nothing. Each payload begins with the wall clock.
"""

from __future__ import annotations

import asyncio
import sys
import time

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server

# Beyond this the slowest connection is waited for, as nothing else bounds what piles up here.
_UNSENT_MAX = 1 << 16
_CLOCK_DIGITS = 16


class Fanout:
    """The connections, and what is sent to them."""

    def __init__(self) -> None:
        self.connections: dict[WSTransport, None] = {}
        self.bytes = 0
        self.per_second = 0.0
        self.deliveries = 0

    async def run(self) -> None:
        while True:
            if not self.bytes:
                await asyncio.sleep(0.01)
                continue
            began_s = time.perf_counter()
            self._send()
            if self.per_second:
                await asyncio.sleep(max(0.0, began_s + 1 / self.per_second - time.perf_counter()))
            else:
                await asyncio.sleep(0)
                while any(map(_is_behind, self.connections)):
                    await asyncio.sleep(0.001)

    def _send(self) -> None:
        payload = str(time.time_ns() // 1_000).rjust(_CLOCK_DIGITS).ljust(self.bytes).encode()
        text = WSMsgType.TEXT
        for connection in self.connections:
            connection.send(text, payload)
        self.deliveries += len(self.connections)


def _is_behind(connection: WSTransport) -> bool:
    return connection.underlying_transport.get_write_buffer_size() > _UNSENT_MAX


class Listener(WSListener):
    """One connection."""

    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._fanout.connections[transport] = None

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._fanout.connections.pop(transport, None)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        what, *numbers = frame.get_payload_as_utf8_text().split()
        self._fanout.bytes = int(numbers[0]) if what in ("flood", "steady") else 0
        self._fanout.per_second = float(numbers[1]) if what == "steady" else 0.0


async def serve(port: int) -> None:
    fanout = Fanout()
    # The event loop's own transports, which are the faster ones, and the same read buffer as the streams.
    await ws_create_server(
        lambda _: Listener(fanout),
        "127.0.0.1",
        port,
        use_aiofastnet=False,
        read_buffer_init_size=2_048,
        backlog=2_048,
    )
    await fanout.run()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
