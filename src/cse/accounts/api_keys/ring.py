"""The keys that a process has met, so that a signed request needs no look at PostgreSQL."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.api_keys.algorithms import Ed25519Verifier, HmacVerifier, Verifier
from cse.accounts.api_keys.allow_list import AllowList
from cse.accounts.api_keys.models import ApiKey
from cse.domain import codes
from cse.domain.rates import KEY_LOOKUPS
from cse.runtime.encryption import Encryption
from cse.runtime.http.address import grouped
from cse.runtime.http.route import Caller
from cse.runtime.rate import Buckets

# So long a key that was read is good without having been heard of: as long as an access token.
KEPT_S: Final = 900.0
KEPT_MAX: Final = 100_000

Load = Callable[[UUID], Awaitable[ApiKey | None]]


class KnownKey(NamedTuple):
    """A key that is not revoked, ready to verify with."""

    caller: Caller
    verifier: Verifier
    allow_list: AllowList
    read_at_s: float


class KeyRing:
    """Keys by id. What ends or changes in PostgreSQL is told by `end`, whichever process did it."""

    def __init__(
        self,
        load: Load,
        encryption: Encryption,
        lookups: Buckets[str] | None = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        # Called with the name of each key that ends or changes.
        self.on_end: Callable[[str], None] = lambda _: None
        self._load = load
        self._encryption = encryption
        self._clock_s = clock_s
        self._known: dict[UUID, KnownKey] = {}
        # What one address may make PostgreSQL look up: ids that are none cost as much as others.
        self._lookups = lookups or Buckets[str](KEY_LOOKUPS, clock_s, codes.TOO_MANY_ATTEMPTS)
        # Rises with everything that ends: what was read meanwhile may be older than that.
        self._ends = 0

    def known(self, key: UUID) -> KnownKey | None:
        """A key that was read not long ago."""
        found = self._known.get(key)
        if found is None or found.read_at_s + KEPT_S < self._clock_s():
            return None
        return found

    async def find(self, key: UUID, address: str) -> KnownKey | None:
        """The key, or None where there is none or it is revoked.

        Raises:
            CodedError: `too_many_attempts` where this address has looked for too many.
            SealBroken: its secret cannot be read.
        """
        found = self.known(key)
        if found is None:
            self.count_attempt(address)
            found = await self._read(key)
        return found

    def count_attempt(self, address: str) -> None:
        """Counts one of the lookups of an address; `too_many_attempts`."""
        self._lookups.take(grouped(address))

    def end(self, key: UUID) -> None:
        """A key is revoked, or no more as it was: it is read anew, and what depends on it ends."""
        self._ends += 1
        self._known.pop(key, None)
        self.on_end(str(key))

    def met(self) -> list[UUID]:
        """The keys that something may depend on."""
        return list(self._known)

    def note_live(self, met: Iterable[UUID], live: set[UUID]) -> None:
        """After a time in which nothing was heard: which of those met by then are not revoked.

        All are read anew before they are used, for more than their end may have changed.
        """
        self._ends += 1
        for key in met:
            if key not in live:
                self.end(key)
        self._known = {key: found._replace(read_at_s=-math.inf) for key, found in self._known.items()}

    async def _read(self, key: UUID) -> KnownKey | None:
        while True:
            ends = self._ends
            row = await self._load(key)
            if row is None or row.revoked_at is not None:
                return None
            if ends == self._ends:
                break
        found = self._ready(row)
        if len(self._known) >= KEPT_MAX:
            self.end(next(iter(self._known)))
        self._known[key] = found
        return found

    def _ready(self, row: ApiKey) -> KnownKey:
        caller = Caller(
            person=row.person,
            session=str(row.id),
            account=row.account,
            expires_at_s=math.inf if row.expires_at is None else row.expires_at.timestamp(),
            scopes=row.scopes,
            key=row.id,
            accounts=frozenset(row.accounts),
            organisation=row.organisation,
        )
        allow_list = AllowList(row.allowed_networks)
        return KnownKey(caller, self._verifier(row), allow_list, self._clock_s())

    def _verifier(self, row: ApiKey) -> Verifier:
        if row.public_key is not None:
            return Ed25519Verifier(row.public_key)
        assert row.sealed_secret is not None, "a key of HMAC has a secret as long as it is not revoked"
        return HmacVerifier(self._encryption.open(row.sealed_secret, context=secret_context(row.id)))


def secret_context(key: UUID) -> bytes:
    """What a key's secret is bound to."""
    return b"accounts.api_keys:" + key.bytes
