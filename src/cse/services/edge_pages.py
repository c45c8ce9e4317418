"""Routes about the exchange itself: health, the API's description, the first page."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

import msgspec

from cse.runtime.health import Health, Report
from cse.runtime.http.openapi import document
from cse.runtime.http.pages import POLICY, docs_page, home_page
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer
from cse.streams import asyncapi

_HTML = "text/html; charset=utf-8"
_PAGE_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class SitePages:
    """Describes the routes of the rooms and the sockets. `document` is the OpenAPI document as JSON."""

    def __init__(self, routes: Sequence[Route], health: Health, version: str, base: str) -> None:
        self._health = health
        shown = [route for route in (*routes, *self.routes()) if route.path.startswith("/api/")]
        self.document = msgspec.json.encode(document(shown, version))
        host = base.partition("://")[2] or "localhost"
        self._sockets = msgspec.json.encode(asyncapi.document(version, host))
        self._docs = docs_page(shown, base)
        self._home = home_page()

    def routes(self) -> list[Route]:
        """These pages' rows of the table."""
        everyone = Access.EVERYONE
        return [
            Route("GET", "/api/health", everyone, "Is it ready, and if not, why?", Report,
                  handler=self.health),
            Route("GET", "/api/openapi.json", everyone, "Describes the API.", None,
                  handler=self.openapi),
            Route("GET", "/api/asyncapi.json", everyone, "Describes the WebSockets.", None,
                  handler=self.asyncapi),
            Route("GET", "/api/docs", everyone, "Shows the API.", None, handler=self.docs,
                  content_type=_HTML),
            Route("GET", "/", everyone, "Shows where things are.", None, handler=self.home,
                  content_type=_HTML),
        ]  # fmt: skip

    async def health(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/health."""
        report = self._health.report
        return answer(report, 0, HTTPStatus.OK if report.ready else HTTPStatus.SERVICE_UNAVAILABLE)

    async def openapi(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/openapi.json."""
        return Reply(self.document)

    async def asyncapi(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/asyncapi.json."""
        return Reply(self._sockets)

    async def docs(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/docs."""
        return Reply(self._docs, headers=_PAGE_HEADERS, content_type=_HTML.encode())

    async def home(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /."""
        return Reply(self._home, headers=_PAGE_HEADERS, content_type=_HTML.encode())
