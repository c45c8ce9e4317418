"""Flows of orders as commands of the core, behind the commands that prepare a market for them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cse.cli.replay.flow import Place, Step, generate
from cse.cli.replay.source import read_recording
from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.enumerations import AccountKind, OrderType, Side, TimeInForce
from cse.engine.wire import (
    CancelOrder,
    CreateAsset,
    CreateMarket,
    OpenAccount,
    PlaceOrder,
    StartEpoch,
    Transfer,
    TransferLeg,
)

BIDDER: Final = 3
ASKER: Final = 4
ASKS: Final = b"asks" * 4
MARKET: Final = 1
_FEES, _OUTSIDE = 1, 2
_USDC, BTC = 1, 2
_ENDOWMENT: Final = 10**27


class Workload(NamedTuple):
    """Commands, of which the first `setup` prepare the markets."""

    description: str
    setup: int
    commands: list[bytes]

    def write(self, path: Path) -> Path:
        path.write_bytes(b"".join(self.commands))
        return path


def recorded_or_generated() -> tuple[str, list[Step]]:
    """W1: the recorded flow that `CSE_FLOW` names, or a generated one of the same length."""
    path = os.environ.get("CSE_FLOW")
    if path:
        return f"W1, recorded: {Path(path).name}", read_recording(Path(path))
    return "W1, generated: seed 1, 49,068 steps (CSE_FLOW names no recording)", list(generate(1, 49_068))


def w1() -> Workload:
    description, steps = recorded_or_generated()
    return prepared(description, as_commands(steps))


def setup_commands(*, first_of_all: bool = True, markets: int = 1) -> list[bytes]:
    """Lists the assets, two funded persons and markets without fees, all priced in one asset.

    `first_of_all` is false where a leader has started its epoch itself.
    """
    epoch = [StartEpoch(epoch=1, previous_epoch=0, previous_last_sequence=0).encode()] if first_of_all else []
    bases = [BTC + number for number in range(markets)]
    assets = [_USDC, *bases]
    return [
        *epoch,
        CreateAsset(symbol="USDC", decimals=6).encode(),
        *(CreateAsset(symbol="BTC" if base == BTC else f"T{base}", decimals=8).encode() for base in bases),
        OpenAccount(owner=NO_OWNER, kind=AccountKind.SYSTEM).encode(),
        OpenAccount(owner=external_owner(1), kind=AccountKind.EXTERNAL).encode(),
        OpenAccount(owner=b"bids" * 4, kind=AccountKind.MAIN).encode(),
        OpenAccount(owner=ASKS, kind=AccountKind.MAIN).encode(),
        *(endow(account, asset) for account in (BIDDER, ASKER) for asset in assets),
        *(_market(base) for base in bases),
    ]


def place(account: int, side: Side, price_ticks: int, quantity_lots: int, market: int = MARKET) -> bytes:
    return PlaceOrder(
        account=account,
        market=market,
        side=side,
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce.GTC,
        self_trade_prevention=0,
        flags=0,
        price=price_ticks,
        quantity=quantity_lots,
        quote_amount=0,
        stop_price=0,
        trailing_delta=0,
        display_quantity=0,
        expires_at_us=0,
        client_order_id="",
    ).encode()


def as_commands(steps: Iterable[Step]) -> Iterator[bytes]:
    """The core gives out order ids in turn, so a flow that has the market to itself knows them."""
    return as_commands_of_markets((MARKET, step) for step in steps)


def as_commands_of_markets(steps: Iterable[tuple[int, Step]]) -> Iterator[bytes]:
    """The same for steps in several markets; keys are those of all of them."""
    placed: dict[int, tuple[int, int]] = {}
    for market, step in steps:
        if isinstance(step, Place):
            is_buy = step.side == "buy"
            account = BIDDER if is_buy else ASKER
            placed[step.key] = account, len(placed) + 1
            side = Side.BUY if is_buy else Side.SELL
            yield place(account, side, step.price_ticks, step.quantity_lots, market)
        else:
            account, order_id = placed[step.key]
            yield CancelOrder(account=account, order_id=order_id, client_order_id="").encode()


def prepared(description: str, commands: Iterable[bytes], markets: int = 1) -> Workload:
    """Commands behind those that prepare their markets."""
    setup = setup_commands(markets=markets)
    return Workload(description, len(setup), [*setup, *commands])


def endow(account: int, asset: int) -> bytes:
    """More of an asset than a flow can use up."""
    leg = TransferLeg(
        debit=_OUTSIDE,
        credit=account,
        asset=asset,
        reason=1,
        condition=0,
        amount=_ENDOWMENT,
        condition_amount=0,
    )
    return Transfer(reference=bytes(16), leg_count=1).encode(leg.encode())


def _market(base: int) -> bytes:
    return CreateMarket(
        base=base,
        quote=_USDC,
        tick_size=1,
        lot_size=10_000,
        min_notional=0,
        max_quantity=10**12,
        maker_fee_ppm=0,
        taker_fee_ppm=0,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=_FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=2,
        status=0,
    ).encode()
