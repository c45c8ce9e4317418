"""Every route against everybody: a visitor, a person, and a key with each scope."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, cast
from uuid import UUID

import httpx
import pytest

from cse.accounts.api_keys.signed_text import Claim
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right, Role, rights_of
from cse.domain.scopes import KeyScope
from cse.runtime.health import Health
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Access, Caller, Route, SignedRequest
from cse.services.edge_pages import SitePages
from cse.services.edge_routes import empty_rooms, routes_of

EVERYONE, PERSON, READ, TRADE, KEY = Access.EVERYONE, Access.PERSON, Access.READ, Access.TRADE, Access.KEY
OPERATOR = Access.OPERATOR
ORGANISATION: Final = "/api/organisations/{organisation}"
BINANCE: Final = "/binance/api/v3"

# What an operator must have a right to; None is open to every role.
RIGHTS: Final = {
    ("GET", "/api/admin/self"): None,
    ("GET", "/api/admin/operators"): Right.SEE_OPERATORS,
    ("GET", "/api/admin/overview"): Right.SEE_SERVICES,
    ("GET", "/api/admin/incidents"): Right.SEE_SERVICES,
    ("POST", "/api/admin/incidents"): Right.SET_INCIDENT,
    ("DELETE", "/api/admin/incidents/current"): Right.SET_INCIDENT,
    ("GET", "/api/admin/people"): Right.SEE_PEOPLE,
    ("GET", "/api/admin/people/{id}"): Right.SEE_PEOPLE,
    ("GET", "/api/admin/people/{id}/timeline"): Right.SEE_PEOPLE,
    ("POST", "/api/admin/people/{id}/freeze"): Right.FREEZE,
    ("POST", "/api/admin/people/{id}/unfreeze"): Right.UNFREEZE,
    ("POST", "/api/admin/people/{id}/fee-tier"): Right.SET_FEE_TIER,
    ("GET", "/api/admin/markets"): Right.SEE_SERVICES,
    ("POST", "/api/admin/markets"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/status"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/band"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/limits"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/risk"): Right.SET_MARKETS,
    ("GET", "/api/admin/risk"): Right.SEE_SERVICES,
    ("GET", "/api/admin/flags"): Right.SEE_PEOPLE,
    ("GET", "/api/admin/rates"): Right.SEE_SERVICES,
    ("POST", "/api/admin/rates"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/cancel-orders"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/fees"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/promotion"): Right.SET_MARKETS,
    ("DELETE", "/api/admin/markets/{market}/promotion"): Right.SET_MARKETS,
    ("POST", "/api/admin/markets/{market}/delist"): Right.SET_MARKETS,
    ("GET", "/api/admin/audit"): Right.SEE_AUDIT,
    ("GET", "/api/admin/audit/acts"): Right.SEE_AUDIT,
    ("GET", "/api/admin/audit/chain"): Right.SEE_AUDIT,
    ("GET", "/api/admin/audit/export"): Right.SEE_AUDIT,
    ("GET", "/api/admin/configuration"): Right.SEE_HISTORY,
    ("GET", "/api/admin/jobs"): Right.SEE_JOBS,
    ("POST", "/api/admin/jobs/mails/{id}/retry"): Right.SET_JOBS,
    ("POST", "/api/admin/jobs/mails/{id}/give-up"): Right.SET_JOBS,
    ("GET", "/api/admin/verifications"): Right.REVIEW_VERIFICATIONS,
    ("GET", "/api/admin/verifications/{id}"): Right.REVIEW_VERIFICATIONS,
    ("GET", "/api/admin/verifications/{id}/documents/{document}"): Right.REVIEW_VERIFICATIONS,
    ("POST", "/api/admin/verifications/{id}/approve"): Right.REVIEW_VERIFICATIONS,
    ("POST", "/api/admin/verifications/{id}/refuse"): Right.REVIEW_VERIFICATIONS,
    ("POST", "/api/admin/verifications/{id}/revoke"): Right.REVIEW_VERIFICATIONS,
    # By what each request is about: the room looks at that.
    ("GET", "/api/admin/requests"): None,
    ("POST", "/api/admin/requests/{id}/approve"): None,
    ("POST", "/api/admin/requests/{id}/refuse"): None,
    ("DELETE", "/api/admin/requests/{id}"): None,
    ("POST", "/api/admin/operators"): Right.SET_OPERATORS,
    ("DELETE", "/api/admin/operators/{id}/roles/{role}"): Right.SET_OPERATORS,
}

# A new route has a row here before it goes out.
TABLE: Final = {
    ("GET", "/"): EVERYONE,
    **{
        ("GET", f"{BINANCE}/{name}"): EVERYONE
        for name in (
            "ping",
            "time",
            "exchangeInfo",
            "depth",
            "trades",
            "historicalTrades",
            "aggTrades",
            "klines",
            "uiKlines",
            "avgPrice",
            "ticker/24hr",
            "ticker/price",
            "ticker/bookTicker",
        )
    },
    **{
        ("GET", f"{BINANCE}/{name}"): READ
        for name in (
            "account",
            "order",
            "openOrders",
            "allOrders",
            "myTrades",
            "orderList",
            "openOrderList",
            "rateLimit/order",
        )
    },
    **{
        ("POST", f"{BINANCE}/{name}"): TRADE
        for name in ("order", "order/test", "order/cancelReplace", "order/oco", "orderList/oco")
    },
    ("DELETE", f"{BINANCE}/order"): TRADE,
    ("DELETE", f"{BINANCE}/openOrders"): TRADE,
    ("DELETE", f"{BINANCE}/orderList"): TRADE,
    ("GET", "/site/{locale}/trade/{market}"): EVERYONE,
    ("GET", "/api/docs"): EVERYONE,
    ("GET", "/api/health"): EVERYONE,
    ("GET", "/api/openapi.json"): EVERYONE,
    ("GET", "/api/asyncapi.json"): EVERYONE,
    ("POST", "/api/auth/sign-up"): EVERYONE,
    ("POST", "/api/auth/password-strength"): EVERYONE,
    ("POST", "/api/auth/sign-in"): EVERYONE,
    ("POST", "/api/auth/sign-in/code"): EVERYONE,
    ("POST", "/api/auth/passkey/begin"): EVERYONE,
    ("POST", "/api/auth/passkey"): EVERYONE,
    ("POST", "/api/auth/step-up/passkey"): PERSON,
    ("POST", "/api/security/passkeys/begin"): PERSON,
    ("POST", "/api/security/passkeys"): PERSON,
    ("PATCH", "/api/security/passkeys/{id}"): PERSON,
    ("DELETE", "/api/security/passkeys/{id}"): PERSON,
    ("POST", "/api/auth/refresh"): EVERYONE,
    ("POST", "/api/auth/sign-out"): PERSON,
    ("POST", "/api/auth/password-reset"): EVERYONE,
    ("POST", "/api/auth/password-reset/complete"): EVERYONE,
    ("POST", "/api/auth/verify-email"): PERSON,
    ("GET", "/api/security/email"): PERSON,
    ("POST", "/api/security/email/verification"): PERSON,
    ("POST", "/api/security/password"): PERSON,
    ("POST", "/api/security/email"): PERSON,
    ("POST", "/api/auth/email-change/undo"): EVERYONE,
    ("POST", "/api/security/mail-phrase"): PERSON,
    ("DELETE", "/api/security/mail-phrase"): PERSON,
    ("GET", "/api/demo/mailbox"): EVERYONE,
    ("GET", "/api/sessions"): PERSON,
    ("DELETE", "/api/sessions"): PERSON,
    ("PATCH", "/api/sessions/{id}"): PERSON,
    ("DELETE", "/api/sessions/{id}"): PERSON,
    ("GET", "/api/notifications"): PERSON,
    ("GET", "/api/notifications/unread"): PERSON,
    ("POST", "/api/notifications/read"): PERSON,
    ("POST", "/api/price-alerts"): PERSON,
    ("GET", "/api/price-alerts"): PERSON,
    ("DELETE", "/api/price-alerts/{id}"): PERSON,
    ("GET", "/api/workspace"): PERSON,
    ("GET", "/api/workspace/{name}"): PERSON,
    ("PUT", "/api/workspace/{name}"): PERSON,
    ("GET", "/api/account/closing"): PERSON,
    ("POST", "/api/account/closing"): PERSON,
    ("GET", "/api/account/exports"): PERSON,
    ("POST", "/api/account/exports"): PERSON,
    ("GET", "/api/account/exports/{id}/archive"): PERSON,
    ("GET", "/api/verification"): PERSON,
    ("POST", "/api/verification/application"): PERSON,
    ("DELETE", "/api/verification/application"): PERSON,
    ("POST", "/api/verification/documents"): PERSON,
    ("DELETE", "/api/verification/documents/{id}"): PERSON,
    ("POST", "/api/verification/submission"): PERSON,
    ("GET", "/api/preferences"): PERSON,
    ("PATCH", "/api/preferences"): PERSON,
    ("GET", "/api/security"): PERSON,
    ("GET", "/api/security/events"): PERSON,
    ("POST", "/api/auth/step-up"): PERSON,
    ("POST", "/api/security/totp"): PERSON,
    ("POST", "/api/security/totp/confirm"): PERSON,
    ("DELETE", "/api/security/totp"): PERSON,
    ("POST", "/api/security/recovery-codes"): PERSON,
    ("POST", "/api/keys"): PERSON,
    ("GET", "/api/keys"): PERSON,
    ("GET", "/api/keys/self"): KEY,
    ("GET", "/api/limits"): READ,
    ("GET", "/api/accounts"): READ,
    ("POST", "/api/accounts"): PERSON,
    ("PATCH", "/api/accounts/{account}"): PERSON,
    ("POST", "/api/accounts/{account}/archive"): PERSON,
    ("POST", "/api/accounts/{account}/restore"): PERSON,
    ("GET", "/api/transfers"): READ,
    ("GET", "/api/organisations"): PERSON,
    ("POST", "/api/organisations"): PERSON,
    ("GET", f"{ORGANISATION}"): PERSON,
    ("POST", f"{ORGANISATION}/accounts"): PERSON,
    ("POST", f"{ORGANISATION}/invitations"): PERSON,
    ("DELETE", f"{ORGANISATION}/invitations/{{invitation}}"): PERSON,
    ("PATCH", ORGANISATION): PERSON,
    ("PATCH", f"{ORGANISATION}/accounts/{{account}}"): PERSON,
    ("POST", f"{ORGANISATION}/accounts/{{account}}/archive"): PERSON,
    ("POST", f"{ORGANISATION}/accounts/{{account}}/restore"): PERSON,
    ("PATCH", f"{ORGANISATION}/members/{{member}}"): PERSON,
    ("DELETE", f"{ORGANISATION}/members/{{member}}"): PERSON,
    ("POST", f"{ORGANISATION}/leave"): PERSON,
    ("GET", f"{ORGANISATION}/log"): PERSON,
    ("POST", "/api/organisation-invitation"): PERSON,
    ("POST", "/api/organisation-invitation/accept"): PERSON,
    ("PATCH", f"{ORGANISATION}/policy"): PERSON,
    ("POST", f"{ORGANISATION}/transfers"): PERSON,
    ("GET", f"{ORGANISATION}/keys"): PERSON,
    ("POST", f"{ORGANISATION}/keys"): PERSON,
    ("DELETE", f"{ORGANISATION}/keys/{{key}}"): PERSON,
    ("GET", f"{ORGANISATION}/requests"): PERSON,
    ("POST", f"{ORGANISATION}/requests/{{request}}/approve"): PERSON,
    ("POST", f"{ORGANISATION}/requests/{{request}}/refuse"): PERSON,
    ("DELETE", f"{ORGANISATION}/requests/{{request}}"): PERSON,
    ("POST", "/api/transfers"): TRADE,
    ("GET", "/api/keys/{id}"): PERSON,
    ("PATCH", "/api/keys/{id}"): PERSON,
    ("DELETE", "/api/keys/{id}"): PERSON,
    ("POST", "/api/orders"): TRADE,
    ("POST", "/api/orders/test"): TRADE,
    ("POST", "/api/orders/list"): TRADE,
    ("POST", "/api/orders/batch"): TRADE,
    ("POST", "/api/orders/cancel-batch"): TRADE,
    ("POST", "/api/orders/cancel-after"): TRADE,
    ("GET", "/api/orders/cancel-after"): READ,
    ("POST", "/api/orders/replace"): TRADE,
    ("PATCH", "/api/orders/{id}"): TRADE,
    ("PATCH", "/api/orders/by-client-id/{client_order_id}"): TRADE,
    ("DELETE", "/api/orders/{id}"): TRADE,
    ("DELETE", "/api/orders/by-client-id/{client_order_id}"): TRADE,
    ("DELETE", "/api/orders"): TRADE,
    ("GET", "/api/orders"): READ,
    ("GET", "/api/orders/{id}"): READ,
    ("GET", "/api/orders/by-client-id/{client_order_id}"): READ,
    ("GET", "/api/fills"): READ,
    ("GET", "/api/balances"): READ,
    ("GET", "/api/fees"): READ,
    ("GET", "/api/ledger"): READ,
    ("GET", "/api/csv/ledger"): READ,
    ("GET", "/api/csv/orders"): READ,
    ("GET", "/api/csv/fills"): READ,
    ("GET", "/api/portfolio"): READ,
    ("GET", "/api/statement"): READ,
    ("GET", "/api/statement/csv"): READ,
    ("GET", "/api/statement/pdf"): READ,
    ("GET", "/api/portfolio/value"): READ,
    ("POST", "/api/faucet"): PERSON,
    ("GET", "/api/assets"): EVERYONE,
    ("GET", "/api/markets"): EVERYONE,
    ("GET", "/api/markets/{market}"): EVERYONE,
    ("GET", "/api/markets/{market}/auction"): EVERYONE,
    ("GET", "/api/markets/{market}/picture"): EVERYONE,
    ("GET", "/api/orderbook/{market}"): EVERYONE,
    ("GET", "/api/trades"): EVERYONE,
    ("GET", "/api/ticker/{market}"): EVERYONE,
    ("GET", "/api/tickers"): EVERYONE,
    ("GET", "/api/candles/{market}"): EVERYONE,
    ("GET", "/api/sparks"): EVERYONE,
    ("GET", "/api/indicators"): EVERYONE,
    ("GET", "/api/udf/config"): EVERYONE,
    ("GET", "/api/udf/time"): EVERYONE,
    ("GET", "/api/udf/symbols"): EVERYONE,
    ("GET", "/api/udf/search"): EVERYONE,
    ("GET", "/api/udf/history"): EVERYONE,
    ("GET", "/api/udf/timescale_marks"): EVERYONE,
    ("GET", "/api/udf/quotes"): EVERYONE,
    ("GET", "/api/indicators/{market}"): EVERYONE,
    ("GET", "/api/creators"): EVERYONE,
    ("GET", "/api/incident"): EVERYONE,
    ("GET", "/api/incidents"): EVERYONE,
    ("GET", "/api/incidents/feed"): EVERYONE,
    **dict.fromkeys(RIGHTS, OPERATOR),
}

# What changes how an account is guarded, or makes something that acts for it. What only takes away, as
# revoking a key and ending a session does, is open to whoever is in a hurry.
STEPS_UP: Final = {
    ("POST", "/api/account/closing"),
    ("POST", "/api/account/exports"),
    ("POST", "/api/security/password"),
    ("POST", "/api/security/email"),
    ("POST", "/api/security/mail-phrase"),
    ("DELETE", "/api/security/mail-phrase"),
    ("POST", "/api/security/totp"),
    ("POST", "/api/security/totp/confirm"),
    ("DELETE", "/api/security/totp"),
    ("POST", "/api/security/recovery-codes"),
    ("POST", "/api/security/passkeys/begin"),
    ("POST", "/api/security/passkeys"),
    ("DELETE", "/api/security/passkeys/{id}"),
    ("POST", "/api/keys"),
    ("PATCH", "/api/keys/{id}"),
    # What decides who acts for an organisation, and how many of them it takes.
    ("POST", "/api/organisations"),
    ("POST", f"{ORGANISATION}/invitations"),
    ("PATCH", f"{ORGANISATION}/members/{{member}}"),
    ("DELETE", f"{ORGANISATION}/members/{{member}}"),
    ("PATCH", f"{ORGANISATION}/policy"),
    ("POST", f"{ORGANISATION}/keys"),
    ("POST", f"{ORGANISATION}/requests/{{request}}/approve"),
    # All that operators do, and what takes a copy away.
    ("GET", "/api/admin/audit/export"),
    ("GET", "/api/account/exports/{id}/archive"),
    *(route for route in RIGHTS if route[0] != "GET"),
}

# How each is refused; None where the request goes on to its handler.
VISITOR, SIGNED_IN, READER, TRADER, WITHDRAWER = "visitor", "person", "read", "trade", "withdraw"
REFUSALS: Final[dict[Access, dict[str, str | None]]] = {
    EVERYONE: dict.fromkeys([VISITOR, SIGNED_IN, READER, TRADER, WITHDRAWER]),
    PERSON: {
        VISITOR: "not_authenticated", SIGNED_IN: None,
        READER: "person_required", TRADER: "person_required", WITHDRAWER: "person_required",
    },
    READ: {
        VISITOR: "not_authenticated", SIGNED_IN: None,
        READER: None, TRADER: "scope_missing", WITHDRAWER: "scope_missing",
    },
    TRADE: {
        VISITOR: "not_authenticated", SIGNED_IN: None,
        READER: "scope_missing", TRADER: None, WITHDRAWER: "scope_missing",
    },
    Access.WITHDRAW: {
        VISITOR: "not_authenticated", SIGNED_IN: None,
        READER: "scope_missing", TRADER: "scope_missing", WITHDRAWER: None,
    },
    KEY: {
        VISITOR: "not_authenticated", SIGNED_IN: "api_key_required",
        READER: None, TRADER: None, WITHDRAWER: None,
    },
    # As if there were no such address, for all but a visitor, who may be an operator.
    OPERATOR: {
        VISITOR: "not_authenticated", SIGNED_IN: "not_found",
        READER: "not_found", TRADER: "not_found", WITHDRAWER: "not_found",
    },
}  # fmt: skip
CALLER: Final = Caller(UUID(int=1), "session", 7, 0.0)
OF_ACCESS: Final = {code.name for code in codes.CODES if code.status in (401, 403)}


class Reached(Exception):
    """A room was asked."""


class Nobody:
    """A room that nobody is in."""

    def __getattr__(self, name: str) -> Any:
        raise Reached


async def nobody_has(_: Caller) -> None:
    raise CodedError(codes.STEP_UP_REQUIRED, methods="password")


async def is_no_operator(_: Caller, __: Right | None) -> None:
    raise CodedError(codes.NOT_FOUND)


class Everybody:
    """A person, and a key for each scope, who are who they say."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        if b"authorization" not in headers:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return CALLER

    async def by_signature(self, request: SignedRequest) -> Caller:
        scope = KeyScope(request.headers[b"cse-key"].decode())
        return CALLER._replace(key=UUID(int=2), scopes=frozenset({scope}))


# Ids of the keys in dialects, whose signatures are looked at by the room's own hand.
KEY_IDS: Final = {scope.value: UUID(int=number) for number, scope in enumerate(KeyScope, 1)}


class EverySignature:
    """A key for each scope, whatever it has signed."""

    async def caller(self, claim: Claim, *_: object, **__: object) -> Caller:
        (scope,) = (scope for scope in KeyScope if KEY_IDS[scope.value] == claim.key)
        return CALLER._replace(key=claim.key, scopes=frozenset({scope}))


def signed_in_dialect(who: str) -> tuple[dict[str, str], str]:
    """Headers and query of a key in the dialect of Binance; a visitor and a person have none."""
    if who not in KEY_IDS:
        return headers_of(who), ""
    return {"x-mbx-apikey": str(KEY_IDS[who])}, f"?timestamp=1764150000000&signature={'0' * 64}"


# How a refusal of the table is told there: nobody is known by a token.
IN_DIALECT: Final = {"not_authenticated": -2014, "scope_missing": -2015}


def headers_of(who: str) -> dict[str, str]:
    match who:
        case "visitor":
            return {}
        case "person":
            return {"authorization": "Bearer good"}
        case scope:
            return {"cse-key": scope}


def table() -> list[Route]:
    nobody = cast(Any, Nobody())
    rooms = empty_rooms(nobody)._replace(signatures=cast(Any, EverySignature()))
    routes = routes_of(rooms, Rates(), nobody, secure_cookies=True)
    return [*routes, *SitePages(routes, Health("edge", "nothing"), "1", "").routes()]


ROUTES: Final = table()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    def translate(error: Exception, _: str) -> CodedError | None:
        return CodedError(codes.UNAVAILABLE) if isinstance(error, Reached) else None

    application = Application(
        ROUTES, Everybody(), ClientAddresses([]), translate, nobody_has, is_no_operator,
        choose_account=cast(Any, Nobody()),
    )  # fmt: skip
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
        yield client


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {(route.method, route.path): route.access for route in ROUTES} == TABLE


OURS: Final = [route for route in ROUTES if route.dialect is None]
DIALECTS: Final = [route for route in ROUTES if route.dialect is not None]


@pytest.mark.parametrize("route", DIALECTS, ids=[f"{route.method} {route.path}" for route in DIALECTS])
async def test_who_gets_through_in_a_dialect(client: httpx.AsyncClient, route: Route) -> None:
    refusals = REFUSALS[TABLE[route.method, route.path]]
    if route.access is not EVERYONE:
        refusals = refusals | {SIGNED_IN: "not_authenticated"}
    for who, expected in refusals.items():
        headers, query = signed_in_dialect(who)
        answer = await client.request(route.method, route.path + query, headers=headers)
        number = IN_DIALECT[expected] if expected is not None else None
        found = answer.json().get("code") if answer.status_code == 401 else None
        assert found == number, who


@pytest.mark.parametrize("route", OURS, ids=[f"{route.method} {route.path}" for route in OURS])
async def test_who_gets_through(client: httpx.AsyncClient, route: Route) -> None:
    path = route.path.replace("{", "").replace("}", "")
    of_access = OF_ACCESS | ({"not_found"} if route.access is OPERATOR else set())
    for who, expected in REFUSALS[TABLE[route.method, route.path]].items():
        body: dict[str, Any] | None = None if route.request is None else {}
        headers = headers_of(who) | ({} if route.upload is None else {"content-type": "image/png"})
        answer = await client.request(route.method, path, headers=headers, json=body)
        refusal = None
        if answer.headers.get("content-type") == "application/problem+json":
            refusal = answer.json()["code"]
        if expected is None and (route.method, route.path) in STEPS_UP:
            assert refusal == "step_up_required"
        else:
            assert (refusal if refusal in of_access else None) == expected, who


def test_steps_up_are_asked_for_where_the_table_says() -> None:
    assert {(route.method, route.path) for route in ROUTES if route.step_up} == STEPS_UP


def test_what_checks_a_password_weighs_ten() -> None:
    weights = {
        route.path: route.weight
        for route in ROUTES
        if "password" in getattr(route.request, "__struct_fields__", ())
    }
    # Judged by how it is written, and held against nobody's.
    assert weights.pop("/api/auth/password-strength") == 2
    assert len(weights) >= 4
    assert set(weights.values()) == {10}


def test_every_route_for_operators_asks_for_the_right_of_its_row() -> None:
    found = {(route.method, route.path): route.right for route in ROUTES if route.access is Access.OPERATOR}
    assert found == RIGHTS


# Every right against every role.
@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.VIEWER, {Right.SEE_SERVICES}),
        (
            Role.SUPPORT,
            {Right.SEE_SERVICES, Right.SET_INCIDENT, Right.SEE_PEOPLE, Right.FREEZE, Right.SEE_JOBS},
        ),
        (
            Role.MARKET,
            {
                Right.SEE_SERVICES,
                Right.SET_INCIDENT,
                Right.SEE_PEOPLE,
                Right.SET_FEE_TIER,
                Right.SET_MARKETS,
                Right.SEE_HISTORY,
            },
        ),
        (
            Role.SECURITY,
            {
                Right.SEE_SERVICES,
                Right.SET_INCIDENT,
                Right.SEE_PEOPLE,
                Right.FREEZE,
                Right.UNFREEZE,
                Right.SEE_OPERATORS,
                Right.SEE_JOBS,
                Right.SET_JOBS,
                Right.SEE_AUDIT,
                Right.SEE_HISTORY,
            },
        ),
        (Role.REVIEWER, {Right.SEE_SERVICES, Right.REVIEW_VERIFICATIONS}),
        # What persons hand in is read by nobody who was not made a reviewer.
        (Role.HEAD, set(Right) - {Right.REVIEW_VERIFICATIONS}),
    ],
)
def test_what_a_role_may(role: Role, rights: set[Right]) -> None:
    assert rights_of([role]) == rights


def test_who_has_several_roles_may_what_each_allows_and_who_has_none_nothing() -> None:
    assert rights_of([]) == frozenset()
    assert rights_of([Role.VIEWER, Role.MARKET]) == rights_of([Role.MARKET])
    assert Right.UNFREEZE in rights_of([Role.SUPPORT, Role.SECURITY])


def test_an_account_is_chosen_wherever_a_request_is_about_one() -> None:
    about_one = (
        "/api/orders", "/api/fills", "/api/balances", "/api/fees", "/api/portfolio", "/api/limits",
        "/api/faucet", "/api/ledger", "/api/csv", "/api/statement",
    )  # fmt: skip
    found = {(route.method, route.path) for route in ROUTES if route.takes_account}
    assert found == {
        ("GET", "/api/transfers"),
        *((route.method, route.path) for route in ROUTES if route.path.startswith(about_one)),
    }


def test_a_key_is_never_enough_to_make_or_change_keys_or_to_end_a_session() -> None:
    for route in ROUTES:
        if (
            route.path.startswith(("/api/keys", "/api/auth", "/api/security", "/api/admin", "/api/accounts"))
            and route.method != "GET"
        ):
            assert not route.access.takes_keys
