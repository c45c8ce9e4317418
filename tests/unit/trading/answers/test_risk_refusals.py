"""What refusals by limits of an account's tier say: the limit that held, and when there is room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.enumerations import OrderType, Side
from cse.engine import wire
from cse.engine.models import RiskNow
from cse.trading.answers.refusals import refusal
from cse.trading.answers.risk_refusals import risk_refusal
from tests.unit.trading.answers.test_refusals import amend, order
from tests.unit.trading.small_exchange import CRT

NOW_US = 25_000_000
LIMITS = wire.RiskLimitsState(CRT.id, 0, 10, 5_000, 9_000, 0, 4, 0, 0, 0, 0, 0)


def counted(*notionals: tuple[int, int]) -> list[wire.RiskCountsState]:
    """What was counted in stretches."""
    return [wire.RiskCountsState(CRT.id, 7, stretch, units, 0, 0, 0, 0, 0) for stretch, units in notionals]


def said(code: Code, risk: RiskNow, market: Any = CRT, sent: Any = None) -> dict[str, str | int]:
    sent = sent or [order()]
    return risk_refusal(refusal(code.number, market, sent), market, risk, sent, NOW_US).details


def test_the_limit_is_that_of_the_account() -> None:
    now = RiskNow(LIMITS, [])
    quote = CRT.quote
    assert said(codes.ABOVE_ACCOUNT_QUANTITY, now)["limit"] == CRT.format_quantity(10)
    assert said(codes.ABOVE_ACCOUNT_NOTIONAL, now)["limit"] == f"{quote.format(5_000)} {quote.symbol}"
    assert said(codes.NOTIONAL_RATE_REACHED, now)["limit"] == f"{quote.format(9_000)} {quote.symbol}"


@pytest.mark.parametrize(("of_market", "limit"), [(0, "4"), (3, "3"), (9, "4")])
def test_of_open_orders_the_lower_one_of_market_and_account(of_market: int, limit: str) -> None:
    market = replace(CRT, max_open_orders=of_market)
    assert said(codes.TOO_MANY_OPEN_ORDERS, RiskNow(LIMITS, []), market)["limit"] == limit
    assert said(codes.TOO_MANY_OPEN_ORDERS, RiskNow(None, []), market)["limit"] == str(of_market)


def test_the_sentence_is_whole_without_the_limits() -> None:
    for code in (codes.ABOVE_ACCOUNT_QUANTITY, codes.ABOVE_ACCOUNT_NOTIONAL, codes.NOTIONAL_RATE_REACHED):
        refused = refusal(code.number, CRT, [order()])
        assert "{" not in str(risk_refusal(refused, CRT, RiskNow(None, []), [order()], NOW_US))


@pytest.mark.parametrize(
    ("needed", "when", "seconds"),
    [
        (101, "when it is smaller", 70),
        (100, "from 1970-01-01T00:01:30.000000Z on", 65),
        (40, "from 1970-01-01T00:01:30.000000Z on", 65),
        (39, "from 1970-01-01T00:01:10.000000Z on", 45),
    ],
)
def test_there_is_room_when_enough_has_left_the_minute(needed: int, when: str, seconds: int) -> None:
    """60 of 100 were asked for in the first ten seconds, 61 in the third: each is free 70 seconds later."""
    risk = RiskNow(LIMITS._replace(max_notional_per_minute=100), counted((0, 60), (2, 61)))
    buys = [order(order_type=OrderType.MARKET, price=0, quantity=0, quote_amount=needed)]
    details = said(codes.NOTIONAL_RATE_REACHED, risk, sent=buys)
    assert (details["when"], details["seconds"], details["field"]) == (when, seconds, "quote_amount")


def test_an_order_without_a_price_of_its_own_is_measured_at_the_last_price() -> None:
    market = replace(CRT, last_price=3)
    needed = 3 * 50 * CRT.tick_lot_units
    limits = LIMITS._replace(max_notional_per_minute=needed)
    at_market = [order(order_type=OrderType.MARKET, price=0)]
    when = said(codes.NOTIONAL_RATE_REACHED, RiskNow(limits, counted((0, 1))), market, at_market)["when"]
    assert when == "from 1970-01-01T00:01:10.000000Z on"
    more = [at_market[0]._replace(quantity=51)]
    assert (
        said(codes.NOTIONAL_RATE_REACHED, RiskNow(limits, []), market, more)["when"] == "when it is smaller"
    )


def test_a_sell_below_the_market_is_measured_at_the_last_price_too() -> None:
    market = replace(CRT, last_price=3)
    limits = LIMITS._replace(max_notional_per_minute=3 * 50 * CRT.tick_lot_units)
    for quantity, when in ((50, "from 1970-01-01T00:01:10.000000Z on"), (51, "when it is smaller")):
        cheap = [order(side=Side.SELL, price=1, quantity=quantity)]
        details = said(codes.NOTIONAL_RATE_REACHED, RiskNow(limits, counted((0, 1))), market, cheap)
        assert details["when"] == when


def test_of_an_amendment_the_rise_is_not_known() -> None:
    details = said(
        codes.NOTIONAL_RATE_REACHED, RiskNow(LIMITS, counted((0, 9_000))), sent=[amend(quantity=9)]
    )
    assert (details["when"], details["seconds"]) == ("in 70 seconds at the latest", 70)
