"""What a process that follows the event log by itself begins with: candles and days as of a sequence."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, NamedTuple

from cse.engine.models import NotYetVisible
from cse.ledger.service import Ledger
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candle_reads import CandleReads, NewestRead
from cse.marketdata.intervals import DAY_US
from cse.marketdata.rolling_day import Moment, RollingDay

# Under load the ledger is behind the candles by a batch or more, and always will be: so what is waited for
# is where the candles were when they were read, and not where they are.
LEDGER_WITHIN_S: Final = 10.0
_LOOK_S: Final = 0.05


class Live(NamedTuple):
    """A market's newest candles and its rolling day, both as of the same sequence."""

    candles: CandleBuilder
    day: RollingDay


class LiveMarkets(NamedTuple):
    """Every market that had traded when the journal was at `sequence`; any other begins with nothing.

    Trades up to `sequence` are in them, and only those: whoever goes on reads the event log behind it.
    """

    sequence: int
    markets: Mapping[int, Live]

    def market(self, market: int) -> Live:
        """What there is of a market."""
        found = self.markets.get(market)
        return found or Live(CandleBuilder(sequence=self.sequence), RollingDay(sequence=self.sequence))


async def load_live(reads: CandleReads, ledger: Ledger, now_us: int) -> LiveMarkets:
    """Reads what PostgreSQL has, as of the position of its candles.

    Raises:
        NotYetVisible: the ledger did not come to have all trades that the candles had.
    """
    sequence, newest = await reads.newest(now_us - DAY_US)
    await _reached(ledger, sequence)
    markets = {
        market: Live(
            CandleBuilder(read.candles, sequence), await _day(ledger, market, read, sequence, now_us)
        )
        for market, read in newest.items()
    }
    return LiveMarkets(sequence, markets)


async def _reached(ledger: Ledger, sequence: int) -> None:
    try:
        async with asyncio.timeout(LEDGER_WITHIN_S):
            while await ledger.position() < sequence:
                await asyncio.sleep(_LOOK_S)
    except TimeoutError:
        raise NotYetVisible(f"sequence {sequence} is not in PostgreSQL yet") from None


async def _day(ledger: Ledger, market: int, read: NewestRead, sequence: int, now_us: int) -> RollingDay:
    trade_ids = range(read.day_from, read.last_trade + 1)
    found = await ledger.moments(market, trade_ids) if trade_ids else []
    assert sum(summary.trades for _, summary in found) == len(trade_ids), "the ledger has every trade"
    moments = [
        Moment(
            time_us,
            summary.first_price,
            summary.high_price,
            summary.low_price,
            summary.quantity,
            summary.notional,
            summary.trades,
        )
        for time_us, summary in found
    ]
    day = RollingDay(moments, read.last_trade, read.last_price, sequence)
    day.expire(now_us)
    return day
