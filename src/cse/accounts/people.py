"""People as operators look for them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from cse.accounts import store
from cse.runtime.postgres import Pool


class People:
    """Finds persons."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def emails(self, persons: Sequence[UUID]) -> dict[UUID, str]:
        """The e-mails of these persons, of those there are."""
        async with self._pool.connection() as connection:
            return await store.emails(connection, persons)
