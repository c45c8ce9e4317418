"""Who is an operator, and what that allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from cse.accounts.factors.shown import ShownFactors
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk import store
from cse.desk.models import Operator
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right, Role, rights_of
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Connected, Pool

ROLE: Final = "cse_desk"


class Operators:
    """Persons with roles. What they may is looked up at each request: a role taken away is gone at once."""

    def __init__(self, pool: Pool, factors: ShownFactors) -> None:
        self._pool = pool
        self._factors = factors

    async def require(self, caller: Caller, right: Right | None) -> None:
        """Returns if the caller has the right, or any role where there is none to have.

        Raises:
            CodedError: `not_found` for who is no operator, as where there is no such address;
                `operator_factor_missing`, `role_missing`.
        """
        found = await self.roles(caller.person)
        if not found:
            raise CodedError(codes.NOT_FOUND)
        if not await self._factors.were_shown(caller):
            raise CodedError(codes.OPERATOR_FACTOR_MISSING)
        if right is not None and right not in rights_of(found):
            raise CodedError(codes.ROLE_MISSING)

    async def roles(self, person: UUID) -> list[Role]:
        """A person's roles; none for who is no operator."""
        return await roles(self._pool, person)

    async def all(self) -> list[Operator]:
        """Everybody with a role, the longest there first."""
        return await everybody(self._pool)


async def roles(pool: Pool, person: UUID) -> list[Role]:
    """A person's roles; none for who is no operator."""
    async with pool.connection() as connection:
        return await store.roles_of(connection, person)


async def everybody(pool: Pool) -> list[Operator]:
    """Everybody with a role, the longest there first."""
    async with pool.connection() as connection:
        return await store.operators(connection)


async def grant(pool: Pool, person: UUID, wanted: Iterable[Role], by: Actor) -> list[Role]:
    """Grants roles; those that the person did not have."""
    async with pool.connection() as connection:
        return await grant_in(connection, person, wanted, by)


async def grant_in(connection: Connected, person: UUID, wanted: Iterable[Role], by: Actor) -> list[Role]:
    """Grants roles in the caller's transaction; those that the person did not have."""
    fresh = [role for role in wanted if await store.grant(connection, person, role, by.name)]
    for role in fresh:
        details = Details(role=role.value)
        await log.record(connection, Act.ROLE_GRANTED, by, person=person, details=details)
    return fresh


async def take(pool: Pool, person: UUID, unwanted: Iterable[Role], by: Actor) -> list[Role]:
    """Takes roles away; those that the person had."""
    async with pool.connection() as connection:
        gone = [role for role in unwanted if await store.take(connection, person, role)]
        for role in gone:
            details = Details(role=role.value)
            await log.record(connection, Act.ROLE_TAKEN, by, person=person, details=details)
    return gone
