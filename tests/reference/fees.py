"""Fees and holds (5.1 and 5.3)."""

from cse.domain.limits import PPM
from cse.engine.wire import Side
from tests.reference.state import Market, Order


def fee(rate_ppm: int, notional: int) -> int:
    """The rate times the notional, rounded up."""
    return -(-rate_ppm * notional // PPM)


def taker_fee_of_fill(order: Order, notional: int) -> int:
    paid = fee(order.taker_fee_ppm, order.taker_notional)
    return fee(order.taker_fee_ppm, order.taker_notional + notional) - paid


def maker_fee_of_fill(order: Order, notional: int, taker_fee: int) -> int:
    """What a maker pays; a rebate is never more than what the taker pays on the same trade."""
    paid = fee(order.maker_fee_ppm, order.maker_notional)
    whole = fee(order.maker_fee_ppm, order.maker_notional + notional) - paid
    return max(whole, -taker_fee)


def hold_of_limit_buy(order: Order, notional: int) -> int:
    rate_ppm = max(order.maker_fee_ppm, order.taker_fee_ppm, 0)
    return notional + (fee(rate_ppm, notional) + 1 if rate_ppm > 0 else 0)


def hold_by_terms(order: Order, market: Market) -> int:
    """What an order holds that needs no walk: all but market orders (5.3)."""
    if order.side == Side.SELL:
        return order.quantity * market.lot_size
    if order.quote_amount != 0:
        return order.quote_amount
    return hold_of_limit_buy(order, market.notional(order.price, order.quantity))


def need(order: Order, market: Market, remaining: int) -> int:
    """What a resting order needs to fill as a maker (5.1), with so many lots left."""
    if order.side == Side.SELL:
        return remaining * market.lot_size
    rate_ppm, notional = max(order.maker_fee_ppm, 0), market.notional(order.price, remaining)
    paid = fee(rate_ppm, order.maker_notional)
    return notional + fee(rate_ppm, order.maker_notional + notional) - paid


def hold_of_resting(order: Order, market: Market) -> int:
    """The hold of a limit order whose rest can be a maker only from now on."""
    return min(order.held, need(order, market, order.remaining))
