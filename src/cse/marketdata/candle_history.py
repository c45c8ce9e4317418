"""A market's candles of any interval: those in PostgreSQL, and what has traded since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from cse.engine.client import ReplicaClient
from cse.engine.models import DatedTrade, NotYetVisible, Reading
from cse.marketdata.candle_reads import CandleReads, PageRead
from cse.marketdata.candles import Candle, candle_of
from cse.marketdata.intervals import Interval
from cse.marketdata.trade_history import TradeHistory

# How many trades the candles in PostgreSQL may be behind before a reader has to wait for them.
BEHIND_MAX: Final = 5_000
# From here on no candle is looked for: 2200-01-01.
LATEST_US: Final = 7_258_118_400_000_000


class CandlePage(NamedTuple):
    """Candles, ascending; where the page after or before them begins; and the journal's time.

    `next_us` is None on the last page; otherwise the start of the next candle, or, of pages that go
    back, that of the first one here.
    """

    candles: list[Candle]
    next_us: int | None
    journal_time_us: int


class CandleHistory:
    """Candles as of the sequence that each answer states."""

    def __init__(self, replica: ReplicaClient, reads: CandleReads, trades: TradeHistory) -> None:
        self._replica = replica
        self._reads = reads
        self._trades = trades

    async def page(
        self,
        market: int,
        interval: Interval,
        from_us: int | None,
        to_us: int | None,
        limit: int,
        min_sequence: int,
    ) -> Reading[CandlePage]:
        """Up to `limit` candles that start in [from, to): with `from_us` the first, without it the last.

        Raises:
            NotYetVisible: the candles in PostgreSQL are too far behind.
        """
        first_us = None if from_us is None else interval.ceiling_us(_bounded(from_us))
        end_us = interval.ceiling_us(LATEST_US if to_us is None else _bounded(to_us))
        sequence, journal_time_us = await self._journal_time(market, min_sequence)
        page = await self._reads.page(market, interval, first_us, end_us, limit + 1)
        since = await self.behind(market, page.last_trade, sequence)
        candles = with_trades(page, since.value, interval, limit + 1)
        candles = [candle for candle in candles if (first_us or 0) <= candle.start_us < end_us]
        more = len(candles) > limit
        if first_us is None:
            candles = candles[-limit:]
            next_us = candles[0].start_us if more else None
        else:
            next_us = candles[limit].start_us if more else None
            candles = candles[:limit]
        return Reading(since.sequence, CandlePage(candles, next_us, journal_time_us))

    async def _journal_time(self, market: int, min_sequence: int) -> tuple[int, int]:
        """The journal's sequence and time now.

        Known before any trade is read, so that no candle is called closed that lacks one of its trades.
        """
        # A position does not wait for anything, so that something else has to.
        reached = await self._replica.trades(market, 0, min_sequence=min_sequence)
        now = await self._replica.position()
        return max(reached.sequence, now.sequence), now.time_us

    async def behind(self, market: int, last_trade: int, min_sequence: int) -> Reading[list[DatedTrade]]:
        """The trades that are behind the last one in PostgreSQL's candles, ascending."""
        reading = await self._trades.after(market, last_trade, BEHIND_MAX, min_sequence)
        if len(reading.value) == BEHIND_MAX:
            raise NotYetVisible(f"candles of market {market} are behind trade {last_trade + BEHIND_MAX}")
        return reading


def with_trades(page: PageRead, trades: list[DatedTrade], interval: Interval, limit: int) -> list[Candle]:
    """The page's candles and the trades behind them; a page that is full and ends earlier is as it was."""
    if len(page.candles) == limit and page.candles[-1].last_trade != page.last_trade:
        return page.candles
    return _joined([*page.candles, *candles_of(trades, interval)])


def candles_of(trades: list[DatedTrade], interval: Interval) -> list[Candle]:
    """The candles of some trades, ascending."""
    return _joined(
        candle_of(interval.start_us(time_us), traded.trade_id, traded.price, traded.quantity, traded.notional)
        for _, time_us, traded in trades
    )


def _joined(candles: Iterable[Candle]) -> list[Candle]:
    """Candles that follow on one another, those of one start as one."""
    found: list[Candle] = []
    for candle in candles:
        if found and found[-1].start_us == candle.start_us:
            found[-1] = found[-1].joined(candle)
        else:
            found.append(candle)
    return found


def _bounded(time_us: int) -> int:
    return max(0, min(time_us, LATEST_US))
