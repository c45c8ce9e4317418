"""The channel of an account's open orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from cse.domain.enumerations import SelfTradePrevention
from cse.engine import wire
from cse.streams.account_channel import AccountChannel
from cse.streams.channel import Place
from cse.streams.epochs import Epochs
from cse.trading.texts import MarketTexts
from cse.trading.views import OrderRecord, of_accepted, of_open, order_view

# A snapshot has so many of the newest open orders, and says if there are more.
ORDERS_SHOWN: Final = 500


class OrdersData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Orders as REST shows them. In a snapshot the open ones, oldest first; in an update all that
    changed. `more` says that there are older open orders than a snapshot shows."""

    orders: list[object]
    more: bool = False


class OrdersChannel(AccountChannel[list[wire.OrderState]]):
    """`user.orders`."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, texts: Callable[[int], MarketTexts]
    ) -> None:
        """`texts` are those of a market by its id."""
        super().__init__(name, account, place, epochs)
        self._texts = texts
        self._open: dict[int, tuple[int, OrderRecord]] = {}
        self._changed: dict[int, tuple[int, int, OrderRecord]] = {}

    def _take(self, state: list[wire.OrderState]) -> None:
        self._open = {order.order_id: (order.market, of_open(order)) for order in state}

    def _hear(self, sequence: int, time_us: int, event: wire.AnyMessage) -> bool:
        if isinstance(event, wire.OrderAccepted):
            record = of_accepted(event, time_us, [], None)
            self._set(sequence, event.order_id, event.market, record)
            return True
        if isinstance(event, wire.Traded):
            changed = False
            for order_id, fee in (
                (event.maker_order_id, event.maker_fee),
                (event.taker_order_id, event.taker_fee),
            ):
                if order_id in self._open:
                    _, record = self._open[order_id]
                    self._set(sequence, order_id, event.market, _filled(record, event, fee))
                    changed = True
            return changed
        if isinstance(event, wire.SelfTradePrevented):
            return self._decremented(sequence, event)
        if isinstance(event, wire.OrderAmended):
            return self._amended(sequence, event)
        if isinstance(event, wire.OrderClosed) and event.order_id in self._open:
            _, record = self._open[event.order_id]
            closed = record._replace(
                reason=event.reason,
                filled_quantity=event.filled_quantity,
                filled_notional=event.filled_notional,
                remaining_quantity=event.remaining_quantity,
                fee=event.fee,
                updated_at_us=time_us,
            )
            self._set(sequence, event.order_id, event.market, closed)
            del self._open[event.order_id]
            return True
        return False

    def _amended(self, sequence: int, event: wire.OrderAmended) -> bool:
        if event.order_id not in self._open:
            return False
        _, record = self._open[event.order_id]
        changed = record._replace(
            price=event.price,
            quantity=event.quantity,
            remaining_quantity=event.remaining_quantity,
            display_quantity=event.display_quantity,
        )
        self._set(sequence, event.order_id, event.market, changed)
        return True

    def _decremented(self, sequence: int, event: wire.SelfTradePrevented) -> bool:
        if event.self_trade_prevention != SelfTradePrevention.DECREMENT:
            return False
        changed = False
        for order_id in (event.maker_order_id, event.taker_order_id):
            if order_id in self._open:
                _, record = self._open[order_id]
                fewer = record._replace(
                    quantity=record.quantity - event.quantity,
                    remaining_quantity=record.remaining_quantity - event.quantity,
                )
                self._set(sequence, order_id, event.market, fewer)
                changed = True
        return changed

    def _set(self, sequence: int, order_id: int, market: int, record: OrderRecord) -> None:
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


def _filled(record: OrderRecord, traded: wire.Traded, fee: int) -> OrderRecord:
    """An order after a trade. Like REST, its time stays that of its beginning while it is open."""
    return record._replace(
        filled_quantity=record.filled_quantity + traded.quantity,
        filled_notional=record.filled_notional + traded.notional,
        remaining_quantity=record.remaining_quantity - traded.quantity if record.quantity else 0,
        fee=record.fee + fee,
    )
