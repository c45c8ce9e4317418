"""What changed in a market's queues before this process had them, for those who come from another process.

The event log tells what happened to each order, and the state that follows how the queues stand. Whether
an iceberg began another slice follows from neither, so one that became less counts as having lost its
place, and with it whatever stands behind it: to be told again in the same order changes nothing for a client.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Final

from cse.domain.enumerations import CloseReason, OrderType, SelfTradePrevention
from cse.engine import wire
from cse.engine._native import JournalDamaged
from cse.engine.layouts import GROUP, GROUP_WIDTH, HEAD
from cse.engine.models import OpenState, PositionLost, Reading
from cse.streams.book import level_key
from cse.streams.follower import Feed
from cse.streams.resting_orders import JOINED, ORDER_MARKETS, Cause, Change, OrderHistory

# So many commands back they are read.
COMMANDS_BACK: Final = 10_000
_GROUPS_A_READ: Final = 128
_NO_KEY: Final = 0


class _Past:
    """What is gathered of the changes of one market."""

    def __init__(self, market: int, floor: int) -> None:
        self._market = market
        self.floor = floor
        self.changes: list[Change] = []
        # Orders that are known to have rested, and those that are known not to.
        self._visible: set[int] = set()
        self._waiting: set[int] = set()

    def read(self, groups: bytes, up_to: int) -> int:
        """Takes the commands of these groups up to one; returns the last of them."""
        offset, sequence = 0, 0
        while offset < len(groups):
            length, sequence, _, _ = GROUP.unpack_from(groups, offset)
            if sequence > up_to:
                break
            events = list(_events(groups, offset + GROUP_WIDTH, offset + length, self._market))
            if events:
                self.take(sequence, events)
            offset += length
        return int(sequence)

    def take(self, sequence: int, events: list[wire.AnyMessage]) -> None:
        """Takes what one command did."""
        levels = {
            level_key(event.side, event.price) for event in events if isinstance(event, wire.DepthChanged)
        }
        for event in events:
            match event:
                case wire.OrderAccepted():
                    self._accept(sequence, event)
                case wire.OrderTriggered():
                    self._add(sequence, event.order_id)
                case wire.OrderActivated() if not event.stop_price:
                    self._add(sequence, event.order_id)
                case wire.OrderAmended():
                    cause = Cause.CHANGE if event.keeps_priority else Cause.MOVE
                    self._note(sequence, event.order_id, cause)
                case wire.Traded():
                    self._fill(sequence, (event.maker_order_id, event.taker_order_id), Cause.FILL)
                case wire.SelfTradePrevented(self_trade_prevention=SelfTradePrevention.DECREMENT):
                    self._fill(sequence, (event.maker_order_id, event.taker_order_id), Cause.CHANGE)
                case wire.OrderClosed():
                    self._close(sequence, event, levels)

    def _accept(self, sequence: int, event: wire.OrderAccepted) -> None:
        if event.order_type in (OrderType.LIMIT, OrderType.MARKET) and (event.quantity or event.quote_amount):
            self._add(sequence, event.order_id)
        else:
            self._waiting.add(event.order_id)

    def _add(self, sequence: int, order_id: int) -> None:
        self._waiting.discard(order_id)
        self._visible.add(order_id)
        self._note(sequence, order_id, Cause.ADD)

    def _fill(self, sequence: int, order_ids: tuple[int, int], cause: Cause) -> None:
        for order_id in order_ids:
            self._visible.add(order_id)
            self._note(sequence, order_id, cause)

    def _close(self, sequence: int, event: wire.OrderClosed, levels: set[int]) -> None:
        key = level_key(event.side, event.price)
        if event.order_id in self._waiting:
            return
        if event.order_id not in self._visible and key not in levels:
            # It may have rested or have waited outside the book, where nobody may see it.
            self.floor = sequence
            return
        cause = Cause.FILL if event.reason == CloseReason.FILLED else Cause.REMOVE
        self._note(sequence, event.order_id, cause, key)

    def _note(self, sequence: int, order_id: int, cause: Cause, key: int = _NO_KEY) -> None:
        self.changes.append(Change(sequence, order_id, key, cause))


async def order_changes(
    feed: Feed, market: int, reading: Reading[list[OpenState]], back: int = COMMANDS_BACK
) -> OrderHistory:
    """The changes of a market's queues before a reading of its orders; none where the log does not tell.

    It lets others have their turn: all of it takes as long as a hundred of theirs.
    """
    after = max(reading.sequence - back, 0)
    past = _Past(market, after)
    try:
        while after < reading.sequence and (groups := feed.read_bytes(after, _GROUPS_A_READ)):
            after = past.read(groups, reading.sequence)
            await asyncio.sleep(0)
    except (JournalDamaged, PositionLost):
        return OrderHistory([], reading.sequence)
    resting = [state for state in reading.value if isinstance(state, wire.OrderState)]
    outside = {state.order_id for state in reading.value if isinstance(state, wire.TriggerState)}
    return OrderHistory(_in_order(past.changes, resting, outside), past.floor)


def _events(groups: bytes, offset: int, end: int, market: int) -> Iterator[wire.AnyMessage]:
    while offset < end:
        kind, length = HEAD.unpack_from(groups, offset)
        layout = ORDER_MARKETS.get(kind)
        if layout is not None and layout.unpack_from(groups, offset) == (market,):
            yield wire.decode_any(groups, offset)
        offset += length


def _in_order(
    changes: Iterable[Change], resting: Iterable[wire.OrderState], outside: set[int]
) -> list[Change]:
    """The changes, and of each queue whatever stands behind one that joined it, ascending by command and
    at each in the order of the queues."""
    by_order: dict[int, list[Change]] = {}
    for change in changes:
        if change.order_id not in outside:
            by_order.setdefault(change.order_id, []).append(change)
    found: list[Change] = []
    key, joined_at = _NO_KEY, 0
    for state in resting:
        if key != (key := level_key(state.side, state.price)):
            joined_at = 0
        own = by_order.pop(state.order_id, [])
        found += (change._replace(key=key) for change in own)
        moves = [change.sequence for change in own if _may_have_joined(change, state)]
        if moves and moves[-1] >= joined_at:
            joined_at = moves[-1]
        if joined_at:
            found.append(Change(joined_at, state.order_id, key, Cause.MOVE))
    # Of those that have gone only that they came and went matters.
    for own in by_order.values():
        found += (change for change in own if change.cause is Cause.ADD or change.key != _NO_KEY)
    return sorted(found, key=lambda change: change.sequence)


def _may_have_joined(change: Change, state: wire.OrderState) -> bool:
    # Trades use up a slice, and so do lots that met an order of the same owner.
    return change.cause in JOINED or (
        change.cause in (Cause.FILL, Cause.CHANGE) and state.display_quantity > 0
    )
