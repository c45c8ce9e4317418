"""Links between orders: how a list begins and ends (5.11)."""

from cse.engine.wire import OrdersLinked
from tests.reference.state import Order, OrderList
from tests.reference.turn import Turn


def begin_list(turn: Turn, kind: int, orders: list[Order]) -> OrderList:
    """Links the orders of an OCO, or of a bracket with its entry first."""
    *entry, limit, stop = orders
    links = OrderList(orders[0].id, kind, entry[0] if entry else None, limit, stop)
    turn.state.lists[links.id] = links
    for order in orders:
        order.linked = links
    first, second, *third = (order.id for order in orders)
    told = OrdersLinked(
        kind=kind,
        account=limit.account,
        market=limit.market,
        first=first,
        second=second,
        third=third[0] if third else 0,
    )
    turn.events.append(told.encode())
    return links


def end_list(turn: Turn, links: OrderList) -> None:
    """The orders are alone again; an entry that is open gives free what it held for the exits."""
    del turn.state.lists[links.id]
    links.limit.linked = links.stop.linked = None
    entry = links.entry
    if entry is not None:
        entry.linked = None
        market = turn.state.markets[entry.market]
        base = turn.balance(entry.account, market.base)
        base.locked -= entry.filled_quantity * market.lot_size
        base.available += entry.filled_quantity * market.lot_size
