"""The demo's invented creators, their tokens, and the markets of a demo exchange: the one list.

Ledger, faucet, creators, history and robots all read it from here. Whatever is named here carries
the word Demo wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from cse.domain.limits import PPM

QUOTE: Final = "USDC"
QUIET_MARKET: Final = "LAB-USDC"
"""The market to try things in; no robot trades there."""
NAMES: Final = {"USDC": "USD Coin", "BTC": "Bitcoin", "ETH": "Ether", "SOL": "Solana"}
"""What the assets are called that every exchange lists."""
_MAKER_FEE_PPM: Final = 1_000
_TAKER_FEE_PPM: Final = 2_000
_CREATOR_SHARE_PPM: Final = 300_000


@dataclass(frozen=True, slots=True)
class DemoAsset:
    """An asset that only a demo lists; `daily` is how many whole ones the faucet gives a person a day."""

    symbol: str
    name: str
    decimals: int
    daily: int


@dataclass(frozen=True, slots=True)
class DemoMarket:
    """A market against `QUOTE`.

    `tick_size` counts in 10^-`tick_decimals` of quote per whole base, `lot_size` in base units,
    `min_notional` in quote units, `max_quantity` in lots; `max_open_orders` is an account's, 0 without
    a bound.
    """

    base: str
    tick_size: int
    tick_decimals: int
    lot_size: int
    min_notional: int = 1_000_000
    max_quantity: int = 10_000_000_000
    maker_fee_ppm: int = _MAKER_FEE_PPM
    taker_fee_ppm: int = _TAKER_FEE_PPM
    creator_share_ppm: int = 0
    max_open_orders: int = 1_000

    @property
    def name(self) -> str:
        """Such as `LUNA-USDC`."""
        return f"{self.base}-{QUOTE}"


@dataclass(frozen=True, slots=True)
class DemoCreator:
    """An invented creator and the token.

    `supply` is in whole tokens; `art` names the cover's files. The shares of the supply, in parts
    per million, go to the creator's own account, to the creator's vault (community and treasury),
    and to the account out of which the first holders are given theirs; together they are all of it.
    """

    handle: str
    name: str
    category: str
    tagline: str
    asset: DemoAsset
    market: DemoMarket
    supply: int
    own_ppm: int = 200_000
    vault_ppm: int = 250_000
    holders_ppm: int = 550_000

    def __post_init__(self) -> None:
        assert self.own_ppm + self.vault_ppm + self.holders_ppm == PPM

    @property
    def art(self) -> str:
        """The name of the cover's files, without their ending."""
        return self.handle

    @property
    def cover(self) -> str:
        """The path of the cover under the exchange's origin."""
        return f"/art/{self.art}.webp"

    @property
    def owner(self) -> bytes:
        """Whose the creator's accounts are: the same 16 bytes on every demo exchange."""
        return blake2b(f"demo creator {self.handle}".encode(), digest_size=16).digest()


def _creator(
    handle: str,
    name: str,
    category: str,
    tagline: str,
    *,
    symbol: str,
    supply: int,
    daily: int,
    tick_decimals: int,
    lot_size: int,
) -> DemoCreator:
    return DemoCreator(
        handle=handle,
        name=name,
        category=category,
        tagline=tagline,
        asset=DemoAsset(symbol, name, 6, daily),
        market=DemoMarket(
            base=symbol,
            tick_size=1,
            tick_decimals=tick_decimals,
            lot_size=lot_size,
            creator_share_ppm=_CREATOR_SHARE_PPM,
        ),
        supply=supply,
    )


LAB: Final = DemoAsset("LAB", "Lab", 6, 10_000_000)
CREATORS: Final = (
    _creator(
        "luna-park", "Luna Park", "Music", "Indie pop from a pier that never closes",
        symbol="LUNA", supply=100_000_000, daily=2_000_000, tick_decimals=5, lot_size=100_000,
    ),
    _creator(
        "nova-quill", "Nova Quill", "Writing", "A novel a year, one chapter a week",
        symbol="NOVA", supply=10_000_000, daily=100_000, tick_decimals=4, lot_size=10_000,
    ),
    _creator(
        "tidewater-tapes", "Tidewater Tapes", "Sound", "Field recordings of coasts at low tide",
        symbol="TIDE", supply=40_000_000, daily=400_000, tick_decimals=5, lot_size=100_000,
    ),
    _creator(
        "kiko-sketch", "Kiko Sketch", "Comics", "Four panels a day about a cat and its city",
        symbol="KIKO", supply=250_000_000, daily=5_000_000, tick_decimals=5, lot_size=100_000,
    ),
    _creator(
        "low-orbit-radio", "Low Orbit Radio", "Podcast", "Long talks about short distances in space",
        symbol="LOWO", supply=20_000_000, daily=200_000, tick_decimals=4, lot_size=10_000,
    ),
)  # fmt: skip
ASSETS: Final = (LAB, *(creator.asset for creator in CREATORS))
"""Assets in the order in which they are listed, behind those that every exchange lists."""
MARKETS: Final = (
    # For programs that try how much an exchange bears.
    DemoMarket(base="LAB", tick_size=1, tick_decimals=4, lot_size=10_000, max_open_orders=0),
    *(creator.market for creator in CREATORS),
    DemoMarket(base="BTC", tick_size=1, tick_decimals=0, lot_size=1_000, min_notional=5_000_000),
)
"""Markets in the order in which they are listed."""

FAUCET_DAILY: Final = {
    "USDC": 1_000_000,
    "BTC": 100,
    "ETH": 1_000,
    "SOL": 10_000,
    **{asset.symbol: asset.daily for asset in ASSETS},
}
"""Whole units of an asset that the faucet gives a person in a day, at most."""
