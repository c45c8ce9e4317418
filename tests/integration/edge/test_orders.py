"""Orders over HTTP: placed, repeated, looked up, filled, cancelled, whichever edge answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import httpx
import pytest

from tests.exchange import RunningExchange
from tests.people import Person, problem, without_revision

pytestmark = pytest.mark.usefixtures("quiet")


def test_an_order_rests_trades_and_is_found(trader: Person, other: Person) -> None:
    placed = trader.limit("sell", "2", "10", client_order_id="resting")
    order = placed["order"]
    assert (order["status"], order["remaining_quantity"], order["average_price"]) == ("open", "10", None)
    assert placed["fills"] == []
    assert trader.balances()["LAB"] == ("99990", "10")

    bought = other.limit("buy", "2.5", "4")
    assert (bought["order"]["status"], bought["order"]["close_reason"]) == ("filled", "filled")
    assert bought["order"]["average_price"] == "2"
    (fill,) = bought["fills"]
    assert (fill["price"], fill["quantity"], fill["notional"]) == ("2", "4", "8")
    assert (fill["liquidity"], fill["fee"], fill["fee_asset"]) == ("taker", "0.016", "USDC")

    found = trader.get(f"/api/orders/{order['id']}")["order"]
    assert (found["status"], found["filled_quantity"], found["fee"]) == ("open", "4", "0.008")
    assert trader.get("/api/orders/by-client-id/resting")["order"] == found
    (made,) = trader.get("/api/fills")["items"]
    assert (made["trade_id"], made["side"], made["liquidity"]) == (fill["trade_id"], "sell", "maker")
    (trade,) = trader.get("/api/trades", market="LAB-USDC", limit=1)["items"]
    assert (trade["trade_id"], trade["side"]) == (fill["trade_id"], "buy")
    assert trader.get("/api/ticker/LAB-USDC")["last_price"] == "2.0000"
    assert trader.get("/api/orderbook/LAB-USDC")["asks"][0] == ["2.0000", "6.00"]

    cancelled = trader.send("DELETE", f"/api/orders/{order['id']}").json()["order"]
    assert (cancelled["status"], cancelled["filled_quantity"]) == ("cancelled", "4")
    assert trader.balances()["LAB"] == ("99996", "0")


def test_ones_own_order_is_found_at_once_on_every_edge(exchange: RunningExchange, trader: Person) -> None:
    # A new connection each time, so that both edges answer.
    for _ in range(20):
        order = trader.limit("buy", "0.01", "100")["order"]
        with httpx.Client(base_url=exchange.url, headers=trader.headers) as another:
            assert another.get(f"/api/orders/{order['id']}").json()["order"]["status"] == "open"
            assert another.delete(f"/api/orders/{order['id']}").json()["order"]["status"] == "cancelled"
        assert trader.get(f"/api/orders/{order['id']}")["order"]["status"] == "cancelled"


def test_a_repeat_gets_the_first_answer_and_has_no_effect(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "5")
    body = {
        "market": "LAB-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "8",
        "client_order_id": "once",
    }  # fmt: skip
    first = trader.place(**body)
    assert first.status_code == 201
    assert len(first.json()["fills"]) == 1
    before = trader.state()
    # Another spelling of the same amounts is the same content.
    for again in (body, body | {"price": "1.00", "quantity": "8.0"}):
        repeated = trader.place(**again)
        assert (repeated.status_code, repeated.json()) == (200, first.json())
    for different in ({"price": "1.1"}, {"quantity": "9"}, {"side": "sell"}, {"post_only": True}):
        assert problem(trader.place(**(body | different))) == (409, "client_order_id_conflict")
    assert trader.state() == before
    # The id is the trader's own: another's is another.
    assert other.place(**body | {"price": "0.5"}).status_code == 201


def test_fifty_repeats_at_once_place_one_order(trader: Person) -> None:
    body = {
        "market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "100",
        "client_order_id": "parallel",
    }  # fmt: skip
    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(lambda _: trader.place(**body), range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert len({answer.text for answer in answers}) == 1
    assert len(trader.get("/api/orders")["items"]) == 1


def test_fifty_orders_at_once_cannot_spend_the_same_money(
    exchange: RunningExchange, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    person.fund("USDC", "10.011")

    def buy(_: int) -> httpx.Response:
        with httpx.Client(base_url=exchange.url, headers=person.headers, timeout=60) as client:
            order = {
                "market": "LAB-USDC",
                "side": "buy",
                "type": "limit",
                "price": "0.5",
                "quantity": "19.98",
            }
            return client.post("/api/orders", json=order)

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(buy, range(50)))
    accepted = [answer for answer in answers if answer.status_code == 201]
    refused = [problem(answer) for answer in answers if answer.status_code != 201]
    assert len(accepted) == 1
    assert refused == [(422, "insufficient_funds")] * 49
    assert sum(float(part) for part in person.balances()["USDC"]) == pytest.approx(10.011)
    person.send("DELETE", "/api/orders")
    assert person.balances()["USDC"] == ("10.011", "0")


@pytest.mark.parametrize(("price", "quantity"), [("0.5000", "10.10"), ("00.5", "10.1"), ("0.5", "10.100")])
def test_zeros_at_the_ends_are_no_decimals(trader: Person, price: str, quantity: str) -> None:
    order = trader.limit("buy", price, quantity)["order"]
    assert (order["price"], order["quantity"]) == ("0.5", "10.1")


def test_a_balance_is_sold_to_its_last_unit(new_person: Callable[[], Person], other: Person) -> None:
    seller = new_person()
    seller.fund("LAB", "2250.43")
    other.limit("buy", "1", "3000")
    sold = seller.place(market="LAB-USDC", side="sell", type="market", quantity="2250.43").json()
    assert sold["order"]["status"] == "filled"
    # A balance of nothing is not listed.
    assert "LAB" not in seller.balances()


def test_market_orders_by_quote_amount(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "100")
    bought = trader.place(market="LAB-USDC", side="buy", type="market", quote_amount="10").json()
    order = bought["order"]
    assert (order["quantity"], order["remaining_quantity"], order["quote_amount"]) == (None, None, "10")
    assert order["status"] == "filled"
    assert float(order["filled_notional"]) + float(order["fee"]) <= 10


def test_time_in_force(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "5")
    killed = trader.limit("buy", "1", "6", time_in_force="fok")
    assert (killed["order"]["status"], killed["order"]["close_reason"]) == ("expired", "killed")
    assert killed["fills"] == []
    part = trader.limit("buy", "1", "6", time_in_force="ioc")["order"]
    assert (part["status"], part["close_reason"], part["filled_quantity"]) == ("expired", "expired", "5")
    assert part["remaining_quantity"] == "1"


def test_ones_own_orders_do_not_trade(trader: Person) -> None:
    trader.limit("sell", "1", "5")
    met = trader.limit("buy", "1", "5")["order"]
    assert (met["status"], met["close_reason"], met["filled_quantity"]) == ("expired", "self_trade", "0")
    body = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "5"}
    assert problem(trader.place(**body, post_only=True)) == (422, "post_only_would_take")


def test_orders_are_amended(trader: Person, other: Person) -> None:
    placed = trader.limit("sell", "1", "5")["order"]
    path = f"/api/orders/{placed['id']}"
    amended = trader.send("PATCH", path, json={"price": "1.1", "quantity": "4"}).json()["order"]
    assert (amended["id"], amended["price"], amended["quantity"]) == (placed["id"], "1.1", "4")
    other.limit("buy", "1.1", "3")
    assert problem(trader.send("PATCH", path, json={"quantity": "3"})) == (409, "amend_below_filled")
    assert problem(other.send("PATCH", path, json={"quantity": "9"})) == (404, "order_unknown")
    assert problem(trader.send("PATCH", path, json={})) == (400, "nothing_to_amend")
    other.limit("buy", "1.1", "1")
    assert problem(trader.send("PATCH", path, json={"quantity": "9"})) == (409, "order_not_open")
    closed = trader.send("GET", path).json()["order"]
    assert (closed["status"], closed["price"], closed["quantity"]) == ("filled", "1.1", "4")


def test_orders_are_replaced(trader: Person) -> None:
    first = trader.limit("sell", "1", "5")["order"]["id"]
    order = {"market": "LAB-USDC", "side": "sell", "type": "limit", "price": "1.2", "quantity": "6"}
    body = {"cancel_order": first, "order": order | {"client_order_id": "second"}}
    answered = trader.send("POST", "/api/orders/replace", json=body)
    replaced = answered.json()
    assert answered.status_code == 201
    assert (replaced["cancelled"], replaced["cancel_refusal"]) == (first, None)
    assert replaced["placed"]["order"]["price"] == "1.2"
    again = trader.send("POST", "/api/orders/replace", json=body)
    assert (again.status_code, again.json()) == (200, replaced)
    sent_alone = trader.place(**order, client_order_id="second").json()
    assert sent_alone == replaced["placed"]
    gone = {"cancel_order": first, "order": order}
    refused = trader.send("POST", "/api/orders/replace", json=gone)
    assert problem(refused) == (409, "order_not_open")
    allowed = trader.send("POST", "/api/orders/replace", json=gone | {"mode": "allow_failure"}).json()
    assert (allowed["cancelled"], allowed["cancel_refusal"]) == (None, "order_not_open")
    assert allowed["placed"]["order"]["status"] == "open"


def test_an_order_waits_until_a_trade_fires_it(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "1")
    trader.limit("buy", "1", "1")
    stop = {"market": "LAB-USDC", "side": "sell", "type": "stop_limit", "price": "0.5", "quantity": "3"}
    assert problem(trader.place(**stop, stop_price="1")) == (409, "would_trigger")
    placed = trader.place(**stop, stop_price="0.8").json()["order"]
    assert (placed["status"], placed["trigger"], placed["stop_price"]) == ("open", "waiting", "0.8")
    assert trader.balances()["LAB"][1] == "3"
    path = f"/api/orders/{placed['id']}"
    amended = trader.send("PATCH", path, json={"stop_price": "0.9"}).json()["order"]
    assert (amended["stop_price"], amended["trigger"]) == ("0.9", "waiting")
    other.limit("buy", "0.9", "2")
    trader.limit("sell", "0.9", "2")
    fired = trader.get(path)["order"]
    assert (fired["status"], fired["type"], fired["trigger"]) == ("open", "limit", None)
    assert fired["triggered_at"] > fired["created_at"]
    (listed,) = trader.get("/api/orders", market="LAB-USDC")["items"]
    assert listed == fired
    closed = trader.send("DELETE", path).json()["order"]
    assert (closed["status"], closed["type"], closed["stop_price"]) == ("cancelled", "stop_limit", "0.9")
    assert closed["triggered_at"] == fired["triggered_at"]


def test_orders_of_a_list_close_each_other(trader: Person, other: Person) -> None:
    limit = {"market": "LAB-USDC", "side": "sell", "type": "limit", "price": "1.5", "quantity": "2"}
    stop = {"market": "LAB-USDC", "side": "sell", "type": "trailing_stop", "quantity": "2"}
    body = {
        "kind": "oco",
        "orders": [limit | {"client_order_id": "oco"}, stop | {"trailing_percent": "10"}],
    }
    placed = trader.send("POST", "/api/orders/list", json=body)
    assert placed.status_code == 201
    first, second = placed.json()["orders"]
    assert (first["trigger"], second["trigger"], second["trailing_percent"]) == (None, "waiting", "10")
    again = trader.send("POST", "/api/orders/list", json=body)
    assert (again.status_code, again.json()) == (200, placed.json())
    assert [order["list_id"] for order in (first, second)] == [first["id"]] * 2
    listed = trader.get("/api/orders", market="LAB-USDC")["items"]
    assert [order["list_id"] for order in listed] == [first["id"]] * 2
    assert trader.balances()["LAB"][1] == "2"
    assert trader.get(f"/api/orders/{first['id']}")["linked_order_ids"] == [second["id"]]
    assert trader.get("/api/orders/by-client-id/oco")["linked_order_ids"] == [second["id"]]
    assert problem(trader.send("PATCH", f"/api/orders/{first['id']}", json={"quantity": "1"})) == (
        409,
        "order_is_linked",
    )
    other.limit("buy", "1.5", "1")
    assert trader.get(f"/api/orders/{first['id']}")["linked_order_ids"] == []
    assert trader.get(f"/api/orders/{first['id']}")["order"]["list_id"] == first["id"]
    closed = trader.get(f"/api/orders/{second['id']}")["order"]
    assert (closed["list_id"], closed["triggered_at"]) == (first["id"], None)
    assert (closed["status"], closed["close_reason"], closed["trigger"]) == ("cancelled", "linked", None)
    wrong = body | {"orders": [limit, stop | {"trailing_percent": "10", "quantity": "1"}]}
    assert problem(trader.send("POST", "/api/orders/list", json=wrong)) == (400, "invalid_order_list")


def test_a_stop_that_was_amended_closes_as_it_was_then(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "1")
    trader.limit("buy", "1", "1")
    placed = trader.place(market="LAB-USDC", side="sell", type="stop_loss", stop_price="0.03", quantity="4")
    address = f"/api/orders/{placed.json()['order']['id']}"
    amended = trader.send("PATCH", address, json={"stop_price": "0.02"}).json()["order"]
    assert (amended["stop_price"], amended["trigger"]) == ("0.02", "waiting")
    cancelled = trader.send("DELETE", address).json()["order"]
    # At once, while PostgreSQL may not have it yet, and afterwards.
    assert (cancelled["status"], cancelled["stop_price"]) == ("cancelled", "0.02")
    assert trader.get(address)["order"] == cancelled
    assert trader.get("/api/orders", status="closed")["items"][0] == cancelled


def test_a_cancel_timer_is_set_shown_and_taken_away(trader: Person) -> None:
    address = "/api/orders/cancel-after"
    assert trader.get(address)["fires_at"] is None
    fires_at = trader.send("POST", address, json={"timeout_ms": 3_600_000}).json()["fires_at"]
    assert trader.get(address)["fires_at"] == fires_at
    trader.send("POST", address, json={"timeout_ms": 0})
    assert trader.get(address)["fires_at"] is None


def test_an_iceberg_shows_a_part_of_itself(trader: Person, other: Person) -> None:
    shown = trader.limit("sell", "1.77", "5", display_quantity="2")["order"]
    assert (shown["quantity"], shown["display_quantity"]) == ("5", "2")
    asks = other.send("GET", "/api/orderbook/LAB-USDC").json()["asks"]
    assert [quantity for price, quantity in asks if price == "1.7700"] == ["2.00"]


def test_cancels_of_what_is_not_open(trader: Person, other: Person) -> None:
    filled = trader.limit("sell", "1", "5", client_order_id="mine")["order"]["id"]
    other.limit("buy", "1", "5")
    unknown = "1000000007"
    assert problem(trader.send("DELETE", f"/api/orders/{filled}")) == (409, "order_not_open")
    assert problem(trader.send("DELETE", "/api/orders/by-client-id/mine")) == (409, "order_not_open")
    # Whose an order is that is not one's own is never told: the answer is that for none at all.
    theirs = other.send("DELETE", f"/api/orders/{filled}").json()
    none = other.send("DELETE", f"/api/orders/{unknown}").json()
    assert {**theirs, "instance": ""} == {**none, "instance": ""}
    assert (none["status"], none["code"]) == (404, "order_unknown")


def test_cancel_all_counts(trader: Person) -> None:
    for price in ("0.01", "0.02", "0.03"):
        trader.limit("buy", price, "100")
    trader.limit("sell", "9", "1")
    assert trader.send("DELETE", "/api/orders?market=LAB-USDC&side=sell").json()["cancelled"] == 1
    assert trader.send("DELETE", "/api/orders?market=LAB-USDC").json()["cancelled"] == 3
    assert trader.send("DELETE", "/api/orders").json()["cancelled"] == 0
    assert set(trader.balances().values()) == {("100000", "0")}


def test_lists_page_without_gap_or_repeat(trader: Person, other: Person) -> None:
    for number in range(7):
        trader.limit("sell", "1", "1", client_order_id=f"filled-{number}")
        other.limit("buy", "1", "1")
    for number in range(6):
        trader.limit("buy", "0.01", str(100 + number))
    for path, status, count in (
        ("/api/orders", "open", 6), ("/api/orders", "closed", 7), ("/api/orders", "all", 13), ("/api/fills", "", 7),
    ):  # fmt: skip
        for limit in (1, 3, 6, 500):
            parameters = {"limit": limit} | ({"status": status} if status else {})
            ids, cursor = [], None
            while True:
                page = trader.get(path, **parameters, **({"cursor": cursor} if cursor else {}))
                assert len(page["items"]) <= limit
                ids += [item.get("id") or item["trade_id"] for item in page["items"]]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            assert len(ids) == len(set(ids)) == count, (path, status, limit)
    newest_first = [int(item["trade_id"]) for item in trader.get("/api/fills")["items"]]
    assert newest_first == sorted(newest_first, reverse=True)


def test_what_belongs_to_another_is_not_there(trader: Person, other: Person) -> None:
    order = trader.limit("buy", "0.01", "100", client_order_id="hidden")["order"]["id"]
    for method in ("GET", "DELETE"):
        for path in (f"/api/orders/{order}", "/api/orders/by-client-id/hidden"):
            assert problem(other.send(method, path)) == (404, "order_unknown")
    assert other.get("/api/orders", status="all")["items"] == []
    assert other.send("DELETE", "/api/orders").json()["cancelled"] == 0
    account = trader.signed_in["account"]
    refused = other.place(
        market="LAB-USDC", side="buy", type="limit", price="1", quantity="1", account=account
    )
    assert problem(refused) == (404, "account_unknown")
    assert trader.get(f"/api/orders/{order}")["order"]["status"] == "open"


def test_an_order_is_found_and_cancelled_by_every_client_order_id_there_may_be(
    new_person: Callable[[], Person],
) -> None:
    trader = new_person()
    trader.fund("USDC", "10")
    for client_order_id in ("desk/1", "/a//b/", "a.b:c_d-e"):
        placed = trader.limit("buy", "0.01", "100", client_order_id=client_order_id)
        path = f"/api/orders/by-client-id/{quote(client_order_id, safe='')}"
        found = trader.get(path)["order"]
        assert without_revision(found) == without_revision(placed["order"])
        # The answer to a placement is from before anything else that its command did.
        assert int(placed["order"]["revision"]) < int(placed["sequence"]) <= int(found["revision"])
        assert trader.send("DELETE", path).json()["order"]["status"] == "cancelled"


ORDER = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "8"}


def test_a_test_places_nothing_and_tells_the_rates(trader: Person, other: Person) -> None:
    other.limit("sell", "1", "5")
    before = trader.state()
    answer = trader.send("POST", "/api/orders/test", json=ORDER | {"client_order_id": "mine"})
    assert answer.status_code == 200
    (fees,) = (one for one in trader.get("/api/fees")["items"] if one["market"] == "LAB-USDC")
    assert answer.json() == fees
    assert trader.state() == before
    # The name is free as before.
    assert trader.place(**ORDER, client_order_id="mine").status_code == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"market": "NOPE-USDC"},
        {"side": "both"},
        {"type": "limits"},
        {"price": "1.00005"},
        {"price": "0"},
        {"price": None},
        {"quantity": "0.001"},
        {"quantity": "-1"},
        {"quote_amount": "5"},
        {"time_in_force": "gtd"},
        {"type": "stop_loss", "price": None},
        {"type": "market", "price": None, "post_only": True},
    ],
    ids=str,
)
def test_a_test_is_refused_as_the_order_would_be(trader: Person, changes: dict[str, object]) -> None:
    body = {name: value for name, value in (ORDER | changes).items() if value is not None}
    tested, placed = (
        problem(trader.send("POST", path, json=body)) for path in ("/api/orders/test", "/api/orders")
    )
    assert tested == placed
