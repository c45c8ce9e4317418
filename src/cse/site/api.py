"""The route that the gateway asks for the page of a market; its own path is not reached from outside."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route
from cse.site.service import Site

_HTML: Final = "text/html; charset=utf-8"


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
        ]  # fmt: skip

    async def market_page(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /site/{locale}/trade/{market}."""
        page = await self._site.market_page(call.path["locale"], call.path["market"])
        return Reply(page.encode(), content_type=_HTML.encode())
