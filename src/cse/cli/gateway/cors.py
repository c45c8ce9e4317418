"""Leave for pages of other origins to call the API (CORS): those that are configured, without cookies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cse.cli.gateway.handlers import Route, answer, headers, terminal
from cse.cli.gateway.refusals import API
from cse.runtime.http.route import METHODS

_SENT: Final = (
    "Authorization, Content-Type, Idempotency-Key, CSE-Min-Sequence, "
    "CSE-Key, CSE-Timestamp, CSE-Window, CSE-Signature, X-MBX-APIKEY"
)
_SHOWN: Final = "CSE-Sequence, CSE-Request-Id, CSE-Time, Retry-After, RateLimit, RateLimit-Policy"
# Browsers ask again after this long, and so hear of an origin that is allowed no more.
_KEPT_S: Final = 600
_ASKER: Final = "{http.request.header.Origin}"


def cors_routes(origins: Sequence[str]) -> list[Route]:
    """Headers for those origins, and answers to what their browsers ask beforehand; none without any.

    `CSE-Client`, by which the refresh cookie comes and goes, may be sent by none of them, and no answer
    allows credentials: an origin that is allowed acts by the token that it was given, and by nothing else.
    """
    if not origins:
        return []
    ours = {"path": list(API)}
    allowed = {**ours, "header": {"Origin": list(origins)}}
    asked = {**allowed, "method": ["OPTIONS"], "header_regexp": {"Access-Control-Request-Method": _any()}}
    leave = {"Access-Control-Allow-Origin": _ASKER, "Access-Control-Expose-Headers": _SHOWN}
    before = {
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": _SENT,
        "Access-Control-Max-Age": str(_KEPT_S),
    }
    varies = {"handler": "headers", "response": {"add": {"Vary": ["Origin"]}}}
    return [
        {"match": [ours], "handle": [varies]},
        {"match": [allowed], "handle": [headers(leave)]},
        terminal([asked], answer(204, before)),
    ]


def _any() -> dict[str, str]:
    return {"pattern": "."}
