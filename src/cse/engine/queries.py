"""Queries and readings: how they stand in frames, and how the values become types."""

from __future__ import annotations

from typing import Final, Protocol, TypeAlias, TypeVar

import msgspec

from cse.engine import wire
from cse.engine.message import Buffer, header_of, messages
from cse.engine.models import (
    ClosedOrder,
    DatedTrade,
    Depth,
    EngineRefused,
    FoundOrder,
    Group,
    Reading,
    groups,
)

TIMEOUT_S: Final = 2.0

_ENCODER: Final = msgspec.msgpack.Encoder()
# Sequence, time and message of one event.
_Dated: TypeAlias = tuple[int, int, bytes]
_Decoded = TypeVar("_Decoded")
_Message = TypeVar("_Message", covariant=True)


class _Layout(Protocol[_Message]):
    @property
    def KIND(self) -> int: ...  # noqa: N802 - the name that layouts have

    def decode(self, buffer: Buffer, offset: int = 0) -> _Message: ...


def encode(number: int, min_sequence: int, body: dict[str, object]) -> bytes:
    """A Query frame."""
    packed = _ENCODER.encode(body)
    return wire.Query(number, min_sequence, len(packed)).encode(_padded(packed))


def encode_reading(number: int, sequence: int, value: object, code: int = 0) -> bytes:
    """A Reading frame; with a code there is no value."""
    packed = b"" if code else _ENCODER.encode(value)
    return wire.Reading(number, sequence, len(packed), code).encode(_padded(packed))


def decode(frame: bytes) -> Reading[bytes]:
    """The value in a Reading frame, still packed; raises `EngineRefused` for its code."""
    kind, _, _ = header_of(frame)
    if kind == wire.Refusal.KIND:
        raise EngineRefused(wire.Refusal.decode(frame).code)
    reading = wire.Reading.decode(frame)
    if reading.code:
        raise EngineRefused(reading.code)
    packed = frame[wire.Reading.WIDTH : wire.Reading.WIDTH + reading.body_length]
    return Reading(reading.sequence, packed)


def _padded(packed: bytes) -> bytes:
    return packed + bytes(-len(packed) % 8)


def _unpack(packed: bytes, type_: type[_Decoded]) -> _Decoded:
    return msgspec.msgpack.decode(packed, type=type_)


def as_status(packed: bytes) -> dict[str, object]:
    return _unpack(packed, dict[str, object])


def as_integer(packed: bytes) -> int:
    return _unpack(packed, int)


def as_optional_integer(packed: bytes) -> int | None:
    value: int | None = msgspec.msgpack.decode(packed, type=int | None)
    return value


def as_messages(packed: bytes, layout: _Layout[_Message]) -> list[_Message]:
    body = _unpack(packed, bytes)
    return [layout.decode(body, offset) for _, offset, _ in messages(body)]


def as_depth(packed: bytes) -> Depth | None:
    depth: Depth | None = msgspec.msgpack.decode(packed, type=Depth | None)
    return depth


def as_trades(packed: bytes) -> list[DatedTrade]:
    return [
        DatedTrade(sequence, time_us, wire.Traded.decode(event))
        for sequence, time_us, event in _unpack(packed, list[_Dated])
    ]


def as_closed_orders(packed: bytes) -> list[ClosedOrder]:
    return [
        _closed(accepted, closed)
        for accepted, closed in _unpack(packed, list[tuple[_Dated, _Dated]])
    ]


def as_order(packed: bytes) -> FoundOrder | None:
    """An OrderState, a ClientOrderState, or OrderAccepted and OrderClosed; or nothing."""
    value = _unpack(packed, list[_Dated])
    if not value:
        return None
    if len(value) == 2:
        return _closed(*value)
    _, _, message = value[0]
    kind, _, _ = header_of(message)
    if kind == wire.ClientOrderState.KIND:
        return wire.ClientOrderState.decode(message)
    return wire.OrderState.decode(message)


def as_group(packed: bytes) -> Group | None:
    found = groups(_unpack(packed, bytes))
    return found[0] if found else None


def _closed(accepted: _Dated, closed: _Dated) -> ClosedOrder:
    return ClosedOrder(
        accepted[0],
        accepted[1],
        wire.OrderAccepted.decode(accepted[2]),
        closed[0],
        closed[1],
        wire.OrderClosed.decode(closed[2]),
    )
