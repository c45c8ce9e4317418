"""What an operator asks for, as the core's command, and what is said of it before and afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cse.audit.acts import Act
from cse.desk.markets import changes as market_changes
from cse.desk.markets.changes import Rates
from cse.desk.markets.models import (
    BandValues,
    LimitValues,
    MarketFeeRates,
    MarketPromotion,
    NewMarket,
)
from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine import wire

BASE, QUOTE = Asset(2, "LAB", 6), Asset(1, "USDC", 6)
MARKET = Market(
    id=7, base=BASE, quote=QUOTE, tick_size=1, tick_decimals=2, lot_size=1_000, min_notional=0,
    max_quantity=1_000_000, maker_fee_ppm=1_000, taker_fee_ppm=2_000, creator_share_ppm=500_000,
    creator_account=9,
)  # fmt: skip


def refused_field(call: object) -> object:
    assert callable(call)
    with pytest.raises(CodedError) as raised:
        call()
    assert raised.value.code is codes.INVALID_FIELD
    return raised.value.details["field"]


def test_whether_self_trades_are_allowed_is_a_change_like_others() -> None:
    change = market_changes.self_trades_set(MARKET, allowed=True)
    said = ("self_trades_allowed=false", "self_trades_allowed=true")
    assert (change.act, change.market, change.before, change.after) == (
        Act.MARKET_LIMITS_SET,
        "LAB-USDC",
        *said,
    )
    assert wire.SetMarketSelfTrade.decode(change.command) == wire.SetMarketSelfTrade(7, True)
    again = market_changes.self_trades_set(replace(MARKET, self_trades_allowed=True), allowed=True)
    assert (again.before, again.after) == ("", "")


def test_only_what_changes_is_said() -> None:
    change = market_changes.limits_set(MARKET, LimitValues(tick_size="0.05", max_notional="100"))
    assert (change.before, change.after) == (
        "tick_size=0.01, max_notional=0",
        "tick_size=0.05, max_notional=100",
    )
    command = wire.SetMarketLimits.decode(change.command)
    assert (command.price_increment, command.max_notional) == (5, 100_000_000)
    assert (command.max_quantity, command.quantity_increment) == (1_000_000, 1)


def test_a_limit_of_zero_is_none_and_a_step_of_zero_is_refused() -> None:
    market = replace(MARKET, min_quantity=5)
    change = market_changes.limits_set(market, LimitValues(min_quantity="0"))
    assert (change.before, change.after) == ("min_quantity=0.005", "min_quantity=0")
    assert refused_field(lambda: market_changes.limits_set(MARKET, LimitValues(lot_size="0"))) == "lot_size"
    below = LimitValues(min_notional="2", max_notional="1")
    assert refused_field(lambda: market_changes.limits_set(MARKET, below)) == "max_notional"


def test_an_interruption_has_a_window_and_an_auction() -> None:
    asked = BandValues(interruption_ppm=20_000, interruption_window_s=60)
    assert refused_field(lambda: market_changes.band_set(MARKET, asked)) == "interruption_auction_s"
    whole = BandValues(price_band_ppm=50_000, reference_price="1.50")
    change = market_changes.band_set(MARKET, whole)
    assert (change.before, change.after) == (
        "price_band_ppm=0, reference_price=0",
        "price_band_ppm=50000, reference_price=1.5",
    )


BAND = replace(MARKET, price_band_ppm=10_000, last_price=100)


def refused(asked: BandValues, seen: BandValues) -> tuple[str, dict[str, str | int]] | None:
    try:
        market_changes.band_set(BAND, asked, seen)
    except CodedError as error:
        return error.code.name, error.details
    return None


@pytest.mark.parametrize(
    ("asked", "seen", "refusal"),
    [
        (BandValues(price_band_ppm=5), BandValues(price_band_ppm=10_000), None),
        # Of what stays it does not matter what was seen.
        (BandValues(price_band_ppm=5), BandValues(price_band_ppm=10_000, interruption_ppm=9), None),
        (BandValues(reference_price="2"), BandValues(reference_price="0.00"), None),
        (
            BandValues(price_band_ppm=5),
            BandValues(price_band_ppm=0),
            ("version_outdated", {"field": "price_band_ppm", "now": "price_band_ppm=10000"}),
        ),
        # Even where another has set the same: who asks has not seen it.
        (
            BandValues(price_band_ppm=10_000, reference_price="2"),
            BandValues(price_band_ppm=0, reference_price="1"),
            (
                "version_outdated",
                {"field": "price_band_ppm", "now": "price_band_ppm=10000, reference_price=0"},
            ),
        ),
        (
            BandValues(price_band_ppm=5),
            BandValues(reference_price="0"),
            ("missing_field", {"field": "seen.price_band_ppm"}),
        ),
    ],
)
def test_what_was_seen_as_another_is_not_changed(
    asked: BandValues, seen: BandValues, refusal: tuple[str, dict[str, str | int]] | None
) -> None:
    assert refused(asked, seen) == refusal


def test_so_it_is_with_limits() -> None:
    market = replace(MARKET, max_notional=100_000_000)
    asked = LimitValues(max_notional="200")
    change = market_changes.limits_set(market, asked, LimitValues(max_notional="100.0"))
    assert (change.before, change.after) == ("max_notional=100", "max_notional=200")
    with pytest.raises(CodedError) as raised:
        market_changes.limits_set(market, asked, LimitValues(max_notional="0"))
    assert raised.value.details == {"field": "max_notional", "now": "max_notional=100"}


def test_other_rates_leave_the_creators_share_and_a_tier_has_none() -> None:
    of_all = market_changes.fees_set(MARKET, Rates(1_000, 2_000), MarketFeeRates(500, 900, ""))
    command = wire.SetMarketFees.decode(of_all.command)
    assert (command.creator_share_ppm, command.creator_account, command.tier) == (500_000, 9, 0)
    of_tier = market_changes.fees_set(MARKET, Rates(None, None), MarketFeeRates(-10, 900, "", 3))
    assert wire.SetMarketFees.decode(of_tier.command).creator_account == 0
    assert of_tier.before == "tier=3, maker_fee_ppm=none, taker_fee_ppm=none"
    assert of_tier.after == "tier=3, maker_fee_ppm=-10, taker_fee_ppm=900"


def test_a_promotion_ends_ahead() -> None:
    asked = MarketPromotion(0, 100, "2026-01-01T00:00:00Z", "")
    now_us = 1_767_225_600_000_000
    assert refused_field(lambda: market_changes.promoted(MARKET, "", asked, now_us)) == "ends_at"
    change = market_changes.promoted(MARKET, "ends_at=none", asked, now_us - 1)
    assert wire.SetMarketPromotion.decode(change.command).ends_at_us == now_us
    ended = market_changes.promotion_ended(MARKET, change.after)
    assert (ended.before, ended.after) == (change.after, "ends_at=none")


def test_a_market_is_listed_without_taking_orders_yet() -> None:
    asked = NewMarket("LAB-USDC", "0.01", "0.001", "", max_quantity="10")
    command = wire.CreateMarket.decode(market_changes.listed("LAB-USDC", BASE, QUOTE, asked).command)
    assert (command.tick_size, command.tick_decimals, command.lot_size) == (1, 2, 1_000)
    assert (command.max_quantity, command.status) == (10_000, MarketStatus.CREATED)


def test_a_status_says_when_an_auction_ends() -> None:
    change = market_changes.status_set(MARKET, MarketStatus.AUCTION, 1_767_225_600_000_000)
    assert change.before == "status=open, auction_ends_at=none"
    assert change.after == "status=auction, auction_ends_at=2026-01-01T00:00:00.000000Z"
