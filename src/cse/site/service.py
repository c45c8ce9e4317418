"""Fills in the pages of markets."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.creators.models import Profile
from cse.creators.service import Creators
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.service import MarketData
from cse.site.head import Head, filled
from cse.site.shells import Shell

PRODUCT: Final = "CS Exchange"
# Profiles hardly change; whoever shows a link asks once.
PROFILES_KEPT_S: Final = 30.0


class Site:
    """The pages of markets with what a link to them unfurls into.

    Args:
        shells: the built page in each language.
        marketdata: knows which markets there are.
        creators: know who stands behind a market's base asset.
        origin: where browsers find the exchange.
    """

    def __init__(
        self, shells: Mapping[str, Shell], marketdata: MarketData, creators: Creators, origin: str
    ) -> None:
        self._shells = shells
        self._marketdata = marketdata
        self._creators = creators
        self._origin = origin
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
        symbols = f"{market.base.symbol}/{market.quote.symbol}"
        parts = [symbols, *([_apart(profile.name)] if profile else []), PRODUCT]
        sentences = [*([_apart(profile.tagline)] if profile else []), shell.description]
        head = Head(
            title=" · ".join(parts),
            description=" · ".join(sentences),
            product=PRODUCT,
            url=f"{self._origin}/{locale}/trade/{market.name}",
            locale=locale,
            image=self._origin + profile.cover if profile and profile.cover else None,
        )
        return filled(shell.text, head)

    async def _known_profiles(self) -> dict[str, Profile]:
        """Profiles by asset; while PostgreSQL is away those known last."""
        if time.monotonic() >= self._profiles_until_s:
            self._profiles_until_s = time.monotonic() + PROFILES_KEPT_S
            with contextlib.suppress(psycopg.OperationalError, PoolTimeout):
                self._profiles = {one.asset: one for one in await self._creators.profiles()}
        return self._profiles


def _apart(text: str) -> str:
    """A text of somebody's, set apart so that it turns the direction of nothing that stands around."""
    return f"\u2068{text}\u2069"
