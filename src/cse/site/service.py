"""Fills in the pages of markets, and draws what links to them are shown with."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.creators.models import Profile
from cse.creators.service import Creators
from cse.domain import codes
from cse.domain.assets import AssetName
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.domain.money import divide_to_nearest
from cse.domain.product import PRODUCT
from cse.marketdata.service import MarketData
from cse.site.head import Head, Image, filled
from cse.site.picture import HEIGHT, WIDTH, Facts
from cse.site.pictures import Picture, Pictures
from cse.site.shells import Shell

# Profiles hardly change; whoever shows a link asks once.
PROFILES_KEPT_S: Final = 30.0
# What is said of a market where orders do not trade as they come.
_STATUSES: Final[Mapping[MarketStatus, str]] = {
    MarketStatus.CREATED: "Not open yet",
    MarketStatus.HALTED: "Halted",
    MarketStatus.AUCTION: "Auction",
    MarketStatus.CANCEL_ONLY: "Closing",
    MarketStatus.DELISTED: "Delisted",
}


class Site:
    """The pages of markets with what a link to them unfurls into.

    Args:
        shells: the built page in each language.
        marketdata: knows which markets there are, and how they went.
        creators: know who stands behind a market's base asset.
        pictures: are drawn of markets.
        web: the built app, in which the covers of creators lie; None where none is served.
        origin: where browsers find the exchange.
        now_us: the time of day.
    """

    def __init__(
        self,
        shells: Mapping[str, Shell],
        marketdata: MarketData,
        creators: Creators,
        pictures: Pictures,
        web: Path | None,
        origin: str,
        now_us: Callable[[], int],
    ) -> None:
        self._shells = shells
        self._marketdata = marketdata
        self._creators = creators
        self._pictures = pictures
        self._web = web
        self._origin = origin
        self._now_us = now_us
        self._profiles: dict[str, Profile] = {}
        self._profiles_until_s = 0.0

    async def market_page(self, locale: str, pair: str) -> str:
        """The page of a market in a language.

        Raises:
            CodedError: `not_found` where the language has no page; `market_unknown`.
        """
        shell = self._shells.get(locale)
        if shell is None:
            raise CodedError(codes.NOT_FOUND)
        market = await self._marketdata.market(pair)
        profile = (await self._known_profiles()).get(market.base.symbol)
        parts = [_pair(market), *([_apart(profile.name)] if profile else [])]
        sentences = [*([_apart(profile.tagline)] if profile else []), shell.description]
        head = Head(
            title=" · ".join([*parts, PRODUCT]),
            description=" · ".join(sentences),
            product=PRODUCT,
            url=f"{self._origin}/{locale}/trade/{market.name}",
            locale=locale,
            image=Image(
                f"{self._origin}/api/markets/{market.name}/picture", WIDTH, HEIGHT, " · ".join(parts)
            ),
        )
        return filled(shell.text, head)

    async def market_picture(self, name: str) -> Picture:
        """The picture of a market, which may be some seconds old.

        Raises:
            CodedError: `market_unknown`; `overloaded`.
        """
        market = await self._marketdata.market(name)
        return await self._pictures.of(market.name, lambda: self._facts(market))

    async def _facts(self, market: Market) -> Facts:
        """What there is to draw of a market now."""
        now_us = self._now_us()
        (day,), (spark,), now, names, profiles = await asyncio.gather(
            self._marketdata.days([market], now_us, 0),
            self._marketdata.sparks([market], now_us, 0),
            self._marketdata.market_now(market.name, 0),
            self._creators.asset_names(),
            self._known_profiles(),
        )
        profile = profiles.get(market.base.symbol)
        name, demo = names.get(market.base.symbol, AssetName(market.base.symbol, demo=False))
        last, trades = day.value.depth.last_price, day.value.trades
        return Facts(
            pair=_pair(market),
            name=name,
            creator=f"@{profile.handle}" if profile else None,
            demo=demo,
            cover=self._cover(profile),
            price=market.fixed_price(last) if last else None,
            quote=market.quote.symbol,
            change=_change(trades.first_price, last) if trades.trades else None,
            status=_STATUSES.get(now.value.status),
            closes=tuple(spark.value.closes),
        )

    def _cover(self, profile: Profile | None) -> Path | None:
        """The file of a creator's cover; the form of its path leads nowhere out of the app."""
        if self._web is None or profile is None or profile.cover is None:
            return None
        return self._web / profile.cover.removeprefix("/")

    async def _known_profiles(self) -> dict[str, Profile]:
        """Profiles by asset; while PostgreSQL is away those known last."""
        if time.monotonic() >= self._profiles_until_s:
            self._profiles_until_s = time.monotonic() + PROFILES_KEPT_S
            with contextlib.suppress(psycopg.OperationalError, PoolTimeout):
                self._profiles = {one.asset: one for one in await self._creators.profiles()}
        return self._profiles


def _pair(market: Market) -> str:
    return f"{market.base.symbol}/{market.quote.symbol}"


def _change(first_ticks: int, last_ticks: int) -> int:
    """How far a price went, in hundredths of a percent of where it began."""
    return divide_to_nearest((last_ticks - first_ticks) * 10_000, first_ticks)


def _apart(text: str) -> str:
    """A text of somebody's, set apart so that it turns the direction of nothing that stands around."""
    return f"\u2068{text}\u2069"
