"""Risk limits as an operator asks for them, and places in the list of flags."""

from __future__ import annotations

import pytest

from cse.audit.acts import Act
from cse.desk.risk.flags import cursor_of, read_cursor
from cse.desk.risk.models import RiskValues
from cse.desk.risk.service import limits_set, limits_view
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.ledger.models import Flag, FlagPlace
from tests.unit.desk.markets.test_changes import MARKET, refused_field

NONE = wire.RiskLimitsState(7, 2, *[0] * 10)


def test_only_what_changes_is_said_and_what_is_not_named_stays() -> None:
    before = NONE._replace(max_quantity=5, flag_cancels=9)
    asked = RiskValues(max_notional_per_minute="100", flag_cancels=10)
    change = limits_set(MARKET, before, asked)
    assert (change.act, change.market) == (Act.MARKET_RISK_SET, "LAB-USDC")
    assert change.before == "tier=2, max_notional_per_minute=0, flag_cancels=9"
    assert change.after == "tier=2, max_notional_per_minute=100, flag_cancels=10"
    command = wire.SetRiskLimits.decode(change.command)
    assert command == wire.SetRiskLimits(7, 2, 5, 0, 100_000_000, 0, 0, 10, 0, 0, 0, 0)


def test_zero_takes_a_limit_away() -> None:
    change = limits_set(MARKET, NONE._replace(max_quantity=5), RiskValues(max_quantity="0"))
    assert (change.before, change.after) == ("tier=2, max_quantity=0.005", "tier=2, max_quantity=0")
    assert wire.SetRiskLimits.decode(change.command) == wire.SetRiskLimits(7, 2, *[0] * 10)


def test_what_was_seen_as_another_is_not_set() -> None:
    before = NONE._replace(max_quantity=5, flag_cancels=9)
    asked = RiskValues(flag_cancels=10)
    assert limits_set(MARKET, before, asked, RiskValues(flag_cancels=9)).after == "tier=2, flag_cancels=10"
    with pytest.raises(CodedError) as raised:
        limits_set(MARKET, before, asked, RiskValues(flag_cancels=0, max_quantity="1"))
    assert raised.value.code is codes.VERSION_OUTDATED
    assert raised.value.details == {"field": "flag_cancels", "now": "flag_cancels=9"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (RiskValues(flag_cancels_per_fill=1), "flag_cancels_per_fill"),
        (RiskValues(flag_far_orders=1), "flag_far_ppm"),
        (RiskValues(flag_far_ppm=1), "flag_far_ppm"),
    ],
)
def test_what_goes_together_is_named_together(asked: RiskValues, field: str) -> None:
    assert refused_field(lambda: limits_set(MARKET, NONE, asked)) == field


def test_limits_are_shown_in_base_and_quote() -> None:
    limits = NONE._replace(max_quantity=1_500, max_notional=2_500_000, max_open_orders=3)
    view = limits_view(MARKET, limits)
    assert (view.tier, view.max_quantity, view.max_notional, view.max_open_orders) == (2, "1.5", "2.5", 3)


def test_a_cursor_is_the_place_that_it_was_made_of() -> None:
    flag = Flag(5, 4, 3, 2, 0, 1, 1, 0)
    assert read_cursor(cursor_of(flag)) == FlagPlace(5, 4, 3, 2)


@pytest.mark.parametrize(
    "text", ["", "1.2.3", "1.2.3.x", "1.2.3.-4", "1.2.3.٤", f"{1 << 63}.1.1.1", "1.1.1.32768", "9" * 5_000]
)
def test_any_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(CodedError) as raised:
        read_cursor(text)
    assert raised.value.code is codes.INVALID_CURSOR
