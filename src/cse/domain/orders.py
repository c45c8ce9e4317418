"""What an order can be, and the words that the API uses for it."""

from enum import IntEnum
from typing import Final, TypeVar

from cse.domain import codes
from cse.domain.enumerations import OrderType, Side, TimeInForce
from cse.domain.errors import CodedError

Member = TypeVar("Member", bound=IntEnum)

# What an order is once it rests is a limit order.
LIMIT_TYPES: Final = frozenset({OrderType.LIMIT, OrderType.STOP_LIMIT, OrderType.TAKE_PROFIT_LIMIT})
# With any other nothing of an order is left when its command is done.
RESTING_TIMES: Final = frozenset({TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY})
# A trailing stop follows in parts per million: a percent has four decimals.
PERCENT_DECIMALS: Final = 4


def word(member: IntEnum) -> str:
    """The API's word for a member, such as `buy` or `cancel_newest`."""
    return member.name.lower()


def words(kind: type[IntEnum]) -> dict[int, str]:
    """The API's word for each member, by its number."""
    return {int(member): word(member) for member in kind}


def by_word(kind: type[Member]) -> dict[str, Member]:
    """Each member by the API's word for it."""
    return {word(member): member for member in kind}


def parse_side(text: object) -> Side:
    """`buy` or `sell`, exactly; `invalid_side` otherwise."""
    for side in Side:
        if word(side) == text:
            return side
    raise CodedError(codes.INVALID_SIDE, field="side")
