"""Assets and markets as this process knows them.

What a hot path needs of them (decimals, tick, lot) never changes once listed, so it may be kept.
Status and fees do change; who shows them reads anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus, Side
from cse.domain.errors import CodedError
from cse.domain.markets import Indication, Market
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.models import Reading, RiskNow


class Listing:
    """The registry of assets and markets, read from the replica when something is not in it."""

    def __init__(self, replica: ReplicaClient) -> None:
        self.markets: dict[str, Market] = {}
        self._markets_by_pair: dict[str, Market] = {}
        self.assets: dict[str, Asset] = {}
        self._markets_by_id: dict[int, Market] = {}
        self._assets_by_id: dict[int, Asset] = {}
        self._replica = replica
        self._lock = asyncio.Lock()
        self._readings_begun = 0

    async def read(self, min_sequence: int = 0) -> int:
        """Reads everything anew; returns the sequence it reflects."""
        markets = await self._replica.markets(min_sequence=min_sequence)
        # Read after the markets, so that no market's asset can be missing.
        assets = await self._replica.assets(min_sequence=markets.sequence)
        self._assets_by_id = {
            state.asset: Asset(state.asset, state.symbol, state.decimals) for state in assets.value
        }
        self._markets_by_id = {state.market: market_of(state, self._assets_by_id) for state in markets.value}
        self.assets = {asset.symbol: asset for asset in self._assets_by_id.values()}
        self.markets = {market.name: market for market in self._markets_by_id.values()}
        self._markets_by_pair = {
            f"{market.base.symbol}{market.quote.symbol}": market for market in self.markets.values()
        }
        return markets.sequence

    async def market(self, name: str) -> Market:
        """The market of this name; `market_unknown`."""
        if name not in self.markets:
            await self._read_once()
        market = self.markets.get(name)
        if market is None:
            raise CodedError(codes.MARKET_UNKNOWN, field="market")
        return market

    async def market_of_pair(self, pair: str) -> Market:
        """The market whose symbols stand side by side, such as `NOVAUSDC`; `market_unknown`.

        No two markets have the same: the core lists none whose pair another one has.
        """
        if pair not in self._markets_by_pair:
            await self._read_once()
        market = self._markets_by_pair.get(pair)
        if market is None:
            raise CodedError(codes.MARKET_UNKNOWN, field="symbol")
        return market

    async def market_now(self, name: str, min_sequence: int) -> Reading[Market]:
        """The market of this name with its rules and status of now; `market_unknown`."""
        known = await self.market(name)
        reading = await self._replica.market(known.id, min_sequence=min_sequence)
        assert reading.value is not None, "a listed market is known to the replica"
        return Reading(reading.sequence, market_of(reading.value, self._assets_by_id))

    async def risk_now(self, account: int, market: int, min_sequence: int) -> RiskNow:
        """The limits that hold for an account in a market, and what it has done there within a minute."""
        return (await self._replica.risk_of(account, market, min_sequence=min_sequence)).value

    async def asset(self, symbol: str) -> Asset:
        """The asset of this symbol; `asset_unknown`."""
        if symbol not in self.assets:
            await self._read_once()
        asset = self.assets.get(symbol)
        if asset is None:
            raise CodedError(codes.ASSET_UNKNOWN, field="asset")
        return asset

    async def market_by_id(self, market: int) -> Market:
        """The market that the engine gave this id."""
        if market not in self._markets_by_id:
            await self._read_once()
        return self._markets_by_id[market]

    async def asset_by_id(self, asset: int) -> Asset:
        """The asset that the engine gave this id."""
        if asset not in self._assets_by_id:
            await self._read_once()
        return self._assets_by_id[asset]

    async def _read_once(self) -> None:
        """Reads anew, or waits for a reading that another began after this call."""
        begun = self._readings_begun
        async with self._lock:
            if self._readings_begun == begun:
                self._readings_begun += 1
                await self.read()


def market_of(state: wire.MarketState, assets: Mapping[int, Asset]) -> Market:
    """The market that the core's state describes; `assets` are by id."""
    return Market(
        id=state.market,
        base=assets[state.base],
        quote=assets[state.quote],
        tick_size=state.tick_size,
        tick_decimals=state.tick_decimals,
        lot_size=state.lot_size,
        min_notional=state.min_notional,
        max_quantity=state.max_quantity,
        maker_fee_ppm=state.maker_fee_ppm,
        taker_fee_ppm=state.taker_fee_ppm,
        creator_share_ppm=state.creator_share_ppm,
        creator_account=state.creator_account,
        fee_account=state.fee_account,
        max_open_orders=state.max_open_orders,
        status=MarketStatus(state.status),
        auction_ends_at_us=state.auction_ends_at_us,
        uncross_price=state.uncross_price,
        indication=indication_of(state),
        price_increment=state.price_increment,
        quantity_increment=state.quantity_increment,
        min_quantity=state.min_quantity,
        max_notional=state.max_notional,
        price_band_ppm=state.price_band_ppm,
        interruption_ppm=state.interruption_ppm,
        interruption_window_s=state.interruption_window_s,
        interruption_auction_s=state.interruption_auction_s,
        reference_price=state.reference_price,
        self_trades_allowed=bool(state.self_trade_allowed),
        last_price=state.last_price,
    )


def indication_of(state: wire.MarketState) -> Indication:
    """What the core has told last of a market's auction."""
    side = Side(state.indicated_side) if state.indicated_side else None
    return Indication(state.indicated_price, state.indicated_volume, state.indicated_surplus, side)
