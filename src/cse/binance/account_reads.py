"""Orders and trades of an account in the order in which Binance lists them: ascending by id.

Our lists go back in time, orders by their closing. What begins somewhere is looked for from the newest back
to there, and refused where that is too far: part of it would pass for the whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, Literal, TypeVar

from cse.binance.parameters import Times
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.domain.markets import Market
from cse.engine.models import Reading
from cse.runtime.http.times import parse_time
from cse.trading.models import PAGE_MAX, Fill, Order
from cse.trading.reads.account import AccountReads
from cse.trading.reads.history import Listed, ListPlace

# So far back is looked.
_PAGES_MAX: Final = 20

Item = TypeVar("Item", Order, Fill)


class AccountLists:
    """Reads lists of one account."""

    def __init__(self, reads: AccountReads) -> None:
        self._reads = reads

    async def open_orders(
        self, account: int, market: Market | None, min_sequence: int
    ) -> Reading[list[Order]]:
        """All that are open, of a market or of all, oldest first."""
        found: list[Order] = []
        place: ListPlace | None = None
        sequence = min_sequence
        while True:
            listed = await self._orders(account, market, "open", place, PAGE_MAX, sequence)
            found += listed.items
            place, sequence = listed.next, max(sequence, listed.sequence)
            if place is None:
                return Reading(sequence, found[::-1])

    async def all_orders(
        self,
        account: int,
        market: Market,
        first_id: int | None,
        times: Times,
        limit: int,
        min_sequence: int,
    ) -> Reading[list[Order]]:
        """Orders from an id or a time on, the first of them; without either those open or closed last.

        An order is no older than its closing, so that none from a time on has closed before it.
        """
        since_us = times.start_us
        if first_id is not None:
            since_us = await self._placed_at(account, first_id, min_sequence)

        async def page(place: ListPlace | None) -> Listed[Order]:
            return await self._orders(account, market, "all", place, PAGE_MAX, min_sequence)

        def is_behind(order: Order) -> bool:
            return order.status != "open" and _time_us(order.updated_at) < (since_us or 0)

        def is_wanted(order: Order) -> bool:
            return int(order.id) >= (first_id or 0) and times.has(_time_us(order.created_at))

        enough = limit if first_id is None and times.start_us is None else None
        found = await _walked(page, is_behind, is_wanted, enough, "startTime")
        ascending = sorted(found.value, key=lambda order: int(order.id))
        return Reading(found.sequence, ascending[-limit:] if enough else ascending[:limit])

    async def closed_by(self, account: int, market: Market, sequence: int, count: int) -> list[Order]:
        """The orders that a cancel of so many closed at this sequence, ascending.

        What was linked with one of them has closed with it, and is not among those that it counts.
        """
        if not count:
            return []
        listed = await self._orders(account, market, "closed", (sequence + 1, 0), 2 * count, sequence)
        closed_at = listed.items[0].updated_at
        # One command has one time, and closes no more than this many.
        found = [order for order in listed.items if order.updated_at == closed_at or count > CANCELS_MAX]
        return sorted(found, key=lambda order: int(order.id))

    async def trades(
        self,
        account: int,
        market: Market,
        order_id: int | None,
        first_id: int | None,
        times: Times,
        limit: int,
        min_sequence: int,
    ) -> Reading[list[Fill]]:
        """Trades of an order, or from an id or a time on, the first of them; without any the last."""
        since_us = times.start_us
        if order_id is not None:
            since_us = await self._placed_at(account, order_id, min_sequence)

        async def page(place: ListPlace | None) -> Listed[Fill]:
            asked = await self._reads.page(account, market.name, place, PAGE_MAX)
            return await self._reads.fills(asked, min_sequence)

        def is_behind(fill: Fill) -> bool:
            return _time_us(fill.time) < (since_us or 0) or int(fill.trade_id) < (first_id or 0)

        def is_wanted(fill: Fill) -> bool:
            is_of_order = order_id is None or int(fill.order_id) == order_id
            return is_of_order and not is_behind(fill) and times.has(_time_us(fill.time))

        begins = order_id is not None or first_id is not None or times.start_us is not None
        found = await _walked(page, is_behind, is_wanted, None if begins else limit, "startTime")
        ascending = sorted(found.value, key=lambda fill: int(fill.trade_id))
        return Reading(found.sequence, ascending[:limit] if begins else ascending[-limit:])

    async def _orders(
        self,
        account: int,
        market: Market | None,
        status: Literal["open", "closed", "all"],
        place: ListPlace | None,
        limit: int,
        min_sequence: int,
    ) -> Listed[Order]:
        page = await self._reads.page(account, None if market is None else market.name, place, limit)
        return await self._reads.orders(page, status, min_sequence)

    async def _placed_at(self, account: int, order_id: int, min_sequence: int) -> int:
        """When an order was placed; 0 for one that is not the account's."""
        try:
            found = await self._reads.order(account, order_id, min_sequence)
        except CodedError as error:
            if error.code is not codes.ORDER_UNKNOWN:
                raise
            return 0
        return _time_us(found.value.created_at)


async def _walked(
    page: Callable[[ListPlace | None], Awaitable[Listed[Item]]],
    is_behind: Callable[[Item], bool],
    is_wanted: Callable[[Item], bool],
    enough: int | None,
    field: str,
) -> Reading[list[Item]]:
    """What is wanted of a list that goes back, up to what lies behind all of it, or until it is enough."""
    found: list[Item] = []
    place: ListPlace | None = None
    sequence = 0
    for _ in range(_PAGES_MAX):
        listed = await page(place)
        sequence = sequence or listed.sequence
        found += [item for item in listed.items if is_wanted(item)]
        place = listed.next
        ends = place is None or (listed.items and is_behind(listed.items[-1]))
        if ends or (enough is not None and len(found) >= enough):
            return Reading(sequence, found)
    raise CodedError(codes.INVALID_FIELD, field=field, reason="it is too long ago")


def _time_us(text: str) -> int:
    return parse_time(text, field="time")
