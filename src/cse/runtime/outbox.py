"""The one street from PostgreSQL to the core.

A command is enqueued in the transaction of what it is about, so both happen or neither. The pump, in
the ledger's process, sends the rows on in order; the core takes each number of a source once, for
ever, and tells the digest of the command that it took under it. What came of a row is noted by the
follower of the event log, which then wakes who waits here.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextvars import ContextVar
from enum import IntEnum
from typing import Final, NamedTuple, Self

import psycopg
from psycopg import AsyncConnection
from psycopg.errors import ObjectNotInPrerequisiteState
from psycopg.sql import SQL, Identifier

from cse.domain import codes
from cse.domain.digests import fnv_1a_64
from cse.domain.errors import CodedError
from cse.domain.limits import (
    FROM_OUTBOX_KIND,
    OUTBOX_COMMAND_LENGTH_MAX,
    START_EPOCH_KIND,
    UPGRADE_KIND,
)
from cse.runtime.postgres import Connected, Pool

# How long a request waits for what comes of its row.
OUTCOME_TIMEOUT_S: Final = 10.0
ANSWERED: Final = "outbox_answered"
ENQUEUED: Final = "outbox_enqueued"
# Notices may be lost while a connection is made anew; a look at the row now and then makes up for it.
LOOK_AGAIN_S: Final = 1.0
RECONNECT_S: Final = 0.5
# Whether what runs here, a request or a command line, has handed something to an outbox.
_HANDED_ON: Final[ContextVar[bool]] = ContextVar("handed_on", default=False)
# The leader's own commands, and the wrapping itself, which never come out of an outbox.
_NEVER: Final = frozenset({START_EPOCH_KIND, UPGRADE_KIND, FROM_OUTBOX_KIND})
# What the ledger says of rows, over its one connection that blocks: NOTE_OUTCOME takes an outcome.
NOTE_OUTCOME: Final = "SELECT runtime.note_outcome(%s, %s, %s, %s, %s)"
CLOSE_OUTBOX: Final = "UPDATE runtime.outbox_gate SET opened_for = NULL"
OPEN_OUTBOX: Final = "UPDATE runtime.outbox_gate SET opened_for = runtime.incarnation()"
# What there is to be verified: outcomes, and of each source its counter and its last row.
READ_OUTCOMES: Final = """
    SELECT source, number, sequence, code, digest FROM runtime.outbox WHERE sequence IS NOT NULL"""
READ_NUMBERED: Final = """
    SELECT source, last_number, coalesce(max(number), 0)
    FROM runtime.outbox_sources LEFT JOIN runtime.outbox USING (source)
    GROUP BY 1, 2 ORDER BY 1"""


class Source(IntEnum):
    """Who enqueues. Numbers of each source are dense from 1."""

    GENESIS = 1
    ACCOUNTS = 2
    FAUCET = 3
    ADMIN = 4
    DESK = 5


class Outcome(NamedTuple):
    """What came of a row: the sequence at which it stands, and 0 or the code of its refusal."""

    sequence: int
    code: int

    def refusal(self) -> CodedError:
        """What the core's refusal says; of which asset there was too little the row does not have."""
        return CodedError(codes.BY_NUMBER[self.code], asset="balance")


class NotAnswered(TimeoutError):
    """The outcome of a row was not known in time. It still comes: the row is not lost."""


async def enqueue(connection: Connected, source: int, command: bytes) -> int:
    """Adds a command to an outbox, in the caller's transaction; returns its number there.

    The source stays locked until that transaction ends, so end it soon.

    Raises:
        ValueError: the bytes are not one message that fits an outbox row.
        CodedError: `unavailable` while the ledger learns which numbers the core has taken.
        psycopg.errors.InsufficientPrivilege: the outbox is another room's.
    """
    _check_command(command)
    values = (source, command, fnv_1a_64(command))
    try:
        cursor = await connection.execute("SELECT runtime.enqueue(%s, %s, %s)", values)
    except ObjectNotInPrerequisiteState as error:
        raise CodedError(codes.UNAVAILABLE) from error
    row = await cursor.fetchone()
    assert row is not None
    _HANDED_ON.set(True)
    return int(row[0])


def handed_on() -> bool:
    """Whether the request that is being served, or an earlier one that it repeats, has enqueued anything.

    From then on a failure other than the core's own refusal leaves open what comes of it, whichever part
    is away: the row is, or may be, committed, and is carried out.
    """
    return _HANDED_ON.get()


def _check_command(command: bytes) -> None:
    """A row that is not one whole message would hold up all behind it, so none may get in."""
    kind = int.from_bytes(command[:2], "little")
    length = int.from_bytes(command[4:8], "little")
    whole = length == len(command) and length % 8 == 0 and 8 <= length <= OUTBOX_COMMAND_LENGTH_MAX
    if not whole or kind in _NEVER:
        raise ValueError(f"{len(command)} bytes are not one command for an outbox")


class OutcomeWatch:
    """Waits for outcomes, woken by PostgreSQL's notices over one connection for all who wait."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        assert isinstance(pool.conninfo, str)
        self._conninfo = pool.conninfo
        self._waiting: defaultdict[tuple[int, int], set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def outcome(self, source: int, number: int, timeout_s: float) -> Outcome:
        """What came of a row that is committed.

        Raises:
            NotAnswered: it is not known within `timeout_s`.
        """
        _HANDED_ON.set(True)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        event = asyncio.Event()
        self._waiting[source, number].add(event)
        try:
            while True:
                # Cleared before the look: a notice that comes during it must not be lost.
                event.clear()
                found = await self._look(source, number, deadline - loop.time())
                if found is not None:
                    return found
                left_s = deadline - loop.time()
                if left_s <= 0:
                    raise NotAnswered(f"outbox row {source}/{number} has no outcome yet")
                await woken(event, min(left_s, LOOK_AGAIN_S))
        finally:
            self._waiting[source, number].discard(event)
            if not self._waiting[source, number]:
                del self._waiting[source, number]

    async def _look(self, source: int, number: int, left_s: float) -> Outcome | None:
        try:
            async with self._pool.connection(max(left_s, LOOK_AGAIN_S)) as connection:
                cursor = await connection.execute(
                    "SELECT sequence, code FROM runtime.outbox WHERE source = %s AND number = %s",
                    (source, number),
                )
                row = await cursor.fetchone()
        except psycopg.OperationalError:
            # PostgreSQL is away, or has no connection free: it may be back before the time is over.
            return None
        return Outcome(*row) if row is not None and row[0] is not None else None

    async def _listen(self) -> None:
        async for payload in notices(self._conninfo, ANSWERED):
            source, _, number = payload.partition(":")
            for event in self._waiting.get((int(source), int(number)), ()):
                event.set()


async def taken(outcomes: OutcomeWatch, source: int, number: int) -> int:
    """The sequence at which the core has taken a row of a request.

    Raises:
        CodedError: the core refused it.
        NotAnswered: it is not known within `OUTCOME_TIMEOUT_S`.
    """
    outcome = await outcomes.outcome(source, number, OUTCOME_TIMEOUT_S)
    if outcome.code:
        raise outcome.refusal()
    return outcome.sequence


async def notices(conninfo: str, channel: str) -> AsyncIterator[str]:
    """The payloads of a channel's notices, for ever; the connection is made anew when it is lost."""
    while True:
        try:
            connection = await AsyncConnection.connect(conninfo, autocommit=True)
            async with connection:
                await connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
                async for notice in connection.notifies():
                    yield notice.payload
        except psycopg.OperationalError:
            await asyncio.sleep(RECONNECT_S)


async def woken(event: asyncio.Event, timeout_s: float) -> None:
    """Returns when the event is set, or after so long: for those who look again on their own."""
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return


async def sources(connection: Connected) -> list[int]:
    """All sources there are, ascending."""
    cursor = await connection.execute("SELECT source FROM runtime.outbox_sources ORDER BY source")
    return [source for (source,) in await cursor.fetchall()]


async def last_number(connection: Connected, source: int) -> int:
    """The number of a source's last row; 0 for none."""
    cursor = await connection.execute(
        "SELECT last_number FROM runtime.outbox_sources WHERE source = %s", (source,)
    )
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


async def unanswered(connection: Connected, source: int, after: int, limit: int) -> list[tuple[int, bytes]]:
    """Numbers and commands of a source's rows behind `after` that have no outcome yet, in order."""
    cursor = await connection.execute(
        "SELECT number, command FROM runtime.outbox "
        "WHERE source = %s AND number > %s AND sequence IS NULL ORDER BY number LIMIT %s",
        (source, after, limit),
    )
    return await cursor.fetchall()
