"""Channels of one account, which only its owner may hear: open orders, fills, balances.

Each begins with a reading of the replica at some sequence and goes on with the events behind it. What
comes while the reading is under way is kept aside.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

import msgspec

from cse.domain.assets import Asset
from cse.engine import wire
from cse.engine.models import DatedTrade, Reading
from cse.streams.changes import ChangeLog
from cse.streams.channel import JournalChannel, Place, Subscriber
from cse.streams.envelope import piece, snapshot_frame, update_frame
from cse.streams.epochs import Epochs
from cse.trading.models import Balance
from cse.trading.texts import MarketTexts
from cse.trading.views import OrderRecord, fill_view, of_accepted, of_open, order_view

FILLS_SHOWN: Final = 50
# A snapshot has so many of the newest open orders, and says if there are more.
ORDERS_SHOWN: Final = 500
CHANGES_KEPT: Final = 1_000
# What may come while a reading is under way; with more, it is read again.
ASIDE_MAX: Final = 50_000

State = TypeVar("State")


class AccountChannel(JournalChannel, Generic[State]):
    """A channel of an account. It has no state until `begin`."""

    def __init__(self, name: str, account: int, place: Place, epochs: Epochs) -> None:
        super().__init__(name, place, epochs, place.stamp.sequence)
        self.account = account
        # Subscribers that came before there was a state.
        self.awaited_by: dict[Subscriber, None] = {}
        self._log: ChangeLog | None = None
        self._from = 0
        self._last = 0
        self._aside: list[tuple[int, int, wire.AnyMessage]] | None = []

    @property
    def ready(self) -> bool:
        return self._log is not None

    def begin(self, reading: Reading[State]) -> bool:
        """Takes the state as of a sequence, and what came behind it.

        False when so much has come meanwhile that some of it was not kept: read again.
        """
        aside, self._aside = self._aside, []
        if aside is None:
            return False
        self._from = self._last = self.sequence = reading.sequence
        self._log = ChangeLog(reading.sequence, CHANGES_KEPT)
        self._take(reading.value)
        for sequence, time_us, event in aside:
            self.hear(sequence, time_us, event)
        self._settle()
        self.sequence = self._last
        return True

    def leave(self, subscriber: Subscriber) -> bool:
        self.awaited_by.pop(subscriber, None)
        return super().leave(subscriber)

    def hear(self, sequence: int, time_us: int, event: wire.AnyMessage) -> bool:
        """Takes an event that concerns the account; returns whether there is something to tell."""
        if self._log is None:
            if self._aside is not None:
                self._aside.append((sequence, time_us, event))
                if len(self._aside) > ASIDE_MAX:
                    self._aside = None
            return False
        if sequence <= self._from or not self._hear(sequence, time_us, event):
            return False
        self._last = sequence
        return True

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        self._settle()
        self.publish(max(self._last, self.sequence), now_s)

    @abstractmethod
    def _take(self, state: State) -> None:
        """Begins with a state."""

    @abstractmethod
    def _hear(self, sequence: int, time_us: int, event: wire.AnyMessage) -> bool:
        """Takes an event behind the state; returns whether it changed something."""

    @abstractmethod
    def _of_all(self) -> object:
        """The data of a snapshot."""

    @abstractmethod
    def _of_changed(self, changed: list[msgspec.Raw]) -> object:
        """The data of an update."""

    def _settle(self) -> None:
        """Notes in the log what events since the last time come to."""

    def _note(self, sequence: int, key: Hashable, view: object) -> None:
        assert self._log is not None, "nothing is noted before there is a state"
        self._log.add(sequence, key, piece(view))

    def _snapshot(self) -> bytes:
        return snapshot_frame(self.name, self.stamp, self.sequence, self._of_all())

    def _update(self, previous: int) -> bytes | None:
        changed = None if self._log is None else self._log.since(previous)
        if changed is None:
            return None
        return update_frame(self.name, self.stamp, previous, self.sequence, self._of_changed(changed))


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


class FillsData(msgspec.Struct, frozen=True):
    """Fills as REST shows them, oldest first."""

    fills: list[msgspec.Raw]


class FillsChannel(AccountChannel[list[DatedTrade]]):
    """`user.fills`. A trade of an account with itself is one fill, the taker's, as in REST."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, texts: Callable[[int], MarketTexts]
    ) -> None:
        """`texts` are those of a market by its id."""
        super().__init__(name, account, place, epochs)
        self._texts = texts

    def _take(self, state: list[DatedTrade]) -> None:
        """`state` are the newest fills, newest first."""
        assert self._log is not None, "the log is there before the state"
        # They lie before the state, so only a snapshot has them.
        self._log = ChangeLog(self._from, CHANGES_KEPT)
        for trade in reversed(state[:FILLS_SHOWN]):
            self._add(trade)

    def _hear(self, sequence: int, time_us: int, event: wire.AnyMessage) -> bool:
        if not isinstance(event, wire.Traded):
            return False
        self._add(DatedTrade(sequence, time_us, event))
        return True

    def _add(self, trade: DatedTrade) -> None:
        traded = trade.traded
        view = fill_view(trade, self.account, self._texts(traded.market))
        self._note(trade.sequence, (traded.market, traded.trade_id), view)

    def _of_all(self) -> FillsData:
        assert self._log is not None, "a snapshot has a state"
        return FillsData(self._log.newest(FILLS_SHOWN))

    def _of_changed(self, changed: list[msgspec.Raw]) -> FillsData:
        return FillsData(changed)


class BalancesData(msgspec.Struct, frozen=True):
    """Balances as they now are; in an update those that changed."""

    balances: list[object]


class BalancesChannel(AccountChannel[list[wire.BalanceState]]):
    """`user.balances`."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, asset: Callable[[int], Asset]
    ) -> None:
        """`asset` finds one by its id."""
        super().__init__(name, account, place, epochs)
        self._asset = asset
        self._balances: dict[int, tuple[int, int]] = {}
        self._changed: dict[int, int] = {}

    def _take(self, state: list[wire.BalanceState]) -> None:
        self._balances = {balance.asset: (balance.available, balance.locked) for balance in state}

    def _hear(self, sequence: int, time_us: int, event: wire.AnyMessage) -> bool:
        if not isinstance(event, wire.BalanceChanged):
            return False
        self._balances[event.asset] = (event.available, event.locked)
        self._changed[event.asset] = sequence
        return True

    def _settle(self) -> None:
        for asset, sequence in sorted(self._changed.items(), key=lambda changed: changed[1]):
            self._note(sequence, asset, self._view(asset))
        self._changed.clear()

    def _view(self, asset: int) -> Balance:
        available, locked = self._balances[asset]
        found = self._asset(asset)
        return Balance(found.symbol, found.format(available), found.format(locked))

    def _of_all(self) -> BalancesData:
        return BalancesData([self._view(asset) for asset in sorted(self._balances)])

    def _of_changed(self, changed: list[msgspec.Raw]) -> BalancesData:
        return BalancesData(list(changed))
