"""Holding a password against an account: bounded, without telling which of the two was wrong.

An e-mail may be claimed by several persons, and by which of them a try is meant is told by its password
alone. It takes one hash, whether nobody claims the e-mail or many do.
"""

from __future__ import annotations

from typing import NamedTuple

from cse.accounts import attempts, store
from cse.accounts.models import Person
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.sessions import store as session_store
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import VISITOR, Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Connected, Pool


class Credentials:
    """Checks e-mails and passwords."""

    def __init__(self, pool: Pool, passwords: Passwords) -> None:
        self._pool = pool
        self._passwords = passwords

    async def check(self, email: str, password: str, address: str) -> Person:
        """Whose e-mail and password these are, for a sign-in, which is recorded as refused if they are wrong.

        Raises:
            CodedError: `wrong_credentials`, which says neither whether the e-mail is known nor takes
                another time when it is not; `too_many_attempts`.
        """
        async with self._pool.connection() as connection:
            holder = await store.holder(connection, email)
            start = await store.hash_start(connection, email)
        tries = await self._count(email, address, holder)
        try:
            password_hash = await self._passwords.hash(password, start)
        except CodedError:
            await self._take_back(email, tries)
            raise
        async with self._pool.connection() as connection:
            person = await store.person_by_password(connection, email, password_hash, tries.known_at)
        if person is None:
            if tries.full_s is not None:
                raise attempts.too_many(tries.full_s)
            # Also where the e-mail is unknown, so that it takes the same time; what was typed is not kept.
            whose = None if holder is None else holder.id
            await log.record_refusal(self._pool, Act.SESSION_BEGUN, VISITOR, codes.WRONG_CREDENTIALS, whose)
            raise CodedError(codes.WRONG_CREDENTIALS)
        await self._accept(person, password, tries)
        return person

    async def check_own(self, caller: Caller, password: str, address: str) -> Person:
        """The caller, if it is their password, as for a step up. Raises `CodedError` as `check` does."""
        async with self._pool.connection() as connection:
            person = await store.person_by_id(connection, caller.person)
            known = await session_store.is_known_to(connection, caller.person, address)
        if person is None:
            raise CodedError(codes.NOT_AUTHENTICATED)
        tries = await self._count(person.email, address, person)
        if tries.full_s is not None and not known:
            raise attempts.too_many(tries.full_s)
        try:
            is_right = await self._passwords.verify(password, person.password_hash)
        except CodedError:
            await self._take_back(person.email, tries)
            raise
        if not is_right:
            by = Actor.caller(caller)
            await log.record_refusal(self._pool, Act.STEP_UP_TAKEN, by, codes.WRONG_CREDENTIALS, person.id)
            raise CodedError(codes.WRONG_CREDENTIALS)
        await self._accept(person, password, tries)
        return person

    async def _count(self, email: str, address: str, whose: Person | None) -> _Tries:
        """Counts a try, alike for every e-mail. Raises `CodedError` too_many_attempts."""
        await attempts.count(self._pool, attempts.SIGN_IN_PER_ADDRESS, address)
        person, here = None if whose is None else whose.id, f"{email} {address}"
        async with self._pool.connection() as connection:
            full_s = await attempts.tally(connection, attempts.SIGN_IN_PER_ACCOUNT, email, person)
            limit = attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS
            full_here_s = await attempts.tally(connection, limit, here, person)
        if full_s is not None and full_here_s is not None:
            raise attempts.too_many(max(full_s, full_here_s))
        return _Tries(address, here, full_s)

    async def _take_back(self, email: str, tries: _Tries) -> None:
        """Uncounts what was no try: too many were waiting, and nobody looked at the password."""
        async with self._pool.connection() as connection:
            await attempts.uncount(connection, attempts.SIGN_IN_PER_ADDRESS, tries.address)
            await attempts.uncount(connection, attempts.SIGN_IN_PER_ACCOUNT, email)
            await attempts.uncount(connection, attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS, tries.here)

    async def _accept(self, person: Person, password: str, tries: _Tries) -> None:
        async with self._pool.connection() as connection:
            await attempts.uncount(connection, attempts.SIGN_IN_PER_ADDRESS, tries.address)
            # In the order in which they are counted, or of two sign-ins each could wait for the other.
            # Anybody may claim an e-mail and sign in: that gives nobody further tries at who has it, nor from
            # where both have been once the tries from everywhere are used up.
            if person.is_verified:
                await attempts.uncount(connection, attempts.SIGN_IN_PER_ACCOUNT, person.email)
            if person.is_verified or tries.full_s is None:
                await attempts.uncount(connection, attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS, tries.here)
        if self._passwords.is_outdated(person.password_hash):
            start = self._passwords.new_start()
            password_hash = await self._passwords.hash(password, start)
            async with self._pool.connection() as connection:
                await _renew(connection, person, start, password_hash)


class _Tries(NamedTuple):
    """A try as it was counted. `full_s` is how long the e-mail's tries are used up, None if they are not."""

    address: str
    here: str
    full_s: float | None

    @property
    def known_at(self) -> str | None:
        """Where somebody has to have been before to be let in all the same."""
        return None if self.full_s is None else self.address


async def _renew(connection: Connected, person: Person, start: str, password_hash: str) -> None:
    if await store.renew_hash_start(connection, person, start):
        await store.renew_password_hash(connection, person, password_hash)
        await log.record(connection, Act.PASSWORD_REHASHED, Actor.person_of(person.id))
