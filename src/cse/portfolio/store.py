"""The room's SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from cse.ledger.tables import time_text, time_us
from cse.marketdata.intervals import Interval
from cse.portfolio.book import VERSION, Book
from cse.portfolio.returns import Flow
from cse.runtime.postgres import Connected

# Changes of balances are kept by so much time.
KEPT: Final = Interval.MINUTE_15

# A row that is there, and this transaction's alone until it ends.
_BEGIN: Final = """
    INSERT INTO portfolio.books (account, version, sequence, book) VALUES (%s, 0, 0, '')
    ON CONFLICT DO NOTHING"""
_READ: Final = "SELECT version, sequence, book FROM portfolio.books WHERE account = %s"
_FOR_UPDATE: Final = " FOR UPDATE"
_KEEP: Final = "UPDATE portfolio.books SET version = %s, sequence = %s, book = %s WHERE account = %s"
_DROP_CHANGES: Final = "DELETE FROM portfolio.changes WHERE account = %s"
_DROP_FLOWS: Final = "DELETE FROM portfolio.flows WHERE account = %s"
_ADD_CHANGES: Final = """
    INSERT INTO portfolio.changes AS kept (account, start, asset, amount)
    SELECT %s, * FROM unnest(%s::timestamptz[], %s::integer[], %s::numeric[])
    ON CONFLICT (account, start, asset) DO UPDATE SET amount = kept.amount + excluded.amount"""
_ADD_FLOW: Final = """
    INSERT INTO portfolio.flows (account, sequence, entry, time, asset, amount, worth, worth_before)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
_HELD_BEFORE: Final = """
    SELECT asset, sum(amount) FROM portfolio.changes WHERE account = %s AND start < %s
    GROUP BY asset HAVING sum(amount) <> 0"""
_CHANGES: Final = """
    SELECT date_bin(%s::interval, start, %s::timestamptz) AS bucket, asset, sum(amount)
    FROM portfolio.changes WHERE account = %s AND start >= %s GROUP BY bucket, asset ORDER BY bucket"""
_FLOWS: Final = """
    SELECT time, asset, amount, worth, worth_before FROM portfolio.flows
    WHERE account = %s AND time >= %s ORDER BY sequence, entry"""
_FLOWN_BEFORE: Final = """
    SELECT sum(worth), count(*) - count(worth) FROM portfolio.flows WHERE account = %s AND time < %s"""


class KeptBook(NamedTuple):
    """A book with all entries up to a sequence."""

    sequence: int
    book: Book | None


class KeptFlow(NamedTuple):
    """A flow at its place in the ledger."""

    sequence: int
    entry: int
    flow: Flow


async def read_book(connection: Connected, account: int) -> KeptBook:
    """The account's book; none where there is none in this form."""
    return await _read(connection, account, _READ)


async def lock_book(connection: Connected, account: int) -> KeptBook:
    """The account's book, which nobody else changes until the transaction ends.

    What belongs to one in another form is away then.
    """
    await connection.execute(_BEGIN, (account,))
    kept = await _read(connection, account, _READ + _FOR_UPDATE)
    if kept.book is None:
        await connection.execute(_DROP_CHANGES, (account,))
        await connection.execute(_DROP_FLOWS, (account,))
    return kept


async def keep_book(connection: Connected, account: int, sequence: int, book: Book) -> None:
    """Keeps the book that was locked, with all entries up to a sequence."""
    await connection.execute(_KEEP, (VERSION, sequence, json.dumps(book.kept()), account))


async def add_changes(connection: Connected, account: int, changes: Mapping[tuple[int, int], int]) -> None:
    """Adds changes of balances, by start of their time and asset."""
    starts = [time_text(start_us) for start_us, _ in changes]
    assets = [asset for _, asset in changes]
    await connection.execute(_ADD_CHANGES, (account, starts, assets, list(changes.values())))


async def add_flows(connection: Connected, account: int, flows: Sequence[KeptFlow]) -> None:
    """Adds what came and left."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            _ADD_FLOW,
            [
                (account, sequence, entry, time_text(flow.time_us), *flow[1:])
                for sequence, entry, flow in flows
            ],
        )


async def held_before(connection: Connected, account: int, time_us_: int) -> dict[int, int]:
    """What the account had of each asset at the start of a quarter of an hour."""
    cursor = await connection.execute(_HELD_BEFORE, (account, time_text(time_us_)))
    return {asset: int(amount) for asset, amount in await cursor.fetchall()}


async def changes_since(
    connection: Connected, account: int, interval: Interval, from_us: int
) -> dict[int, dict[int, int]]:
    """Changes of balances from a time on, by the start of their interval and asset."""
    width, origin = f"{interval.width_us} microseconds", time_text(interval.origin_us)
    cursor = await connection.execute(_CHANGES, (width, origin, account, time_text(from_us)))
    found: dict[int, dict[int, int]] = {}
    for start, asset, amount in await cursor.fetchall():
        found.setdefault(time_us(start), {})[asset] = int(amount)
    return found


async def flows_since(connection: Connected, account: int, from_us: int) -> list[Flow]:
    """What came and left from a time on, ascending."""
    cursor = await connection.execute(_FLOWS, (account, time_text(from_us)))
    return [
        Flow(time_us(time), asset, int(units), _whole(worth), _whole(before))
        for time, asset, units, worth, before in await cursor.fetchall()
    ]


async def flown_before(connection: Connected, account: int, time_us_: int) -> int | None:
    """What had been put in less what was taken out, before a time; None where a price was not known."""
    cursor = await connection.execute(_FLOWN_BEFORE, (account, time_text(time_us_)))
    row = await cursor.fetchone()
    assert row is not None
    return None if row[1] else int(row[0] or 0)


async def _read(connection: Connected, account: int, query: str) -> KeptBook:
    row = await (await connection.execute(query.encode(), (account,))).fetchone()
    if row is None or row[0] != VERSION:
        return KeptBook(0, None)
    return KeptBook(row[1], Book.of(json.loads(row[2])))


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
