"""Who a request is counted for."""

from __future__ import annotations

from cse.domain.errors import CodedError
from cse.runtime.http.request_rates import Rates, headers_of
from cse.runtime.http.route import Caller, Header, Route


class Asker:
    """Whoever sent one request: its caller as soon as that is known, or the address it came from."""

    __slots__ = ("_address", "_rates", "_route", "account", "caller")

    def __init__(self, rates: Rates, route: Route) -> None:
        # Which of the accounts of an API key it chooses, for it is counted before it is looked at.
        self.account: int | None = None
        self._rates = rates
        self._route = route
        self._address: str | None = None
        self.caller: Caller | None = None

    def require(self, caller: Caller) -> None:
        """Refuses what `count` would. Raises `CodedError` rate_limited."""
        caller = self._about(caller)
        try:
            self._rates.require(self._route.counted, self._route.weight, caller)
        except CodedError:
            self.caller = caller
            raise

    def count(self, caller: Caller) -> None:
        """Counts the request for its caller. Raises `CodedError` rate_limited."""
        self.caller = caller = self._about(caller)
        self._rates.take(self._route.counted, self._route.weight, caller)

    def _about(self, caller: Caller) -> Caller:
        if self.account is None or caller.accounts is None or self.account not in caller.accounts:
            return caller
        return caller._replace(account=self.account)

    def count_address(self, address: str) -> None:
        """Counts the request of nobody who is known. Raises `CodedError` rate_limited."""
        self._address = address
        self._rates.addresses.take(address, self._route.weight)

    @property
    def headers(self) -> tuple[Header, ...]:
        """What the answer says of the buckets in which the request was counted."""
        counted = self._route.counted
        if self._address is not None:
            held = self._rates.of_address(self._address)
        elif self.caller is not None:
            held = self._rates.of(counted, self.caller)
        else:
            return ()
        dialect = self._route.dialect
        return headers_of(held) + (() if dialect is None else dialect.rate_headers(counted, held))
