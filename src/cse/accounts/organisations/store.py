"""The SQL of organisations, their members and accounts. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.accounts.organisations.models import Member, Organisation, OrganisationAccount, Policy
from cse.domain.organisations import MemberRole
from cse.runtime.http.route import membership_name
from cse.runtime.postgres import Connected

# Told with a membership's name when it has ended, or is no more as it was.
MEMBERSHIP_CHANGED: Final = "accounts_membership_changed"
_ORGANISATION: Final[LiteralString] = """
    id, name, (extract(epoch FROM created_at) * 1000000)::bigint, policy_version, policy,
    frozen_at IS NOT NULL
"""
_ACCOUNT: Final[LiteralString] = """
    outbox_number, organisation, account, name, (extract(epoch FROM created_at) * 1000000)::bigint,
    (extract(epoch FROM archived_at) * 1000000)::bigint
"""


async def add(connection: Connected, organisation: UUID, name: str, maker: UUID) -> None:
    """Adds an organisation without members."""
    await connection.execute(
        "INSERT INTO accounts.organisations (id, name, created_by, policy) VALUES (%s, %s, %s, %s)",
        (organisation, name, maker, Jsonb(_policy_row(Policy()))),
    )


async def count_made(connection: Connected, person: UUID) -> int:
    """How many organisations a person has made, who stays locked until the transaction ends."""
    await connection.execute("SELECT FROM accounts.persons WHERE id = %s FOR UPDATE", (person,))
    cursor = await connection.execute(
        "SELECT count(*) FROM accounts.organisations WHERE created_by = %s", (person,)
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def locked(connection: Connected, organisation: UUID) -> Organisation | None:
    """An organisation about which nobody else decides anything until the transaction ends."""
    return await _one(connection, organisation, "FOR UPDATE")


async def find(connection: Connected, organisation: UUID) -> Organisation | None:
    """An organisation."""
    return await _one(connection, organisation, "")


async def lock_all_of(connection: Connected, person: UUID) -> list[Organisation]:
    """Those that a person is a member of, locked."""
    cursor = await connection.execute(
        f"""
        SELECT {_ORGANISATION} FROM accounts.organisations
        WHERE id IN (SELECT organisation FROM accounts.organisation_members WHERE person = %s)
        ORDER BY id FOR UPDATE
        """,  # noqa: S608
        (person,),
    )
    return [_organisation(row) for row in await cursor.fetchall()]


async def all_of(connection: Connected, person: UUID) -> list[tuple[Organisation, frozenset[MemberRole]]]:
    """Those that a person is a member of by name, each with their roles."""
    cursor = await connection.execute(
        f"""
        SELECT {_ORGANISATION}, roles FROM accounts.organisations
        JOIN accounts.organisation_members ON organisation = id
        WHERE person = %s ORDER BY lower(name), id
        """,  # noqa: S608
        (person,),
    )
    return [(_organisation(row[:-1]), read(row[-1])) for row in await cursor.fetchall()]


async def set_policy(connection: Connected, organisation: UUID, policy: Policy) -> None:
    """Replaces the policy by another version."""
    await connection.execute(
        """
        UPDATE accounts.organisations SET policy = %s, policy_version = policy_version + 1 WHERE id = %s
        """,
        (Jsonb(_policy_row(policy)), organisation),
    )


async def set_name(connection: Connected, organisation: UUID, name: str) -> None:
    """Names an organisation anew."""
    await connection.execute(
        "UPDATE accounts.organisations SET name = %s WHERE id = %s", (name, organisation)
    )


async def set_frozen(connection: Connected, organisation: UUID, reason: str | None) -> None:
    """Freezes an organisation for a reason, or lets it go for None."""
    await connection.execute(
        """
        UPDATE accounts.organisations SET frozen_reason = %(reason)s,
            frozen_at = CASE WHEN %(reason)s::text IS NULL THEN NULL ELSE coalesce(frozen_at, now()) END
        WHERE id = %(organisation)s
        """,
        {"organisation": organisation, "reason": reason},
    )


async def members(connection: Connected, organisation: UUID) -> list[Member]:
    """An organisation's members, in the order in which they joined."""
    cursor = await connection.execute(
        """
        SELECT person, display_name, email, email_verified_at IS NOT NULL, roles,
            frozen_at IS NULL AND closed_at IS NULL, (extract(epoch FROM joined_at) * 1000000)::bigint
        FROM accounts.organisation_members JOIN accounts.persons ON persons.id = person
        WHERE organisation = %s ORDER BY joined_at, person
        """,
        (organisation,),
    )
    return [_member(row) for row in await cursor.fetchall()]


async def roles_of(connection: Connected, organisation: UUID, person: UUID) -> frozenset[MemberRole]:
    """The roles of a person who is not frozen; none of who is no member."""
    cursor = await connection.execute(
        """
        SELECT roles FROM accounts.organisation_members JOIN accounts.persons ON persons.id = person
        WHERE organisation = %s AND person = %s AND frozen_at IS NULL AND closed_at IS NULL
        """,
        (organisation, person),
    )
    row = await cursor.fetchone()
    return frozenset() if row is None else read(row[0])


async def add_member(
    connection: Connected, organisation: UUID, person: UUID, roles: frozenset[MemberRole]
) -> bool:
    """Adds a member; False where they are one."""
    cursor = await connection.execute(
        """
        INSERT INTO accounts.organisation_members (organisation, person, roles) VALUES (%s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        (organisation, person, sorted(roles)),
    )
    await _tell(connection, organisation, person)
    return cursor.rowcount == 1


async def set_roles(
    connection: Connected, organisation: UUID, person: UUID, roles: frozenset[MemberRole]
) -> None:
    """Gives a member other roles and, once this commits, tells every process."""
    await connection.execute(
        "UPDATE accounts.organisation_members SET roles = %s WHERE organisation = %s AND person = %s",
        (sorted(roles), organisation, person),
    )
    await _tell(connection, organisation, person)


async def remove_member(connection: Connected, organisation: UUID, person: UUID) -> None:
    """Takes a membership away and tells every process."""
    await connection.execute(
        "DELETE FROM accounts.organisation_members WHERE organisation = %s AND person = %s",
        (organisation, person),
    )
    await _tell(connection, organisation, person)


async def add_account(
    connection: Connected, organisation: UUID, outbox_number: int, name: str | None
) -> OrganisationAccount:
    """Adds an account that the core is to open."""
    cursor = await connection.execute(
        f"""
        INSERT INTO accounts.organisation_accounts (outbox_number, organisation, name)
        VALUES (%s, %s, %s) RETURNING {_ACCOUNT}
        """,  # noqa: S608
        (outbox_number, organisation, name),
    )
    row = await cursor.fetchone()
    assert row is not None
    return OrganisationAccount(*row)


async def accounts_of(connection: Connected, organisations: Sequence[UUID]) -> list[OrganisationAccount]:
    """The accounts of organisations, the main one first, archived ones too."""
    cursor = await connection.execute(
        f"""
        SELECT {_ACCOUNT} FROM accounts.organisation_accounts
        WHERE organisation = ANY (%s) ORDER BY organisation, outbox_number
        """,  # noqa: S608
        (list(organisations),),
    )
    return [OrganisationAccount(*row) for row in await cursor.fetchall()]


async def accounts_in_use(connection: Connected, organisation: UUID) -> set[int]:
    """Those that are open and not archived."""
    rows = await accounts_of(connection, [organisation])
    return {row.account for row in rows if row.account is not None and row.archived_at_us is None}


async def set_account(connection: Connected, outbox_number: int, account: int) -> None:
    """Notes which account the core has opened."""
    await connection.execute(
        "UPDATE accounts.organisation_accounts SET account = %s WHERE outbox_number = %s",
        (account, outbox_number),
    )


async def set_account_name(connection: Connected, outbox_number: int, name: str) -> None:
    """Names an account anew."""
    await connection.execute(
        "UPDATE accounts.organisation_accounts SET name = %s WHERE outbox_number = %s", (name, outbox_number)
    )


async def set_account_archived(connection: Connected, outbox_number: int, *, archived: bool) -> None:
    """Archives an account, or takes it into use again."""
    await connection.execute(
        """
        UPDATE accounts.organisation_accounts SET archived_at = CASE WHEN %s THEN now() END
        WHERE outbox_number = %s
        """,
        (archived, outbox_number),
    )


def read(roles: Sequence[str]) -> frozenset[MemberRole]:
    """Roles as a row has them."""
    return frozenset(MemberRole(role) for role in roles)


async def _one(connection: Connected, organisation: UUID, lock: LiteralString) -> Organisation | None:
    cursor = await connection.execute(
        f"SELECT {_ORGANISATION} FROM accounts.organisations WHERE id = %s {lock}",  # noqa: S608
        (organisation,),
    )
    row = await cursor.fetchone()
    return None if row is None else _organisation(row)


async def _tell(connection: Connected, organisation: UUID, person: UUID) -> None:
    name = membership_name(organisation, person)
    await connection.execute("SELECT pg_notify(%s, %s)", (MEMBERSHIP_CHANGED, name))


def _member(row: tuple[Any, ...]) -> Member:
    return Member(row[0], row[1], row[2], row[3], read(row[4]), row[5], row[6])


def _policy_row(policy: Policy) -> dict[str, Any]:
    return {**policy._asdict(), "limits": dict(policy.limits)}


def _organisation(row: tuple[Any, ...]) -> Organisation:
    return Organisation(row[0], row[1], row[2], row[3], Policy(**row[4]), row[5])
