"""WebSocket frames as a server sends them: unmasked, whole, the same bytes for every receiver.

The header of a server's frame depends on nothing but the payload, so a frame is built once and
written to a thousand connections as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_FIN: Final = 0x80
_TEXT: Final = _FIN | 0x1
_BINARY: Final = _FIN | 0x2
_COMPRESSED: Final = 0x40
_CLOSE: Final = _FIN | 0x8
_PING: Final = _FIN | 0x9
_PONG: Final = _FIN | 0xA
_SHORT_MAX: Final = 125
_MIDDLE_MAX: Final = 65_535
# What stands in place of a length that takes two bytes, or eight.
_MIDDLE: Final = 126
_LONG: Final = 127

CLOSE_NORMAL: Final = 1_000
CLOSE_PROTOCOL_ERROR: Final = 1_002
CLOSE_UNSUPPORTED: Final = 1_003
CLOSE_INVALID_TEXT: Final = 1_007
CLOSE_POLICY: Final = 1_008
CLOSE_TOO_LARGE: Final = 1_009
CLOSE_RESTART: Final = 1_012
CLOSE_TRY_LATER: Final = 1_013


def text_frame(payload: bytes, *, is_compressed: bool = False) -> bytes:
    """A text message; `payload` is UTF-8, compressed if so."""
    return _header(_TEXT | _COMPRESSED * is_compressed, len(payload)) + payload


def binary_frame(payload: bytes, *, is_compressed: bool = False) -> bytes:
    """A binary message."""
    return _header(_BINARY | _COMPRESSED * is_compressed, len(payload)) + payload


def split(frames: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The frames of this module one by one: the first byte, the payload and the whole of each."""
    at = 0
    while at < len(frames):
        length, width = frames[at + 1], 2
        if length == _MIDDLE:
            length, width = int.from_bytes(frames[at + 2 : at + 4], "big"), 4
        elif length == _LONG:
            length, width = int.from_bytes(frames[at + 2 : at + 10], "big"), 10
        end = at + width + length
        yield frames[at], frames[at + width : end], frames[at:end]
        at = end


def payload_of(frame: bytes) -> bytes:
    """The payload of a frame as `text_frame` makes it."""
    length = frame[1]
    if length <= _SHORT_MAX:
        return frame[2:]
    return frame[4:] if length == _MIDDLE else frame[10:]


def close_frame(code: int, reason: str) -> bytes:
    """The last frame of a connection; `reason` is cut to what a control frame holds."""
    payload = code.to_bytes(2, "big") + reason.encode()[: _SHORT_MAX - 2]
    return _header(_CLOSE, len(payload)) + payload


def pong_frame(payload: bytes) -> bytes:
    """The answer to a ping, with its payload."""
    return _header(_PONG, len(payload)) + payload


PING_FRAME: Final = bytes((_PING, 0))
"""Asks for a sign of life."""


def _header(first: int, length: int) -> bytes:
    if length <= _SHORT_MAX:
        return bytes((first, length))
    if length <= _MIDDLE_MAX:
        return bytes((first, _MIDDLE)) + length.to_bytes(2, "big")
    return bytes((first, _LONG)) + length.to_bytes(8, "big")
