"""The desk on a database of its own, beside the room of the accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pyotp
import pytest

from cse.accounts.factors.shown import ShownFactors
from cse.accounts.models import Tokens
from cse.desk.service import ROLE, Operators
from cse.runtime import postgres
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool
from tests.integration.accounts.conftest import Room, room
from tests.postgres import Database

__all__ = ["room"]


@pytest.fixture
async def desk_pool(database: Database) -> AsyncIterator[Pool]:
    """Connections of the desk's role."""
    async with postgres.pool(database.configuration, ROLE, size=4) as pool:
        yield pool


@pytest.fixture
def operators(desk_pool: Pool, room: Room) -> Operators:
    """Who operates the exchange: nobody yet."""
    return Operators(desk_pool, ShownFactors(room.pool))


async def add_factor(room: Room, tokens: Tokens) -> Caller:
    """Gives whoever signed in an authenticator, which this session thereby has shown."""
    caller = room.caller(tokens)
    secret = (await room.second_factor.begin_totp(caller)).secret
    await room.second_factor.confirm_totp(caller, pyotp.TOTP(secret).at(int(room.clock.now_s)), "203.0.113.1")
    return caller


def acts(database: Database, person: UUID | None = None) -> list[tuple[str, str, dict[str, str]]]:
    """Act, actor and details of what is recorded of a person's account, or of nobody's."""
    return database.rows(
        "SELECT act, actor, details FROM audit.events WHERE person IS NOT DISTINCT FROM %s ORDER BY id",
        person,
    )
