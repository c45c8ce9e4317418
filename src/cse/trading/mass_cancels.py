"""Cancels of all that an account has open: now, or when it is not heard of in time."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import CANCEL_TIMEOUT_MAX_US, CANCEL_TIMEOUT_MIN_US, CANCELS_MAX
from cse.domain.orders import parse_side
from cse.engine import wire
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.models import EngineError, Reading
from cse.marketdata.listing import Listing
from cse.trading.answers.cancels import cancelled_count, timer_set

_US_PER_MS: Final = 1_000


class MassCancels:
    """Cancels many orders at once: now, or when nobody is heard of in time."""

    def __init__(self, leader: LeaderClient, replica: ReplicaClient, listing: Listing) -> None:
        self._leader = leader
        self._replica = replica
        self._listing = listing

    async def cancel_all(self, account: int, market_name: str | None, side_name: str | None) -> Reading[int]:
        """Cancels all open orders of the account, or those of one market or side; how many.

        Raises:
            CodedError: the cancel is refused, and nothing has changed; or `outcome_unknown` when some
                orders are cancelled and others perhaps not.
        """
        market = None if market_name is None else await self._listing.market(market_name)
        side = 0 if side_name is None else parse_side(side_name)
        return await cancel_open(self._leader, account, market.id if market else 0, side)

    async def cancel_timer(self, account: int, min_sequence: int) -> Reading[int]:
        """When the account's cancel timer fires, microseconds UTC; 0 where it has none."""
        return await self._replica.cancel_timer(account, min_sequence=min_sequence)

    async def cancel_after(self, account: int, timeout_ms: int) -> Reading[int]:
        """Sets the account's cancel timer, or takes it away with 0; when it fires, microseconds UTC or 0.

        Raises:
            CodedError: `invalid_cancel_timer`; the timer is what it was.
        """
        timeout_us = timeout_ms * _US_PER_MS
        if timeout_us and not CANCEL_TIMEOUT_MIN_US <= timeout_us <= CANCEL_TIMEOUT_MAX_US:
            raise CodedError(codes.INVALID_CANCEL_TIMER, field="timeout_ms")
        answer = await self._leader.submit(wire.SetCancelTimer(account, timeout_us).encode())
        return Reading(answer.sequence, timer_set(answer.events))


async def cancel_open(leader: LeaderClient, account: int, market: int = 0, side: int = 0) -> Reading[int]:
    """Cancels the open orders of an account, of one market or side unless they are 0; how many.

    Raises:
        CodedError: the cancel is refused, and nothing has changed; or `outcome_unknown` when some
            orders are cancelled and others perhaps not.
    """
    command = wire.CancelAllOrders(account, market, side).encode()
    answer = await leader.submit(command)
    total = count = cancelled_count(answer.events)
    # One command closes no more than this many.
    while count == CANCELS_MAX:
        try:
            answer = await leader.submit(command)
        except EngineError:
            raise CodedError(codes.OUTCOME_UNKNOWN) from None
        count = cancelled_count(answer.events)
        total += count
    return Reading(answer.sequence, total)
