"""A request says with `account` in its query which of the caller's accounts it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from cse.domain import codes, rates
from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.query import split_account
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
    about_an_account,
    answer,
)

PERSON = Caller(UUID(int=1), "session", 7, 0.0)
KEY = PERSON._replace(key=UUID(int=2), accounts=frozenset({7, 9}))


@pytest.mark.parametrize(
    ("raw", "account", "rest"),
    [
        (b"", None, b""),
        (b"limit=3", None, b"limit=3"),
        (b"account=7", 7, b""),
        (b"limit=3&account=4294967295&cursor=x", 4_294_967_295, b"limit=3&cursor=x"),
        (b"my_account=7", None, b"my_account=7"),
        (b"cursor=account=7", None, b"cursor=account=7"),
        (b"acc%6funt=7", None, b"acc%6funt=7"),
    ],
)
def test_the_account_is_taken_out_of_a_query(raw: bytes, account: int | None, rest: bytes) -> None:
    assert split_account(raw) == (account, rest)


@pytest.mark.parametrize(
    "raw", [b"account=", b"account=0", b"account=07", b"account=-7", b"account=4294967296", b"account=7%20"]
)
def test_what_can_be_no_account_is_unknown(raw: bytes) -> None:
    with pytest.raises(CodedError) as refused:
        split_account(raw)
    assert refused.value.code is codes.ACCOUNT_UNKNOWN


def test_two_accounts_are_none() -> None:
    with pytest.raises(CodedError) as refused:
        split_account(b"account=7&account=8")
    assert refused.value.code is codes.DUPLICATE_FIELD


class Known:
    """A person who has accounts 7, 8 and 9, and their key for two of them."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        return PERSON

    async def by_signature(self, request: SignedRequest) -> Caller:
        request.counting.require(KEY)
        request.counting.count(KEY)
        return KEY


class Choice:
    """Has looked up nothing but account 8."""

    def __init__(self) -> None:
        self.looked_up: list[int] = []

    def known(self, caller: Caller, account: int) -> Caller | None:
        if caller.accounts is not None and account not in caller.accounts:
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        if caller.accounts is not None or account in (caller.account, 8):
            return caller._replace(account=account)
        return None

    async def chosen(self, caller: Caller, account: int) -> Caller:
        found = self.known(caller, account)
        if found is not None:
            return found
        self.looked_up.append(account)
        if account != 9:
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        return caller._replace(account=account)


async def show(call: Call[Nothing, Nothing]) -> Reply:
    return answer({"account": call.person.account})


async def place(_: Scope, caller: Caller, __: bytes) -> Reply:
    return answer({"account": caller.account})


ROUTES = [
    *about_an_account(
        [
            Route("GET", "/list", Access.READ, "Lists.", None, handler=show),
            Route("POST", "/orders", Access.TRADE, "Places.", None, raw=place, counted=Counted.ORDERS),
        ]
    ),
    Route("GET", "/person", Access.PERSON, "Of all accounts.", None, handler=show),
]
TOKEN, SIGNED = {"authorization": "Bearer good"}, {"cse-key": "key"}


class Edge:
    """An application whose clock stands still."""

    def __init__(self) -> None:
        self.rates, self.choice = Rates(clock_s=lambda: 100.0), Choice()
        self.application = Application(
            ROUTES, Known(), ClientAddresses([]), lambda *_: None, rates=self.rates,
            choose_account=self.choice,
        )  # fmt: skip

    async def ask(self, method: str, target: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
            return await client.request(method, target, headers=headers)


@pytest.mark.parametrize(
    ("by", "query", "said"),
    [
        (TOKEN, "", 7),
        (TOKEN, "?account=7", 7),
        (TOKEN, "?account=8", 8),
        (TOKEN, "?account=9", 9),
        (TOKEN, "?account=10", "account_unknown"),
        (TOKEN, "?account=x", "account_unknown"),
        (TOKEN, "?acount=8", "unknown_field"),
        (TOKEN, "?account=8&account=8", "duplicate_field"),
        (SIGNED, "", 7),
        (SIGNED, "?account=9", 9),
        # The person has it, and the key is not for it.
        (SIGNED, "?account=8", "account_unknown"),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/list"), ("POST", "/orders")])
async def test_a_request_is_about_the_account_that_it_names(
    method: str, path: str, by: dict[str, str], query: str, said: Any
) -> None:
    found = (await Edge().ask(method, path + query, by)).json()
    assert (found.get("account") or found.get("code")) == said


async def test_no_account_is_chosen_where_a_request_is_about_none() -> None:
    assert (await Edge().ask("GET", "/person?account=8", TOKEN)).json()["code"] == "unknown_field"


@pytest.mark.parametrize("by", [TOKEN, SIGNED])
async def test_orders_are_counted_for_the_person_whatever_the_account(by: dict[str, str]) -> None:
    edge = Edge()
    edge.rates.orders.take(PERSON.person, rates.ORDERS.at_once - 1)
    placed = await edge.ask("POST", "/orders?account=9", by)
    assert placed.status_code == 200
    assert placed.headers["ratelimit"].startswith('"orders";r=1;')
    edge.rates.orders.take(PERSON.person, 1)
    for query in ("", "?account=9"):
        assert (await edge.ask("POST", f"/orders{query}", by)).json()["code"] == "rate_limited"


async def test_looking_for_accounts_that_are_anothers_is_counted_and_ends() -> None:
    edge = Edge()
    edge.rates.persons.take(PERSON.person, rates.REQUESTS.at_once - 1)
    assert (await edge.ask("POST", "/orders?account=10", TOKEN)).json()["code"] == "account_unknown"
    assert (await edge.ask("POST", "/orders?account=10", TOKEN)).json()["code"] == "rate_limited"
    assert edge.choice.looked_up == [10]


def test_a_choice_that_nobody_would_look_at_is_no_application() -> None:
    with pytest.raises(ValueError, match="whose it is"):
        Application(ROUTES, Known(), ClientAddresses([]), lambda *_: None)


def test_requests_of_a_known_account_may_take_the_short_way() -> None:
    def direct(caller: Caller, body: bytes, respond: Any) -> bool:
        respond(answer({"account": caller.account}))
        return True

    edge = Edge()
    routes = [ROUTES[1]._replace(direct=direct, request=Nothing)]
    application = Application(
        routes, Known(), ClientAddresses([]), lambda *_: None, choose_account=edge.choice
    )
    headers = {
        b"authorization": b"Bearer good",
        b"content-type": b"application/json",
        b"content-length": b"2",
    }
    answers: list[bytes] = []

    def serve(query: bytes) -> bool | None:
        found = application.direct("POST", "/orders", query, headers)
        return None if found is None else found(headers, b"{}", lambda _, __, body: answers.append(body))

    assert [serve(query) for query in (b"", b"account=8")] == [True, True]
    assert answers == [b'{"account":7}', b'{"account":8}']
    # What was not looked up yet has to be waited for, and what is misspelt is refused elsewhere.
    assert serve(b"account=9") is False
    assert [serve(query) for query in (b"acount=8", b"account=8&x=1", b"account=0")] == [None] * 3
