"""Amounts: strict decimal text on the wire, whole numbers of units inside. Nothing here rounds."""

from __future__ import annotations

import re
from typing import Final, Literal

Reason = Literal["malformed", "too_many_decimals", "off_step"]

_DECIMAL: Final = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)


class DecimalError(ValueError):
    """A text is no amount of the unit asked for; `reason` says how."""

    def __init__(self, text: object, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.text = text
        self.reason: Reason = reason


def parse_units(text: object, decimals: int) -> int:
    """How many units of `10**-decimals` a decimal text is.

    Digits and at most one point between digits, a minus sign before them where there is one;
    zeros at the end are no decimals.

    Raises:
        DecimalError: it is no such text, or not a whole number of units.
    """
    digits, found = digits_of(text)
    if found > decimals:
        raise DecimalError(text, "too_many_decimals", f"{text} has more than {decimals} decimals")
    return digits * int(10 ** (decimals - found))


def digits_of(text: object) -> tuple[int, int]:
    """A decimal text as digits and as few decimals as it has: "-1.50" is (-15, 1).

    Raises:
        DecimalError: it is no such text.
    """
    if not isinstance(text, str) or _DECIMAL.fullmatch(text) is None:
        raise DecimalError(text, "malformed", f"{text!r} is no decimal text such as '12.5'")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return int(whole + fraction), len(fraction)


def format_units(units: int, decimals: int) -> str:
    """`units / 10**decimals` with exactly so many decimals: no exponent, no negative zero."""
    sign = "-" if units < 0 else ""
    digits = str(abs(units)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def divide_up(dividend: int, divisor: int) -> int:
    """The quotient, up to the next whole number towards plus infinity; `divisor` is above zero."""
    return -(-dividend // divisor)


def divide_to_nearest(dividend: int, divisor: int) -> int:
    """The whole number nearest to the quotient, halves to the even one; `divisor` is above zero.

    For what is shown only, such as an average price.
    """
    quotient, rest = divmod(dividend, divisor)
    twice = 2 * rest
    return quotient + (twice > divisor or (twice == divisor and quotient % 2 == 1))
