"""The form of requests and answers on all routes of this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cse.accounts.api_keys.authentication import Signatures
from cse.binance.errors import refused
from cse.binance.signed_text import claim_of, parameters_of
from cse.domain.errors import CodedError
from cse.runtime.http.route import Access, Caller, Counted, Header, Reply, Route, SignedRequest
from cse.runtime.rate import Held

_WEIGHT_HEADER: Final = b"x-mbx-used-weight-1m"
_ORDERS_HEADER: Final = b"x-mbx-order-count-10s"


class BinanceDialect:
    """Signed as Binance's clients sign, refused as they expect, with the headers that they read."""

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures

    async def caller(self, route: Route, request: SignedRequest) -> Caller:
        """Whose API key has signed the request.

        What only reads may come again within its window: two such requests of one millisecond are the same
        bytes. Its text is spent all the same for what changes something.
        """
        repeatable = route.access is Access.READ
        claim = claim_of(request)
        return await self._signatures.caller(claim, request.address, request.counting, repeatable=repeatable)

    def parameters(self, query: bytes, body: bytes) -> bytes:
        """What is asked for, of query and body."""
        return parameters_of(query, body)

    def refusal(self, route: Route, error: CodedError) -> Reply:
        """`{"code", "msg"}`."""
        return refused(route, error)

    def rate_headers(self, counted: Counted, held: Sequence[Held]) -> tuple[Header, ...]:
        """What is missing of the bucket that is the emptiest, of requests as weight, of orders as a count."""
        if counted is Counted.CANCELS:
            return ()
        name = _ORDERS_HEADER if counted is Counted.ORDERS else _WEIGHT_HEADER
        return ((name, b"%d" % max(missing(one) for one in held)),)


def missing(held: Held) -> int:
    """What has been taken of a bucket that is not full again."""
    holds = held.buckets.rate_of(held.tier).at_once // held.buckets.processes
    return holds - held.buckets.left(held.name, held.tier)
