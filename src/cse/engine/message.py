"""What every message on the wire has in common: its header, its tail, its text.

A message is little-endian and begins with `kind u16, version u16, length u32`; the length counts
the whole message and is a multiple of 8. The layouts behind the header are in `cse.engine.wire`.
"""

import struct
from collections.abc import Iterator
from typing import Final, TypeAlias

Buffer: TypeAlias = bytes | bytearray | memoryview

HEADER: Final = struct.Struct("<HHI")
HEADER_WIDTH: Final = HEADER.size


class Malformed(ValueError):
    """Bytes that are no message of the layout expected, or a value that no message can carry."""


def header_of(buffer: Buffer, offset: int = 0) -> tuple[int, int, int]:
    """Kind, version and length of the message at `offset`, which is there as a whole.

    Raises:
        Malformed: bytes are missing, or the length is impossible.
    """
    if len(buffer) - offset < HEADER_WIDTH:
        raise Malformed(f"{len(buffer) - offset} bytes are no header")
    kind, version, length = HEADER.unpack_from(buffer, offset)
    if length < HEADER_WIDTH or length % 8:
        raise Malformed(f"a message cannot be {length} bytes long")
    if length > len(buffer) - offset:
        raise Malformed(f"{len(buffer) - offset} bytes of a message of {length}")
    return kind, version, length


def messages(buffer: Buffer, offset: int = 0) -> Iterator[tuple[int, int, int]]:
    """Goes through messages one behind another, giving (kind, offset, length) of each.

    Raises:
        Malformed: the bytes from `offset` on are not whole messages.
    """
    end = len(buffer)
    while offset < end:
        kind, _, length = header_of(buffer, offset)
        yield kind, offset, length
        offset += length


def check_header(name: str, kind: int, width: int, has_tail: bool, buffer: Buffer, offset: int) -> int:
    """Checks that a whole message of this layout stands at `offset`; returns its length."""
    found, version, length = header_of(buffer, offset)
    if found != kind:
        raise Malformed(f"kind {found:#06x} is not {name}")
    if version != 0:
        raise Malformed(f"version {version} of {name} is unknown")
    if length < width or (length != width and not has_tail):
        raise Malformed(f"{length} bytes are not the length of {name}")
    return length


def put_text(text: str, width: int) -> bytes:
    """The UTF-8 bytes of `text` for a field of `width` bytes; `struct` adds the zeros.

    Raises:
        Malformed: the text is too long or holds a zero.
    """
    raw = text.encode()
    if len(raw) > width or b"\0" in raw:
        raise Malformed(f"{text!r} does not fit a text of {width} bytes")
    return raw


def get_text(raw: bytes) -> str:
    """The text of a field without its padding.

    Raises:
        Malformed: something follows the first zero, or it is not UTF-8.
    """
    stripped = raw.rstrip(b"\0")
    if b"\0" in stripped:
        raise Malformed(f"{raw!r} is not padded with zeros")
    try:
        return stripped.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"{raw!r} is not UTF-8") from error


def check_tail(tail: Buffer) -> int:
    """Bytes of a tail, which are a multiple of 8."""
    if len(tail) % 8:
        raise Malformed(f"a tail cannot be {len(tail)} bytes long")
    return len(tail)
