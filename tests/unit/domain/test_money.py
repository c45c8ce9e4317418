"""Decimal strings become whole units exactly, or are refused with a code."""

# Digits and letters of other scripts stand here on purpose.

import random
from decimal import Decimal

import pytest

from cse.domain.errors import CodedError
from cse.domain.limits import SUPPLY_LIMIT
from cse.domain.money import divide_to_nearest, format_units, parse_decimal, parse_units

ACCEPTED = [
    # text, decimals, units, canonical text
    ("1", 0, 1, "1"),
    ("1", 6, 1_000_000, "1"),
    ("0.1", 6, 100_000, "0.1"),
    ("0.777768", 6, 777_768, "0.777768"),
    ("0.000017", 6, 17, "0.000017"),
    ("2.2504", 4, 22_504, "2.2504"),
    ("1.0010", 3, 1_001, "1.001"),
    ("1.000", 0, 1, "1"),
    ("10.10", 8, 1_010_000_000, "10.1"),
    ("0.00000001", 8, 1, "0.00000001"),
    ("0.000000001", 9, 1, "0.000000001"),
    ("0.000000000000000001", 18, 1, "0.000000000000000001"),
    ("007.50", 2, 750, "7.5"),
    ("100", 0, 100, "100"),
    ("0" * 5_000 + "7", 2, 700, "7"),
    ("7." + "50" + "0" * 5_000, 2, 750, "7.5"),
]


@pytest.mark.parametrize(("text", "decimals", "units", "canonical"), ACCEPTED)
def test_reads_units_exactly_and_writes_them_in_one_way(
    text: str, decimals: int, units: int, canonical: str
) -> None:
    assert parse_units(text, decimals) == units
    assert format_units(units, decimals) == canonical


NO_DECIMALS = [
    "1.7E-5",
    "9e-05",
    "1e-7",
    "3.9e-07",
    "1e999",
    "NaN",
    "sNaN",
    "Infinity",
    "-0",
    "-1",
    "+1",
    "1_000",
    "1,000",
    " 1",
    "1 ",
    "1\n",
    "1.",
    ".5",
    ".",
    "1.2.3",
    "٣",
    "１",
    "²",
    "0x10",
    "",
    "\0",
    "1\0",
    "9" * 5_000 + "x",
    0.1,
    1,
    float("nan"),
    float("inf"),
    10**30,
    None,
    True,
    [],
    {},
    b"1",
    Decimal(1),
]


@pytest.mark.parametrize("value", NO_DECIMALS, ids=lambda value: repr(value)[:20])
def test_refuses_whatever_is_no_plain_decimal_string(value: object) -> None:
    with pytest.raises(CodedError) as refused:
        parse_units(value, 18, field="quantity")
    assert refused.value.code.name == "invalid_decimal"
    assert refused.value.details["field"] == "quantity"


REFUSED = [
    # text, decimals, code, limit named
    ("0.30000000000000004", 6, "too_many_decimals", 6),
    ("0.043000000000000003", 9, "too_many_decimals", 9),
    ("0.1234567", 6, "too_many_decimals", 6),
    ("0.1", 0, "too_many_decimals", 0),
    ("0.000000001", 8, "too_many_decimals", 8),
    ("0.0000000000000000001", 18, "too_many_decimals", 18),
    ("0", 6, "number_out_of_range", "50"),
    ("0.000", 6, "number_out_of_range", "50"),
    ("50.000001", 6, "number_out_of_range", "50"),
    ("9" * 30, 6, "number_out_of_range", "50"),
    ("9" * 36, 6, "number_out_of_range", "50"),
    ("9" * 5_000, 6, "number_out_of_range", "50"),
    ("0." + "0" * 5_000 + "1", 6, "too_many_decimals", 6),
    ("1." + "0" * 29 + "7", 18, "too_many_decimals", 18),
]


@pytest.mark.parametrize(("text", "decimals", "code", "limit"), REFUSED)
def test_refuses_what_the_unit_or_the_limit_does_not_carry(
    text: str, decimals: int, code: str, limit: str | int
) -> None:
    with pytest.raises(CodedError) as refused:
        parse_units(text, decimals, limit=50 * 10**decimals)
    assert refused.value.code.name == code
    assert refused.value.details["limit"] == limit
    assert "{" not in refused.value.sentence


def test_no_amount_reaches_the_bound_of_supply() -> None:
    assert parse_units(format_units(SUPPLY_LIMIT - 1, 18), 18) == SUPPLY_LIMIT - 1
    with pytest.raises(CodedError):
        parse_units(format_units(SUPPLY_LIMIT, 18), 18)


WRITTEN = [
    (0, 0, "0"),
    (0, 6, "0"),
    (-1, 6, "-0.000001"),
    (-1_500_000, 6, "-1.5"),
    (120, 1, "12"),
    (-7, 0, "-7"),
]


@pytest.mark.parametrize(("units", "decimals", "text"), WRITTEN)
def test_writes_zero_and_negative_amounts(units: int, decimals: int, text: str) -> None:
    assert format_units(units, decimals) == text


def test_what_is_written_reads_back_as_the_same_units() -> None:
    source = random.Random(45)
    for _ in range(2_000):
        decimals = source.randrange(19)
        units = source.randrange(1, 1 << source.randrange(1, 90))
        text = format_units(units, decimals)
        assert parse_units(text, decimals) == units
        assert Decimal(text) == Decimal(units).scaleb(-decimals)


def test_trailing_zeros_are_no_decimals() -> None:
    assert parse_decimal("1.0500", field="price") == (105, 2)
    assert parse_decimal("1.0000", field="price") == (1, 0)


@pytest.mark.parametrize(
    ("dividend", "divisor", "nearest"), [(5, 2, 2), (7, 2, 4), (10, 3, 3), (11, 3, 4), (0, 9, 0), (-5, 2, -2)]
)
def test_divides_to_the_nearest_with_halves_to_even(dividend: int, divisor: int, nearest: int) -> None:
    assert divide_to_nearest(dividend, divisor) == nearest
