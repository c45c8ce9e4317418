"""What other rooms read of an account's entries, each with the balance that it left.

An account's entries of an asset sum to its balance. So the balance after one of them is today's less all
that came later, and nothing has to be kept for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString

from cse.ledger.models import AccountEntry, BalancedEntry, ChosenEntries
from cse.ledger.tables import time_text, time_us
from cse.runtime.postgres import Pool

# A place in a list that goes back in time: what comes next is before it.
Place = tuple[int, int]

_FIRST: Final[Place] = ((1 << 63) - 1, 0)
_ENTRY: Final[LiteralString] = "sequence, entry, asset, amount, reason, market, reference, time"
# An account's entries are found by asset, so each asset that it has had is asked for.
_NEWEST: Final[LiteralString] = f"""
    SELECT found.* FROM ledger.balances AS held CROSS JOIN LATERAL (
        SELECT {_ENTRY} FROM ledger.entries
        WHERE account = %(account)s AND asset = held.asset AND sequence <= %(sequence)s
            AND (sequence, entry) < (%(sequence)s, %(entry)s)
            AND (%(market)s = 0 OR market = %(market)s)
            AND (%(reasons)s::integer[] IS NULL OR reason = ANY(%(reasons)s))
            AND time >= %(from)s::timestamptz AND time < %(to)s::timestamptz
        ORDER BY sequence DESC, entry DESC LIMIT %(limit)s
    ) AS found
    WHERE held.account = %(account)s AND (%(asset)s = 0 OR held.asset = %(asset)s)
    ORDER BY sequence DESC, entry DESC LIMIT %(limit)s"""  # noqa: S608 - of constants
_WITH_BALANCES: Final[LiteralString] = f"""
    WITH page AS MATERIALIZED ({_NEWEST}),
    -- What came from the page's oldest entry of each asset on, up to now.
    later AS (
        SELECT sequence, entry, pages.asset, sum(amount) OVER newest - amount AS came
        FROM (SELECT asset, min(sequence) AS oldest FROM page GROUP BY asset) AS pages CROSS JOIN LATERAL (
            SELECT sequence, entry, amount FROM ledger.entries
            WHERE account = %(account)s AND asset = pages.asset AND sequence >= oldest
        ) AS own
        WINDOW newest AS (PARTITION BY pages.asset ORDER BY sequence DESC, entry DESC)
    )
    SELECT page.*, available + locked - came FROM page
    JOIN later USING (sequence, entry, asset)
    JOIN ledger.balances ON account = %(account)s AND balances.asset = page.asset
    ORDER BY sequence DESC, entry DESC"""  # noqa: S608
_TOTALS: Final[LiteralString] = """
    SELECT position.sequence, asset, available + locked FROM ledger.position
    LEFT JOIN ledger.balances ON account = %s"""
_HELD: Final[LiteralString] = """
    SELECT asset, available + locked - coalesce((
        SELECT sum(amount) FROM ledger.entries AS later
        WHERE later.account = held.account AND later.asset = held.asset
            AND (later.sequence > %(until)s OR time >= %(before)s::timestamptz)
    ), 0) FROM ledger.balances AS held WHERE account = %(account)s"""
_A_FETCH: Final = 1_000


class EntryReads:
    """Reads with the ledger's role for others, which can write nothing."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(
        self, account: int, chosen: ChosenEntries, before: Place | None, limit: int
    ) -> list[BalancedEntry]:
        """The chosen entries before a place (sequence, entry), newest first."""
        rows = await self._rows(_WITH_BALANCES, _named(account, chosen, before, limit))
        return [BalancedEntry(_entry(*row[:-1]), int(row[-1])) for row in rows]

    async def all(self, account: int, chosen: ChosenEntries) -> AsyncIterator[list[BalancedEntry]]:
        """All chosen entries as of one moment, newest first, some at a time.

        All of the account's are gone through, so that each balance is known without looking back. Between
        two pages there is no connection: who reads slowly holds none.
        """
        totals = await self._rows(_TOTALS, (account,))
        balances = {asset: int(total) for _, asset, total in totals if asset is not None}
        before: Place = totals[0][0] + 1, 0
        unchosen = ChosenEntries(asset=chosen.asset)
        while True:
            rows = await self._rows(_NEWEST, _named(account, unchosen, before, _A_FETCH))
            found: list[BalancedEntry] = []
            for entry in (_entry(*row) for row in rows):
                if entry.time_us < chosen.from_us:
                    break
                if chosen.takes(entry):
                    found.append(BalancedEntry(entry, balances[entry.asset]))
                balances[entry.asset] -= entry.amount
            yield found
            if len(rows) < _A_FETCH or entry.time_us < chosen.from_us:
                return
            before = entry.sequence, entry.entry

    async def balances(self, account: int, until: int, before_us: int) -> dict[int, int]:
        """What the account had of each asset, of all up to a sequence and before a time."""
        values = {"account": account, "until": until, "before": time_text(before_us)}
        return {asset: int(units) for asset, units in await self._rows(_HELD, values)}

    async def _rows(self, query: LiteralString, values: Any) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(query, values)).fetchall()


def _named(account: int, chosen: ChosenEntries, before: Place | None, limit: int) -> dict[str, Any]:
    sequence, entry = before or _FIRST
    reasons = None if chosen.reasons is None else list(chosen.reasons)
    return {
        "account": account,
        "asset": chosen.asset,
        "market": chosen.market,
        "reasons": reasons,
        "from": time_text(chosen.from_us),
        "to": time_text(chosen.to_us),
        "sequence": sequence,
        "entry": entry,
        "limit": limit,
    }


def _entry(*row: Any) -> AccountEntry:
    sequence, entry, asset, amount, reason, market, reference, time = row
    return AccountEntry(sequence, entry, asset, int(amount), reason, market, reference, time_us(time))
