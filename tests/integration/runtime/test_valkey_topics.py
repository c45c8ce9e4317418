"""What is published is heard and kept on a server of the Redis protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from valkey.asyncio import Valkey

from cse.runtime.shared_rates import StoreAway
from cse.runtime.valkey_topics import ValkeyTopics
from tests.integration.runtime.conftest import RunningStore


@pytest.fixture
async def topics(store_server: RunningStore) -> AsyncIterator[ValkeyTopics]:
    topics = ValkeyTopics(store_server.server.url)
    yield topics
    await topics.close()


@pytest.fixture
async def outside(store_server: RunningStore) -> AsyncIterator[Valkey]:
    """A program outside the exchange."""
    valkey = Valkey.from_url(store_server.server.url)
    yield valkey
    await valkey.aclose()


async def test_who_listens_hears_every_text_in_its_order(topics: ValkeyTopics, outside: Valkey) -> None:
    count = 1_201
    async with outside.pubsub() as listening:
        await listening.subscribe("trades:LAB-USDC")
        await listening.get_message(timeout=30)
        sent = [("trades:LAB-USDC", b"%d" % number) for number in range(count)]
        await topics.publish([*sent, ("trades:NOVA-USDC", b"another's")])
        heard: list[bytes] = []
        async with asyncio.timeout(30):
            while len(heard) < count:
                message = await listening.get_message(ignore_subscribe_messages=True, timeout=30)
                heard += [message["data"]] if message else []
    assert heard == [text for _, text in sent]


async def test_a_text_is_kept_for_its_life(topics: ValkeyTopics, outside: Valkey) -> None:
    await topics.keep([("orderbook:LAB-USDC", b"a book"), ("orderbook:NOVA-USDC", b"another")], 60_000)
    assert await outside.get("orderbook:LAB-USDC") == b"a book"
    assert 0 < await outside.pttl("orderbook:NOVA-USDC") <= 60_000
    await topics.keep([("orderbook:LAB-USDC", b"a newer book")], 1)
    async with asyncio.timeout(30):
        while await outside.get("orderbook:LAB-USDC") is not None:
            await asyncio.sleep(0.01)


async def test_a_server_that_dies_is_published_to_again(
    store_server: RunningStore, topics: ValkeyTopics
) -> None:
    await topics.publish([("ticker:LAB-USDC", b"1")])
    store_server.kill()
    for refused in (topics.publish, lambda texts: topics.keep(texts, 1_000)):
        with pytest.raises(StoreAway):
            await refused([("ticker:LAB-USDC", b"2")])
    store_server.start()
    await topics.publish([("ticker:LAB-USDC", b"3")])
