"""The demo's markets as the client knows them, without asking an exchange."""

from __future__ import annotations

from cse.demo.characters import Character
from cse_client import Market


def market_of(character: Character) -> Market:
    listed = character.market
    return Market(
        name=listed.name,
        base=listed.base,
        quote="USDC",
        base_decimals=8 if listed.base == "BTC" else 6,
        quote_decimals=6,
        tick_size=listed.tick_size,
        tick_decimals=listed.tick_decimals,
        lot_size=listed.lot_size,
        lot_decimals=1,
        tick_lot_units=10 if listed.base == "BTC" else 1,
        min_notional=listed.min_notional,
        max_quantity=listed.max_quantity,
        maker_fee_ppm=1_000,
        taker_fee_ppm=2_000,
        max_open_orders=0,
        is_open=True,
        creator_share_ppm=0,
    )
