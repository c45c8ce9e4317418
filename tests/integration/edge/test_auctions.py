"""A market's states, limits and auctions, as operators set them and traders meet them.

The market is CALL-USDC: tick 0.01, lot 0.001.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.exchange import RunningExchange
from tests.people import Person, problem

MARKET = "CALL-USDC"


@pytest.fixture(scope="module")
def market(exchange: RunningExchange) -> Iterator[RunningExchange]:
    """The market, which is created and not open yet."""
    admin(exchange, "asset", "create", "CALL", "--decimals", "6")
    admin(exchange, "market", "create", MARKET, "--tick", "0.01", "--lot", "0.001", "--created")
    yield exchange
    admin(exchange, "market", "cancel-orders", MARKET)
    admin(exchange, "market", "halt", MARKET)


@pytest.fixture(scope="module")
def buyer(new_person: Callable[[], Person]) -> Person:
    person = new_person()
    person.fund("USDC", "10000")
    return person


@pytest.fixture(scope="module")
def seller(market: RunningExchange, new_person: Callable[[], Person]) -> Person:
    person = new_person()
    admin(market, "credit", person.email, "CALL", "1000")
    return person


def admin(exchange: RunningExchange, *arguments: str) -> str:
    done = exchange.admin(*arguments)
    assert done.returncode == 0, done.stderr
    return str(done.stdout).strip()


def order(side: str, quantity: str, price: str, **fields: Any) -> dict[str, Any]:
    return {"market": MARKET, "side": side, "type": "limit", "price": price, "quantity": quantity} | fields


def test_a_market_opens_with_an_auction(market: RunningExchange, buyer: Person, seller: Person) -> None:
    assert problem(buyer.place(**order("buy", "1", "10"))) == (422, "market_halted")
    assert "is in auction" in admin(market, "market", "auction", MARKET)
    assert buyer.get(f"/api/markets/{MARKET}")["status"] == "auction"
    refused = buyer.place(**order("buy", "1", "10", time_in_force="ioc"))
    assert problem(refused) == (422, "not_in_auction")
    assert (refused.json()["field"], refused.json()["retryable"]) == ("time_in_force", True)
    placed = buyer.place(**order("buy", "3", "10.50")).json()
    assert (placed["order"]["status"], placed["fills"]) == ("open", [])
    assert seller.place(**order("sell", "2", "10")).status_code == 201
    auction = buyer.get(f"/api/markets/{MARKET}/auction")
    found = {name: auction[name] for name in ("price", "volume", "surplus", "surplus_side", "uncrossing")}
    assert found == {
        "price": "10.50",
        "volume": "2.000",
        "surplus": "1.000",
        "surplus_side": "buy",
        "uncrossing": False,
    }
    assert "is open" in admin(market, "market", "open", MARKET)
    refused_status = market.admin("market", "delist", MARKET)
    assert f"{MARKET} is open: from there it can be auction, halt" in str(refused_status.stderr)
    late = market.admin("market", "auction", MARKET, "--until", "2020-01-01T00:00:00Z")
    assert "is to end at 2020-01-01T00:00:00.000000Z, which is not ahead" in str(late.stderr)
    (fill,) = seller.get("/api/fills", market=MARKET)["items"]
    assert (fill["price"], fill["quantity"], fill["liquidity"]) == ("10.5", "2", "maker")
    (trade,) = buyer.get("/api/trades", market=MARKET)["items"]
    assert trade["auction"] is True
    assert buyer.get(f"/api/markets/{MARKET}/auction")["price"] is None


def test_limits_are_named_as_they_are_now(market: RunningExchange, buyer: Person) -> None:
    before = buyer.get(f"/api/markets/{MARKET}")
    admin(
        market, "market", "limits", MARKET, "--tick", "0.05", "--lot", "0.01", "--min-quantity", "0.5",
        "--max-notional", "100",
    )  # fmt: skip
    rules = buyer.get(f"/api/markets/{MARKET}")
    assert (rules["tick_size"], rules["price_unit"]) == ("0.05", "0.01")
    assert (rules["lot_size"], rules["quantity_unit"]) == ("0.01", "0.001")
    assert rules["max_quantity"] == before["max_quantity"]
    for placed, code, named in (
        (order("buy", "1", "1.02"), "price_off_tick", "0.05"),
        (order("buy", "1.001", "1"), "quantity_off_lot", "0.01"),
        (order("buy", "0.4", "1"), "below_min_quantity", "0.5"),
        (order("buy", "11", "10"), "above_max_notional", "100"),
    ):
        refused = buyer.place(**placed)
        assert problem(refused) == (422, code) or problem(refused) == (400, code)
        assert named in refused.json()["detail"]
    admin(
        market, "market", "limits", MARKET, "--tick", "0.01", "--lot", "0.001", "--min-quantity", "0",
        "--max-notional", "0",
    )  # fmt: skip
    assert buyer.get(f"/api/markets/{MARKET}") == before


def test_a_band_keeps_prices_near_and_an_interruption_calls_an_auction(
    market: RunningExchange, buyer: Person, seller: Person
) -> None:
    told = admin(market, "market", "band", MARKET.lower(), "--price-band-ppm", "100000")
    assert "within 100000 ppm of the last price, now 9.45 to 11.55;" in told
    missing = market.admin("market", "band", MARKET, "--interruption-ppm", "20000")
    assert "interruption_window_s is not valid: an interruption takes interruption_ppm" in str(missing.stderr)
    banded = buyer.get(f"/api/markets/{MARKET}")
    assert (banded["band_lowest_price"], banded["band_highest_price"]) == ("9.45", "11.55")
    beyond = buyer.place(**order("buy", "1", "12"))
    assert problem(beyond) == (422, "price_outside_band")
    assert beyond.json()["detail"].endswith("it must be at most 11.55.")
    admin(
        market, "market", "band", MARKET, "--price-band-ppm", "0", "--interruption-ppm", "10000",
        "--interruption-window-s", "3600", "--interruption-auction-s", "3600",
    )  # fmt: skip
    admin(market, "market", "cancel-orders", MARKET)
    assert seller.place(**order("sell", "1", "10.50")).status_code == 201
    assert seller.place(**order("sell", "1", "11")).status_code == 201
    body = {"market": MARKET, "side": "buy", "type": "market", "quantity": "2"}
    taken = buyer.place(**body).json()
    assert [fill["quantity"] for fill in taken["fills"]] == ["1"]
    assert (taken["order"]["status"], taken["order"]["close_reason"]) == ("expired", "expired")
    now = buyer.get(f"/api/markets/{MARKET}")
    assert now["status"] == "auction"
    assert now["auction_ends_at"] is not None
    admin(market, "market", "cancel-orders", MARKET)
    assert seller.get("/api/orders", market=MARKET)["items"] == []
    admin(market, "market", "band", MARKET, "--interruption-ppm", "0")
    assert "is open" in admin(market, "market", "open", MARKET)
