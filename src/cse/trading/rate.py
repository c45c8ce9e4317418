"""How fast an account may place orders.

The core remembers a client order id until 100,000 later ones of its account have closed, and
promises that this is never sooner than ten minutes. The rates here keep the promise: a bucket that
holds 60,000 and fills by 66 a second lets 99,600 orders through in any ten minutes. With several
edges each lets through its share.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

BURST: Final = 60_000
PER_SECOND: Final = 66
_ACCOUNTS_MAX: Final = 100_000


class OrderRate:
    """One bucket per account, full at first."""

    def __init__(self, edges: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._burst = BURST / edges
        self._per_second = PER_SECOND / edges
        self._clock_s = clock_s
        # When the bucket will be full again; a full one need not be kept. One number is enough: what
        # is missing is the time until then at the rate at which it fills.
        self._full_at_s: dict[int, float] = {}

    def take(self, account: int) -> None:
        """Takes one order out of the account's bucket; `rate_limited` when it is empty."""
        now_s = self._clock_s()
        full_at_s = max(self._full_at_s.get(account, now_s), now_s) + 1 / self._per_second
        late_s = full_at_s - now_s - self._burst / self._per_second
        if late_s > 0:
            raise CodedError(codes.RATE_LIMITED, seconds=int(late_s) + 1)
        self._full_at_s[account] = full_at_s
        if len(self._full_at_s) > _ACCOUNTS_MAX:
            self._full_at_s = {name: full_s for name, full_s in self._full_at_s.items() if full_s > now_s}
