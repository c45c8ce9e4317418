"""Commands other than placements, as short calls."""

from typing import Any

from cse.engine.wire import (
    AmendOrder,
    MarketStatus,
    ReplaceMode,
    ReplaceOrder,
    SetAccountTier,
    SetCancelTimer,
    SetMarketBand,
    SetMarketLimits,
    SetMarketStatus,
    SetRiskLimits,
    Tick,
)
from tests.property.tables import message
from tests.rules.scenario import Scenario

BOTH, EACH = ReplaceMode.STOP_ON_FAILURE, ReplaceMode.ALLOW_FAILURE
CREATED, AUCTION, OPEN = MarketStatus.CREATED, MarketStatus.AUCTION, MarketStatus.OPEN
HALTED, CANCEL_ONLY, DELISTED = MarketStatus.HALTED, MarketStatus.CANCEL_ONLY, MarketStatus.DELISTED
SECOND_US = 1_000_000
TENTH_PPM = 100_000
WIDE = {"market": 1, "max_quantity": 1_000_000, "price_increment": 1, "quantity_increment": 1}


def amend(account: int, order_id: int = 1, **fields: Any) -> bytes:
    """An amend of some fields; the others stay."""
    return message(AmendOrder, account=account, order_id=order_id, **fields)


def replace(placement: bytes, mode: int = BOTH, order_id: int = 1, client_order_id: str = "") -> bytes:
    return message(
        ReplaceOrder, tail=placement, mode=mode, order_id=order_id, client_order_id=client_order_id
    )


def becomes(status: int, auction_ends_at_us: int = 0, market: int = 1) -> bytes:
    return message(SetMarketStatus, market=market, status=status, auction_ends_at_us=auction_ends_at_us)


def limits(**fields: int) -> bytes:
    values: dict[str, Any] = {**WIDE, **fields}
    return message(SetMarketLimits, **values)


def band(price_band_ppm: int = 0, reference: int = 0, **fields: Any) -> bytes:
    return message(
        SetMarketBand, market=1, price_band_ppm=price_band_ppm, reference_price=reference, **fields
    )


def interrupts(interruption_ppm: int, window_s: int = 60, auction_s: int = 300) -> bytes:
    return band(
        interruption_ppm=interruption_ppm, interruption_window_s=window_s, interruption_auction_s=auction_s
    )


def risk(tier: int = 0, market: int = 1, **limits: Any) -> bytes:
    """Limits of a tier; those that are not named are none."""
    return message(SetRiskLimits, market=market, tier=tier, **limits)


def tier(account: int, number: int) -> bytes:
    return message(SetAccountTier, account=account, tier=number)


def timer(account: int, timeout_us: int) -> bytes:
    return message(SetCancelTimer, account=account, timeout_us=timeout_us)


def tick(scenario: Scenario, at_us: int) -> list[str]:
    """What time brings about when it comes to `at_us`."""
    scenario.time_us = at_us
    return scenario.do(Tick().encode())
