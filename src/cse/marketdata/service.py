"""Books, trades and tickers of markets."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain.markets import Market
from cse.engine.client import ReplicaClient
from cse.engine.models import DatedTrade, Depth, NotYetVisible, Reading
from cse.ledger.models import TradesSummary
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing

DAY_US: Final = 86_400_000_000
# As many of a market's newest trades as the replica keeps.
_RECENT_TRADES: Final = 1_000
# As many as the ledger is behind at most, mostly.
_NEWEST_TRADES: Final = 50
_NO_TRADE: Final = 1 << 62


class MarketDay(NamedTuple):
    """A market's book top, its last price (0 for none) and the trades of 24 hours, up to a time."""

    time_us: int
    depth: Depth
    trades: TradesSummary


class MarketData:
    """What everyone may see."""

    def __init__(self, replica: ReplicaClient, listing: Listing, ledger: Ledger) -> None:
        self._replica = replica
        self._listing = listing
        self._ledger = ledger

    async def market(self, name: str) -> Market:
        """The market of this name; `market_unknown`."""
        return await self._listing.market(name)

    async def listing(self, min_sequence: int) -> Reading[Listing]:
        """All assets and markets, read anew: status and fees are those of now."""
        return Reading(await self._listing.read(min_sequence), self._listing)

    async def depth(self, market: Market, levels: int, min_sequence: int) -> Reading[Depth]:
        """The best levels of both sides."""
        reading = await self._replica.depth(market.id, levels, min_sequence=min_sequence)
        assert reading.value is not None, "a listed market is known to the replica"
        return Reading(reading.sequence, reading.value)

    async def trades(
        self, market: Market, before_trade: int | None, limit: int, min_sequence: int
    ) -> Reading[list[DatedTrade]]:
        """Trades below an id, newest first: the newest from the replica, the rest from the ledger.

        Raises:
            NotYetVisible: the ledger does not have yet what follows on the replica's.
        """
        wanted = limit if before_trade is None else _RECENT_TRADES
        reading = await self._replica.trades(market.id, wanted, min_sequence=min_sequence)
        before = _NO_TRADE if before_trade is None else before_trade
        found = [trade for trade in reading.value if trade.traded.trade_id < before][:limit]
        # Ids are dense from 1, so what is missing is known without asking.
        oldest = min(before, _oldest(reading.value))
        if len(found) < limit and oldest > 1:
            older = await self._ledger.trades(market.id, oldest, limit - len(found))
            if reading.value:
                _require_next(older, oldest)
            found += older
        return Reading(reading.sequence, found)

    async def day(self, market: Market, now_us: int, min_sequence: int) -> Reading[MarketDay]:
        """The ticker's figures, exact over the 24 hours before `now_us`.

        Raises:
            NotYetVisible: the ledger does not have yet what follows on the replica's.
        """
        since_us = now_us - DAY_US
        reading = await self._replica.trades(market.id, _NEWEST_TRADES, min_sequence=min_sequence)
        try:
            summary = await self._summary(market.id, since_us, reading.value)
        except NotYetVisible:
            sequence = reading.sequence
            reading = await self._replica.trades(market.id, _RECENT_TRADES, min_sequence=sequence)
            summary = await self._summary(market.id, since_us, reading.value)
        depth = await self.depth(market, 1, reading.sequence)
        return Reading(depth.sequence, MarketDay(now_us, depth.value, summary))

    async def _summary(self, market: int, since_us: int, newest: list[DatedTrade]) -> TradesSummary:
        """The trades from a time on: `newest`, and those before them that the ledger has."""
        within = [trade for trade in newest if trade.time_us >= since_us]
        summary = summarise(within)
        oldest = _oldest(newest)
        if len(within) == len(newest) and oldest > 1:
            if newest:
                _require_next(await self._ledger.trades(market, oldest, 1), oldest)
            summary = _added(await self._ledger.summary(market, since_us, oldest), summary)
        return summary


def summarise(trades: list[DatedTrade]) -> TradesSummary:
    """The figures of trades that stand newest first."""
    if not trades:
        return TradesSummary(0, 0, 0, 0, 0, 0)
    prices = [trade.traded.price for trade in trades]
    return TradesSummary(
        trades=len(trades),
        first_price=prices[-1],
        high_price=max(prices),
        low_price=min(prices),
        quantity=sum(trade.traded.quantity for trade in trades),
        notional=sum(trade.traded.notional for trade in trades),
    )


def _added(older: TradesSummary, newer: TradesSummary) -> TradesSummary:
    if not older.trades or not newer.trades:
        return older if older.trades else newer
    return TradesSummary(
        trades=older.trades + newer.trades,
        first_price=older.first_price,
        high_price=max(older.high_price, newer.high_price),
        low_price=min(older.low_price, newer.low_price),
        quantity=older.quantity + newer.quantity,
        notional=older.notional + newer.notional,
    )


def _oldest(trades: list[DatedTrade]) -> int:
    """The lowest id among trades newest first; of none, one that is above all."""
    return trades[-1].traded.trade_id if trades else _NO_TRADE


def _require_next(older: list[DatedTrade], oldest: int) -> None:
    """Trades of the ledger go on right below `oldest`: without this check some could be left out."""
    if not older or older[0].traded.trade_id != oldest - 1:
        raise NotYetVisible(f"trade {oldest - 1} is not in PostgreSQL yet")
