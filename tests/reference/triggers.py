"""Orders that wait for a price: where it stands, how it trails, and what fires them (5.10)."""

from cse.domain.limits import FLAG_TRAILING_PPM, PPM, PRICE_LIMIT
from cse.engine.wire import OrderType, Side
from tests.reference.state import Market, Order, Phase

STOPS = (OrderType.STOP_LOSS, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP)


def is_met(side: int, order_type: int, stop_price: int, price: int) -> bool:
    """Whether a trade at a price fires an order with this stop price; 0 stands for none of either."""
    if stop_price == 0 or price == 0:
        return False
    down = (side == Side.SELL) == (order_type in STOPS)
    return price <= stop_price if down else price >= stop_price


def meets(order: Order, price: int) -> bool:
    return is_met(order.side, order.order_type, order.stop_price, price)


def trailed(order: Order, price: int) -> int:
    """The stop price that a trailing stop has for a price."""
    delta = order.trailing_delta
    if order.side == Side.SELL:
        in_ppm = price * (PPM - delta) // PPM
        return max(1, in_ppm if order.flags & FLAG_TRAILING_PPM else price - delta)
    in_ppm = -(-price * (PPM + delta) // PPM)
    return min(PRICE_LIMIT - 1, in_ppm if order.flags & FLAG_TRAILING_PPM else price + delta)


def begin_to_trail(market: Market, order: Order) -> None:
    """A trailing stop gets its first stop price, if there is a price to trail."""
    if order.order_type == OrderType.TRAILING_STOP and market.last_price != 0:
        order.stop_price = trailed(order, market.last_price)


def wait(market: Market, order: Order) -> None:
    order.phase = Phase.WAITING
    market.waiting[order.id] = order


def traded_at(market: Market, price: int) -> None:
    """A trade has happened: it fires the orders that it meets, and moves the stops that trail."""
    market.last_price = price
    met = [order for order in market.waiting.values() if meets(order, price)]
    met.sort(key=lambda order: (-abs(order.stop_price - price), order.id))
    for order in met:
        fire(market, order)
    for order in market.waiting.values():
        if order.order_type == OrderType.TRAILING_STOP:
            move(order, price)


def fire(market: Market, order: Order) -> None:
    """The order joins the end of the queue of fired orders."""
    del market.waiting[order.id]
    order.phase = Phase.FIRED
    market.fired.append([order])


def move(order: Order, price: int) -> None:
    """A stop that trails follows a price that is better for it, never one that is worse."""
    stop_price = trailed(order, price)
    if order.stop_price == 0:
        order.stop_price = stop_price
    elif order.side == Side.SELL:
        order.stop_price = max(order.stop_price, stop_price)
    else:
        order.stop_price = min(order.stop_price, stop_price)
