"""What clients ask of the WebSocket API, and what they are answered."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec

from cse.accounts.api_keys.signed_text import Claim
from cse.binance.errors import Refusal, refusal_of_message
from cse.binance.signed_text import claim_of_form
from cse.domain import codes
from cse.domain.errors import CodedError

_KEY: Final = "apiKey"
_SIGNED: Final = frozenset({_KEY, "timestamp", "recvWindow", "signature"})
# What a form cannot hold as it stands.
_SEPARATORS: Final = frozenset("&=")

Id = int | str | None


class ApiRequest(msgspec.Struct, frozen=True):
    """A request; `id` is given back as it came."""

    method: str
    params: dict[str, Any] = {}
    id: Id = None


class _Id(msgspec.Struct, frozen=True):
    id: Id = None


_READ: Final = msgspec.json.Decoder(ApiRequest).decode
_READ_ID: Final = msgspec.json.Decoder(_Id).decode
_ENCODE: Final = msgspec.json.Encoder().encode


def read_request(payload: bytes) -> ApiRequest:
    """Reads a message; `CodedError` malformed_message."""
    try:
        return _READ(payload)
    except msgspec.MsgspecError as error:
        raise CodedError(codes.MALFORMED_MESSAGE, reason=str(error)) from None


def id_of(payload: bytes) -> Id:
    """The id of a message that is no request, where it can be read."""
    try:
        return _READ_ID(payload).id
    except msgspec.MsgspecError:
        return None


def claim_of_message(params: dict[str, Any]) -> Claim:
    """The claim of a signed message: its text is all parameters by name, as a form, without `signature`.

    Raises:
        CodedError: as of a signed request; `unknown_field` for what no subscription has.
    """
    for name, value in params.items():
        if name not in _SIGNED:
            raise CodedError(codes.UNKNOWN_FIELD, field=name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise CodedError(codes.INVALID_FIELD, field=name, reason="a text or a whole number")
        if name != "signature" and _SEPARATORS & set(str(value)):
            raise CodedError(codes.INVALID_FIELD, field=name, reason="it would end there")
    form = "&".join(f"{name}={params[name]}" for name in sorted(params))
    return claim_of_form(str(params.get(_KEY, "")), form.encode())


def answered(id_: Id, result: object) -> bytes:
    """What comes of a request."""
    return _ENCODE({"id": id_, "status": 200, "result": result, "rateLimits": []})


def refused(id_: Id, error: CodedError) -> bytes:
    """Why nothing comes of a request."""
    return told(id_, refusal_of_message(error))


def told(id_: Id, refusal: Refusal) -> bytes:
    """A refusal as an answer."""
    error = {"code": refusal.number, "msg": refusal.sentence}
    return _ENCODE({"id": id_, "status": refusal.status, "error": error})


ALREADY_OPEN: Final = Refusal(-2035, "User Data Stream subscription already active.", HTTPStatus.BAD_REQUEST)
