"""What a market lets orders be: steps and bounds of price, quantity and notional (3, and 10 to 13 of 5.2)."""

from cse.domain import codes
from cse.domain.limits import NOTIONAL_LIMIT, PRICE_LIMIT, QUANTITY_LIMIT, SUPPLY_LIMIT
from cse.engine.wire import MarketLimitsChanged, SetMarketLimits, Side
from tests.reference.state import Market
from tests.reference.turn import Refused, Turn


def set_market_limits(turn: Turn, command: bytes) -> None:
    asked = SetMarketLimits.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    if not (
        asked.min_notional < SUPPLY_LIMIT
        and (asked.max_notional == 0 or asked.min_notional <= asked.max_notional < NOTIONAL_LIMIT)
        and asked.min_quantity <= asked.max_quantity
        and 1 <= asked.max_quantity < QUANTITY_LIMIT
        and 1 <= asked.price_increment < PRICE_LIMIT
        and 1 <= asked.quantity_increment <= asked.max_quantity
    ):
        raise Refused(codes.INVALID_MARKET, reference=market.id)
    market.max_open_orders = asked.max_open_orders
    market.min_notional, market.max_notional = asked.min_notional, asked.max_notional
    market.min_quantity, market.max_quantity = asked.min_quantity, asked.max_quantity
    market.price_increment, market.quantity_increment = asked.price_increment, asked.quantity_increment
    turn.events.append(MarketLimitsChanged(**asked._asdict()).encode())


def check_price(market: Market, price: int) -> None:
    if not 1 <= price < PRICE_LIMIT:
        raise Refused(codes.PRICE_OUT_OF_RANGE)
    check_step_of_price(market, price)


def check_step_of_price(market: Market, price: int) -> None:
    if price % market.price_increment:
        raise Refused(codes.PRICE_OFF_TICK)


def check_quantity(market: Market, quantity: int) -> None:
    if not 1 <= quantity <= market.max_quantity:
        raise Refused(codes.QUANTITY_OUT_OF_RANGE)
    if quantity < market.min_quantity:
        raise Refused(codes.BELOW_MIN_QUANTITY)
    check_step_of_quantity(market, quantity)


def check_step_of_quantity(market: Market, quantity: int) -> None:
    if quantity % market.quantity_increment:
        raise Refused(codes.QUANTITY_OFF_LOT)


def check_notional(market: Market, notional: int) -> None:
    if notional < market.min_notional:
        raise Refused(codes.BELOW_MIN_NOTIONAL)
    if market.max_notional != 0 and notional > market.max_notional:
        raise Refused(codes.ABOVE_MAX_NOTIONAL)


def next_worse_price(market: Market, side: int, best: int) -> int:
    """The price nearest to the best one of the other side that does not meet it."""
    step = market.price_increment
    if side == Side.BUY:
        return (best - 1) // step * step
    return (best // step + 1) * step
