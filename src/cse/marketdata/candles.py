"""A candle: what the trades of one market and one stretch of time come to."""

from __future__ import annotations

from typing import NamedTuple

from cse.marketdata.intervals import Interval


class Candle(NamedTuple):
    """Prices in ticks, `quantity` in lots, `notional` in quote units.

    It has at least one trade: a stretch of time without any has no candle. Trade ids of a market are
    dense, so `trades` is always `last_trade - first_trade + 1`.
    """

    start_us: int
    open: int
    high: int
    low: int
    close: int
    quantity: int
    notional: int
    trades: int
    first_trade: int
    last_trade: int

    def joined(self, later: Candle) -> Candle:
        """This one and one that goes on right behind it, as one with the start of this."""
        return Candle(
            self.start_us,
            self.open,
            max(self.high, later.high),
            min(self.low, later.low),
            later.close,
            self.quantity + later.quantity,
            self.notional + later.notional,
            self.trades + later.trades,
            self.first_trade,
            later.last_trade,
        )

    def within(self, interval: Interval) -> Candle:
        """The same trades as a candle of a longer interval."""
        return Candle._make((interval.start_us(self.start_us), *self[1:]))


def is_closed(candle: Candle, interval: Interval, journal_time_us: int) -> bool:
    """Whether no trade can come to it any more: the journal's time never falls."""
    return interval.end_us(candle.start_us) <= journal_time_us


def candle_of(time_us: int, trade_id: int, price: int, quantity: int, notional: int) -> Candle:
    """One trade as a candle that starts at its very time."""
    return Candle(time_us, price, price, price, price, quantity, notional, 1, trade_id, trade_id)
