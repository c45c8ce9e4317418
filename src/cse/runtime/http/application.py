"""The ASGI application: raw handlers by a look-up in the table of routes, all else by Litestar."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from itertools import count
from typing import Any, Final
from urllib.parse import unquote

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.admission import Admission, Receive, body_of
from cse.runtime.http.asker import Asker
from cse.runtime.http.body import BodyReader, check_announced
from cse.runtime.http.headers import read_headers
from cse.runtime.http.message import Message, admitted, called, parent
from cse.runtime.http.origin import ORIGIN, Origin
from cse.runtime.http.query import min_sequence, read_query, split_account
from cse.runtime.http.refusals import Refusals, Translate, refusal
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import (
    KEY_HEADER,
    Access,
    Authentication,
    Call,
    Caller,
    ChooseAccount,
    DirectHandler,
    Header,
    Nothing,
    Reply,
    RequireRight,
    RequireStepUp,
    Route,
)

Send = Callable[[Any], Awaitable[None]]
# Writes an answer: status, the lines of its headers, body.
Write = Callable[[int, bytes, bytes], None]
# Serves one request by its headers and its body; False when it has to go through ASGI after all.
Direct = Callable[[Mapping[bytes, bytes], bytes, Write], bool]
# Makes what reads a connection that has asked for another protocol, by whether the gateway is at its end.
Upgrade = Callable[[bool], asyncio.BufferedProtocol]

# An answer to a raw route, which is no GET, is kept and guessed at by nobody: these would only cost.
_PAGE_HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    # For who opens an answer as a page: it runs nothing, loads nothing and is shown in nobody's frame.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
)
_REQUEST_ID: Final = "cse_request_id"
_WITHOUT_BODY: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class Application:
    """Serves a table of routes."""

    def __init__(
        self,
        routes: Sequence[Route],
        authentication: Authentication,
        addresses: ClientAddresses,
        translate: Translate,
        require_step_up: RequireStepUp | None = None,
        require_right: RequireRight | None = None,
        rates: Rates | None = None,
        choose_account: ChooseAccount | None = None,
    ) -> None:
        self.routes = tuple(routes)
        self._of_dialects = tuple(route for route in self.routes if route.dialect is not None)
        # How many answers there were by method, path of the route and status.
        self.answers: Counter[tuple[str, str, int]] = Counter()
        # The highest sequence that an answer has shown; it goes with answers that reflect none.
        self.sequence = 0
        # By path: connections that go on in another protocol.
        self.upgrades: dict[bytes, Upgrade] = {}
        self._authentication = authentication
        self.addresses = addresses
        self.rates = rates or Rates()
        self._admission = Admission(
            authentication, addresses, self.rates, require_step_up, require_right, choose_account
        )
        self._admission.check(routes)
        self._refusals = Refusals(translate)
        self._choose_account = choose_account
        self._prefix = secrets.token_hex(6)
        self._numbers = count(1)
        self._raw = {_raw_key(route): route for route in routes if route.raw is not None}
        self._litestar = Litestar(
            route_handlers=[self._litestar_handler(route) for route in routes if route.handler],
            exception_handlers={HTTPException: self._misdirected},
            openapi_config=None,
            logging_config=None,
        )

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """The ASGI entry."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._litestar(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        request_id = self._new_id()
        route = self._raw.get((method, path)) or self._raw.get((method, parent(path)))
        if route is None:
            scope[_REQUEST_ID] = request_id
            # As it was sent: an encoded slash belongs to a parameter and parts no path.
            scope["path"] = scope["raw_path"].decode("ascii")
            await self._litestar(scope, receive, send)
            return
        asker = Asker(self.rates, route)
        work = self._serve_raw(route, scope, receive, asker)
        reply = await self._carry_out(work, route, request_id, asker)
        await send(
            {
                "type": "http.response.start",
                "status": reply.status,
                "headers": self._headers(reply, request_id),
            }
        )
        await send({"type": "http.response.body", "body": reply.body})

    def direct(self, method: str, path: str, query: bytes, headers: Mapping[bytes, bytes]) -> Direct | None:
        """What answers requests with this head without a task; None where that needs ASGI.

        Only what comes from a known caller is served so: a stranger's heads are not worth keeping.
        """
        route = self._raw.get((method, path))
        # A signed head never comes again, and is only good with its body.
        if route is None or route.direct is None or KEY_HEADER in headers:
            return None
        try:
            check_announced(headers)
            self._authentication.by_token(headers)
            account, rest = split_account(query) if route.takes_account else (None, query)
        except CodedError:
            return None
        return None if rest else partial(self._serve_directly, route, route.direct, account)

    def _serve_directly(
        self,
        route: Route,
        handler: DirectHandler,
        account: int | None,
        headers: Mapping[bytes, bytes],
        body: bytes,
        write: Write,
    ) -> bool:
        try:
            caller = self._authentication.by_token(headers)
        except CodedError:
            # The token has ended since: it is refused where that is counted.
            return False
        if account is not None:
            assert self._choose_account is not None
            known = self._choose_account.known(caller, account)
            if known is None:
                return False
            caller = known
        request_id = self._new_id()

        def respond(result: Reply | Exception) -> None:
            reply = self._settled(result, route, request_id)
            lines = self._header_lines(reply, request_id) + self.rates.lines(route.counted, caller)
            write(reply.status, lines, reply.body)

        try:
            route.access.admit(caller)
            return handler(caller, body, respond)
        except Exception as error:
            respond(error)
            return True

    def serve_message(
        self, route: Route, message: Message, respond: Callable[[Reply], None]
    ) -> asyncio.Task[None] | None:
        """Serves a request that came as a message as if it had come over HTTP.

        `respond` gets the answer, with the sequence that it shows; returns the task that serves it, where
        that takes one.
        """
        request_id = self._new_id()

        def settle(result: Reply | Exception) -> None:
            reply = self._settled(result, route, request_id)
            self.sequence = max(self.sequence, reply.sequence)
            respond(reply if reply.sequence else reply._replace(sequence=self.sequence))

        try:
            caller = admitted(route, message, self.rates)
            if route.direct is not None and caller is not None and route.direct(caller, message.body, settle):
                return None
        except Exception as error:
            settle(error)
            return None
        return asyncio.create_task(self._serve_later(route, message, caller, settle))

    def refuse(self, route: Route, error: CodedError, respond: Callable[[Reply], None]) -> None:
        """Refuses a message that is no request of a route."""
        respond(self._settled(error, route, self._new_id())._replace(sequence=self.sequence))

    async def _serve_later(
        self,
        route: Route,
        message: Message,
        caller: Caller | None,
        settle: Callable[[Reply | Exception], None],
    ) -> None:
        try:
            result: Reply | Exception = await called(route, message, caller)
        except Exception as error:
            result = error
        settle(result)

    def _new_id(self) -> str:
        return f"{self._prefix}{next(self._numbers):x}"

    async def _carry_out(self, work: Awaitable[Reply], route: Route, request_id: str, asker: Asker) -> Reply:
        try:
            result: Reply | Exception = await work
        except Exception as error:
            result = error
        reply = self._settled(result, route, request_id)
        return reply._replace(headers=reply.headers + asker.headers)

    def _settled(self, result: Reply | Exception, route: Route, request_id: str) -> Reply:
        """The answer, which is counted, of what came of a request."""
        reply = self._refusal(result, route, request_id) if isinstance(result, Exception) else result
        self.answers[route.method, route.path, reply.status] += 1
        return reply

    def _refusal(self, failure: Exception, route: Route, request_id: str) -> Reply:
        error = self._refusals.of(failure, route.method, request_id)
        return refusal(error, request_id) if route.dialect is None else route.dialect.refusal(route, error)

    def _headers(self, reply: Reply, request_id: str) -> list[Header]:
        if reply.sequence > self.sequence:
            self.sequence = reply.sequence
        if reply.status in _WITHOUT_BODY:
            content: tuple[Header, ...] = ()
        elif reply.stream is not None:
            content = ((b"content-type", reply.content_type),)
        else:
            length = b"%d" % len(reply.body)
            content = ((b"content-type", reply.content_type), (b"content-length", length))
        return [
            *content,
            (b"cse-sequence", b"%d" % (reply.sequence or self.sequence)),
            (b"cse-request-id", request_id.encode()),
            *reply.headers,
        ]

    def _header_lines(self, reply: Reply, request_id: str) -> bytes:
        """The headers of `_headers` as they are sent."""
        if reply.headers or reply.status == HTTPStatus.NO_CONTENT:
            return b"".join([b"%b: %b\r\n" % header for header in self._headers(reply, request_id)])
        sequence = reply.sequence
        if sequence > self.sequence:
            self.sequence = sequence
        # At once, for this is the form of nearly all.
        return b"content-type: %b\r\ncontent-length: %d\r\ncse-sequence: %d\r\ncse-request-id: %b\r\n" % (
            reply.content_type,
            len(reply.body),
            sequence or self.sequence,
            request_id.encode(),
        )

    def _litestar_handler(self, route: Route) -> HTTPRouteHandler:
        """The handler through which Litestar serves a route."""
        reader = BodyReader(route.request) if route.request is not None else None

        async def endpoint(request: Request[Any, Any, Any]) -> Response[Any]:
            scope: Any = request.scope
            asker = Asker(self.rates, route)
            work = self._serve(route, reader, scope, request.receive, asker)
            return self._response(await self._carry_out(work, route, _id(scope), asker), _id(scope))

        path = route.path.replace("{", "{_").replace("}", ":str}")
        # Every reply brings its own status; this one only keeps Litestar from ruling out a body.
        status = HTTPStatus.OK
        handler = HTTPRouteHandler(path=path, http_method=[route.method], status_code=status)  # type: ignore[list-item]
        return handler(endpoint)

    async def _serve_raw(self, route: Route, scope: Any, receive: Receive, asker: Asker) -> Reply:
        headers = read_headers(scope["headers"])
        caller, body, query = await self._admission.admitted(route, scope, headers, receive, asker)
        assert route.raw is not None
        if query:
            # A misspelt account must not be the main one.
            read_query(query, route.query)
        return await route.raw(scope, caller, body)

    async def _serve(
        self, route: Route, reader: BodyReader[Any] | None, scope: Any, receive: Receive, asker: Asker
    ) -> Reply:
        headers = read_headers(scope["headers"])
        ORIGIN.set(Origin(self.addresses.exact(scope), headers.get(b"user-agent", b"")))
        caller: Caller | None = None
        rest: bytes = scope["query_string"]
        if route.access is Access.EVERYONE:
            asker.count_address(self.addresses.of(scope))
            raw = await body_of(route, headers, receive)
        else:
            caller, raw, rest = await self._admission.admitted(route, scope, headers, receive, asker)
            await self._admission.require(route, caller)
        query = read_query(rest, route.query)
        assert route.handler is not None
        return await route.handler(
            Call(
                body=Nothing() if reader is None else reader.read(raw),
                upload=b"" if route.upload is None else raw,
                query=query,
                path={name: unquote(scope["path_params"][f"_{name}"]) for name in route.parameters},
                headers=headers,
                caller=caller,
                address=self.addresses.of(scope),
                min_sequence=min_sequence(headers),
            )
        )

    def _response(self, reply: Reply, request_id: str) -> Response[Any]:
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in (*_PAGE_HEADERS, *self._headers(reply, request_id))
        }
        if reply.stream is not None:
            return Stream(reply.stream, status_code=reply.status, headers=headers)
        return Response(reply.body, status_code=reply.status, headers=headers)

    def _misdirected(self, request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
        """The answer to what Litestar itself refuses: no such address, or not this method."""
        scope: Any = request.scope
        problem = CodedError(codes.NOT_FOUND)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            problem = CodedError(codes.METHOD_NOT_ALLOWED, method=scope["method"][:16])
        try:
            self.rates.addresses.take(self.addresses.of(scope))
        except CodedError as too_much:
            problem = too_much
        beside = self._in_dialect(scope["path"])
        if beside is None or beside.dialect is None:
            reply = refusal(problem, _id(scope))
        else:
            reply = beside.dialect.refusal(beside, problem)
        if allowed := self._methods_at(scope["path"]):
            reply = reply._replace(headers=((b"allow", ", ".join(allowed).encode()),))
        self.answers[scope["method"][:16], "(none)", reply.status] += 1
        return self._response(reply, _id(scope))

    def _in_dialect(self, path: str) -> Route | None:
        """A route of the dialect that is spoken below the first part of a path."""
        first = path.split("/", 2)[1:2]
        return next((route for route in self._of_dialects if route.path.split("/", 2)[1:2] == first), None)

    def _methods_at(self, path: str) -> list[str]:
        parts = path.split("/")
        return [route.method for route in self.routes if _fits(route.path.split("/"), parts)]


def _raw_key(route: Route) -> tuple[str, str]:
    return route.method, parent(route.path) if route.parameters else route.path


def _fits(pattern: list[str], parts: list[str]) -> bool:
    return len(pattern) == len(parts) and all(
        wanted == part or wanted.startswith("{") for wanted, part in zip(pattern, parts, strict=True)
    )


def _id(scope: Any) -> str:
    found: str = scope[_REQUEST_ID]
    return found
