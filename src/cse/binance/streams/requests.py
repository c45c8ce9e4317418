"""What clients ask of a connection of streams, and what they are answered.

A refusal has a number of its own: 2 of a request that is none, 3 of a message that is no JSON.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError

_NO_REQUEST: Final = 2
_NO_JSON: Final = 3


class Request(msgspec.Struct, frozen=True):
    """A request; `id` is given back as it came."""

    method: str
    params: list[Any] = []
    id: int | str | None = None


class _Id(msgspec.Struct, frozen=True):
    id: int | str | None = None


_READ: Final = msgspec.json.Decoder(Request).decode
_READ_ID: Final = msgspec.json.Decoder(_Id).decode
_ENCODE: Final = msgspec.json.Encoder().encode


def read_request(payload: bytes) -> Request:
    """Reads a message; `CodedError` malformed_message."""
    try:
        return _READ(payload)
    except msgspec.MsgspecError as error:
        raise malformed(str(error)) from None


def names_of(request: Request) -> list[str]:
    """The streams that a request names; `CodedError` malformed_message."""
    if not request.params or not all(isinstance(name, str) for name in request.params):
        raise malformed("params names no streams")
    return request.params


def answered(id_: int | str | None, result: object) -> bytes:
    """What comes of a request."""
    return _ENCODE({"result": result, "id": id_})


def refusal(payload: bytes, error: CodedError) -> bytes:
    """Why there is nothing of a request, with its id where that can be read."""
    number, id_ = _NO_REQUEST, None
    try:
        id_ = _READ_ID(payload).id
    except msgspec.ValidationError:
        pass
    except msgspec.MsgspecError:
        number = _NO_JSON
    told = "Invalid JSON" if number == _NO_JSON else "Invalid request"
    return _ENCODE({"error": {"code": number, "msg": f"{told}: {error.sentence}"}, "id": id_})


def malformed(reason: str) -> CodedError:
    """The refusal of a message."""
    return CodedError(codes.MALFORMED_MESSAGE, reason=reason)
