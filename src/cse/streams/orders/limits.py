"""The bounds of connections that carry orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cse.streams.limits import Limits

# What a read weighs among what is under way: its answer may be a hundred times that of an order.
WEIGHT_OF_READING: Final = 32
# A request may come in so many frames, as what stands between may part it; those beyond are messages.
FREE_PARTS: Final = 16
# What it takes of an account's cancels to set a guard, beside the cancels that it will end with: two syncs
# of the disk on which the journal is, for all.
CANCELS_OF_GUARD: Final = 50


@dataclass(frozen=True, slots=True)
class OrderLimits(Limits):
    """What such a connection may do beyond `Limits`; `messages_per_second` is for what is no request.

    Attributes:
        in_flight: requests under way. What a client sends beyond that is not read before some are answered.
        sign_in_s: a connection on which nobody is signed in after so long is closed.
        grace_ms_max: the longest time for which a guard may wait for its connection to come back.
    """

    connections: int = 5_000
    # A whole body of the API, and what is around it.
    message_bytes: int = 20_480
    # A list of orders has a few hundred kilobytes.
    buffer_bytes_max: int = 8 << 20
    ping_s: float = 5.0
    silent_s: float = 15.0
    in_flight: int = 256
    sign_in_s: float = 10.0
    grace_ms_max: int = 60_000
