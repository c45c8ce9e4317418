"""Which pages of other origins may call the API, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

import httpx
import pytest

from cse.cli.gateway.cors import cors_routes
from cse.runtime.http.request_rates import Rates
from cse.services.edge_routes import empty_rooms, routes_of
from tests.integration.gateway.standing import StandIn

NOBODY: Final = cast(Any, object())
TABLE: Final = routes_of(empty_rooms(NOBODY), Rates(), NOBODY, secure_cookies=True)
PARTNER = "https://partner.example"
STRANGERS = ["https://partner.example.evil", "http://partner.example", "https://evil.example", "null", "*"]


@pytest.fixture(autouse=True)
def behind(edge: StandIn) -> Iterator[StandIn]:
    yield edge


def allowed(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control-")}


def ask(
    client: httpx.Client, origin: str, wanted: str = "authorization", method: str = "POST"
) -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    return client.options("/api/orders", headers=headers | {"Access-Control-Request-Headers": wanted})


def test_a_page_of_an_origin_that_is_allowed_reads_answers(client: httpx.Client) -> None:
    answer = client.get("/api/markets", headers={"Origin": PARTNER})
    found = allowed(answer)
    assert found.pop("access-control-allow-origin") == PARTNER
    assert "CSE-Sequence" in found.pop("access-control-expose-headers")
    # Never with cookies: the refresh token is not for it.
    assert found == {}
    assert "Origin" in answer.headers["vary"]


def test_its_browser_is_told_beforehand_what_it_may_send(client: httpx.Client, edge: StandIn) -> None:
    answer = ask(client, PARTNER)
    assert answer.status_code == 204
    found = allowed(answer)
    assert "Authorization" in found["access-control-allow-headers"]
    assert "cse-client" not in found["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in found
    assert edge.received == []


@pytest.mark.parametrize("method", sorted({route.method for route in TABLE}))
def test_every_method_that_a_route_has_may_be_used(client: httpx.Client, method: str) -> None:
    found = allowed(ask(client, PARTNER, method=method))
    assert method in found["access-control-allow-methods"].split(", ")


@pytest.mark.parametrize("origin", STRANGERS)
def test_a_page_of_any_other_origin_gets_no_leave(client: httpx.Client, origin: str) -> None:
    for answer in (client.get("/api/markets", headers={"Origin": origin}), ask(client, origin)):
        assert allowed(answer) == {}


def test_pages_and_sockets_are_for_no_other_origin(client: httpx.Client) -> None:
    for path in ("/en", "/ws"):
        assert allowed(client.get(path, headers={"Origin": PARTNER})) == {}


def test_without_origins_there_is_nothing_of_it() -> None:
    assert cors_routes(()) == []
