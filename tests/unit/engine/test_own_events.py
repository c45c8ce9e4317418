"""What a command brought about is told from what the time did before it."""

from __future__ import annotations

import pytest

from cse.domain.enumerations import CloseReason, Side
from cse.engine import wire
from cse.engine.models import own_events


def closed(order_id: int) -> bytes:
    return wire.OrderClosed(order_id, 4, 1, CloseReason.CANCELLED, Side.BUY, 1, 1, 0, 0, 0).encode()


EXPIRED = wire.OrdersExpired(2).encode() + closed(1) + closed(2)
FIRED = closed(3) + closed(4) + wire.CancelTimerFired(4, 2).encode()
CANCEL = closed(6)
CANCEL_OF_ALL = closed(6) + closed(7) + wire.OrdersCancelled(4, 2).encode()
REFUSAL = wire.CommandRejected(wire.CancelOrder.KIND, 416, 4, 9).encode()


@pytest.mark.parametrize("own", [CANCEL, CANCEL_OF_ALL, REFUSAL, b""], ids=["cancel", "all", "no", "none"])
@pytest.mark.parametrize(
    "before", [b"", EXPIRED, FIRED, EXPIRED + FIRED], ids=["nothing", "expiry", "timer", "both"]
)
def test_closings_before_a_command_are_not_its_own(before: bytes, own: bytes) -> None:
    head = wire.BeforeCommand(len(before)).encode() if before else b""
    assert own_events(head + before + own) == own
