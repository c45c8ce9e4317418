"""Reading a request's body strictly: bounded, JSON only, nothing twice, nothing unknown."""

from __future__ import annotations

import json
import typing
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Upload
from cse.runtime.http.validation import lowered, refused_field

Request = TypeVar("Request", bound=msgspec.Struct)
Receive = Callable[[], Awaitable[Any]]

BODY_LIMIT_BYTES: Final = 16_384

DecimalText = Annotated[str, msgspec.Meta(title="decimal", description="digits and at most one point")]
"""A field that carries an amount: a string, never a JSON number."""

_FORM_TYPE: Final = b"application/x-www-form-urlencoded"
_JSON_TYPES: Final = (b"application/json", b"application/json; charset=utf-8")


async def read_body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """The whole body, once its type and its length are found to be right."""
    check_announced(headers)
    return await _whole(receive, BODY_LIMIT_BYTES)


async def read_upload(headers: Mapping[bytes, bytes], receive: Receive, upload: Upload) -> bytes:
    """A whole file, once its type and its length are found to be such as are taken."""
    content_type = headers.get(b"content-type", b"").decode("latin-1")
    if content_type not in upload.content_types:
        raise CodedError(codes.UNSUPPORTED_FILE, types=", ".join(upload.content_types))
    _check_length(headers, upload.bytes_max)
    return await _whole(receive, upload.bytes_max)


async def read_form(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """A whole body of form fields, as it came; its type matters only where there is one."""
    _check_length(headers, BODY_LIMIT_BYTES)
    form = await _whole(receive, BODY_LIMIT_BYTES)
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if form and kind != _FORM_TYPE:
        raise CodedError(codes.UNSUPPORTED_MEDIA_TYPE)
    return form


async def _whole(receive: Receive, limit_bytes: int) -> bytes:
    message = await receive()
    body = bytearray(message.get("body", b""))
    while message.get("more_body", False):
        message = await receive()
        if message["type"] == "http.disconnect":
            # What came may be valid as it stands, and yet not be what was meant.
            raise CodedError(codes.MALFORMED_JSON, reason="it was cut off")
        body += message.get("body", b"")
        if len(body) > limit_bytes:
            break
    if len(body) > limit_bytes:
        raise CodedError(codes.BODY_TOO_LARGE, limit=limit_bytes)
    return bytes(body)


def check_announced(headers: Mapping[bytes, bytes]) -> None:
    """Raises `CodedError` for a body that is no JSON or too long by what its headers say."""
    content_type = headers.get(b"content-type", b"")
    if content_type not in _JSON_TYPES and not _is_json(content_type):
        raise CodedError(codes.UNSUPPORTED_MEDIA_TYPE)
    _check_length(headers, BODY_LIMIT_BYTES)


def _check_length(headers: Mapping[bytes, bytes], limit_bytes: int) -> None:
    announced = headers.get(b"content-length", b"")
    if len(announced) > 9 or (announced.isdigit() and int(announced) > limit_bytes):
        raise CodedError(codes.BODY_TOO_LARGE, limit=limit_bytes)


def _is_json(content_type: bytes) -> bool:
    kind, _, parameter = content_type.lower().partition(b";")
    charset = parameter.strip().replace(b'"', b"")
    return kind.strip() == b"application/json" and charset in (b"", b"charset=utf-8")


class BodyReader(Generic[Request]):
    """Decodes bodies of one request type."""

    def __init__(self, request: type[Request]) -> None:
        self._decode = msgspec.json.Decoder(request).decode
        self._decimal_fields = decimal_fields(request)

    def read(self, raw: bytes) -> Request:
        """The request in `raw`.

        Raises `CodedError` when it is not JSON, or not exactly of this type.
        """
        try:
            request = self._decode(raw)
            # Parts that are read later have not been looked at, and may still be no JSON to it.
            refuse_duplicates(raw)
        except msgspec.ValidationError as error:
            found = refused_field(str(error), self._decimal_fields)
            raise found or CodedError(codes.MALFORMED_JSON, reason=lowered(str(error))) from None
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise CodedError(codes.MALFORMED_JSON, reason=_reason(error)) from None
        return request


def decimal_fields(request: type[msgspec.Struct]) -> frozenset[str]:
    """The names of the fields that are `DecimalText`."""
    hints = typing.get_type_hints(request, include_extras=True)
    return frozenset(
        name for name, hint in hints.items() if hint == DecimalText or DecimalText in typing.get_args(hint)
    )


def refuse_duplicates(raw: bytes) -> None:
    """Raises `CodedError` when an object of the valid JSON in `raw` has a key twice.

    The decoder lets the last one win, which would let two readers of one body see two orders. A key
    that stands twice is a string that stands twice, so the look at all keys, which is dearer, is
    taken only when some string does or when escapes may hide one.
    """
    strings = raw.split(b'"')[1::2]
    if len(strings) != len(set(strings)) or b"\\" in raw:
        # Numbers stay text: nobody wants their values, and of too many digits they have none.
        json.loads(raw, object_pairs_hook=_refuse_pairs, parse_int=str, parse_float=str)


def _refuse_pairs(pairs: list[tuple[str, object]]) -> None:
    seen = set()
    for name, _ in pairs:
        if name in seen:
            raise CodedError(codes.DUPLICATE_FIELD, field=name[:64])
        seen.add(name)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return lowered(str(error).removeprefix("JSON is malformed: "))
