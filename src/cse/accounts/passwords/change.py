"""The use case of choosing another password while signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from cse.accounts import attempts, links, notices, store
from cse.accounts.factors import factor_store
from cse.accounts.links import Purpose
from cse.accounts.models import PasswordChange, Person
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import AccessTokens
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Connected, Pool

REASON: Final = "the password was changed"


class PasswordChanges:
    """Changes passwords of whoever knows the one there is."""

    def __init__(
        self, pool: Pool, credentials: Credentials, passwords: Passwords, access_tokens: AccessTokens
    ) -> None:
        self._pool = pool
        self._credentials = credentials
        self._passwords = passwords
        self._access_tokens = access_tokens

    async def change(self, caller: Caller, request: PasswordChange, address: str) -> None:
        """Gives the caller another password, and ends all their sessions but the one that asks.

        The password there is, is looked at first: whoever guesses at it learns nothing by the new one.

        Raises:
            CodedError: `wrong_credentials`, also where the password was changed meanwhile; `invalid_field`
                for the one there is; `weak_password`, `breached_password`, `session_ended`,
                `too_many_attempts`, `overloaded`.
        """
        await attempts.count(
            self._pool, attempts.PASSWORD_CHANGE_PER_PERSON, str(caller.person), caller.person
        )
        person = await self._credentials.check_own(caller, request.current_password, address)
        if request.password == request.current_password:
            raise CodedError(codes.INVALID_FIELD, field="password", reason="it is the one you have")
        await self._passwords.check(request.password, [person.email, person.display_name])
        async with self._pool.connection() as connection:
            start = await store.keep_hash_start(connection, person.email, self._passwords.new_start())
        password_hash = await self._passwords.hash(request.password, start)
        async with self._pool.connection() as connection:
            ended = await self._make(connection, caller, person, password_hash)
            await notices.note_password_changed(connection, person, address, by_link=False)
        for session in ended:
            self._access_tokens.end_session(str(session))

    async def _make(
        self, connection: Connected, caller: Caller, person: Person, password_hash: str
    ) -> Sequence[UUID]:
        """Makes the change, with what it brings about; the sessions that it ended."""
        if not await store.change_password(connection, person, password_hash):
            raise CodedError(codes.WRONG_CREDENTIALS)
        session = await session_store.lock_session(connection, UUID(caller.session))
        if session is None or not session.live:
            raise CodedError(codes.SESSION_ENDED)
        # Not those that undo a change of the e-mail: they are for whoever had it before.
        await links.end(connection, Purpose.PASSWORD_RESET, person.id)
        await factor_store.end_challenges(connection, person.id)
        ended = await session_store.end_other_sessions(connection, person.id, session.id, REASON)
        by, details = Actor.caller(caller), Details(reason=REASON)
        await log.record(connection, Act.PASSWORD_CHANGED, by)
        for other in ended:
            await log.record(connection, Act.SESSION_ENDED, by, target=str(other), details=details)
        return ended
