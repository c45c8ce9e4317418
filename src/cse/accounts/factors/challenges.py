"""Sign-ins in two steps: a right password gives a challenge, which a code turns into a session."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final
from uuid import UUID

from cse.accounts import attempts
from cse.accounts.factors import factor_store
from cse.accounts.factors.factor_store import Factors
from cse.accounts.factors.second_factor import FactorMethod, SecondFactor
from cse.accounts.models import Person
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.postgres import Connected, Pool

_BYTES: Final = 32


class Challenges:
    """Gives and takes challenges. What is kept of one is its hash."""

    def __init__(self, pool: Pool, second_factor: SecondFactor) -> None:
        self._pool = pool
        self._second_factor = second_factor

    async def give(self, connection: Connected, person: Person, factors: Factors) -> CodedError:
        """What says that a code is needed, and for which challenge."""
        challenge = secrets.token_urlsafe(_BYTES)
        await factor_store.add_challenge(connection, _digest(challenge), person)
        return CodedError(
            codes.SECOND_FACTOR_REQUIRED, challenge=challenge, methods=" ".join(factors.methods)
        )

    async def whose(self, challenge: str) -> UUID:
        """Counts a try of a challenge. Raises `CodedError` challenge_ended."""
        async with self._pool.connection() as connection:
            person = await factor_store.try_challenge(connection, _digest(challenge))
        if person is None:
            raise CodedError(codes.CHALLENGE_ENDED)
        return person

    async def take(self, connection: Connected, person: UUID, challenge: str, code: str) -> FactorMethod:
        """Ends the challenge by a right code. Raises `CodedError` wrong_code, challenge_ended."""
        method = await self._second_factor.accept(connection, person, code)
        if not await factor_store.end_challenge(connection, _digest(challenge)):
            raise CodedError(codes.CHALLENGE_ENDED)
        return method

    async def count(self, tries: attempts.Tries, person: UUID, code: str, address: str) -> None:
        """Counts a try of a code against the person. Raises `CodedError` too_many_attempts."""
        await self._second_factor.count(tries, person, code, address)


def _digest(challenge: str) -> bytes:
    return hashlib.blake2b(challenge.encode(), digest_size=_BYTES).digest()
