"""One market's candles of all intervals, as trades come in.

Trades of the same second are gathered first, and added to all intervals together: when the second has
passed, or when somebody looks. So what a trade costs does not grow with the number of intervals.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import chain
from typing import Final

from cse.marketdata.candles import Candle, candle_of
from cse.marketdata.intervals import Interval

# How many candles before the newest are kept of each interval.
BEFORE_MAX: Final = 16


class TradeMissing(ValueError):
    """A trade's id is not the next of its market."""


class CandleBuilder:
    """The newest candles of one market.

    `newest` are the newest candles of every interval as they stood when the journal was at `sequence`;
    none where the market had not traded. Whoever reads the event log goes on behind `sequence`.
    """

    def __init__(self, newest: Mapping[Interval, Candle] | None = None, sequence: int = 0) -> None:
        self.sequence: Final = sequence
        self._newest: dict[Interval, Candle] = dict(newest or {})
        self._before = {interval: deque[Candle](maxlen=BEFORE_MAX) for interval in Interval}
        self._gathered: Candle | None = None
        self._second_end_us = 0
        self._last_trade = max((candle.last_trade for candle in self._newest.values()), default=0)

    @property
    def last_trade(self) -> int:
        """The id of the last trade added; 0 before the first."""
        return self._last_trade

    def add(self, time_us: int, trade_id: int, price: int, quantity: int, notional: int) -> bool:
        """Adds the next trade; one that is in the candles already changes nothing and gives False.

        Raises:
            TradeMissing: another trade should have come before it.
        """
        if trade_id <= self._last_trade:
            return False
        if trade_id != self._last_trade + 1:
            raise TradeMissing(f"trade {trade_id} follows trade {self._last_trade}")
        traded = candle_of(time_us, trade_id, price, quantity, notional)
        if self._gathered is not None and time_us < self._second_end_us:
            self._gathered = self._gathered.joined(traded)
        else:
            self._settle()
            self._gathered = traded
            self._second_end_us = Interval.SECOND_1.end_us(Interval.SECOND_1.start_us(time_us))
        self._last_trade = trade_id
        return True

    def newest(self, interval: Interval) -> Candle | None:
        """The newest candle, closed or not; None before the first trade."""
        self._settle()
        return self._newest.get(interval)

    def since(self, interval: Interval, trade_id: int) -> list[Candle] | None:
        """The candles, ascending, that trades behind `trade_id` have changed.

        None where what is kept does not reach back so far: read them from the database, or take the
        newest alone.
        """
        self._settle()
        newest = self._newest.get(interval)
        if newest is None or newest.last_trade <= trade_id:
            return []
        found = [candle for candle in chain(self._before[interval], [newest]) if candle.last_trade > trade_id]
        return found if found[0].first_trade <= trade_id + 1 else None

    def _settle(self) -> None:
        """Adds what was gathered to the candles of every interval."""
        gathered, self._gathered = self._gathered, None
        if gathered is None:
            return
        for interval in Interval:
            traded = gathered.within(interval)
            newest = self._newest.get(interval)
            if newest is not None and newest.start_us == traded.start_us:
                self._newest[interval] = newest.joined(traded)
            else:
                if newest is not None:
                    self._before[interval].append(newest)
                self._newest[interval] = traded
