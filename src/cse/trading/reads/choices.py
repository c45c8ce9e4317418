"""What a query chooses from a list of the past."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.enumerations import Side
from cse.domain.errors import CodedError
from cse.ledger.models import ALWAYS, ChosenEntries, Span
from cse.marketdata.listing import Listing
from cse.runtime.http.times import parse_time
from cse.trading.models import ENTRY_KINDS, AllLedgerQuery, LedgerQuery

SIDES: Final = {None: 0, "buy": int(Side.BUY), "sell": int(Side.SELL)}


def span_of(from_: str | None, to: str | None) -> Span:
    """The time between two of the wire; `invalid_field`."""
    return Span(
        ALWAYS.from_us if from_ is None else max(ALWAYS.from_us, parse_time(from_, field="from")),
        ALWAYS.to_us if to is None else min(ALWAYS.to_us, max(ALWAYS.from_us, parse_time(to, field="to"))),
    )


async def chosen_entries(query: LedgerQuery | AllLedgerQuery, listing: Listing) -> ChosenEntries:
    """The entries that a query means; `asset_unknown`, `market_unknown`, `invalid_field`."""
    asset = 0 if query.asset is None else (await listing.asset(query.asset)).id
    market = 0 if query.market is None else (await listing.market(query.market)).id
    reasons = None
    if query.kind is not None:
        if query.kind not in ENTRY_KINDS:
            expected = ", ".join(ENTRY_KINDS)
            raise CodedError(codes.INVALID_FIELD, field="kind", reason=f"expected one of {expected}")
        reasons = (ENTRY_KINDS[query.kind],)
    return ChosenEntries(asset, market, reasons, *span_of(query.from_, query.to))
