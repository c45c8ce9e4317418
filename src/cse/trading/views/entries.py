"""Entries of the ledger as the API shows them to whose account it is."""

from __future__ import annotations

from typing import Final

from cse.domain.assets import Asset
from cse.ledger.models import BalancedEntry
from cse.runtime.http.times import format_time
from cse.trading.models import ENTRY_KINDS, LedgerEntry

_KINDS: Final = {number: word for word, number in ENTRY_KINDS.items()}


def kind_name(reason: int) -> str:
    """Why an entry is there, as the API writes it; the number of a reason that this build does not know."""
    return _KINDS.get(reason, str(reason))


def entry_view(one: BalancedEntry, asset: Asset, market: str | None) -> LedgerEntry:
    """An entry with the balance that it left."""
    entry = one.entry
    return LedgerEntry(
        id=f"{entry.sequence}-{entry.entry}",
        time=format_time(entry.time_us),
        kind=kind_name(entry.reason),
        asset=asset.symbol,
        amount=asset.format(entry.amount),
        balance=asset.format(one.balance),
        market=market,
        reference=str(entry.reference),
        sequence=str(entry.sequence),
    )
