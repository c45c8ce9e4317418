"""The cookie of the refresh token: what browsers may do with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import httpx
import pytest

from cse.accounts.api import AccountsApi
from cse.accounts.models import Person, Tokens
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application

TOKENS = Tokens(Person(UUID(int=1), "a@example.com", "Ada", "", 7, 1), 7, "access", "fresh", 900)
OURS = {"CSE-Client": "web", "Sec-Fetch-Site": "same-origin"}


class Refreshing:
    """Takes any refresh token, and keeps which it was."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def refresh(self, token: str, _: str) -> Tokens:
        self.taken.append(token)
        return TOKENS


@asynccontextmanager
async def edge(secure: bool) -> AsyncIterator[tuple[httpx.AsyncClient, list[str]]]:
    accounts = Refreshing()
    routes = AccountsApi(cast(Any, accounts), secure_cookies=secure, origin=None).routes()
    application = Application(routes, cast(Any, None), ClientAddresses([]), lambda *_: None)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="https://exchange.example") as client:
        yield client, accounts.taken


@pytest.mark.parametrize(
    ("secure", "name", "scope"),
    [(True, "__Host-cse_refresh", "Path=/; Secure"), (False, "cse_refresh", "Path=/api/auth")],
)
async def test_no_script_reads_it_and_no_other_site_sends_it(secure: bool, name: str, scope: str) -> None:
    async with edge(secure) as (client, taken):
        headers = OURS | {"Cookie": f"a=b; {name}=old"}
        given = await client.post("/api/auth/refresh", json={}, headers=headers)
        assert (
            given.headers["set-cookie"]
            == f"{name}=fresh; {scope}; Max-Age=2592000; HttpOnly; SameSite=Strict"
        )
        assert given.json()["refresh_token"] is None
        assert taken == ["old"]


async def test_by_tls_a_cookie_that_a_neighbouring_host_may_have_set_is_not_read() -> None:
    async with edge(True) as (client, taken):
        headers = OURS | {"Cookie": "cse_refresh=planted"}
        refused = await client.post("/api/auth/refresh", json={}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (400, "missing_field")
        assert taken == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_page_of_another_site_gets_nothing_for_it(site: str) -> None:
    async with edge(True) as (client, taken):
        headers = OURS | {"Sec-Fetch-Site": site, "Cookie": "__Host-cse_refresh=old"}
        refused = await client.post("/api/auth/refresh", json={}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "origin_not_allowed")
        assert "set-cookie" not in refused.headers
        assert taken == []
