"""What must hold of orders outside the book, and of links, after every command.

Each raises `AssertionError` with the rule that is broken.
"""

from cse.domain.limits import PRICE_LIMIT, TRADES_MAX, TRIGGERS_MAX
from cse.engine.wire import MarketStatus, OrderListKind, OrderType
from tests.property.heard import Heard
from tests.reference.fees import hold_by_terms
from tests.reference.state import TRIGGERS, Market, Order, OrderList, Phase, State
from tests.reference.triggers import meets


def check(state: State) -> None:
    for market in state.markets.values():
        check_places(state, market)
        for order in market.waiting.values():
            check_waiting(market, order)
    linked = [order for order in state.open_orders.values() if order.linked is not None]
    for links in state.lists.values():
        linked = [order for order in linked if order not in check_list(state, links)]
    assert not linked, f"orders are linked with nothing: {[order.id for order in linked]}"


def check_places(state: State, market: Market) -> None:
    """Every open order is in one place, and the one that its phase says."""
    ours = [order for order in state.open_orders.values() if order.market == market.id]
    waiting = sorted(order.id for order in ours if order.phase == Phase.WAITING)
    fired = sorted(order.id for order in ours if order.phase == Phase.FIRED)
    queued = sorted(order.id for together in market.fired for order in together)
    assert waiting == sorted(market.waiting), "who waits is not who is open and waits"
    assert fired == queued, "the queue is not of those that are open and fired"


def check_waiting(market: Market, order: Order) -> None:
    assert order.order_type in TRIGGERS, f"order {order.id} waits for nothing"
    assert order.filled_quantity == 0, f"order {order.id} waits and has traded"
    assert order.stop_price > 0 or (order.order_type == OrderType.TRAILING_STOP and market.last_price == 0), (
        f"order {order.id} has no stop price"
    )
    # At the ends of the range of prices a stop cannot trail any farther away.
    at_the_end = order.order_type == OrderType.TRAILING_STOP and order.stop_price in (1, PRICE_LIMIT - 1)
    assert at_the_end or not meets(order, market.last_price), f"order {order.id} should have fired"
    if order.linked is None:
        assert order.held == hold_by_terms(order, market), f"order {order.id} holds {order.held}"


def check_list(state: State, links: OrderList) -> list[Order]:
    """The orders of a list, which must hold together what they need."""
    market = state.markets[links.limit.market]
    orders = [order for order in (links.entry, links.limit, links.stop) if order is not None]
    for order in orders:
        assert state.open_orders.get(order.id) is order, f"order {order.id} is closed and linked"
        assert order.linked is links, f"order {order.id} is linked with others"
    assert links.limit.filled_quantity == links.stop.filled_quantity == 0, "linked orders have traded"
    if links.entry is not None:
        for exit_ in (links.limit, links.stop):
            assert (exit_.phase, exit_.held, exit_.quantity) == (Phase.ATTACHED, 0, 0), (
                f"exit {exit_.id} acts"
            )
        return orders
    dearer = max(links.limit.held, hold_by_terms(links.stop, market))
    assert links.limit.held + links.stop.held == dearer, f"list {links.id} does not hold what it needs"
    if links.limit.phase == Phase.FIRED:
        assert links.kind == OrderListKind.BRACKET, "no limit order fires"
        assert [links.limit, links.stop] in market.fired, "exits do not stand together"
    else:
        assert links.limit.phase == Phase.BOOK, "a linked limit order is not in the book"
        assert links.stop.phase in (Phase.WAITING, Phase.FIRED), "a linked stop does not wait"
    return orders


def check_queues(state: State, group: Heard) -> None:
    """Nobody stands in the queue of an open market after a command that cannot have met a bound.

    Whoever is carried out, and every meeting, gives an event at least.
    """
    left = [each.id for each in state.markets.values() if each.fired and each.status == MarketStatus.OPEN]
    assert not left or len(group.events) >= min(TRIGGERS_MAX, TRADES_MAX), (
        f"the queue of {left} was left standing"
    )
