"""A program outside has the exchange's book from a server of the Redis protocol, whatever happens to that."""

from __future__ import annotations

import asyncio
import json
from random import Random
from typing import Any, Final

import httpx
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from tests.e2e.person import Person
from tests.exchange import RunningExchange
from tests.integration.streams.test_books import anything
from tests.integration.streams.trading import MARKET, Desk
from tests.streams.client import Followed

BOOK: Final = f"orderbook:{MARKET}"
CHANGES: Final = 3_000
WITHIN_S: Final = 60.0


class Outsider:
    """Keeps a book as `docs/api/streams.md` has it, over one connection after another."""

    def __init__(self, url: str) -> None:
        self.book = Followed()
        self.heard: dict[str, int] = {}
        self._url = url

    async def run(self) -> None:
        while True:
            try:
                await self._listen()
            except (ValkeyError, OSError):
                await asyncio.sleep(0.05)

    async def _listen(self) -> None:
        async with Valkey.from_url(self._url) as valkey, valkey.pubsub() as listening:
            await listening.subscribe(BOOK, f"trades:{MARKET}", f"ticker:{MARKET}")
            while True:
                message = await listening.get_message(ignore_subscribe_messages=True, timeout=0.2)
                if message is None:
                    await self._look(valkey)
                    continue
                topic = message["channel"].decode()
                self.heard[topic] = self.heard.get(topic, 0) + 1
                if topic == BOOK and not self._take(json.loads(message["data"])):
                    await self._look(valkey)

    def _take(self, update: dict[str, Any]) -> bool:
        """False where something before it was missed."""
        known = self.book.sequence
        if known is None or update["epoch"] != self.book.epoch or int(update["previous"]) > known:
            return False
        return int(update["sequence"]) <= known or self.book.take({**update, "previous": str(known)})

    async def _look(self, valkey: Valkey) -> None:
        """Takes the book that is kept, where it is newer."""
        kept = await valkey.get(BOOK)
        if kept is not None:
            snapshot = json.loads(kept)
            if self.book.sequence is None or int(snapshot["sequence"]) > self.book.sequence:
                self.book.take(snapshot)


async def test_an_outsiders_book_is_the_exchanges(well: RunningExchange, person: Person) -> None:
    source = Random(11)
    url = f"unix://{well.data / 'run' / 'valkey.sock'}"
    outsider = Outsider(url)
    listening = asyncio.create_task(outsider.run())
    desk = Desk(well, person)
    trading = asyncio.create_task(desk.run(anything(desk, source), lambda done: done >= CHANGES, 0.002))
    async with Valkey.from_url(url) as valkey:
        await valkey.flushall()
    well.kill("valkey")
    well.kill("streams-1")
    assert await trading >= CHANGES
    await is_the_exchanges(outsider.book, well.url)
    well.kill("streams-2")
    person.place(MARKET, "buy", "0.1", "20")
    await is_the_exchanges(outsider.book, well.url)
    assert {BOOK, f"ticker:{MARKET}"} <= set(outsider.heard)
    listening.cancel()


async def is_the_exchanges(book: Followed, url: str) -> None:
    """The book comes to be the one that the exchange answers with."""
    async with httpx.AsyncClient(base_url=url) as http:
        answer: dict[str, Any] = {}
        try:
            async with asyncio.timeout(WITHIN_S):
                while str(book.sequence) != answer.get("book_sequence"):
                    await asyncio.sleep(0.1)
                    answer = (await http.get(f"/api/orderbook/{MARKET}", params={"depth": 100})).json()
        except TimeoutError:
            raise AssertionError(f"{book.sequence} is not {answer.get('book_sequence')}") from None
    for side in ("bids", "asks"):
        assert book.best(side, 100) == answer[side]
