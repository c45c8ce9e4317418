"""What goes through to edges and streams, what does not, and what is said when nobody is there."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from cse.cli.gateway.caddy import GONE, HSTS
from cse.cli.gateway.refusals import UPLOAD_PATH
from cse.runtime.configuration import Configuration
from cse.runtime.http.heads import KnownHeads
from tests.integration.gateway.conftest import LIMITS
from tests.integration.gateway.standing import Gateway, StandIn

ORDER = {"market": "LAB-USDC", "side": "buy"}


def head_of(text: str) -> dict[str, str]:
    """The headers of an echoed head, by name in lower case."""
    lines = [line.partition(": ") for line in text.splitlines()[1:]]
    assert len({name.lower() for name, _, _ in lines}) == len(lines), text
    return {name.lower(): value for name, _, value in lines}


def test_the_api_goes_through_as_it_was_asked(client: httpx.Client, edge: StandIn) -> None:
    answer = client.get("/api/orders/%2F?market=LAB-USDC", headers={"Authorization": "Bearer x"})
    assert answer.text.startswith("GET /api/orders/%2F?market=LAB-USDC HTTP/1.1")
    assert head_of(answer.text)["authorization"] == "Bearer x"
    assert "via" not in head_of(answer.text)
    assert not {"server", "via"} & set(answer.headers)
    # Whatever an edge says of its answers, and where it says nothing.
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["strict-transport-security"] == HSTS


@pytest.mark.parametrize(
    ("source", "sent", "told"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.2, 203.0.113.9", "127.0.0.1"),
        # One that is configured as a proxy is believed, and the edge reads from the right.
        ("127.0.0.2", "203.0.113.9", "203.0.113.9, 127.0.0.2"),
    ],
)
def test_a_client_cannot_choose_the_address_it_comes_from(
    gateway: Gateway, edge: StandIn, source: str, sent: str | None, told: str
) -> None:
    transport = httpx.HTTPTransport(local_address=source)
    headers = {"X-Forwarded-For": sent} if sent else {}
    with httpx.Client(transport=transport) as client:
        found = head_of(client.get(f"{gateway.url}/api/markets", headers=headers).text)
    assert found["x-forwarded-for"] == told


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Forwarded-For", "203.0.113.9"),
        ("X-Forwarded-Host", "exchange.example"),
        ("X-Real-IP", "203.0.113.9"),
        ("Forwarded", "for=203.0.113.9"),
        ("Via", "1.1 proxy"),
    ],
)
@pytest.mark.parametrize("path", ["/api/demo/mailbox", "/api//demo/mail%62ox/", "/API/demo/mailbox/x"])
def test_nobody_reads_the_mailbox_of_a_demo_through_a_proxy_of_which_nothing_is_known(
    client: httpx.Client, edge: StandIn, header: str, value: str, path: str
) -> None:
    assert client.get("/api/demo/mailbox?recipient=a").text.startswith("GET /api/demo/mailbox?recipient=a")
    refused = client.get(path, headers={header: value})
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")


def test_an_order_comes_to_the_edge_in_one_piece_with_a_head_it_can_keep(
    client: httpx.Client, edge: StandIn
) -> None:
    headers = {"Authorization": "Bearer x"}
    for _ in range(2):
        client.post("/api/orders", json=ORDER, headers=headers)
    first, second = edge.received
    head, _, body = first.partition(b"\r\n\r\n")
    assert json.loads(body) == ORDER
    assert second == first

    def direct(method: str, path: str, query: bytes, named: Mapping[bytes, bytes]) -> Any:
        return (method, path)

    kept = KnownHeads(SimpleNamespace(direct=direct))
    lines = [line.partition(b": ") for line in head.split(b"\r\n")[1:]]
    kept.learn(head, "POST", "/api/orders", b"", [(name.lower(), value) for name, _, value in lines])
    assert kept.find(head) is not None


def problem(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code and what it says about money."""
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == answer.status_code
    assert found["instance"] == f"request:{answer.headers['cse-request-id']}"
    assert "reject" not in answer.text
    assert "server" not in answer.headers
    return answer.status_code, found["code"], found["money"]


AWAY = (503, "unavailable", "none")
UNKNOWN = (503, "outcome_unknown", "unknown")
CASES = [("GET", AWAY), ("HEAD", None), ("POST", UNKNOWN), ("DELETE", UNKNOWN), ("PUT", UNKNOWN)]


@pytest.mark.parametrize(("method", "said"), CASES)
def test_without_an_edge_nothing_is_said_to_be_rejected(
    client: httpx.Client, method: str, said: tuple[int, str, str] | None
) -> None:
    answer = client.request(method, "/api/orders")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    if said:
        assert problem(answer) == said
    assert client.get("/en/markets").status_code == 200


@pytest.mark.parametrize("way", ["hang_up", "never_answer"])
@pytest.mark.parametrize(("method", "said"), [("GET", AWAY), ("POST", UNKNOWN), ("DELETE", UNKNOWN)])
def test_an_edge_that_goes_away_in_the_middle_leaves_the_outcome_open(
    client: httpx.Client, edge: StandIn, way: str, method: str, said: tuple[int, str, str]
) -> None:
    edge.serve = getattr(edge, way)
    assert problem(client.request(method, "/api/orders/1")) == said
    # What may have taken effect is not sent a second time.
    if method != "GET":
        assert len(edge.received) == 1


def test_a_body_beyond_all_bounds_is_refused(client: httpx.Client, edge: StandIn) -> None:
    answer = client.post("/api/orders", content=b" " * (LIMITS.body_bytes + 1))
    assert problem(answer) == (413, "body_too_large", "none")


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_a_file_may_be_larger_than_other_bodies_at_its_own_address_alone(
    client: httpx.Client, edge: StandIn, announced: bool
) -> None:
    path, headers = f"{UPLOAD_PATH}?kind=identity", {"Content-Type": "application/pdf"}
    larger = b" " * (LIMITS.body_bytes + 1)
    taken = client.post(path, content=larger, headers=headers)
    assert taken.text.startswith(f"POST {path} HTTP/1.1")
    assert head_of(taken.text)["content-length"] == str(len(larger))
    vast = b" " * (LIMITS.upload_bytes + 1)
    # What is not announced goes on to an edge as it comes, and is bounded there as well.
    for where in (*([path] if announced else []), f"{UPLOAD_PATH}/x", "/api/orders"):
        refused = client.post(where, content=vast if announced else iter([vast]), headers=headers)
        assert problem(refused) == (413, "body_too_large", "none")


def test_a_body_that_trickles_in_occupies_no_edge(gateway: Gateway, edge: StandIn) -> None:
    with gateway.connect() as connection:
        connection.sendall(b"POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n{")
        with httpx.Client(base_url=gateway.url) as client:
            client.get("/api/markets")
        assert [request[:3] for request in edge.received] == [b"GET"]
        connection.sendall(b"  }")
        assert connection.recv(1_000).startswith(b"HTTP/1.1 200")


HEAD = b"POST /api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def answer_to(gateway: Gateway, sent: bytes) -> tuple[int, str, str]:
    """What comes back of bytes on a connection of their own: status, code and what it says about money."""
    with gateway.connect() as connection:
        connection.sendall(sent)
        received = b""
        while chunk := _received(connection):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert b"\r\nServer:" not in head
    found = json.loads(body)
    assert f" {found['status']} ".encode() in head
    return found["status"], found["code"], found["money"]


MALFORMED = (400, "malformed_request", "none")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"GET /api/health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", MALFORMED),
        (b"POST /api/orders HTTP/1.1\r\nHost: \r\nContent-Length: 0\r\nConnection: close\r\n\r\n", MALFORMED),
        (HEAD + CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n", MALFORMED),
        (HEAD + CHUNKED + b"\r\n-2\r\n{}\r\n0\r\n\r\n", MALFORMED),
        (HEAD + CHUNKED + b"\r\n2\r\n{}x\r\n0\r\n\r\n", MALFORMED),
        (HEAD + CHUNKED + b"\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n", MALFORMED),
        # Before anything of it has come.
        (HEAD + b"Content-Length: 99999999\r\n\r\n", (413, "body_too_large", "none")),
        (
            b"FETCH /api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            (405, "method_not_allowed", "none"),
        ),
        (b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", MALFORMED),
        (
            b"POST /ws/orders HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
            MALFORMED,
        ),
    ],
)
def test_what_is_no_request_is_refused_as_such_and_not_as_one_of_unknown_outcome(
    gateway: Gateway, edge: StandIn, sent: bytes, said: tuple[int, str, str]
) -> None:
    # As an edge does that waits for the rest of a body.
    edge.serve = edge.never_answer
    assert answer_to(gateway, sent) == said


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 60\r\n",
        b"Transfer-Encoding: Chunked\r\n",
    ],
)
def test_two_ways_to_say_where_a_body_ends_come_to_the_edge_as_one(
    gateway: Gateway, edge: StandIn, framing: bytes
) -> None:
    hidden = b"GET /api/hidden HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    sent = HEAD.replace(b"Connection: close\r\n", b"") + framing + b"\r\n2\r\n{}\r\n0\r\n\r\n" + hidden
    with gateway.connect() as connection:
        connection.sendall(sent)
        while _received(connection):
            pass
    # What comes behind the last chunk is the next request, as it is to us, and nothing of the first.
    first, second = edge.received
    head = first.partition(b"\r\n\r\n")[0].lower()
    assert (b"content-length" in head) != (b"transfer-encoding" in head)
    assert first.startswith(b"POST /api/orders") and b"hidden" not in first
    assert second.startswith(b"GET /api/hidden")


@pytest.mark.parametrize(
    "framing",
    [
        b"Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding : chunked\r\nContent-Length: 2\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: 2, 2\r\n",
        b"Content-Length: +2\r\n",
        b"Host: y\r\nContent-Length: 2\r\n",
        b"X-Split: a\rb\r\nContent-Length: 2\r\n",
        b"X-Split: a\x00b\r\nContent-Length: 2\r\n",
    ],
)
def test_a_head_with_two_meanings_comes_to_no_edge(gateway: Gateway, edge: StandIn, framing: bytes) -> None:
    with gateway.connect() as connection:
        connection.sendall(HEAD + framing + b"\r\n{}")
        received = b""
        while chunk := _received(connection):
            received += chunk
    assert received.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 "))
    assert edge.received == []


def test_a_body_that_does_not_come_is_answered_and_reaches_no_edge(data: Path, edge: StandIn) -> None:
    impatient = Gateway(Configuration(data, web=data / "site"), replace(LIMITS, request_s=1))
    try:
        with impatient.connect() as connection:
            connection.sendall(b"POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n{")
            assert connection.recv(1_000).startswith(b"HTTP/1.1 %d " % GONE)
        assert edge.received == []
    finally:
        impatient.stop()


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (b"GET /en HTTP/1.1\r\nHost: x\r\nX-Slow: ", b""),
        (b"GET /en HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n", b"HTTP/1.1 431"),
        (b"GET /en HTTP/1.1\r\n\r\n", b"HTTP/1.1 400"),
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400"),
    ],
)
def test_a_head_that_is_slow_long_or_broken_ends_the_connection(
    gateway: Gateway, sent: bytes, answered: bytes
) -> None:
    with gateway.connect() as connection:
        connection.sendall(sent)
        received = b""
        while chunk := _received(connection):
            received += chunk
        assert received.startswith(answered)


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


def test_a_socket_passes_on_whatever_comes(gateway: Gateway, streams: StandIn) -> None:
    streams.serve = streams.upgrade
    with gateway.connect() as connection:
        connection.sendall(
            b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert connection.recv(4_096).startswith(b"HTTP/1.1 101")
        for sent in (b"\x81\x01a", b"anything", bytes(range(256))):
            connection.sendall(sent)
            received = b""
            while len(received) < len(sent):
                received += connection.recv(4_096)
            assert received == sent


def test_without_streams_a_socket_is_refused(client: httpx.Client) -> None:
    assert problem(client.get("/ws", headers={"Upgrade": "websocket", "Connection": "Upgrade"})) == AWAY
