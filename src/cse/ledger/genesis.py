"""The first commands of a new exchange: its assets, its own account, and the world outside.

A demo also has its creators' accounts, its markets, and the supply of each creator's token where it
belongs. Ids rise from 1 in the order of the commands, for nothing comes before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cse.domain import demo as listing
from cse.domain.accounts import NO_OWNER, TransferReason, external_owner
from cse.domain.demo import CREATORS, MARKETS, DemoCreator, DemoMarket
from cse.domain.enumerations import AccountKind
from cse.domain.limits import PPM
from cse.engine import wire
from cse.runtime.outbox import Source, enqueue, last_number
from cse.runtime.postgres import Pool

# Symbol and ledger decimals.
ASSETS: Final = (("USDC", 6), ("BTC", 8), ("ETH", 9), ("SOL", 9))
DEMO_ASSETS: Final = tuple((asset.symbol, asset.decimals) for asset in listing.ASSETS)

USDC: Final = 1
LAB: Final = 5
FEE_ACCOUNT: Final = 1
_DEMO_IDS: Final = {symbol: number for number, (symbol, _) in enumerate(ASSETS + DEMO_ASSETS, 1)}


def genesis(*, demo: bool) -> list[bytes]:
    """The commands, in their order.

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
        commands += _demo()
    return commands


def asset_id(symbol: str) -> int:
    """The id of an asset of a demo exchange."""
    return _DEMO_IDS[symbol]


def asset_decimals(symbol: str) -> int:
    """The ledger decimals of an asset of a demo exchange."""
    return (ASSETS + DEMO_ASSETS)[_DEMO_IDS[symbol] - 1][1]


def market_id(name: str) -> int:
    """The id of a market of a demo exchange."""
    return next(number for number, market in enumerate(MARKETS, 1) if market.name == name)


def external_account(asset: int) -> int:
    """The account from which an asset comes in."""
    return FEE_ACCOUNT + asset


def holders_account() -> int:
    """The account that holds, on a demo exchange, what of each token its first holders are given."""
    return FEE_ACCOUNT + len(_DEMO_IDS) + 1


def creator_accounts(creator: DemoCreator) -> tuple[int, int]:
    """A creator's own account and the vault, on a demo exchange."""
    first = holders_account() + 1 + 2 * CREATORS.index(creator)
    return first, first + 1


def _demo() -> Iterator[bytes]:
    yield wire.OpenAccount(NO_OWNER, AccountKind.SYSTEM).encode()
    for creator in CREATORS:
        yield wire.OpenAccount(creator.owner, AccountKind.MAIN).encode()
        yield wire.OpenAccount(creator.owner, AccountKind.VAULT).encode()
    shared = {creator.market.base: creator_accounts(creator)[0] for creator in CREATORS}
    for market in MARKETS:
        yield _market(market, shared.get(market.base, 0)).encode()
    for creator in CREATORS:
        yield _allocation(creator)


def _market(market: DemoMarket, creator_account: int) -> wire.CreateMarket:
    return wire.CreateMarket(
        base=asset_id(market.base),
        quote=USDC,
        tick_size=market.tick_size,
        tick_decimals=market.tick_decimals,
        lot_size=market.lot_size,
        min_notional=market.min_notional,
        max_quantity=market.max_quantity,
        maker_fee_ppm=market.maker_fee_ppm,
        taker_fee_ppm=market.taker_fee_ppm,
        creator_share_ppm=market.creator_share_ppm,
        creator_account=creator_account,
        fee_account=FEE_ACCOUNT,
        price_band_ppm=0,
        max_open_orders=market.max_open_orders,
        status=0,
    )


def _allocation(creator: DemoCreator) -> bytes:
    """The whole supply of a token comes in at once, to the creator and to those who get theirs later."""
    asset = asset_id(creator.asset.symbol)
    supply = creator.supply * 10**creator.asset.decimals
    own, vault = creator_accounts(creator)
    shares = ((own, creator.own_ppm), (vault, creator.vault_ppm), (holders_account(), creator.holders_ppm))
    legs = [
        wire.TransferLeg(
            debit=external_account(asset),
            credit=account,
            asset=asset,
            reason=TransferReason.LAUNCH_ALLOCATION,
            condition=0,
            amount=supply * share_ppm // PPM,
            condition_amount=0,
        ).encode()
        for account, share_ppm in shares
    ]
    return wire.Transfer(creator.owner, len(legs)).encode(b"".join(legs))


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
