"""Makes the ledger's rows anew: away with all of them, and the follower begins at the first group."""

from __future__ import annotations

from typing import Final

import psycopg

_TABLES: Final = (
    "epochs, assets, accounts, markets, fee_tiers, risk_limits, flags, balances, open_orders, "
    "closed_orders, trades, transfers, held_transfers, held_legs, entries"
)


def empty_ledger(url: str) -> None:
    """Drops every row of the ledger's schema, as the owner at `url`, in one transaction.

    A ledger that runs stops, for its position is gone; started again, it brings everything back from
    the event log. Until it has caught up, the closed orders and fills of the past are not found.
    """
    tables = ", ".join(f"ledger.{name.strip()}" for name in _TABLES.split(","))
    with psycopg.connect(url) as connection:
        connection.execute(f"TRUNCATE {tables}".encode())
        connection.execute(
            "UPDATE ledger.position SET epoch = DEFAULT, sequence = DEFAULT, chain = DEFAULT, time = DEFAULT"
        )
