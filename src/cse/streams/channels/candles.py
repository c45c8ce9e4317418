"""The channels of a market's candles, one for each interval."""

from __future__ import annotations

import msgspec

from cse.domain.markets import Market
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candles import Candle, is_closed
from cse.marketdata.intervals import Interval
from cse.marketdata.models import CandleView
from cse.marketdata.views import candle_view
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs


class CandlesData(msgspec.Struct, frozen=True):
    """Candles, ascending: in a snapshot the newest, in an update those that changed."""

    candles: list[CandleView]


class CandlesChannel(Channel):
    """`candles.MARKET.INTERVAL`, numbered by trade id."""

    def __init__(
        self,
        name: str,
        place: Place,
        epochs: Epochs,
        market: Market,
        interval: Interval,
        builder: CandleBuilder,
    ) -> None:
        super().__init__(name, place, epochs, builder.last_trade)
        self._market = market
        self._interval = interval
        self._builder = builder
        # When the newest candle is to be told once more, because it has closed.
        self.closes_at_us: int | None = None
        self._note_end()

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        self.publish(self._builder.last_trade, now_s)
        self._note_end()

    def _note_end(self) -> None:
        newest = self._builder.newest(self._interval)
        now_us = self._place.stamp.time_us
        if newest is None or is_closed(newest, self._interval, now_us):
            self.closes_at_us = None
        else:
            self.closes_at_us = self._interval.end_us(newest.start_us)

    def _snapshot(self) -> bytes:
        newest = self._builder.newest(self._interval)
        data = self._data([] if newest is None else [newest])
        return snapshot_frame(self.name, self._place.stamp, self.sequence, data)

    def _update(self, previous: int) -> bytes | None:
        # With the one that `previous` belongs to, which may have closed since.
        candles = self._builder.since(self._interval, max(previous - 1, 0))
        if candles is None:
            return None
        data = self._data(candles)
        return update_frame(self.name, self._place.stamp, previous, self.sequence, data)

    def _data(self, candles: list[Candle]) -> CandlesData:
        now_us = self._place.stamp.time_us
        return CandlesData(
            [
                candle_view(candle, is_closed(candle, self._interval, now_us), self._market)
                for candle in candles
            ]
        )
