"""Flows of orders as commands of the core, behind the commands that prepare a market for them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cse.cli.replay.flow import Cancel, Place, Step, generate
from cse.cli.replay.flow import Side as FlowSide
from cse.cli.replay.plain_book import PlainBook
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
MARKET: Final = 1
_FEES, _OUTSIDE = 1, 2
_USDC, _BTC = 1, 2
_ENDOWMENT: Final = 10**27


class Workload(NamedTuple):
    """Commands, of which the first `setup` prepare the market."""

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
    return _workload(description, steps)


def w2(count: int = 1_000_000) -> Workload:
    return _workload(f"W2: one book, {count:,} commands, 60 % adds, 35 % cancels, 5 % marketable", _w2(count))


def setup_commands(*, first_of_all: bool = True) -> list[bytes]:
    """Lists two assets, two funded persons and the market, without fees.

    `first_of_all` is false where a leader has started its epoch itself.
    """
    epoch = [StartEpoch(epoch=1, previous_epoch=0, previous_last_sequence=0).encode()] if first_of_all else []
    return [
        *epoch,
        CreateAsset(symbol="USDC", decimals=6).encode(),
        CreateAsset(symbol="BTC", decimals=8).encode(),
        OpenAccount(owner=NO_OWNER, kind=AccountKind.SYSTEM).encode(),
        OpenAccount(owner=external_owner(1), kind=AccountKind.EXTERNAL).encode(),
        OpenAccount(owner=b"bids" * 4, kind=AccountKind.MAIN).encode(),
        OpenAccount(owner=b"asks" * 4, kind=AccountKind.MAIN).encode(),
        _endow(BIDDER),
        _endow(ASKER),
        _market(),
    ]


def place(account: int, side: Side, price_ticks: int, quantity_lots: int) -> bytes:
    return PlaceOrder(
        account=account,
        market=MARKET,
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
    placed: dict[int, tuple[int, int]] = {}
    for step in steps:
        if isinstance(step, Place):
            is_buy = step.side == "buy"
            account = BIDDER if is_buy else ASKER
            placed[step.key] = account, len(placed) + 1
            yield place(account, Side.BUY if is_buy else Side.SELL, step.price_ticks, step.quantity_lots)
        else:
            account, order_id = placed[step.key]
            yield CancelOrder(account=account, order_id=order_id, client_order_id="").encode()


def _workload(description: str, steps: Iterable[Step]) -> Workload:
    setup = setup_commands()
    return Workload(description, len(setup), [*setup, *as_commands(steps)])


def _w2(count: int) -> Iterator[Step]:
    chance = random.Random(2)
    book = PlainBook()
    living: list[int] = []
    mid_ticks, key = 100_000, 0
    for at_ms in range(count):
        step: Step | None = None
        kind = chance.random()
        if kind < 0.35:
            step = _cancel_of_a_living(chance, book, living, at_ms)
        if step is None:
            key += 1
            side: FlowSide = "buy" if chance.random() < 0.5 else "sell"
            away = -300 if kind >= 0.95 else 1 + int(chance.expovariate(1 / 50))
            price_ticks = mid_ticks - away if side == "buy" else mid_ticks + away
            step = Place(at_ms, key, side, price_ticks, 1 + chance.randrange(100))
        book.take(step)
        if isinstance(step, Place) and book.is_open(step.key):
            living.append(step.key)
        yield step


def _cancel_of_a_living(
    chance: random.Random, book: PlainBook, living: list[int], at_ms: int
) -> Cancel | None:
    while living:
        index = chance.randrange(len(living))
        living[index], living[-1] = living[-1], living[index]
        key = living.pop()
        if book.is_open(key):
            return Cancel(at_ms, key)
    return None


def _endow(account: int) -> bytes:
    legs = b"".join(
        TransferLeg(
            debit=_OUTSIDE,
            credit=account,
            asset=asset,
            reason=1,
            condition=0,
            amount=_ENDOWMENT,
            condition_amount=0,
        ).encode()
        for asset in (_USDC, _BTC)
    )
    return Transfer(reference=bytes(16), leg_count=2).encode(legs)


def _market() -> bytes:
    return CreateMarket(
        base=_BTC,
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
    ).encode()
