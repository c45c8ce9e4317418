"""An account's past: the entries of its books by pages, and all of a list as a table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Final, TypeVar

import msgspec

from cse.engine.models import NotYetVisible
from cse.ledger.entry_reads import EntryReads
from cse.ledger.models import BalancedEntry, Chosen, ChosenEntries
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime import spreadsheets
from cse.trading.models import Fill, LedgerEntry, Order
from cse.trading.reads.history import Listed, ListPlace, closed_place, fill_place
from cse.trading.views.entries import entry_view
from cse.trading.views.fills import fill_view
from cse.trading.views.orders import of_closed, order_view
from cse.trading.views.texts import ListedTexts

Item = TypeVar("Item")

_LOOKS: Final = 10
_LOOK_S: Final = 0.02
_A_PAGE: Final = 1_000


class PastReads:
    """Reads what PostgreSQL has of an account's past."""

    def __init__(self, ledger: Ledger, entries: EntryReads, listing: Listing, texts: ListedTexts) -> None:
        self.listing = listing
        self._ledger = ledger
        self._entries = entries
        self._texts = texts

    async def entries(
        self, account: int, chosen: ChosenEntries, before: ListPlace | None, limit: int, min_sequence: int
    ) -> Listed[LedgerEntry]:
        """A page of the account's entries, newest first, as far as PostgreSQL has them."""
        position = await self._position(min_sequence)
        # One more than fits tells whether there is another page.
        found = await self._entries.page(account, chosen, before, limit + 1)
        items = [await self._view(one) for one in found[:limit]]
        place = None
        if len(found) > limit:
            last = found[limit - 1].entry
            place = last.sequence, last.entry
        return Listed(position, items, place)

    async def entry_table(self, account: int, chosen: ChosenEntries) -> AsyncIterator[bytes]:
        """All chosen entries as CSV, newest first."""
        yield _head(LedgerEntry)
        async for found in self._entries.all(account, chosen):
            yield _rows([await self._view(one) for one in found])

    async def order_table(self, account: int, chosen: Chosen) -> AsyncIterator[bytes]:
        """All chosen orders that have closed as CSV, newest first."""
        yield _head(Order)
        async for found in self._all(self._ledger.closed_orders, account, chosen, closed_place):
            yield _rows(
                [order_view(of_closed(one), await self._texts.of_id(one.accepted.market)) for one in found]
            )

    async def fill_table(self, account: int, chosen: Chosen) -> AsyncIterator[bytes]:
        """All chosen fills as CSV, newest first."""
        yield _head(Fill)
        async for found in self._all(self._ledger.fills, account, chosen, fill_place):
            yield _rows(
                [fill_view(one, account, await self._texts.of_id(one.traded.market)) for one in found]
            )

    async def _all(
        self,
        read: Callable[[int, Chosen, ListPlace | None, int], Awaitable[list[Item]]],
        account: int,
        chosen: Chosen,
        place: Callable[[Item], ListPlace],
    ) -> AsyncIterator[Sequence[Item]]:
        """All of a list as of one moment, page by page: who reads slowly holds no connection."""
        before: ListPlace = await self._ledger.position() + 1, 0
        while found := await read(account, chosen, before, _A_PAGE):
            yield found
            before = place(found[-1])

    async def _view(self, one: BalancedEntry) -> LedgerEntry:
        asset = await self.listing.asset_by_id(one.entry.asset)
        market = one.entry.market
        return entry_view(one, asset, (await self._texts.of_id(market)).name if market else None)

    async def _position(self, min_sequence: int) -> int:
        """How far PostgreSQL is, which has to be this far at least."""
        for _ in range(_LOOKS):
            position = await self._ledger.position()
            if position >= min_sequence:
                return position
            await asyncio.sleep(_LOOK_S)
        raise NotYetVisible(f"PostgreSQL has not reached {min_sequence}")


def _head(kind: type[msgspec.Struct]) -> bytes:
    return spreadsheets.lines([kind.__struct_fields__])


def _rows(items: Iterable[msgspec.Struct]) -> bytes:
    return spreadsheets.lines([_text(value) for value in msgspec.structs.astuple(one)] for one in items)


def _text(value: object) -> str:
    """A value as the API writes it; nothing where there is none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
