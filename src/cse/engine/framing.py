"""Frames out of a stream of bytes that may be cut anywhere."""

from __future__ import annotations

from cse.engine.message import HEADER, HEADER_WIDTH, Malformed


class Framing:
    """The frame that a connection has sent a part of."""

    def __init__(self, length_max: int) -> None:
        self._length_max = length_max
        self._parts: list[bytes] = []
        self._held = 0
        self._wanted = HEADER_WIDTH

    def feed(self, data: bytes) -> list[bytes]:
        """Takes in bytes; returns the frames that are whole now.

        Raises:
            Malformed: what follows is no frame, and nothing behind it can be understood.
        """
        if self._parts:
            # A long frame comes in many parts, which are put together once, when all are there.
            self._parts.append(data)
            self._held += len(data)
            if self._held < self._wanted:
                return []
            data = b"".join(self._parts)
        frames = []
        offset, end = 0, len(data)
        wanted = HEADER_WIDTH
        while end - offset >= HEADER_WIDTH:
            _, _, length = HEADER.unpack_from(data, offset)
            # A frame has a number behind its header.
            if length < 2 * HEADER_WIDTH or length % 8 or length > self._length_max:
                raise Malformed(f"a frame cannot be {length} bytes long")
            if end - offset < length:
                wanted = length
                break
            frames.append(data[offset : offset + length])
            offset += length
        self._keep(data[offset:], wanted)
        return frames

    def clear(self) -> None:
        """Forgets the partial frame: its connection is gone."""
        self._keep(b"", HEADER_WIDTH)

    def _keep(self, partial: bytes, wanted: int) -> None:
        self._parts = [partial] if partial else []
        self._held = len(partial)
        self._wanted = wanted
