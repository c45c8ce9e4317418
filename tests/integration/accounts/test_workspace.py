"""A workspace: kept by name for each person, and overwritten by no device that has not seen it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from cse.accounts.workspace import service
from cse.accounts.workspace.models import TEXT_MAX_BYTES, KeptName, NewKeptText
from cse.accounts.workspace.service import PersonWorkspace
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
def workspace(room: Room) -> PersonWorkspace:
    return PersonWorkspace(room.pool)


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def test_texts_are_kept_by_name_for_one_person(
    workspace: PersonWorkspace, room: Room, caller: Caller
) -> None:
    nothing = await workspace.of(caller, "chart")
    assert (nothing.version, nothing.text, nothing.changed_at) == (0, "", None)
    await workspace.keep(caller, "chart", NewKeptText(0, "{}"))
    kept = await workspace.keep(caller, "chart", NewKeptText(1, '{"style":"bars"}'))
    await workspace.keep(caller, "drawings.7.LUNA-USDC", NewKeptText(0, "[é]"))
    assert kept == await workspace.of(caller, "chart")
    assert (kept.version, kept.text) == (2, '{"style":"bars"}')
    assert (await workspace.names(caller)).items == [
        KeptName("chart", 2),
        KeptName("drawings.7.LUNA-USDC", 1),
    ]
    await room.add_person("bob@example.com", 99)
    other = room.caller(await room.sign_in(email="bob@example.com"))
    assert (await workspace.names(other)).items == []
    assert (await workspace.of(other, "chart")).version == 0


async def test_a_device_that_has_not_seen_the_last_change_changes_nothing(
    workspace: PersonWorkspace, caller: Caller
) -> None:
    said = await asyncio.gather(
        outcome(workspace.keep(caller, "chart", NewKeptText(0, "one"))),
        outcome(workspace.keep(caller, "chart", NewKeptText(0, "other"))),
    )
    assert sorted(said) == ["done", "version_outdated"]
    for seen in (0, 2):
        assert await outcome(workspace.keep(caller, "chart", NewKeptText(seen, "late"))) == "version_outdated"
    assert (await workspace.of(caller, "chart")).version == 1


async def test_one_whose_answer_was_lost_is_answered_the_same_again(
    workspace: PersonWorkspace, caller: Caller
) -> None:
    first = await workspace.keep(caller, "chart", NewKeptText(0, "one"))
    assert await workspace.keep(caller, "chart", NewKeptText(0, "one")) == first
    assert await workspace.keep(caller, "chart", NewKeptText(1, "one")) == first


async def test_an_empty_text_takes_the_name_away(workspace: PersonWorkspace, caller: Caller) -> None:
    await workspace.keep(caller, "chart", NewKeptText(0, "one"))
    assert await outcome(workspace.keep(caller, "chart", NewKeptText(0, ""))) == "version_outdated"
    assert (await workspace.keep(caller, "chart", NewKeptText(1, ""))).version == 0
    assert (await workspace.keep(caller, "chart", NewKeptText(1, ""))).version == 0
    assert (await workspace.names(caller)).items == []


@pytest.mark.parametrize("name", ["", "Chart", "7", "a/b", "a b", "ä", "a" * 97, "a\x00", "a\n"])
async def test_what_is_no_name_is_refused(workspace: PersonWorkspace, caller: Caller, name: str) -> None:
    assert await outcome(workspace.keep(caller, name, NewKeptText(0, "one"))) == "invalid_field"
    assert await outcome(workspace.of(caller, name)) == "invalid_field"


@pytest.mark.parametrize("text", ["x" * (TEXT_MAX_BYTES + 1), "é" * (TEXT_MAX_BYTES // 2 + 1), "a\x00b"])
async def test_what_is_no_text_is_refused(workspace: PersonWorkspace, caller: Caller, text: str) -> None:
    assert await outcome(workspace.keep(caller, "chart", NewKeptText(0, text))) == "invalid_field"
    assert (await workspace.names(caller)).items == []


async def test_a_person_has_so_much_room(
    workspace: PersonWorkspace, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "NAMES_MAX", 3)
    monkeypatch.setattr(service, "WORKSPACE_MAX_BYTES", 20)
    await workspace.keep(caller, "a", NewKeptText(0, "1234"))
    await workspace.keep(caller, "b", NewKeptText(0, "1234"))
    said = await asyncio.gather(
        *(outcome(workspace.keep(caller, name, NewKeptText(0, "12345678"))) for name in ("c", "d"))
    )
    assert sorted(said) == ["done", "workspace_full"]
    assert await outcome(workspace.keep(caller, "a", NewKeptText(1, "12345"))) == "done"
    assert await outcome(workspace.keep(caller, "a", NewKeptText(2, "123456"))) == "workspace_full"
    assert await outcome(workspace.keep(caller, "e", NewKeptText(0, ""))) == "done"
    await workspace.keep(caller, "b", NewKeptText(1, ""))
    assert await outcome(workspace.keep(caller, "e", NewKeptText(0, "1"))) == "done"
    assert await outcome(workspace.keep(caller, "f", NewKeptText(0, "1"))) == "workspace_full"
