"""What clients send, and what they are told besides data."""

from __future__ import annotations

import math
from typing import Annotated, Final, Protocol

import msgspec

from cse.accounts.api_keys.signed_text import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    WINDOW_HEADER,
    Claim,
    claim_of_sign_in,
)
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.confidential import Confidential
from cse.runtime.http.route import KEY_HEADER
from cse.runtime.http.times import format_time
from cse.streams.frames import CLOSE_RESTART, CLOSE_TRY_LATER, text_frame

_ID_MAX: Final = 64
_SHOWN_MAX: Final = 32
_NUMBER_MAX: Final = 20

# Another process, or this one's successor, takes over at once; who has too many connections waits.
_RETRY_AFTER_MS: Final = {CLOSE_RESTART: 100, CLOSE_TRY_LATER: 5_000}

Id = Annotated[str, msgspec.Meta(max_length=_ID_MAX)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+$", max_length=_NUMBER_MAX)]


class From(msgspec.Struct, frozen=True):
    """A channel, and the position from which to go on with it."""

    channel: str
    epoch: Number
    sequence: Number


class Message(Confidential, frozen=True):
    """Any message of a client; which fields it needs follows from `op`."""

    op: str
    id: Id | None = None
    channels: list[str | From] | None = None
    account: str | None = None
    access_token: str | None = None
    key: str | None = None
    timestamp: str | None = None
    window: str | None = None
    signature: str | None = None


class _Named(msgspec.Struct, frozen=True):
    id: Id | None = None


_MESSAGES: Final = msgspec.json.Decoder(Message)
_NAMES: Final = msgspec.json.Decoder(_Named)
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


def id_of(payload: bytes) -> str | None:
    """The id of a message that is refused, whatever else is wrong with it; None where it has none."""
    try:
        return _NAMES.decode(payload).id
    except (msgspec.MsgspecError, RecursionError):
        return None


def malformed(reason: str) -> CodedError:
    """The refusal of a message that cannot be understood."""
    return CodedError(codes.MALFORMED_MESSAGE, reason=reason)


class Welcome(msgspec.Struct, frozen=True, tag_field="op", tag="welcome"):
    """The first message of a connection."""

    session: str
    time: str
    heartbeat_s: float
    limits: dict[str, int]


class Subscribed(msgspec.Struct, frozen=True, tag_field="op", tag="subscribed"):
    """The channels that are told from now on."""

    id: str | None
    channels: list[str]


class Unsubscribed(msgspec.Struct, frozen=True, tag_field="op", tag="unsubscribed", omit_defaults=True):
    """The channels that are not; with a code, where the client did not ask for it."""

    channels: list[str]
    id: str | None = None
    code: str | None = None


class Authenticated(msgspec.Struct, frozen=True, tag_field="op", tag="authenticated"):
    """Whose account it is for, and until when; null: without end."""

    id: str | None
    account: str
    expires_at: str | None


class Pong(msgspec.Struct, frozen=True, tag_field="op", tag="pong"):
    """The server's time, and how far in the journal it is."""

    id: str | None
    time: str
    journal_sequence: str


class Heartbeat(msgspec.Struct, frozen=True, tag_field="op", tag="heartbeat"):
    """Nothing else was to be told for a while."""

    time: str
    journal_sequence: str


class Error(msgspec.Struct, frozen=True, tag_field="op", tag="error", omit_defaults=True):
    """A message, or one channel of it, is not carried out."""

    code: str
    message: str
    id: str | None = None
    channel: str | None = None


class Closing(msgspec.Struct, frozen=True, tag_field="op", tag="closing", omit_defaults=True):
    """The server closes the connection; with `retry_after_ms`, another may be made so much later."""

    code: str
    message: str
    retry_after_ms: int | None = None


def welcome(session: str, time_us: int, heartbeat_s: float, limits: dict[str, int]) -> bytes:
    """The first frame of a connection."""
    return _frame(Welcome(session, format_time(time_us), heartbeat_s, limits))


def subscribed(id_: str | None, channels: list[str]) -> bytes:
    """From now on these channels are told."""
    return _frame(Subscribed(id_, channels))


def unsubscribed(channels: list[str], id_: str | None = None, code: Code | None = None) -> bytes:
    """From now on these are not; `code` tells why, if the client did not ask for it."""
    return _frame(Unsubscribed(channels, id_, None if code is None else code.name))


def authenticated(id_: str | None, account: int, expires_at_s: float) -> bytes:
    """The access token or the signature is good, until then; of some keys without end."""
    until = format_time(int(expires_at_s * 1_000_000)) if math.isfinite(expires_at_s) else None
    return _frame(Authenticated(id_, str(account), until))


class SignIn(Protocol):
    """A message that signs in: by an access token, or by an API key and its signature."""

    @property
    def id(self) -> str | None: ...

    @property
    def account(self) -> str | None: ...

    @property
    def access_token(self) -> str | None: ...

    @property
    def key(self) -> str | None: ...

    @property
    def timestamp(self) -> str | None: ...

    @property
    def window(self) -> str | None: ...

    @property
    def signature(self) -> str | None: ...


def claim_of(message: SignIn, session: str) -> Claim:
    """What a message claims that signs in by an API key, on the connection that was welcomed so.

    Raises:
        CodedError: `invalid_field`.
    """
    fields = {
        KEY_HEADER: message.key,
        TIMESTAMP_HEADER: message.timestamp,
        WINDOW_HEADER: message.window,
        SIGNATURE_HEADER: message.signature,
    }
    named = {name: value.encode(errors="replace") for name, value in fields.items() if value is not None}
    return claim_of_sign_in(named, session, message.account)


def pong(id_: str | None, time_us: int, journal_sequence: int) -> bytes:
    """The answer to `ping`: the server's time, and how far in the journal it is."""
    return _frame(Pong(id_, format_time(time_us), str(journal_sequence)))


def heartbeat(time_us: int, journal_sequence: int) -> bytes:
    """Nothing else was to be told for a while."""
    return _frame(Heartbeat(format_time(time_us), str(journal_sequence)))


def refused(error: CodedError, id_: str | None = None, channel: str | None = None) -> bytes:
    """A message, or one channel of it, is not carried out."""
    shown = None if channel is None else channel[:_ID_MAX]
    return _frame(Error(error.code.name, error.sentence, id_, shown))


def closing(error: CodedError, close_code: int) -> bytes:
    """The server closes the connection, and why."""
    return _frame(Closing(error.code.name, error.sentence, _RETRY_AFTER_MS.get(close_code)))


def unknown_op(op: str) -> CodedError:
    """The refusal of an operation that is not there."""
    return CodedError(codes.UNKNOWN_OP, op=op[:_SHOWN_MAX])


def _frame(message: msgspec.Struct) -> bytes:
    return text_frame(_ENCODER.encode(message))
