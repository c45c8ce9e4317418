"""A market's trades: the newest from the replica, the older ones from the ledger, none between left out."""

from __future__ import annotations

from typing import Final

from cse.engine.client import ReplicaClient
from cse.engine.models import DatedTrade, NotYetVisible, Reading
from cse.ledger.service import Ledger

# As many of a market's newest trades as the replica keeps.
_RECENT_TRADES: Final = 1_000
# As many as the database is behind at most, mostly.
_NEWEST_TRADES: Final = 50
_NO_TRADE: Final = 1 << 62


class TradeHistory:
    """Reads by trade id, which is dense from 1 in each market: so a trade that is missing is known."""

    def __init__(self, replica: ReplicaClient, ledger: Ledger) -> None:
        self._replica = replica
        self._ledger = ledger

    async def before(
        self, market: int, before_trade: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades below an id, newest first.

        Raises:
            NotYetVisible: the ledger does not have yet what follows on the replica's.
        """
        wanted = limit if before_trade is None else _RECENT_TRADES
        reading = await self._replica.trades(market, wanted, min_sequence=min_sequence)
        before = _NO_TRADE if before_trade is None else before_trade
        found = [trade for trade in reading.value if trade.traded.trade_id < before][:limit]
        oldest = min(before, _oldest(reading.value))
        if len(found) < limit and oldest > 1:
            older = await self._ledger.trades(market, oldest, limit - len(found))
            if reading.value:
                _require_next(older[0] if older else None, oldest - 1)
            found += older
        return Reading(reading.sequence, found)

    async def after(
        self, market: int, after_trade: int, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades above an id, ascending.

        Raises:
            NotYetVisible: the ledger does not have yet what the replica's follow on.
        """
        for wanted in (_NEWEST_TRADES, _RECENT_TRADES):
            reading = await self._replica.trades(market, wanted, min_sequence=min_sequence)
            min_sequence = reading.sequence
            kept = reading.value[::-1]
            if len(kept) < wanted or kept[0].traded.trade_id <= after_trade + 1:
                break
        if kept and kept[0].traded.trade_id <= after_trade + 1:
            found = [trade for trade in kept if trade.traded.trade_id > after_trade]
            return Reading(reading.sequence, found[:limit])
        found = await self._ledger.trades_after(market, after_trade, limit)
        if kept and len(found) < limit:
            last = found[-1].traded.trade_id if found else after_trade
            if last + 1 < kept[0].traded.trade_id:
                raise NotYetVisible(f"trade {last + 1} is not in PostgreSQL yet")
            found += [trade for trade in kept if trade.traded.trade_id > last]
        return Reading(reading.sequence, found[:limit])


def _oldest(trades: list[DatedTrade]) -> int:
    """The lowest id among trades newest first; of none, one that is above all."""
    return trades[-1].traded.trade_id if trades else _NO_TRADE


def _require_next(older: DatedTrade | None, trade_id: int) -> None:
    """Trades of the ledger go on with this one: without this check some could be left out."""
    if older is None or older.traded.trade_id != trade_id:
        raise NotYetVisible(f"trade {trade_id} is not in PostgreSQL yet")
