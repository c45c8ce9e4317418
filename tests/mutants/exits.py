"""Brackets and cascades that one command can hardly hold."""

from collections.abc import Iterator

from cse.domain.limits import EXPIRIES_MAX, QUANTITY_LIMIT, TRADES_MAX
from cse.engine.wire import (
    CancelAllOrders,
    OrderListKind,
    OrderType,
    PlaceOrder,
    PlaceOrderList,
    SetMarketBand,
    Side,
    Tick,
    TimeInForce,
)
from tests.mutants.edges import BUYERS, SELLER, funds
from tests.property.plain_commands import MARKET, ORDER
from tests.property.settings import opening
from tests.property.streams import Step

BUYER, OTHER = BUYERS[:2]
MONEY = 1 << 60
DUE_US = 120_000_000
SELL = ORDER._replace(account=SELLER, side=Side.SELL, time_in_force=TimeInForce.GTC)
BUY = ORDER._replace(account=BUYER, side=Side.BUY, time_in_force=TimeInForce.GTC)
HIT = SELL._replace(time_in_force=TimeInForce.IOC)
STOP = SELL._replace(order_type=OrderType.STOP_LOSS, price=0)


def around_exits() -> Iterator[Step]:
    """The time and the bytes of each command."""
    yield from ((0, command) for command in opening([("QUOTE", 0), ("BASE", 0)], [MARKET]))
    for account, asset in ((SELLER, 2), (BUYER, 1), (OTHER, 1)):
        yield 0, funds(account, asset, MONEY)
    yield from ((0, command) for command in around_the_largest_exit())
    yield from ((0, command) for command in around_a_long_cascade())
    yield from around_due_exits()


def bracket(entry: PlaceOrder, expires_at_us: int = 0) -> bytes:
    """Sells what the entry buys at 50, or at 1."""
    time_in_force = TimeInForce.GTD if expires_at_us else TimeInForce.GTC
    limit = SELL._replace(
        account=BUYER, price=50, quantity=0, time_in_force=time_in_force, expires_at_us=expires_at_us
    )
    stop = limit._replace(order_type=OrderType.STOP_LOSS, price=0, stop_price=1)
    orders = (entry, limit, stop)
    return PlaceOrderList(OrderListKind.BRACKET).encode(b"".join(each.encode() for each in orders))


def around_the_largest_exit() -> Iterator[bytes]:
    """A bracket buys a lot more than an order may sell."""
    most = QUANTITY_LIMIT - 1
    yield SELL._replace(price=2, quantity=most).encode()
    yield SELL._replace(price=2, quantity=1).encode()
    by_amount = BUY._replace(order_type=OrderType.MARKET, price=0, quantity=0, quote_amount=2 * (most + 1))
    yield bracket(by_amount._replace(time_in_force=TimeInForce.IOC))
    yield CancelAllOrders(BUYER, 0, 0).encode()


def around_a_long_cascade() -> Iterator[bytes]:
    """Two fired orders meet as many as a command may, each of them fewer; the third waits."""
    half = TRADES_MAX // 2
    for price in (30, 20):
        yield BUY._replace(price=price).encode()
    yield HIT._replace(price=30).encode()
    for _ in range(TRADES_MAX + 1):
        yield BUY._replace(price=10).encode()
    for quantity in (half, half, 1):
        yield STOP._replace(stop_price=20, quantity=quantity).encode()
    yield HIT._replace(price=20).encode()
    yield Tick().encode()
    yield CancelAllOrders(BUYER, 0, 0).encode()


def around_due_exits() -> Iterator[Step]:
    """An interruption keeps exits in their queue until they are due, with too many others to expire."""
    interrupts = SetMarketBand(
        market=1,
        price_band_ppm=0,
        interruption_ppm=100_000,
        interruption_window_s=60,
        interruption_auction_s=60,
        reference_price=0,
    )
    yield 0, interrupts.encode()
    yield 0, bracket(BUY._replace(price=10), DUE_US)
    yield 0, BUY._replace(account=OTHER, price=5).encode()
    yield 0, HIT._replace(price=5, quantity=2).encode()
    ends = BUY._replace(account=OTHER, time_in_force=TimeInForce.GTD, expires_at_us=DUE_US - 1)
    yield from ((0, ends.encode()) for _ in range(EXPIRIES_MAX))
    yield DUE_US, Tick().encode()
    yield DUE_US, Tick().encode()
