"""A frozen person: nothing goes on in their name, whatever was under way, until they are let go."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from cse.accounts import store
from cse.accounts.api_keys import store as key_store
from cse.accounts.api_keys.algorithms import Algorithm
from cse.accounts.api_keys.models import ApiKey
from cse.accounts.models import SignIn
from cse.accounts.organisations import invitation_store
from cse.accounts.organisations import store as organisation_store
from cse.accounts.people.freezing import Freezes
from cse.accounts.sessions import store as session_store
from cse.audit.models import Actor
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRole
from cse.domain.scopes import KeyScope
from cse.engine import wire
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import Outcome
from tests.integration.accounts.conftest import EMAIL, FROM_HOME, Room
from tests.postgres import Database

BY = Actor.operator("root")
WHY = "a stolen phone"


class Core:
    """Takes every command; says of an account's open orders what it is told to."""

    def __init__(self, *open_orders: int, opened: wire.AccountOpened | None = None) -> None:
        self.answers = list(open_orders)
        self.opened = opened

    async def group(self, sequence: int) -> Any:
        assert self.opened is not None
        assert sequence == 50
        return SimpleNamespace(value=SimpleNamespace(events=self.opened.encode()))

    async def outcome(self, source: int, number: int, timeout_s: float) -> Outcome:
        return Outcome(100 + number, 0)

    async def open_orders(self, account: int, *, limit: int, min_sequence: int) -> Any:
        return SimpleNamespace(value=[None] * self.answers.pop(0) if self.answers else [])


@pytest.fixture
def freezes(room: Room, database: Database) -> Freezes:
    database.open_outbox()
    core = cast(Any, Core())
    return Freezes(room.pool, core, core, room.access_tokens)


async def invited(room: Room) -> str:
    """What the link of an invitation by somebody carries."""
    organisation, invitation = new_uuid(), new_uuid()
    roles = frozenset({MemberRole.OWNER})
    async with room.pool.connection() as connection:
        await organisation_store.add(connection, organisation, "Fund", room.person)
        await organisation_store.add_member(connection, organisation, room.person, roles)
        await invitation_store.add(connection, invitation, organisation, EMAIL, roles, room.person)
        await invitation_store.give(connection, invitation, "a token")
    return "a token"


async def refused(work: Any) -> str:
    with pytest.raises(CodedError) as caught:
        await work
    return caught.value.code.name


def commands(database: Database) -> list[Any]:
    rows = database.rows(
        "SELECT command FROM runtime.outbox WHERE source = 2 AND command IS NOT NULL ORDER BY number"
    )
    kinds = {one.KIND: one for one in (wire.FreezeAccount, wire.UnfreezeAccount, wire.CancelAllOrders)}
    return [kinds[int.from_bytes(row[0][:2], "little")].decode(row[0], 0) for row in rows]


async def test_all_sessions_end_at_once_and_none_begins(room: Room, freezes: Freezes) -> None:
    first, second = await room.sign_in(), await room.sign_in()
    frozen = await freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    assert frozen.sessions == 2
    for tokens in (first, second):
        with pytest.raises(CodedError):
            room.caller(tokens)
        assert await refused(room.accounts.refresh(tokens.refresh_token, "")) == "refresh_token_invalid"
    assert await refused(room.sign_in()) == "sign_in_frozen"
    await freezes.unfreeze(room.person, "found again", BY)
    assert room.caller(await room.sign_in()).person == room.person


async def test_nobody_joins_by_an_invitation_of_who_is_frozen(room: Room, freezes: Freezes) -> None:
    token = await invited(room)

    async def is_open() -> bool:
        async with room.pool.connection() as connection:
            return await invitation_store.by_token(connection, token) is not None

    assert await is_open()
    await freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    assert not await is_open()
    await freezes.unfreeze(room.person, "found again", BY)
    assert await is_open()


async def test_the_person_is_told_once_and_of_the_reason_its_class_alone(
    room: Room, freezes: Freezes
) -> None:
    await freezes.freeze(room.person, WHY, BY, cancels_orders=True, why="protection")
    await freezes.freeze(room.person, "another reason", BY, cancels_orders=True)
    (mail,) = await room.mails()
    assert mail.recipient == EMAIL
    assert "somebody else may be using it" in mail.text
    assert WHY not in mail.text


async def test_an_address_that_is_only_claimed_is_told_nothing(room: Room, freezes: Freezes) -> None:
    person = await room.add_person("claimed@example.com", 8, verified=False)
    await freezes.freeze(person, WHY, BY, cancels_orders=True)
    assert await room.mails() == []


async def test_who_has_not_shown_the_password_learns_nothing_of_it(room: Room, freezes: Freezes) -> None:
    await freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    wrong = room.accounts.sign_in(SignIn(EMAIL, "not the pass phrase"), FROM_HOME)
    assert await refused(wrong) == "wrong_credentials"


async def test_of_sign_ins_at_the_same_moment_none_outlives_it(room: Room, freezes: Freezes) -> None:
    work = [room.sign_in() for _ in range(6)]
    freezing = freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    done = await asyncio.gather(*work[:3], freezing, *work[3:], return_exceptions=True)
    refusals = {error.code.name for error in done if isinstance(error, CodedError)}
    assert refusals <= {"sign_in_frozen", "session_ended"}
    async with room.pool.connection() as connection:
        assert await session_store.live_sessions(connection, room.person) == []


async def test_the_core_hears_of_it_in_the_same_transaction(
    room: Room, freezes: Freezes, database: Database
) -> None:
    await freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    await freezes.freeze(room.person, WHY, BY, cancels_orders=False)
    await freezes.unfreeze(room.person, WHY, BY)
    assert commands(database) == [
        wire.FreezeAccount(7),
        wire.CancelAllOrders(7, 0, 0),
        wire.FreezeAccount(7),
        wire.UnfreezeAccount(7),
    ]


async def test_all_accounts_are_frozen_and_what_was_archived_stays_so(
    room: Room, freezes: Freezes, database: Database
) -> None:
    for number, (account, archived) in enumerate([(70, False), (71, True), (72, False)], 1000):
        database.rows(
            "INSERT INTO accounts.sub_accounts (outbox_number, person, account, name, archived_at) "
            "VALUES (%s, %s, %s, %s, CASE WHEN %s THEN now() END) RETURNING account",
            number, room.person, account, f"number {account}", archived,
        )  # fmt: skip
    await freezes.freeze(room.person, WHY, BY, cancels_orders=False)
    await freezes.unfreeze(room.person, WHY, BY)
    frozen = [wire.FreezeAccount(account) for account in (7, 70, 71, 72)]
    assert commands(database) == [*frozen, *(wire.UnfreezeAccount(account) for account in (7, 70, 72))]


async def test_an_account_that_was_being_opened_is_frozen_too(room: Room, database: Database) -> None:
    database.open_outbox()
    database.rows(
        "INSERT INTO accounts.sub_accounts (outbox_number, person, name) VALUES (1000, %s, 'new') "
        "RETURNING outbox_number",
        room.person,
    )
    database.rows(
        "INSERT INTO runtime.outbox (source, number, digest, sequence, code) VALUES (2, 1000, 0, 50, 0) "
        "RETURNING number"
    )
    core = cast(
        Any, Core(opened=wire.AccountOpened(account=70, kind=AccountKind.SUB, owner=room.person.bytes))
    )
    await Freezes(room.pool, core, core).freeze(room.person, WHY, BY, cancels_orders=False)
    freezes = [wire.FreezeAccount(7), wire.FreezeAccount(70)]
    assert commands(database) == freezes


async def test_orders_that_one_command_left_are_cancelled_by_the_next(room: Room, database: Database) -> None:
    database.open_outbox()
    core = cast(Any, Core(1, 1))
    frozen = await Freezes(room.pool, core, core).freeze(room.person, WHY, BY, cancels_orders=True)
    assert commands(database)[1:] == [wire.CancelAllOrders(7, 0, 0)] * 3
    assert frozen.sequence == 104


async def test_keys_sign_nothing_until_their_person_is_let_go(room: Room, freezes: Freezes) -> None:
    key = await add_key(room, room.person)
    other = await add_key(room, await room.add_person("eve@example.com", 8))
    await freezes.freeze(room.person, WHY, BY, cancels_orders=True)
    async with room.pool.connection() as connection:
        assert await key_store.usable_key(connection, key) is None
        assert await key_store.live_keys(connection, [key, other]) == {other}
    await freezes.unfreeze(room.person, WHY, BY)
    async with room.pool.connection() as connection:
        assert await key_store.usable_key(connection, key) is not None


async def test_who_was_frozen_for_another_reason_meanwhile_is_not_let_go(
    room: Room, freezes: Freezes, database: Database
) -> None:
    await freezes.freeze(room.person, WHY, BY, cancels_orders=False)
    async with room.pool.connection() as connection:
        seen = await store.locked_freeze(connection, room.person)
    assert seen is not None
    await freezes.freeze(room.person, "money of others", BY, cancels_orders=False)
    assert await refused(freezes.unfreeze(room.person, WHY, BY, seen=seen)) == "version_outdated"
    assert await refused(room.sign_in()) == "sign_in_frozen"
    assert {type(one) for one in commands(database)} == {wire.FreezeAccount}
    worse = seen._replace(reason="money of others")
    await freezes.unfreeze(room.person, WHY, BY, seen=worse)
    assert room.caller(await room.sign_in()).person == room.person


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "tab\x00"])
async def test_there_is_always_a_reason(room: Room, freezes: Freezes, reason: str) -> None:
    assert await refused(freezes.freeze(room.person, reason, BY, cancels_orders=True)) == "invalid_field"
    assert await refused(freezes.unfreeze(room.person, reason, BY)) == "invalid_field"


async def test_nobody_is_frozen_who_is_not_there(freezes: Freezes) -> None:
    assert await refused(freezes.freeze(new_uuid(), WHY, BY, cancels_orders=True)) == "account_unknown"


async def test_all_of_it_is_recorded(room: Room, freezes: Freezes, database: Database) -> None:
    await room.sign_in()
    await freezes.freeze(room.person, WHY, BY, cancels_orders=False)
    await refused(room.sign_in())
    await freezes.unfreeze(room.person, "found again", BY)
    rows = database.rows(
        "SELECT act, actor, refused, details->>'reason' FROM audit.events WHERE person = %s",
        room.person,
    )
    assert sorted(rows, key=str) == [
        ("person.frozen", "operator", "", WHY),
        ("person.unfrozen", "operator", "", "found again"),
        ("session.begun", "person", "", None),
        ("session.begun", "person", "sign_in_frozen", None),
        ("session.ended", "operator", "", "account frozen"),
    ]


async def add_key(room: Room, person: UUID) -> UUID:
    async with room.pool.connection() as connection:
        row = await connection.execute("SELECT account, now() FROM accounts.persons WHERE id = %s", (person,))
        found = await row.fetchone()
        assert found is not None
        key = ApiKey(
            id=new_uuid(),
            person=person,
            account=found[0],
            accounts=[found[0]],
            label="a program",
            algorithm=Algorithm.ED25519,
            scopes=frozenset({KeyScope.READ}),
            allowed_networks=[],
            sealed_secret=None,
            public_key=b"k" * 32,
            created_at=found[1],
            expires_at=None,
            last_used_at=None,
            last_used_from=None,
            revoked_at=None,
            organisation=None,
            maker_roles=None,
        )
        await key_store.add_key(connection, key)
    return key.id
