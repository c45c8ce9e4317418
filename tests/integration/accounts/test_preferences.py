"""Preferences: the same on all devices, none of which overwrites what it has not seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import msgspec
import pytest

from cse.accounts.preferences import store
from cse.accounts.preferences.models import ChangedPreferences, Preferences, PreferencesView
from cse.accounts.preferences.service import PersonPreferences
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import Room


async def outcome(work: Awaitable[object]) -> str:
    try:
        await work
    except CodedError as error:
        return error.code.name
    return "done"


@pytest.fixture
def preferences(room: Room) -> PersonPreferences:
    return PersonPreferences(room.pool)


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def test_what_was_chosen_is_kept_and_the_rest_is_as_by_default(
    preferences: PersonPreferences, caller: Caller
) -> None:
    assert (await preferences.of(caller)).version == 0
    first = await preferences.change(caller, ChangedPreferences(0, theme="dark", time_zone="Asia/Riyadh"))
    second = await preferences.change(caller, ChangedPreferences(1, confirm_limit=False, language="ar"))
    assert await preferences.of(caller) == second
    chosen = Preferences(theme="dark", time_zone="Asia/Riyadh", confirm_limit=False, language="ar")
    assert second == PreferencesView(version=2, **msgspec.structs.asdict(chosen))
    assert first.language == "en"


async def test_a_device_that_has_not_seen_the_last_change_changes_nothing(
    preferences: PersonPreferences, caller: Caller
) -> None:
    said = await asyncio.gather(
        outcome(preferences.change(caller, ChangedPreferences(0, theme="dark"))),
        outcome(preferences.change(caller, ChangedPreferences(0, theme="light"))),
    )
    assert sorted(said) == ["done", "version_outdated"]
    assert (await preferences.of(caller)).version == 1
    for seen in (0, 2, -1):
        changes = ChangedPreferences(seen, palette="safe")
        assert await outcome(preferences.change(caller, changes)) == "version_outdated"
    assert (await preferences.of(caller)).palette == "classic"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "x" * 5_000])
async def test_a_time_zone_is_one_that_there_is(
    preferences: PersonPreferences, caller: Caller, zone: str
) -> None:
    changes = ChangedPreferences(0, time_zone=zone)
    assert await outcome(preferences.change(caller, changes)) == "invalid_field"
    for good in ("UTC", "auto"):
        seen = (await preferences.of(caller)).version
        assert await outcome(preferences.change(caller, ChangedPreferences(seen, time_zone=good))) == "done"


async def test_the_language_of_a_sign_up_holds_until_something_is_chosen(
    room: Room, preferences: PersonPreferences, caller: Caller
) -> None:
    async with room.pool.connection() as connection:
        await store.begin(connection, room.person, "ar")
    begun = await preferences.of(caller)
    assert (begun.version, begun.language) == (0, "ar")
    changed = await preferences.change(caller, ChangedPreferences(0, theme="dark"))
    assert (changed.version, changed.language) == (1, "ar")


async def test_they_are_a_persons_own(room: Room, preferences: PersonPreferences, caller: Caller) -> None:
    await preferences.change(caller, ChangedPreferences(0, theme="dark"))
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    assert (await preferences.of(eve)).theme == "system"
