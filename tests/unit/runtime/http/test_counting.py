"""Requests are counted for who sent them, by weight, and answers say what is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from cse.domain import codes, rates
from cse.domain.errors import CodedError
from cse.domain.scopes import ALL_SCOPES
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.message import Message
from cse.runtime.http.openapi import document
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import (
    Access,
    Call,
    Caller,
    Counted,
    Nothing,
    Reply,
    Route,
    Scope,
    SignedRequest,
    answer,
)

PERSON = Caller(UUID(int=1), "session", 7, 0.0)
KEY = PERSON._replace(key=UUID(int=2), scopes=ALL_SCOPES)
OTHER = Caller(UUID(int=3), "other", 8, 0.0)
TOKENS = {b"Bearer person": PERSON, b"Bearer other": OTHER}


class Known:
    """Two persons, and a key of the first whose signature is always right."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        try:
            return TOKENS[headers.get(b"authorization", b"")]
        except KeyError:
            raise CodedError(codes.NOT_AUTHENTICATED) from None

    async def by_signature(self, request: SignedRequest) -> Caller:
        if request.headers[b"cse-key"] != b"key":
            raise CodedError(codes.SIGNATURE_INVALID)
        request.counting.require(KEY)
        if request.headers.get(b"cse-signature") == b"repeated":
            raise CodedError(codes.SIGNATURE_REPEATED)
        request.counting.count(KEY)
        return KEY


async def show(_: Call[Any, Nothing]) -> Reply:
    return answer({})


async def place(_: Scope, __: Caller, ___: bytes) -> Reply:
    return answer({})


ROUTES = [
    Route("GET", "/public", Access.EVERYONE, "For all.", None, handler=show, weight=3),
    Route("GET", "/list", Access.READ, "Costs five.", None, handler=show, weight=5),
    Route("POST", "/orders", Access.TRADE, "Places.", None, raw=place, counted=Counted.ORDERS),
    Route("DELETE", "/orders", Access.TRADE, "Cancels.", None, raw=place, counted=Counted.CANCELS),
]
BY = {"person": {"authorization": "Bearer person"}, "other": {"authorization": "Bearer other"},
      "key": {"cse-key": "key"}, "nobody": {}, "stranger": {"authorization": "Bearer guess"},
      "forger": {"cse-key": "guess"}, "repeater": {"cse-key": "key", "cse-signature": "repeated"}}  # fmt: skip


class Edge:
    """An application whose clock stands still."""

    def __init__(self) -> None:
        self.rates = Rates(clock_s=lambda: 100.0)
        self.application = Application(
            ROUTES, Known(), ClientAddresses(["127.0.0.1"]), lambda *_: None, rates=self.rates
        )

    async def ask(
        self, method: str, path: str, by: str = "nobody", address: str = "203.0.113.9"
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.application)
        headers = BY[by] | {"x-forwarded-for": address}
        async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
            return await client.request(method, path, headers=headers)

    def exhaust(self) -> None:
        """Uses up what the first person and the key have, but for orders and cancels."""
        self.rates.persons.take(PERSON.person, rates.REQUESTS.at_once)
        self.rates.keys.take(UUID(int=2), rates.KEY_REQUESTS.at_once)


@pytest.mark.parametrize(
    ("method", "path", "by", "status", "left"),
    [
        ("GET", "/public", "nobody", 200, '"address_requests";r=11997;t=1'),
        # It asks for no sign-in, so none is looked at.
        ("GET", "/public", "person", 200, '"address_requests";r=11997;t=1'),
        ("GET", "/list", "person", 200, '"requests";r=59995;t=1'),
        ("GET", "/list", "key", 200, '"key_requests";r=39995;t=1, "requests";r=59995;t=1'),
        ("GET", "/list", "nobody", 401, '"address_requests";r=11995;t=1'),
        ("GET", "/list", "stranger", 401, '"address_requests";r=11995;t=1'),
        ("GET", "/list", "forger", 401, '"address_requests";r=11995;t=1'),
        # Who repeats a signature that he has seen takes nothing from whom it is.
        ("GET", "/list", "repeater", 401, '"address_requests";r=11995;t=1'),
        # What reads them counts orders and cancels, and nothing else does.
        ("POST", "/orders", "person", 200, '"orders";r=50000;t=0'),
        ("POST", "/orders", "key", 200, '"orders";r=50000;t=0'),
        ("DELETE", "/orders", "key", 200, '"cancels";r=100000;t=0'),
    ],
)
async def test_where_a_request_is_counted(method: str, path: str, by: str, status: int, left: str) -> None:
    edge = Edge()
    response = await edge.ask(method, path, by)
    assert (response.status_code, response.headers["ratelimit"]) == (status, left)


async def test_a_policy_says_what_a_bucket_holds_and_how_fast_it_fills() -> None:
    response = await Edge().ask("GET", "/list", "key")
    assert response.headers["ratelimit-policy"] == '"key_requests";q=40000;w=100, "requests";q=60000;w=100'


async def test_what_is_too_much_is_refused_with_the_time_to_wait() -> None:
    edge = Edge()
    edge.exhaust()
    response = await edge.ask("GET", "/list", "person")
    assert (response.status_code, response.json()["code"]) == (429, "rate_limited")
    assert response.headers["retry-after"] == "1"
    assert response.headers["ratelimit"] == '"requests";r=0;t=101'


async def test_reading_leaves_room_for_orders_and_cancels_and_for_others() -> None:
    edge = Edge()
    edge.exhaust()
    for method in ("POST", "DELETE"):
        for by in ("person", "key"):
            assert (await edge.ask(method, "/orders", by)).status_code == 200
    assert (await edge.ask("GET", "/list", "other")).status_code == 200
    assert (await edge.ask("GET", "/public")).status_code == 200


async def test_placing_leaves_room_for_cancelling_and_reading() -> None:
    edge = Edge()
    edge.rates.orders.take(PERSON.person, rates.ORDERS.at_once)
    for by in ("person", "key"):
        assert (await edge.ask("POST", "/orders", by)).status_code == 429
        assert (await edge.ask("DELETE", "/orders", by)).status_code == 200
        assert (await edge.ask("GET", "/list", by)).status_code == 200
    assert (await edge.ask("POST", "/orders", "other")).status_code == 200


async def test_one_address_takes_nothing_from_another_or_from_who_is_signed_in() -> None:
    edge = Edge()
    edge.rates.addresses.take("203.0.113.9", rates.ADDRESS_REQUESTS.at_once)
    for path, by in (("/public", "nobody"), ("/list", "stranger"), ("/list", "forger"), ("/none", "nobody")):
        assert (await edge.ask("GET", path, by)).status_code == 429, (path, by)
    for by in ("person", "key"):
        assert (await edge.ask("GET", "/list", by)).status_code == 200
    assert (await edge.ask("GET", "/public", address="203.0.113.10")).status_code == 200


async def test_a_network_of_ipv6_is_one_address() -> None:
    edge = Edge()
    edge.rates.addresses.take("2001:db8::/64", rates.ADDRESS_REQUESTS.at_once)
    for address, status in (("2001:db8::1", 429), ("2001:db8::ffff:1", 429), ("2001:db8:0:1::1", 200)):
        assert (await edge.ask("GET", "/public", address=address)).status_code == status


async def test_a_message_is_counted_in_the_same_buckets() -> None:
    edge = Edge()
    answers: list[Reply] = []
    message = Message(PERSON)
    task = edge.application.serve_message(ROUTES[1], message, answers.append)
    assert task is not None
    await task
    assert edge.rates.persons.left(PERSON.person) == rates.REQUESTS.at_once - 5
    edge.rates.persons.take(PERSON.person, rates.REQUESTS.at_once - 5)
    assert edge.application.serve_message(ROUTES[1], message, answers.append) is None
    assert [reply.status for reply in answers] == [200, 429]


def test_the_description_says_what_each_request_costs() -> None:
    paths = document(ROUTES, "1")["paths"]
    assert paths["/public"]["get"]["x-rate-limit"] == {"counted": "address_requests", "weight": 3}
    assert paths["/list"]["get"]["x-rate-limit"] == {"counted": "requests", "weight": 5}
    assert paths["/orders"]["delete"]["x-rate-limit"] == {"counted": "cancels", "weight": 1}
    too_many = paths["/public"]["get"]["responses"]["429"]
    assert set(too_many["headers"]) >= {"Retry-After", "RateLimit", "RateLimit-Policy"}
