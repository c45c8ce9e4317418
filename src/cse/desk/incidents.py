"""What everybody is told while something is wrong."""

from __future__ import annotations

import asyncio
import logging
import math
import time
import unicodedata
from collections.abc import Callable
from typing import Final, cast

import msgspec
import psycopg
from psycopg_pool import PoolTimeout

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk import store
from cse.desk.models import Incident, NewIncident
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected, Pool

_LOG: Final = logging.getLogger("cse.desk")
GOOD_FOR_S: Final = 1.0
READ_TIMEOUT_S: Final = 0.5


class Incidents:
    """Begins and ends them, one at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def last(self) -> list[Incident]:
        """The last ones, the latest first."""
        async with self._pool.connection() as connection:
            return await store.incidents(connection)

    async def begin(self, asked: NewIncident, by: Actor) -> Incident:
        """Tells everybody of an incident; one that goes on ends by that.

        Raises:
            CodedError: `invalid_field` for a text with control characters, which cannot be shown.
        """
        texts = cast(dict[str, str], msgspec.to_builtins(asked.texts))
        for language, text in texts.items():
            # Not `isprintable`: Arabic is written with marks of direction, which are no letters.
            if any(unicodedata.category(character) == "Cc" for character in text or ""):
                reason = "expected no control characters"
                raise CodedError(codes.INVALID_FIELD, field=f"texts.{language}", reason=reason)
        async with self._pool.connection() as connection:
            await store.lock_incidents(connection)
            await _end(connection, by)
            incident = await store.begin_incident(connection, new_uuid(), asked.severity, texts)
            details = Details(severity=asked.severity, text=asked.texts.en)
            target = str(incident.id)
            await log.record(connection, Act.INCIDENT_BEGUN, by, target=target, details=details)
        return incident

    async def end(self, by: Actor) -> bool:
        """Ends the one that goes on; False if there is none."""
        async with self._pool.connection() as connection:
            await store.lock_incidents(connection)
            return await _end(connection, by)


class Banner:
    """The last incidents, of which one may go on, as this process knows them.

    Everybody asks for it with every page, so it is read once a second at most; and it is still told while
    PostgreSQL is away, which may be the very incident. `clock_s` is in seconds.
    """

    def __init__(self, pool: Pool, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._pool = pool
        self._clock_s = clock_s
        self._reading: asyncio.Task[None] | None = None
        self._read_at_s = -math.inf
        self._known: list[Incident] = []

    async def current(self) -> Incident | None:
        """The one that goes on, if there is one."""
        return next((one for one in await self.last() if one.ended_at_us is None), None)

    async def last(self) -> list[Incident]:
        """The last ones, the latest first; as of up to `GOOD_FOR_S` ago, or of when PostgreSQL last answered.

        A look at a server that hangs is not waited for, nor for its being given up, which takes seconds.
        """
        if self._reading is None and self._clock_s() - self._read_at_s >= GOOD_FOR_S:
            self._reading = asyncio.create_task(self._read())
        if self._reading is not None:
            await asyncio.wait({self._reading}, timeout=READ_TIMEOUT_S)
        return self._known

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(READ_TIMEOUT_S), self._pool.connection() as connection:
                self._known = await store.incidents(connection)
        except (psycopg.Error, PoolTimeout, TimeoutError) as error:
            _LOG.warning("incidents could not be read: %s", error or "no answer in time")
        finally:
            self._read_at_s = self._clock_s()
            self._reading = None


async def _end(connection: Connected, by: Actor) -> bool:
    ended = await store.end_incident(connection)
    if ended is not None:
        await log.record(connection, Act.INCIDENT_ENDED, by, target=str(ended))
    return ended is not None
