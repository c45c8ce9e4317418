"""How messages travel: JSON in text frames or MessagePack in binary ones, and either compressed or not.

Peers and channels know JSON in text frames alone. A connection of another form has what it is sent put into
that form on the way, and what it sends put into JSON. What many get is put into a form once for all.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.streams.frames import binary_frame, split, text_frame

# What is shorter travels as it is: it would hardly be shorter, and would take a client's time.
COMPRESSED_FROM_BYTES: Final = 1_024
# Snapshots are not kept: few get the same one.
_KEPT_BYTES_MAX: Final = 65_536
_KEPT: Final = 128
# The fastest: books compress to a quarter with it, and to a fifth with the slowest.
_LEVEL: Final = 1
_WINDOW_BITS: Final = 15
# What RFC 7692 leaves out at the end of a message.
_TAIL: Final = b"\x00\x00\xff\xff"
_TEXT: Final = 0x81

EXTENSION: Final = "permessage-deflate"
# Nothing is remembered from one message to the next, so that all are sent the same bytes.
AGREED: Final = f"{EXTENSION}; server_no_context_takeover; client_no_context_takeover"
_PARAMETERS: Final = frozenset(
    {"server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits"}
)
_ENCODINGS: Final = {"json": False, "msgpack": True}


class Form(NamedTuple):
    """How the messages of a connection travel."""

    is_packed: bool = False
    is_compressed: bool = False

    def outgoing(self) -> Callable[[bytes], bytes]:
        """Puts frames into this form. All connections of a form share it."""
        return partial(_formed_once, self)

    def incoming(self, payload: bytes, limit: int, *, is_compressed: bool) -> bytes:
        """A message of a client as JSON.

        One that is longer than `limit` is given as far as it is too long. Raises `CodedError`.
        """
        if is_compressed:
            payload = _decompressed(payload, limit)
        if not self.is_packed or len(payload) > limit:
            return payload
        return _unpacked(payload)


PLAIN: Final = Form()


def encoding_of(query: dict[str, list[str]]) -> bool:
    """Whether who asks with this query wants MessagePack. Raises `CodedError`: `invalid_field`."""
    values = query.get("encoding", ["json"])
    is_packed = _ENCODINGS.get(values[0]) if len(values) == 1 else None
    if is_packed is None:
        raise CodedError(codes.INVALID_FIELD, field="encoding", reason="expected json or msgpack")
    return is_packed


def is_deflate_offered(extensions: list[str]) -> bool:
    """Whether one of a client's offers can be agreed to, see `AGREED`.

    One that bounds the server's window cannot: there is one for all.
    """
    for offer in ",".join(extensions).split(","):
        name, *parameters = (part.strip().partition("=")[0] for part in offer.split(";"))
        if name == EXTENSION and _PARAMETERS.issuperset(parameters):
            return True
    return False


def _formed_once(form: Form, frames: bytes) -> bytes:
    return _kept(form, frames) if len(frames) <= _KEPT_BYTES_MAX else _formed(form, frames)


def _formed(form: Form, frames: bytes) -> bytes:
    return b"".join(
        _frame(form, payload) if first == _TEXT else whole for first, payload, whole in split(frames)
    )


_kept: Final = lru_cache(_KEPT)(_formed)


def _frame(form: Form, payload: bytes) -> bytes:
    make = text_frame
    if form.is_packed:
        payload = msgspec.msgpack.encode(msgspec.json.decode(payload))
        make = binary_frame
    if form.is_compressed and len(payload) >= COMPRESSED_FROM_BYTES:
        compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -_WINDOW_BITS)
        compressed = compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)
        if len(compressed) < len(payload):
            return make(compressed.removesuffix(_TAIL), is_compressed=True)
    return make(payload)


def _decompressed(payload: bytes, limit: int) -> bytes:
    """What a client has compressed, at most one byte more than `limit`, however much it would come to."""
    decompressor = zlib.decompressobj(-_WINDOW_BITS)
    try:
        return decompressor.decompress(payload + _TAIL, limit + 1)
    except zlib.error:
        raise CodedError(codes.MALFORMED_MESSAGE, reason="it cannot be decompressed") from None


def _unpacked(payload: bytes) -> bytes:
    """A message in MessagePack as JSON.

    What JSON cannot say, and a key that stands twice, would be lost on the way: it comes back shorter, or
    longer.
    """
    try:
        text = msgspec.json.encode(msgspec.msgpack.decode(payload))
        again: Any = msgspec.msgpack.encode(msgspec.json.decode(text))
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise CodedError(codes.MALFORMED_MESSAGE, reason="it is no MessagePack") from None
    if len(again) != len(payload):
        reason = "it has a key twice, or what JSON cannot say, or is not in its shortest form"
        raise CodedError(codes.MALFORMED_MESSAGE, reason=reason)
    return text
