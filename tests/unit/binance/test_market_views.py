"""Trades, klines, tickers and filters in Binance's form: numbers that clients count with."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cse.binance.exchange_info import exchange_info, filters_of, symbol_info
from cse.binance.market_views import (
    aggregate_view,
    book_view,
    full_view,
    kline_view,
    mini_view,
    price_view,
    trade_view,
)
from cse.binance.parameters import at_most, parse_number, parse_time_us
from cse.domain import rates
from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus, Side
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.models import DatedTrade, Depth
from cse.ledger.models import NO_TRADES, TradesSummary
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import DAY_US, Interval
from cse.marketdata.service import MarketDay

# Prices to the hundredth, quantities to the tenth.
MARKET = Market(
    id=1,
    base=Asset(1, "LAB", 6),
    quote=Asset(2, "USDC", 6),
    tick_size=1,
    tick_decimals=2,
    lot_size=100_000,
    min_notional=5_000_000,
    max_quantity=100_007,
    maker_fee_ppm=1_000,
    taker_fee_ppm=2_000,
    max_open_orders=200,
    price_increment=5,
    quantity_increment=10,
    min_quantity=15,
)
AT_US = 1_764_150_000_123_456
BOOK = Depth(1, 77, 250, [(245, 30)], [(255, 10)])


def traded(trade_id: int, side: Side, price: int, lots: int) -> DatedTrade:
    notional = price * lots * MARKET.tick_lot_units
    event = wire.Traded(trade_id, 1, side, 0, price, lots, notional, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0)
    return DatedTrade(9, AT_US, event)


def test_a_trade_is_the_makers_where_the_taker_sold() -> None:
    sold = trade_view(traded(3, Side.SELL, 250, 40), MARKET)
    assert (sold.id, sold.price, sold.qty, sold.quote_qty) == (3, "2.50", "4.0", "10")
    assert (sold.time, sold.is_buyer_maker) == (1_764_150_000_123, True)
    bought = aggregate_view(traded(4, Side.BUY, 250, 40), MARKET)
    assert (bought.a, bought.f, bought.l, bought.m, bought.T) == (4, 4, 4, False, 1_764_150_000_123)


def test_a_kline_ends_a_millisecond_before_the_next() -> None:
    candle = Candle(60_000_000, 250, 300, 200, 225, 40, 10_000_000, 3, 5, 7)
    found = kline_view(candle, Interval.MINUTE_1, MARKET)
    assert found == (
        60_000, "2.50", "3.00", "2.00", "2.25", "4.0", 119_999, "10", 3, "0", "0", "0",
    )  # fmt: skip


def test_a_day_is_told_with_its_first_and_last_trade() -> None:
    day = MarketDay(AT_US, BOOK, TradesSummary(4, 200, 300, 100, 80, 15_000_000))
    last = traded(9, Side.BUY, 250, 40)
    mini = mini_view(day, last, MARKET)
    assert (mini.first_id, mini.last_id, mini.count) == (6, 9, 4)
    assert (mini.open_time, mini.close_time) == ((AT_US - DAY_US) // 1_000, AT_US // 1_000)
    full = full_view(day, last, MARKET)
    assert (full.price_change, full.price_change_percent) == ("0.50", "25.000")
    assert (full.weighted_avg_price, full.last_qty) == ("1.875", "4.0")
    assert (full.bid_price, full.bid_qty, full.ask_price, full.ask_qty) == ("2.45", "3.0", "2.55", "1.0")


def test_a_market_without_trades_has_zeros_and_no_ids() -> None:
    empty = Depth(1, 0, 0, [], [])
    full = full_view(MarketDay(AT_US, empty, NO_TRADES), None, MARKET)
    assert (full.first_id, full.last_id, full.count) == (-1, -1, 0)
    assert {full.open_price, full.last_price, full.price_change, full.weighted_avg_price} == {"0.00"}
    assert price_view(empty, MARKET).price == "0.00"
    assert book_view(empty, MARKET).bid_qty == "0.0"


def by_type(market: Market) -> dict[str, Any]:
    return {found["filterType"]: found for found in filters_of(market)}


def test_filters_are_such_that_who_keeps_to_them_is_not_refused() -> None:
    found = by_type(MARKET)
    assert set(found) == {"PRICE_FILTER", "LOT_SIZE", "MIN_NOTIONAL", "MAX_NUM_ORDERS"}
    assert (found["PRICE_FILTER"]["tickSize"], found["PRICE_FILTER"]["minPrice"]) == ("0.05", "0.05")
    lot = found["LOT_SIZE"]
    # The least and the most are multiples of the step.
    assert (lot["stepSize"], lot["minQty"], lot["maxQty"]) == ("1.0", "2.0", "10000.0")
    assert found["MIN_NOTIONAL"]["minNotional"] == "5"
    assert found["MAX_NUM_ORDERS"]["maxNumOrders"] == 200
    bound = by_type(dataclasses.replace(MARKET, max_notional=9_000_000, price_band_ppm=50_000))
    assert bound["NOTIONAL"]["maxNotional"] == "9"
    assert "MIN_NOTIONAL" not in bound
    band = bound["PERCENT_PRICE"]
    assert (band["multiplierUp"], band["multiplierDown"], band["avgPriceMins"]) == ("1.05", "0.95", 0)


def test_a_symbol_says_whether_it_trades_and_the_limits_are_those_in_force() -> None:
    assert (symbol_info(MARKET).symbol, symbol_info(MARKET).status) == ("LABUSDC", "TRADING")
    halted = symbol_info(dataclasses.replace(MARKET, status=MarketStatus.HALTED))
    assert (halted.status, halted.is_spot_trading_allowed) == ("HALT", False)
    info = exchange_info([MARKET], rates.ADDRESS_REQUESTS, rates.ORDERS, AT_US)
    assert [(limit["rateLimitType"], limit["interval"], limit["limit"]) for limit in info.rate_limits] == [
        ("REQUEST_WEIGHT", "MINUTE", 12_000),
        ("ORDERS", "SECOND", 660),
    ]


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        (None, None),
        ("0", 0),
        ("1764150000123", 1_764_150_000_123_000),
        ("1764150000123456", 1_764_150_000_123_456),
    ],
)
def test_times_are_milliseconds_or_microseconds(text: str | None, time_us: int | None) -> None:
    assert parse_time_us(text, "startTime") == time_us


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e3", "\u0661", "9" * 19])
def test_what_is_no_number_is_refused(text: str) -> None:
    for parse in (parse_time_us, parse_number):
        with pytest.raises(CodedError):
            parse(text, "fromId")


def test_more_than_the_most_is_the_most_and_nothing_is_refused() -> None:
    assert [at_most(1, 500), at_most(500, 500), at_most(5_000, 500)] == [1, 500, 500]
    with pytest.raises(CodedError):
        at_most(0, 500)
