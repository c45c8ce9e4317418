"""Between what rates may be set: nobody is locked out, and no more comes in than the house has promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cse.accounts.rates.service import require_cancels_for_orders, require_within_bounds
from cse.domain import codes, rates
from cse.domain.errors import CodedError
from cse.domain.rates import BOUNDS, Rate, RateName

MIGRATION = Path(__file__).parents[4] / "migrations" / "0179_rates.sql"
# The core remembers so many ids of an account, and promises ten minutes.
IDS, PROMISED_S = 100_000, 600
OF_SQL = re.compile(
    r"WHEN '(\w+)' THEN (?:tier = 0\s+AND )?"
    r"at_once BETWEEN (\d+) AND (\d+) AND per_second BETWEEN (\d+) AND (\d+)"
)


def test_postgresql_holds_to_the_same_bounds_and_begins_with_the_built_in_rates() -> None:
    text = MIGRATION.read_text()
    assert {name: tuple(map(int, bounds)) for name, *bounds in OF_SQL.findall(text)} == {**BOUNDS}
    rows = re.findall(r"\(0, '(\w+)', (\d+), (\d+)\)", text)
    assert {Rate(name, int(at_once), int(fills)) for name, at_once, fills in rows} == {
        rates.BY_NAME[name] for name in BOUNDS
    }


@pytest.mark.parametrize("name", BOUNDS)
def test_the_built_in_rates_are_within_the_bounds(name: RateName) -> None:
    rate = rates.BY_NAME[name]
    require_within_bounds(0, name, rate.at_once, rate.per_second)


def test_whatever_was_set_before_ten_minutes_of_orders_are_remembered() -> None:
    bounds = BOUNDS["orders"]
    assert bounds.at_once_max + PROMISED_S * bounds.per_second_max < IDS


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize(
    ("field", "beyond"), [("at_once", -1), ("at_once", 1), ("per_second", -1), ("per_second", 1)]
)
def test_what_is_beyond_the_bounds_is_refused(name: RateName, field: str, beyond: int) -> None:
    bounds = BOUNDS[name]._asdict()
    edge = {one: bounds[f"{one}_{'min' if beyond < 0 else 'max'}"] for one in ("at_once", "per_second")}
    require_within_bounds(0, name, **edge)
    with pytest.raises(CodedError) as refused:
        require_within_bounds(0, name, **{**edge, field: edge[field] + beyond})
    assert (refused.value.code, refused.value.details["field"]) == (codes.INVALID_FIELD, field)


def test_addresses_are_in_no_tier() -> None:
    with pytest.raises(CodedError):
        require_within_bounds(1, "address_requests", 12_000, 200)


ORDERS, CANCELS = Rate("orders", 1_000, 10), Rate("cancels", 2_000, 20)


@pytest.mark.parametrize(
    ("own", "is_fit"),
    [
        ({}, True),
        ({(0, "orders"): ORDERS, (0, "cancels"): CANCELS}, True),
        ({(0, "cancels"): CANCELS}, False),
        ({(3, "cancels"): CANCELS}, False),
        ({(3, "cancels"): CANCELS, (3, "orders"): ORDERS}, True),
        ({(3, "cancels"): CANCELS, (3, "orders"): Rate("orders", 1_000, 21)}, False),
        # Tier 3 has its own orders, and of tier 0 the cancels.
        ({(0, "orders"): ORDERS, (0, "cancels"): CANCELS, (3, "orders"): Rate("orders", 3_000, 10)}, False),
    ],
)
def test_whoever_may_place_may_cancel(own: dict[tuple[int, str], Rate], is_fit: bool) -> None:
    if is_fit:
        require_cancels_for_orders(own)
        return
    with pytest.raises(CodedError) as refused:
        require_cancels_for_orders(own)
    assert refused.value.code is codes.INVALID_FIELD
