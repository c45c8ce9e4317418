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

from cse.runtime.rate import Buckets

BURST: Final = 60_000
PER_SECOND: Final = 66
CANCEL_BURST: Final = 2 * BURST
CANCEL_PER_SECOND: Final = 2 * PER_SECOND


class AccountRate(Buckets[int]):
    """One bucket for each account."""


class OrderRate(AccountRate):
    """How fast orders are placed, amended and replaced."""

    def __init__(self, edges: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(BURST / edges, PER_SECOND / edges, clock_s)


class CancelRate(AccountRate):
    """How fast cancels are sent, whatever comes of them; a cancel of all orders is one."""

    def __init__(self, edges: int = 1, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(CANCEL_BURST / edges, CANCEL_PER_SECOND / edges, clock_s)
