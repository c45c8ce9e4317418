"""The worker that makes archives. Any number of processes may have one.

An archive is kept in sealed pieces as it is made, each with proof that it is still this try's to make: when
a process dies another begins anew, and one that was only slow finds that it is not its any more. That the
archive is there is told in the transaction that says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts import store as person_store
from cse.accounts.exports import store
from cse.accounts.exports.archive import Archive
from cse.accounts.exports.models import Task
from cse.accounts.notices import note_export_ready
from cse.accounts.people import store as people_store
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.runtime.clock import wall_us
from cse.runtime.encryption import Encryption
from cse.runtime.exporting import Source, Whose
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

LOOK_S: Final = 3.0
PIECE_BYTES: Final = 1 << 18
_LOG: Final = logging.getLogger("cse.exports")


class NotOurs(Exception):
    """Another try makes the archive, or nobody wants it any more."""


def piece_context(export: UUID, number: int) -> bytes:
    """What a sealed piece belongs to."""
    return f"accounts.export_pieces {export} {number}".encode()


class ExportWorker:
    """Makes archives out of what the rooms have, one at a time."""

    def __init__(self, pool: Pool, encryption: Encryption, sources: Sequence[Source]) -> None:
        self._pool = pool
        self._encryption = encryption
        self._sources = sources

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                made = await self.make_next()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("exports wait for PostgreSQL: %s", error)
                made = False
            except Exception:
                # What nobody expects of one must not be the end of all; it is tried again.
                _LOG.exception("an export stays where it is")
                made = False
            if not made:
                await asyncio.sleep(LOOK_S)

    async def make_next(self) -> bool:
        """Makes the archive that waits longest; whether there was one."""
        async with self._pool.connection() as connection:
            task = await store.take(connection)
            if task is not None and task.tries > store.TRIES_MAX:
                _LOG.error("export %s cannot be made", task.id)
                await store.fail(connection, task)
                return True
            accounts = [] if task is None else await people_store.accounts_of(connection, task.person)
        if task is None:
            return False
        try:
            await self._make(task, Whose(task.person, accounts))
        except NotOurs:
            _LOG.warning("export %s is made elsewhere, or not wanted any more", task.id)
        return True

    async def _make(self, task: Task, whose: Whose) -> None:
        kept = _Kept(self._pool, self._encryption, task)
        with Archive() as archive:
            for source in self._sources:
                async with source.opened() as connection:
                    for subject in source.subjects:
                        archive.begin(subject)
                        async for rows in subject.pages(connection, whose):
                            # Neither JSON nor compression keeps the requests of this process waiting.
                            await asyncio.to_thread(archive.add, subject, rows)
                            await kept.add_whole(archive)
                        archive.end()
            archive.close(format_time(wall_us()))
            await kept.add_rest(archive)
        await self._finish(task, kept)

    async def _finish(self, task: Task, kept: _Kept) -> None:
        async with self._pool.connection() as connection:
            if not await store.finish(connection, task, kept.pieces, kept.bytes):
                raise NotOurs
            by = Actor.service("accounts")
            await log.record(connection, Act.EXPORT_MADE, by, person=task.person, target=str(task.id))
            person = await person_store.person_by_id(connection, task.person)
            assert person is not None
            await note_export_ready(connection, person)


class _Kept:
    """Pieces of an archive in PostgreSQL."""

    def __init__(self, pool: Pool, encryption: Encryption, task: Task) -> None:
        self._pool = pool
        self._encryption = encryption
        self._task = task
        self.pieces = 0
        self.bytes = 0

    async def add_whole(self, archive: Archive) -> None:
        """Keeps whole pieces of what has been written. Raises `NotOurs`."""
        while archive.waiting >= PIECE_BYTES:
            await self._add(archive.take(PIECE_BYTES))

    async def add_rest(self, archive: Archive) -> None:
        """Keeps all that has been written. Raises `NotOurs`."""
        while archive.waiting:
            await self._add(archive.take(PIECE_BYTES))

    async def _add(self, piece: bytes) -> None:
        context = piece_context(self._task.id, self.pieces)
        sealed = self._encryption.seal(piece, context=context)
        async with self._pool.connection() as connection:
            if not await store.hold(connection, self._task):
                raise NotOurs
            await store.add_piece(connection, self._task, self.pieces, sealed)
        self.pieces += 1
        self.bytes += len(piece)
