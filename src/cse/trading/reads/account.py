"""What an account has: its orders, fills and balances."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import ORDER_ID_LIMIT
from cse.engine.client import ReplicaClient
from cse.engine.models import ClosedOrder, DatedTrade, OpenOrder, Reading
from cse.ledger.models import ALWAYS, Chosen, Span
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.trading.models import Balance, Fill, Order
from cse.trading.reads.history import Listed, ListPlace, Page, closed_place, completed, fill_place, joined
from cse.trading.reads.lookup import Found, OrderLookup
from cse.trading.views.fills import fill_view, side_of
from cse.trading.views.orders import of_closed, of_open, order_view
from cse.trading.views.texts import ListedTexts


class AccountReads:
    """Reads orders, fills and balances of accounts."""

    def __init__(
        self,
        lookup: OrderLookup,
        replica: ReplicaClient,
        listing: Listing,
        ledger: Ledger,
        texts: ListedTexts,
    ) -> None:
        self.lookup = lookup
        self._replica = replica
        self._listing = listing
        self._ledger = ledger
        self._texts = texts

    async def order(self, account: int, order_id: int, min_sequence: int) -> Reading[Order]:
        """One of the account's orders; `order_unknown`."""
        found = await self.lookup.by_id(account, order_id, min_sequence)
        if found.value is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        return Reading(found.sequence, await self.view(found.value, found.sequence))

    async def order_by_client_id(
        self, account: int, client_order_id: str, min_sequence: int
    ) -> Reading[Order]:
        """The account's latest order under a client order id.

        Raises:
            CodedError: `order_unknown`: it is not there, and no order that had reached the leader
                before this question will be.
            Unavailable, NotYetVisible: that cannot be said at the moment.
        """
        found = await self.latest(account, client_order_id, min_sequence)
        if found.value is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        return Reading(found.sequence, await self.view(found.value, found.sequence))

    async def linked_order_ids(self, reading: Reading[Order]) -> list[str]:
        """The ids of the open orders with which the account's order that was read is linked, ascending."""
        if reading.value.status != "open":
            return []
        linked = await self._replica.linked_orders(int(reading.value.id), min_sequence=reading.sequence)
        return [str(order_id) for order_id in linked.value]

    async def latest(self, account: int, client_order_id: str, min_sequence: int) -> Reading[Found]:
        """The account's latest order under a client order id, or None where no order has it by now."""
        found = await self.lookup.by_client_id(account, client_order_id, min_sequence)
        if found.value is None:
            taken = max(min_sequence, await self.lookup.taken())
            found = await self.lookup.by_client_id(account, client_order_id, taken)
        return found

    async def orders(
        self, page: Page, status: Literal["open", "closed", "all"], min_sequence: int
    ) -> Listed[Order]:
        """A page of the account's orders: open ones newest first, then closed ones by closing.

        A place among the open ones is (0, order id).
        """
        items: list[Order] = []
        sequence = 0
        if status != "closed" and (page.before is None or page.before[0] == 0):
            # One more than fits tells whether there is another page.
            reading = await self._replica.open_orders(
                page.account,
                page.chosen.market,
                page.limit + 1,
                before=ORDER_ID_LIMIT if page.before is None else min(page.before[1], ORDER_ID_LIMIT),
                min_sequence=min_sequence,
            )
            found = await completed(list(reversed(reading.value)), self._ledger)
            sequence = reading.sequence
            items = [await self.view(order, sequence) for order in found[: page.limit]]
            if len(found) > page.limit:
                return Listed(sequence, items, (0, found[page.limit - 1].state.order_id))
            # What has closed since is shown as open here, and is not to be shown twice.
            page = page._replace(before=(sequence + 1, 0))
        if status == "open":
            return Listed(sequence, items, None)
        missing = page.limit - len(items)
        # One more than fits tells whether there is another page.
        closed = await self._closed_orders(page._replace(limit=missing + 1), min_sequence)
        shown = closed.value[:missing]
        items += [await self.view(order, closed.sequence) for order in shown]
        last_place = closed_place(shown[-1]) if shown else page.before
        more = len(closed.value) > missing
        return Listed(sequence or closed.sequence, items, last_place if more else None)

    async def fills(self, page: Page, min_sequence: int) -> Listed[Fill]:
        """A page of the account's trades, newest first."""
        account, chosen = page.account, page.chosen

        def is_chosen(trade: DatedTrade) -> bool:
            traded = trade.traded
            return chosen.takes(traded.market, side_of(traded, account), trade.time_us)

        reading = await joined(
            recent=partial(self._replica.fills, account, chosen.market, min_sequence=min_sequence),
            position=self._ledger.position,
            older=partial(self._ledger.fills, account, chosen),
            place=fill_place,
            page=page._replace(limit=page.limit + 1),
            is_chosen=is_chosen,
        )
        shown = reading.value[: page.limit]
        items = [fill_view(trade, account, await self._texts.of_id(trade.traded.market)) for trade in shown]
        more = len(reading.value) > page.limit
        return Listed(reading.sequence, items, fill_place(shown[-1]) if more else None)

    async def balances(self, account: int, min_sequence: int) -> Reading[list[Balance]]:
        """All balances of the account."""
        reading = await self._replica.balances(account, min_sequence=min_sequence)
        balances = [await self._balance(one.asset, one.available, one.locked) for one in reading.value]
        return Reading(reading.sequence, balances)

    async def balances_of(self, accounts: Sequence[int], min_sequence: int) -> Reading[list[Balance]]:
        """What accounts have together, all as of one sequence."""
        reading = await self._replica.balances_of(accounts, min_sequence=min_sequence)
        sums: dict[int, tuple[int, int]] = {}
        for states in reading.value:
            for state in states:
                available, locked = sums.get(state.asset, (0, 0))
                sums[state.asset] = available + state.available, locked + state.locked
        balances = [await self._balance(asset, *held) for asset, held in sorted(sums.items())]
        return Reading(reading.sequence, balances)

    async def _balance(self, number: int, available: int, locked: int) -> Balance:
        asset = await self._listing.asset_by_id(number)
        return Balance(asset.symbol, asset.format(available), asset.format(locked))

    async def page(
        self,
        account: int,
        market_name: str | None,
        before: ListPlace | None,
        limit: int,
        side: int = 0,
        span: Span = ALWAYS,
    ) -> Page:
        """What a page is wanted of, its market found; `market_unknown`."""
        return Page(account, await self.chosen(market_name, side, span), before, limit)

    async def chosen(self, market_name: str | None, side: int = 0, span: Span = ALWAYS) -> Chosen:
        """What is wanted of a list, its market found; `market_unknown`."""
        market = 0 if market_name is None else (await self._listing.market(market_name)).id
        return Chosen(market, side, *span)

    async def _closed_orders(self, page: Page, min_sequence: int) -> Reading[list[ClosedOrder]]:
        account, chosen = page.account, page.chosen

        def is_chosen(order: ClosedOrder) -> bool:
            return chosen.takes(order.closed.market, order.closed.side, order.closed_at_us)

        reading = await joined(
            recent=partial(self._replica.closed_orders, account, chosen.market, min_sequence=min_sequence),
            position=self._ledger.position,
            older=partial(self._ledger.closed_orders, account, chosen),
            place=closed_place,
            page=page,
            is_chosen=is_chosen,
        )
        return Reading(reading.sequence, await completed(reading.value, self._ledger))

    async def view(self, order: OpenOrder | ClosedOrder, sequence: int) -> Order:
        """An order as the API shows it, which was read at a sequence."""
        if isinstance(order, ClosedOrder):
            return order_view(of_closed(order), await self._texts.of_id(order.accepted.market))
        return order_view(of_open(order, sequence), await self._texts.of_id(order.state.market))
