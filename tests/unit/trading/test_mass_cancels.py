"""Cancels of all orders, which may take several goes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cse.domain import codes
from cse.domain.enumerations import Side
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.engine import wire
from cse.engine.models import Answer, EngineError, EngineRefused, OutcomeUnknown, Reading, Unavailable
from cse.trading.mass_cancels import MassCancels

ACCOUNT = 7


def cancelling(counts: list[int | EngineError]) -> tuple[MassCancels, list[bytes]]:
    """One whose core closes that many orders with each cancel of all, and what it is sent."""
    sent: list[bytes] = []

    async def submit(command: bytes) -> Answer:
        sent.append(command)
        count = counts[len(sent) - 1]
        if isinstance(count, EngineError):
            raise count
        return Answer(1, 10 + len(sent), 0, wire.OrdersCancelled(ACCOUNT, count).encode())

    leader: Any = SimpleNamespace(submit=submit)
    unused: Any = None
    return MassCancels(leader, unused, unused), sent


@pytest.mark.parametrize("counts", [[0], [CANCELS_MAX - 1], [CANCELS_MAX, 0], [CANCELS_MAX, CANCELS_MAX, 5]])
async def test_all_orders_are_cancelled_though_one_command_closes_so_many_only(
    counts: list[int | EngineError],
) -> None:
    cancels, sent = cancelling(counts)
    reading = await cancels.cancel_all(ACCOUNT, None, "sell")
    assert reading == Reading(10 + len(counts), sum(count for count in counts if isinstance(count, int)))
    assert sent == [wire.CancelAllOrders(ACCOUNT, 0, Side.SELL).encode()] * len(counts)


async def test_a_cancel_of_all_that_came_to_nothing_says_so() -> None:
    cancels, _ = cancelling([Unavailable()])
    with pytest.raises(Unavailable):
        await cancels.cancel_all(ACCOUNT, None, None)


@pytest.mark.parametrize("error", [Unavailable(), OutcomeUnknown(), EngineRefused(codes.UNAVAILABLE.number)])
async def test_a_cancel_of_all_that_stops_half_way_does_not_say_that_nothing_happened(
    error: EngineError,
) -> None:
    cancels, _ = cancelling([CANCELS_MAX, error])
    with pytest.raises(CodedError) as refused:
        await cancels.cancel_all(ACCOUNT, None, None)
    assert refused.value.code is codes.OUTCOME_UNKNOWN
