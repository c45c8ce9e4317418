"""A refusal of the core names the field at fault, and what the market's rules of then ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.enumerations import MarketStatus, OrderType, Side, TimeInForce
from cse.domain.limits import FLAG_POST_ONLY
from cse.engine import wire
from cse.runtime.http.problem import problem_headers
from cse.trading.answers.refusals import refusal
from tests.unit.trading.small_exchange import CRT

LIMIT = wire.PlaceOrder(7, 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 0, 0, 1_000, 50, 0, 0, 0, 0, 0, "")


def order(**fields: Any) -> wire.PlaceOrder:
    return LIMIT._replace(**fields)


def amend(**fields: Any) -> wire.AmendOrder:
    return wire.AmendOrder(7, 3, "", 0, 0, 0, 0)._replace(**fields)


STEPS = replace(CRT, price_increment=10, quantity_increment=10)
MARKET_ORDER = order(order_type=OrderType.MARKET, time_in_force=TimeInForce.IOC, price=0)


@pytest.mark.parametrize(
    ("code", "sent", "field"),
    [
        (codes.PRICE_OFF_TICK, [order(price=1_005)], "price"),
        (codes.PRICE_OFF_TICK, [order(stop_price=1_005)], "stop_price"),
        (codes.PRICE_OFF_TICK, [amend(stop_price=1_005)], "stop_price"),
        (codes.QUANTITY_OFF_LOT, [order(quantity=55)], "quantity"),
        (codes.QUANTITY_OFF_LOT, [order(display_quantity=5)], "display_quantity"),
        (codes.BELOW_MIN_NOTIONAL, [order()], "quantity"),
        (codes.BELOW_MIN_NOTIONAL, [order(quantity=0, quote_amount=5)], "quote_amount"),
        (codes.NOT_IN_AUCTION, [MARKET_ORDER], "type"),
        (codes.NOT_IN_AUCTION, [order(time_in_force=TimeInForce.IOC)], "time_in_force"),
        (codes.NOT_IN_AUCTION, [order(flags=FLAG_POST_ONLY)], "post_only"),
        (codes.NOT_IN_AUCTION, [order(), order()], "orders"),
    ],
)
def test_the_field_is_that_of_what_was_sent(code: Code, sent: list[Any], field: str) -> None:
    assert refusal(code.number, STEPS, sent).details["field"] == field


def test_an_auction_is_said_to_end_when_it_does() -> None:
    auction = replace(CRT, status=MarketStatus.AUCTION, auction_ends_at_us=1_893_456_000_000_000)
    refused = refusal(codes.NOT_IN_AUCTION.number, auction, [MARKET_ORDER])
    assert "an auction until 2030-01-01T00:00:00.000000Z." in refused.sentence
    assert refused.code.retryable
    open_end = refusal(codes.NOT_IN_AUCTION.number, replace(auction, auction_ends_at_us=0), [MARKET_ORDER])
    assert "an auction until it is ended." in open_end.sentence


@pytest.mark.parametrize(
    ("before_us", "seconds"), [(90_000_000, 90), (89_000_001, 90), (1, 1), (0, 1), (-5, 1)]
)
def test_who_is_refused_in_an_auction_hears_when_to_come_again(before_us: int, seconds: int) -> None:
    ends_at_us = 1_893_456_000_000_000
    auction = replace(CRT, status=MarketStatus.AUCTION, auction_ends_at_us=ends_at_us)
    refused = refusal(codes.NOT_IN_AUCTION.number, auction, [MARKET_ORDER], ends_at_us - before_us)
    assert dict(problem_headers(refused)) == {b"retry-after": b"%d" % seconds}


@pytest.mark.parametrize(
    ("sent", "asset"),
    [
        ([order()], CRT.quote.symbol),
        ([order(side=Side.SELL)], CRT.base.symbol),
        # Whose the order is does not stand in it.
        ([amend(price=9)], "balance"),
        ([], "balance"),
    ],
)
def test_of_what_there_is_too_little_is_named(sent: list[Any], asset: str) -> None:
    refused = refusal(codes.INSUFFICIENT_FUNDS.number, CRT, sent)
    assert refused.sentence == f"The available {asset} does not cover this."


def test_what_an_order_is_worth_is_in_units_of_the_quote() -> None:
    refused = refusal(
        codes.BELOW_MIN_NOTIONAL.number,
        replace(CRT, min_notional=CRT.quote.parse("2.5", field="")),
        [order()],
    )
    assert refused.sentence.endswith(f"minimum of 2.5 {CRT.quote.symbol}.")


@pytest.mark.parametrize(
    ("sent", "bound"),
    [
        (order(price=10_502), "at most 105.01"),
        (order(side=Side.SELL, price=9_500), "at least 95.01"),
        (amend(price=10_502), "at most 105.01"),
        # The last price is another by now.
        (order(price=10_000), "from 95.01 to 105.01"),
    ],
)
def test_a_band_is_said_where_it_ends(sent: wire.PlaceOrder | wire.AmendOrder, bound: str) -> None:
    banded = replace(CRT, price_band_ppm=50_000, last_price=10_001)
    assert refusal(codes.PRICE_OUTSIDE_BAND.number, banded, [sent]).sentence.endswith(f"it must be {bound}.")


# The core knows neither decimals nor days, and refuses with none of these.
NOT_OF_THE_CORE = (codes.FAUCET_LIMIT, codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT)
OF_THE_CORE = [code for code in codes.CODES if code.band in ("order", "funds", "market")]


@pytest.mark.parametrize("code", [code for code in OF_THE_CORE if code not in NOT_OF_THE_CORE])
def test_no_refusal_of_the_core_leaves_a_name_open(code: Code) -> None:
    assert "{" not in refusal(code.number, CRT).sentence
