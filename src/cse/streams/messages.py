"""What clients send, and what they are told besides data."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.times import format_time
from cse.streams.frames import text_frame

_ID_MAX: Final = 64
_SHOWN_MAX: Final = 32
_NUMBER_MAX: Final = 20

Id = Annotated[str, msgspec.Meta(max_length=_ID_MAX)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+$", max_length=_NUMBER_MAX)]


class From(msgspec.Struct, frozen=True):
    """A channel, and the position from which to go on with it."""

    channel: str
    epoch: Number
    sequence: Number


class Message(msgspec.Struct, frozen=True):
    """Any message of a client; which fields it needs follows from `op`."""

    op: str
    id: Id | None = None
    channels: list[str | From] | None = None
    access_token: str | None = None


_MESSAGES: Final = msgspec.json.Decoder(Message)
_ENCODER: Final = msgspec.json.Encoder()


def read_message(payload: bytes) -> Message:
    """Reads a text message.

    Raises:
        CodedError: `malformed_message`.
    """
    try:
        return _MESSAGES.decode(payload)
    except msgspec.ValidationError as error:
        raise malformed(str(error)) from None
    except (msgspec.DecodeError, RecursionError):
        raise malformed("it is no JSON") from None


def malformed(reason: str) -> CodedError:
    """The refusal of a message that cannot be understood."""
    return CodedError(codes.MALFORMED_MESSAGE, reason=reason)


class _Welcome(msgspec.Struct, frozen=True, tag_field="op", tag="welcome"):
    session: str
    time: str
    heartbeat_s: float
    limits: dict[str, int]


class _Subscribed(msgspec.Struct, frozen=True, tag_field="op", tag="subscribed"):
    id: str | None
    channels: list[str]


class _Unsubscribed(msgspec.Struct, frozen=True, tag_field="op", tag="unsubscribed", omit_defaults=True):
    channels: list[str]
    id: str | None = None
    code: str | None = None


class _Authenticated(msgspec.Struct, frozen=True, tag_field="op", tag="authenticated"):
    id: str | None
    account: str
    expires_at: str


class _Pong(msgspec.Struct, frozen=True, tag_field="op", tag="pong"):
    id: str | None
    time: str
    journal_sequence: str


class _Heartbeat(msgspec.Struct, frozen=True, tag_field="op", tag="heartbeat"):
    time: str
    journal_sequence: str


class _Error(msgspec.Struct, frozen=True, tag_field="op", tag="error", omit_defaults=True):
    code: str
    message: str
    id: str | None = None
    channel: str | None = None


class _Closing(msgspec.Struct, frozen=True, tag_field="op", tag="closing"):
    code: str
    message: str


def welcome(session: str, time_us: int, heartbeat_s: float, limits: dict[str, int]) -> bytes:
    """The first frame of a connection."""
    return _frame(_Welcome(session, format_time(time_us), heartbeat_s, limits))


def subscribed(id_: str | None, channels: list[str]) -> bytes:
    """From now on these channels are told."""
    return _frame(_Subscribed(id_, channels))


def unsubscribed(channels: list[str], id_: str | None = None, code: Code | None = None) -> bytes:
    """From now on these are not; `code` tells why, if the client did not ask for it."""
    return _frame(_Unsubscribed(channels, id_, None if code is None else code.name))


def authenticated(id_: str | None, account: int, expires_at_us: int) -> bytes:
    """The access token is good, until then."""
    return _frame(_Authenticated(id_, str(account), format_time(expires_at_us)))


def pong(id_: str | None, time_us: int, journal_sequence: int) -> bytes:
    """The answer to `ping`: the server's time, and how far in the journal it is."""
    return _frame(_Pong(id_, format_time(time_us), str(journal_sequence)))


def heartbeat(time_us: int, journal_sequence: int) -> bytes:
    """Nothing else was to be told for a while."""
    return _frame(_Heartbeat(format_time(time_us), str(journal_sequence)))


def refused(error: CodedError, id_: str | None = None, channel: str | None = None) -> bytes:
    """A message, or one channel of it, is not carried out."""
    shown = None if channel is None else channel[:_ID_MAX]
    return _frame(_Error(error.code.name, error.sentence, id_, shown))


def closing(error: CodedError) -> bytes:
    """The server closes the connection, and why."""
    return _frame(_Closing(error.code.name, error.sentence))


def unknown_op(op: str) -> CodedError:
    """The refusal of an operation that is not there."""
    return CodedError(codes.UNKNOWN_OP, op=op[:_SHOWN_MAX])


def _frame(message: msgspec.Struct) -> bytes:
    return text_frame(_ENCODER.encode(message))
