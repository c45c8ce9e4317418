"""The room's SQL."""

from __future__ import annotations

from dataclasses import astuple
from typing import Final

from psycopg.errors import UniqueViolation

from cse.creators.models import InvalidProfile, Profile
from cse.runtime.postgres import Connected

_READ: Final = """
    SELECT asset, handle, name, category, tagline, cover, demo FROM creators.profiles
    ORDER BY introduced_at, asset"""

_SET: Final = """
    INSERT INTO creators.profiles AS kept (asset, handle, name, category, tagline, cover, demo)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (asset) DO UPDATE
    SET handle = excluded.handle, name = excluded.name, category = excluded.category,
        tagline = excluded.tagline, cover = excluded.cover, demo = excluded.demo
    WHERE (kept.handle, kept.name, kept.category, kept.tagline, kept.cover, kept.demo) IS DISTINCT FROM
        (excluded.handle, excluded.name, excluded.category, excluded.tagline, excluded.cover, excluded.demo)
"""


async def read_profiles(connection: Connected) -> list[Profile]:
    """All profiles, in the order in which they came."""
    cursor = await connection.execute(_READ)
    return [Profile(*row) for row in await cursor.fetchall()]


async def set_profile(connection: Connected, profile: Profile) -> bool:
    """Adds the profile of an asset, or puts it in the place of another; False where it is there already.

    Raises:
        InvalidProfile: the handle is another asset's.
    """
    try:
        cursor = await connection.execute(_SET, astuple(profile))
    except UniqueViolation as error:
        raise InvalidProfile(f"the handle {profile.handle} is another creator's") from error
    return cursor.rowcount == 1
