"""Chains events behind their writers' backs: once a second, whatever has been committed meanwhile.

Writers take no part in it, so that two hundred who sign in at once wait for no chain. An event's place is
where this worker found it; until then, a second at most, it stands in a queue that no writer can reach.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.audit import store
from cse.audit.checkpoints import Checkpoint, CheckpointFile, CheckpointKey, CheckpointUnreadable
from cse.audit.digests import BEGINNING, event_digest, link_digest
from cse.audit.models import Event, Link
from cse.runtime.clock import wall_us
from cse.runtime.postgres import Connected, Pool

PAUSE_S: Final = 1.0
# How many events one transaction chains.
BATCH: Final = 1_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ChainBroken(Exception):
    """The chain does not end where it was signed to end; nothing is added to such a one."""


class Sealer:
    """Chains and signs. Several may run; they take turns."""

    def __init__(self, pool: Pool, key: CheckpointKey, file: CheckpointFile, log: FilteringBoundLogger):
        self._pool = pool
        self._key = key
        self._file = file
        self._log = log
        self._told = ""
        self._position = 0
        self._is_broken = False

    def status(self) -> dict[str, object]:
        """Up to where the log is sealed, and whether it was found to be tampered with."""
        return {"audit_position": self._position, "audit_broken": self._is_broken}

    async def run(self) -> None:
        """Seals until cancelled. What cannot be sealed now waits, and loses nothing by it."""
        while True:
            try:
                while await self.seal() == BATCH:
                    pass
                self._told, self._is_broken = "", False
            except (psycopg.Error, PoolTimeout, OSError) as error:
                self._tell("the audit log cannot be sealed now", error)
            except (ChainBroken, CheckpointUnreadable) as error:
                self._is_broken = True
                self._tell("the audit log was tampered with: ./cse verify --audit says where", error)
            await asyncio.sleep(PAUSE_S)

    async def seal(self) -> int:
        """Chains what waits, at most `BATCH` events; how many these were.

        Raises:
            ChainBroken: the chain is not the one that was signed.
            CheckpointUnreadable: the file beside PostgreSQL is no checkpoint.
        """
        async with self._pool.connection() as connection:
            await store.lock_chain(connection)
            last = await self._checked_end(connection)
            waiting = await store.waiting_events(connection, BATCH)
            if waiting:
                links = _links(last, waiting)
                await store.add_links(connection, links)
                last = self._key.sign(links[-1].position, links[-1].digest, wall_us())
                signed_at = _EPOCH + timedelta(microseconds=last.time_us)
                await store.add_checkpoint(connection, last.position, last.digest, signed_at, last.signature)
        self._position = _place(last)[0]
        # Behind the commit: a file that was ahead of PostgreSQL would say that something was cut off.
        if last is not None and self._file.read() != last:
            self._file.write(last, self._key.public_key)
        return len(waiting)

    async def _checked_end(self, connection: Connected) -> Checkpoint | None:
        """The last checkpoint, if the chain ends there and goes through the one of the file."""
        row = await store.last_checkpoint(connection)
        last = None if row is None else Checkpoint(*row)
        end = await store.last_link(connection)
        if last is not None and not self._key.signed(last):
            raise ChainBroken(f"the checkpoint at position {last.position} is not by this key")
        if _place(last) != _place(end):
            raise ChainBroken(f"the chain does not end as signed: {_place(end)[0]}, not {_place(last)[0]}")
        told = self._file.read()
        if told is not None:
            found = await store.link_at(connection, told.position)
            if _place(found) != _place(told):
                raise ChainBroken(f"the chain does not go through the signed position {told.position}")
        return last

    def _tell(self, what: str, error: Exception) -> None:
        """Once, until it goes on."""
        if self._told != what:
            self._told = what
            with contextlib.suppress(Exception):
                self._log.error(what, error=str(error), kind=type(error).__name__)


def _place(found: Link | Checkpoint | None) -> tuple[int, bytes]:
    return (0, BEGINNING) if found is None else (found.position, found.digest)


def _links(last: Checkpoint | None, events: list[Event]) -> list[Link]:
    """The links of these events behind the last one."""
    position, before = _place(last)
    links = []
    for event in events:
        position += 1
        of_event = event_digest(event)
        before = link_digest(position, before, of_event)
        links.append(Link(position, event.id, of_event, before))
    return links
