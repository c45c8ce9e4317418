"""The settings that command streams start from: assets, accounts, markets and first balances.

Every setting is a list of commands. `ordinary` has small numbers and a narrow book, so that trades
are plenty; `extreme` has numbers near their bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.limits import SUPPLY_LIMIT
from cse.engine.wire import (
    AccountKind,
    CreateAsset,
    CreateMarket,
    MarketStatus,
    OpenAccount,
    SetAccountTier,
    SetMarketFees,
    SetMarketSelfTrade,
    StartEpoch,
    Transfer,
    TransferLeg,
)
from tests.property.chance import Chance

OWNERS = [bytes([number]) * 16 for number in range(1, 7)]

ACCOUNTS = [
    (external_owner(1), AccountKind.EXTERNAL),
    (NO_OWNER, AccountKind.SYSTEM),
    (OWNERS[0], AccountKind.MAIN),
    (OWNERS[1], AccountKind.MAIN),
    (OWNERS[2], AccountKind.MAIN),
    (OWNERS[3], AccountKind.MAIN),
    (OWNERS[0], AccountKind.SUB),
    (OWNERS[1], AccountKind.VAULT),
    (external_owner(1, 1), AccountKind.EXTERNAL),
    (OWNERS[4], AccountKind.MAIN),
    (OWNERS[5], AccountKind.MAIN),
]
"""Owner and kind of the accounts 1, 2, ..."""

OUTSIDE, FEES = 1, 2
TRADERS = [3, 4, 5, 6, 7, 10, 11]
CREATOR = 5


@dataclass(frozen=True)
class Setting:
    """Where a stream begins, and the sizes of the numbers that suit it.

    Of the markets that there are, `markets` are traded in; one more is not open yet.
    """

    commands: list[bytes]
    prices: tuple[int, int]
    quantities: tuple[int, int]
    amounts: tuple[int, int]
    markets: int


def ordinary(source: Chance) -> Setting:
    """Two markets with prices of some ticks, quantities of some lots, and fees of all sorts."""
    assets = [("USDC", 2), ("NOVA", 2), ("LAB", 0)]
    markets = [market_of_small_numbers(source, base) for base in (2, 3)]
    unopened = market_of_small_numbers(source, 3)._replace(quote=2, status=MarketStatus.CREATED)
    amount = source.choice([20_000, 1_000_000])
    low = source.choice([1, 10, 1_000])
    return Setting(
        commands=[
            *opening(assets, [*markets, unopened]),
            *self_trade(source),
            *tiers(source),
            *funding(len(assets), amount),
        ],
        prices=(low, low + source.choice([3, 10])),
        quantities=(1, source.choice([5, 30])),
        amounts=(1, 50 * low),
        markets=len(markets),
    )


def market_of_small_numbers(source: Chance, base: int) -> CreateMarket:
    taker_ppm = source.choice([0, 1, 1_000, 2_000, 100_000])
    maker_ppm = source.choice([-taker_ppm, -(taker_ppm // 2), 0, 1, taker_ppm, 50_000])
    with_creator = source.random() < 0.7
    return CreateMarket(
        base=base,
        quote=1,
        tick_size=source.choice([1, 3]),
        lot_size=source.choice([100, 300]),
        min_notional=source.choice([0, 0, 5]),
        max_quantity=40,
        maker_fee_ppm=maker_ppm,
        taker_fee_ppm=taker_ppm,
        creator_share_ppm=source.choice([0, 333_333, 1_000_000]) if with_creator else 0,
        creator_account=source.choice([CREATOR, FEES]) if with_creator else 0,
        fee_account=FEES,
        price_band_ppm=source.choice([0, 0, 0, 200_000, 500_000]),
        max_open_orders=source.choice([0, 0, 3, 8]),
        tick_decimals=2,
        status=source.choice([0, MarketStatus.OPEN]),
    )


def extreme(source: Chance) -> Setting:
    """Markets whose notionals reach 126 bits, and balances near the bound of supply."""
    assets = [("BIG", 0), ("VAST", 0), ("TINY", 0)]
    markets = [
        market_of_large_numbers(source, 2, tick_size=1, lot_size=(1 << 36) - 1),
        market_of_large_numbers(source, 3, tick_size=(1 << 36) - 1, lot_size=1),
    ]
    unopened = market_of_large_numbers(source, 3, 1, 1)._replace(quote=2, status=MarketStatus.CREATED)
    low = source.choice([1, 1 << 20, (1 << 40) - 4])
    return Setting(
        commands=[
            *opening(assets, [*markets, unopened]),
            *self_trade(source),
            *tiers(source),
            *funding(len(assets), SUPPLY_LIMIT // (len(TRADERS) + 1)),
        ],
        prices=(low, low + 3),
        quantities=source.choice([(1, 1 << 10), (1 << 20, 1 << 24), (1 << 48, (1 << 50) - 1)]),
        amounts=(1 << 36, SUPPLY_LIMIT - 1),
        markets=len(markets),
    )


def market_of_large_numbers(source: Chance, base: int, tick_size: int, lot_size: int) -> CreateMarket:
    taker_ppm = source.choice([0, 1, 99_999, 100_000])
    return CreateMarket(
        base=base,
        quote=1,
        tick_size=tick_size,
        lot_size=lot_size,
        min_notional=source.choice([0, SUPPLY_LIMIT - 1, 1 << 40]) if source.random() < 0.2 else 0,
        max_quantity=(1 << 50) - 1,
        maker_fee_ppm=source.choice([-taker_ppm, 0, 100_000]),
        taker_fee_ppm=taker_ppm,
        creator_share_ppm=999_999,
        creator_account=CREATOR,
        fee_account=FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=0,
        status=0,
    )


def opening(assets: list[tuple[str, int]], markets: list[CreateMarket]) -> Iterator[bytes]:
    yield StartEpoch(1, 0, 0).encode()
    for symbol, decimals in assets:
        yield CreateAsset(symbol, decimals).encode()
    for owner, kind in ACCOUNTS:
        yield OpenAccount(owner, kind).encode()
    for market in markets:
        yield market.encode()


def self_trade(source: Chance) -> Iterator[bytes]:
    """Lets some markets allow trades of an owner's accounts with each other."""
    for market in (1, 2):
        if source.random() < 0.5:
            yield SetMarketSelfTrade(market, 1).encode()


def tiers(source: Chance) -> Iterator[bytes]:
    """Puts some accounts into fee tiers, some of which have rates of their own in some markets."""
    for account in TRADERS:
        if source.random() < 0.3:
            yield SetAccountTier(account, source.randint(1, 3)).encode()
    for market in (1, 2):
        for tier in (1, 2):
            taker_ppm = source.choice([0, 1, 500, 100_000])
            maker_ppm = source.choice([-taker_ppm, 0, 700])
            if source.random() < 0.5:
                yield SetMarketFees(market, maker_ppm, taker_ppm, 0, 0, tier).encode()


def funding(assets: int, amount: int) -> Iterator[bytes]:
    for asset in range(1, assets + 1):
        legs = [TransferLeg(OUTSIDE, trader, asset, 1, 0, amount, 0).encode() for trader in TRADERS]
        yield Transfer(bytes(16), len(legs)).encode(b"".join(legs))
