"""Ids as clients write them."""

import re
from typing import Final
from uuid import UUID

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import CLIENT_ORDER_ID_MAX, ORDER_ID_LIMIT

_DIGITS: Final = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_CLIENT_ORDER_ID: Final = re.compile(rf"[A-Za-z0-9._:/-]{{1,{CLIENT_ORDER_ID_MAX}}}", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
ACCOUNT_LIMIT: Final = 1 << 32
TRADE_ID_LIMIT: Final = 1 << 63


def parse_order_id(text: object) -> int:
    """An order id; `order_unknown` for what cannot be one."""
    number = _number(text)
    if number is None or number >= ORDER_ID_LIMIT:
        raise CodedError(codes.ORDER_UNKNOWN)
    return number


def parse_account(text: object, *, field: str = "account") -> int:
    """An account's id; `account_unknown` for what cannot be one."""
    number = _number(text)
    if number is None or number >= ACCOUNT_LIMIT:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field=field)
    return number


def parse_trade_id(text: object, *, field: str) -> int:
    """A trade id, or 0, which is before every trade; `invalid_field` for what cannot be one."""
    number = 0 if text == "0" else _number(text)
    if number is None or number >= TRADE_ID_LIMIT:
        raise CodedError(codes.INVALID_FIELD, field=field, reason="expected a trade id, or 0")
    return number


def parse_client_order_id(text: object) -> str:
    """A client order id of 1 to 36 allowed characters; `invalid_client_order_id` otherwise."""
    if not isinstance(text, str) or _CLIENT_ORDER_ID.fullmatch(text) is None:
        raise CodedError(codes.INVALID_CLIENT_ORDER_ID, field="client_order_id")
    return text


def check_order_named(**names: str | None) -> None:
    """Refuses a request that names its order by neither of two fields, or by both.

    Raises:
        CodedError: `missing_field` of the first, `invalid_field` of the second.
    """
    (first, by_first), (second, by_second) = names.items()
    if by_first is None and by_second is None:
        raise CodedError(codes.MISSING_FIELD, field=first)
    if by_first is not None and by_second is not None:
        raise CodedError(codes.INVALID_FIELD, field=second, reason=f"{first} says which order is meant")


def parse_api_key_id(text: object) -> UUID:
    """An API key's id in its one spelling; `api_key_unknown` for what cannot be one."""
    if not isinstance(text, str) or _UUID.fullmatch(text) is None:
        raise CodedError(codes.API_KEY_UNKNOWN)
    return UUID(text)


def read_uuid(text: str) -> UUID | None:
    """A UUID, however it is spelled; None for what cannot be one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def parse_uuid(text: str) -> UUID:
    """The same; `not_found` for what cannot be one."""
    found = read_uuid(text)
    if found is None:
        raise CodedError(codes.NOT_FOUND)
    return found


def parse_uuid_cursor(text: str) -> UUID:
    """The one behind which a list goes on; `invalid_cursor` for what cannot be one."""
    found = read_uuid(text)
    if found is None:
        raise CodedError(codes.INVALID_CURSOR, field="cursor")
    return found


def _number(text: object) -> int | None:
    """A number from 1 on in its one spelling."""
    if not isinstance(text, str) or _DIGITS.fullmatch(text) is None:
        return None
    return int(text)
