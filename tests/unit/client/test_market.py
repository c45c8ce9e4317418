"""Prices count in ticks and quantities in lots, both ways and exactly."""

from __future__ import annotations

import pytest

from cse_client.decimals import DecimalError
from cse_client.market import Market
from tests.unit.client import vectors

ASSETS = [{"asset": "BTC", "decimals": 8}, {"asset": "USDC", "decimals": 6}]
VIEW = {
    "market": "BTC-USDC", "base": "BTC", "quote": "USDC", "tick_size": "0.50", "lot_size": "0.00010",
    "min_notional": "1.00", "max_quantity": "100", "maker_fee_ppm": -100, "taker_fee_ppm": 2_000,
    "creator_share_ppm": 0, "max_open_orders": 0, "status": "halted", "auction_ends_at": None,
    "price_unit": "0.50", "quantity_unit": "0.00010", "min_quantity": "0", "max_notional": None,
    "price_band_ppm": 0, "reference_price": None, "interruption_ppm": 0, "interruption_window_s": 0,
    "interruption_auction_s": 0, "self_trades_allowed": False,
}  # fmt: skip


@pytest.fixture
def market() -> Market:
    return vectors.market_of(VIEW, ASSETS)


def test_a_market_knows_its_units(market: Market) -> None:
    # One lot of 0.0001 BTC at one tick of 0.5 USDC costs 0.00005 USDC.
    assert market.tick_lot_units == 50
    assert market.notional(2, 10_000) == market.parse_quote("1")
    assert market.max_quantity == 1_000_000
    assert not market.is_open


@pytest.mark.parametrize(("text", "ticks"), [("0.5", 1), ("42000.00", 84_000), ("1", 2), ("0", 0)])
def test_prices_on_a_tick(market: Market, text: str, ticks: int) -> None:
    assert market.parse_price(text) == ticks
    assert market.parse_price(market.format_price(ticks)) == ticks


@pytest.mark.parametrize(
    ("text", "reason"), [("0.25", "off_step"), ("0.7", "off_step"), ("1e3", "malformed")]
)
def test_other_prices_are_refused(market: Market, text: str, reason: str) -> None:
    with pytest.raises(DecimalError) as refused:
        market.parse_price(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(("text", "lots"), [("0.0001", 1), ("1.5000", 15_000)])
def test_quantities(market: Market, text: str, lots: int) -> None:
    assert market.parse_quantity(text) == lots
    assert market.format_quantity(lots) == text
    with pytest.raises(DecimalError):
        market.parse_quantity("0.00005")


def test_an_average_is_shown_at_the_finer_of_tick_and_quote_unit(market: Market) -> None:
    # 3 USDC for 0.0009 BTC.
    assert market.average_price(3_000_000, 9) == "3333.333333"


def test_a_step_above_one_is_read(market: Market) -> None:
    coarse = vectors.market_of(
        VIEW | {"tick_size": "10", "lot_size": "5", "price_unit": "10", "quantity_unit": "5"}, ASSETS
    )
    assert (coarse.parse_price("30"), coarse.format_price(3)) == (3, "30")
    assert (coarse.parse_quantity("15"), coarse.format_quantity(3)) == (3, "15")
    assert coarse.notional(1, 1) == coarse.parse_quote("50")


def test_an_asset_that_is_not_there_is_missed() -> None:
    with pytest.raises(KeyError, match="BTC"):
        vectors.market_of(VIEW, ASSETS[1:])
