"""Dispatch: both kinds of handler stand on one table and answer alike."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

import httpx
import msgspec
import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.body import BodyReader
from cse.runtime.http.message import Message
from cse.runtime.http.openapi import document, possible_codes
from cse.runtime.http.pages import POLICY, docs_page, home_page
from cse.runtime.http.route import (
    Access,
    Call,
    Caller,
    Nothing,
    Reply,
    Route,
    Scope,
    SignedRequest,
    answer,
    roles,
)


class Note(msgspec.Struct, forbid_unknown_fields=True):
    text: str


CALLER = Caller(UUID(int=1), "session", 7, 0.0)
READER = CALLER._replace(key=UUID(int=2), scopes=frozenset({KeyScope.READ}))


class Known:
    """One person, and one key whose signature is the content that is signed."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        if headers.get(b"authorization") != b"Bearer good":
            raise CodedError(codes.NOT_AUTHENTICATED)
        return CALLER

    async def by_signature(self, request: SignedRequest) -> Caller:
        signed = b" ".join((request.method.encode(), request.target, request.body, request.address.encode()))
        if request.headers[b"cse-signature"] != signed:
            raise CodedError(codes.SIGNATURE_INVALID)
        return READER


async def raw_post(_: Scope, __: Caller, body: bytes) -> Reply:
    return answer(BodyReader(Note).read(body), 5, 201)


async def raw_delete(scope: Scope, _: Caller, __: bytes) -> Reply:
    return answer({"id": scope["path"].rpartition("/")[2]}, 6)


async def show(call: Call[Nothing, Nothing]) -> Reply:
    return answer({"id": call.path["id"], "account": call.person.account}, call.min_sequence)


async def keep(call: Call[Note, Nothing]) -> Reply:
    if call.body.text == "broken":
        raise RuntimeError("a secret detail")
    if call.body.text == "away":
        raise ConnectionError
    return answer(call.body)


def translate(error: Exception, _: str) -> CodedError | None:
    return CodedError(codes.UNAVAILABLE) if isinstance(error, ConnectionError) else None


ROUTES = [
    Route("POST", "/notes", Access.TRADE, "Adds.", Note, raw=raw_post, request=Note, status=201),
    Route("DELETE", "/notes/{id}", Access.PERSON, "Removes.", None, raw=raw_delete),
    Route("GET", "/notes/{id}", Access.READ, "Shows.", None, handler=show),
    Route("PUT", "/notes", Access.EVERYONE, "Keeps.", Note, handler=keep, request=Note),
]
GOOD = {"authorization": "Bearer good"}


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    application = Application(ROUTES, Known(), ClientAddresses([]), translate)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
        yield client


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == response.status_code
    assert found["instance"].removeprefix("request:") == response.headers["cse-request-id"]
    return response.status_code, found["code"]


async def test_raw_handlers_and_others_answer_alike(client: httpx.AsyncClient) -> None:
    added = await client.post("/notes", json={"text": "a"}, headers=GOOD)
    assert (added.status_code, added.json()) == (201, {"text": "a"})
    assert (await client.delete("/notes/12", headers=GOOD)).json() == {"id": "12"}
    shown = await client.get("/notes/12", headers=GOOD | {"cse-min-sequence": "9"})
    assert shown.json() == {"id": "12", "account": 7}
    kept = await client.put("/notes", json={"text": "b"})
    for response in (added, shown, kept):
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cse-request-id"]
    assert shown.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'; sandbox" in shown.headers["content-security-policy"]
    # An answer that reflects no sequence carries the highest one shown so far.
    assert [r.headers["cse-sequence"] for r in (added, shown, kept)] == ["5", "9", "9"]


def signed(text: str) -> dict[str, str]:
    return {"cse-key": "any", "cse-signature": text}


@pytest.mark.parametrize(
    ("method", "target", "body", "expected"),
    [
        ("GET", "/notes/a%2Fb?", b"", (200, None)),
        ("GET", "/notes/1?a=%20b", b"", (400, "unknown_field")),
        ("POST", "/notes", b'{"text": "a"}', (403, "scope_missing")),
        ("DELETE", "/notes/1", b"", (403, "person_required")),
    ],
)
async def test_a_signature_is_over_the_request_as_it_came_and_opens_what_its_key_may_do(
    client: httpx.AsyncClient, method: str, target: str, body: bytes, expected: tuple[int, str | None]
) -> None:
    headers = {"content-type": "application/json"} if body else {}
    right = signed(f"{method} {target.rstrip('?')} {body.decode()} 127.0.0.1")
    answered = await client.request(method, target, content=body, headers=headers | right)
    assert (answered.status_code, answered.json().get("code")) == expected
    for wrong in (right["cse-signature"] + "x", right["cse-signature"].replace("notes", "other")):
        refused = await client.request(method, target, content=body, headers=headers | signed(wrong))
        assert problem(refused) == (401, "signature_invalid")


@pytest.mark.parametrize(
    ("path", "id_"),
    [("a%2Fb", "a/b"), ("%2Fa%2F%2Fb%2F", "/a//b/"), ("a%20b", "a b"), ("%252F", "%2F"), ("%FF", "\ufffd")],
)
async def test_a_parameter_is_what_was_encoded(client: httpx.AsyncClient, path: str, id_: str) -> None:
    assert (await client.get(f"/notes/{path}", headers=GOOD)).json()["id"] == id_


async def test_a_slash_that_is_not_encoded_parts_the_path(client: httpx.AsyncClient) -> None:
    assert problem(await client.get("/notes/a/b", headers=GOOD)) == (404, "not_found")


@pytest.mark.parametrize("path", ["/notes", "/nowhere"])
async def test_refusals_are_problem_details(client: httpx.AsyncClient, path: str) -> None:
    refused = await client.post(path, json={"text": "a"})
    assert problem(refused) == ((401, "not_authenticated") if path == "/notes" else (404, "not_found"))
    if path == "/notes":
        assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), [("POST", "/notes"), ("GET", "/notes/1")])
async def test_a_header_that_stands_twice_makes_no_request(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    twice = [("authorization", "Bearer good"), ("authorization", "Bearer bad")]
    for headers in (twice, twice[::-1]):
        assert problem(await client.request(method, path, headers=headers)) == (400, "malformed_request")


async def test_a_method_that_is_not_taken_is_told_which_are(client: httpx.AsyncClient) -> None:
    response = await client.patch("/notes/1")
    assert problem(response) == (405, "method_not_allowed")
    assert response.headers["allow"] == "DELETE, GET"


async def test_a_failure_says_nothing_of_its_inside(client: httpx.AsyncClient) -> None:
    response = await client.put("/notes", json={"text": "broken"})
    assert problem(response) == (500, "internal_error")
    assert "secret" not in response.text
    assert response.headers["cse-request-id"] in response.json()["detail"]
    assert response.json()["money"] == "unknown"


async def test_what_may_be_tried_again_says_when(client: httpx.AsyncClient) -> None:
    response = await client.put("/notes", json={"text": "away"})
    assert problem(response) == (503, "unavailable")
    assert response.headers["retry-after"] == "1"


async def test_answers_are_counted_by_route(client: httpx.AsyncClient) -> None:
    application = client._transport.app  # type: ignore[attr-defined]
    await client.get("/notes/1", headers=GOOD)
    await client.get("/notes/2", headers=GOOD)
    assert application.answers["GET", "/notes/{id}", 200] == 2


def test_openapi_and_roles_come_from_the_table() -> None:
    found = json.loads(msgspec.json.encode(document(ROUTES, "1")))
    assert found["openapi"] == "3.1.0"
    for route in ROUTES:
        operation = found["paths"][route.path][route.method.lower()]
        ways = [way for one in operation.get("security", []) for way in one]
        assert ways == {
            Access.EVERYONE: [],
            Access.PERSON: ["accessToken"],
        }.get(route.access, ["accessToken", "apiKey"])
        assert ("requestBody" in operation) == (route.request is not None)
        assert {str(code.status) for code in possible_codes(route)} <= set(operation["responses"])
    assert ("DELETE", "/notes/{id}", "a signed-in person") in roles(ROUTES)
    assert len(roles(ROUTES)) == len(ROUTES)


def test_the_page_names_every_route_and_code_and_loads_nothing() -> None:
    page = docs_page(ROUTES, "http://127.0.0.1:8000").decode()
    for route in ROUTES:
        assert f"<code>{route.path}</code>" in page
    for code in codes.CODES:
        assert f'id="{code.name}"' in page
    assert "<td><code>text</code><td>body, required<td>text" in page
    assert "src=" not in page
    assert "https://" not in page


@pytest.mark.parametrize("page", [home_page(), docs_page(ROUTES, "http://127.0.0.1:8000")])
def test_the_policy_of_the_pages_lets_in_their_own_style_and_nothing_else(page: bytes) -> None:
    (style,) = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert POLICY.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{allowed}'"]
    assert not re.findall(rb"<script|<link|<img| style=| on\w+=", page)


SEALED = Route("DELETE", "/seal", Access.PERSON, "Breaks a seal.", None, handler=show, step_up=True)


@pytest.mark.parametrize("fresh", [True, False])
async def test_a_route_that_needs_a_step_up_asks_before_its_handler(fresh: bool) -> None:
    asked = []

    async def require(caller: Caller) -> None:
        asked.append(caller)
        if not fresh:
            raise CodedError(codes.STEP_UP_REQUIRED, methods="totp recovery_code")

    async def broken(_: Call[Nothing, Nothing]) -> Reply:
        return answer({"broken": True})

    routes = [SEALED._replace(handler=broken), *ROUTES]
    application = Application(routes, Known(), ClientAddresses([]), translate, require)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
        assert problem(await client.delete("/seal")) == (401, "not_authenticated")
        assert (await client.get("/notes/12", headers=GOOD)).is_success
        assert asked == []
        response = await client.delete("/seal", headers=GOOD)
    assert asked == [CALLER]
    if fresh:
        assert response.json() == {"broken": True}
    else:
        assert problem(response) == (403, "step_up_required")
        assert response.json()["methods"] == ["totp", "recovery_code"]
    assert codes.STEP_UP_REQUIRED in possible_codes(SEALED)
    assert codes.STEP_UP_REQUIRED not in possible_codes(ROUTES[2])


def test_no_step_up_is_asked_for_in_vain() -> None:
    with pytest.raises(ValueError, match="step up"):
        Application([SEALED], Known(), ClientAddresses([]), translate)

    async def require(_: Caller) -> None:
        """Lets everybody through."""

    with pytest.raises(ValueError, match="step up"):
        Application([ROUTES[0]._replace(step_up=True)], Known(), ClientAddresses([]), translate, require)


def asked(**parts: object) -> Message:
    return Message(**{"caller": CALLER, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("route", "message", "status", "body"),
    [
        (0, asked(body=b'{"text": "a"}'), 201, {"text": "a"}),
        (0, asked(body=b'{"text": 1}'), 400, "invalid_field"),
        (0, asked(body=b'{"text": "a"}', caller=None), 401, "not_authenticated"),
        (0, asked(body=b"x" * 20_000), 413, "body_too_large"),
        (0, asked(body=b'{"text": "a"}', caller=READER), 403, "scope_missing"),
        (1, asked(parameter="7"), 200, {"id": "7"}),
        (1, asked(parameter="7/8"), 200, {"id": "7%2F8"}),
        (2, asked(parameter="7/8"), 200, {"id": "7/8", "account": 7}),
        (2, asked(parameter="7", query={"limit": 1}), 400, "unknown_field"),
        (3, asked(body=b'{"text": "away"}'), 503, "unavailable"),
        (3, asked(body=b'{"text": "broken"}'), 500, "internal_error"),
    ],
)  # fmt: skip
async def test_a_message_is_answered_as_a_request(
    route: int, message: Message, status: int, body: object
) -> None:
    application = Application(ROUTES, Known(), ClientAddresses([]), translate)
    answers: list[Reply] = []
    task = application.serve_message(ROUTES[route], message, answers.append)
    if task is not None:
        await task
    (reply,) = answers
    found = json.loads(reply.body)
    assert (reply.status, found if status < 300 else found["code"]) == (status, body)
    assert application.answers[ROUTES[route].method, ROUTES[route].path, status] == 1


async def test_the_answer_to_a_message_shows_the_highest_sequence_where_it_has_none_of_its_own() -> None:
    application = Application(ROUTES, Known(), ClientAddresses([]), translate)
    answers: list[Reply] = []
    for route, message in ((1, asked(parameter="7")), (3, asked(body=b'{"text": "a"}'))):
        task = application.serve_message(ROUTES[route], message, answers.append)
        assert task is not None
        await task
    assert [reply.sequence for reply in answers] == [6, 6]
