"""The channel of a market's trades, which everyone may hear."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from cse.domain.enumerations import Side
from cse.engine.models import DatedTrade
from cse.runtime.http.times import format_time
from cse.streams.channels.changes import ChangeLog
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import piece, snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.texts import PublicTexts

TRADES_SHOWN: Final = 50
TRADES_KEPT: Final = 1_000


class Trade(msgspec.Struct, frozen=True):
    """A trade; `side` is the taker's, of one that an `auction` made that of the later order."""

    trade_id: str
    side: Literal["buy", "sell"]
    price: str
    quantity: str
    auction: bool
    time: str


class TradesData(msgspec.Struct, frozen=True):
    """Trades, oldest first."""

    trades: list[msgspec.Raw]


class TradesChannel(Channel):
    """`trades.MARKET`, numbered by trade id."""

    def __init__(
        self, name: str, place: Place, epochs: Epochs, recent: list[DatedTrade], texts: PublicTexts
    ) -> None:
        """`recent` are the newest trades, oldest first."""
        last = recent[-1].traded.trade_id if recent else 0
        super().__init__(name, place, epochs, last)
        self.last_trade = last
        self._texts = texts
        self._log = ChangeLog(recent[0].traded.trade_id - 1 if recent else 0, TRADES_KEPT)
        for trade in recent:
            self._note(trade)

    def add(self, trade: DatedTrade) -> bool:
        """Takes a trade; one that was in already changes nothing and gives False."""
        if trade.traded.trade_id <= self.last_trade:
            return False
        self.last_trade = trade.traded.trade_id
        self._note(trade)
        return True

    def flush(self, now_s: float) -> None:
        """Tells the trades since the last time."""
        self.publish(self.last_trade, now_s)

    def _note(self, trade: DatedTrade) -> None:
        traded = trade.traded
        view = Trade(
            trade_id=str(traded.trade_id),
            side="buy" if traded.taker_side == Side.BUY else "sell",
            price=self._texts.price(traded.price),
            quantity=self._texts.quantity(traded.quantity),
            auction=traded.auction == 1,
            time=format_time(trade.time_us),
        )
        self._log.add(traded.trade_id, traded.trade_id, piece(view))

    def _snapshot(self) -> bytes:
        data = TradesData(self._log.newest(TRADES_SHOWN))
        return snapshot_frame(self.name, self._place.stamp, self.sequence, data)

    def _update(self, previous: int) -> bytes | None:
        trades = self._log.since(previous)
        if trades is None:
            return None
        return update_frame(self.name, self._place.stamp, previous, self.sequence, TradesData(trades))
