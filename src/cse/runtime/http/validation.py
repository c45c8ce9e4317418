"""What the decoder finds wrong with a request, as a refusal that names the field."""

from __future__ import annotations

import re
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

_AT_FIELD: Final = re.compile(r" - at `\$\.(\w+)")
_TOO_FEW: Final = re.compile(r"Expected `array` of length >= (\d+)")
_TOO_MANY: Final = re.compile(r"Expected `array` of length <= (\d+)")
_PLAIN_NAMES: Final = {
    "`array`": "a list",
    "`object`": "an object",
    "`int`": "a whole number",
    "`str`": "text",
    "`bool`": "true or false",
    "Invalid enum value": "it may not be",
}
_NAMED_FIELD: Final = re.compile(r"(unknown|required) field `(.*)`", re.DOTALL)


def refused_field(message: str, decimals: frozenset[str] = frozenset()) -> CodedError | None:
    """The refusal that msgspec's `message` stands for; None when it is about no field.

    `decimals` are the fields that carry amounts.
    """
    if named := _NAMED_FIELD.search(message):
        code = codes.UNKNOWN_FIELD if named[1] == "unknown" else codes.MISSING_FIELD
        return CodedError(code, field=named[2][:64])
    at = _AT_FIELD.search(message)
    if at is None:
        return None
    if at[1] in decimals:
        return CodedError(codes.INVALID_DECIMAL, field=at[1])
    return CodedError(codes.INVALID_FIELD, field=at[1], reason=lowered(message[: at.start()]))


def lowered(sentence: str) -> str:
    """The sentence with a small first letter, to stand within another, and types by their plain names."""
    sentence = _TOO_FEW.sub(r"it has \1 entries at least", sentence)
    sentence = _TOO_MANY.sub(r"it has \1 entries at most", sentence)
    for type_, plain in _PLAIN_NAMES.items():
        sentence = sentence.replace(type_, plain)
    return sentence[:1].lower() + sentence[1:]
