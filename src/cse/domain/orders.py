"""Words of an order, and the words that the API uses for them."""

from enum import IntEnum

from cse.domain import codes
from cse.domain.enumerations import Side
from cse.domain.errors import CodedError


def word(member: IntEnum) -> str:
    """The API's word for a member, such as `buy` or `cancel_newest`."""
    return member.name.lower()


def parse_side(text: object) -> Side:
    """`buy` or `sell`, exactly; `invalid_side` otherwise."""
    for side in Side:
        if word(side) == text:
            return side
    raise CodedError(codes.INVALID_SIDE, field="side")
