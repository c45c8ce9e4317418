"""Whether a sign-in has shown a second factor, which for some is not enough to have."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.factors import factor_store
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool


class ShownFactors:
    """Looks at sessions."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def were_shown(self, caller: Caller) -> bool:
        """Whether the caller has a second factor, and has shown one in this session, which goes on.

        A session from before the first factor was added has shown the password alone.
        """
        async with self._pool.connection() as connection:
            method = await factor_store.shown_method(connection, UUID(caller.session))
            factors = await factor_store.factors(connection, caller.person)
        return factors.has_factor and method not in (None, "password")
