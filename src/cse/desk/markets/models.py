"""What the room shows of markets, and takes about them."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from cse.domain.limits import FEE_PPM_MAX, FEE_TIER_MAX, INTERRUPTION_S_MAX, PPM
from cse.marketdata.models import MarketNow

_DECIMAL_LENGTH_MAX: Final = 64
_COUNT_MAX: Final = 2**32 - 1

Decimal: TypeAlias = Annotated[str, msgspec.Meta(max_length=_DECIMAL_LENGTH_MAX)]
Rate: TypeAlias = Annotated[int, msgspec.Meta(ge=-FEE_PPM_MAX, le=FEE_PPM_MAX)]
Share: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=PPM - 1)]
Seconds: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=INTERRUPTION_S_MAX)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=_COUNT_MAX)]


class TierRates(msgspec.Struct, frozen=True):
    """Rates of the accounts in a fee tier, in parts per million."""

    tier: int
    maker_fee_ppm: int
    taker_fee_ppm: int


class Promotion(msgspec.Struct, frozen=True):
    """Rates that nobody pays more than until a time, in parts per million."""

    maker_fee_ppm: int
    taker_fee_ppm: int
    ends_at: str


class DeskMarket(msgspec.Struct, frozen=True):
    """A market as operators see it. `uncrossing` says that the orders of an ended auction trade."""

    market: MarketNow
    last_price: str | None
    uncrossing: bool
    tiers: list[TierRates]
    promotion: Promotion | None


class DeskMarkets(msgspec.Struct, frozen=True):
    """All markets."""

    items: list[DeskMarket]


class NewMarket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that lists a market, which takes no orders until its status changes.

    A market begins without rebates: to lower a rate below zero takes two operators.
    """

    market: str
    tick_size: Decimal
    lot_size: Decimal
    reason: str
    min_notional: Decimal = "0"
    max_quantity: Decimal | None = None
    maker_fee_ppm: Annotated[int, msgspec.Meta(ge=0, le=FEE_PPM_MAX)] = 1_000
    taker_fee_ppm: Annotated[int, msgspec.Meta(ge=0, le=FEE_PPM_MAX)] = 2_000
    price_band_ppm: Share = 0
    max_open_orders: Count = 0


StatusWanted: TypeAlias = Literal["open", "halted", "auction", "cancel_only"]


class MarketStatusChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that gives a market another status; an auction without `auction_ends_at` goes on."""

    status: StatusWanted
    reason: str
    auction_ends_at: str | None = None


class BandValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Price band and volatility interruption, or some of them; 0 is none."""

    price_band_ppm: Share | None = None
    reference_price: Decimal | None = None
    interruption_ppm: Share | None = None
    interruption_window_s: Seconds | None = None
    interruption_auction_s: Seconds | None = None


class MarketBand(BandValues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body that changes price band and volatility interruption; what is not named stays.

    `seen` has what each that is named was when the operator looked: where it is another by now, nothing is
    changed (`version_outdated`).
    """

    reason: str
    seen: BandValues


class LimitValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What orders of a market may be, or some of it; 0 is no bound."""

    tick_size: Decimal | None = None
    lot_size: Decimal | None = None
    min_quantity: Decimal | None = None
    max_quantity: Decimal | None = None
    min_notional: Decimal | None = None
    max_notional: Decimal | None = None
    max_open_orders: Count | None = None


class MarketLimits(LimitValues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body that changes what orders may be from now on; what is not named stays.

    `seen` has what each that is named was, as with a band.
    """

    reason: str
    seen: LimitValues


class MarketFeeRates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for other rates of orders from now on; tier 0 is for all who have none."""

    maker_fee_ppm: Rate
    taker_fee_ppm: Rate
    reason: str
    tier: Annotated[int, msgspec.Meta(ge=0, le=FEE_TIER_MAX)] = 0


class MarketPromotion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for lower rates until a time."""

    maker_fee_ppm: Rate
    taker_fee_ppm: Rate
    ends_at: str
    reason: str


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body that says why, and nothing else."""

    reason: str


class CancelledMarketOrders(msgspec.Struct, frozen=True):
    """How many orders of a market were cancelled."""

    cancelled: int
