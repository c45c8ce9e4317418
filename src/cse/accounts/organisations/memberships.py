"""Which roles persons have in organisations, remembered on a process until one ends or changes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from cse.accounts.organisations import store
from cse.domain.organisations import MemberRole
from cse.runtime.http.route import membership_name
from cse.runtime.postgres import Pool

# So long what was read is good without having been heard of: as long as an access token.
KEPT_S: Final = 900.0
KEPT_MAX: Final = 100_000

Roles: TypeAlias = frozenset[MemberRole]
Load: TypeAlias = Callable[[UUID, UUID], Awaitable[Roles]]


class _Read(NamedTuple):
    roles: Roles
    at_s: float


class Memberships:
    """Roles by membership; none is remembered too, of who is no member.

    What ends or changes in PostgreSQL is told by `end`, whichever process did it.
    """

    def __init__(self, load: Load, clock_s: Callable[[], float] = time.monotonic) -> None:
        # Called with the name of each membership that ends or changes.
        self.on_end: Callable[[str], None] = lambda _: None
        self._load = load
        self._clock_s = clock_s
        self._known: dict[str, _Read] = {}
        # Rises with everything that ends: what was read meanwhile may be older than that.
        self._ends = 0

    def known(self, organisation: UUID, person: UUID) -> Roles | None:
        """The roles as they were read not long ago; None where they have to be looked up."""
        found = self._known.get(membership_name(organisation, person))
        return None if found is None or found.at_s + KEPT_S < self._clock_s() else found.roles

    async def find(self, organisation: UUID, person: UUID) -> Roles:
        """The roles, looked up where they are not known; none of who is no member."""
        found = self.known(organisation, person)
        while found is None:
            ends = self._ends
            roles = await self._load(organisation, person)
            if ends == self._ends:
                found = roles
                self._remember(membership_name(organisation, person), roles)
        return found

    def heard(self, name: str) -> None:
        """What PostgreSQL passes on: the name of one that has changed, or nothing after a silence."""
        if name:
            self.end(name)
        else:
            self.end_all()

    def end(self, name: str) -> None:
        """A membership has ended, or is no more as it was: what depends on it ends."""
        self._ends += 1
        self._known.pop(name, None)
        self.on_end(name)

    def end_all(self) -> None:
        """After a time in which nothing was heard any of them may have ended."""
        self._ends += 1
        known, self._known = self._known, {}
        for name in known:
            self.on_end(name)

    def _remember(self, name: str, roles: Roles) -> None:
        if len(self._known) >= KEPT_MAX:
            self.end(next(iter(self._known)))
        self._known[name] = _Read(roles, self._clock_s())


class StoredMemberships:
    """Reads roles for `Memberships`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def load(self, organisation: UUID, person: UUID) -> Roles:
        """The roles of a person in an organisation; none of who is frozen, or no member."""
        async with self._pool.connection() as connection:
            return await store.roles_of(connection, organisation, person)
