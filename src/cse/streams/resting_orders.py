"""The orders that rest in one market's book, each with the lots that it shows, as the events tell it.

An order comes in, trades as a taker, and only then joins the queue at its price. So one that has come in
is kept aside until another one does or its command ends. Trigger orders and the exits of a bracket are
remembered until they come in, for the event that tells of it does not say what they are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from struct import Struct
from typing import Final, NamedTuple, TypeAlias

from cse.domain.enumerations import CloseReason, OrderType, SelfTradePrevention
from cse.domain.orders import LIMIT_TYPES, RESTING_TIMES
from cse.engine import wire
from cse.engine.models import OpenState
from cse.streams.book import level_key

# So many changes can be told again.
CHANGES_KEPT: Final = 8_192

OrderEvent: TypeAlias = (
    wire.OrderAccepted
    | wire.OrderAmended
    | wire.OrderTriggered
    | wire.OrderActivated
    | wire.OrderClosed
    | wire.Traded
    | wire.SelfTradePrevented
)


ORDER_EVENTS: Final[dict[int, type[OrderEvent]]] = {
    layout.KIND: layout
    for layout in (
        wire.OrderAccepted, wire.OrderAmended, wire.OrderTriggered, wire.OrderActivated, wire.OrderClosed,
        wire.Traded, wire.SelfTradePrevented,
    )
}  # fmt: skip
ORDER_MARKETS: Final = {
    wire.DepthChanged.KIND: Struct("<8xI"),
    wire.Traded.KIND: Struct("<16xI"),
    wire.SelfTradePrevented.KIND: Struct("<32xI"),
    wire.OrderAccepted.KIND: Struct("<20xI"),
    wire.OrderAmended.KIND: Struct("<20xI"),
    wire.OrderTriggered.KIND: Struct("<20xI"),
    wire.OrderActivated.KIND: Struct("<20xI"),
    wire.OrderClosed.KIND: Struct("<20xI"),
}
"""Where the market stands in an event that may concern its queues."""


class Cause(StrEnum):
    """What happened to an order: it came, or lost its place, or became less in it, or went."""

    ADD = "add"
    MOVE = "move"
    CHANGE = "change"
    FILL = "fill"
    REMOVE = "remove"


JOINED: Final = frozenset({Cause.ADD, Cause.MOVE})


class Change(NamedTuple):
    """What a command did to an order at a level, see `level_key`."""

    sequence: int
    order_id: int
    key: int
    cause: Cause


class OrderHistory(NamedTuple):
    """Changes up to a state, ascending; those behind the command `floor` are all there."""

    changes: list[Change]
    floor: int


class Shown(NamedTuple):
    """An order as everybody sees it; `lots` is 0 of one that has gone."""

    order_id: int
    key: int
    lots: int
    cause: Cause


class _Order:
    """An order that rests, waits or comes in. `shown` counts while it rests, `is_new` while it comes in."""

    __slots__ = ("display", "is_new", "key", "order_id", "remaining", "rests", "shown")

    def __init__(self, order_id: int, key: int, remaining: int, display: int, rests: bool) -> None:
        self.order_id = order_id
        self.key = key
        self.remaining = remaining
        self.display = display
        # Whether it may rest; what may not is closed with its command.
        self.rests = rests
        self.shown = 0
        self.is_new = True

    @property
    def slice(self) -> int:
        """What it shows when it joins a queue."""
        return min(self.display, self.remaining) if self.display else self.remaining

    def reprice(self, price: int) -> None:
        """It has another price."""
        self.key = -price if self.key < 0 else price


class RestingOrders:
    """The queues of a market. `sequence` is that of the last command which changed them."""

    def __init__(
        self, states: Iterable[OpenState], sequence: int, earlier: OrderHistory | None = None
    ) -> None:
        """`states` are all open orders, as they stand in their queues, after the command `sequence`.

        `earlier` are the changes before that.
        """
        self.sequence = sequence
        self.floor = sequence if earlier is None else earlier.floor
        self._changes = [] if earlier is None else earlier.changes
        self._resting: dict[int, _Order] = {}
        self._waiting: dict[int, _Order] = {}
        self._queues: dict[int, dict[int, _Order]] = {}
        self._bids: list[int] = []
        self._asks: list[int] = []
        self._incoming: _Order | None = None
        self._at = sequence
        for state in states:
            self._begin(state)

    def hear(self, sequence: int, event: OrderEvent) -> None:
        """Takes an event of this market."""
        if sequence != self._at:
            self.settle()
            self._at = sequence
        match event:
            case wire.Traded():
                self._trade(event)
            case wire.OrderAccepted():
                self._accept(event)
            case wire.OrderClosed():
                self._close(event)
            case wire.OrderAmended():
                self._amend(event)
            case wire.SelfTradePrevented():
                self._prevent(event)
            case wire.OrderTriggered():
                self.settle()
                waited = self._waiting.pop(event.order_id, None)
                if waited is not None and waited.rests:
                    self._incoming = waited
            case wire.OrderActivated():
                self._activate(event)

    def settle(self) -> None:
        """What has come in and is left joins the queue at its price."""
        order, self._incoming = self._incoming, None
        if order is not None:
            self._resting[order.order_id] = order
            self._join(order)
            self._note(order, Cause.ADD if order.is_new else Cause.MOVE)
            order.is_new = False

    def sides(self) -> tuple[Iterator[Shown], Iterator[Shown]]:
        """All that rest, bids and asks, best price first, oldest first."""
        return self._queued(self._bids), self._queued(self._asks)

    def first(self, count: int) -> tuple[list[Shown], list[Shown]]:
        """The first of each side."""
        bids, asks = self.sides()
        return list(islice(bids, count)), list(islice(asks, count))

    def since(self, sequence: int) -> list[Shown] | None:
        """All orders that changed behind `sequence`, as they are now; those that joined a queue as they
        stand in it. None where that is not known any more."""
        if sequence < self.floor:
            return None
        first = bisect_left(self._changes, (sequence + 1,))
        joined: dict[int, Cause] = {}
        latest: dict[int, Change] = {}
        for change in islice(self._changes, first, None):
            if change.cause in JOINED:
                # It stands behind all that joined before.
                latest.pop(change.order_id, None)
                joined.setdefault(change.order_id, change.cause)
            latest[change.order_id] = change
        return [shown for change in latest.values() if (shown := self._after(change, joined)) is not None]

    def _begin(self, state: OpenState) -> None:
        key = level_key(state.side, state.price)
        if isinstance(state, wire.TriggerState):
            rests = state.order_type in LIMIT_TYPES and state.time_in_force in RESTING_TIMES
            self._waiting[state.order_id] = _Order(
                state.order_id, key, state.quantity, state.display_quantity, rests
            )
            return
        remaining = state.quantity - state.filled_quantity
        order = _Order(state.order_id, key, remaining, state.display_quantity, rests=True)
        order.is_new = False
        self._resting[order.order_id] = order
        self._join(order)
        order.shown = state.displayed_quantity

    def _accept(self, event: wire.OrderAccepted) -> None:
        is_limit = event.order_type in LIMIT_TYPES
        rests = is_limit and event.time_in_force in RESTING_TIMES
        key = level_key(event.side, event.price)
        order = _Order(event.order_id, key, event.quantity, event.display_quantity, rests)
        # An exit of a bracket has no quantity yet.
        is_exit = is_limit and not event.quantity
        if is_exit or event.order_type not in (OrderType.LIMIT, OrderType.MARKET):
            self._waiting[order.order_id] = order
            return
        self.settle()
        if rests:
            self._incoming = order

    def _activate(self, event: wire.OrderActivated) -> None:
        order = self._waiting.get(event.order_id)
        if order is None:
            return
        order.remaining = event.quantity
        if not event.stop_price:
            self.settle()
            self._incoming = self._waiting.pop(event.order_id)

    def _amend(self, event: wire.OrderAmended) -> None:
        # It may have fired and come to rest right before this command.
        self.settle()
        waiting = self._waiting.get(event.order_id)
        order = waiting or self._resting[event.order_id]
        order.remaining, order.display = event.remaining_quantity, event.display_quantity
        if waiting is not None:
            order.reprice(event.price)
        elif event.keeps_priority:
            order.shown = min(order.shown, order.remaining)
            self._note(order, Cause.CHANGE)
        else:
            self._leave(order)
            order.reprice(event.price)
            self._incoming = order

    def _close(self, event: wire.OrderClosed) -> None:
        cause = Cause.FILL if event.reason == CloseReason.FILLED else Cause.REMOVE
        incoming = self._incoming
        if incoming is not None and incoming.order_id == event.order_id:
            self._incoming = None
            if not incoming.is_new:
                self._note(incoming, cause)
            return
        order = self._resting.get(event.order_id)
        if order is None:
            self._waiting.pop(event.order_id, None)
            return
        self._leave(order)
        self._note(order, cause)

    def _trade(self, event: wire.Traded) -> None:
        self._take(event.maker_order_id, event.quantity, Cause.FILL)
        self._take(event.taker_order_id, event.quantity, Cause.FILL)

    def _prevent(self, event: wire.SelfTradePrevented) -> None:
        if event.self_trade_prevention == SelfTradePrevention.DECREMENT:
            self._take(event.maker_order_id, event.quantity, Cause.CHANGE)
            self._take(event.taker_order_id, event.quantity, Cause.CHANGE)

    def _take(self, order_id: int, lots: int, cause: Cause) -> None:
        """Takes lots of an order: of one that rests out of its slice."""
        if self._incoming is not None and self._incoming.order_id == order_id:
            self._incoming.remaining -= lots
            return
        order = self._resting.get(order_id)
        if order is None:
            return
        order.remaining -= lots
        order.shown -= lots
        if order.shown or not order.remaining:
            self._note(order, cause)
            return
        queue = self._queues[order.key]
        del queue[order_id]
        queue[order_id] = order
        order.shown = order.slice
        self._note(order, Cause.MOVE)

    def _join(self, order: _Order) -> None:
        queue = self._queues.get(order.key)
        if queue is None:
            queue = self._queues[order.key] = {}
            insort(self._bids if order.key < 0 else self._asks, order.key)
        queue[order.order_id] = order
        order.shown = order.slice

    def _leave(self, order: _Order) -> None:
        del self._resting[order.order_id]
        queue = self._queues[order.key]
        del queue[order.order_id]
        if not queue:
            del self._queues[order.key]
            keys = self._bids if order.key < 0 else self._asks
            del keys[bisect_left(keys, order.key)]

    def _queued(self, keys: list[int]) -> Iterator[Shown]:
        for key in keys:
            for order in self._queues[key].values():
                yield Shown(order.order_id, key, order.shown, Cause.ADD)

    def _after(self, change: Change, joined: dict[int, Cause]) -> Shown | None:
        """An order that changed, as it is now; None of one that came and went in between."""
        order_id, order = change.order_id, self._resting.get(change.order_id)
        if order is not None:
            return Shown(order_id, order.key, order.shown, joined.get(order_id, change.cause))
        if joined.get(order_id) is Cause.ADD:
            return None
        return Shown(order_id, change.key, 0, change.cause)

    def _note(self, order: _Order, cause: Cause) -> None:
        self.sequence = self._at
        self._changes.append(Change(self._at, order.order_id, order.key, cause))
        surplus = len(self._changes) - CHANGES_KEPT
        if surplus > CHANGES_KEPT:
            self.floor = self._changes[surplus - 1].sequence
            del self._changes[:surplus]
