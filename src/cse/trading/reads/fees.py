"""The rates that an account's next order keeps, in each market."""

from __future__ import annotations

from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.models import Reading
from cse.marketdata.listing import Listing
from cse.runtime.http.times import format_time
from cse.trading.models import Fees, MarketFees


class FeeReads:
    """Looks up fee tiers and promotions."""

    def __init__(self, replica: ReplicaClient, listing: Listing) -> None:
        self._replica = replica
        self._listing = listing

    async def fees(self, account: int, now_us: int, min_sequence: int) -> Reading[Fees]:
        """The account's tier, and its rates for orders placed at `now_us`."""
        found = await self._replica.account(account, min_sequence=min_sequence)
        tier = 0 if found.value is None else found.value.tier
        tiers = await self._replica.fee_tiers(min_sequence=found.sequence)
        of_tier = {state.market: state for state in tiers.value if state.tier == tier}
        markets = await self._replica.markets(min_sequence=tiers.sequence)
        items = []
        for state in markets.value:
            name = (await self._listing.market_by_id(state.market)).name
            items.append(market_fees(name, state, of_tier.get(state.market), now_us))
        return Reading(markets.sequence, Fees(tier, items, None, str(markets.sequence)))


def market_fees(
    name: str, market: wire.MarketState, of_tier: wire.FeeTierState | None, now_us: int
) -> MarketFees:
    """The rates of a tier in a market, which stands for itself where the tier has none there."""
    rates = market if of_tier is None else of_tier
    maker_ppm, taker_ppm = rates.maker_fee_ppm, rates.taker_fee_ppm
    ends_at_us = market.promotion_ends_at_us
    if now_us >= ends_at_us:
        return MarketFees(name, maker_ppm, taker_ppm, None)
    return MarketFees(
        name,
        min(maker_ppm, market.promotion_maker_fee_ppm),
        min(taker_ppm, market.promotion_taker_fee_ppm),
        format_time(ends_at_us),
    )
