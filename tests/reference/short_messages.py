"""Messages that end before a rest of zeros (2.1)."""

import struct
from typing import Final

from cse.engine.wire import HEADER_WIDTH, CancelOrder, OrderAccepted, OrderClosed, PlaceOrder, header_of
from tests.reference.client_ids import WIDTH

WIDTHS: Final[dict[int, tuple[int, int]]] = {
    layout.KIND: (layout.SHORT_WIDTH, layout.WIDTH)
    for layout in (PlaceOrder, CancelOrder, OrderAccepted, OrderClosed)
}
"""Without the rest and with it, by kind."""


def leaves_out_zeros(kind: int, message: bytes) -> bool:
    """Whether the rest of a message of one of these kinds is there exactly where it says something."""
    short, width = WIDTHS[kind]
    return len(message) == short or (len(message) == width and any(message[short:]))


def spelled_out(message: bytes) -> bytes:
    """The message with the zeros that a short one leaves out."""
    kind, _, _ = header_of(message)
    _, width = WIDTHS[kind]
    return message.ljust(width, b"\0")


def with_readable_id(message: bytes) -> bytes:
    """The message spelled out, with an id in place of its own, which may be any bytes that the reader
    would not let pass."""
    kind, _, _ = header_of(message)
    _, width = WIDTHS[kind]
    header = struct.pack("<HHI", kind, 0, width)
    return header + spelled_out(message)[HEADER_WIDTH:-WIDTH] + b"-".ljust(WIDTH, b"\0")


def split(messages: bytes) -> list[bytes]:
    """Messages one behind another; the last is whatever is left where that is no whole one.

    Raises:
        Malformed: a header is impossible.
    """
    parts = []
    while messages:
        _, _, length = header_of(messages)
        parts.append(messages[:length])
        messages = messages[length:]
    return parts
