"""How fast anybody may do what: the one table of rates.

Each is a bucket that holds `at_once` and fills by `per_second`. Requests are counted by weight, orders and
cancels one by one, so that neither reading nor placing leaves no room for cancelling.
"""

from __future__ import annotations

from typing import Final, NamedTuple


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
