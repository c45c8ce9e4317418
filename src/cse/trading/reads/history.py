"""How what PostgreSQL keeps of an account joins what the replica has.

The replica forgets a closed order or a fill once the ledger's position has passed it. So what is
read from the replica first and from PostgreSQL after is complete: PostgreSQL has all up to its
position, and the replica all behind it. What the replica keeps is bounded: when PostgreSQL is so far
behind that neither has something, that is said, and never shown as if it were not there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, Generic, NamedTuple, TypeVar

from cse.engine.models import ClosedOrder, DatedTrade, NotYetVisible, OpenOrder, Reading, RecentReading
from cse.engine.queries import LIMIT_MAX
from cse.ledger.models import Chosen
from cse.ledger.service import Ledger

# A place in a list that goes back in time: what comes next is before it.
ListPlace = tuple[int, int]
Entry = TypeVar("Entry")
Item = TypeVar("Item")
Order = TypeVar("Order", OpenOrder, ClosedOrder)

_RECENT_MIN: Final = 1_000


class Listed(NamedTuple, Generic[Item]):
    """A page; `next` is the place where the next one goes on."""

    sequence: int
    items: list[Item]
    next: ListPlace | None


class Page(NamedTuple):
    """How much of which list is wanted."""

    account: int
    chosen: Chosen
    before: ListPlace | None
    limit: int


def closed_place(order: ClosedOrder) -> ListPlace:
    """Where a closed order stands in its list."""
    return order.closed_sequence, order.closed.order_id


def fill_place(trade: DatedTrade) -> ListPlace:
    """Where a trade stands in its list."""
    return trade.sequence, trade.traded.trade_id


async def joined(
    recent: Callable[[int], Awaitable[RecentReading[list[Entry]]]],
    position: Callable[[], Awaitable[int]],
    older: Callable[[ListPlace | None, int], Awaitable[list[Entry]]],
    place: Callable[[Entry], ListPlace],
    page: Page,
    is_chosen: Callable[[Entry], bool] = lambda _: True,
) -> Reading[list[Entry]]:
    """One page of a list whose newest part is `recent` and whose rest is `older`.

    `recent` is asked for more until it fills the page or reaches back to the position of PostgreSQL,
    unless all that is wanted lies before that. What it has is chosen from; `older` chooses by itself.

    Raises:
        NotYetVisible: PostgreSQL is so far behind that neither has what the page begins with.
    """
    wanted = max(_RECENT_MIN, page.limit)
    while True:
        reading = await recent(wanted)
        reached = await position()
        behind = (reached + 1, 0)
        if page.before is not None and page.before <= behind:
            return Reading(reading.sequence, await older(page.before, page.limit))
        newest = [entry for entry in reading.value if place(entry)[0] > reached]
        entries = [
            entry
            for entry in newest
            if (page.before is None or place(entry) < page.before) and is_chosen(entry)
        ]
        if len(entries) >= page.limit:
            return Reading(reading.sequence, entries[: page.limit])
        if len(newest) < wanted:
            break
        if wanted == LIMIT_MAX:
            raise NotYetVisible(f"PostgreSQL is more than {LIMIT_MAX} entries behind")
        wanted = min(4 * wanted, LIMIT_MAX)
    require_joined(reached, reading.recent_from)
    # Behind the position there may be more by now than was reached: what is newer than the
    # reading would be out of order, and what both have is taken once.
    entries += await older(behind, page.limit - len(entries))
    return Reading(reading.sequence, entries)


async def completed(orders: list[Order], ledger: Ledger) -> list[Order]:
    """Orders of the replica, with what had become of them before what it has seen.

    Raises:
        NotYetVisible: PostgreSQL is so far behind that it has not seen that either.
    """
    incomplete = [_order_id(order) for order in orders if order.past.ledger_knows]
    if not incomplete:
        return orders
    known = await ledger.pasts(incomplete)
    if len(known) < len(set(incomplete)):
        raise NotYetVisible("PostgreSQL has not seen orders that the replica began with")
    return [
        order._replace(past=order.past.completed(known[_order_id(order)]))
        if order.past.ledger_knows
        else order
        for order in orders
    ]


def _order_id(order: OpenOrder | ClosedOrder) -> int:
    return order.state.order_id if isinstance(order, OpenOrder) else order.closed.order_id


def require_joined(position: int, recent_from: int) -> None:
    """Nothing may be missing between PostgreSQL's position and what the replica keeps.

    Raises:
        NotYetVisible: something may be.
    """
    if position < recent_from - 1:
        raise NotYetVisible(f"PostgreSQL has reached {position}, and the replica keeps from {recent_from} on")
