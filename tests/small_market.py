"""A market with two traders, for tests of what carries commands rather than of what they do."""

from __future__ import annotations

from random import Random

from cse.domain.accounts import NO_OWNER, external_owner
from cse.engine import wire

QUOTE, BASE = 1, 2
FEES, WORLD, BUYER, SELLER = 1, 2, 3, 4
MARKET = 1
BUYER_OWNER, SELLER_OWNER = b"buyer".ljust(16), b"seller".ljust(16)
FUNDS = 10**15


def listing() -> list[bytes]:
    """Assets, accounts, a market, and funds for the two traders."""
    legs = [(BUYER, QUOTE), (SELLER, BASE)]
    return [
        wire.CreateAsset("USDC", 6).encode(),
        wire.CreateAsset("LAB", 6).encode(),
        wire.OpenAccount(NO_OWNER, wire.AccountKind.SYSTEM).encode(),
        wire.OpenAccount(external_owner(QUOTE), wire.AccountKind.EXTERNAL).encode(),
        wire.OpenAccount(BUYER_OWNER, wire.AccountKind.MAIN).encode(),
        wire.OpenAccount(SELLER_OWNER, wire.AccountKind.MAIN).encode(),
        _market(),
        wire.Transfer(b"funds".ljust(16), len(legs)).encode(
            b"".join(
                wire.TransferLeg(WORLD, account, asset, 0, 0, FUNDS, 0).encode() for account, asset in legs
            )
        ),
    ]


def place(
    account: int, side: wire.Side, price: int = 100, quantity: int = 10, client_order_id: str = ""
) -> bytes:
    """A limit order until cancelled."""
    return wire.PlaceOrder(
        account=account,
        market=MARKET,
        side=side,
        order_type=wire.OrderType.LIMIT,
        time_in_force=wire.TimeInForce.GTC,
        self_trade_prevention=0,
        flags=0,
        price=price,
        quantity=quantity,
        quote_amount=0,
        stop_price=0,
        trailing_delta=0,
        display_quantity=0,
        expires_at_us=0,
        client_order_id=client_order_id,
    ).encode()


def buy(price: int = 100, quantity: int = 10, client_order_id: str = "") -> bytes:
    return place(BUYER, wire.Side.BUY, price, quantity, client_order_id)


def sell(price: int = 100, quantity: int = 10, client_order_id: str = "") -> bytes:
    return place(SELLER, wire.Side.SELL, price, quantity, client_order_id)


def cancel(account: int, order_id: int) -> bytes:
    return wire.CancelOrder(account, order_id, "").encode()


def drawn_command(source: Random) -> bytes:
    """An order near the middle of the book, or a cancel."""
    if source.random() < 0.35:
        return cancel(SELLER if source.random() < 0.5 else BUYER, source.randint(1, 30_000))
    account, side = source.choice(((BUYER, wire.Side.BUY), (SELLER, wire.Side.SELL)))
    middle = 1_000 + (10 if account == SELLER else -10)
    return place(account, side, middle + source.randint(-30, 30), source.randint(1, 20))


def request(number: int, command: bytes) -> bytes:
    """The frame that carries a command to the leader."""
    return wire.Request(number).encode(command)


def events(buffer: bytes) -> list[wire.AnyMessage]:
    """Messages one behind another, read."""
    return [wire.decode_any(buffer, offset) for _, offset, _ in wire.messages(buffer)]


def _market() -> bytes:
    return wire.CreateMarket(
        base=BASE,
        quote=QUOTE,
        tick_size=1,
        lot_size=10_000,
        min_notional=0,
        max_quantity=1 << 40,
        maker_fee_ppm=1_000,
        taker_fee_ppm=2_000,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=4,
        status=0,
    ).encode()


LISTED = len(listing())
