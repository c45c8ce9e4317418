"""Requests that pages of other sites make a browser send: nothing of ours is done by its cookies for them.

Two things stand before this look already: such a page cannot set `CSE-Client` without leave (CORS), and
`SameSite=Strict` keeps the cookie from its requests. Each of them rests on one promise of browsers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Call, Reply, Route

_CLIENT: Final = b"cse-client"
_WEB: Final = b"web"
# The browser's own word: a page of this origin, or a person without any page.
_FROM_HERE: Final = (b"same-origin", b"none")


def is_browser(headers: Mapping[bytes, bytes]) -> bool:
    """Whether the request is the web app's, which has its refresh token in a cookie."""
    return headers.get(_CLIENT) == _WEB


def for_our_pages(route: Route, origin: str | None) -> Route:
    """The route, which does nothing by a cookie, and gives none, for pages of other origins.

    `origin` is that of our pages where it is configured. Otherwise it is the host that is asked.
    """
    serve = route.handler
    assert serve is not None

    async def guarded(call: Call[Any, Any]) -> Reply:
        if is_browser(call.headers) and not _is_from_here(call.headers, origin):
            raise CodedError(codes.ORIGIN_NOT_ALLOWED)
        return await serve(call)

    return route._replace(handler=guarded, codes=(*route.codes, codes.ORIGIN_NOT_ALLOWED))


def is_same_origin(claimed: str, host: str) -> bool:
    """Whether a page of this origin was served by the host that is asked."""
    scheme, found, netloc = claimed.partition("://")
    return bool(found) and scheme in ("http", "https") and netloc.lower() == host.lower()


def _is_from_here(headers: Mapping[bytes, bytes], origin: str | None) -> bool:
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in _FROM_HERE
    # Of an origin without TLS browsers do not say it, and older ones never.
    claimed = headers.get(b"origin")
    if claimed is None:
        return True
    text = claimed.decode("latin-1")
    return text == origin or is_same_origin(text, headers.get(b"host", b"").decode("latin-1"))
