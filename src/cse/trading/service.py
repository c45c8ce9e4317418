"""Use cases of trading: placing, amending, replacing and cancelling orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.client import LeaderClient, ReplicaClient, read_answer
from cse.engine.models import Answer, ClosedOrder, EngineError, Reading
from cse.engine.pipeline import Outcome
from cse.marketdata.listing import Listing
from cse.trading.answers.amends import amend_result, amended
from cse.trading.answers.cancels import cancelled
from cse.trading.answers.originals import original_list, original_placement
from cse.trading.answers.placements import ListPlacement, Placement, Repeated, placed, placed_list
from cse.trading.answers.refusals import names_a_limit, refusal, with_limit
from cse.trading.entry.order_lists import list_command, place_order_list
from cse.trading.entry.orders import amend_order, place_order, refuse_amend
from cse.trading.models import (
    AmendedOrder,
    AmendResult,
    NewOrder,
    NewOrderList,
    Order,
    PlacedOrderList,
    Replacement,
)
from cse.trading.reads.account import AccountReads
from cse.trading.reads.lookup import Found
from cse.trading.replacements import Replaced, Replacements
from cse.trading.views.texts import ListedTexts, MarketTexts


class Trading:
    """Places, amends, replaces and cancels orders of accounts."""

    def __init__(
        self,
        leader: LeaderClient,
        replica: ReplicaClient,
        listing: Listing,
        reads: AccountReads,
        texts: ListedTexts,
    ) -> None:
        self._leader = leader
        self._replica = replica
        self._listing = listing
        self._reads = reads
        self._texts = texts
        self._replacements = Replacements(leader, replica, listing, reads.lookup)
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

    async def check(self, order: NewOrder, account: int) -> None:
        """Looks at an order as far as nothing but the order says; places nothing.

        Raises:
            CodedError: it would be refused, whatever the state is.
        """
        place_order(order, await self._texts.of_name(order.market), account)

    async def prepare(self, market_name: str) -> None:
        """Learns what `place_then` needs of a market; `market_unknown`."""
        if not self.knows(market_name):
            await self._texts.of_name(market_name)

    def knows(self, market_name: str) -> bool:
        """Whether `place_then` can deal with orders of this market."""
        return self._texts.known(market_name) is not None

    def place_then(
        self, order: NewOrder, account: int, then: Callable[[Placement | Exception], None]
    ) -> None:
        """Does what `place` does, without a task, in a market that it `knows`.

        `then` is called once, with what `place` would return or raise; what is known at once is raised.
        """
        texts = self._texts.known(order.market)
        assert texts is not None, "the market is known"

        def answered(outcome: Outcome) -> None:
            try:
                answer = read_answer(outcome)
            except Exception as error:
                then(error)
                return
            sequence = answer.sequence
            try:
                result = placed(answer.events, sequence, answer.time_us, texts, (command,))
            except CodedError as error:
                if names_a_limit(error.code):
                    self._look_up(self._refuse(error, answer, texts, command, then))
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

    async def amend(self, account: int, order_id: int, changes: AmendedOrder) -> Reading[AmendResult]:
        """Amends an open order; what it is right afterwards, and what it met.

        Raises:
            CodedError: the amend is refused, and nothing has changed; `order_not_open` and
                `order_unknown` as `cancel` raises them.
        """
        found = await self._reads.lookup.by_id(account, order_id, 0)
        return await self._amend(account, found.value, changes)

    async def amend_by_client_id(
        self, account: int, client_order_id: str, changes: AmendedOrder
    ) -> Reading[AmendResult]:
        """Amends an open order by the client's id; raises as `amend` does."""
        found = await self._reads.latest(account, client_order_id, 0)
        return await self._amend(account, found.value, changes)

    async def _amend(self, account: int, found: Found, changes: AmendedOrder) -> Reading[AmendResult]:
        if found is None:
            raise CodedError(codes.ORDER_UNKNOWN)
        if isinstance(found, ClosedOrder):
            raise CodedError(codes.ORDER_NOT_OPEN)
        order_id, texts = found.state.order_id, await self._texts.of_id(found.state.market)
        command = amend_order(changes, texts, account, order_id)
        refuse_amend(changes, found.state)
        answer = await self._leader.submit(command.encode())
        code = amended(answer.events)
        if code == codes.ORDER_UNKNOWN.number:
            # It was open a moment ago.
            code = codes.ORDER_NOT_OPEN.number
        if code:
            refused = refusal(code, texts.market)
            raise await with_limit(refused, self._listing, texts.name, answer, [command])
        order = (await self._shown(account, order_id, answer.sequence)).value
        return Reading(answer.sequence, amend_result(order, answer, texts))

    async def replace(self, account: int, replacement: Replacement) -> Replaced:
        """Cancels an order and places another, as one; raises as `Replacements.replace` does."""
        texts = await self._texts.of_name(replacement.order.market)
        return await self._replacements.replace(account, replacement, texts)

    async def place_list(self, listed: NewOrderList, account: int) -> ListPlacement:
        """Places orders that are linked, all or none; a list sent before gets that answer.

        Raises:
            CodedError: they are refused, and nothing has changed.
            OutcomeUnknown: whether they were placed is not known.
        """
        texts = await self._texts.of_name(listed.orders[0].market)
        orders = place_order_list(listed, texts, account)
        answer = await self._leader.submit(list_command(listed, orders))
        try:
            result = placed_list(answer.events, answer.sequence, answer.time_us, texts, orders)
        except CodedError as error:
            raise await with_limit(error, self._listing, texts.name, answer, orders) from None
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
        answer: Answer,
        texts: MarketTexts,
        command: wire.PlaceOrder,
        then: Callable[[Placement | Exception], None],
    ) -> None:
        then(await with_limit(error, self._listing, texts.name, answer, [command]))

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
            raise refusal(await self._reads.lookup.code_of_miss(command, result, sequence), None)
        return await self._shown(account, result.order_id, sequence)

    async def _shown(self, account: int, order_id: int, sequence: int) -> Reading[Order]:
        """An order after a command that took effect on it at a sequence."""
        try:
            found = await self._reads.lookup.by_id(account, order_id, sequence)
        except EngineError:
            found = Reading(sequence, None)
        if found.value is None:
            # It is done, and cannot be shown: that is for the client to look up.
            raise CodedError(codes.OUTCOME_UNKNOWN)
        return Reading(sequence, await self._reads.view(found.value, found.sequence))
