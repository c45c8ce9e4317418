"""A person's sessions: what is seen of them, how they end, and that nobody reaches another's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from cse.accounts.models import Visit
from cse.accounts.sessions.tokens import ACCESS_TOKEN_LIFE_S
from cse.domain.errors import CodedError
from tests.integration.accounts.conftest import HOME, Room
from tests.postgres import Database

PHONE = Visit("198.51.100.7", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Safari/537.36")


async def refused(work: Awaitable[object]) -> str:
    with pytest.raises(CodedError) as caught:
        await work
    return caught.value.code.name


async def test_sessions_are_listed_with_what_is_known_of_them(room: Room) -> None:
    here, phone = await room.sign_in(), await room.sign_in(PHONE)
    newest, oldest = await room.sessions.live(room.caller(here))
    assert (newest.client, newest.platform, newest.address) == ("Chrome", "Android", PHONE.address)
    assert (oldest.client, oldest.platform, oldest.address) == (None, None, HOME)
    assert (newest.country, newest.name) == (None, None)
    assert [session.current for session in (newest, oldest)] == [False, True]
    assert newest.created_at == newest.last_seen_at < newest.expires_at
    await room.accounts.refresh(phone.refresh_token, "198.51.100.8")
    seen = (await room.sessions.live(room.caller(here)))[0]
    assert (seen.id, seen.address) == (newest.id, "198.51.100.8")
    assert seen.last_seen_at > newest.last_seen_at


async def test_a_session_is_named_and_its_name_taken_away(room: Room) -> None:
    caller = room.caller(await room.sign_in())
    await room.sessions.name(caller, caller.session, "  my  phone ")
    assert [session.name for session in await room.sessions.live(caller)] == ["my phone"]
    await room.sessions.name(caller, caller.session, None)
    assert [session.name for session in await room.sessions.live(caller)] == [None]
    for name in ("", "x" * 41, "a\u202eb"):
        assert await refused(room.sessions.name(caller, caller.session, name)) == "invalid_field"


async def test_an_ended_session_is_good_for_nothing(room: Room) -> None:
    here, phone = room.caller(await room.sign_in()), await room.sign_in(PHONE)
    there = room.caller(phone)
    await room.sessions.end(here, there.session)
    assert [session.id for session in await room.sessions.live(here)] == [here.session]
    assert await refused(room.accounts.refresh(phone.refresh_token, HOME)) == "refresh_token_invalid"
    with pytest.raises(CodedError):
        room.caller(phone)
    assert await refused(room.sessions.end(here, there.session)) == "not_found"
    assert await refused(room.sessions.name(here, there.session, "phone")) == "not_found"


async def test_all_others_end_and_the_one_that_asks_goes_on(room: Room) -> None:
    here = await room.sign_in()
    others = [await room.sign_in(PHONE) for _ in range(3)]
    caller = room.caller(here)
    assert await room.sessions.end_others(caller) == 3
    assert [session.id for session in await room.sessions.live(room.caller(here))] == [caller.session]
    for other in others:
        assert await refused(room.accounts.refresh(other.refresh_token, HOME)) == "refresh_token_invalid"
    assert await room.sessions.end_others(caller) == 0


async def test_anothers_session_is_as_unknown_as_none(room: Room) -> None:
    await room.add_person("eve@example.com", 8)
    mine, eve = await room.sign_in(), room.caller(await room.sign_in(email="eve@example.com"))
    target = room.caller(mine).session
    for session in (target, "00000000-0000-0000-0000-000000000000", "x", ""):
        assert await refused(room.sessions.end(eve, session)) == "not_found"
        assert await refused(room.sessions.name(eve, session, "mine now")) == "not_found"
    assert await room.sessions.end_others(eve) == 0
    assert [session.id for session in await room.sessions.live(room.caller(mine))] == [target]


@pytest.mark.parametrize(
    "passed",
    ["rotated_at = now() - interval '7 days'", "expires_at = now()"],
    ids=["not used for 7 days", "30 days old"],
)
async def test_a_session_ends_by_itself(room: Room, database: Database, passed: str) -> None:
    old, here = await room.sign_in(), room.caller(await room.sign_in())
    session = room.caller(old).session
    database.change(f"UPDATE accounts.sessions SET {passed} WHERE id = %s", session)
    assert [one.id for one in await room.sessions.live(here)] == [here.session]
    assert await refused(room.accounts.refresh(old.refresh_token, HOME)) == "refresh_token_invalid"


async def test_no_access_token_outlives_its_session(room: Room, database: Database) -> None:
    first = await room.sign_in()
    assert first.expires_in_s == ACCESS_TOKEN_LIFE_S
    database.change("UPDATE accounts.sessions SET expires_at = now() + interval '1 minute'")
    last = await room.accounts.refresh(first.refresh_token, HOME)
    assert last.expires_in_s <= 60
    assert room.caller(last).expires_at_s < room.caller(first).expires_at_s


async def test_a_refresh_beside_the_end_of_its_session_leaves_nobody_signed_in(room: Room) -> None:
    """Whichever of the two comes first."""
    for _ in range(8):
        here, other = room.caller(await room.sign_in()), await room.sign_in(PHONE)
        refreshed, _ = await asyncio.gather(
            room.accounts.refresh(other.refresh_token, HOME),
            room.sessions.end_others(here),
            return_exceptions=True,
        )
        if not isinstance(refreshed, BaseException):
            with pytest.raises(CodedError):
                room.caller(refreshed)
            code = await refused(room.accounts.refresh(refreshed.refresh_token, HOME))
            assert code == "refresh_token_invalid"
