"""Trades by id or time, always ascending."""

from __future__ import annotations

from cse.domain.markets import Market
from cse.engine.models import DatedTrade, Reading
from cse.marketdata.intervals import Interval
from cse.marketdata.models import TRADES_MAX
from cse.marketdata.service import MarketData

_MS_US = 1_000


class TradeReads:
    """Reads as Binance's clients ask for them."""

    def __init__(self, marketdata: MarketData) -> None:
        self._marketdata = marketdata

    async def from_id(
        self, market: Market, from_id: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades from an id on; without one the newest."""
        if from_id is not None:
            return await self._marketdata.trades_after(market, max(from_id - 1, 0), limit, min_sequence)
        reading = await self._marketdata.trades(market, None, limit, min_sequence)
        return Reading(reading.sequence, reading.value[::-1])

    async def within(
        self, market: Market, start_us: int | None, end_us: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades of a stretch of time, the millisecond of its end among it.

        With a start the first of them, without one the last. Where it begins or ends the candles know, for
        each of them has the ids of its trades.
        """
        until_us = None if end_us is None else end_us + _MS_US
        if start_us is None:
            return await self._before(market, until_us, limit, min_sequence)
        first_us = Interval.SECOND_1.start_us(start_us)
        page = await self._marketdata.candles(market, Interval.SECOND_1, first_us, until_us, 1, min_sequence)
        found: list[DatedTrade] = []
        if not page.value.candles:
            return Reading(page.sequence, found)
        after = page.value.candles[0].first_trade - 1
        while len(found) < limit:
            reading = await self._marketdata.trades_after(market, after, TRADES_MAX, page.sequence)
            trades = reading.value
            found += [trade for trade in trades if _is_within(trade, start_us, until_us)]
            if len(trades) < TRADES_MAX or not _is_within(trades[-1], 0, until_us):
                break
            after = trades[-1].traded.trade_id
        return Reading(page.sequence, found[:limit])

    async def _before(
        self, market: Market, until_us: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        page = await self._marketdata.candles(market, Interval.SECOND_1, None, until_us, 1, min_sequence)
        found: list[DatedTrade] = []
        if not page.value.candles:
            return Reading(page.sequence, found)
        before = page.value.candles[-1].last_trade + 1
        while len(found) < limit:
            reading = await self._marketdata.trades(market, before, TRADES_MAX, page.sequence)
            trades = reading.value
            found += [trade for trade in trades if _is_within(trade, 0, until_us)]
            if len(trades) < TRADES_MAX:
                break
            before = trades[-1].traded.trade_id
        return Reading(page.sequence, found[:limit][::-1])


def _is_within(trade: DatedTrade, start_us: int, until_us: int | None) -> bool:
    return start_us <= trade.time_us and (until_us is None or trade.time_us < until_us)
