"""The values in readings, as types."""

from __future__ import annotations

from typing import Protocol, TypeAlias, TypeVar

import msgspec

from cse.engine import wire
from cse.engine.message import Buffer, header_of, messages
from cse.engine.models import (
    ClosedOrder,
    DatedTrade,
    Depth,
    FoundOrder,
    Group,
    JournalPosition,
    OpenOrder,
    OpenState,
    Past,
    RiskNow,
    groups,
)

# Sequence, time and message of one event.
Dated: TypeAlias = tuple[int, int, bytes]
# How an order was taken in, how it ended, and what became of it in between.
Closed: TypeAlias = tuple[Dated, Dated, Past]

_Value = TypeVar("_Value")
_Message = TypeVar("_Message", covariant=True)


class _Layout(Protocol[_Message]):
    def decode(self, buffer: Buffer, offset: int = 0) -> _Message: ...


def _unpack(packed: bytes, type_: type[_Value]) -> _Value:
    return msgspec.msgpack.decode(packed, type=type_)


def as_status(packed: bytes) -> dict[str, object]:
    return _unpack(packed, dict[str, object])


def as_position(packed: bytes) -> JournalPosition:
    """What of a status says where the journal stands."""
    return _unpack(packed, JournalPosition)


def as_integer(packed: bytes) -> int:
    return _unpack(packed, int)


def as_integers(packed: bytes) -> list[int]:
    return _unpack(packed, list[int])


def as_optional_integer(packed: bytes) -> int | None:
    value: int | None = msgspec.msgpack.decode(packed, type=int | None)
    return value


def as_messages(packed: bytes, layout: _Layout[_Message]) -> list[_Message]:
    body = _unpack(packed, bytes)
    return [layout.decode(body, offset) for _, offset, _ in messages(body)]


def as_open_orders(packed: bytes) -> list[OpenOrder]:
    """States one behind another, and the past of each."""
    body, pasts = _unpack(packed, tuple[bytes, list[Past]])
    states = [open_order(body, offset) for _, offset, _ in messages(body)]
    return [OpenOrder(state, past) for state, past in zip(states, pasts, strict=True)]


def as_open_states(packed: bytes) -> list[OpenState]:
    """States one behind another."""
    body = _unpack(packed, bytes)
    return [open_order(body, offset) for _, offset, _ in messages(body)]


def open_order(message: Buffer, offset: int = 0) -> OpenState:
    """The open order that an OrderState or a TriggerState says."""
    kind, _, _ = header_of(message, offset)
    if kind == wire.TriggerState.KIND:
        return wire.TriggerState.decode(message, offset)
    return wire.OrderState.decode(message, offset)


def as_depth(packed: bytes) -> Depth | None:
    depth: Depth | None = msgspec.msgpack.decode(packed, type=Depth | None)
    return depth


def as_risk(packed: bytes) -> RiskNow:
    limits, counts = _unpack(packed, tuple[bytes, bytes])
    return RiskNow(
        wire.RiskLimitsState.decode(limits) if limits else None,
        [wire.RiskCountsState.decode(counts, offset) for _, offset, _ in messages(counts)],
    )


def as_trades(packed: bytes) -> list[DatedTrade]:
    return [
        DatedTrade(sequence, time_us, wire.Traded.decode(event))
        for sequence, time_us, event in _unpack(packed, list[Dated])
    ]


def as_closed_orders(packed: bytes) -> list[ClosedOrder]:
    return [_closed(*closed) for closed in _unpack(packed, list[Closed])]


def as_order(packed: bytes) -> FoundOrder | None:
    """Nothing; an open order or ClientOrderState; or OrderAccepted and OrderClosed."""
    events, past = _unpack(packed, tuple[list[Dated], Past])
    if not events:
        return None
    if len(events) == 2:
        accepted, closed = events
        return _closed(accepted, closed, past)
    message = events[0][2]
    kind, _, _ = header_of(message)
    if kind == wire.ClientOrderState.KIND:
        return wire.ClientOrderState.decode(message)
    return OpenOrder(open_order(message), past)


def as_recent(packed: bytes) -> tuple[int, bytes]:
    """From which sequence on what is kept is complete, and the value, still packed."""
    recent_from, value = _unpack(packed, tuple[int, msgspec.Raw])
    return recent_from, bytes(value)


def as_balances(packed: bytes) -> list[list[wire.BalanceState]]:
    return [
        [wire.BalanceState.decode(found, offset) for _, offset, _ in messages(found)]
        for found in _unpack(packed, list[bytes])
    ]


def as_group(packed: bytes) -> Group | None:
    found = groups(_unpack(packed, bytes))
    return found[0] if found else None


def _closed(accepted: Dated, closed: Dated, past: Past) -> ClosedOrder:
    return ClosedOrder(
        accepted[0],
        accepted[1],
        wire.OrderAccepted.decode(accepted[2]),
        closed[0],
        closed[1],
        wire.OrderClosed.decode(closed[2]),
        past,
    )
