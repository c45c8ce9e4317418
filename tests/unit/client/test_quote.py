"""A quote is what the exchange will do: worked out by hand, and as the core did it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from cse_client.market import Market
from cse_client.models import MarketFees
from cse_client.quote import Available, DraftOrder, Quote, order_request, quantity_for_percent, quote
from tests.unit.client import vectors

BY_HAND = vectors.read("quote.json")
OF_CORE = vectors.read("quote_core.json")
MARKET = vectors.market_of(BY_HAND["market"], BY_HAND["assets"])
MARKETS = {view["market"]: vectors.market_of(view, OF_CORE["assets"]) for view in OF_CORE["markets"]}


def quoted(case: dict[str, Any], market: Market) -> Quote:
    return quote(
        vectors.draft_of(case["order"], market),
        vectors.book_of(case["book"], market),
        market,
        vectors.available_of(case["available"], market),
        market.parse_price(case["indicative"]) if "indicative" in case else None,
    )


def shown(found: Quote) -> dict[str, int]:
    """Quantities and amounts that both kinds of cases have, in units."""
    return {
        "filled": found.filled,
        "rests": found.rests,
        "expires": found.expires,
        "notional": found.notional,
        "taker_fee": found.fee.taker,
        "maker_fee": found.fee.maker,
        "total": found.total,
    }


def expected(case: dict[str, Any], market: Market) -> dict[str, int]:
    lots = {name: market.parse_quantity(case[name]) for name in ("filled", "rests", "expires")}
    amounts = ("notional", "taker_fee", "maker_fee", "total")
    return lots | {name: market.parse_quote(case[name]) for name in amounts}


def average_units(text: str | None, market: Market) -> int | None:
    """An average price in 10^-18, whatever zeros stand at its end."""
    return None if text is None else int(text.replace(".", "").ljust(40, "0"))


@pytest.mark.parametrize("case", BY_HAND["cases"], ids=lambda case: case["name"])
def test_quotes_worked_out_by_hand(case: dict[str, Any]) -> None:
    status = case.get("status", "open")
    market = replace(MARKET, is_open=status == "open", in_auction=status == "auction")
    found, wanted = quoted(case, market), case["expect"]
    assert [[problem.code, problem.severity] for problem in found.problems] == wanted["problems"]
    if "filled" not in wanted:
        return
    assert shown(found) == expected(wanted, market)
    assert found.resting_notional == market.parse_quote(wanted["resting_notional"])
    assert found.creator_fee == market.parse_quote(wanted["creator_fee"])
    fills = [(market.parse_price(price), market.parse_quantity(lots)) for price, lots in wanted["fills"]]
    assert list(found.fills) == fills
    assert found.worst_price == (fills[-1][0] if fills else None)
    assert (found.average_price or "").rstrip("0") == (wanted["average_price"] or "")
    effect = wanted["price_effect_ppm"]
    assert found.price_effect_ppm == (None if effect is None else int(effect))
    parse = market.parse_base if wanted["hold"]["asset"] == market.base else market.parse_quote
    assert (found.hold.asset, found.hold.amount) == (wanted["hold"]["asset"], parse(wanted["hold"]["amount"]))
    assert found.balance_after == vectors.available_of(wanted["balance_after"], market)
    guards = {name: int(said) if isinstance(said, str) else said for name, said in wanted["guards"].items()}
    assert asdict(found.guards) == guards


@pytest.mark.parametrize("name", MARKETS)
def test_quotes_are_what_the_core_did(name: str) -> None:
    market = MARKETS[name]
    cases = [case for case in OF_CORE["cases"] if case["market"] == name]
    assert len(cases) > 40
    for case in cases:
        fees = case["fees"]
        of_account = market if fees is None else market.with_fees(MarketFees(**fees))
        found, wanted = quoted(case, of_account), case["expect"]
        errors = [problem.code for problem in found.problems if problem.severity == "error"]
        if "refused" in wanted:
            assert errors[:1] == [wanted["refused"]], case
            continue
        assert errors == [], case
        assert shown(found) == expected(wanted, market), case
        average = wanted["average_price"]
        assert average_units(found.average_price, market) == average_units(average, market), case
        assert found.balance_after == vectors.available_of(wanted["balance_after"], market), case


def test_fees_are_taken_from_their_own_market_alone() -> None:
    fees = MarketFees(market="ODD-USDC", maker_fee_ppm=0, taker_fee_ppm=0, promotion_ends_at=None)
    with pytest.raises(ValueError, match="ODD-USDC"):
        MARKETS["FINE-USDC"].with_fees(fees)


@pytest.mark.parametrize("case", BY_HAND["percents"], ids=str)
def test_parts_of_the_balance(case: dict[str, Any]) -> None:
    price = None if case["price"] is None else MARKET.parse_price(case["price"])
    book = vectors.book_of(BY_HAND["book"], MARKET)
    available = vectors.available_of(case["available"], MARKET)
    lots = quantity_for_percent(
        case["basis_points"], case["side"], case["type"], price, book, MARKET, available
    )
    assert lots == MARKET.parse_quantity(case["quantity"])


def test_all_of_the_balance_is_never_too_much() -> None:
    empty = vectors.book_of({"bids": [], "asks": []}, MARKET)
    for name, market in MARKETS.items():
        for quote_units in (10_000_000, 10_000_001, 99_999_999):
            available = Available(0, quote_units)
            lots = quantity_for_percent(10_000, "buy", "limit", 100, None, market, available)
            order = DraftOrder("buy", "limit", price=100, quantity=lots)
            assert lots > 0, name
            assert quote(order, empty, market, available).problems == (), (name, quote_units)


def test_a_draft_becomes_the_request_that_it_shows() -> None:
    draft = DraftOrder("buy", "limit", price=19_990, quantity=1_000, post_only=True)
    request = order_request(draft, MARKET, "mine")
    assert (request.price, request.quantity, request.time_in_force) == ("1.9990", "10.00", "gtc")
    assert (request.post_only, request.client_order_id) == (True, "mine")
    spending = order_request(DraftOrder("buy", "market", quote_amount=5_000_000), MARKET)
    assert (spending.quote_amount, spending.quantity, spending.price) == ("5.000000", None, None)


@pytest.mark.parametrize(
    "draft",
    [
        DraftOrder("buy", "limit", quantity=1),
        DraftOrder("buy", "limit", price=1),
        DraftOrder("buy", "market"),
        DraftOrder("buy", "market", quantity=1, quote_amount=1),
    ],
)
def test_a_draft_without_its_numbers_is_no_request(draft: DraftOrder) -> None:
    with pytest.raises(ValueError, match="order has"):
        order_request(draft, MARKET)
