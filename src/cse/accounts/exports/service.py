"""Use cases of a person's exports: asking for one, looking at them, fetching one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from cse.accounts import attempts
from cse.accounts import store as person_store
from cse.accounts.exports import store
from cse.accounts.exports.models import Export, Exports, ExportView
from cse.accounts.exports.worker import piece_context
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid
from cse.runtime.clock import wall_us
from cse.runtime.encryption import Encryption
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool


class PersonExports:
    """The exports of whoever asks; another's are as unknown as none."""

    def __init__(self, pool: Pool, encryption: Encryption) -> None:
        self._pool = pool
        self._encryption = encryption

    async def look(self, caller: Caller) -> Exports:
        """The caller's exports of late, and when they may ask for another."""
        async with self._pool.connection() as connection:
            found = await store.of(connection, caller.person)
        left_s = _left_s(found)
        next_at = format_time(wall_us() + int(left_s * 1_000_000)) if left_s > 0 else None
        return Exports([_view(one) for one in found], next_at)

    async def ask(self, caller: Caller) -> ExportView:
        """Has an archive made. Raises `CodedError` too_many_attempts within a day of the one before."""
        async with self._pool.connection() as connection:
            await person_store.lock_person(connection, caller.person)
            left_s = _left_s(await store.of(connection, caller.person))
            if left_s > 0:
                raise attempts.too_many(left_s)
            export = await store.add(connection, caller.person)
            await log.record(connection, Act.EXPORT_ASKED, Actor.caller(caller), target=str(export))
            return _view((await store.of(connection, caller.person))[0])

    async def archive(self, caller: Caller, export: str) -> AsyncIterator[bytes]:
        """An archive that is ready, piece by piece. Raises `CodedError` not_found."""
        wanted = parse_uuid(export)
        async with self._pool.connection() as connection:
            found = {one.id: one for one in await store.of(connection, caller.person)}.get(wanted)
            if found is None or found.state != "ready" or found.pieces is None:
                raise CodedError(codes.NOT_FOUND)
            await store.note_fetched(connection, wanted)
            await log.record(connection, Act.EXPORT_FETCHED, Actor.caller(caller), target=str(wanted))
        return self._pieces(wanted, found.pieces)

    async def _pieces(self, export: UUID, count: int) -> AsyncIterator[bytes]:
        for number in range(count):
            async with self._pool.connection() as connection:
                sealed = await store.piece(connection, export, number)
            if sealed is None:
                raise CodedError(codes.NOT_FOUND)
            yield self._encryption.open(sealed, context=piece_context(export, number))


def _left_s(found: list[Export]) -> float:
    """In how many seconds another may be asked for; one that could not be made is none."""
    return max((one.left_s for one in found if one.state != "failed"), default=0)


def _view(one: Export) -> ExportView:
    return ExportView(
        id=str(one.id),
        state=one.state,
        asked_at=format_time(one.asked_at_us),
        expires_at=None if one.expires_at_us is None else format_time(one.expires_at_us),
        fetched_at=None if one.fetched_at_us is None else format_time(one.fetched_at_us),
        bytes=one.bytes,
    )
