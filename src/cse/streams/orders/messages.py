"""What clients send on a connection for orders, and how they are answered."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from cse.runtime.http.body import refuse_duplicates
from cse.runtime.http.route import Reply
from cse.streams.frames import text_frame
from cse.streams.messages import Id, Number, malformed

_EMPTY: Final = msgspec.Raw(b"")
_MARKETS_MAX: Final = 100
_RETRY_AFTER: Final = b"retry-after"

GuardName = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$", max_length=32)]


class OrderMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Any message of a client; which parts it may have, and needs, follows from `op` (`Parts`).

    A request has the parts that it has over HTTP: `body`, `query`, and `order_id` or `client_order_id`
    in place of the path. Nothing unknown is taken: a filter that is spelt wrong must not cancel all.
    """

    op: str
    id: Id | None = None
    body: msgspec.Raw = _EMPTY
    query: dict[str, str | int] | None = None
    order_id: str | None = None
    client_order_id: str | None = None
    min_sequence: Number | None = None
    account: str | None = None
    access_token: str | None = None
    key: str | None = None
    timestamp: str | None = None
    window: str | None = None
    signature: str | None = None
    enabled: bool | msgspec.UnsetType = msgspec.UNSET
    markets: Annotated[list[str], msgspec.Meta(min_length=1, max_length=_MARKETS_MAX)] | None = None
    grace_ms: Annotated[int, msgspec.Meta(ge=0)] | msgspec.UnsetType = msgspec.UNSET
    resume: GuardName | None = None


_MESSAGES: Final = msgspec.json.Decoder(OrderMessage)
_ENCODER: Final = msgspec.json.Encoder()


def read_message(payload: bytes) -> OrderMessage:
    """Reads a text message.

    Raises:
        CodedError: `malformed_message`, `duplicate_field`.
    """
    try:
        message = _MESSAGES.decode(payload)
        # A body is refused in the answer to its request.
        refuse_duplicates(payload.replace(bytes(message.body), b"null", 1) if message.body else payload)
    except msgspec.ValidationError as error:
        raise malformed(str(error)) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise malformed("it is no JSON") from None
    return message


def answer(id_: str | None, reply: Reply) -> bytes:
    """The answer to a request: what HTTP says in status, headers and body."""
    shown = b"null" if id_ is None else _ENCODER.encode(id_)
    after = b""
    for name, value in reply.headers:
        if name == _RETRY_AFTER:
            after = b',"retry_after_s":%b' % value
    return text_frame(
        b'{"op":"answer","id":%b,"status":%d,"sequence":"%d"%b,"body":%b}'
        % (shown, reply.status, reply.sequence, after, reply.body)
    )


class Guarded(msgspec.Struct, frozen=True, tag_field="op", tag="cancel_on_disconnect"):
    """What the connection guards; a `guard` of null: nothing."""

    id: str | None
    guard: str | None
    markets: list[str] | None
    grace_ms: int
    resumed: bool


def guarded(id_: str | None, guard: str, markets: list[str] | None, grace_ms: int, *, resumed: bool) -> bytes:
    """From now on orders are cancelled when the connection ends."""
    return text_frame(_ENCODER.encode(Guarded(id_, guard, markets, grace_ms, resumed)))


def unguarded(id_: str | None = None) -> bytes:
    """From now on they are not; without an id, because another connection has resumed the guard."""
    return text_frame(_ENCODER.encode(Guarded(id_, None, None, 0, False)))
