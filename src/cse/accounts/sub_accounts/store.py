"""The SQL of sub-accounts. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString
from uuid import UUID

from cse.accounts.sub_accounts.models import OwnAccount, SubAccount
from cse.runtime.postgres import Connected

_COLUMNS: Final[LiteralString] = """
    outbox_number, person, account, name, (extract(epoch FROM created_at) * 1000000)::bigint,
    (extract(epoch FROM archived_at) * 1000000)::bigint
"""


async def lock_main(connection: Connected, person: UUID) -> OwnAccount | None:
    """The person's main account, or None of somebody who is frozen or has none yet.

    The person stays locked until the transaction ends.
    """
    cursor = await connection.execute(
        """
        SELECT account, NULL, (extract(epoch FROM created_at) * 1000000)::bigint FROM accounts.persons
        WHERE id = %s AND account IS NOT NULL AND frozen_at IS NULL FOR UPDATE
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else OwnAccount(*row)


async def main(connection: Connected, person: UUID) -> OwnAccount | None:
    """The person's main account."""
    cursor = await connection.execute(
        """
        SELECT account, NULL, (extract(epoch FROM created_at) * 1000000)::bigint FROM accounts.persons
        WHERE id = %s AND account IS NOT NULL
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else OwnAccount(*row)


async def all_of(connection: Connected, person: UUID) -> list[SubAccount]:
    """All of a person's sub-accounts in the order in which they were opened, archived ones too."""
    cursor = await connection.execute(
        f"SELECT {_COLUMNS} FROM accounts.sub_accounts WHERE person = %s ORDER BY outbox_number",  # noqa: S608
        (person,),
    )
    return [SubAccount(*row) for row in await cursor.fetchall()]


async def add(connection: Connected, person: UUID, outbox_number: int, name: str) -> SubAccount:
    """Adds a sub-account that the core is to open."""
    cursor = await connection.execute(
        f"""
        INSERT INTO accounts.sub_accounts (outbox_number, person, name) VALUES (%s, %s, %s)
        RETURNING {_COLUMNS}
        """,  # noqa: S608
        (outbox_number, person, name),
    )
    row = await cursor.fetchone()
    assert row is not None
    return SubAccount(*row)


async def set_account(connection: Connected, outbox_number: int, account: int) -> None:
    """Notes which account the core has opened."""
    await connection.execute(
        "UPDATE accounts.sub_accounts SET account = %s WHERE outbox_number = %s", (account, outbox_number)
    )


async def set_name(connection: Connected, outbox_number: int, name: str) -> None:
    """Names a sub-account."""
    await connection.execute(
        "UPDATE accounts.sub_accounts SET name = %s WHERE outbox_number = %s", (name, outbox_number)
    )


async def set_archived(connection: Connected, outbox_number: int, *, archived: bool) -> None:
    """Archives a sub-account, or takes it into use again."""
    await connection.execute(
        """
        UPDATE accounts.sub_accounts SET archived_at = CASE WHEN %s THEN now() END WHERE outbox_number = %s
        """,
        (archived, outbox_number),
    )


async def outcome(connection: Connected, source: int, outbox_number: int) -> int | None:
    """The sequence at which the core took a row of the outbox; None while it has not."""
    cursor = await connection.execute(
        "SELECT sequence FROM runtime.outbox WHERE source = %s AND number = %s AND code = 0",
        (source, outbox_number),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def hold_in_use(connection: Connected, person: UUID, accounts: Sequence[int]) -> set[int]:
    """Which of these are sub-accounts of the person that are in use; none is archived until this ends."""
    cursor = await connection.execute(
        """
        SELECT account FROM accounts.sub_accounts
        WHERE person = %s AND account = ANY(%s) AND archived_at IS NULL ORDER BY outbox_number FOR SHARE
        """,
        (person, list(accounts)),
    )
    return {row[0] for row in await cursor.fetchall()}
