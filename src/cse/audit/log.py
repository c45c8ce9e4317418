"""Recording what is done, in the transaction that does it: neither is ever there without the other. And
reading what concerns one person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from cse.audit import store
from cse.audit.acts import Act
from cse.audit.models import Actor, Details, Event, OwnEvent, Selection
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.origin import ORIGIN
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected, Pool

TEXT_MAX: Final = 256
# The refusals of somebody who could not show who they are; each is counted against a limit, so that no
# stranger fills the log.
_NOTED: Final = frozenset({codes.WRONG_CREDENTIALS, codes.WRONG_CODE, codes.PASSKEY_REFUSED})


async def record(
    connection: Connected,
    act: Act,
    by: Actor,
    *,
    person: UUID | None = None,
    target: str = "",
    details: Details | None = None,
    refused: Code | None = None,
) -> None:
    """Adds an event to the caller's transaction.

    Args:
        person: whose account it concerns; by default the person's who acts.
        target: what it was done to.
        refused: why it was not done.
    """
    origin = ORIGIN.get()
    shown = {name: clean(str(value)) for name, value in (details or {}).items()}
    assert shown.keys() <= Details.__optional_keys__, "a kind of detail that nobody has looked at"
    await store.add_event(
        connection,
        new_uuid(),
        act,
        by._replace(name=clean(by.name)),
        by.person if person is None else person,
        clean(origin.address),
        clean(origin.user_agent[: 4 * TEXT_MAX].decode("utf-8", "replace")),
        clean(target),
        "" if refused is None else refused.name,
        shown,
    )


async def record_refusal(pool: Pool, act: Act, by: Actor, refused: Code, person: UUID | None = None) -> None:
    """Adds what was not done, and therefore has no transaction, in one of its own."""
    async with pool.connection() as connection:
        await record(connection, act, by, person=person, refused=refused)


@asynccontextmanager
async def noting_refusals(pool: Pool, act: Act, by: Actor, person: UUID | None = None) -> AsyncIterator[None]:
    """Records it where what stands inside is refused to somebody who could not show who they are."""
    try:
        yield
    except CodedError as error:
        if error.code in _NOTED:
            await record_refusal(pool, act, by, error.code, person)
        raise


async def own_events(connection: Connected, person: UUID, before: UUID | None, limit: int) -> list[OwnEvent]:
    """What concerns a person's account, the latest first, older than `before`."""
    return await store.own_events(connection, person, before, limit)


async def events_of(connection: Connected, person: UUID, before: UUID | None, limit: int) -> list[Event]:
    """All of what concerns a person's account, for operators; the latest first, older than `before`."""
    return await store.events_of(connection, person, before, limit)


async def events_about(connection: Connected, target: str, before: UUID | None, limit: int) -> list[Event]:
    """What was done to something, the latest first, older than `before`."""
    return await store.selected_before(connection, Selection(subject=target), before, limit)


def clean(text: str) -> str:
    """What can be shown of a text, at most `TEXT_MAX` characters."""
    return "".join(character for character in text[:TEXT_MAX] if character.isprintable())
