"""What a person was given of play money, day by day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

from cse.marketdata.listing import Listing
from cse.runtime.exporting import Row, Subject, Whose, selected
from cse.runtime.postgres import Connected

_DAYS: Final = selected(
    "SELECT day, asset, units::text FROM faucet.daily_totals WHERE person = %(person)s ORDER BY day, asset"
)


def subjects(listing: Listing) -> tuple[Subject, ...]:
    """What the faucet gives out."""

    async def days(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        async for rows in _DAYS(connection, whose):
            named = []
            for row in rows:
                asset = await listing.asset_by_id(row["asset"])
                named.append(
                    {"day": row["day"], "asset": asset.symbol, "amount": asset.format(int(row["units"]))}
                )
            yield named

    return (Subject("faucet", ("faucet.daily_totals",), days, ("day", "asset", "amount")),)
