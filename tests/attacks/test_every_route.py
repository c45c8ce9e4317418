"""What is tried on every route of the table alike, without a server: odd bodies, methods, lines in names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import httpx
import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.body import BODY_LIMIT_BYTES
from cse.runtime.http.query import QUERY_LIMIT_BYTES
from cse.runtime.http.route import KEY_HEADER, Access, Caller, Route
from tests.unit.services.test_edge_access import ROUTES, Everybody, Reached

MARK: Final = "injected"
LINES: Final = f"a%0d%0aX-{MARK}:%201%0d%0a%0d%0a"
JSON: Final = "application/json"
OTHER_TYPES: Final = (
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
    "application/json; charset=utf-16", "application/jsonp",
)  # fmt: skip
NO_OBJECTS: Final = (b"", b"[]", b"null", b"1", b'"a"', b"{", b"\xff", b"[" * 5_000)


async def granted(_: Caller, __: Right | None = None) -> None:
    """Every step up is fresh, and every operator has every right: what is refused here is refused to all."""


def translate(error: Exception, _: str) -> CodedError | None:
    return CodedError(codes.UNAVAILABLE) if isinstance(error, Reached) else None


class OwnAccounts:
    """Every account is whoever's asks for it."""

    def known(self, caller: Caller, account: int) -> Caller | None:
        return caller._replace(account=account)

    async def chosen(self, caller: Caller, account: int) -> Caller:
        return caller._replace(account=account)


# Made once: with the whole table it takes a while.
EDGE: Final = Application(
    ROUTES, Everybody(), ClientAddresses([]), translate, granted, granted, choose_account=OwnAccounts()
)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(EDGE), base_url="http://edge") as client:
        yield client


def each(routes: list[Route]) -> pytest.MarkDecorator:
    """A test for each of the routes."""
    return pytest.mark.parametrize("route", routes, ids=[f"{one.method} {one.path}" for one in routes])


def admitted(route: Route) -> dict[str, str]:
    """Headers of somebody who may use the route, and of a file where it takes one."""
    if route.upload is not None:
        return {"authorization": "Bearer good", "content-type": route.upload.content_types[0]}
    if route.access is Access.EVERYONE:
        return {}
    return {KEY_HEADER.decode(): "read"} if route.access is Access.KEY else {"authorization": "Bearer good"}


def path_of(route: Route, value: str = "1") -> str:
    path = route.path
    for name in route.parameters:
        path = path.replace(f"{{{name}}}", value)
    return path


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal in the one form that all have."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    found = answer.json()
    assert found["status"] == answer.status_code
    assert found["type"].endswith(found["code"])
    assert found["detail"] and "Traceback" not in answer.text
    return answer.status_code, found["code"]


@each([route for route in ROUTES if route.request is not None])
async def test_a_body_of_another_kind_or_size_is_refused_by_its_head(
    client: httpx.AsyncClient, route: Route
) -> None:
    async def sent(*headers: tuple[str, str], content: bytes = b"{}") -> tuple[int, str]:
        everything = [*headers, *admitted(route).items()]
        return problem(
            await client.request(route.method, path_of(route), content=content, headers=everything)
        )

    for other in OTHER_TYPES:
        assert await sent(("content-type", other)) == (415, "unsupported_media_type")
    too_large = (413, "body_too_large")
    assert await sent(("content-type", JSON), content=b" " * (BODY_LIMIT_BYTES + 1)) == too_large
    assert await sent(("content-type", JSON), ("content-length", "9" * 12)) == too_large
    assert await sent(("content-type", JSON), ("content-type", JSON)) == (400, "malformed_request")


@each([route for route in ROUTES if route.upload is not None])
async def test_a_file_of_another_kind_or_size_is_refused(client: httpx.AsyncClient, route: Route) -> None:
    assert route.upload is not None
    assert route.access is Access.PERSON, "what is signed is read before anybody is known"
    path, headers, limit = path_of(route), admitted(route), route.upload.bytes_max
    for other in (*OTHER_TYPES, JSON, "image/svg+xml", "text/html", "image/png; charset=utf-8"):
        answer = await client.post(path, content=b"a", headers=headers | {"content-type": other})
        assert problem(answer) == (415, "unsupported_file"), other
    for content in (b" " * (limit + 1), b""):
        announced = headers | ({} if content else {"content-length": "9" * 12})
        answer = await client.post(path, content=content, headers=announced)
        assert problem(answer) == (413, "body_too_large")


@each([route for route in ROUTES if route.request is not None and route.raw is None])
async def test_a_body_that_is_no_object_reaches_no_room(client: httpx.AsyncClient, route: Route) -> None:
    for content in NO_OBJECTS:
        headers = {"content-type": JSON, **admitted(route)}
        answer = await client.request(route.method, path_of(route), content=content, headers=headers)
        assert problem(answer) == (400, "malformed_json"), content


@each([route for route in ROUTES if route.raw is None and route.dialect is None])
async def test_a_query_that_is_long_or_says_one_thing_twice_reaches_no_room(
    client: httpx.AsyncClient, route: Route
) -> None:
    body: dict[str, Any] = {} if route.request is None else {"json": {}}
    for query in ("a=1&a=2", "a" * (QUERY_LIMIT_BYTES + 1), "a", "%ff=1", "unheard_of=1"):
        target = f"{path_of(route)}?{query}"
        status, code = problem(await client.request(route.method, target, headers=admitted(route), **body))
        assert (status, code) in {(400, f"{found}_field") for found in ("duplicate", "invalid", "unknown")}


@each([route for route in ROUTES if route.dialect is not None and route.access is Access.EVERYONE])
async def test_in_another_dialect_too_a_query_says_one_thing_once(
    client: httpx.AsyncClient, route: Route
) -> None:
    for query in ("a=1&a=2", "a" * (QUERY_LIMIT_BYTES + 1), "a", "%ff=1", "unheard_of=1"):
        answer = await client.request(route.method, f"{path_of(route)}?{query}")
        found = answer.json()
        assert (answer.status_code, sorted(found)) == (400, ["code", "msg"])
        assert found["code"] in (-1101, -1104, -1130)
        assert "{" not in found["msg"]


@each(ROUTES)
async def test_lines_in_a_name_end_no_header(client: httpx.AsyncClient, route: Route) -> None:
    headers = admitted(route) | {"user-agent": f"a\t{MARK}", "idempotency-key": MARK, "cse-min-sequence": "1"}
    body: dict[str, Any] = {} if route.request is None else {"json": {}}
    answer = await client.request(
        route.method, f"{path_of(route, LINES)}?{LINES}={LINES}", headers=headers, **body
    )
    for name, value in answer.headers.raw:
        assert MARK.encode() not in name.lower() + value.lower()
        assert not set(b"\r\n\0") & set(name + value)


# What a method that is not taken is called in Binance's dialect.
NUMBER_OF_METHODS: Final = -1_099


@each(ROUTES)
async def test_a_method_that_no_route_takes_is_refused_and_those_that_one_does_are_named(
    client: httpx.AsyncClient, route: Route
) -> None:
    answer = await client.request("TRACE", path_of(route), headers=admitted(route))
    if route.dialect is None:
        assert problem(answer) == (405, "method_not_allowed")
    else:
        assert (answer.status_code, answer.json()["code"]) == (405, NUMBER_OF_METHODS)
    assert route.method in answer.headers["allow"].split(", ")


@each([route for route in ROUTES if route.raw is None])
async def test_answers_are_kept_by_no_cache_and_shown_in_no_frame(
    client: httpx.AsyncClient, route: Route
) -> None:
    headers = (await client.request(route.method, path_of(route))).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
