"""Placing several orders that are linked, as one (5.11)."""

from cse.domain import codes
from cse.domain.limits import FLAG_REPRICE, FLAG_TRAILING_PPM
from cse.engine.wire import (
    Malformed,
    OrderListKind,
    OrderType,
    PlaceOrder,
    PlaceOrderList,
    SelfTradePrevention,
    Side,
)
from tests.reference.checks import (
    check_kind,
    check_open_orders,
    check_price_if_any,
    check_standing,
    check_times,
    check_trigger,
)
from tests.reference.links import begin_list
from tests.reference.matching import match
from tests.reference.placing import (
    Hold,
    Placement,
    accept,
    asked_of,
    check_funds,
    checked,
    client_order_id_of,
    examined,
    hold_of,
    is_new,
    is_place_order,
    order_of,
    reject,
)
from tests.reference.risk import check_risk, measure
from tests.reference.short_messages import split
from tests.reference.state import Order, Phase, may_rest
from tests.reference.triggers import STOPS, begin_to_trail, wait
from tests.reference.turn import Refused, Turn

ORDERS_OF: dict[int, int] = {OrderListKind.OCO: 2, OrderListKind.BRACKET: 3}


def place_order_list(turn: Turn, command: bytes) -> None:
    kind = PlaceOrderList.decode(command).kind
    placements = placements_of(command[PlaceOrderList.WIDTH :])
    account = placements[0].asked.account
    if ORDERS_OF.get(kind) != len(placements):
        raise Refused(codes.INVALID_ORDER_LIST, account=account)
    for placement in placements:
        try:
            if not is_new(turn, placement):
                return
        except Refused as refused:
            reject(turn, placement, refused)
            return
    if not is_list(kind, placements):
        raise Refused(codes.INVALID_ORDER_LIST, account=account)
    if kind == OrderListKind.OCO:
        place_oco(turn, *placements)
    else:
        place_bracket(turn, *placements)


def placements_of(tail: bytes) -> list[Placement]:
    """The orders of a tail; what all of them are remembered by is the digest of the whole of it."""
    try:
        orders = split(tail)
    except Malformed as malformed:
        raise Refused(codes.MALFORMED_COMMAND) from malformed
    whole = all(is_place_order(each) for each in orders)
    if len(orders) not in ORDERS_OF.values() or not whole:
        raise Refused(codes.MALFORMED_COMMAND)
    return [Placement(asked_of(each), client_order_id_of(each), tail) for each in orders]


def is_list(kind: int, placements: list[Placement]) -> bool:
    """Whether orders can be linked as they are asked for (step 3)."""
    named = [each.client_order_id for each in placements if each.client_order_id]
    orders = [each.asked for each in placements]
    places = {(order.account, order.market) for order in orders}
    if len(set(named)) != len(named) or len(places) != 1:
        return False
    return is_oco(*orders) if kind == OrderListKind.OCO else is_bracket(*orders)


def is_oco(first: PlaceOrder, second: PlaceOrder) -> bool:
    same = (first.side, first.quantity, first.time_in_force, first.expires_at_us) == (
        second.side,
        second.quantity,
        second.time_in_force,
        second.expires_at_us,
    )
    return (
        same
        and first.quantity > 0
        and first.quote_amount == second.quote_amount == 0
        and first.order_type == OrderType.LIMIT
        and second.order_type in STOPS
        and may_rest(OrderType.LIMIT, first.time_in_force)
        and not first.flags & FLAG_REPRICE
    )


def is_bracket(entry: PlaceOrder, take_profit: PlaceOrder, stop: PlaceOrder) -> bool:
    return (
        entry.side == Side.BUY
        and entry.order_type in (OrderType.LIMIT, OrderType.MARKET)
        and not entry.flags & FLAG_REPRICE
        and take_profit.order_type == OrderType.LIMIT
        and stop.order_type in STOPS
        and is_exit(take_profit)
        and is_exit(stop)
        and take_profit.time_in_force == stop.time_in_force
        and take_profit.expires_at_us == stop.expires_at_us
    )


def is_exit(order: PlaceOrder) -> bool:
    """How much an exit sells is what the entry buys; it says nothing of its own about that."""
    return (
        order.side == Side.SELL
        and order.quantity == order.quote_amount == order.display_quantity == 0
        and not order.flags & ~FLAG_TRAILING_PPM
        and order.self_trade_prevention != SelfTradePrevention.DECREMENT
        and may_rest(OrderType.LIMIT, order.time_in_force)
    )


def place_oco(turn: Turn, first: Placement, second: Placement) -> None:
    market = turn.state.markets[first.asked.market]
    placement = first
    try:
        limit, limit_hold = examined(turn, first, listed=True)
        placement = second
        stop = checked(turn, second, more_open=1, listed=True)
        stop_hold = hold_of(turn, market, stop)
        check_funds(turn, stop, Hold(stop_hold.asset, max(limit_hold.units, stop_hold.units)))
        check_risk(turn, market, stop, more_open=1)
    except Refused as refused:
        reject(turn, placement, refused)
        return
    begin_to_trail(market, stop)
    counted = measure(market, limit)
    accept(turn, first, limit, limit_hold)
    accept(turn, second, stop, Hold(stop_hold.asset, max(0, stop_hold.units - limit_hold.units)), counted)
    begin_list(turn, OrderListKind.OCO, [limit, stop])
    wait(market, stop)
    match(turn, market, limit)


def place_bracket(turn: Turn, first: Placement, *others: Placement) -> None:
    market = turn.state.markets[first.asked.market]
    placement, exits = first, []
    try:
        entry, hold = examined(turn, first, listed=True)
        for more_open, placement in enumerate(others, start=1):
            exits.append(checked_exit(turn, placement, more_open))
    except Refused as refused:
        reject(turn, placement, refused)
        return
    accept(turn, first, entry, hold)
    for placement, order in zip(others, exits, strict=True):
        accept(turn, placement, order, Hold(market.base, 0))
    begin_list(turn, OrderListKind.BRACKET, [entry, *exits])
    match(turn, market, entry)


def checked_exit(turn: Turn, placement: Placement, more_open: int) -> Order:
    """The checks of an exit, which leave out all that depends on how much it sells."""
    state, asked = turn.state, placement.asked
    market = state.markets[asked.market]
    check_standing(state.accounts[asked.account], market)
    check_kind(asked, market)
    check_times(asked, market, turn.time_us, listed=True)
    check_price_if_any(asked, market)
    check_trigger(asked, market)
    check_open_orders(state, asked, market, more_open)
    order = order_of(turn, placement, asked.price)
    order.phase = Phase.ATTACHED
    check_risk(turn, market, order, more_open)
    return order
