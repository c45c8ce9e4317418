"""The buckets of one process, and what answers say of them.

Headers are those of draft-ietf-httpapi-ratelimit-headers-10: of each bucket that a request is counted in,
`RateLimit-Policy` says what it holds (`q`) and in how many seconds it fills (`w`), `RateLimit` what is left
(`r`) and in how many seconds it is full (`t`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from cse.domain import codes, rates
from cse.domain.rates import Rate
from cse.runtime.http.route import Caller, Counted, Header
from cse.runtime.rate import Buckets, Held, Standing


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
        self._tiers: Mapping[UUID, int] = {}

    @property
    def all(self) -> tuple[Buckets[Any], ...]:
        """All of them."""
        return self.orders, self.cancels, self.persons, self.keys, self.addresses, self.key_lookups

    def put_in_force(self, own: Iterable[tuple[int, Rate]], tiers: Mapping[UUID, int]) -> None:
        """Goes on by other rates from now on.

        Args:
            own: rates by tier; a tier that has none of its own for a limit has that of tier 0.
            tiers: of persons that are not in tier 0.
        """
        self._tiers = tiers
        own = list(own)
        for buckets in self.all:
            standard = rates.BY_NAME[buckets.limit]
            of_tiers = {tier: rate for tier, rate in own if rate.name == buckets.limit}
            buckets.put_in_force({0: standard} | of_tiers)

    def take_orders(self, caller: Caller, count: int = 1) -> None:
        """Counts orders that a caller places; `rate_limited`."""
        self.orders.take(caller.person, count, self._tier_of(caller))

    def take_cancels(self, caller: Caller, count: int = 1) -> None:
        """Counts a caller's cancels; `rate_limited`."""
        self.cancels.take(caller.person, count, self._tier_of(caller))

    def take(self, counted: Counted, weight: int, caller: Caller) -> None:
        """Counts a request; `rate_limited`.

        How many orders or cancels it has is known once it is read, so those are taken by who reads it; here
        it is only refused where none is left.
        """
        if counted is not Counted.REQUESTS:
            self.require(counted, weight, caller)
            return
        tier = self._tier_of(caller)
        if caller.key is not None:
            self.keys.take(caller.key, weight, tier)
        self.persons.take(caller.person, weight, tier)

    def require(self, counted: Counted, weight: int, caller: Caller) -> None:
        """Refuses as `take` does, and counts nothing."""
        for buckets, name, tier in self.of(counted, caller):
            buckets.require(name, weight, tier)

    def of(self, counted: Counted, caller: Caller) -> list[Held]:
        """The buckets in which a caller's request is counted."""
        tier = self._tier_of(caller)
        match counted:
            case Counted.ORDERS:
                return [Held(self.orders, caller.person, tier)]
            case Counted.CANCELS:
                return [Held(self.cancels, caller.person, tier)]
            case _:
                own = Held(self.persons, caller.person, tier)
                return [own] if caller.key is None else [Held(self.keys, caller.key, tier), own]

    def lines(self, counted: Counted, caller: Caller) -> bytes:
        """What the answer to a caller's request says, as it is sent."""
        (buckets, name, tier), *others = self.of(counted, caller)
        if others:
            headers = headers_of([Held(buckets, name, tier), *others])
            return b"".join([b"%b: %b\r\n" % header for header in headers])
        return _line(buckets.rate_of(tier)) % buckets.standing(name, tier)

    def headers(self, counted: Counted, caller: Caller) -> tuple[Header, ...]:
        """What the answer to a caller's request says."""
        return headers_of(self.of(counted, caller))

    def of_address(self, address: str) -> list[Held]:
        """The bucket in which a request is counted by its address."""
        return [Held(self.addresses, address, 0)]

    def _tier_of(self, caller: Caller) -> int:
        return self._tiers.get(caller.person, 0) if self._tiers else 0


def headers_of(counted: list[Held]) -> tuple[Header, ...]:
    """What an answer says of the buckets in which the request was counted."""
    policies = b", ".join([_policy(buckets.rate_of(tier)) for buckets, _, tier in counted])
    left = b", ".join([_left(buckets.limit, buckets.standing(name, tier)) for buckets, name, tier in counted])
    return (b"ratelimit-policy", policies), (b"ratelimit", left)


@lru_cache(maxsize=128)
def _policy(rate: Rate) -> bytes:
    return b'"%b";q=%d;w=%d' % (rate.name.encode(), rate.at_once, rate.window_s)


@lru_cache(maxsize=128)
def _line(rate: Rate) -> bytes:
    """At once for the one bucket that a request is usually counted in."""
    return b'ratelimit-policy: %b\r\nratelimit: "%b";r=%%d;t=%%d\r\n' % (_policy(rate), rate.name.encode())


def _left(limit: str, standing: Standing) -> bytes:
    return b'"%b";r=%d;t=%d' % (limit.encode(), *standing)
