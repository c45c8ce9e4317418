"""What a newcomer does first, over HTTP alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import httpx

from tests.e2e.person import Person
from tests.exchange import RunningExchange

MARKET = "LAB-USDC"


def test_a_person_signs_up_takes_money_places_looks_up_and_cancels(exchange: RunningExchange) -> None:
    with Person(exchange.url) as person:
        person.take("USDC", "1000")
        assert person.balances()["USDC"] == (Decimal(1000), Decimal(0))
        order = person.place(MARKET, "buy", "0.5", "100")["order"]
        assert (order["status"], order["remaining_quantity"]) == ("open", "100")
        assert person.order(order["id"])["status"] == "open"
        available, locked = person.balances()["USDC"]
        # At rest it holds the notional and its fee at the maker's rate.
        assert (available + locked, locked) == (Decimal(1000), Decimal("50.05"))
        bids = person.get(f"/api/orderbook/{MARKET}", depth="500")["bids"]
        assert "0.5000" in [price for price, _ in bids]
        cancelled = person.cancel(order["id"])
        assert (cancelled["status"], cancelled["close_reason"]) == ("cancelled", "cancelled")
        assert person.balances()["USDC"] == (Decimal(1000), Decimal(0))


def test_two_persons_trade_and_each_sees_the_fill_at_once(exchange: RunningExchange) -> None:
    with Person(exchange.url) as maker, Person(exchange.url) as taker:
        maker.take("LAB", "50")
        taker.take("USDC", "1000")
        resting = maker.place(MARKET, "sell", "2.5", "50")["order"]
        answer = taker.place(MARKET, "buy", "2.5", "50")
        assert answer["order"]["status"] == "filled"
        assert [(fill["price"], fill["quantity"]) for fill in answer["fills"]] == [("2.5", "50")]
        assert maker.order(resting["id"])["status"] == "filled"
        # The taker pays 2000 and the maker 1000 parts per million of 125.
        assert taker.balances()["USDC"] == (Decimal("874.75"), Decimal(0))
        assert taker.balances()["LAB"] == (Decimal(50), Decimal(0))
        assert maker.balances()["USDC"] == (Decimal("124.875"), Decimal(0))
        for person, order in ((maker, resting), (taker, answer["order"])):
            fills = person.get("/api/fills", market=MARKET)["items"]
            assert [fill["order_id"] for fill in fills] == [order["id"]]
        assert person.get("/api/trades", market=MARKET)["items"][0]["price"] == "2.5000"
        assert person.get(f"/api/ticker/{MARKET}")["last_price"] == "2.5000"


def test_the_curl_line_the_page_and_the_description_answer(exchange: RunningExchange) -> None:
    for path in ("/api/health", "/api/markets", "/api/openapi.json", "/api/asyncapi.json", "/api/docs"):
        assert httpx.get(exchange.url + path).status_code == 200, path
    assert f"curl -s {exchange.url}/api/markets" in exchange.output


def test_the_operator_lists_halts_credits_and_freezes(exchange: RunningExchange) -> None:
    with Person(exchange.url) as person:
        rules = ["--tick", "0.01", "--lot", "0.0001", "--min-notional", "1.00", "--max-open-orders", "0"]
        steps = [
            (["market", "create", "ETH-USDC", *rules], "ETH-USDC is listed"),
            (["credit", person.email, "USDC", "500.25"], "received 500.25 USDC"),
            (["asset", "create", "FERN", "--decimals", "2"], "FERN is listed"),
            (["credit", person.email, "FERN", "7.25"], "received 7.25 FERN"),
            (["market", "halt", "ETH-USDC"], "is halted"),
        ]
        for number, (line, said) in enumerate(steps):
            # The first as a program of its own.
            done = exchange.admin(*line) if number else exchange.run("admin", *line)
            assert (done.returncode, said in done.stdout) == (0, True), done.stdout + done.stderr
        assert person.balances()["USDC"] == (Decimal("500.25"), Decimal(0))
        assert person.balances()["FERN"] == (Decimal("7.25"), Decimal(0))
        order = {"market": "ETH-USDC", "side": "buy", "price": "100.00", "quantity": "1"}
        assert person.post_order(**order).json()["code"] == "market_halted"
        assert exchange.admin("market", "open", "ETH-USDC").returncode == 0
        why = ["--reason", "a stolen phone"]
        assert exchange.admin("account", "freeze", person.email, *why).returncode == 0
        assert person.post_order(**order).json()["code"] == "not_authenticated"
        assert exchange.admin("account", "unfreeze", person.email, *why).returncode == 0
        person.sign_in()
        assert person.post_order(**order).status_code == 201


def test_the_operator_is_told_what_was_wrong(exchange: RunningExchange) -> None:
    cases = [
        (["market", "create", "LAB-USDC", "--tick", "0.0001", "--lot", "0.01"], "symbol_taken"),
        (["market", "create", "NOPE-USDC", "--tick", "1", "--lot", "1"], "asset_unknown"),
        (["market", "halt", "NOPE-USDC"], "market_unknown"),
        (["credit", "nobody@example.com", "USDC", "1"], "account_unknown"),
        (["credit", "nobody@example.com", "USDC", "0.0000001"], "too_many_decimals"),
        (["asset", "create", "lower", "--decimals", "6"], "invalid_symbol"),
    ]
    for line, code in cases:
        done = exchange.admin(*line)
        assert (done.returncode, code in done.stderr) == (1, True), done.stderr


def test_without_the_demo_nothing_of_it_is_listed(start_exchange: Callable[..., RunningExchange]) -> None:
    exchange = start_exchange(up=["--no-demo"])
    with httpx.Client(base_url=exchange.url, timeout=60) as client:
        assets = client.get("/api/assets").json()["items"]
        assert [asset["asset"] for asset in assets] == ["USDC", "BTC", "ETH", "SOL"]
        assert client.get("/api/markets").json()["items"] == []
    listed = exchange.run(*"admin market create BTC-USDC --tick 0.01 --lot 0.0001".split())
    assert listed.returncode == 0, listed.stderr
