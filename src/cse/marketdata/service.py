"""Books, trades, candles and tickers of markets."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from cse.domain.enumerations import Side
from cse.domain.markets import Market
from cse.engine.client import ReplicaClient
from cse.engine.models import DatedTrade, Depth, Reading
from cse.engine.queries import LIMIT_MAX
from cse.ledger.models import TradesSummary
from cse.ledger.service import Ledger
from cse.marketdata import sparks as spark_lines
from cse.marketdata.candle_history import CandleHistory, CandlePage, candles_of
from cse.marketdata.candle_reads import CandleReads, ClosesRead
from cse.marketdata.day_history import DayHistory, added, summarise
from cse.marketdata.grouping import READ_AHEAD, grouped
from cse.marketdata.intervals import DAY_US, Interval
from cse.marketdata.listing import Listing
from cse.marketdata.trade_history import TradeHistory


class MarketDay(NamedTuple):
    """A market's book top, its last price (0 for none) and the trades of 24 hours, up to a time."""

    time_us: int
    depth: Depth
    trades: TradesSummary


class MarketData:
    """What everyone may see."""

    def __init__(self, replica: ReplicaClient, listing: Listing, ledger: Ledger, reads: CandleReads) -> None:
        self._replica = replica
        self._listing = listing
        self._reads = reads
        self._trades = TradeHistory(replica, ledger)
        self._candles = CandleHistory(replica, reads, self._trades)
        self._days = DayHistory(reads, ledger)

    async def market(self, name: str) -> Market:
        """The market of this name; `market_unknown`."""
        return await self._listing.market(name)

    async def market_of_pair(self, pair: str) -> Market:
        """The market whose symbols stand side by side, such as `NOVAUSDC`; `market_unknown`."""
        return await self._listing.market_of_pair(pair)

    async def market_now(self, name: str, min_sequence: int) -> Reading[Market]:
        """The market with its rules and status of now; `market_unknown`."""
        return await self._listing.market_now(name, min_sequence)

    async def listing(self, min_sequence: int) -> Reading[Listing]:
        """All assets and markets, read anew: status and fees are those of now."""
        return Reading(await self._listing.read(min_sequence), self._listing)

    async def depth(self, market: Market, levels: int, min_sequence: int) -> Reading[Depth]:
        """The best levels of both sides."""
        reading = await self._replica.depth(market.id, levels, min_sequence=min_sequence)
        assert reading.value is not None, "a listed market is known to the replica"
        return Reading(reading.sequence, reading.value)

    async def grouped_depth(
        self, market: Market, groups: int, step: int, min_sequence: int
    ) -> Reading[Depth]:
        """The best groups of both sides, each of the levels within `step` ticks.

        The last of them is missing rather than incomplete where the book has more levels than can be read.
        """
        levels = min(groups * READ_AHEAD, LIMIT_MAX)
        while True:
            reading = await self.depth(market, levels, min_sequence)
            read = reading.value
            bids = grouped(read.bids, Side.BUY, step)
            asks = grouped(read.asks, Side.SELL, step)
            # The last group goes on where the side does.
            bids = bids[: -1 if len(read.bids) == levels else None]
            asks = asks[: -1 if len(read.asks) == levels else None]
            are_enough = all(
                len(found) >= groups or len(side) < levels
                for found, side in ((bids, read.bids), (asks, read.asks))
            )
            if are_enough or levels == LIMIT_MAX:
                return Reading(reading.sequence, read._replace(bids=bids[:groups], asks=asks[:groups]))
            levels = min(levels * READ_AHEAD, LIMIT_MAX)

    async def trades(
        self, market: Market, before_trade: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades below an id, newest first; raises as `TradeHistory` does."""
        return await self._trades.before(market.id, before_trade, limit, min_sequence)

    async def trades_after(
        self, market: Market, after_trade: int, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades above an id, ascending; raises as `TradeHistory` does."""
        return await self._trades.after(market.id, after_trade, limit, min_sequence)

    async def candles(
        self,
        market: Market,
        interval: Interval,
        from_us: int | None,
        to_us: int | None,
        limit: int,
        min_sequence: int,
    ) -> Reading[CandlePage]:
        """Candles that start in [from, to); raises as `CandleHistory` does."""
        return await self._candles.page(market.id, interval, from_us, to_us, limit, min_sequence)

    async def days(
        self, markets: Sequence[Market], now_us: int, min_sequence: int
    ) -> list[Reading[MarketDay]]:
        """The tickers' figures, each exact over the 24 hours before `now_us` at its sequence.

        Raises:
            NotYetVisible: PostgreSQL is too far behind.
        """
        since_us = now_us - DAY_US
        found = await self._days.since([market.id for market in markets], since_us)
        # All together, so that they are one question and one answer on the replica's connection.
        return await asyncio.gather(
            *(self._day(market, now_us, *found[market.id], min_sequence) for market in markets)
        )

    async def sparks(
        self, markets: Sequence[Market], now_us: int, min_sequence: int
    ) -> list[Reading[spark_lines.Spark]]:
        """Each market's closing prices of the day up to now; raises as `days` does."""
        read = await self._reads.closes(
            [market.id for market in markets], spark_lines.INTERVAL, spark_lines.first_us(now_us)
        )
        return await asyncio.gather(
            *(self._spark(market.id, now_us, read.get(market.id), min_sequence) for market in markets)
        )

    async def _spark(
        self, market: int, now_us: int, read: ClosesRead | None, min_sequence: int
    ) -> Reading[spark_lines.Spark]:
        last_trade, before, closes = read or ClosesRead(0, None, {})
        since = await self._candles.behind(market, last_trade, min_sequence)
        newer = {candle.start_us: candle.close for candle in candles_of(since.value, spark_lines.INTERVAL)}
        return Reading(since.sequence, spark_lines.spark(now_us, before, closes | newer))

    async def _day(
        self, market: Market, now_us: int, last_trade: int, older: TradesSummary, min_sequence: int
    ) -> Reading[MarketDay]:
        since = await self._candles.behind(market.id, last_trade, min_sequence)
        newer = summarise([trade for trade in since.value if trade.time_us >= now_us - DAY_US])
        depth = await self.depth(market, 1, since.sequence)
        return Reading(depth.sequence, MarketDay(now_us, depth.value, added(older, newer)))
