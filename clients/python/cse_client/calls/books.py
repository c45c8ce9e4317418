"""What became of an account: its ledger, statements, worth, and the same as files."""

from __future__ import annotations

from collections.abc import AsyncIterator

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.models import CostMethod, LedgerEntry, Side
from cse_client.pages import all_items
from cse_client.requests import target


class BookCalls(Calls):
    """The books of an account. Times are RFC 3339; `start` is taken in, `end` is not."""

    async def portfolio(self, cost: CostMethod = "average") -> models.PortfolioView:
        """What the account has, what it cost by a method, gained and is worth."""
        return await self._requests.ask("GET", target("portfolio", cost=cost), models.PortfolioView)

    async def portfolio_value(self, period: models.Period = "all") -> models.ValueHistory:
        """What the account was worth over a period, and its return without deposits."""
        path = target("portfolio", "value", period=period)
        return await self._requests.ask("GET", path, models.ValueHistory)

    async def statement(self, period: str, cost: CostMethod = "average") -> models.StatementView:
        """What became of the account over `2026-01`, `2026-Q1` or `2026`."""
        path = target("statement", period=period, cost=cost)
        return await self._requests.ask("GET", path, models.StatementView)

    async def statement_csv(self, period: str, cost: CostMethod = "average") -> bytes:
        """The same as CSV."""
        path = target("statement", "csv", period=period, cost=cost)
        return await self._requests.ask("GET", path, bytes)

    async def statement_pdf(self, period: str, cost: CostMethod = "average") -> bytes:
        """The same as a PDF."""
        path = target("statement", "pdf", period=period, cost=cost)
        return await self._requests.ask("GET", path, bytes)

    async def ledger(
        self,
        asset: str | None = None,
        kind: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
        *,
        market: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> models.LedgerEntries:
        """A page of the account's entries, newest first, each with the balance that it left.

        `kind` is one of the description's, such as `trade` or `faucet`.
        """
        chosen = {"asset": asset, "kind": kind, "market": market, "from": start, "to": end}
        path = target("ledger", **chosen, limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.LedgerEntries)

    def all_ledger(self, asset: str | None = None, kind: str | None = None) -> AsyncIterator[LedgerEntry]:
        """All entries, newest first."""
        return all_items(lambda cursor: self.ledger(asset, kind, 500, cursor))

    async def ledger_csv(
        self,
        asset: str | None = None,
        kind: str | None = None,
        *,
        market: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> bytes:
        """All entries as CSV."""
        chosen = {"asset": asset, "kind": kind, "market": market, "from": start, "to": end}
        return await self._requests.ask("GET", target("csv", "ledger", **chosen), bytes)

    async def orders_csv(
        self,
        market: str | None = None,
        side: Side | None = None,
        *,
        start: str | None = None,
        end: str | None = None,
    ) -> bytes:
        """All closed orders as CSV, by when they closed."""
        return await self._past("orders", market, side, start, end)

    async def fills_csv(
        self,
        market: str | None = None,
        side: Side | None = None,
        *,
        start: str | None = None,
        end: str | None = None,
    ) -> bytes:
        """All fills as CSV."""
        return await self._past("fills", market, side, start, end)

    async def _past(
        self, name: str, market: str | None, side: Side | None, start: str | None, end: str | None
    ) -> bytes:
        path = target("csv", name, **{"market": market, "side": side, "from": start, "to": end})
        return await self._requests.ask("GET", path, bytes)
