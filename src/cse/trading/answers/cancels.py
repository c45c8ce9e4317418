"""What the events of a command that cancels say, and those of a replacement's halves."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from cse.engine import wire
from cse.engine.message import HEADER
from cse.trading.answers.refusals import refusal

_CLOSED: Final = wire.OrderClosed.KIND
_REFUSED: Final = wire.CommandRejected.KIND

# The closing, or the number of the code that refused it; None where none was tried.
CancelHalf: TypeAlias = wire.OrderClosed | int | None


class Halves(NamedTuple):
    """What came of a replacement: of each half what it brought about, or the code that refused it.

    `placement` is empty where it is refused as a whole, by the code in `cancelled`.
    """

    cancelled: CancelHalf
    placement: bytes


def halves(events: bytes) -> Halves:
    """A replacement's events, apart: the cancel, and what `placed` reads."""
    kind, _, length = HEADER.unpack_from(events)
    if kind == _CLOSED:
        return Halves(wire.OrderClosed.decode(events), events[length:])
    if kind != _REFUSED:
        return Halves(None, events)
    rejected = wire.CommandRejected.decode(events)
    is_whole = rejected.command != wire.CancelOrder.KIND
    return Halves(rejected.code, b"" if is_whole else events[length:])


def cancelled(events: bytes) -> wire.OrderClosed | int:
    """The closing that a cancel brought about, or the number of the code that refused it."""
    kind, _, _ = HEADER.unpack_from(events)
    if kind == _CLOSED:
        return wire.OrderClosed.decode(events)
    return wire.CommandRejected.decode(events).code


def timer_set(events: bytes) -> int:
    """When a cancel timer that was set fires, microseconds UTC, or 0; raises its refusal."""
    kind, _, _ = HEADER.unpack_from(events)
    if kind == _REFUSED:
        raise refusal(wire.CommandRejected.decode(events).code, None)
    return wire.CancelTimerSet.decode(events).fires_at_us


def cancelled_count(events: bytes) -> int:
    """How many orders a cancel of all closed."""
    for kind, offset, _ in wire.messages(events):
        if kind == wire.OrdersCancelled.KIND:
            return wire.OrdersCancelled.decode(events, offset).count
        if kind == wire.CommandRejected.KIND:
            raise refusal(wire.CommandRejected.decode(events, offset).code, None)
    raise wire.Malformed("a cancel of all gave no count")
