"""How orders end, what ends with them, and how they give back what they hold (5.3, 5.5, 5.11)."""

from cse.domain.limits import QUANTITY_LIMIT
from cse.engine.wire import CloseReason, OrderClosed
from tests.reference.client_ids import remember_closing
from tests.reference.links import end_list
from tests.reference.state import Market, Order, OrderList, Phase
from tests.reference.turn import Turn


def release(turn: Turn, order: Order, units: int) -> None:
    """Gives a part of an order's hold back; takes more where `units` is below 0."""
    market = turn.state.markets[order.market]
    balance = turn.balance(order.account, market.asset_held(order.side))
    order.held -= units
    balance.locked -= units
    balance.available += units


def close(turn: Turn, order: Order, reason: CloseReason) -> None:
    market = turn.state.markets[order.market]
    take_out(turn, market, order)
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
    if order.is_entry and order.linked is not None:
        let_exits_follow(turn, market, order, order.linked)
    else:
        close_other(turn, order)


def take_out(turn: Turn, market: Market, order: Order) -> None:
    """Takes an order from where it rests, waits or is queued; one that comes is nowhere yet."""
    half = market.halves[order.side]
    if order.phase == Phase.WAITING:
        del market.waiting[order.id]
    elif order.phase == Phase.FIRED:
        market.fired = [together for together in market.fired if order not in together]
    elif order in half.levels.get(order.price, ()):
        turn.touch_level(order.market, order.side, order.price)
        half.leave(order)


def close_other(turn: Turn, order: Order) -> None:
    """One of two linked orders has filled, lost lots, fired or closed: the other closes at once."""
    links = order.linked
    if links is not None and order is not links.entry:
        end_list(turn, links)
        close(turn, links.other(order), CloseReason.LINKED)


def let_exits_follow(turn: Turn, market: Market, entry: Order, links: OrderList) -> None:
    """A bracket's entry has closed: its exits sell what it bought, or close if that is nothing."""
    entry.linked, links.entry = None, None
    if entry.filled_quantity == 0:
        end_list(turn, links)
        close(turn, links.limit, CloseReason.LINKED)
        close(turn, links.stop, CloseReason.LINKED)
        return
    lots = min(entry.filled_quantity, QUANTITY_LIMIT - 1)
    for each in (links.limit, links.stop):
        each.quantity = lots
        each.phase = Phase.FIRED
    # The base is locked already: the entry held it.
    links.limit.held = entry.filled_quantity * market.lot_size
    release(turn, links.limit, (entry.filled_quantity - lots) * market.lot_size)
    market.fired.append([links.limit, links.stop])
