"""Auctions and an interruption whose outcome hangs on one lot, one tick or one order that is due."""

from collections.abc import Iterator

from cse.domain.limits import EXPIRIES_MAX, FIXINGS_MAX, INDICATED_LEVELS_MAX, INDICATION_INTERVAL_US
from cse.engine.wire import (
    CancelAllOrders,
    MarketStatus,
    SelfTradePrevention,
    SetMarketBand,
    SetMarketStatus,
    Side,
    Tick,
    TimeInForce,
)
from tests.mutants.edges import BUYERS, SELLER, funds
from tests.property.plain_commands import MARKET, ORDER
from tests.property.settings import opening
from tests.property.streams import Step

BUYER, OWN = BUYERS[0], BUYERS[3]
"""The second is of the seller's owner."""
MONEY = 1 << 40
SELL = ORDER._replace(account=SELLER, side=Side.SELL, time_in_force=TimeInForce.GTC)
BUY = ORDER._replace(account=BUYER, side=Side.BUY, time_in_force=TimeInForce.GTC)
COLLECT = SetMarketStatus(1, MarketStatus.AUCTION, 0).encode()
OPEN = SetMarketStatus(1, MarketStatus.OPEN, 0).encode()
DUE_US = 1_000


def around_auctions() -> Iterator[Step]:
    """The time and the bytes of each command."""
    yield from ((0, command) for command in opening([("QUOTE", 0), ("BASE", 0)], [MARKET]))
    for account, asset in ((SELLER, 2), (BUYER, 1), (OWN, 1)):
        yield 0, funds(account, asset, MONEY)
    yield from ((0, command) for command in around_a_surplus())
    yield from ((0, command) for command in around_own_orders())
    yield from ((0, command) for command in around_own_prices())
    yield from ((0, command) for command in around_an_interruption())
    yield from around_due_orders()
    yield from around_deep_auctions()


def around_a_surplus() -> Iterator[bytes]:
    """Ten lots trade from 4 to 9; at 6 three buys are left over, at 7 five sells."""
    yield COLLECT
    yield BUY._replace(price=9, quantity=10).encode()
    yield SELL._replace(price=4, quantity=10).encode()
    yield BUY._replace(price=6, quantity=3).encode()
    yield SELL._replace(price=7, quantity=5).encode()
    yield OPEN
    yield SELL._replace(price=6, quantity=3, time_in_force=TimeInForce.IOC).encode()
    yield BUY._replace(price=7, quantity=5, time_in_force=TimeInForce.IOC).encode()


def around_own_orders() -> Iterator[bytes]:
    """A buy loses lots to an own order, and rests with what is left."""
    buy, sell = (side._replace(self_trade_prevention=SelfTradePrevention.DECREMENT) for side in (BUY, SELL))
    yield COLLECT
    yield buy._replace(account=OWN, price=9, quantity=10).encode()
    yield sell._replace(price=4, quantity=4).encode()
    yield OPEN
    yield SELL._replace(price=9, quantity=6, time_in_force=TimeInForce.IOC).encode()
    yield sell._replace(price=9, quantity=6, time_in_force=TimeInForce.IOC).encode()


def around_own_prices() -> Iterator[bytes]:
    """Every buy sets a price of its own, and goes at it."""
    yield COLLECT
    yield SELL._replace(price=4, quantity=3).encode()
    for place in range(FIXINGS_MAX + 3):
        yield BUY._replace(account=OWN, price=40 - place, quantity=5).encode()
    yield OPEN
    yield CancelAllOrders(SELLER, 0, 0).encode()


def around_an_interruption() -> Iterator[bytes]:
    """A price that moves by just what it may, and then by a tick more."""
    yield SetMarketBand(
        market=1,
        price_band_ppm=0,
        interruption_ppm=100_000,
        interruption_window_s=60,
        interruption_auction_s=60,
        reference_price=0,
    ).encode()
    for price in (10, 11, 12):
        yield BUY._replace(price=price).encode()
        yield SELL._replace(price=price, time_in_force=TimeInForce.IOC).encode()
    yield OPEN
    yield SetMarketBand(
        market=1,
        price_band_ppm=0,
        interruption_ppm=0,
        interruption_window_s=0,
        interruption_auction_s=0,
        reference_price=0,
    ).encode()


def around_due_orders() -> Iterator[Step]:
    """One order more than may expire before a command, so that one is due in an auction."""
    yield 0, COLLECT
    yield 0, BUY._replace(price=5, quantity=EXPIRIES_MAX).encode()
    ends = SELL._replace(price=5, time_in_force=TimeInForce.GTD, expires_at_us=DUE_US).encode()
    yield from ((0, ends) for _ in range(EXPIRIES_MAX + 1))
    yield DUE_US, Tick().encode()
    yield DUE_US, OPEN
    yield DUE_US, CancelAllOrders(BUYER, 0, 0).encode()


def around_deep_auctions() -> Iterator[Step]:
    """More levels cross than are looked at with each command, and the next tenth of a second comes."""
    yield DUE_US, COLLECT
    for place in range(INDICATED_LEVELS_MAX + 2):
        yield DUE_US, BUY._replace(price=10 + place, quantity=1).encode()
        yield DUE_US, SELL._replace(price=9 + place, quantity=1).encode()
    yield INDICATION_INTERVAL_US, Tick().encode()
    yield INDICATION_INTERVAL_US, CancelAllOrders(BUYER, 0, 0).encode()
    yield INDICATION_INTERVAL_US, CancelAllOrders(SELLER, 0, 0).encode()
    yield from around_time_alone(2 * INDICATION_INTERVAL_US)


def around_time_alone(due_us: int) -> Iterator[Step]:
    """As many orders of another market as expire before a command: one of the auction's is due and stays."""
    yield INDICATION_INTERVAL_US, MARKET._replace(base=1, quote=2).encode()
    yield INDICATION_INTERVAL_US, funds(BUYER, 2, MONEY)
    ends = BUY._replace(time_in_force=TimeInForce.GTD, price=5, quantity=1)
    earlier = ends._replace(market=2, expires_at_us=due_us).encode()
    yield from ((INDICATION_INTERVAL_US, earlier) for _ in range(EXPIRIES_MAX))
    yield INDICATION_INTERVAL_US, SELL._replace(price=5, quantity=3).encode()
    yield INDICATION_INTERVAL_US, BUY._replace(price=5, quantity=2).encode()
    yield INDICATION_INTERVAL_US, ends._replace(expires_at_us=due_us).encode()
    yield due_us, Tick().encode()
    yield due_us, CancelAllOrders(BUYER, 0, 0).encode()
    yield due_us, CancelAllOrders(SELLER, 0, 0).encode()
    yield due_us, OPEN
