"""Introduces creators, and tells who they are and what assets are called."""

from __future__ import annotations

import time
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.creators import store
from cse.creators.models import Profile
from cse.domain import demo
from cse.domain.assets import AssetName
from cse.runtime.postgres import Pool

# The room's role in PostgreSQL.
ROLE: Final = "cse_creators"
# Names hardly change, and are asked for with every list of assets.
NAMES_KEPT_S: Final = 5.0
CONNECT_TIMEOUT_S: Final = 1.0


class Creators:
    """Reads and writes with the room's `ROLE`; `lists_demo` says that the demo's assets are listed."""

    def __init__(self, pool: Pool, *, lists_demo: bool) -> None:
        self._pool = pool
        self._listed = {symbol: AssetName(name, demo=False) for symbol, name in demo.NAMES.items()}
        if lists_demo:
            self._listed |= {asset.symbol: AssetName(asset.name, demo=True) for asset in demo.ASSETS}
        self._names = self._listed
        self._names_until_s = 0.0

    async def introduce(self, profile: Profile, by: Actor) -> None:
        """Makes a profile known, or puts it in the place of the one that the asset had.

        One that is there as it is changes nothing.

        Raises:
            InvalidProfile: the handle is another creator's.
        """
        async with self._pool.connection() as connection:
            if await store.set_profile(connection, profile):
                details = Details(handle=profile.handle, label=profile.name)
                await log.record(
                    connection, Act.CREATOR_INTRODUCED, by, target=profile.asset, details=details
                )
        self._names_until_s = 0.0

    async def profiles(self) -> list[Profile]:
        """All profiles, in the order in which they were introduced."""
        async with self._pool.connection() as connection:
            return await store.read_profiles(connection)

    async def asset_names(self) -> dict[str, AssetName]:
        """What assets are called, by symbol.

        While PostgreSQL is away these are the names known last.
        """
        if time.monotonic() >= self._names_until_s:
            self._names_until_s = time.monotonic() + NAMES_KEPT_S
            try:
                async with self._pool.connection(CONNECT_TIMEOUT_S) as connection:
                    found = await store.read_profiles(connection)
            except (psycopg.OperationalError, PoolTimeout):
                return self._names
            self._names = self._listed | {one.asset: AssetName(one.name, one.demo) for one in found}
        return self._names
