"""How fast anybody may do what: the rates that hold until operators set others, and the bounds of those.

Each is a bucket that holds `at_once` and fills by `per_second`. Requests are counted by weight, orders and
cancels one by one, so that neither reading nor placing leaves no room for cancelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

# Those that operators may set.
RateName: TypeAlias = Literal["orders", "cancels", "requests", "key_requests", "address_requests"]


class Rate(NamedTuple):
    """How much may be taken at once, and on and on."""

    name: str
    at_once: int
    per_second: int

    @property
    def window_s(self) -> int:
        """How long an empty bucket takes to be full."""
        return -(-self.at_once // self.per_second)


# The core remembers a client order id until 100,000 later ones of its account have closed, and promises that
# this is never sooner than ten minutes. This lets 89,600 through in any ten minutes; the rest is for what
# several processes let through before each has heard of the others'.
ORDERS: Final = Rate("orders", 50_000, 66)
# An order can be cancelled once, and a cancel may come too late or be sent again.
CANCELS: Final = Rate("cancels", 100_000, 132)
# Of a person: by sessions and keys together.
REQUESTS: Final = Rate("requests", 60_000, 600)
KEY_REQUESTS: Final = Rate("key_requests", 40_000, 400)
# Of an address: what asks for no sign-in, and what shows none that is good.
ADDRESS_REQUESTS: Final = Rate("address_requests", 12_000, 200)
# Of an address too: ids of keys that a process does not know, and wrong signatures.
KEY_LOOKUPS: Final = Rate("key_lookups", 200, 10)

BY_NAME: Final[Mapping[str, Rate]] = {
    rate.name: rate for rate in (ORDERS, CANCELS, REQUESTS, KEY_REQUESTS, ADDRESS_REQUESTS, KEY_LOOKUPS)
}


class Bounds(NamedTuple):
    """Between what operators may set a rate, so that nobody is locked out by it."""

    at_once_min: int
    at_once_max: int
    per_second_min: int
    per_second_max: int


# The least is far more than any one request weighs, also where a process gives only its share. Those of
# orders are at most what they are without a setting, each for itself: so that whatever was set before, and
# however often it is changed, ten minutes let no more through than the core's promise about client order ids
# takes.
_REQUESTS: Final = Bounds(1_000, 1_000_000, 20, 10_000)
BOUNDS: Final[Mapping[RateName, Bounds]] = {
    "orders": Bounds(500, ORDERS.at_once, 5, ORDERS.per_second),
    "cancels": Bounds(2_000, 1_000_000, 20, 10_000),
    "requests": _REQUESTS,
    "key_requests": _REQUESTS,
    "address_requests": _REQUESTS,
}
