"""Amounts: strict decimal strings on the outside, integers of a fixed number of decimals inside.

Nothing here rounds on reading: a number that the unit cannot express is refused.
"""

import re
from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import SUPPLY_LIMIT

_DECIMAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
# No unit, tick or limit has as many on either side of the point.
_DIGITS_MAX: Final = 30


class Exact(NamedTuple):
    """The number `digits / 10**decimals`, with as few decimals as it has."""

    digits: int
    decimals: int


def parse_decimal(text: object, *, field: str) -> Exact:
    """Reads a decimal string: digits, at most one point between digits, nothing else.

    Trailing zeros behind the point are no decimals. Of a number with more digits than anything takes, so
    much is read that it is as much too large or too fine.

    Raises:
        CodedError: `invalid_decimal`; numbers of JSON are refused like any other wrong type.
    """
    if not isinstance(text, str) or _DECIMAL.fullmatch(text) is None:
        raise CodedError(codes.INVALID_DECIMAL, field=field)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(text) > _DIGITS_MAX:
        whole, fraction = _cut(whole, fraction)
    return Exact(int(whole + fraction), len(fraction))


def _cut(whole: str, fraction: str) -> tuple[str, str]:
    """The digits so few that turning them into a number costs nothing."""
    whole = whole.lstrip("0") or "0"
    if len(whole) > _DIGITS_MAX:
        whole = "1" + "0" * _DIGITS_MAX
    if len(fraction) > _DIGITS_MAX:
        fraction = fraction[: _DIGITS_MAX - 1] + "1"
    return whole, fraction


def parse_units(text: object, decimals: int, *, field: str = "amount", limit: int = SUPPLY_LIMIT - 1) -> int:
    """Reads an amount above zero in units of `10**-decimals`, at most `limit` units.

    Raises:
        CodedError: `invalid_decimal`, `too_many_decimals` or `number_out_of_range`.
    """
    exact = parse_decimal(text, field=field)
    if exact.decimals > decimals:
        raise CodedError(codes.TOO_MANY_DECIMALS, field=field, limit=decimals)
    units: int = exact.digits * 10 ** (decimals - exact.decimals)
    if not 0 < units <= limit:
        shown = format_units(limit, decimals)
        raise CodedError(codes.NUMBER_OUT_OF_RANGE, field=field, limit=shown)
    return units


def format_units(units: int, decimals: int) -> str:
    """The one way to write `units / 10**decimals`: no exponent, no needless zeros."""
    sign = "-" if units < 0 else ""
    digits = str(abs(units)).rjust(decimals + 1, "0")
    if decimals == 0:
        return sign + digits
    fraction = digits[-decimals:].rstrip("0")
    return sign + digits[:-decimals] + ("." + fraction if fraction else "")


def format_fixed(units: int, decimals: int, shown: int) -> str:
    """Writes `units / 10**decimals` with exactly `shown` decimals, of which it needs no more."""
    text = format_units(units, decimals)
    whole, _, fraction = text.partition(".")
    assert len(fraction) <= shown, "a number is never cut short"
    return f"{whole}.{fraction.ljust(shown, '0')}" if shown else whole


def divide_to_nearest(dividend: int, divisor: int) -> int:
    """The whole number nearest to the quotient, halves to the even one; `divisor` is above zero.

    For what is shown only, such as an average price; no money is ever moved by it.
    """
    quotient, rest = divmod(dividend, divisor)
    twice = 2 * rest
    return quotient + (twice > divisor or (twice == divisor and quotient % 2 == 1))
