"""What PostgreSQL keeps for market data."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from cse.engine.models import DatedTrade


class TradesSummary(NamedTuple):
    """Figures of a run of trades: prices in ticks, volume in lots, turnover in quote units.

    With no `trades` the other figures mean nothing.
    """

    trades: int
    first_price: int
    high_price: int
    low_price: int
    quantity: int
    notional: int


class History(Protocol):
    """The part of the ledger that market data reads."""

    async def trades(self, market: int, before_trade: int, limit: int) -> list[DatedTrade]:
        """Trades with an id below `before_trade`, newest first."""

    async def summary(self, market: int, since_us: int, before_trade: int) -> TradesSummary:
        """The trades from a time on, with an id below `before_trade`."""
