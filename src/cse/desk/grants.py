"""Operators' roles at the desk: granted by two, taken away by one."""

from __future__ import annotations

from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.desk import service
from cse.desk.requests.models import Asked, GuardedAct, NewOperator, RequestView
from cse.desk.requests.service import Requests
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Role
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool


class Grants:
    """Asks for roles and takes them away, never one's own."""

    def __init__(self, pool: Pool, people: People, requests: Requests) -> None:
        self._pool = pool
        self._people = people
        self._requests = requests

    async def ask(self, caller: Caller, asked: NewOperator) -> RequestView:
        """Asks for a role of a person, who is named by the id: anybody may claim an e-mail.

        Raises:
            CodedError: `not_found`, `not_to_oneself`.
        """
        person = (await self._people.one(asked.person)).id
        if person == caller.person:
            raise CodedError(codes.NOT_TO_ONESELF)
        held = await service.roles(self._pool, person)
        before = "roles=" + (" ".join(sorted(held)) or "none")
        after = "roles=" + " ".join(sorted({*held, Role(asked.role)}))
        body = {"role": asked.role}
        wanted = Asked(GuardedAct.GRANT_ROLE, str(person), body, before, after, asked.reason)
        return await self._requests.ask(caller, wanted)

    async def take(self, caller: Caller, person: str, role: str) -> None:
        """Takes a role away at once. Raises `CodedError` not_found, not_to_oneself."""
        found = (await self._people.one(person)).id
        if found == caller.person:
            raise CodedError(codes.NOT_TO_ONESELF)
        if role not in set(Role) or not await service.take(
            self._pool, found, [Role(role)], Actor.desk(caller)
        ):
            raise CodedError(codes.NOT_FOUND)
