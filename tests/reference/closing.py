"""How orders end, and how they give back what they hold (5.3, 5.5)."""

from cse.engine.wire import CloseReason, OrderClosed
from tests.reference.client_ids import remember_closing
from tests.reference.state import Order
from tests.reference.turn import Turn


def release(turn: Turn, order: Order, units: int) -> None:
    """Gives a part of an order's hold back."""
    market = turn.state.markets[order.market]
    balance = turn.balance(order.account, market.asset_held(order.side))
    order.held -= units
    balance.locked -= units
    balance.available += units


def close(turn: Turn, order: Order, reason: CloseReason) -> None:
    half = turn.state.markets[order.market].halves[order.side]
    if order in half.levels.get(order.price, ()):
        turn.touch_level(order.market, order.side, order.price)
        half.leave(order)
    release(turn, order, order.held)
    del turn.state.open_orders[order.id]
    if order.client_order_id:
        remember_closing(turn.state.accounts[order.account], order, turn.time_us)
    closed = OrderClosed(
        order_id=order.id,
        account=order.account,
        market=order.market,
        reason=reason,
        side=order.side,
        price=order.price,
        filled_quantity=order.filled_quantity,
        remaining_quantity=0 if order.is_buy_by_quote_amount else order.remaining,
        filled_notional=order.maker_notional + order.taker_notional,
        fee=order.fee,
    )
    turn.events.append(closed.encode())
