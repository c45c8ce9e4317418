"""The pages of markets: from an edge, which fills in what a link unfurls into, else as they were built.

An edge that is away, slow, or refuses costs a reader no more than these words: the same page comes as a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from cse.cli.gateway.handlers import Handler, Route, rewrite, terminal
from cse.cli.gateway.pages import either, locales_of, other_languages, page_headers, serve_file
from cse.cli.gateway.policy import policies_of

# What a page's own headers say stands for the whole answer; what an edge says of its answers does not.
_OF_THE_EDGE: Final = (
    "Cache-Control",
    "Content-Security-Policy",
    "CSE-Request-Id",
    "CSE-Sequence",
    "RateLimit",
    "RateLimit-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
_LOCALE: Final = "{http.regexp.market.1}"
_MARKET: Final = "{http.regexp.market.2}"
_SHELL: Final = f"/{_LOCALE}/trade/_.html"


def market_routes(web: Path, edge: Path, wait_s: float) -> list[Route]:
    """The route of pages whose last part can be a market's name; all others are served as files.

    Args:
        web: the built app.
        edge: the socket that edges answer on.
        wait_s: for how long one may take to begin.
    """
    locales = locales_of(web)
    filled = {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"unix/{edge}"}],
        "rewrite": {"uri": f"/site/{_LOCALE}/trade/{_MARKET}", "method": "GET"},
        "transport": {
            "protocol": "http",
            "compression": False,
            "dial_timeout": f"{wait_s:g}s",
            "response_header_timeout": f"{wait_s:g}s",
        },
        "headers": {
            # What an edge says of an account is asked for by no page.
            "request": {"delete": ["Via", "Authorization", "Cookie"]},
            "response": {"delete": list(_OF_THE_EDGE)},
        },
        "handle_response": [{"match": {"status_code": [4, 5]}, "routes": [{"handle": _as_built(web)}]}],
    }
    said = [other_languages(locales), *page_headers(policies_of(web), _SHELL)]
    return [terminal([_market_pages(locales)], *said, filled)]


def market_errors(web: Path) -> list[Route]:
    """What stands for such a page where no edge answers."""
    return [terminal([_market_pages(locales_of(web))], *_as_built(web))]


def _market_pages(locales: list[str]) -> dict[str, Any]:
    pattern = f"^/({either(locales)})/trade/([A-Z0-9]{{2,10}}-[A-Z0-9]{{2,10}})$"
    return {"path_regexp": {"name": "market", "pattern": pattern}, "method": ["GET"]}


def _as_built(web: Path) -> list[Handler]:
    return [rewrite(_SHELL), {**serve_file(web), "status_code": "200"}]
