"""Rare events as statements: assets, accounts, what markets are listed with and may change to, flags.

Each function takes a message's bytes, and the sequence and time of its group.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias
from uuid import UUID

from cse.engine import wire
from cse.ledger import statements

Change: TypeAlias = tuple[str, tuple[Any, ...]]
"""A statement and its parameters."""

RowOf: TypeAlias = Callable[[bytes, int, int, str], Change]


def _asset_created(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    created = wire.AssetCreated.decode(buffer, offset)
    return statements.ADD_ASSET, (created.asset, created.symbol, created.decimals, sequence)


def _account_opened(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    opened = wire.AccountOpened.decode(buffer, offset)
    row = (opened.account, opened.kind, UUID(bytes=opened.owner), sequence, time)
    return statements.ADD_ACCOUNT, row


def _account_frozen(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    return statements.SET_FROZEN, (True, wire.AccountFrozen.decode(buffer, offset).account)


def _account_unfrozen(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    return statements.SET_FROZEN, (False, wire.AccountUnfrozen.decode(buffer, offset).account)


def _account_tier_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    changed = wire.AccountTierChanged.decode(buffer, offset)
    return statements.SET_TIER, (changed.tier, changed.account)


def _market_status_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    market, *status = wire.MarketStatusChanged.decode(buffer, offset)
    return statements.SET_MARKET_STATUS, (*status, market)


def _market_fees_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    changed = wire.MarketFeesChanged.decode(buffer, offset)
    rates = (changed.maker_fee_ppm, changed.taker_fee_ppm)
    if changed.tier:
        return statements.SET_FEE_TIER, (changed.market, changed.tier, *rates, sequence)
    terms = (*rates, changed.creator_share_ppm, changed.creator_account)
    return statements.SET_MARKET_FEES, (*terms, changed.market)


def _market_promotion_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    market, *promotion = wire.MarketPromotionChanged.decode(buffer, offset)
    return statements.SET_PROMOTION, (*promotion, market)


def _risk_limits_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    market, tier, *limits = wire.RiskLimitsChanged.decode(buffer, offset)
    if not any(limits):
        return statements.CLEAR_RISK_LIMITS, (market, tier)
    return statements.SET_RISK_LIMITS, (market, tier, *limits, sequence)


def _account_flagged(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    flagged = wire.AccountFlagged.decode(buffer, offset)
    return statements.ADD_FLAG, (sequence, *flagged, time)


def _market_limits_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    market, *limits = wire.MarketLimitsChanged.decode(buffer, offset)
    return statements.SET_MARKET_LIMITS, (*limits, market)


def _market_band_changed(buffer: bytes, offset: int, sequence: int, time: str) -> Change:
    market, *band = wire.MarketBandChanged.decode(buffer, offset)
    return statements.SET_MARKET_BAND, (*band, market)


ROWS: Final[dict[int, RowOf]] = {
    wire.AssetCreated.KIND: _asset_created,
    wire.AccountOpened.KIND: _account_opened,
    wire.AccountFrozen.KIND: _account_frozen,
    wire.AccountUnfrozen.KIND: _account_unfrozen,
    wire.AccountTierChanged.KIND: _account_tier_changed,
    wire.MarketStatusChanged.KIND: _market_status_changed,
    wire.MarketFeesChanged.KIND: _market_fees_changed,
    wire.MarketPromotionChanged.KIND: _market_promotion_changed,
    wire.MarketLimitsChanged.KIND: _market_limits_changed,
    wire.RiskLimitsChanged.KIND: _risk_limits_changed,
    wire.AccountFlagged.KIND: _account_flagged,
    wire.MarketBandChanged.KIND: _market_band_changed,
}
"""The events by their kind."""
