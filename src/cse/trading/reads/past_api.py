"""Routes of an account's books and of its past as tables: parse, call, answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

from cse.domain import codes
from cse.ledger.models import Chosen
from cse.runtime.http.query import read_cursor, write_cursor
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, about_an_account, answer
from cse.trading.models import AllLedgerQuery, LedgerEntries, LedgerQuery, PastQuery
from cse.trading.reads.account import AccountReads
from cse.trading.reads.choices import SIDES, chosen_entries, span_of
from cse.trading.reads.past import PastReads

_CSV = "text/csv"
# All of a past is read, however long it is.
_WEIGHT = 50


class PastApi:
    """Parse, call, answer."""

    def __init__(self, past: PastReads, reads: AccountReads) -> None:
        self._past = past
        self._reads = reads

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        read, of_lists = Access.READ, (codes.MARKET_UNKNOWN,)
        of_books = (codes.MARKET_UNKNOWN, codes.ASSET_UNKNOWN)
        return about_an_account([
            Route(
                "GET", "/api/ledger", read,
                "Lists every entry of the account's books, each with the balance that it left.",
                LedgerEntries, handler=self.ledger, query=LedgerQuery,
                codes=(*of_books, codes.INVALID_CURSOR), weight=10,
            ),
            Route(
                "GET", "/api/csv/ledger", read, "All entries of the account's books as CSV.", str,
                handler=self.ledger_table, query=AllLedgerQuery, content_type=_CSV, codes=of_books,
                weight=_WEIGHT,
            ),
            Route(
                "GET", "/api/csv/orders", read, "All closed orders of the account as CSV.", str,
                handler=self.order_table, query=PastQuery, content_type=_CSV, codes=of_lists,
                weight=_WEIGHT,
            ),
            Route(
                "GET", "/api/csv/fills", read, "All fills of the account as CSV.", str,
                handler=self.fill_table, query=PastQuery, content_type=_CSV, codes=of_lists,
                weight=_WEIGHT,
            ),
        ])  # fmt: skip

    async def ledger(self, call: Call[Nothing, LedgerQuery]) -> Reply:
        """GET /api/ledger."""
        query = call.query
        chosen = await chosen_entries(query, self._past.listing)
        before = None
        if query.cursor is not None:
            sequence, entry = read_cursor(query.cursor, 2)
            before = sequence, entry
        account = call.person.account
        listed = await self._past.entries(account, chosen, before, query.limit, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(LedgerEntries(listed.items, cursor, str(listed.sequence)), listed.sequence)

    async def ledger_table(self, call: Call[Nothing, AllLedgerQuery]) -> Reply:
        """GET /api/csv/ledger."""
        chosen = await chosen_entries(call.query, self._past.listing)
        return _table("ledger", self._past.entry_table(call.person.account, chosen))

    async def order_table(self, call: Call[Nothing, PastQuery]) -> Reply:
        """GET /api/csv/orders."""
        chosen = await self._chosen(call.query)
        return _table("orders", self._past.order_table(call.person.account, chosen))

    async def fill_table(self, call: Call[Nothing, PastQuery]) -> Reply:
        """GET /api/csv/fills."""
        chosen = await self._chosen(call.query)
        return _table("fills", self._past.fill_table(call.person.account, chosen))

    async def _chosen(self, query: PastQuery) -> Chosen:
        return await self._reads.chosen(query.market, SIDES[query.side], span_of(query.from_, query.to))


def _table(name: str, pages: AsyncIterator[bytes]) -> Reply:
    return Reply(
        b"",
        headers=((b"content-disposition", f'attachment; filename="{name}.csv"'.encode()),),
        content_type=b"text/csv; charset=utf-8",
        stream=pages,
    )
