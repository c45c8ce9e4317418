"""Risk limits of account tiers: as they are, and as operators set them."""

from __future__ import annotations

from cse.audit.acts import Act
from cse.desk.markets.changes import Change, change, lots_or, notional_or, number_or, refuse_unseen, unfit
from cse.desk.markets.service import MarketDesk
from cse.desk.risk.models import NewRiskLimits, RiskLimits, RiskValues
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.marketdata.listing import Listing
from cse.runtime.http.route import Caller


class RiskReads:
    """Limits as they are, and changes of them."""

    def __init__(self, listing: Listing, replica: ReplicaClient) -> None:
        self._listing = listing
        self._replica = replica

    async def limits(self, name: str | None = None, min_sequence: int = 0) -> list[RiskLimits]:
        """Of a market, or of all. Raises `CodedError` market_unknown."""
        market = None if name is None else (await self._listing.market(name)).id
        reading = await self._replica.risk_limits(min_sequence=min_sequence)
        found = [state for state in reading.value if market in (None, state.market)]
        return [limits_view(await self._listing.market_by_id(state.market), state) for state in found]

    async def change(self, name: str, tier: int, asked: RiskValues, seen: RiskValues | None = None) -> Change:
        """Sets limits of a tier, of which the operator has `seen` what they were.

        Raises:
            CodedError: `market_unknown`, `invalid_field`, `version_outdated`.
        """
        market = await self._listing.market(name)
        reading = await self._replica.risk_limits()
        own = [state for state in reading.value if (state.market, state.tier) == (market.id, tier)]
        before = own[0] if own else wire.RiskLimitsState(market.id, tier, *[0] * 10)
        return limits_set(market, before, asked, seen)


class RiskDesk:
    """Sets limits as an operator, which is recorded."""

    def __init__(self, reads: RiskReads, markets: MarketDesk) -> None:
        self._reads = reads
        self._markets = markets

    async def limits(self, name: str | None) -> list[RiskLimits]:
        """Of a market, or of all."""
        return await self._reads.limits(name)

    async def set_limits(self, caller: Caller, name: str, asked: NewRiskLimits) -> list[RiskLimits]:
        """Sets limits of a tier; those of the market afterwards. Raises `CodedError` as `change` does."""
        sequence = await self._markets.carry_out_in_turn(
            caller, lambda: self._reads.change(name, asked.tier, asked, asked.seen), asked.reason
        )
        return await self._reads.limits(name, sequence)


def limits_set(
    market: Market, before: wire.RiskLimitsState, asked: RiskValues, seen: RiskValues | None = None
) -> Change:
    """What is not named stays.

    Raises `CodedError` for what the core would refuse without a word, and where what is asked for was `seen`
    as another than it is.
    """
    after = _limits(market, before, asked)
    said_before, said_after = _said(market, before), _said(market, after)
    if seen is not None:
        refuse_unseen(asked, seen, said_before, _said(market, _limits(market, before, seen)))
    if after.flag_cancels_per_fill and not after.flag_cancels:
        raise unfit("flag_cancels_per_fill", "it goes with flag_cancels")
    if bool(after.flag_far_orders) != bool(after.flag_far_ppm):
        raise unfit("flag_far_ppm", "flag_far_orders and flag_far_ppm go together, each above zero or both 0")
    made = change(Act.MARKET_RISK_SET, market, after.encode(), said_before, said_after)
    tier = f"tier={before.tier}"
    return made._replace(
        before=", ".join(filter(None, (tier, made.before))), after=", ".join(filter(None, (tier, made.after)))
    )


def _limits(market: Market, before: wire.RiskLimitsState, asked: RiskValues) -> wire.SetRiskLimits:
    """What is asked for, and of all else what is now."""
    return wire.SetRiskLimits(
        market=market.id,
        tier=before.tier,
        max_quantity=lots_or(market, asked.max_quantity, before.max_quantity, "max_quantity"),
        max_notional=notional_or(market, asked.max_notional, before.max_notional, "max_notional"),
        max_notional_per_minute=notional_or(
            market, asked.max_notional_per_minute, before.max_notional_per_minute, "max_notional_per_minute"
        ),
        flag_notional_per_minute=notional_or(
            market,
            asked.flag_notional_per_minute,
            before.flag_notional_per_minute,
            "flag_notional_per_minute",
        ),
        max_open_orders=number_or(asked.max_open_orders, before.max_open_orders),
        flag_cancels=number_or(asked.flag_cancels, before.flag_cancels),
        flag_cancels_per_fill=number_or(asked.flag_cancels_per_fill, before.flag_cancels_per_fill),
        flag_far_orders=number_or(asked.flag_far_orders, before.flag_far_orders),
        flag_far_ppm=number_or(asked.flag_far_ppm, before.flag_far_ppm),
        flag_self_trades=number_or(asked.flag_self_trades, before.flag_self_trades),
    )


def limits_view(market: Market, limits: wire.RiskLimitsState) -> RiskLimits:
    """Limits in base and quote of their market."""
    return RiskLimits(
        market=market.name,
        tier=limits.tier,
        max_quantity=market.format_quantity(limits.max_quantity),
        max_notional=market.quote.format(limits.max_notional),
        max_notional_per_minute=market.quote.format(limits.max_notional_per_minute),
        max_open_orders=limits.max_open_orders,
        flag_notional_per_minute=market.quote.format(limits.flag_notional_per_minute),
        flag_cancels=limits.flag_cancels,
        flag_cancels_per_fill=limits.flag_cancels_per_fill,
        flag_far_orders=limits.flag_far_orders,
        flag_far_ppm=limits.flag_far_ppm,
        flag_self_trades=limits.flag_self_trades,
    )


def _said(market: Market, limits: wire.RiskLimitsState | wire.SetRiskLimits) -> dict[str, object]:
    view = limits_view(market, wire.RiskLimitsState(*limits))
    return {name: getattr(view, name) for name in RiskValues.__struct_fields__}
