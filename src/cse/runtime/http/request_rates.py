"""The buckets of one process, and what answers say of them.

Headers are those of draft-ietf-httpapi-ratelimit-headers-10: of each bucket that a request is counted in,
`RateLimit-Policy` says what it holds (`q`) and in how many seconds it fills (`w`), `RateLimit` what is left
(`r`) and in how many seconds it is full (`t`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from cse.domain import codes, rates
from cse.domain.rates import Rate
from cse.runtime.http.route import Caller, Counted, Header
from cse.runtime.rate import Buckets, Standing

_ALL: Final = (
    rates.ORDERS, rates.CANCELS, rates.REQUESTS, rates.KEY_REQUESTS, rates.ADDRESS_REQUESTS,
)  # fmt: skip
_POLICIES: Final = {
    rate.name: b'"%b";q=%d;w=%d' % (rate.name.encode(), rate.at_once, rate.window_s) for rate in _ALL
}
# At once for the one bucket that a request is usually counted in.
_LINES: Final = {
    name: b'ratelimit-policy: %b\r\nratelimit: "%b";r=%%d;t=%%d\r\n' % (policy, name.encode())
    for name, policy in _POLICIES.items()
}


class Rates:
    """All buckets of one process.

    Args:
        processes: how many share the rates, as long as they do not hear of each other.
        clock_s: a clock that is never set.
    """

    def __init__(self, processes: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        def buckets(rate: Rate, code: codes.Code = codes.RATE_LIMITED) -> Buckets[Any]:
            return Buckets(rate, clock_s, code, processes)

        # Of a person over all accounts, so that nobody has more of them for having more accounts.
        self.orders: Buckets[UUID] = buckets(rates.ORDERS)
        self.cancels: Buckets[UUID] = buckets(rates.CANCELS)
        self.persons: Buckets[UUID] = buckets(rates.REQUESTS)
        self.keys: Buckets[UUID] = buckets(rates.KEY_REQUESTS)
        self.addresses: Buckets[str] = buckets(rates.ADDRESS_REQUESTS)
        self.key_lookups: Buckets[str] = buckets(rates.KEY_LOOKUPS, codes.TOO_MANY_ATTEMPTS)

    @property
    def all(self) -> tuple[Buckets[Any], ...]:
        """All of them."""
        return self.orders, self.cancels, self.persons, self.keys, self.addresses, self.key_lookups

    def take(self, counted: Counted, weight: int, caller: Caller) -> None:
        """Counts a request; `rate_limited`.

        How many orders or cancels it has is known once it is read, so those are taken by who reads it; here
        it is only refused where none is left.
        """
        if counted is not Counted.REQUESTS:
            self.require(counted, weight, caller)
            return
        if caller.key is not None:
            self.keys.take(caller.key, weight)
        self.persons.take(caller.person, weight)

    def require(self, counted: Counted, weight: int, caller: Caller) -> None:
        """Refuses as `take` does, and counts nothing."""
        for buckets, name in self.of(counted, caller):
            buckets.require(name, weight)

    def of(self, counted: Counted, caller: Caller) -> list[tuple[Buckets[Any], Any]]:
        """The buckets in which a request is counted, each with the name of the caller's."""
        match counted:
            case Counted.ORDERS:
                return [(self.orders, caller.person)]
            case Counted.CANCELS:
                return [(self.cancels, caller.person)]
            case _:
                own: list[tuple[Buckets[Any], Any]] = [(self.persons, caller.person)]
                return own if caller.key is None else [(self.keys, caller.key), *own]

    def lines(self, counted: Counted, caller: Caller) -> bytes:
        """What the answer to a caller's request says, as it is sent."""
        (buckets, name), *others = self.of(counted, caller)
        if others:
            headers = _headers([(buckets, name), *others])
            return b"".join([b"%b: %b\r\n" % header for header in headers])
        return _LINES[buckets.rate.name] % buckets.standing(name)

    def headers(self, counted: Counted, caller: Caller) -> tuple[Header, ...]:
        """What the answer to a caller's request says."""
        return _headers(self.of(counted, caller))

    def address_headers(self, address: str) -> tuple[Header, ...]:
        """What the answer to a request says that is counted by its address."""
        return _headers([(self.addresses, address)])


def _headers(counted: list[tuple[Buckets[Any], Any]]) -> tuple[Header, ...]:
    policies = b", ".join([_POLICIES[buckets.rate.name] for buckets, _ in counted])
    left = b", ".join([_left(buckets.rate, buckets.standing(name)) for buckets, name in counted])
    return (b"ratelimit-policy", policies), (b"ratelimit", left)


def _left(rate: Rate, standing: Standing) -> bytes:
    return b'"%b";r=%d;t=%d' % (rate.name.encode(), *standing)
