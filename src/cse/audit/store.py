"""The SQL of the room. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.audit.acts import Act
from cse.audit.models import Actor, Event, Link, OwnEvent, Selection
from cse.runtime.postgres import Connected

# Of an event, in the order of `Event`.
EVENT: Final = """
    id, (extract(epoch FROM occurred_at) * 1000000)::bigint, act, actor, actor_name, person, session,
    address, user_agent, target, refused, details, written_by
"""
# Of an event that a `Selection` has chosen.
SELECTED: Final = """
    (%(since_us)s::bigint IS NULL OR occurred_at >= to_timestamp(%(since_us)s / 1000000.0))
    AND (%(until_us)s::bigint IS NULL OR occurred_at < to_timestamp(%(until_us)s / 1000000.0))
    AND (%(person)s::uuid IS NULL OR person = %(person)s)
    AND (%(act)s::text IS NULL OR act = %(act)s)
    AND (%(actor)s::text IS NULL OR actor_name = %(actor)s)
    AND (%(subject)s::text IS NULL OR target = %(subject)s OR person = %(subject_person)s::uuid)
"""


async def add_event(
    connection: Connected,
    event: UUID,
    act: Act,
    by: Actor,
    person: UUID | None,
    address: str,
    user_agent: str,
    target: str,
    refused: str,
    details: Mapping[str, str],
) -> None:
    """Adds an event; time and writer are PostgreSQL's to say."""
    await connection.execute(
        """
        INSERT INTO audit.events (id, act, actor, actor_name, person, session, address, user_agent, target,
            refused, details)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            event, act.value, by.kind, by.name, person, by.session, address, user_agent, target, refused,
            Jsonb(dict(details)),
        ),
    )  # fmt: skip


async def own_events(connection: Connected, person: UUID, before: UUID | None, limit: int) -> list[OwnEvent]:
    """What concerns a person's account, the latest first, older than `before`."""
    cursor = await connection.execute(
        """
        SELECT id, (extract(epoch FROM occurred_at) * 1000000)::bigint, act, actor, session, address,
            user_agent, target, refused, details
        FROM audit.events WHERE person = %(person)s AND (%(before)s::uuid IS NULL OR id < %(before)s)
        ORDER BY id DESC LIMIT %(limit)s
        """,
        {"person": person, "before": before, "limit": limit},
    )
    rows = [OwnEvent(*row) for row in await cursor.fetchall()]
    return [row._replace(act=Act(row.act)) for row in rows]


async def events_of(connection: Connected, person: UUID, before: UUID | None, limit: int) -> list[Event]:
    """All of what concerns a person's account, the latest first, older than `before`."""
    cursor = await connection.execute(
        f"""
        SELECT {EVENT} FROM audit.events
        WHERE person = %(person)s AND (%(before)s::uuid IS NULL OR id < %(before)s)
        ORDER BY id DESC LIMIT %(limit)s
        """,  # noqa: S608
        {"person": person, "before": before, "limit": limit},
    )
    return [Event(*row) for row in await cursor.fetchall()]


async def selected_before(
    connection: Connected, selection: Selection, before: UUID | None, limit: int
) -> list[Event]:
    """Chosen events, the latest first, older than `before`."""
    cursor = await connection.execute(
        f"""
        SELECT {EVENT} FROM audit.events
        WHERE {SELECTED} AND (%(before)s::uuid IS NULL OR id < %(before)s)
        ORDER BY id DESC LIMIT %(limit)s
        """,  # noqa: S608
        {**selection.parameters(), "before": before, "limit": limit},
    )
    return [Event(*row) for row in await cursor.fetchall()]


async def selected_behind(
    connection: Connected, selection: Selection, last: UUID | None, limit: int
) -> list[tuple[Event, int | None, bytes | None]]:
    """Chosen events behind `last`, the oldest first, each with position and digest in the chain."""
    cursor = await connection.execute(
        f"""
        SELECT {EVENT}, chain.position, chain.digest
        FROM audit.events LEFT JOIN audit.chain ON chain.event = events.id
        WHERE {SELECTED} AND (%(last)s::uuid IS NULL OR id > %(last)s)
        ORDER BY id LIMIT %(limit)s
        """,  # noqa: S608
        {**selection.parameters(), "last": last, "limit": limit},
    )
    return [(Event(*fields), position, digest) for *fields, position, digest in await cursor.fetchall()]


async def settings_before(
    connection: Connected,
    acts: Sequence[Act],
    commands: Sequence[str],
    subject: str | None,
    before: UUID | None,
    limit: int,
) -> list[Event]:
    """What was done by one of these acts, or by one of these lines of the machine; the latest first."""
    selection = Selection(subject=subject)
    cursor = await connection.execute(
        f"""
        SELECT {EVENT} FROM audit.events
        WHERE {SELECTED} AND (%(before)s::uuid IS NULL OR id < %(before)s) AND refused = ''
            AND (act = ANY (%(acts)s)
                OR (act = %(command)s AND details ->> 'command' = ANY (%(commands)s)))
        ORDER BY id DESC LIMIT %(limit)s
        """,  # noqa: S608
        {
            **selection.parameters(), "before": before, "limit": limit, "command": Act.OPERATOR_COMMAND.value,
            "acts": [act.value for act in acts], "commands": list(commands),
        },
    )  # fmt: skip
    return [Event(*row) for row in await cursor.fetchall()]


async def waiting(connection: Connected) -> tuple[int, int | None]:
    """How many events are not chained yet, and for how many seconds the oldest."""
    cursor = await connection.execute(
        """
        SELECT count(*), extract(epoch FROM now() - min(occurred_at))::bigint
        FROM audit.unsealed JOIN audit.events ON id = event
        """
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0], row[1]


async def lock_chain(connection: Connected) -> None:
    """Keeps others from chaining until the transaction ends; who adds events waits for nobody."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('audit.chain'))")


async def waiting_events(connection: Connected, limit: int) -> list[Event]:
    """Committed events that are not chained, in the order of their ids."""
    cursor = await connection.execute(
        f"SELECT {EVENT} FROM audit.unsealed JOIN audit.events ON id = event ORDER BY id LIMIT %s",  # noqa: S608
        (limit,),
    )
    return [Event(*row) for row in await cursor.fetchall()]


async def link_at(connection: Connected, position: int) -> Link | None:
    """The link at a position."""
    cursor = await connection.execute(
        "SELECT position, event, event_digest, digest FROM audit.chain WHERE position = %s", (position,)
    )
    row = await cursor.fetchone()
    return None if row is None else Link(*row)


async def last_link(connection: Connected) -> Link | None:
    """The end of the chain."""
    cursor = await connection.execute(
        "SELECT position, event, event_digest, digest FROM audit.chain ORDER BY position DESC LIMIT 1"
    )
    row = await cursor.fetchone()
    return None if row is None else Link(*row)


async def last_checkpoint(connection: Connected) -> tuple[Any, ...] | None:
    """Position, digest, time in microseconds since 1970 and signature of the last checkpoint."""
    cursor = await connection.execute(
        """
        SELECT position, digest, (extract(epoch FROM signed_at) * 1000000)::bigint, signature
        FROM audit.checkpoints ORDER BY position DESC LIMIT 1
        """
    )
    return await cursor.fetchone()


async def add_links(connection: Connected, links: Sequence[Link]) -> None:
    """Adds links to the chain, whose events wait no longer."""
    positions, events, event_digests, digests = (list(column) for column in zip(*links, strict=True))
    await connection.execute(
        """
        INSERT INTO audit.chain (position, event, event_digest, digest)
        SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[], %s::bytea[])
        """,
        (positions, events, event_digests, digests),
    )
    await connection.execute("DELETE FROM audit.unsealed WHERE event = ANY(%s)", (events,))


async def add_checkpoint(
    connection: Connected, position: int, digest: bytes, signed_at: datetime, signature: bytes
) -> None:
    """Adds a checkpoint."""
    await connection.execute(
        "INSERT INTO audit.checkpoints (position, digest, signed_at, signature) VALUES (%s, %s, %s, %s)",
        (position, digest, signed_at, signature),
    )
