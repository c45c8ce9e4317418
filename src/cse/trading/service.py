"""Use cases of trading: placing, cancelling, looking up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Literal

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import ORDER_ID_LIMIT
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.client import LeaderClient, Outcome, ReplicaClient, read_answer
from cse.engine.models import ClosedOrder, EngineError, OpenOrder, Reading
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.trading.answers.cancels import amended, cancelled
from cse.trading.answers.originals import original_list, original_placement
from cse.trading.answers.placements import ListPlacement, Placement, Repeated, placed, placed_list
from cse.trading.answers.refusals import names_a_limit, refusal, with_limit
from cse.trading.entry.order_lists import list_command, place_order_list
from cse.trading.entry.orders import amend_order, place_order, refuse_amend
from cse.trading.mass_cancels import MassCancels
from cse.trading.models import (
    AmendedOrder,
    Balance,
    Fill,
    NewOrder,
    NewOrderList,
    Order,
    PlacedOrderList,
    Replacement,
)
from cse.trading.reads.fees import FeeReads
from cse.trading.reads.history import Listed, ListPlace, Page, closed_place, completed, fill_place, joined
from cse.trading.reads.lookup import Found, OrderLookup
from cse.trading.replacements import Replaced, Replacements
from cse.trading.views.fills import fill_view
from cse.trading.views.orders import of_closed, of_open, order_view
from cse.trading.views.texts import MarketTexts


class Trading:
    """Orders, fills and balances of accounts."""

    def __init__(
        self, leader: LeaderClient, replica: ReplicaClient, listing: Listing, ledger: Ledger
    ) -> None:
        self._leader = leader
        self._replica = replica
        self._listing = listing
        self._ledger = ledger
        self._lookup = OrderLookup(leader, replica, ledger)
        self._replacements = Replacements(leader, replica, listing, self._lookup)
        self.mass_cancels = MassCancels(leader, replica, listing)
        self.fee_reads = FeeReads(replica, listing)
        self._texts: dict[str, MarketTexts] = {}
        self._looking_up: set[asyncio.Task[None]] = set()

    async def place(self, order: NewOrder, account: int) -> Placement:
        """Places an order; an order sent before under its client order id gets that answer.

        Raises:
            CodedError: the order is refused, and nothing has changed.
            OutcomeUnknown: whether it was placed is not known.
        """
        await self.prepare(order.market)
        future: asyncio.Future[Placement] = asyncio.get_running_loop().create_future()

        def settle(result: Placement | Exception) -> None:
            if future.done():
                return
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

        self.place_then(order, account, settle)
        return await future

    async def prepare(self, market_name: str) -> None:
        """Learns what `place_then` needs of a market; `market_unknown`."""
        if market_name not in self._texts:
            self._texts_of(await self._listing.market(market_name))

    def knows(self, market_name: str) -> bool:
        """Whether `place_then` can deal with orders of this market."""
        return market_name in self._texts

    def place_then(
        self, order: NewOrder, account: int, then: Callable[[Placement | Exception], None]
    ) -> None:
        """Does what `place` does, without a task, in a market that it `knows`.

        `then` is called once, with what `place` would return or raise; what is known at once is raised.
        """
        texts = self._texts[order.market]

        def answered(outcome: Outcome) -> None:
            try:
                answer = read_answer(outcome)
            except Exception as error:
                then(error)
                return
            sequence = answer.sequence
            try:
                result = placed(answer.events, sequence, answer.time_us, texts)
            except CodedError as error:
                if names_a_limit(error.code):
                    self._look_up(self._refuse(error, sequence, texts, command, then))
                else:
                    then(error)
                return
            except Exception as error:
                then(error)
                return
            if isinstance(result, bytes):
                then(Placement(result, sequence, False))
                return
            self._look_up(self._repeat(result, sequence, texts, then))

        command = place_order(order, texts, account)
        self._leader.submit_then(command.encode(), answered)

    async def amend(self, account: int, order_id: int, changes: AmendedOrder) -> Reading[Order]:
        """Amends an open order; what it is right afterwards.

        Raises:
            CodedError: the amend is refused, and nothing has changed; `order_not_open` and
                `order_unknown` as `cancel` raises them.
        """
        return await self._amend(account, (await self._lookup.by_id(account, order_id, 0)).value, changes)

    async def amend_by_client_id(
        self, account: int, client_order_id: str, changes: AmendedOrder
    ) -> Reading[Order]:
        """Amends an open order by the client's id; raises as `amend` does."""
        found = await self._latest(account, client_order_id, 0)
        return await self._amend(account, found.value, changes)

    async def _amend(self, account: int, found: Found, changes: AmendedOrder) -> Reading[Order]:
        if found is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        if isinstance(found, ClosedOrder):
            raise CodedError(codes.ORDER_NOT_OPEN)
        order_id, texts = found.state.order_id, await self._texts_by_id(found.state.market)
        command = amend_order(changes, texts, account, order_id)
        refuse_amend(changes, found.state)
        answer = await self._leader.submit(command.encode())
        code = amended(answer.events)
        if code == codes.ORDER_UNKNOWN.number:
            # It was open a moment ago.
            code = codes.ORDER_NOT_OPEN.number
        if code:
            refused = refusal(code, texts.market)
            raise await with_limit(refused, self._listing, texts.name, answer.sequence, [command])
        return await self._shown(account, order_id, answer.sequence)

    async def replace(self, account: int, replacement: Replacement) -> Replaced:
        """Cancels an order and places another, as one; raises as `Replacements.replace` does."""
        texts = self._texts_of(await self._listing.market(replacement.order.market))
        return await self._replacements.replace(account, replacement, texts)

    async def place_list(self, listed: NewOrderList, account: int) -> ListPlacement:
        """Places orders that are linked, all or none; a list sent before gets that answer.

        Raises:
            CodedError: they are refused, and nothing has changed.
            OutcomeUnknown: whether they were placed is not known.
        """
        texts = self._texts_of(await self._listing.market(listed.orders[0].market))
        orders = place_order_list(listed, texts, account)
        answer = await self._leader.submit(list_command(listed, orders))
        try:
            result = placed_list(answer.events, answer.sequence, answer.time_us, texts)
        except CodedError as error:
            raise await with_limit(error, self._listing, texts.name, answer.sequence, orders) from None
        if isinstance(result, PlacedOrderList):
            return ListPlacement(result, repeated=False)
        return ListPlacement(await original_list(self._replica, result, texts), repeated=True)

    async def cancel(self, account: int, order_id: int) -> Reading[Order]:
        """Cancels an open order by its id.

        Raises:
            CodedError: `order_not_open` for the account's own order that has closed before,
                `order_unknown` for what is not there or not the account's.
        """
        return await self._cancel(wire.CancelOrder(account, order_id, ""))

    async def cancel_by_client_id(self, account: int, client_order_id: str) -> Reading[Order]:
        """Cancels an open order by the client's id; raises as `cancel` does."""
        return await self._cancel(wire.CancelOrder(account, 0, client_order_id))

    async def order(self, account: int, order_id: int, min_sequence: int) -> Reading[Order]:
        """One of the account's orders; `order_unknown`."""
        found = await self._lookup.by_id(account, order_id, min_sequence)
        if found.value is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        return Reading(found.sequence, await self._view(found.value))

    async def order_by_client_id(
        self, account: int, client_order_id: str, min_sequence: int
    ) -> Reading[Order]:
        """The account's latest order under a client order id.

        Raises:
            CodedError: `order_unknown`: it is not there, and no order that had reached the leader
                before this question will be.
            Unavailable, NotYetVisible: that cannot be said at the moment.
        """
        found = await self._latest(account, client_order_id, min_sequence)
        if found.value is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        return Reading(found.sequence, await self._view(found.value))

    async def linked_order_ids(self, reading: Reading[Order]) -> list[str]:
        """The ids of the open orders with which the account's order that was read is linked, ascending."""
        if reading.value.status != "open":
            return []
        linked = await self._replica.linked_orders(int(reading.value.id), min_sequence=reading.sequence)
        return [str(order_id) for order_id in linked.value]

    async def _latest(self, account: int, client_order_id: str, min_sequence: int) -> Reading[Found]:
        found = await self._lookup.by_client_id(account, client_order_id, min_sequence)
        if found.value is None:
            taken = max(min_sequence, await self._lookup.taken())
            found = await self._lookup.by_client_id(account, client_order_id, taken)
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
                page.market,
                page.limit + 1,
                before=ORDER_ID_LIMIT if page.before is None else min(page.before[1], ORDER_ID_LIMIT),
                min_sequence=min_sequence,
            )
            found = await completed(list(reversed(reading.value)), self._ledger)
            sequence = reading.sequence
            items = [await self._view(order) for order in found[: page.limit]]
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
        items += [await self._view(order) for order in shown]
        last_place = closed_place(shown[-1]) if shown else page.before
        more = len(closed.value) > missing
        return Listed(sequence or closed.sequence, items, last_place if more else None)

    async def fills(self, page: Page, min_sequence: int) -> Listed[Fill]:
        """A page of the account's trades, newest first."""
        account, market = page.account, page.market
        reading = await joined(
            recent=partial(self._replica.fills, account, market, min_sequence=min_sequence),
            position=self._ledger.position,
            older=partial(self._ledger.fills, account, market),
            place=fill_place,
            page=page._replace(limit=page.limit + 1),
        )
        shown = reading.value[: page.limit]
        items = [fill_view(trade, account, await self._texts_by_id(trade.traded.market)) for trade in shown]
        more = len(reading.value) > page.limit
        return Listed(reading.sequence, items, fill_place(shown[-1]) if more else None)

    async def balances(self, account: int, min_sequence: int) -> Reading[list[Balance]]:
        """All balances of the account."""
        reading = await self._replica.balances(account, min_sequence=min_sequence)
        balances = []
        for state in reading.value:
            asset = await self._listing.asset_by_id(state.asset)
            available, locked = asset.format(state.available), asset.format(state.locked)
            balances.append(Balance(asset.symbol, available, locked))
        return Reading(reading.sequence, balances)

    async def page(self, account: int, market_name: str | None, before: ListPlace | None, limit: int) -> Page:
        """What a page is wanted of, its market found; `market_unknown`."""
        return Page(account, await self._market_id(market_name), before, limit)

    async def _closed_orders(self, page: Page, min_sequence: int) -> Reading[list[ClosedOrder]]:
        account, market = page.account, page.market
        reading = await joined(
            recent=partial(self._replica.closed_orders, account, market, min_sequence=min_sequence),
            position=self._ledger.position,
            older=partial(self._ledger.closed_orders, account, market),
            place=closed_place,
            page=page,
        )
        return Reading(reading.sequence, await completed(reading.value, self._ledger))

    async def _repeat(
        self,
        repeated: Repeated,
        sequence: int,
        texts: MarketTexts,
        then: Callable[[Placement | Exception], None],
    ) -> None:
        try:
            original = await original_placement(self._replica, repeated, texts)
        except Exception as error:
            then(error)
        else:
            then(Placement(original, sequence, True))

    async def _refuse(
        self,
        error: CodedError,
        sequence: int,
        texts: MarketTexts,
        command: wire.PlaceOrder,
        then: Callable[[Placement | Exception], None],
    ) -> None:
        then(await with_limit(error, self._listing, texts.name, sequence, [command]))

    def _look_up(self, rest: Coroutine[None, None, None]) -> None:
        """Does the rest of an answer that needs another look."""
        task = asyncio.create_task(rest)
        self._looking_up.add(task)
        task.add_done_callback(self._looking_up.discard)

    async def _cancel(self, command: wire.CancelOrder) -> Reading[Order]:
        answer = await self._leader.submit(command.encode())
        result = cancelled(answer.events)
        account, sequence = command.account, answer.sequence
        if isinstance(result, int):
            raise refusal(await self._lookup.code_of_miss(command, result, sequence), None)
        return await self._shown(account, result.order_id, sequence)

    async def _shown(self, account: int, order_id: int, sequence: int) -> Reading[Order]:
        """An order after a command that took effect on it at a sequence."""
        try:
            found = await self._lookup.by_id(account, order_id, sequence)
        except EngineError:
            found = Reading(sequence, None)
        if found.value is None:
            # It is done, and cannot be shown: that is for the client to look up.
            raise CodedError(codes.OUTCOME_UNKNOWN)
        return Reading(sequence, await self._view(found.value))

    async def _view(self, order: OpenOrder | ClosedOrder) -> Order:
        if isinstance(order, ClosedOrder):
            return order_view(of_closed(order), await self._texts_by_id(order.accepted.market))
        return order_view(of_open(order), await self._texts_by_id(order.state.market))

    async def _texts_by_id(self, market: int) -> MarketTexts:
        return self._texts_of(await self._listing.market_by_id(market))

    def _texts_of(self, market: Market) -> MarketTexts:
        found = self._texts.get(market.name)
        if found is None:
            found = self._texts[market.name] = MarketTexts(market)
        return found

    async def _market_id(self, name: str | None) -> int:
        return 0 if name is None else (await self._listing.market(name)).id
