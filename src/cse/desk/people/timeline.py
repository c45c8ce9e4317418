"""A person's past in one list: audit log, closed orders and transfers of all of their accounts, by time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.models import FoundPerson
from cse.accounts.sessions.devices import device_of
from cse.audit import log
from cse.audit.models import Event
from cse.desk.people.models import Place, Timeline, TimelineEntry, TimelineEvent, TimelineTransfer
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.models import ClosedOrder
from cse.ledger.models import EVERY, TransferEntry
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool
from cse.trading.reads.account import AccountReads
from cse.trading.views.transfers import reason_name

_PARTS: Final = 3


class _Found(NamedTuple):
    """An entry still to be shown, and the place behind it in its list."""

    time_us: int
    entry: Event | ClosedOrder | TransferEntry
    passed: Callable[[Place], Place]


class Timelines:
    """Reads them. `events` are connections as `cse.audit.roles.READ_ROLE`."""

    def __init__(self, events: Pool, ledger: Ledger, listing: Listing, orders: AccountReads) -> None:
        self._events = events
        self._ledger = ledger
        self._listing = listing
        self._orders = orders

    async def of(
        self, person: FoundPerson, accounts: Sequence[int], cursor: str | None, limit: int
    ) -> Timeline:
        """A page of the past of a person with these accounts, the latest first.

        Raises:
            CodedError: invalid_cursor.
        """
        place = Place() if cursor is None else read_cursor(cursor)
        # One more of each than fits tells whether there is another page.
        lists = [
            await self._past_events(person.id, place, limit + 1),
            await self._past_orders(accounts, place, limit + 1),
            await self._past_transfers(accounts, place, limit + 1),
        ]
        merged = heapq.merge(*lists, key=lambda found: -found.time_us)
        shown = list(islice(merged, limit))
        for found in shown:
            place = found.passed(place)
        more = sum(map(len, lists)) > len(shown)
        items = [await self._entry(found) for found in shown]
        return Timeline(items, cursor_of(place) if more else None)

    async def _past_events(self, person: UUID, place: Place, limit: int) -> list[_Found]:
        async with self._events.connection() as connection:
            events = await log.events_of(connection, person, place.event, limit)
        return [_event(event) for event in events]

    async def _past_orders(self, accounts: Sequence[int], place: Place, limit: int) -> list[_Found]:
        found = [
            order
            for account in accounts
            for order in await self._ledger.closed_orders(account, EVERY, place.order, limit)
        ]
        # Of one list in the order of its places, however many accounts it is of.
        found.sort(key=_order_place, reverse=True)
        return [_order(one) for one in found[:limit]]

    async def _past_transfers(self, accounts: Sequence[int], place: Place, limit: int) -> list[_Found]:
        found = [
            entry
            for account in accounts
            for entry in await self._ledger.transfers(account, place.transfer, limit)
        ]
        found.sort(key=_transfer_place, reverse=True)
        return [_transfer(one) for one in found[:limit]]

    async def _entry(self, found: _Found) -> TimelineEntry:
        at = format_time(found.time_us)
        match found.entry:
            case Event() as event:
                return TimelineEntry(at, str(event.id), event=_event_view(event))
            case ClosedOrder() as order:
                view = await self._orders.view(order, order.closed_sequence)
                return TimelineEntry(at, view.id, order=view)
            case TransferEntry() as entry:
                asset = await self._listing.asset_by_id(entry.asset)
                sign = "-" if entry.amount < 0 else ""
                amount = f"{sign}{asset.format(abs(entry.amount))}"
                shown = TimelineTransfer(asset.symbol, amount, reason_name(entry.reason))
                return TimelineEntry(at, str(entry.transfer), transfer=shown)


def cursor_of(place: Place) -> str:
    """A place as the text that goes on from there."""
    event = "" if place.event is None else str(place.event)
    return "_".join([event, _pair(place.order), _pair(place.transfer)])


def read_cursor(text: str) -> Place:
    """The place that a text stands for. Raises `CodedError` invalid_cursor."""
    parts = text.split("_")
    try:
        if len(parts) != _PARTS:
            raise ValueError("not three parts")
        return Place(UUID(parts[0]) if parts[0] else None, _read_pair(parts[1]), _read_pair(parts[2]))
    except ValueError:
        raise CodedError(codes.INVALID_CURSOR, field="cursor") from None


def _pair(pair: Sequence[int] | None) -> str:
    return "" if pair is None else f"{pair[0]}.{pair[1]}"


def _read_pair(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    first, dot, second = text.partition(".")
    if not (dot and first.isascii() and first.isdigit() and second.isascii() and second.isdigit()):
        raise ValueError("not two numbers")
    pair = int(first), int(second)
    if max(pair) >= 1 << 63:
        raise ValueError("beyond every place")
    return pair


def _event(event: Event) -> _Found:
    return _Found(event.time_us, event, lambda place: place._replace(event=event.id))


def _order_place(order: ClosedOrder) -> tuple[int, int]:
    return order.closed_sequence, order.closed.order_id


def _transfer_place(entry: TransferEntry) -> tuple[int, int]:
    return entry.sequence, entry.entry


def _order(order: ClosedOrder) -> _Found:
    behind = _order_place(order)
    return _Found(order.closed_at_us, order, lambda place: place._replace(order=behind))


def _transfer(entry: TransferEntry) -> _Found:
    behind = _transfer_place(entry)
    return _Found(entry.time_us, entry, lambda place: place._replace(transfer=behind))


def _event_view(event: Event) -> TimelineEvent:
    device = device_of(event.user_agent)
    return TimelineEvent(
        act=event.act,
        actor=event.actor,
        actor_name=event.actor_name,
        refused=event.refused or None,
        client=device.client,
        platform=device.platform,
        address=event.address or None,
        target=event.target or None,
        details={name: str(value) for name, value in event.details.items()},
    )
