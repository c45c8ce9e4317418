"""The channel of an account's open orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from cse.engine import wire
from cse.engine.models import OpenOrder
from cse.streams.channels.account import AccountChannel, AccountEvent, MovedLeg
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.trading.views.changes import after
from cse.trading.views.orders import OrderRecord, of_accepted, of_open, order_view
from cse.trading.views.texts import MarketTexts

# A snapshot has so many of the newest open orders, and says if there are more.
ORDERS_SHOWN: Final = 500


class OrdersData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Orders as REST shows them. In a snapshot the open ones, oldest first; in an update all that
    changed. `more` says that there are older open orders than a snapshot shows."""

    orders: list[object]
    more: bool = False


class OrdersChannel(AccountChannel[list[OpenOrder]]):
    """`user.orders`."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, texts: Callable[[int], MarketTexts]
    ) -> None:
        """`texts` are those of a market by its id."""
        super().__init__(name, account, place, epochs)
        self._texts = texts
        self._open: dict[int, tuple[int, OrderRecord]] = {}
        self._changed: dict[int, tuple[int, int, OrderRecord]] = {}

    def _take(self, state: list[OpenOrder]) -> None:
        self._open = {
            order.state.order_id: (order.state.market, of_open(order, self.sequence)) for order in state
        }

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        if isinstance(event, MovedLeg):
            return False
        if isinstance(event, wire.OrderAccepted):
            record = of_accepted(event, time_us, [], None)
            self._set(sequence, event.order_id, event.market, record)
            return True
        changed = False
        for order_id in orders_of(event):
            if order_id not in self._open:
                continue
            market, record = self._open[order_id]
            now = after(record, event, time_us)
            if now is None:
                continue
            self._set(sequence, order_id, market, now)
            if now.reason:
                del self._open[order_id]
            changed = True
        return changed

    def _set(self, sequence: int, order_id: int, market: int, record: OrderRecord) -> None:
        record = record._replace(revision=sequence)
        self._open[order_id] = (market, record)
        # An order that changes again stands last.
        self._changed.pop(order_id, None)
        self._changed[order_id] = (sequence, market, record)

    def _settle(self) -> None:
        for order_id, (sequence, market, record) in self._changed.items():
            self._note(sequence, order_id, order_view(record, self._texts(market)))
        self._changed.clear()

    def _of_all(self) -> OrdersData:
        ids = sorted(self._open)
        shown: list[object] = []
        for order_id in ids[-ORDERS_SHOWN:]:
            market, record = self._open[order_id]
            shown.append(order_view(record, self._texts(market)))
        return OrdersData(shown, more=len(ids) > ORDERS_SHOWN)

    def _of_changed(self, changed: list[msgspec.Raw]) -> OrdersData:
        return OrdersData(list(changed))


def orders_of(event: AccountEvent) -> tuple[int, ...]:
    """The orders that an event is about."""
    if isinstance(event, wire.Traded | wire.SelfTradePrevented):
        return event.maker_order_id, event.taker_order_id
    if isinstance(event, _OF_ONE_ORDER):
        return (event.order_id,)
    if isinstance(event, wire.OrdersLinked):
        return event.first, event.second, event.third
    return ()


_OF_ONE_ORDER: Final = (wire.OrderAmended, wire.OrderTriggered, wire.OrderActivated, wire.OrderClosed)
