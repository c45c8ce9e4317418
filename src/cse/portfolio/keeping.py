"""Brings an account's book up to where ledger and candles are: each entry once, whoever looks.

Who looks first pays for what has happened since; only that is read. All rows of a stretch change in one
transaction, so a reader that is cut off leaves less to the next one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from itertools import groupby
from typing import Final, NamedTuple, Protocol
from weakref import WeakValueDictionary

from cse.ledger.models import AccountEntry
from cse.ledger.service import Ledger
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.listing import Listing
from cse.portfolio import store
from cse.portfolio.book import Book
from cse.portfolio.postings import Exchanged, Moved, Pair, Posting, postings_of
from cse.portfolio.prices import MONEY, PriceList, Prices
from cse.portfolio.returns import Flow
from cse.runtime.postgres import Pool

# After so many entries a stretch is kept.
ENTRIES_A_STRETCH: Final = 20_000


class Current(NamedTuple):
    """An account's book with all entries up to a sequence."""

    sequence: int
    book: Book


class Additions:
    """What a stretch of entries adds beside the book."""

    def __init__(self) -> None:
        self.changes: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.flows: list[store.KeptFlow] = []
        self.entries = 0


class PastPrices(Protocol):
    """Where prices of the past come from; `unpriced` are those of a moment that has none."""

    unpriced: Prices

    async def at(self, time_us: int) -> Prices:
        """The last prices before the second that a time is in."""


class BookKeeping:
    """Keeps books with the room's role, out of what the ledger and the candles say."""

    def __init__(self, pool: Pool, ledger: Ledger, reads: CandleReads, listing: Listing) -> None:
        self._pool = pool
        self._ledger = ledger
        self._reads = reads
        self._listing = listing
        self._looks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def position(self) -> int:
        """How far a book can be: the ledger has its entries, and the candles the prices of them."""
        return min(await self._ledger.position(), await self._reads.position())

    async def price_list(self) -> PriceList:
        """The markets whose prices count."""
        money = await self._listing.asset(MONEY)
        return PriceList(money.id, self._listing.markets.values())

    def past_prices(self, listed: PriceList) -> CandlePrices:
        """Prices of the past of these markets."""
        return CandlePrices(self._reads, listed)

    async def postings(self, group: Sequence[AccountEntry]) -> list[Posting]:
        """What entries of one sequence say."""
        pairs = {entry.market: await self._pair(entry.market) for entry in group if entry.market}
        return list(postings_of(group, pairs))

    async def current(self, account: int) -> Current:
        """The account's book up to `position`."""
        # Who waits for another's look at the same book waits without a connection.
        async with self._looks.setdefault(account, asyncio.Lock()):
            return await self._current(account)

    async def _current(self, account: int) -> Current:
        until = await self.position()
        while True:
            async with self._pool.connection() as connection:
                sequence, book = await store.lock_book(connection, account)
                listed = await self.price_list()
                book = book or Book(listed.money)
                added, reached = Additions(), max(until, sequence)
                prices = self.past_prices(listed)
                async for group in self.groups(account, sequence, until):
                    await self._post(book, group, prices, added)
                    if added.entries >= ENTRIES_A_STRETCH:
                        reached = group[0].sequence
                        break
                if added.entries:
                    await store.add_changes(connection, account, added.changes)
                    await store.add_flows(connection, account, added.flows)
                    await store.keep_book(connection, account, reached, book)
            if reached >= until:
                return Current(reached, book)

    async def groups(self, account: int, after: int, until: int) -> AsyncGenerator[list[AccountEntry], None]:
        """The account's entries, those of one sequence together."""
        waiting: list[AccountEntry] = []
        async with aclosing(self._ledger.entries(account, after, until)) as pages:
            async for entries in pages:
                for _, same in groupby(entries, key=lambda entry: entry.sequence):
                    found = list(same)
                    if waiting and waiting[0].sequence != found[0].sequence:
                        yield waiting
                        waiting = []
                    waiting += found
        if waiting:
            yield waiting

    async def _post(
        self, book: Book, group: Sequence[AccountEntry], prices: PastPrices, added: Additions
    ) -> None:
        time_us = group[0].time_us
        await post_group(book, group[0].sequence, time_us, await self.postings(group), prices, added)
        start_us = store.KEPT.start_us(time_us)
        for entry in group:
            added.changes[start_us, entry.asset] += entry.amount
        added.entries += len(group)

    async def _pair(self, market: int) -> Pair:
        found = await self._listing.market_by_id(market)
        return Pair(found.base.id, found.quote.id)


class CandlePrices:
    """Prices of the past, out of the candles."""

    def __init__(self, reads: CandleReads, listed: PriceList) -> None:
        self._reads = reads
        self._listed = listed
        self.unpriced = listed.at({})
        self._time_us, self._found = -1, self.unpriced

    async def at(self, time_us: int) -> Prices:
        """The last prices before the second that a time is in."""
        if time_us != self._time_us:
            found = await self._reads.last_before(
                [market.id for market in self._listed.markets.values()], time_us
            )
            self._time_us, self._found = time_us, self._listed.at(found)
        return self._found


async def post_group(
    book: Book,
    sequence: int,
    time_us: int,
    postings: Sequence[Posting],
    prices: PastPrices,
    added: Additions | None,
) -> None:
    """Adds what one command did to an account, and notes each flow with what was there before it.

    Who wants no flows gives None: what money itself moved then needs no prices, which are a read each.
    """
    are_needed = any(_is_valued(one, book.money, added is not None) for one in postings)
    at = await prices.at(time_us) if are_needed else prices.unpriced
    for posting in postings:
        if isinstance(posting, Moved):
            book.since_us = book.since_us or time_us
            if added is not None:
                worth = book.worth(at.worth)
                flow = Flow(time_us, posting.asset, posting.units, _moved(posting, at), worth)
                added.flows.append(store.KeptFlow(sequence, posting.entry, flow))
        book.post(posting, at.worth)


def _is_valued(posting: Posting, money: int, is_flow_noted: bool) -> bool:
    """Whether a posting needs prices of its time. A flow is noted beside all that was there."""
    if isinstance(posting, Moved) and is_flow_noted:
        return True
    if isinstance(posting, Exchanged):
        return money not in (posting.came, posting.left)
    return posting.asset != money


def _moved(posting: Moved, at: Prices) -> int | None:
    """What a transfer moved, below zero where it left."""
    worth = at.worth(posting.asset, abs(posting.units))
    return worth if worth is None or posting.units > 0 else -worth
