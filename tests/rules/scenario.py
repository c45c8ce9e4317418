"""A small exchange to try rules in, and its events as short lines.

NOVA-USDC has a tick of 0.01 and a lot of 0.001, both assets have 6 decimals: one lot at one tick is 10
units of USDC, so that 1 NOVA at 10.00 is 1,000 lots at 1,000 ticks and 10,000,000 units.
"""

from collections.abc import Callable
from typing import Any

from cse.domain.accounts import external_owner
from cse.engine.wire import (
    AccountKind,
    CreateAsset,
    CreateMarket,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
    TimeInForce,
    Transfer,
    TransferLeg,
)
from tests.property.comparison import Core
from tests.rules.spoken import lines

USDC, NOVA = 1, 2
OUTSIDE, FEES, ALICE, BOB, CAROL, ALICES_SUB = 1, 2, 3, 4, 5, 6
GTC, IOC, FOK = TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK
GTD, DAY = TimeInForce.GTD, TimeInForce.DAY
FUNDS = 1_000_000_000
NOW_US = 1_000_000
"""When a scenario begins."""
NOBODY = bytes(16)


def owner_of(name: str) -> bytes:
    """Who owns the accounts of somebody with a name."""
    return name.encode().ljust(16)


OWNERS = {
    OUTSIDE: (external_owner(USDC), AccountKind.EXTERNAL),
    FEES: (NOBODY, AccountKind.SYSTEM),
    ALICE: (owner_of("alice"), AccountKind.MAIN),
    BOB: (owner_of("bob"), AccountKind.MAIN),
    CAROL: (owner_of("carol"), AccountKind.MAIN),
    ALICES_SUB: (owner_of("alice"), AccountKind.SUB),
}


class Scenario:
    """An exchange with a market and four funded accounts; `do` carries a command out."""

    def __init__(
        self,
        make_core: Callable[[], Core],
        maker_ppm: int = 0,
        taker_ppm: int = 0,
        creator_share_ppm: int = 0,
        **market: int,
    ) -> None:
        self.core = make_core()
        self.sequence = 0
        self.time_us = NOW_US
        for symbol in ("USDC", "NOVA"):
            self.do(CreateAsset(symbol, 6).encode())
        for owner, kind in OWNERS.values():
            self.do(OpenAccount(owner, kind).encode())
        self.do(nova_usdc(maker_ppm, taker_ppm, creator_share_ppm)._replace(**market).encode())
        for account in (ALICE, BOB, CAROL, ALICES_SUB):
            self.do(transfer((OUTSIDE, account, USDC, FUNDS), (OUTSIDE, account, NOVA, FUNDS)))

    def do(self, command: bytes) -> list[str]:
        """What the exchange says to a command, without balances and depth."""
        return [text for text in self.say(command) if not text.startswith(("balance", "depth"))]

    def say(self, command: bytes) -> list[str]:
        """All that the exchange says to a command."""
        return list(lines(self.carry_out(command)))

    def carry_out(self, command: bytes) -> bytes:
        """A command's Group message."""
        self.sequence += 1
        return self.core.apply(self.sequence, self.time_us, command)

    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """Available and locked, as the dump has them."""
        for entry in self.core.dump().splitlines():
            name, *fields = entry.split(" ")
            if name == "balance" and fields[:2] == [str(account), str(asset)]:
                return int(fields[2]), int(fields[3])
        return 0, 0


def nova_usdc(maker_ppm: int, taker_ppm: int, creator_share_ppm: int) -> CreateMarket:
    return CreateMarket(
        base=NOVA,
        quote=USDC,
        tick_size=1,
        lot_size=1_000,
        min_notional=0,
        max_quantity=1_000_000,
        maker_fee_ppm=maker_ppm,
        taker_fee_ppm=taker_ppm,
        creator_share_ppm=creator_share_ppm,
        creator_account=CAROL if creator_share_ppm else 0,
        fee_account=FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=2,
        status=0,
    )


def order(
    account: int, side: Side, quantity: int, price: int, time_in_force: int = GTC, **fields: Any
) -> bytes:
    """A limit order; other fields by name."""
    values = {
        "account": account,
        "market": 1,
        "side": side,
        "order_type": OrderType.LIMIT,
        "time_in_force": time_in_force,
        "self_trade_prevention": 0,
        "flags": 0,
        "price": price,
        "quantity": quantity,
        "quote_amount": 0,
        "stop_price": 0,
        "trailing_delta": 0,
        "display_quantity": 0,
        "expires_at_us": 0,
        "client_order_id": "",
    }
    return PlaceOrder(**{**values, **fields}).encode()


def buy(account: int, quantity: int, price: int, time_in_force: int = GTC, **fields: Any) -> bytes:
    return order(account, Side.BUY, quantity, price, time_in_force, **fields)


def sell(account: int, quantity: int, price: int, time_in_force: int = GTC, **fields: Any) -> bytes:
    return order(account, Side.SELL, quantity, price, time_in_force, **fields)


def market_order(
    account: int, side: Side, quantity: int = 0, quote_amount: int = 0, price: int = 0, **fields: Any
) -> bytes:
    """A market order; `price` is the worst one, 0 for none."""
    kind = OrderType.MARKET
    whole = {"time_in_force": IOC, "order_type": kind, "quote_amount": quote_amount, **fields}
    return order(account, side, quantity, price, **whole)


def transfer(*legs: tuple[int, int, int, int]) -> bytes:
    """A transfer of legs (debit, credit, asset, amount)."""
    tail = b"".join(
        TransferLeg(debit, credit, asset, 3, 0, amount, 0).encode() for debit, credit, asset, amount in legs
    )
    return Transfer(bytes(16), len(legs)).encode(tail)
