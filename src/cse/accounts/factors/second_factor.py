"""The second factor: taking codes, each once and after few tries, and what a person has of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Literal, TypeAlias
from uuid import UUID

from cse.accounts import attempts, store
from cse.accounts.factors import factor_store, recovery_codes, totp
from cse.accounts.models import PasskeyView, RecoveryCodes, Security, TotpEnrolment
from cse.accounts.notices import note_credential_changed
from cse.accounts.sessions import store as session_store
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.encryption import Encryption
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

FactorMethod: TypeAlias = Literal["totp", "recovery_code"]
_CONTEXT: Final = b"accounts.totp:"


class SecondFactor:
    """Authenticators and recovery codes. `clock_s` is seconds since 1970."""

    def __init__(self, pool: Pool, encryption: Encryption, clock_s: Callable[[], float] = time.time) -> None:
        self._pool = pool
        self._encryption = encryption
        self._clock_s = clock_s

    async def security(self, caller: Caller, passkeys: list[PasskeyView]) -> Security:
        """What guards the caller's account, these passkeys of theirs included."""
        async with self._pool.connection() as connection:
            found = await factor_store.factors(connection, caller.person)
            changed_us = await store.credentials_changed_at_us(connection, caller.person)
        since_us = found.totp_since_us
        return Security(
            totp_since=None if since_us is None else format_time(since_us),
            recovery_codes_left=found.recovery_codes_left,
            passkeys=passkeys,
            methods=list(found.methods),
            credentials_changed_at=None if changed_us is None else format_time(changed_us),
        )

    async def begin_totp(self, caller: Caller) -> TotpEnrolment:
        """A secret for an authenticator; it counts once `confirm_totp` has seen a code of it.

        Raises:
            CodedError: `second_factor_exists`.
        """
        secret = totp.new_secret()
        sealed = self._encryption.seal(secret.encode(), context=_context(caller.person))
        async with self._pool.connection() as connection:
            person = await store.person_by_id(connection, caller.person)
            if person is None:
                raise CodedError(codes.NOT_AUTHENTICATED)
            if not await factor_store.begin_totp(connection, caller.person, sealed):
                raise CodedError(codes.SECOND_FACTOR_EXISTS)
            await log.record(connection, Act.TOTP_BEGUN, Actor.caller(caller))
        uri = totp.enrolment_uri(secret, person.email)
        size, path = totp.qr_path(uri)
        return TotpEnrolment(secret=secret, uri=uri, qr_size=size, qr_path=path)

    async def confirm_totp(self, caller: Caller, code: str, address: str) -> RecoveryCodes:
        """Makes the authenticator count, and gives recovery codes, which are shown this once.

        Raises:
            CodedError: `wrong_code`; `second_factor_missing` where none is under way; too_many_attempts.
        """
        plain = "".join(code.split())
        actor = Actor.caller(caller)
        async with (
            log.noting_refusals(self._pool, Act.TOTP_CONFIRMED, actor),
            attempts.Tries(self._pool) as tries,
        ):
            await self._count(tries, caller.person, address)
            async with self._pool.connection() as connection:
                row = await factor_store.lock_pending_totp(connection, caller.person)
                if row is None:
                    raise CodedError(codes.SECOND_FACTOR_MISSING)
                await self._take(connection, caller.person, row, plain)
                await store.note_credentials_changed(connection, caller.person)
                await log.record(connection, Act.TOTP_CONFIRMED, actor)
                await note_credential_changed(connection, caller.person, "authenticator_added")
                shown = await recovery_codes.give(connection, actor, caller.person)
                await factor_store.note_verified(connection, UUID(caller.session), "totp")
        return RecoveryCodes(codes=shown)

    async def remove_totp(self, caller: Caller) -> None:
        """Takes the authenticator away, and with the last factor the recovery codes.

        Raises:
            CodedError: `second_factor_missing`.
        """
        async with self._pool.connection() as connection:
            if not await factor_store.remove_totp(connection, caller.person):
                raise CodedError(codes.SECOND_FACTOR_MISSING)
            await factor_store.remove_codes_without_factor(connection, caller.person)
            await store.note_credentials_changed(connection, caller.person)
            await log.record(connection, Act.TOTP_REMOVED, Actor.caller(caller))
            await note_credential_changed(connection, caller.person, "authenticator_removed")

    async def renew_codes(self, caller: Caller) -> RecoveryCodes:
        """New recovery codes for the old. Raises `CodedError` second_factor_missing."""
        async with self._pool.connection() as connection:
            if not (await factor_store.factors(connection, caller.person)).has_factor:
                raise CodedError(codes.SECOND_FACTOR_MISSING)
            await store.note_credentials_changed(connection, caller.person)
            await note_credential_changed(connection, caller.person, "recovery_codes_renewed")
            shown = await recovery_codes.give(connection, Actor.caller(caller), caller.person)
            return RecoveryCodes(codes=shown)

    async def accept(self, connection: Connected, person: UUID, code: str) -> FactorMethod:
        """Takes a code of the authenticator or a recovery code, which is thereby used up.

        Tries have to be counted before, by `counted`.

        Raises:
            CodedError: `wrong_code`, also for one that was taken before.
        """
        plain = "".join(code.split())
        if totp.is_code(plain):
            row = await factor_store.lock_totp(connection, person)
            if row is None:
                raise CodedError(codes.WRONG_CODE, field="code")
            await self._take(connection, person, row, plain)
            return "totp"
        digest = recovery_codes.digest(person, plain)
        if digest is None or not await factor_store.use_recovery_code(connection, person, digest):
            raise CodedError(codes.WRONG_CODE, field="code")
        await log.record(connection, Act.RECOVERY_CODE_USED, Actor.person_of(person))
        return "recovery_code"

    async def count(self, tries: attempts.Tries, person: UUID, code: str, address: str) -> None:
        """Counts a try of a code; recovery codes apart, which cannot be guessed. `too_many_attempts`."""
        if totp.is_code("".join(code.split())):
            await self._count(tries, person, address)
        else:
            await tries.count(attempts.RECOVERY_CODE_AT_ADDRESS, f"{person} {address}", person)

    async def _count(self, tries: attempts.Tries, person: UUID, address: str) -> None:
        async with self._pool.connection() as connection:
            known = await session_store.is_known_to(connection, person, address)
        if known:
            await tries.count(attempts.CODE_PER_KNOWN_ADDRESS, f"{person} {address}", person)
            await tries.count(attempts.CODE_PER_KNOWN_ADDRESS_A_DAY, f"{person} {address}", person)
        else:
            await tries.count(attempts.CODE_PER_ACCOUNT, str(person), person)
            await tries.count(attempts.CODE_PER_ACCOUNT_A_DAY, str(person), person)

    async def _take(self, connection: Connected, person: UUID, row: factor_store.TotpRow, code: str) -> None:
        secret = self._encryption.open(row.secret, context=_context(person)).decode()
        step = totp.matching_step(secret, code, self._clock_s(), row.last_step)
        if step is None or not await factor_store.take_step(connection, person, step):
            raise CodedError(codes.WRONG_CODE, field="code")


def _context(person: UUID) -> bytes:
    return _CONTEXT + person.bytes
