"""The page of a market, whose path the gateway alone asks for, and the picture that links to it show."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route
from cse.site.service import Site

_HTML: Final = "text/html; charset=utf-8"
_PNG: Final = "image/png"
# Of a price that moves; who shows links keeps what they fetched for longer anyway.
_KEEP: Final = (b"cache-control", b"public, max-age=60")


class SiteApi:
    """Parse, call, answer."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route(
                "GET", "/site/{locale}/trade/{market}", Access.EVERYONE,
                "Shows the page of a market, with what a link to it unfurls into.", None,
                handler=self.market_page, codes=(codes.NOT_FOUND, codes.MARKET_UNKNOWN), content_type=_HTML,
            ),
            Route(
                "GET", "/api/markets/{market}/picture", Access.EVERYONE,
                "Draws a market's price and day as a PNG of 1200 by 630 pixels.", str,
                handler=self.market_picture, codes=(codes.MARKET_UNKNOWN, codes.OVERLOADED),
                content_type=_PNG, weight=5,
            ),
        ]  # fmt: skip

    async def market_page(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /site/{locale}/trade/{market}."""
        page = await self._site.market_page(call.path["locale"], call.path["market"])
        return Reply(page.encode(), content_type=_HTML.encode())

    async def market_picture(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/markets/{market}/picture."""
        picture = await self._site.market_picture(call.path["market"])
        headers = (_KEEP, (b"etag", picture.etag.encode()))
        if _has(call.headers.get(b"if-none-match", b""), picture.etag):
            return Reply(b"", status=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Reply(picture.png, headers=headers, content_type=_PNG.encode())


def _has(condition: bytes, etag: str) -> bool:
    """Whether who asks has what the tag names. Tags are compared weakly, as a GET does (RFC 9110, 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in condition.decode("latin-1").split(",")}
    return "*" in named or etag in named
