"""One market's trades of the last 24 hours, exact to the microsecond."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from cse.ledger.models import NO_TRADES, TradesSummary
from cse.marketdata.candle_builder import TradeMissing
from cse.marketdata.intervals import DAY_US


class Moment(NamedTuple):
    """All trades of one time: prices in ticks, `quantity` in lots, `notional` in quote units."""

    time_us: int
    open: int
    high: int
    low: int
    quantity: int
    notional: int
    trades: int


class RollingDay:
    """The figures of a market's trades of the 24 hours up to a time that moves on.

    A trade belongs to them as long as it is no older than 24 hours. What is kept is one `Moment` for each
    time at which there was a trade: the commands of one record have one time, so under load a moment
    stands for many trades. Every call costs the same, however many are kept, spread over all calls.

    `moments` are the trades of the 24 hours before the journal was at `sequence`, ascending, `last_trade`
    and `last_price` those of the last trade ever, 0 without any. Whoever reads the event log goes on
    behind `sequence`.
    """

    def __init__(
        self,
        moments: Iterable[Moment] = (),
        last_trade: int = 0,
        last_price: int = 0,
        sequence: int = 0,
    ) -> None:
        self.sequence: Final = sequence
        self._moments: deque[Moment] = deque()
        # Moments that no later one is above, and below: the first of each is the day's high, and low.
        self._highs: deque[Moment] = deque()
        self._lows: deque[Moment] = deque()
        self._trades = self._quantity = self._notional = 0
        for moment in moments:
            self._append(moment)
        self._last_trade = last_trade
        self._last_price = last_price

    @property
    def last_trade(self) -> int:
        """The id of the last trade added; 0 before the first."""
        return self._last_trade

    @property
    def last_price(self) -> int:
        """The price of the last trade ever, however old; 0 before the first."""
        return self._last_price

    @property
    def summary(self) -> TradesSummary:
        """The figures as of the last `expire`, and of what was added since."""
        if not self._moments:
            return NO_TRADES
        return TradesSummary(
            self._trades,
            self._moments[0].open,
            self._highs[0].high,
            self._lows[0].low,
            self._quantity,
            self._notional,
        )

    @property
    def next_expiry_us(self) -> int | None:
        """The first time at which `expire` will find something; None when nothing is left to expire."""
        return self._moments[0].time_us + DAY_US + 1 if self._moments else None

    def add(self, time_us: int, trade_id: int, price: int, quantity: int, notional: int) -> bool:
        """Adds the next trade; one that is in the figures already changes nothing and gives False.

        Raises:
            TradeMissing: another trade should have come before it.
        """
        if trade_id <= self._last_trade:
            return False
        if trade_id != self._last_trade + 1:
            raise TradeMissing(f"trade {trade_id} follows trade {self._last_trade}")
        self._append(Moment(time_us, price, price, price, quantity, notional, 1))
        self._last_trade, self._last_price = trade_id, price
        return True

    def expire(self, now_us: int) -> bool:
        """Takes out the trades that are older than 24 hours; returns whether there were any."""
        since_us = now_us - DAY_US
        moments, highs, lows = self._moments, self._highs, self._lows
        if not moments or moments[0].time_us >= since_us:
            return False
        while moments and moments[0].time_us < since_us:
            gone = moments.popleft()
            self._trades -= gone.trades
            self._quantity -= gone.quantity
            self._notional -= gone.notional
        while highs and highs[0].time_us < since_us:
            highs.popleft()
        while lows and lows[0].time_us < since_us:
            lows.popleft()
        return True

    def _append(self, moment: Moment) -> None:
        self._trades += moment.trades
        self._quantity += moment.quantity
        self._notional += moment.notional
        if self._moments and self._moments[-1].time_us == moment.time_us:
            before = self._moments.pop()
            moment = Moment(
                before.time_us,
                before.open,
                max(before.high, moment.high),
                min(before.low, moment.low),
                before.quantity + moment.quantity,
                before.notional + moment.notional,
                before.trades + moment.trades,
            )
        self._moments.append(moment)
        while self._highs and self._highs[-1].high <= moment.high:
            self._highs.pop()
        self._highs.append(moment)
        while self._lows and self._lows[-1].low >= moment.low:
            self._lows.pop()
        self._lows.append(moment)
