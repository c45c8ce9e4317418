"""The SQL of the room. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.desk.models import Incident, Operator
from cse.domain.operators import Role
from cse.runtime.postgres import Connected

INCIDENTS_SHOWN_MAX: Final = 50
_INCIDENT: Final = """
    id, severity, texts, (extract(epoch FROM begun_at) * 1000000)::bigint,
    (extract(epoch FROM ended_at) * 1000000)::bigint
"""


async def roles_of(connection: Connected, person: UUID) -> list[Role]:
    """A person's roles; none for who is no operator."""
    cursor = await connection.execute(
        "SELECT role FROM desk.operators WHERE person = %s ORDER BY role", (person,)
    )
    return [Role(row[0]) for row in await cursor.fetchall()]


async def operators(connection: Connected) -> list[Operator]:
    """Everybody with a role, the longest there first."""
    cursor = await connection.execute(
        """
        SELECT person, array_agg(role ORDER BY role),
            (extract(epoch FROM min(granted_at)) * 1000000)::bigint
        FROM desk.operators GROUP BY person ORDER BY 3, 1
        """
    )
    rows = await cursor.fetchall()
    return [Operator(person, tuple(map(Role, roles)), since_us) for person, roles, since_us in rows]


async def grant(connection: Connected, person: UUID, role: Role, by: str) -> bool:
    """Grants a role; False if the person has it."""
    cursor = await connection.execute(
        "INSERT INTO desk.operators (person, role, granted_by) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (person, role.value, by),
    )
    return cursor.rowcount == 1


async def take(connection: Connected, person: UUID, role: Role) -> bool:
    """Takes a role away; False if the person has it not."""
    cursor = await connection.execute(
        "DELETE FROM desk.operators WHERE person = %s AND role = %s", (person, role.value)
    )
    return cursor.rowcount == 1


async def incidents(connection: Connected) -> list[Incident]:
    """The last incidents, the latest first."""
    cursor = await connection.execute(
        f"SELECT {_INCIDENT} FROM desk.incidents ORDER BY begun_at DESC LIMIT {INCIDENTS_SHOWN_MAX}"  # noqa: S608
    )
    return [Incident(*row) for row in await cursor.fetchall()]


async def lock_incidents(connection: Connected) -> None:
    """Keeps others from beginning and ending incidents until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('desk.incidents'))")


async def begin_incident(
    connection: Connected, incident: UUID, severity: str, texts: dict[str, Any]
) -> Incident:
    """Adds an incident; there must be none that goes on."""
    cursor = await connection.execute(
        f"INSERT INTO desk.incidents (id, severity, texts) VALUES (%s, %s, %s) RETURNING {_INCIDENT}",  # noqa: S608
        (incident, severity, Jsonb(texts)),
    )
    row = await cursor.fetchone()
    assert row is not None
    return Incident(*row)


async def end_incident(connection: Connected) -> UUID | None:
    """Ends the incident that goes on; None if there is none."""
    cursor = await connection.execute(
        "UPDATE desk.incidents SET ended_at = now() WHERE ended_at IS NULL RETURNING id"
    )
    row = await cursor.fetchone()
    return None if row is None else UUID(str(row[0]))
