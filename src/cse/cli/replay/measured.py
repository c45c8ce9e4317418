"""What carries a replay's requests, with a watch in the hand."""

from __future__ import annotations

import time
from collections.abc import Mapping

from cse_client import Answer, Transport

_COMES_AGAIN = (429, 502, 503, 504)


class Measured:
    """A transport that notes how long the last answer took, and how many asked to come again later."""

    def __init__(self, transport: Transport) -> None:
        self.latency_ns = 0
        self.waits = 0
        self._transport = transport

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request and waits for its answer."""
        started_ns = time.perf_counter_ns()
        answer = await self._transport.send(method, target, headers, body)
        self.latency_ns = time.perf_counter_ns() - started_ns
        self.waits += answer.status in _COMES_AGAIN
        return answer

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._transport.close()
