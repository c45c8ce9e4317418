"""The cases that every client is held against."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from cse_client.market import Market
from cse_client.models import AssetView, MarketView
from cse_client.quote import Available, DraftOrder

FOLDER = Path(__file__).parents[3] / "clients" / "vectors"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text())


def market_of(view: dict[str, Any], assets: list[dict[str, Any]]) -> Market:
    decimals = [AssetView(name="", demo=False, **asset) for asset in assets]
    return Market.of(msgspec.convert(view, MarketView), decimals)


def draft_of(order: dict[str, Any], market: Market) -> DraftOrder:
    """An order of decimal text; what is not there is None."""

    def number(field: str, parse: Any) -> int | None:
        return parse(order[field]) if field in order else None

    return DraftOrder(
        side=order["side"],
        type=order["type"],
        price=number("price", market.parse_price),
        quantity=number("quantity", market.parse_quantity),
        quote_amount=number("quote_amount", market.parse_quote),
        time_in_force=order.get("time_in_force", "gtc"),
        post_only=order.get("post_only", False),
    )


def book_of(book: dict[str, Any] | None, market: Market) -> Any:
    if book is None:
        return None
    sides = {
        side: [(market.parse_price(price), market.parse_quantity(quantity)) for price, quantity in book[side]]
        for side in ("bids", "asks")
    }
    return SimpleNamespace(**sides)


def available_of(amounts: dict[str, str] | None, market: Market) -> Available | None:
    if amounts is None:
        return None
    return Available(market.parse_base(amounts["base"]), market.parse_quote(amounts["quote"]))
