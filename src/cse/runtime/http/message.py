"""Requests that come as messages on a connection, and not over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.body import BODY_LIMIT_BYTES, BodyReader
from cse.runtime.http.query import convert_query
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Access, Call, Caller, Counted, Nothing, Reply, Route


class Message(NamedTuple):
    """A request that came as a message on a connection, and not over HTTP.

    `caller` is whoever is signed in there. `parameter` is the last part of the path, where the route
    leaves it open.
    """

    caller: Caller | None
    parameter: str = ""
    query: Mapping[str, str | int] = {}
    body: bytes = b""
    min_sequence: int = 0
    address: str = ""


def admitted(route: Route, message: Message, rates: Rates) -> Caller | None:
    """Who sent a message, if he may use the route, has not asked too often, and the body is not too long."""
    caller = message.caller
    if route.access is not Access.EVERYONE:
        if caller is None:
            raise CodedError(codes.NOT_AUTHENTICATED)
        route.access.admit(caller)
    if len(message.body) > BODY_LIMIT_BYTES:
        raise CodedError(codes.BODY_TOO_LARGE, limit=BODY_LIMIT_BYTES)
    if caller is not None and route.counted is Counted.REQUESTS:
        rates.take(route.counted, route.weight, caller)
    return caller


async def called(route: Route, message: Message, caller: Caller | None) -> Reply:
    """The answer of a route's handler to a message."""
    parameter = message.parameter
    if route.raw is not None and caller is not None:
        path = parent(route.path) + quote(parameter, safe="") if route.parameters else route.path
        return await route.raw({"path": path}, caller, message.body)
    query = convert_query(message.query, route.query)
    body = Nothing() if route.request is None else _reader_of(route.request).read(message.body)
    path_parameters = dict.fromkeys(route.parameters, parameter)
    assert route.handler is not None
    return await route.handler(
        Call(body, query, path_parameters, {}, caller, message.address, message.min_sequence)
    )


@lru_cache
def _reader_of(request: type[msgspec.Struct]) -> BodyReader[Any]:
    return BodyReader(request)


def parent(path: str) -> str:
    """The path with its last part left open."""
    return path[: path.rfind("/") + 1]
