"""Steps up: what is done seldom and does harm in wrong hands needs a factor shown just now.

A sign-in counts as one. Who has a second factor has to show that; the password alone is enough only for
who has none.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from cse.accounts import attempts
from cse.accounts.factors import factor_store
from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.factors.second_factor import SecondFactor
from cse.accounts.models import StepUpProof
from cse.accounts.passwords.credentials import Credentials
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Connected, Pool

FRESH_S: Final = 300


class StepUp:
    """Asks for steps up, and takes them."""

    def __init__(
        self, pool: Pool, credentials: Credentials, second_factor: SecondFactor, passkeys: Passkeys
    ) -> None:
        self._pool = pool
        self._credentials = credentials
        self._second_factor = second_factor
        self._passkeys = passkeys

    async def require(self, caller: Caller) -> None:
        """Returns if the session has a fresh one. Raises `CodedError` step_up_required."""
        async with self._pool.connection() as connection:
            method = await factor_store.fresh_method(connection, UUID(caller.session), FRESH_S)
            methods = (await factor_store.factors(connection, caller.person)).methods
        # A recovery code that was the last one has been shown all the same.
        if method is None or (method == "password" and method not in methods):
            raise CodedError(codes.STEP_UP_REQUIRED, methods=" ".join(methods))

    async def take(self, caller: Caller, proof: StepUpProof, address: str) -> None:
        """Takes a factor for the caller's session.

        Raises:
            CodedError: `passkey_refused`, `wrong_code`, `wrong_credentials`, `too_many_attempts`;
                `missing_field` where the person has another factor than the one that was sent.
        """
        if proof.passkey is not None:
            await self._take_passkey(caller, proof.passkey)
            return
        async with self._pool.connection() as connection:
            methods = (await factor_store.factors(connection, caller.person)).methods
        if "password" in methods:
            await self._take_password(caller, proof.password, address)
        elif proof.code is None:
            raise CodedError(codes.MISSING_FIELD, field="code")
        else:
            await self._take_code(caller, proof.code, address)

    async def _take_password(self, caller: Caller, password: str | None, address: str) -> None:
        if password is None:
            raise CodedError(codes.MISSING_FIELD, field="password")
        await self._credentials.check_own(caller, password, address)
        async with self._pool.connection() as connection:
            await _note(connection, caller, "password")

    async def _take_passkey(self, caller: Caller, credential: dict[str, Any]) -> None:
        async with (
            log.noting_refusals(self._pool, Act.STEP_UP_TAKEN, Actor.caller(caller)),
            attempts.counting_refused_passkeys(self._pool, attempts.PASSKEY_REFUSED, str(caller.person)),
            self._pool.connection() as connection,
        ):
            await self._passkeys.step_up(connection, caller, credential)
            await _note(connection, caller, "passkey")

    async def _take_code(self, caller: Caller, code: str, address: str) -> None:
        async with (
            log.noting_refusals(self._pool, Act.STEP_UP_TAKEN, Actor.caller(caller)),
            attempts.Tries(self._pool) as tries,
        ):
            await self._second_factor.count(tries, caller.person, code, address)
            async with self._pool.connection() as connection:
                method = await self._second_factor.accept(connection, caller.person, code)
                await _note(connection, caller, method)


async def _note(connection: Connected, caller: Caller, method: str) -> None:
    await factor_store.note_verified(connection, UUID(caller.session), method)
    await log.record(connection, Act.STEP_UP_TAKEN, Actor.caller(caller), details=Details(method=method))
