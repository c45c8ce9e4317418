"""Creators are introduced once however often that is said, and give their assets names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from cse.audit.models import Actor
from cse.creators import service
from cse.creators.models import InvalidProfile, Profile
from cse.creators.service import ROLE, Creators
from cse.runtime import postgres
from tests.postgres import Database

pytestmark = pytest.mark.slow

LUNA = Profile("LUNA", "luna-park", "Luna Park", "Music", "Indie pop", "/art/luna-park.webp", True)
BY = Actor.service("test")
NOVA = Profile("NOVA", "nova-quill", "\u202eNova <b>", "Writing", "A novel a year", None, False)


@pytest.fixture
async def creators(database: Database) -> AsyncIterator[Creators]:
    async with postgres.pool(database.configuration, ROLE, size=2) as pool:
        yield Creators(pool, lists_demo=True)


async def test_profiles_come_in_the_order_of_their_introduction(creators: Creators) -> None:
    assert await creators.profiles() == []
    for profile in (NOVA, LUNA, NOVA, NOVA):
        await creators.introduce(profile, BY)
    assert await creators.profiles() == [NOVA, LUNA]


async def test_a_new_profile_takes_the_place_of_the_old_one(creators: Creators) -> None:
    await creators.introduce(LUNA, BY)
    await creators.introduce(NOVA, BY)
    changed = replace(LUNA, name="Luna Park II", cover=None)
    await creators.introduce(changed, BY)
    assert await creators.profiles() == [changed, NOVA]


async def test_of_two_creators_with_one_handle_the_second_is_refused(creators: Creators) -> None:
    await creators.introduce(LUNA, BY)
    with pytest.raises(InvalidProfile, match="luna-park"):
        await creators.introduce(replace(NOVA, handle="luna-park"), BY)
    assert await creators.profiles() == [LUNA]


async def test_assets_have_their_creators_names_and_the_others_those_of_the_listing(
    creators: Creators,
) -> None:
    await creators.introduce(replace(LUNA, name="The pier", demo=False), BY)
    names = await creators.asset_names()
    assert names["LUNA"] == ("The pier", False)
    assert names["USDC"] == ("USD Coin", False)
    assert names["LAB"] == ("Lab", True)
    assert names["KIKO"] == ("Kiko Sketch", True)


async def test_an_exchange_without_a_demo_knows_none_of_its_names(database: Database) -> None:
    async with postgres.pool(database.configuration, ROLE, size=1) as pool:
        names = await Creators(pool, lists_demo=False).asset_names()
    assert names["BTC"] == ("Bitcoin", False)
    assert "LAB" not in names


async def test_names_are_there_while_postgresql_is_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "NAMES_KEPT_S", 0.0)
    monkeypatch.setattr(service, "CONNECT_TIMEOUT_S", 0.05)
    pool = postgres.pool(database.configuration, ROLE, size=1)
    creators = Creators(pool, lists_demo=True)
    async with pool:
        await creators.introduce(NOVA, BY)
        assert (await creators.asset_names())["NOVA"] == (NOVA.name, False)
        database.change(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename <> '' AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with pool.connection() as taken:
            # The only connection is in use, as none would be there.
            assert (await creators.asset_names())["NOVA"] == (NOVA.name, False)
            assert (await taken.execute("SELECT 1")).rownumber == 0
