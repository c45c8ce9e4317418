"""Channels of the Redis protocol, in Valkey, for programs outside the exchange."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from valkey.asyncio import Valkey
from valkey.asyncio.client import Pipeline
from valkey.exceptions import ValkeyError

from cse.runtime.shared_rates import StoreAway

WITHIN_S: Final = 0.5
# What one answer is waited for.
_AT_ONCE_MAX: Final = 500


class ValkeyTopics:
    """Publishes over one connection to Valkey, which is made again when it breaks."""

    def __init__(self, url: str) -> None:
        self._valkey = Valkey.from_url(
            url, socket_timeout=WITHIN_S, socket_connect_timeout=WITHIN_S, max_connections=1
        )

    async def close(self) -> None:
        """Lets the connection go."""
        await self._valkey.aclose()

    async def publish(self, publications: Sequence[tuple[str, bytes]]) -> None:
        """Tells each text to whoever listens to its topic now, in this order. Raises `StoreAway`."""
        for pipeline, part in self._pipelines(publications):
            for topic, text in part:
                pipeline.publish(topic, text)
            await _executed(pipeline)

    async def keep(self, publications: Sequence[tuple[str, bytes]], life_ms: int) -> None:
        """Keeps each text under its topic as a key for so long. Raises `StoreAway`."""
        for pipeline, part in self._pipelines(publications):
            for topic, text in part:
                pipeline.set(topic, text, px=life_ms)
            await _executed(pipeline)

    def _pipelines(
        self, publications: Sequence[tuple[str, bytes]]
    ) -> Iterator[tuple[Pipeline, Sequence[tuple[str, bytes]]]]:
        for begin in range(0, len(publications), _AT_ONCE_MAX):
            yield self._valkey.pipeline(transaction=False), publications[begin : begin + _AT_ONCE_MAX]


async def _executed(pipeline: Pipeline) -> None:
    try:
        async with asyncio.timeout(WITHIN_S):
            await pipeline.execute()
    except (ValkeyError, OSError, TimeoutError) as error:
        raise StoreAway(f"{type(error).__name__}: {error}") from error
