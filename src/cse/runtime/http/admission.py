"""Who may use a route: known by token or signature, counted, about an account that he may ask about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.asker import Asker
from cse.runtime.http.body import read_body, read_form, read_upload
from cse.runtime.http.query import split_account
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import (
    KEY_HEADER,
    Access,
    Authentication,
    Caller,
    ChooseAccount,
    Counted,
    RequireRight,
    RequireStepUp,
    Route,
    SignedRequest,
)

Receive = Callable[[], Awaitable[Any]]


class Admission:
    """Admits callers to routes that are not for everyone.

    Args:
        authentication: by what a caller is known.
        addresses: where requests come from.
        rates: in which requests are counted.
        require_step_up, require_right, choose_account: as routes ask for them.
    """

    def __init__(
        self,
        authentication: Authentication,
        addresses: ClientAddresses,
        rates: Rates,
        require_step_up: RequireStepUp | None,
        require_right: RequireRight | None,
        choose_account: ChooseAccount | None,
    ) -> None:
        self._authentication = authentication
        self._addresses = addresses
        self._rates = rates
        self._require_step_up = require_step_up
        self._require_right = require_right
        self._choose_account = choose_account

    def check(self, routes: Sequence[Route]) -> None:
        """Holds that whatever a route asks for is looked at.

        Raises:
            ValueError: something would not be.
        """
        if any(route.step_up and not _can_step_up(route, self._require_step_up) for route in routes):
            raise ValueError("a route asks for a step up that nothing would look at")
        if not all(_is_guarded(route, self._require_right) for route in routes):
            raise ValueError("a route for operators, or a right, that nothing would look at")
        if any(route.takes_account for route in routes) and self._choose_account is None:
            raise ValueError("a route lets an account be chosen, and nothing would look at whose it is")

    async def require(self, route: Route, caller: Caller) -> None:
        """Asks of who was admitted what else the route wants: an operator's right, a step up.

        Raises:
            CodedError: he has not got it.
        """
        if route.access is Access.OPERATOR:
            assert self._require_right is not None
            await self._require_right(caller, route.right)
        if route.step_up:
            assert self._require_step_up is not None
            await self._require_step_up(caller)

    async def admitted(
        self,
        route: Route,
        scope: Any,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        asker: Asker,
    ) -> tuple[Caller, bytes, bytes]:
        """Who asks about which account, if he may use the route and has not asked too often.

        Also the body, and the query without the account.
        """
        caller, body = await self._authenticated(route, scope, headers, receive, asker)
        if route.dialect is not None:
            return caller, body, route.dialect.parameters(scope["query_string"], body)
        if not route.takes_account:
            return caller, body, scope["query_string"]
        account, query = split_account(scope["query_string"])
        if account is not None:
            assert self._choose_account is not None
            caller = await self._choose_account.chosen(caller, account)
            # Of an organisation's account its member may do what his roles allow.
            route.access.admit(caller)
        return caller, body, query

    async def _authenticated(
        self,
        route: Route,
        scope: Any,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        asker: Asker,
    ) -> tuple[Caller, bytes]:
        """Who asks, counted for the account that he chooses, and the body."""
        if KEY_HEADER not in headers and route.dialect is None:
            try:
                caller = self._authentication.by_token(headers)
            except CodedError:
                asker.count_address(self._addresses.of(scope))
                raise
            asker.count(await self._counted_as(route, scope, caller))
            route.access.admit(caller)
            return caller, await body_of(route, headers, receive)
        # The signature is over the body too, so all of it is read before anybody is known.
        body = await body_of(route, headers, receive)
        query: bytes = scope["query_string"]
        target: bytes = scope["raw_path"] + (b"?" + query if query else b"")
        address = self._addresses.exact(scope)
        if route.takes_account:
            with suppress(CodedError):
                asker.account, _ = split_account(query)
        request = SignedRequest(route.method, target, headers, body, address, asker)
        try:
            if route.dialect is None:
                caller = await self._authentication.by_signature(request)
            else:
                caller = await route.dialect.caller(route, request)
        except CodedError:
            if asker.caller is None:
                asker.count_address(self._addresses.of(scope))
            raise
        route.access.admit(caller)
        return caller, body

    async def _counted_as(self, route: Route, scope: Any, caller: Caller) -> Caller:
        """The caller as one who asks about the account he chooses, if there is a bucket of its own for that.

        What has to be looked up, or is refused, is counted among all his requests as well.
        """
        if not route.takes_account or route.counted is Counted.REQUESTS or not scope["query_string"]:
            return caller
        assert self._choose_account is not None
        try:
            account, _ = split_account(scope["query_string"])
            if account is None:
                return caller
            known = self._choose_account.known(caller, account)
        except CodedError:
            self._rates.take(Counted.REQUESTS, route.weight, caller)
            raise
        if known is not None:
            return known
        self._rates.take(Counted.REQUESTS, route.weight, caller)
        return await self._choose_account.chosen(caller, account)


async def body_of(route: Route, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """The body of a route that takes one."""
    if route.dialect is not None:
        return b"" if route.method == "GET" else await read_form(headers, receive)
    if route.upload is not None:
        return await read_upload(headers, receive, route.upload)
    return b"" if route.request is None else await read_body(headers, receive)


def _can_step_up(route: Route, require: RequireStepUp | None) -> bool:
    """Whether a route that asks for a step up is one for which somebody looks at that."""
    persons = (Access.PERSON, Access.OPERATOR)
    return require is not None and route.raw is None and route.access in persons


def _is_guarded(route: Route, require: RequireRight | None) -> bool:
    """Whether somebody looks at who an operator is, on a route that is for operators."""
    if route.access is not Access.OPERATOR:
        return route.right is None
    return require is not None and route.raw is None
