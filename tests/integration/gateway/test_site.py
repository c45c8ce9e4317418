"""The page of a market comes from an edge; without one it comes all the same, as it was built."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.integration.gateway.standing import HASH, StandIn

PAGE = b"<title>filled</title>"
POLICY = f"script-src 'self' {HASH} 'of en/trade/_.html'"


def answer(status: str) -> bytes:
    headers = (
        b"Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        b"Content-Security-Policy: default-src 'none'\r\nX-Frame-Options: SAMEORIGIN\r\nCSE-Sequence: 7\r\n"
    )
    return b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: %d\r\n%b\r\n%b" % (
        status.encode(),
        len(PAGE),
        headers,
        PAGE,
    )


def answering(edge: StandIn, status: str) -> None:
    def serve(connection: socket.socket) -> None:
        edge.received.append(connection.recv(1 << 20))
        connection.sendall(answer(status))

    edge.serve = serve


def test_a_market_s_page_is_filled_in_by_an_edge(client: httpx.Client, edge: StandIn) -> None:
    answering(edge, "200 OK")
    found = client.get("/en/trade/LUNA-USDC?from=mail", headers={"Cookie": "cse_refresh=secret"})
    assert (found.status_code, found.content) == (200, PAGE)
    (request,) = edge.received
    assert request.startswith(b"GET /site/en/trade/LUNA-USDC")
    assert b"secret" not in request
    headers = found.headers
    # All that is said of a page is said of this one, once.
    assert headers.get_list("content-security-policy") == [POLICY]
    assert headers.get_list("cache-control") == ["no-cache"]
    assert headers.get_list("x-frame-options") == ["DENY"]
    assert "cse-sequence" not in headers
    assert 'hreflang="ar"' in headers["link"]


@pytest.mark.parametrize("status", ["404 Not Found", "429 Too Many Requests", "503 Service Unavailable"])
def test_what_an_edge_refuses_comes_as_it_was_built(client: httpx.Client, edge: StandIn, status: str) -> None:
    answering(edge, status)
    found = client.get("/en/trade/LUNA-USDC")
    assert (found.status_code, found.text) == (200, "shell")
    assert found.headers.get_list("content-security-policy") == [POLICY]
    assert found.headers.get_list("cache-control") == ["no-cache"]


@pytest.mark.parametrize("way", ["hang_up", "never_answer"])
def test_an_edge_that_does_not_answer_is_not_waited_for(
    client: httpx.Client, edge: StandIn, way: str
) -> None:
    edge.serve = getattr(edge, way)
    found = client.get("/ar/trade/LUNA-USDC")
    assert (found.status_code, found.text) == (200, "shell in Arabic")
    assert len(found.headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize(
    "path", ["/en/trade/_", "/en/trade/luna", "/en/trade/LUNA-USDC.txt", "/en/trade/A-B/x"]
)
def test_no_other_page_is_asked_for(client: httpx.Client, edge: StandIn, path: str) -> None:
    client.get(path)
    assert edge.received == []
