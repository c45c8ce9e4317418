"""Commands that meet, cancel, trigger and let expire one order more than one command may."""

from collections.abc import Iterator

from cse.domain.limits import CANCELS_MAX, EXPIRIES_MAX, TRADES_MAX, TRIGGERS_MAX
from cse.engine.wire import CancelAllOrders, OrderType, Side, Tick, TimeInForce, Transfer, TransferLeg
from tests.property.plain_commands import MARKET, ORDER
from tests.property.settings import OUTSIDE, TRADERS, opening
from tests.property.streams import Step

SELLER, BUYER = TRADERS[:2]
EXPIRES_AT_US = 1_000
FUNDS = 1 << 60
AT_A_PRICE = 64
"""Orders, as many as keep a level short."""


def beyond_bounds() -> Iterator[Step]:
    """The time and the bytes of each command."""
    yield from ((0, command) for command in opening([("QUOTE", 0), ("BASE", 0)], [MARKET]))
    for account, asset in ((SELLER, 2), (BUYER, 1)):
        funds = TransferLeg(OUTSIDE, account, asset, 1, 0, FUNDS, 0)
        yield 0, Transfer(bytes(16), 1).encode(funds.encode())
    yield from ((0, sell(place)) for place in range(TRADES_MAX + 1))
    buys = ORDER._replace(account=BUYER, side=Side.BUY, price=sell_price(TRADES_MAX), quantity=TRADES_MAX + 1)
    yield 0, buys.encode()
    yield from ((0, sell(place)) for place in range(CANCELS_MAX))
    yield 0, CancelAllOrders(SELLER, 0, 0).encode()
    yield 0, CancelAllOrders(SELLER, 0, 0).encode()
    expires = ORDER._replace(account=SELLER, time_in_force=TimeInForce.GTD, expires_at_us=EXPIRES_AT_US)
    yield from ((0, expires.encode()) for _ in range(EXPIRIES_MAX + 1))
    # The first of these expires all that may at once, and meets the one that is left.
    yield EXPIRES_AT_US, ORDER._replace(account=BUYER, side=Side.BUY).encode()
    yield EXPIRES_AT_US, Tick().encode()
    yield from beyond_triggers()


def beyond_triggers() -> Iterator[Step]:
    """One stop more than one command may carry out, all of which one trade fires."""
    now_us = EXPIRES_AT_US
    bid = ORDER._replace(account=BUYER, side=Side.BUY, time_in_force=TimeInForce.GTC)
    hit = ORDER._replace(account=SELLER)
    stop = hit._replace(order_type=OrderType.STOP_LOSS, time_in_force=TimeInForce.GTC, price=0)
    yield now_us, bid._replace(price=10).encode()
    yield now_us, hit._replace(price=10).encode()
    yield now_us, bid._replace(price=5, quantity=2 * TRIGGERS_MAX).encode()
    yield from ((now_us, stop._replace(stop_price=5).encode()) for _ in range(TRIGGERS_MAX + 1))
    yield now_us, hit._replace(price=5).encode()
    yield now_us, Tick().encode()


def sell(place: int) -> bytes:
    """An order of one lot that rests, each some places further from the best."""
    order = ORDER._replace(account=SELLER, price=sell_price(place), time_in_force=TimeInForce.GTC)
    return order.encode()


def sell_price(place: int) -> int:
    return 1 + place // AT_A_PRICE
