"""How messages of a WebSocket travel: as JSON in text frames, or as MessagePack in binary ones."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Encoding: TypeAlias = Literal["json", "msgpack"]


def query_of(encoding: Encoding) -> str:
    """What of an address asks for an encoding."""
    return "" if encoding == "json" else f"?encoding={encoding}"


def packed(text: str | bytes) -> bytes:
    """A message that is written as JSON, in MessagePack."""
    return msgspec.msgpack.encode(msgspec.json.decode(text))


def unpacked(data: bytes) -> bytes:
    """A message in MessagePack as JSON. One that is none is an empty text."""
    try:
        return msgspec.json.encode(msgspec.msgpack.decode(data))
    except msgspec.DecodeError:
        return b""
