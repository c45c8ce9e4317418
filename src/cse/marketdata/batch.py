"""The trades of some groups of events as candles, gathered until they are written in one transaction.

Groups are gone through as bytes, for most have no trade: a catch-up reads some hundred thousand a second.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.engine import wire
from cse.engine.layouts import GROUP, GROUP_WIDTH, HEAD, TRADED
from cse.engine.message import HEADER
from cse.marketdata.candles import Candle, candle_of
from cse.marketdata.intervals import KEPT, Interval

_TRADED_KIND: Final = wire.Traded.KIND
_TRADED_HEAD: Final = HEADER.pack(wire.Traded.KIND, 0, wire.Traded.WIDTH)


class Position(NamedTuple):
    """A place in the event log: the sequence, the chain and the time there."""

    sequence: int
    chain: int
    time_us: int


class LastTrade(NamedTuple):
    """A market's last trade: its id, price in ticks, and time."""

    trade_id: int
    price: int
    time_us: int


class CandlesFailed(RuntimeError):
    """The follower cannot go on: what it finds contradicts what it has written."""


class Batch:
    """The candles that the groups behind `before` come to; `last_trades` are those at `before`."""

    def __init__(self, before: Position, last_trades: dict[int, LastTrade]) -> None:
        self.before: Final = before
        self.after = before
        self.last_trades: Final = dict(last_trades)
        self._seconds: dict[tuple[int, int], Candle] = {}
        self.trades = 0

    @property
    def groups(self) -> int:
        """How many commands are in it."""
        return self.after.sequence - self.before.sequence

    @property
    def rows(self) -> int:
        """How many candles of a second it has."""
        return len(self._seconds)

    @property
    def markets(self) -> set[int]:
        """The markets that traded in it."""
        return {market for market, _ in self._seconds}

    def add(self, groups: bytes) -> None:
        """Adds the trades of Group messages that go on where the batch ends.

        Raises:
            CandlesFailed: they do not, or a market's trade is not its next.
        """
        offset, end = 0, len(groups)
        sequence, chain, time_us = self.after
        while offset < end:
            length, found, time_us, chain = GROUP.unpack_from(groups, offset)
            if found != sequence + 1:
                raise CandlesFailed(f"group {found} follows group {sequence}")
            sequence = found
            # What looks like a trade may be the content of another event, so it is gone through then.
            if groups.find(_TRADED_HEAD, offset, offset + length) >= 0:
                self._add_group(groups, offset + GROUP_WIDTH, offset + length, time_us)
            offset += length
        self.after = Position(sequence, chain, time_us)

    def candles(self) -> dict[Interval, dict[tuple[int, int], Candle]]:
        """For each interval that is kept the candles, by market and start."""
        shorter = self._seconds
        found = {KEPT[0]: shorter}
        for interval in KEPT[1:]:
            longer: dict[tuple[int, int], Candle] = {}
            for (market, _), candle in shorter.items():
                candle = candle.within(interval)
                before = longer.get((market, candle.start_us))
                joined = candle if before is None else before.joined(candle)
                longer[market, candle.start_us] = joined
            found[interval] = shorter = longer
        return found

    def _add_group(self, groups: bytes, offset: int, stop: int, time_us: int) -> None:
        second_us = Interval.SECOND_1.start_us(time_us)
        while offset < stop:
            kind, length = HEAD.unpack_from(groups, offset)
            if kind == _TRADED_KIND:
                trade_id, market, price, quantity, low, high = TRADED.unpack_from(groups, offset)
                last = self.last_trades.get(market)
                if trade_id != (0 if last is None else last.trade_id) + 1:
                    raise CandlesFailed(f"market {market}: trade {trade_id} follows {last}")
                self.last_trades[market] = LastTrade(trade_id, price, time_us)
                traded = candle_of(second_us, trade_id, price, quantity, high << 64 | low)
                before = self._seconds.get((market, second_us))
                joined = traded if before is None else before.joined(traded)
                self._seconds[market, second_us] = joined
                self.trades += 1
            offset += length
