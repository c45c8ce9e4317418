"""A patient person at a server in trouble."""

import pytest

from cse.cli.replay.connection import Connection, ConnectionLost
from cse.cli.replay.trader import RequestRefused, Trader
from tests.unit.cli.replay.scripted_server import HANG_UP, ScriptedServer, answer

ORDER = b'{"order":{"id":"7"},"fills":[]}'
PROBLEM = b'{"code":"insufficient_funds","detail":"The available balance does not cover this."}'
SIGNED_IN = answer(200, b'{"access_token":"second"}')


@pytest.mark.parametrize(
    ("answers", "tries", "waits"),
    [
        pytest.param([answer(201, ORDER)], 1, 0, id="at-once"),
        pytest.param([answer(429, b"{}", "Retry-After: 0"), answer(201, ORDER)], 2, 1, id="too-fast"),
        pytest.param([answer(503), answer(503), answer(201, ORDER)], 3, 2, id="a-part-is-away"),
        pytest.param([HANG_UP, answer(201, ORDER)], 2, 0, id="connection-lost"),
    ],
)
def test_a_placement_is_made_again_until_it_is_answered(answers: list[bytes], tries: int, waits: int) -> None:
    with ScriptedServer(answers) as server, Connection(server.url) as connection:
        person = Trader(connection, "a@example.com", token="first")
        reply = person.place(b'{"client_order_id":"1"}')
        assert reply.value()["order"]["id"] == "7"
        assert (reply.tries, person.waits) == (tries, waits)
    assert len(set(server.requests)) == 1, "every try is the same request"


def test_a_token_that_ran_out_is_renewed_once() -> None:
    with (
        ScriptedServer([answer(401), SIGNED_IN, answer(201, ORDER)]) as server,
        Connection(server.url) as connection,
    ):
        person = Trader(connection, "a@example.com", token="first")
        person.place(b"{}").value()
    assert [b"Bearer first" in request for request in server.requests] == [True, True, False]
    assert b"Bearer second" in server.requests[2]


def test_a_refusal_carries_its_code() -> None:
    with ScriptedServer([answer(422, PROBLEM)]) as server, Connection(server.url) as connection:
        reply = Trader(connection, "a@example.com").place(b"{}")
        with pytest.raises(RequestRefused, match="insufficient_funds: The available") as refused:
            reply.value()
    assert refused.value.code == "insufficient_funds"


def test_an_answer_that_is_no_problem_document_is_named_by_its_status() -> None:
    with ScriptedServer([answer(404, b"<html>")]) as server, Connection(server.url) as connection:
        reply = Trader(connection, "a@example.com").cancel("7")
        with pytest.raises(RequestRefused, match="http_404"):
            reply.value()


def test_open_orders_come_page_by_page() -> None:
    pages = [
        answer(200, b'{"items":[{"id":"1"},{"id":"2"}],"next_cursor":"a/b"}'),
        answer(200, b'{"items":[{"id":"3"}],"next_cursor":null}'),
    ]
    with ScriptedServer(pages) as server, Connection(server.url) as connection:
        person = Trader(connection, "a@example.com")
        assert [order["id"] for order in person.open_orders("BTC-USDC")] == ["1", "2", "3"]
    assert b"cursor=a%2Fb" in server.requests[1]


def test_chunked_answers_are_not_guessed_at() -> None:
    with (
        ScriptedServer([answer(200, b"{}", "Transfer-Encoding: chunked")]) as server,
        Connection(server.url) as connection,
    ):
        with pytest.raises(ConnectionLost, match="chunks"):
            connection.request("GET", "/")


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://example.com", ""])
def test_an_address_must_be_one_of_http(url: str) -> None:
    with pytest.raises(ValueError, match="not the address"):
        Connection(url)
