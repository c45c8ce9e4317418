"""What acts by a cookie is done for our own pages alone."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.cross_site import for_our_pages, is_same_origin
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

OURS = "https://exchange.example"
HOST = {b"host": b"exchange.example"}
WEB = {b"cse-client": b"web"}


async def served(headers: dict[bytes, bytes], origin: str | None) -> bool:
    async def serve(_: Call[Nothing, Nothing]) -> Reply:
        return answer({})

    route = for_our_pages(Route("POST", "/refresh", Access.EVERYONE, "Gives.", None, handler=serve), origin)
    assert codes.ORIGIN_NOT_ALLOWED in route.codes
    assert route.handler is not None
    try:
        await route.handler(Call(Nothing(), Nothing(), {}, HOST | headers, None, "", 0))
    except CodedError as error:
        assert error.code is codes.ORIGIN_NOT_ALLOWED
        return False
    return True


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({b"sec-fetch-site": b"same-origin"}, True),
        ({b"sec-fetch-site": b"none"}, True),
        ({b"sec-fetch-site": b"same-site"}, False),
        ({b"sec-fetch-site": b"cross-site"}, False),
        ({b"sec-fetch-site": b""}, False),
        # Whoever says both is believed in what a page cannot choose.
        ({b"sec-fetch-site": b"cross-site", b"origin": OURS.encode()}, False),
        ({b"origin": OURS.encode()}, True),
        ({b"origin": b"https://evil.example"}, False),
        ({b"origin": b"https://shop.exchange.example"}, False),
        ({b"origin": b"https://exchange.example.evil"}, False),
        ({b"origin": b"https://exchange.example:8443"}, False),
        ({b"origin": b"null"}, False),
        ({b"origin": b""}, False),
        # No browser, which has no cookies that it does not know of.
        ({}, True),
    ],
)
@pytest.mark.parametrize("origin", [OURS, None])
async def test_by_what_browsers_say_of_a_page(
    headers: dict[bytes, bytes], expected: bool, origin: str | None
) -> None:
    assert await served(WEB | headers, origin) == expected
    # Without the web app's header no cookie is read or given, and a token is nobody's but its bearer's.
    assert await served(headers, origin)


async def test_behind_a_proxy_that_asks_for_another_host_the_configured_origin_counts() -> None:
    headers = WEB | {b"origin": OURS.encode(), b"host": b"10.0.0.7:8000"}
    assert await served(headers, OURS)
    assert not await served(headers, None)


@pytest.mark.parametrize(
    ("claimed", "host", "expected"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("HTTPS://a", "a", False),
        ("https://A", "a", True),
        ("file://a", "a", False),
        ("a", "a", False),
        ("https://", "", True),
    ],
)
def test_an_origin_is_that_of_the_host_that_is_asked(claimed: str, host: str, expected: bool) -> None:
    assert is_same_origin(claimed, host) == expected
