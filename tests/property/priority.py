"""First come, first served: who stood in a queue stays before whoever joins it."""

from cse.engine.wire import OrderActivated, OrderAmended, OrderTriggered, SelfTradePrevented, Traded
from tests.property.heard import Heard
from tests.reference.state import State

Level = tuple[int, int, int]
"""Market, side, price."""


class Queues:
    """The order ids of every level when it was last looked at, first to trade first."""

    def __init__(self) -> None:
        self.before: dict[Level, list[int]] = {}
        self.late: set[int] = set()
        self.met: set[int] = set()

    def hear(self, group: Heard) -> None:
        """Notes the orders that join a queue late, and those that were met where they rest."""
        for event in group.events:
            match event:
                case OrderAmended():
                    if not event.keeps_priority:
                        self.late.add(event.order_id)
                case OrderTriggered() | OrderActivated():
                    self.late.add(event.order_id)
                case Traded():
                    self.met |= {event.maker_order_id, event.taker_order_id if event.auction else 0}
                case SelfTradePrevented():
                    # In an auction the taker rests as well.
                    self.met |= {event.maker_order_id, event.taker_order_id}

    def check(self, state: State) -> None:
        """Raises `AssertionError` where an order lost or won its place without a reason."""
        queues = queues_of(state)
        icebergs = {order_id for order_id in self.met if is_iceberg(state, order_id)}
        for level, ids in queues.items():
            before = self.before.get(level, [])
            if before != ids:
                self.check_queue(level, before, [each for each in ids if each not in icebergs])
        self.before = queues
        self.late.clear()
        self.met.clear()

    def check_queue(self, level: Level, before: list[int], ids: list[int]) -> None:
        """Who stayed stands first, in the order of before; who is new follows, the oldest first."""
        stayed = [each for each in before if each in ids and each not in self.late]
        joined = [each for each in ids if each not in stayed]
        assert ids == stayed + joined, f"the queue {level} was {before} and is {ids}"
        fresh = [each for each in joined if each not in self.late]
        assert fresh == sorted(fresh), f"the orders {fresh} joined {level} in another order"


def queues_of(state: State) -> dict[Level, list[int]]:
    return {
        (market.id, side, price): [order.id for order in orders]
        for market in state.markets.values()
        for side, half in market.halves.items()
        for price, orders in half.levels.items()
    }


def is_iceberg(state: State, order_id: int) -> bool:
    order = state.open_orders.get(order_id)
    return order is not None and order.display_quantity != 0
