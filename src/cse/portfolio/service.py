"""Use cases of a portfolio: what it is now, and how it came to that."""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

from cse.engine.models import NotYetVisible, Reading
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.intervals import Interval
from cse.marketdata.listing import Listing
from cse.portfolio import store
from cse.portfolio.costs import CostMethod
from cse.portfolio.history import Course, Stretch, by_start, points_of, stretch_of
from cse.portfolio.keeping import BookKeeping, Current
from cse.portfolio.models import CurvePeriod
from cse.portfolio.positions import Summary, summary_of
from cse.portfolio.prices import PriceList, Prices
from cse.portfolio.returns import Flow, Point, Returns, returns_of
from cse.runtime.postgres import Pool

# The room's role in PostgreSQL.
ROLE: Final = "cse_portfolio"
_LOOKS: Final = 10
_LOOK_S: Final = 0.02


class AccountFigures(NamedTuple):
    """An account's figures at which prices, and when its first transfer came: 0 where none has."""

    summary: Summary
    prices: Prices
    put_in: int | None
    taken_out: int | None
    since_us: int


class History(NamedTuple):
    """What became of an account over a period."""

    interval: Interval
    points: list[Point]
    put_in: list[int | None]
    flows: list[Flow]
    returns: Returns


class Portfolios:
    """Portfolios of accounts, as far as ledger and candles are."""

    def __init__(self, pool: Pool, keeping: BookKeeping, reads: CandleReads, listing: Listing) -> None:
        self._pool = pool
        self._keeping = keeping
        self._reads = reads
        self.listing = listing

    async def figures(self, account: int, method: CostMethod, min_sequence: int) -> Reading[AccountFigures]:
        """What the account has, what it cost and what it is worth at the last prices."""
        sequence, book = await self._current(account, min_sequence)
        prices = await self.prices_now()
        summary = summary_of(book, method, prices)
        figures = AccountFigures(summary, prices, book.put_in, book.taken_out, book.since_us)
        return Reading(sequence, figures)

    async def history(
        self, account: int, period: CurvePeriod, now_us: int, min_sequence: int
    ) -> Reading[History]:
        """How the account did over a period up to now."""
        current = await self._current(account, min_sequence)
        stretch = stretch_of(period, current.book.since_us, now_us)
        interval, from_us = stretch.interval, stretch.from_us
        listed = await self._keeping.price_list()
        async with self._pool.connection() as connection:
            # Several statements, and one moment.
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            sequence, book = await store.read_book(connection, account)
            held = await store.held_before(connection, account, from_us)
            changes = await store.changes_since(connection, account, interval, from_us)
            flows = await store.flows_since(connection, account, from_us)
            flown = await store.flown_before(connection, account, from_us)
        book = book or current.book
        touched = set(held).union(*changes.values())
        markets = [market.id for asset, market in listed.markets.items() if asset in touched]
        before = await self._reads.last_before(markets, from_us)
        closes = by_start(await self._closes(markets, stretch))
        points = points_of(stretch, Course(held, changes), listed, Course(before, closes))
        points.append(Point(now_us, book.worth((await self.prices_now()).worth)))
        put_in = _put_in(points, flows, flown)
        sequence = max(sequence, current.sequence)
        return Reading(sequence, History(interval, points, put_in, flows, returns_of(points, flows)))

    async def reached(self, min_sequence: int) -> int:
        """How far ledger and candles are, which has to be this far at least; raises `NotYetVisible`."""
        for _ in range(_LOOKS):
            position = await self._keeping.position()
            if position >= min_sequence:
                return position
            await asyncio.sleep(_LOOK_S)
        raise NotYetVisible(f"PostgreSQL has not reached {min_sequence}")

    async def _current(self, account: int, min_sequence: int) -> Current:
        await self.reached(min_sequence)
        return await self._keeping.current(account)

    async def prices_now(self) -> Prices:
        """The last prices."""
        await self.listing.read()
        listed: PriceList = await self._keeping.price_list()
        return listed.at(
            {market.id: market.last_price for market in self.listing.markets.values() if market.last_price}
        )

    async def _closes(self, markets: list[int], stretch: Stretch) -> dict[int, list[tuple[int, int]]]:
        """Closing prices of markets by the start of their interval."""
        interval, from_us, now_us = stretch
        to_us = interval.end_us(interval.start_us(now_us))
        limit = (to_us - from_us) // interval.width_us
        pages = await asyncio.gather(
            *(self._reads.page(market, interval, from_us, to_us, limit) for market in markets)
        )
        return {
            market: [(candle.start_us, candle.close) for candle in page.candles]
            for market, page in zip(markets, pages, strict=True)
        }


def _put_in(points: list[Point], flows: list[Flow], before: int | None) -> list[int | None]:
    """What had been put in less what was taken out by each point."""
    found: list[int | None] = []
    waiting = iter(flows)
    flow, so_far = next(waiting, None), before
    for point in points:
        while flow is not None and flow.time_us < point.time_us:
            so_far = None if so_far is None or flow.worth is None else so_far + flow.worth
            flow = next(waiting, None)
        found.append(so_far)
    return found
