"""What markets traded in the last 24 hours: of candles, of the trades at the edge, and of the newest."""

from __future__ import annotations

from collections.abc import Sequence

from cse.engine.models import DatedTrade, NotYetVisible
from cse.ledger.models import NO_TRADES, TradesSummary
from cse.ledger.service import Ledger
from cse.marketdata.candle_reads import CandleReads, DayRead


class DayHistory:
    """Figures of the trades from a time on, exact to the microsecond, without reading all of them."""

    def __init__(self, reads: CandleReads, ledger: Ledger) -> None:
        self._reads = reads
        self._ledger = ledger

    async def since(self, markets: Sequence[int], since_us: int) -> dict[int, tuple[int, TradesSummary]]:
        """Each market's last trade in the candles, and the figures from a time on up to that trade.

        Raises:
            NotYetVisible: the ledger does not have the trades at the edge yet.
        """
        read = await self._reads.days(list(markets), since_us)
        return {
            market: (day.last_trade, added(await self._edge(market, day, since_us), day.summary))
            for market, day in read.items()
        } | {market: (0, NO_TRADES) for market in markets if market not in read}

    async def _edge(self, market: int, day: DayRead, since_us: int) -> TradesSummary:
        """Of the second in which the time lies, the trades that are not before it."""
        if day.edge is None:
            return NO_TRADES
        trade_ids = range(day.edge.first_trade, day.edge.last_trade + 1)
        summary = await self._ledger.summary(market, trade_ids, since_us)
        if summary is None:
            raise NotYetVisible(f"trades up to {day.edge.last_trade} are not in PostgreSQL yet")
        return summary


def summarise(trades: Sequence[DatedTrade]) -> TradesSummary:
    """The figures of trades, ascending."""
    if not trades:
        return NO_TRADES
    prices = [trade.traded.price for trade in trades]
    return TradesSummary(
        trades=len(trades),
        first_price=prices[0],
        high_price=max(prices),
        low_price=min(prices),
        quantity=sum(trade.traded.quantity for trade in trades),
        notional=sum(trade.traded.notional for trade in trades),
    )


def added(older: TradesSummary, newer: TradesSummary) -> TradesSummary:
    """The figures of trades and of those that come behind them."""
    if not older.trades or not newer.trades:
        return older if older.trades else newer
    return TradesSummary(
        trades=older.trades + newer.trades,
        first_price=older.first_price,
        high_price=max(older.high_price, newer.high_price),
        low_price=min(older.low_price, newer.low_price),
        quantity=older.quantity + newer.quantity,
        notional=older.notional + newer.notional,
    )
