"""Commands one unit, one microsecond, one lot this side and that of where a rule changes its answer.

Streams seldom come so near. `settings` has who is who.
"""

from collections.abc import Iterator

from cse.domain.limits import CANCEL_TIMEOUT_MIN_US, CLIENT_ORDER_ID_MEMORY_US
from cse.engine.wire import (
    CancelOrder,
    HoldTransfer,
    OrderType,
    SetCancelTimer,
    SetMarketPromotion,
    Side,
    Tick,
    TimeInForce,
    Transfer,
    TransferCondition,
    TransferLeg,
)
from tests.property.plain_commands import MARKET, ORDER
from tests.property.settings import OUTSIDE, TRADERS, opening
from tests.property.streams import Step

SELLER, *BUYERS = TRADERS
PRICE, LOTS = 1_000, 10
FEE_PPM = 2_000
NOTIONAL = PRICE * LOTS
FEE = NOTIONAL * FEE_PPM // 1_000_000
GTC_BUY = ORDER._replace(side=Side.BUY, price=PRICE, quantity=LOTS, time_in_force=TimeInForce.GTC)


def around_edges() -> Iterator[Step]:
    """The time and the bytes of each command."""
    market = MARKET._replace(taker_fee_ppm=FEE_PPM)
    yield from ((0, command) for command in opening([("QUOTE", 0), ("BASE", 0)], [market]))
    yield 0, funds(SELLER, 2, 1 << 40)
    yield from around_the_first_trade()
    yield from around_what_an_order_holds()
    yield from around_a_day()
    yield from around_a_level_that_comes_back()
    yield from around_open_orders()
    yield from around_a_promotion()
    yield from around_conditions()
    yield from around_a_cancel_timer()


def around_the_first_trade() -> Iterator[Step]:
    """A trailing stop that comes before there is a price to follow; the first trade must not fire it."""
    trailing = ORDER._replace(
        account=SELLER,
        side=Side.BUY,
        order_type=OrderType.TRAILING_STOP,
        time_in_force=TimeInForce.GTC,
        price=PRICE,
        trailing_delta=1,
    )
    yield 0, funds(SELLER, 1, NOTIONAL)
    yield 0, trailing.encode()
    yield 0, funds(BUYERS[4], 1, NOTIONAL)
    yield 0, GTC_BUY._replace(account=BUYERS[4], price=5, quantity=1).encode()
    yield 0, ORDER._replace(account=SELLER, price=5).encode()
    yield 0, CancelOrder(SELLER, 1, "").encode()


def around_what_an_order_holds() -> Iterator[Step]:
    """Buyers who have what an order needs, one unit less, and its fee less."""
    exact, unit_less, short = BUYERS[:3]
    for buyer, amount in ((exact, NOTIONAL + FEE + 1), (unit_less, NOTIONAL + FEE), (short, NOTIONAL)):
        yield 0, funds(buyer, 1, amount)
        yield 0, GTC_BUY._replace(account=buyer).encode()
    yield 0, ORDER._replace(account=SELLER, price=PRICE, quantity=LOTS).encode()
    yield (
        0,
        ORDER._replace(
            account=SELLER, price=PRICE, quantity=3 * LOTS, time_in_force=TimeInForce.GTC
        ).encode(),
    )
    at_market = ORDER._replace(order_type=OrderType.MARKET, side=Side.BUY, price=0, quantity=LOTS)
    yield from ((0, at_market._replace(account=buyer).encode()) for buyer in (unit_less, short))


def around_a_day() -> Iterator[Step]:
    """A client order id that comes again when it is remembered for the last time, and forgotten."""
    order = ORDER._replace(account=SELLER, price=2 * PRICE, client_order_id="once").encode()
    for after_us in (0, CLIENT_ORDER_ID_MEMORY_US - 1, CLIENT_ORDER_ID_MEMORY_US):
        yield 1_000 + after_us, order


def around_a_level_that_comes_back() -> Iterator[Step]:
    """Two levels empty as their orders expire, and one is again as it was when the command ends."""
    buyer, placed_us = BUYERS[3], 2_000 + CLIENT_ORDER_ID_MEMORY_US
    yield placed_us, funds(buyer, 1, 10 * NOTIONAL)
    for price in (3, 2):
        ends = GTC_BUY._replace(account=buyer, price=price, time_in_force=TimeInForce.GTD)
        yield placed_us, ends._replace(expires_at_us=placed_us + 10).encode()
    yield placed_us + 10, GTC_BUY._replace(account=buyer, price=3).encode()


def around_open_orders() -> Iterator[Step]:
    """As many open orders as a market allows, and one more."""
    time_us, account, most = CLIENT_ORDER_ID_MEMORY_US * 3 // 2, BUYERS[-2], 2
    yield time_us, MARKET._replace(base=1, quote=2, max_open_orders=most).encode()
    yield time_us, funds(account, 1, 10)
    rest = ORDER._replace(account=account, market=2, time_in_force=TimeInForce.GTC)
    yield from ((time_us, rest.encode()) for _ in range(most + 1))


def around_a_promotion() -> Iterator[Step]:
    """An order in the last microsecond of a promotion, and one in the next."""
    ends_us = 2 * CLIENT_ORDER_ID_MEMORY_US
    promotion = SetMarketPromotion(market=1, maker_fee_ppm=0, taker_fee_ppm=0, ends_at_us=ends_us)
    yield ends_us - 1, promotion.encode()
    rest = ORDER._replace(account=SELLER, price=2 * PRICE, time_in_force=TimeInForce.GTC).encode()
    yield ends_us - 1, rest
    yield ends_us, rest


def around_conditions() -> Iterator[Step]:
    """Transfers to an account that may have so much, and to one that may have one unit less."""
    time_us, (account, other) = 2 * CLIENT_ORDER_ID_MEMORY_US, BUYERS[-2:]
    for most in (10, 19):
        leg = TransferLeg(OUTSIDE, account, 2, 1, TransferCondition.CREDIT_AT_MOST, 10, most)
        yield time_us, Transfer(bytes(16), 1).encode(leg.encode())
    for least in (10, 1):
        leg = TransferLeg(account, other, 2, 1, TransferCondition.DEBIT_AT_LEAST, 1, least)
        yield time_us, HoldTransfer(bytes(16), 1).encode(leg.encode())


def around_a_cancel_timer() -> Iterator[Step]:
    """A timer that fires at its microsecond, and one that was stopped before."""
    set_us, timeout_us = 2 * CLIENT_ORDER_ID_MEMORY_US, CANCEL_TIMEOUT_MIN_US
    rest = ORDER._replace(account=SELLER, price=2 * PRICE, time_in_force=TimeInForce.GTC).encode()
    for stopped in (False, True):
        yield set_us, SetCancelTimer(SELLER, timeout_us).encode()
        if stopped:
            yield set_us, SetCancelTimer(SELLER, 0).encode()
        yield set_us, rest
        yield set_us + timeout_us - 1, Tick().encode()
        set_us += timeout_us
        yield set_us, Tick().encode()


def funds(account: int, asset: int, amount: int) -> bytes:
    leg = TransferLeg(OUTSIDE, account, asset, 1, 0, amount, 0)
    return Transfer(bytes(16), 1).encode(leg.encode())
