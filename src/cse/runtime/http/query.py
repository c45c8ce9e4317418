"""Reading what a request says outside its body: query string, sequence wanted, idempotency key."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from functools import cache
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_account
from cse.runtime.http.validation import lowered, refused_field

Query = TypeVar("Query", bound=msgspec.Struct)

_KEY: Final = re.compile(rb"[\x21-\x7e]{1,64}")
_SEQUENCE: Final = re.compile(rb"[0-9]{1,18}")
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
QUERY_LIMIT_BYTES: Final = 2_048
_ACCOUNT: Final = b"account="


def split_account(raw: bytes) -> tuple[int | None, bytes]:
    """Which account a query string chooses, if it does, and the rest of it.

    Raises:
        CodedError: `account_unknown` for what can be none, `duplicate_field`.
    """
    if _ACCOUNT not in raw:
        return None, raw
    parts = raw.split(b"&")
    chosen = [part for part in parts if part.startswith(_ACCOUNT)]
    if not chosen:
        return None, raw
    if len(chosen) > 1:
        raise CodedError(codes.DUPLICATE_FIELD, field="account")
    rest = b"&".join(part for part in parts if not part.startswith(_ACCOUNT))
    return parse_account(chosen[0][len(_ACCOUNT) :].decode("latin-1")), rest


def read_query(raw: bytes, query: type[Query]) -> Query:
    """The query string as `query`.

    Raises `CodedError` for unknown, repeated or missing names and for values that do not fit.
    """
    if not raw:
        return convert_query({}, query)
    if len(raw) > QUERY_LIMIT_BYTES:
        raise CodedError(codes.INVALID_FIELD, field="query", reason="it is too long")
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        raise CodedError(codes.INVALID_FIELD, field="query", reason="it cannot be read") from None
    values = dict(pairs)
    for name, value in pairs:
        # PostgreSQL keeps no text with it.
        if "\0" in value:
            raise CodedError(codes.INVALID_FIELD, field=name[:64], reason="a text has no zero bytes")
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CodedError(codes.DUPLICATE_FIELD, field=twice[:64])
    return convert_query(values, query)


def convert_query(values: Mapping[str, str | int], query: type[Query]) -> Query:
    """The values of a query as `query`.

    Raises `CodedError` for unknown or missing names and for values that do not fit.
    """
    for name in _whole_numbers(query) & values.keys():
        if not _WHOLE_NUMBER.fullmatch(str(values[name])):
            raise CodedError(codes.INVALID_FIELD, field=name, reason="expected a whole number")
    try:
        return msgspec.convert(values, query, strict=False)
    except msgspec.ValidationError as error:
        reason = lowered(str(error))
        raise refused_field(str(error)) or CodedError(
            codes.INVALID_FIELD, field="query", reason=reason
        ) from None


@cache
def _whole_numbers(query: type[msgspec.Struct]) -> frozenset[str]:
    """Fields for which the conversion would also take what is no plain number, such as `1e2`."""
    information = msgspec.inspect.type_info(query)
    assert isinstance(information, msgspec.inspect.StructType)
    return frozenset(
        field.name for field in information.fields if isinstance(field.type, msgspec.inspect.IntType)
    )


def min_sequence(headers: Mapping[bytes, bytes]) -> int:
    """What CSE-Min-Sequence says, or 0."""
    raw = headers.get(b"cse-min-sequence")
    if raw is None:
        return 0
    if not _SEQUENCE.fullmatch(raw):
        raise CodedError(codes.INVALID_FIELD, field="CSE-Min-Sequence", reason="expected digits")
    return int(raw)


def idempotency_key(headers: Mapping[bytes, bytes]) -> str:
    """The Idempotency-Key, which the request must have."""
    raw = headers.get(b"idempotency-key", b"")
    if not _KEY.fullmatch(raw):
        raise CodedError(codes.IDEMPOTENCY_KEY_MISSING, field="Idempotency-Key")
    return raw.decode("ascii")


def write_cursor(*numbers: int) -> str:
    """A cursor that stands for where a list goes on. Readers need not know what is in it."""
    text = ".".join(str(number) for number in numbers)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read_cursor(cursor: str, count: int) -> tuple[int, ...]:
    """The `count` numbers that `write_cursor` was given."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, altchars=b"-_", validate=True).split(b".")
    except (binascii.Error, ValueError):
        raise CodedError(codes.INVALID_CURSOR, field="cursor") from None
    if len(parts) != count or not all(_SEQUENCE.fullmatch(part) for part in parts):
        raise CodedError(codes.INVALID_CURSOR, field="cursor")
    return tuple(int(part) for part in parts)
