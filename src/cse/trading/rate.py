"""How fast an account may place, change and cancel orders.

The core remembers a client order id until 100,000 later ones of its account have closed, and
promises that this is never sooner than ten minutes. The rates here keep the promise: a bucket that
holds 60,000 and fills by 66 a second lets 99,600 orders through in any ten minutes.

Cancels have a bucket of their own, so that placing leaves room for cancelling and the reverse. It is
twice as large: an order can be cancelled once, and a cancel may come too late or be sent again.

With several edges each lets through its share.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

BURST: Final = 60_000
PER_SECOND: Final = 66
CANCEL_BURST: Final = 2 * BURST
CANCEL_PER_SECOND: Final = 2 * PER_SECOND
_ACCOUNTS_MAX: Final = 100_000


class AccountRate:
    """One bucket per account, full at first."""

    def __init__(self, burst: float, per_second: float, clock_s: Callable[[], float]) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock_s = clock_s
        # When the bucket will be full again; a full one need not be kept. One number is enough: what
        # is missing is the time until then at the rate at which it fills.
        self._full_at_s: dict[int, float] = {}

    def take(self, account: int, count: int = 1) -> None:
        """Takes `count` out of the account's bucket; `rate_limited`, and none, when there are fewer."""
        now_s = self._clock_s()
        full_at_s = max(self._full_at_s.get(account, now_s), now_s) + count / self._per_second
        late_s = full_at_s - now_s - self._burst / self._per_second
        if late_s > 0:
            raise CodedError(codes.RATE_LIMITED, seconds=int(late_s) + 1)
        self._full_at_s[account] = full_at_s
        if len(self._full_at_s) > _ACCOUNTS_MAX:
            self._full_at_s = {name: full_s for name, full_s in self._full_at_s.items() if full_s > now_s}


class OrderRate(AccountRate):
    """How fast orders are placed, amended and replaced."""

    def __init__(self, edges: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(BURST / edges, PER_SECOND / edges, clock_s)


class CancelRate(AccountRate):
    """How fast cancels are sent, whatever comes of them; a cancel of all orders is one."""

    def __init__(self, edges: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(CANCEL_BURST / edges, CANCEL_PER_SECOND / edges, clock_s)
