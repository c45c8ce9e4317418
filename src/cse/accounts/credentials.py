"""Holding a password against an account: bounded, without telling which of the two was wrong."""

from __future__ import annotations

from typing import Literal

from cse.accounts import attempts, store
from cse.accounts.models import Person
from cse.accounts.passwords import Passwords
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import VISITOR, Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.postgres import Pool


class Credentials:
    """Checks e-mails and passwords."""

    def __init__(self, pool: Pool, passwords: Passwords) -> None:
        self._pool = pool
        self._passwords = passwords

    async def check(
        self,
        email: str,
        password: str,
        address: str,
        act: Literal[Act.SESSION_BEGUN, Act.STEP_UP_TAKEN] = Act.SESSION_BEGUN,
        by: Actor = VISITOR,
    ) -> Person:
        """Whose e-mail and password these are. What they are for is recorded as refused if they are wrong.

        Raises:
            CodedError: `wrong_credentials`, which says neither whether the e-mail is known nor takes
                another time when it is not; `too_many_attempts`.
        """
        await attempts.count(self._pool, attempts.SIGN_IN_PER_ADDRESS, address)
        async with self._pool.connection() as connection:
            known = await store.is_known_address(connection, email, address)
            person = await store.person_by_email(connection, email)
        limit, subject = attempts.SIGN_IN_PER_ACCOUNT, email
        if known:
            limit, subject = attempts.SIGN_IN_PER_KNOWN_ADDRESS, f"{email} {address}"
        await attempts.count(self._pool, limit, subject, None if person is None else person.id)
        password_hash = None if person is None else person.password_hash
        if not await self._passwords.verify(password, password_hash) or person is None:
            # Also where the e-mail is unknown, so that it takes the same time; what was typed is not kept.
            whose = None if person is None else person.id
            await log.record_refusal(self._pool, act, by, codes.WRONG_CREDENTIALS, whose)
            raise CodedError(codes.WRONG_CREDENTIALS)
        async with self._pool.connection() as connection:
            await attempts.uncount(connection, attempts.SIGN_IN_PER_ADDRESS, address)
            await attempts.uncount(connection, limit, subject)
            if self._passwords.is_outdated(person.password_hash):
                password_hash = await self._passwords.hash(password)
                await store.renew_password_hash(connection, person, password_hash)
                actor = Actor.person_of(person.id)
                await log.record(connection, Act.PASSWORD_REHASHED, actor)
        return person
