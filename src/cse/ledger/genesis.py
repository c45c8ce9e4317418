"""The first commands of a new exchange: its assets, its own account, and the world outside."""

from __future__ import annotations

from typing import Final

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.enumerations import AccountKind
from cse.engine import wire
from cse.runtime.outbox import Source, enqueue, last_number
from cse.runtime.postgres import Pool

# Symbol and ledger decimals; ids rise from 1 in this order.
ASSETS: Final = (("USDC", 6), ("BTC", 8), ("ETH", 9), ("SOL", 9))
DEMO_ASSETS: Final = (("LAB", 6),)

USDC: Final = 1
LAB: Final = 5
FEE_ACCOUNT: Final = 1


def genesis(*, demo: bool) -> list[bytes]:
    """The commands, in their order. Ids follow from it, for nothing comes before them.

    Account 1 is the exchange's own; behind it stands each asset's external account.
    """
    assets = ASSETS + (DEMO_ASSETS if demo else ())
    commands = [wire.CreateAsset(symbol, decimals).encode() for symbol, decimals in assets]
    commands.append(wire.OpenAccount(NO_OWNER, AccountKind.SYSTEM).encode())
    commands += [
        wire.OpenAccount(external_owner(asset), AccountKind.EXTERNAL).encode()
        for asset, _ in enumerate(assets, 1)
    ]
    if demo:
        commands.append(_lab_market().encode())
    return commands


def _lab_market() -> wire.CreateMarket:
    """LAB-USDC, the quiet market to try things in: tick 0.0001, lot 0.01, at least 1.00 an order."""
    return wire.CreateMarket(
        base=LAB,
        quote=USDC,
        tick_size=1,
        tick_decimals=4,
        lot_size=10_000,
        min_notional=1_000_000,
        max_quantity=10_000_000_000,
        maker_fee_ppm=1_000,
        taker_fee_ppm=2_000,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEE_ACCOUNT,
        price_band_ppm=0,
        max_open_orders=0,
    )


async def enqueue_genesis(pool: Pool, *, demo: bool) -> int:
    """Enqueues the commands unless that was done before; returns the number of the last one.

    Call it with the ledger caught up: a database younger than the journal has then learnt of the
    genesis that was, and is left alone.
    """
    async with pool.connection() as connection, connection.transaction():
        last = await last_number(connection, Source.GENESIS)
        if last == 0:
            for command in genesis(demo=demo):
                last = await enqueue(connection, Source.GENESIS, command)
        return last
