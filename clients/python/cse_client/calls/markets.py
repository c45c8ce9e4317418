"""What everyone may read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.market import Market
from cse_client.models import (
    Assets,
    AssetView,
    Candles,
    Creators,
    CreatorView,
    Indicators,
    IndicatorValues,
    IndicatorView,
    Markets,
    MarketView,
    OrderBook,
    PublicTrade,
    Report,
    Ticker,
    Tickers,
    Trades,
)
from cse_client.pages import all_items
from cse_client.requests import target


class MarketCalls(Calls):
    """Assets, markets, what trades in them, and whether the exchange is ready."""

    async def assets(self) -> list[AssetView]:
        """All assets."""
        return (await self._read("/api/assets", Assets)).items

    async def market_views(self) -> list[MarketView]:
        """All markets as the exchange describes them."""
        return (await self._read("/api/markets", Markets)).items

    async def markets(self) -> dict[str, Market]:
        """All markets by name, ready to count in."""
        assets = await self.assets()
        return {view.market: Market.of(view, assets) for view in await self.market_views()}

    async def market(self, name: str) -> Market:
        """One market. Raises `KeyError`."""
        return (await self.markets())[name]

    async def market_view(self, name: str) -> MarketView:
        """One market as the exchange describes it now."""
        return await self._read(target("markets", name), MarketView)

    async def auction(self, market: str) -> models.AuctionView:
        """What a market's auction would trade now."""
        return await self._read(target("markets", market, "auction"), models.AuctionView)

    async def order_book(self, market: str, depth: int = 50, group: str | None = None) -> OrderBook:
        """The best `depth` levels of each side, at most 500; or steps of `group`, a multiple of the tick."""
        return await self._read(target("orderbook", market, depth=depth, group=group), OrderBook)

    async def trades(
        self, market: str, limit: int = 100, cursor: str | None = None, after: str | None = None
    ) -> Trades:
        """A page of a market's trades: newest first, or ascending those with an id above `after`."""
        path = target("trades", market=market, limit=limit, cursor=cursor, after=after)
        return await self._read(path, Trades)

    def all_trades(self, market: str) -> AsyncIterator[PublicTrade]:
        """All trades of a market, newest first."""
        return all_items(lambda cursor: self.trades(market, 1_000, cursor))

    async def ticker(self, market: str) -> Ticker:
        """A market at a glance."""
        return await self._read(target("ticker", market), Ticker)

    async def tickers(self) -> dict[str, Ticker]:
        """All markets at a glance, by name."""
        return {ticker.market: ticker for ticker in (await self._read("/api/tickers", Tickers)).items}

    async def candles(
        self,
        market: str,
        interval: str,
        start: str | None = None,
        end: str | None = None,
        limit: int = 500,
        cursor: str | None = None,
    ) -> Candles:
        """Ascending candles that begin at `start` or later and before `end`, both RFC 3339.

        Without `start` those are the newest before `end`. A time without a trade has no candle.
        """
        query = {"interval": interval, "from": start, "to": end, "limit": limit, "cursor": cursor}
        return await self._read(target("candles", market, **query), Candles)

    async def indicators(self) -> list[IndicatorView]:
        """All indicators, with their parameters and what they give."""
        return (await self._read("/api/indicators", Indicators)).items

    async def indicator(
        self,
        market: str,
        name: str,
        interval: str,
        parameters: Mapping[str, float] | None = None,
        start: str | None = None,
        end: str | None = None,
        limit: int = 500,
        cursor: str | None = None,
    ) -> IndicatorValues:
        """An indicator's values at the candles that `candles` would give; no amounts, for they are floats.

        `parameters` has those that shall not have their defaults.
        """
        chosen = ",".join(f"{name}:{value}" for name, value in (parameters or {}).items())
        query = {"name": name, "interval": interval, "parameters": chosen or None, "from": start, "to": end}
        path = target("indicators", market, **query, limit=limit, cursor=cursor)
        return await self._read(path, IndicatorValues)

    async def sparks(self) -> dict[str, models.SparkView]:
        """A day of every market as a line, by name: the price at the end of each interval."""
        return {spark.market: spark for spark in (await self._read("/api/sparks", models.Sparks)).items}

    async def creators(self) -> list[CreatorView]:
        """Who stands behind the tokens."""
        return (await self._read("/api/creators", Creators)).items

    async def health(self) -> Report:
        """Whether the exchange is ready. One that is not answers with status 503, and so is waited for."""
        return await self._read("/api/health", Report)

    async def incident(self) -> models.IncidentView | None:
        """What everybody is to know just now; None where there is nothing."""
        return (await self._read("/api/incident", models.CurrentIncident)).incident

    async def incidents(self) -> list[models.IncidentView]:
        """The last incidents that everybody was told of, the latest first."""
        return (await self._read("/api/incidents", models.IncidentViews)).items
