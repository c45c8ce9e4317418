"""Words of an order, and the words that the API uses for them."""

from enum import IntEnum
from typing import TypeVar

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.enumerations import OrderType, SelfTradePrevention, Side, TimeInForce
from cse.domain.errors import CodedError

Member = TypeVar("Member", bound=IntEnum)


def word(member: IntEnum) -> str:
    """The API's word for a member, such as `buy` or `cancel_newest`."""
    return member.name.lower()


def parse_side(text: object) -> Side:
    """`buy` or `sell`, exactly; `invalid_side` otherwise."""
    return _parse(Side, text, codes.INVALID_SIDE, "side")


def parse_order_type(text: object) -> OrderType:
    """A type that the exchange knows, available or not; `order_type_unavailable` otherwise."""
    return _parse(OrderType, text, codes.ORDER_TYPE_UNAVAILABLE, "type")


def parse_time_in_force(text: object) -> TimeInForce:
    """Such as `gtc`; `invalid_time_in_force` otherwise."""
    return _parse(TimeInForce, text, codes.INVALID_TIME_IN_FORCE, "time_in_force")


def parse_self_trade_prevention(text: object) -> SelfTradePrevention:
    """Such as `cancel_newest`; `invalid_self_trade_prevention` otherwise."""
    code = codes.INVALID_SELF_TRADE_PREVENTION
    return _parse(SelfTradePrevention, text, code, "self_trade_prevention")


def _parse(enumeration: type[Member], text: object, code: Code, field: str) -> Member:
    """The member whose word this is; capitals and blanks are not forgiven."""
    for member in enumeration:
        if word(member) == text:
            return member
    raise CodedError(code, field=field)
