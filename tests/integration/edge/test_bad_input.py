"""What bad input gets: a stable code, a status, and a sentence that names field and limit.

Nothing changes by it. The market is LAB-USDC: tick 0.0001, lot 0.01, at least 1.00 an order, at most
100,000,000 LAB.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from tests.exchange import RunningExchange
from tests.people import Person, problem

LONG_PAST = "2020-01-01T00:00:00Z"
ORDER = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.5", "quantity": "100"}
MARKET_ORDER = {"market": "LAB-USDC", "side": "buy", "type": "market"}
LEFT_OUT = object()


@pytest.fixture(scope="module")
def person(new_person: Callable[[], Person]) -> Person:
    """One with 1,000 USDC, and an order in the book."""
    person = new_person()
    person.fund("USDC", "1000")
    person.limit("buy", "0.01", "100")
    return person


def twice(send: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """The answers to a request sent twice: the second may take the short way, on which its head is known."""
    return [send(), send()]


def changed(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in (ORDER | fields).items() if value is not LEFT_OUT}


NOT_DECIMALS = [
    "NaN", "sNaN", "nan", "Infinity", "-Infinity", "-0", "-1", "+1", "1_000", " 1", "1 ", "1.", ".5", ".",
    "1e-7", "1.7E-5", "9e-05", "0x10", "", "1,5", "1.2.3", "٣", "１", "½", "1\n", "\x001", "null",
    "9" * 5_000 + "x",
]  # fmt: skip
NOT_STRINGS = [0.1, 1, -1, 10**30, 1.7e-5, True, False, [], ["1"], {}, {"amount": "1"}]


@pytest.mark.parametrize("field", ["price", "quantity"])
@pytest.mark.parametrize("value", [*NOT_DECIMALS, *NOT_STRINGS], ids=lambda value: repr(value)[:20])
def test_only_decimal_strings_are_amounts(person: Person, field: str, value: Any) -> None:
    before = person.state()
    for response in twice(lambda: person.place(**changed(**{field: value}))):
        assert problem(response) == (400, "invalid_decimal")
        assert response.json()["field"] == field
        assert field in response.json()["detail"]
    assert person.state() == before


@pytest.mark.parametrize("value", ["9" * 31, "9" * 5_000, "0." + "1" * 31], ids=lambda value: value[:20])
def test_a_number_of_many_digits_is_a_number_out_of_range(person: Person, value: str) -> None:
    before = person.state()
    for field, codes in (
        ("price", ("price_out_of_range", "price_off_tick")),
        ("quantity", ("quantity_out_of_range", "quantity_off_lot")),
    ):
        for response in twice(partial(person.place, **changed(**{field: value}))):
            assert problem(response) == (400, codes["." in value])
            assert response.json()["field"] == field
    assert person.state() == before


@pytest.mark.parametrize(
    ("order", "status", "code", "field", "said"),
    [
        (changed(market="NOPE-USDC"), 404, "market_unknown", "market", ""),
        (changed(market="lab-usdc"), 404, "market_unknown", "market", ""),
        (changed(market=LEFT_OUT), 400, "missing_field", "market", "market"),
        (changed(market=7), 400, "invalid_field", "market", "market"),
        (changed(price="0.50005"), 400, "price_off_tick", "price", "0.0001"),
        (changed(price="0.30000000000000004"), 400, "price_off_tick", "price", "0.0001"),
        (changed(price="0"), 400, "price_out_of_range", "price", "109951162.7776"),
        (changed(price="0.0000"), 400, "price_out_of_range", "price", "109951162.7776"),
        (changed(price="109951162.7776"), 400, "price_out_of_range", "price", "109951162.7776"),
        (changed(price="1" + "0" * 29), 400, "price_out_of_range", "price", "109951162.7776"),
        (changed(price=None), 400, "missing_field", "price", "price"),
        (changed(price=LEFT_OUT), 400, "missing_field", "price", "price"),
        (changed(quantity="0.015"), 400, "quantity_off_lot", "quantity", "0.01"),
        (changed(quantity="100.001"), 400, "quantity_off_lot", "quantity", "0.01"),
        (changed(quantity="0.30000000000000004"), 400, "quantity_off_lot", "quantity", "0.01"),
        (changed(quantity="0"), 400, "quantity_out_of_range", "quantity", "100000000"),
        (changed(quantity="0.000"), 400, "quantity_out_of_range", "quantity", "100000000"),
        (changed(quantity="100000000.01"), 400, "quantity_out_of_range", "quantity", "100000000"),
        (changed(quantity="9" * 30), 400, "quantity_out_of_range", "quantity", "100000000"),
        (changed(quantity=None), 400, "missing_field", "quantity", "quantity"),
        (changed(price="0.01", quantity="99.99"), 422, "below_min_notional", "quantity", "minimum of 1"),
        (changed(quantity="2000000"), 422, "insufficient_funds", None, "available USDC"),
        (changed(side="sell"), 422, "insufficient_funds", None, "available LAB"),
        (changed(side="BUY"), 400, "invalid_side", "side", "side"),
        (changed(side="buy "), 400, "invalid_side", "side", "side"),
        (changed(side=None), 400, "invalid_field", "side", "side"),
        (changed(type="Limit"), 400, "order_type_unavailable", "type", ""),
        (changed(type="iceberg"), 400, "order_type_unavailable", "type", ""),
        (changed(type="stop_loss"), 400, "missing_field", "stop_price", ""),
        (changed(stop_price="1"), 400, "order_type_unavailable", "stop_price", ""),
        (changed(display_quantity="100.01"), 400, "invalid_display_quantity", "display_quantity", ""),
        (changed(display_quantity="0.001"), 400, "quantity_off_lot", "display_quantity", "0.01"),
        (
            changed(display_quantity="1", time_in_force="ioc"),
            400,
            "invalid_display_quantity",
            "display_quantity",
            "",
        ),
        (changed(trailing_delta="1"), 400, "order_type_unavailable", "trailing_delta", ""),
        (changed(expires_at=""), 400, "invalid_expiry", "expires_at", ""),
        (changed(expires_at=LONG_PAST, time_in_force="gtd"), 400, "invalid_expiry", "expires_at", ""),
        (changed(expires_at="soon", time_in_force="gtd"), 400, "invalid_field", "expires_at", ""),
        (changed(time_in_force="GTC"), 400, "invalid_time_in_force", "time_in_force", "gtc"),
        (changed(time_in_force="gtd"), 400, "missing_field", "expires_at", "expires_at"),
        (changed(reprice=True), 400, "post_only_not_allowed", "reprice", ""),
        (
            changed(self_trade_prevention="none"),
            400,
            "invalid_self_trade_prevention",
            "self_trade_prevention",
            "",
        ),
        (changed(post_only="true"), 400, "invalid_field", "post_only", "post_only"),
        (changed(post_only=True, time_in_force="ioc"), 400, "post_only_not_allowed", "post_only", ""),
        (changed(client_order_id=""), 400, "invalid_client_order_id", "client_order_id", "36"),
        (changed(client_order_id="x" * 37), 400, "invalid_client_order_id", "client_order_id", "36"),
        (changed(client_order_id="a b"), 400, "invalid_client_order_id", "client_order_id", "36"),
        (changed(client_order_id="é"), 400, "invalid_client_order_id", "client_order_id", "36"),
        (changed(client_order_id="a\x00b"), 400, "invalid_client_order_id", "client_order_id", "36"),
        (changed(account="1"), 404, "account_unknown", "account", ""),
        (changed(account="x"), 404, "account_unknown", "account", ""),
        (changed(account="99999999999999999999"), 404, "account_unknown", "account", ""),
        (changed(quote_amount="10"), 400, "quantity_or_quote_amount", "quote_amount", "quote_amount"),
        (changed(nonsense="1"), 400, "unknown_field", "nonsense", "nonsense"),
        (MARKET_ORDER, 400, "quantity_or_quote_amount", "quantity", "quote_amount"),
        (
            MARKET_ORDER | {"quantity": "1", "quote_amount": "1"},
            400,
            "quantity_or_quote_amount",
            "quantity",
            "",
        ),
        (MARKET_ORDER | {"quantity": "1", "price": "0.00001"}, 400, "price_off_tick", "price", "0.0001"),
        (
            MARKET_ORDER | {"quantity": "1", "display_quantity": "1"},
            400,
            "invalid_display_quantity",
            "display_quantity",
            "",
        ),
        (
            MARKET_ORDER | {"quantity": "1", "time_in_force": "gtc"},
            400,
            "invalid_time_in_force",
            "time_in_force",
            "",
        ),
        (MARKET_ORDER | {"quote_amount": "1.0000001"}, 400, "too_many_decimals", "quote_amount", "6"),
        (MARKET_ORDER | {"quote_amount": "0"}, 400, "number_out_of_range", "quote_amount", "above zero"),
        (MARKET_ORDER | {"quote_amount": "9" * 30}, 400, "number_out_of_range", "quote_amount", "at most"),
        (
            MARKET_ORDER | {"quote_amount": "0.999999"},
            422,
            "below_min_notional",
            "quote_amount",
            "minimum of 1",
        ),
        (MARKET_ORDER | {"quote_amount": 5}, 400, "invalid_decimal", "quote_amount", "quote_amount"),
    ],
    ids=lambda value: json.dumps(value)[-40:] if isinstance(value, dict) else "",
)
def test_a_refusal_names_code_field_and_limit(
    person: Person, order: dict[str, Any], status: int, code: str, field: str | None, said: str
) -> None:
    before = person.state()
    for response in twice(lambda: person.place(**order)):
        assert problem(response) == (status, code)
        found = response.json()
        assert found.get("field") == field
        assert said in found["detail"]
        assert (found["money"], found["type"]) == ("none", f"/api/docs#{code}")
    assert person.state() == before


BODY = json.dumps(ORDER).encode()
JSON = "application/json"


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"", JSON, 400, "malformed_json"),
        (b"{", JSON, 400, "malformed_json"),
        (b"[]", JSON, 400, "malformed_json"),
        (b"null", JSON, 400, "malformed_json"),
        (b"\xff", JSON, 400, "malformed_json"),
        (BODY + b"x", JSON, 400, "malformed_json"),
        (BODY[:-1] + b', "quantity": NaN}', JSON, 400, "malformed_json"),
        (BODY[:-1] + b', "quantity": 1e999}', JSON, 400, "invalid_decimal"),
        (BODY[:-1] + b', "quantity": "1"}', JSON, 400, "duplicate_field"),
        (BODY[:-1] + b', "qu\\u0061ntity": "100"}', JSON, 400, "duplicate_field"),
        (BODY[:-1] + b', "client_order_id": "\xff"}', JSON, 400, "malformed_json"),
        (BODY + b" " * 17_000, JSON, 413, "body_too_large"),
        (BODY, "text/plain", 415, "unsupported_media_type"),
        (BODY, "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (BODY, "", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_cannot_be_read(
    person: Person, content: bytes, content_type: str, status: int, code: str
) -> None:
    before = person.state()
    headers = {"Content-Type": content_type} if content_type else {}
    for response in twice(lambda: person.send("POST", "/api/orders", content=content, headers=headers)):
        assert problem(response) == (status, code)
    assert person.state() == before


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/orders/1000000007", 404, "order_unknown"),
        ("DELETE", "/api/orders/1000000007", 404, "order_unknown"),
        ("GET", "/api/orders/x", 404, "order_unknown"),
        ("DELETE", "/api/orders/-1", 404, "order_unknown"),
        ("DELETE", "/api/orders/0", 404, "order_unknown"),
        ("DELETE", "/api/orders/" + "9" * 400, 404, "order_unknown"),
        ("GET", "/api/orders/9007199254740992", 404, "order_unknown"),
        ("GET", "/api/orders/by-client-id/unheard-of", 404, "order_unknown"),
        ("DELETE", "/api/orders/by-client-id/unheard-of", 404, "order_unknown"),
        ("DELETE", "/api/orders/by-client-id/%20", 400, "invalid_client_order_id"),
        ("DELETE", "/api/orders?market=NOPE-USDC", 404, "market_unknown"),
        ("DELETE", "/api/orders?side=both", 400, "invalid_side"),
        ("DELETE", "/api/orders?all=true", 400, "unknown_field"),
        ("GET", "/api/orders?market=NOPE-USDC", 404, "market_unknown"),
        ("GET", "/api/orders?status=lost", 400, "invalid_field"),
        ("GET", "/api/orders?limit=501", 400, "invalid_field"),
        ("GET", "/api/orders?cursor=x", 400, "invalid_cursor"),
        ("GET", "/api/fills?limit=0", 400, "invalid_field"),
        ("GET", "/api/fills?limit=1&limit=2", 400, "duplicate_field"),
        ("GET", "/api/orderbook/NOPE-USDC", 404, "market_unknown"),
        ("GET", "/api/orderbook/LAB-USDC?depth=0", 400, "invalid_field"),
        ("GET", "/api/orderbook/LAB-USDC?depth=501", 400, "invalid_field"),
        ("GET", "/api/orderbook/LAB-USDC?group=0", 400, "price_out_of_range"),
        ("GET", "/api/orderbook/LAB-USDC?group=-1", 400, "invalid_decimal"),
        ("GET", "/api/orderbook/LAB-USDC?group=0.00001", 400, "price_off_tick"),
        ("GET", "/api/ticker/%00", 404, "market_unknown"),
        ("GET", "/api/trades", 400, "missing_field"),
        ("GET", "/api/trades?market=LAB-USDC&limit=1001", 400, "invalid_field"),
        ("GET", "/api/trades?market=LAB-USDC&after=-1", 400, "invalid_field"),
        ("GET", "/api/trades?market=LAB-USDC&after=1e3", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC", 400, "missing_field"),
        ("GET", "/api/candles/NOPE-USDC?interval=1m", 404, "market_unknown"),
        ("GET", "/api/candles/LAB-USDC?interval=2m", 400, "interval_unknown"),
        ("GET", "/api/candles/LAB-USDC?interval=1M%00", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1m&limit=1001", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1m&from=yesterday", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1m&to=2026-02-30T00:00:00Z", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1M&to=9999-12-31T23:59:59-23:59", 400, "invalid_field"),
        ("GET", "/api/orders?status=closed&from=9999-12-31T23:59:59-23:59", 400, "invalid_field"),
        ("GET", "/api/csv/orders?from=9999-12-31T23:59:59-23:59", 400, "invalid_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1m&from_=2026-02-01T00:00:00Z", 400, "unknown_field"),
        ("GET", "/api/candles/LAB-USDC?interval=1m&cursor=x", 400, "invalid_cursor"),
        ("GET", "/api/indicators/LAB-USDC?interval=1m", 400, "missing_field"),
        ("GET", "/api/indicators/LAB-USDC?name=sma", 400, "missing_field"),
        ("GET", "/api/indicators/NOPE-USDC?name=sma&interval=1m", 404, "market_unknown"),
        ("GET", "/api/indicators/LAB-USDC?name=SMA&interval=1m", 404, "indicator_unknown"),
        ("GET", "/api/indicators/LAB-USDC?name=sma&interval=2m", 400, "interval_unknown"),
        (
            "GET",
            "/api/indicators/LAB-USDC?name=sma&interval=1m&parameters=length:1",
            400,
            "invalid_parameter",
        ),
        ("GET", "/api/indicators/LAB-USDC?name=sma&interval=1m&limit=1001", 400, "invalid_field"),
        ("GET", "/api/indicators/LAB-USDC?name=sma&interval=1m&cursor=x", 400, "invalid_cursor"),
        ("GET", "/api/tickers?market=LAB-USDC", 400, "unknown_field"),
        ("GET", "/api/creators?limit=1", 400, "unknown_field"),
        ("GET", "/api/nowhere", 404, "not_found"),
        ("PUT", "/api/orders/1", 405, "method_not_allowed"),
        ("PUT", "/api/markets", 405, "method_not_allowed"),
    ],
)
def test_addresses_and_queries(person: Person, method: str, path: str, status: int, code: str) -> None:
    before = person.state()
    assert problem(person.send(method, path)) == (status, code)
    assert person.state() == before


@pytest.mark.parametrize("wanted", ["x", "-1", "1.5", "9" * 19])
def test_the_sequence_wanted_is_digits(client: httpx.Client, wanted: str) -> None:
    response = client.get("/api/orderbook/LAB-USDC", headers={"CSE-Min-Sequence": wanted})
    assert problem(response) == (400, "invalid_field")


def test_a_sequence_that_is_not_reached_is_not_yet_visible(client: httpx.Client) -> None:
    response = client.get("/api/orderbook/LAB-USDC", headers={"CSE-Min-Sequence": "999999999999"})
    assert problem(response) == (503, "not_yet_visible")
    assert response.json()["retryable"] is True
    assert response.headers["retry-after"] == "1"


def test_a_halted_market_takes_cancels_alone(exchange: RunningExchange, person: Person) -> None:
    assert exchange.admin("asset", "create", "HALT", "--decimals", "6").returncode == 0
    made = exchange.admin(
        "market", "create", "HALT-USDC", "--tick", "0.01", "--lot", "0.001", "--min-notional", "1.00"
    )
    assert made.returncode == 0, made.stderr
    order = person.limit("buy", "1", "10", market="HALT-USDC")["order"]
    assert exchange.admin("market", "halt", "HALT-USDC").returncode == 0
    before = person.state()
    assert problem(person.place(**changed(market="HALT-USDC"))) == (422, "market_halted")
    assert person.state() == before
    markets = person.get("/api/markets")["items"]
    assert {m["market"]: m["status"] for m in markets}["HALT-USDC"] == "halted"
    assert person.send("DELETE", f"/api/orders/{order['id']}").json()["order"]["status"] == "cancelled"
    assert exchange.admin("market", "open", "HALT-USDC").returncode == 0
    assert person.limit("buy", "1", "10", market="HALT-USDC")["order"]["status"] == "open"
