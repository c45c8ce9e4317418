"""Double entries: what is taken from one account and given to another, numbered within a group."""

from __future__ import annotations

from typing import Final

from cse.ledger.batch import Batch

ENTRY_LINE: Final = "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n"


def enter(
    batch: Batch, account: int, asset: int, amount: int, reason: int, market: int, reference: int
) -> None:
    """Adds one entry of the group at hand."""
    batch.entry += 1
    batch.rows += 1
    row = (batch.sequence, batch.entry, account, asset, amount, reason, market, reference, batch.time)
    batch.entries.append(ENTRY_LINE % row)
