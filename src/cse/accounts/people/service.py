"""People as operators look for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.factors import factor_store
from cse.accounts.models import FoundPerson
from cse.accounts.people import store as people_store
from cse.accounts.sessions import store as session_store
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import read_uuid
from cse.runtime.postgres import Pool

FOUND_MAX: Final = 20
SOUGHT_MIN: Final = 3


class Guarded(NamedTuple):
    """What guards a person's account, and what acts for them: live sessions and keys."""

    methods: tuple[str, ...]
    sessions: int
    api_keys: int


class People:
    """Finds persons."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def emails(self, persons: Sequence[UUID]) -> dict[UUID, str]:
        """The e-mails of these persons, of those there are."""
        async with self._pool.connection() as connection:
            return await people_store.emails(connection, persons)

    async def search(self, sought: str) -> list[FoundPerson]:
        """At most `FOUND_MAX` persons by the beginning of their e-mail, by the account or by their id.

        Raises:
            CodedError: `invalid_field` for what is too short to be meant.
        """
        text = sought.strip().lower()
        async with self._pool.connection() as connection:
            if text.isascii() and text.isdigit() and len(text) <= 10:
                return await people_store.by_account(connection, int(text))
            if (person := read_uuid(text)) is not None:
                found = await people_store.by_id(connection, person)
                return [] if found is None else [found]
            if len(text) < SOUGHT_MIN:
                why = f"expected an account's number, or {SOUGHT_MIN} characters of an e-mail"
                raise CodedError(codes.INVALID_FIELD, field="sought", reason=why)
            return await people_store.by_email_prefix(connection, text, FOUND_MAX)

    async def by_email(self, email: str) -> UUID | None:
        """Who is known to have an e-mail, or else the first who claims it."""
        async with self._pool.connection() as connection:
            return await people_store.holder_of(connection, email.strip().lower())

    async def one(self, person: str) -> FoundPerson:
        """A person by the id. Raises `CodedError` not_found."""
        wanted = read_uuid(person)
        if wanted is not None:
            async with self._pool.connection() as connection:
                found = await people_store.by_id(connection, wanted)
            if found is not None:
                return found
        raise CodedError(codes.NOT_FOUND)

    async def accounts(self, person: UUID) -> list[int]:
        """A person's accounts in the core, the main one first, archived ones too."""
        async with self._pool.connection() as connection:
            return await people_store.accounts_of(connection, person)

    async def guarded(self, person: UUID) -> Guarded:
        """What guards a person's account."""
        async with self._pool.connection() as connection:
            methods = (await factor_store.factors(connection, person)).methods
            sessions = len(await session_store.live_sessions(connection, person))
            api_keys = await people_store.count_keys(connection, person)
        return Guarded(methods, sessions, api_keys)
