"""First come, first served: who stood in a queue stays before whoever joins it."""

from cse.engine.wire import Group, OrderAmended, SelfTradePrevented, Traded, messages
from tests.reference.state import State

Level = tuple[int, int, int]
"""Market, side, price."""


class Queues:
    """The order ids of every level after the command before, first to trade first."""

    def __init__(self) -> None:
        self.before: dict[Level, list[int]] = {}

    def check(self, state: State, group: bytes) -> None:
        """Raises `AssertionError` where an order lost or won its place without a reason."""
        queues = queues_of(state)
        amended, makers = moved(group)
        icebergs = {order_id for order_id in makers if is_iceberg(state, order_id)}
        for level, ids in queues.items():
            before = self.before.get(level)
            if before == ids:
                continue
            stayed = [each for each in before or [] if each in set(ids) - amended - icebergs]
            joined = [each for each in ids if each not in stayed and each not in icebergs]
            expected = stayed + joined
            found = [each for each in ids if each not in icebergs]
            assert found == expected, f"the queue {level} was {before} and is {ids}"
            fresh = [each for each in joined if each not in amended]
            assert fresh == sorted(fresh), f"the orders {fresh} joined {level} in another order"
        self.before = queues


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


def moved(group: bytes) -> tuple[set[int], set[int]]:
    """The orders whose amendment cost them their place, and those that were met as makers."""
    amended, makers = set(), set()
    tail = Group.tail(group)
    for kind, offset, _ in messages(tail):
        if kind == OrderAmended.KIND:
            change = OrderAmended.decode(tail, offset)
            if not change.keeps_priority:
                amended.add(change.order_id)
        elif kind == Traded.KIND:
            makers.add(Traded.decode(tail, offset).maker_order_id)
        elif kind == SelfTradePrevented.KIND:
            makers.add(SelfTradePrevented.decode(tail, offset).maker_order_id)
    return amended, makers
