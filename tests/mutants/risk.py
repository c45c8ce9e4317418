"""Orders a unit within risk limits and a unit beyond, and patterns that are told of once."""

from collections.abc import Iterator
from typing import Any

from cse.domain.limits import RISK_STRETCH_US, RISK_STRETCHES
from cse.engine.wire import (
    AmendOrder,
    CancelMarketOrders,
    CancelOrder,
    SetAccountTier,
    SetRiskLimits,
    Side,
    TimeInForce,
)
from tests.mutants.edges import funds
from tests.property.plain_commands import MARKET, ORDER
from tests.property.settings import TRADERS, opening
from tests.property.streams import Step
from tests.property.tables import message

SELLER, BUYER, OTHER, OWN = *TRADERS[:3], TRADERS[4]
PRICE = 100
SELL = ORDER._replace(account=SELLER, price=PRICE, time_in_force=TimeInForce.GTC)
BUY = SELL._replace(account=BUYER, side=Side.BUY)
MINUTE_US = RISK_STRETCHES * RISK_STRETCH_US


def around_risk() -> Iterator[Step]:
    """The time and the bytes of each command."""
    yield from ((0, command) for command in opening([("QUOTE", 0), ("BASE", 0)], [MARKET]))
    for account in (SELLER, OTHER):
        yield 0, funds(account, 2, 1 << 40)
    yield 0, funds(BUYER, 1, 1 << 40)
    yield from around_a_minute()
    yield from around_cancels()
    yield from around_an_owner()


def limits(tier: int = 0, **fields: Any) -> bytes:
    return message(SetRiskLimits, market=1, tier=tier, **fields)


def around_a_minute() -> Iterator[Step]:
    """All that an account may ask for, a unit more, and when it is free again; of two tiers."""
    yield 0, limits(max_notional_per_minute=10 * PRICE)
    yield 0, limits(1, max_notional_per_minute=PRICE, flag_notional_per_minute=1)
    yield 0, SetAccountTier(OTHER, 1).encode()
    yield from ((0, SELL._replace(account=OTHER, price=PRICE + more).encode()) for more in (0, 1))
    yield 0, SELL._replace(quantity=5).encode()
    yield 0, message(AmendOrder, account=SELLER, order_id=2, quantity=9)
    for price in (PRICE + 1, PRICE, 1):
        yield 0, SELL._replace(price=price).encode()
    for time_us in (MINUTE_US - RISK_STRETCH_US, MINUTE_US - 1, MINUTE_US):
        yield time_us, SELL.encode()
    for tier in (0, 1):
        yield MINUTE_US, limits(tier)
    yield MINUTE_US, limits(max_notional_per_minute=PRICE)
    yield MINUTE_US, SELL.encode()


def around_cancels() -> Iterator[Step]:
    """Cancels of an account and of an operator, with as many fills and with more; told of once."""
    time_us = 3 * MINUTE_US
    yield time_us, limits(flag_cancels=1, flag_cancels_per_fill=1, flag_notional_per_minute=1)
    yield from ((time_us, BUY._replace(price=1).encode()) for _ in range(2))
    yield time_us, CancelMarketOrders(1).encode()
    yield time_us, SELL.encode()
    yield time_us, BUY.encode()
    yield time_us, BUY._replace(price=1, client_order_id="a").encode()
    yield time_us, BUY._replace(price=1, client_order_id="b").encode()
    for name in ("a", "b"):
        yield time_us, CancelOrder(BUYER, 0, name).encode()
    yield time_us, BUY._replace(price=2).encode()


def around_an_owner() -> Iterator[Step]:
    """What one account of an owner has open and has asked for leaves no room in the other."""
    time_us = 5 * MINUTE_US
    own = SELL._replace(account=OWN)
    yield time_us, funds(OWN, 2, 1 << 40)
    yield time_us, limits(max_notional_per_minute=2 * PRICE)
    yield time_us, SELL.encode()
    yield time_us, limits(max_open_orders=1)
    yield time_us, own.encode()
    yield time_us, limits(max_notional_per_minute=2 * PRICE)
    for price in (PRICE + 1, PRICE):
        yield time_us, own._replace(price=price).encode()
