"""A connection that carries orders: how much of it is taken, and how it ends."""

from __future__ import annotations

import pytest

from cse.streams.orders.limits import FREE_PARTS
from tests.streams.orders import ACCOUNT, ORDER, Exchange, ids, turn


def test_it_is_told_its_bounds() -> None:
    (welcome,) = Exchange().take()
    assert welcome["op"] == "welcome"
    assert welcome["limits"]["in_flight"] == 4


def test_who_has_not_signed_in_is_refused_as_over_http() -> None:
    exchange = Exchange()
    exchange.take()
    exchange.place("1")
    (told,) = exchange.take()
    assert (told["status"], told["body"]["code"]) == (401, "not_authenticated")
    exchange.send(op="cancel_on_disconnect")
    assert exchange.take()[0]["code"] == "not_authenticated"


def test_what_nobodys_rates_have_paid_for_is_paid_for_by_the_connection() -> None:
    exchange = Exchange()
    for _ in range(200):
        exchange.send(op="cancel_all", markets=["LAB-USDC"])
    assert exchange.take()[-1]["code"] == "message_rate"


async def test_a_sign_in_that_has_ended_counts_for_nothing_before_it_is_told(exchange: Exchange) -> None:
    exchange.wall_s += 900
    exchange.place("a")
    exchange.send(op="cancel_all", id="b")
    exchange.send(op="cancel_on_disconnect", id="c")
    await turn()
    told = exchange.take()
    assert [(one["id"], one.get("status")) for one in told] == [("a", 401), ("b", 401), ("c", None)]
    assert told[2]["code"] == "not_authenticated"
    assert (exchange.trading.order, exchange.guards.armed) == ([], {})
    assert not exchange.session.is_closed, "nobody has looked after it yet"


def test_beyond_its_bound_nothing_is_taken_until_something_is_answered(exchange: Exchange) -> None:
    exchange.place(*"abcdef")
    assert [name for name, _ in exchange.trading.placed] == list("abcd")
    assert not exchange.is_read()
    exchange.trading.answer(2)
    assert [name for name, _ in exchange.trading.placed] == list("abcde")
    for number in (0, 1, 3, 4, 5):
        exchange.trading.answer(number)
    assert ids(exchange.take()) == list("cabdef")
    assert exchange.is_read()


async def test_what_needs_no_task_does_not_overtake_what_does(exchange: Exchange) -> None:
    exchange.place("a")
    exchange.send(op="cancel_all", id="b")
    exchange.place("c")
    exchange.send(op="cancel_all", id="d")
    assert ([name for name, _ in exchange.trading.placed], exchange.trading.counted) == (["a"], [])
    await turn()
    assert exchange.trading.order == ["a", "cancel", "c", "cancel"]
    assert exchange.is_read()


def test_who_does_not_read_answers_gets_no_more_taken_and_is_closed(exchange: Exchange) -> None:
    exchange.session.buffer_full()
    exchange.place("a")
    assert not exchange.is_read()
    assert exchange.trading.placed == []
    exchange.session.buffer_free()
    assert [name for name, _ in exchange.trading.placed] == ["a"]
    assert exchange.is_read()
    exchange.session.buffer_full()
    exchange.pass_time(12)
    assert exchange.take()[-1]["code"] == "slow_reader"


def test_requests_cost_none_of_a_connections_messages_and_all_else_does(exchange: Exchange) -> None:
    for number in range(500):
        exchange.place(str(number))
        exchange.trading.answer(number)
    assert not exchange.session.is_closed
    for _ in range(200):
        exchange.send(op="ping")
    assert exchange.take()[-1]["code"] == "message_rate"


def test_a_request_in_some_parts_costs_none_and_one_in_many_does(exchange: Exchange) -> None:
    for _ in range(200):
        assert all(exchange.session.heard(part) for part in range(1, FREE_PARTS + 1))
    for part in range(FREE_PARTS + 1, FREE_PARTS + 200):
        exchange.session.heard(part)
    assert exchange.take()[-1]["code"] == "message_rate"


@pytest.mark.parametrize("why", ["expired", "ended", "silent", "another account", "nobody"])
async def test_it_ends_with_its_sign_in(why: str) -> None:
    exchange = Exchange()
    if why != "nobody":
        exchange.issue("good", life_s=5)
        exchange.sign_in()
        exchange.send(op="cancel_on_disconnect")
        await turn()
    code = "not_authenticated"
    if why == "ended":
        exchange.connections.end_sign_in("good")
        code = "session_ended"
    elif why == "silent":
        exchange.issue("good")
        exchange.sign_in()
        exchange.pass_time(17)
        code = "heartbeat_missed"
    elif why == "another account":
        exchange.issue("other", account=8)
        exchange.send(op="authenticate", access_token="other")
    else:
        exchange.pass_time(12)
    assert exchange.take()[-1]["code"] == code
    assert exchange.connection.is_closed
    assert len(exchange.guards.ended) == (why != "nobody")


async def test_a_renewed_token_keeps_it(exchange: Exchange) -> None:
    exchange.issue("newer", life_s=1_800)
    exchange.send(op="authenticate", access_token="newer")
    for _ in range(200):
        exchange.pass_time(5)
        exchange.send(op="ping")
    assert not exchange.session.is_closed
    exchange.place("a")
    assert len(exchange.trading.placed) == 1


async def test_a_connection_carries_orders_of_the_account_that_it_was_signed_in_for() -> None:
    exchange = Exchange()
    exchange.owners.mains[9] = ACCOUNT
    exchange.take()
    exchange.send(op="authenticate", access_token="good", account="9")
    await turn()
    assert exchange.take()[-1]["account"] == "9"
    exchange.place("a")
    assert exchange.trading.accounts == [9]
    # The account is that of the connection: no request chooses another.
    exchange.send(op="place", id="b", body=ORDER, account="9")
    assert exchange.take()[-1]["body"]["code"] == "unknown_field"
    exchange.send(op="authenticate", access_token="good")
    assert exchange.session.is_closed
