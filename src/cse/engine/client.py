"""Clients of the leader and of the replica, for processes on asyncio.

What they ask and how they understand the replies stands in `conversation`, `queries` and `readings`;
the connection is in `pipeline`, its socket in `transport`. A client is opened once, reconnects on its own
and may be used by any number of tasks at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from struct import Struct
from typing import Final, Self, TypeVar

from cse.domain import codes
from cse.domain.limits import ORDER_ID_LIMIT
from cse.engine import queries, readings, wire
from cse.engine.models import (
    Answer,
    ClosedOrder,
    DatedTrade,
    Depth,
    EngineError,
    EngineRefused,
    FoundOrder,
    Group,
    JournalPosition,
    NotYetVisible,
    OpenOrder,
    OpenState,
    OutcomeUnknown,
    Reading,
    RecentReading,
    RiskNow,
    Unavailable,
    own_events,
)
from cse.engine.pipeline import Outcome, Pipeline, Waiter

_REQUEST_HEAD: Final = Struct("<HHIQ")
_REQUEST_KIND: Final = wire.Request.KIND
_REQUEST_WIDTH: Final = wire.Request.WIDTH
# Of an `Answer` and the `Group` in it: epoch, sequence, time.
_ANSWER_BEGIN: Final = wire.Answer.KIND.to_bytes(2, "little")
_ANSWER_HEAD: Final = Struct("<16xQ8xQq")
_EVENTS_AT: Final = wire.Answer.WIDTH + wire.Group.WIDTH

Value = TypeVar("Value")


class _Client:
    """What both clients have in common: a pipeline with a lifetime."""

    def __init__(self, path: str | Path) -> None:
        self._pipeline = Pipeline(path)

    @property
    def connected(self) -> bool:
        return self._pipeline.connected

    def open(self) -> None:
        """Begins to connect; calls fail with `Unavailable` until that is done."""
        self._pipeline.open()

    async def wait_connected(self, timeout_s: float) -> bool:
        """Whether there is a connection, after at most so long."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._pipeline.wait_connected()
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        await self._pipeline.close()

    async def __aenter__(self) -> Self:
        self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class LeaderClient(_Client):
    """Sends commands to the leader, at `run/leader.sock` of the data directory."""

    async def submit(self, command: bytes, *, timeout_s: float = 5.0) -> Answer:
        """Has one command carried out; returns once that is durable.

        Raises:
            EngineRefused: it was not journalled; nothing happened.
            Unavailable: it was surely not sent; nothing happened.
            OutcomeUnknown: it was sent, and the connection was lost or time ran out. The same
                client order id sent again gives `OrderRepeated`, whose original answer the
                replica finds under `original_sequence`.
        """
        frame = self._request(command)
        return read_answer(await self._pipeline.call(frame, timeout_s))

    def submit_then(self, command: bytes, then: Waiter, *, timeout_s: float = 5.0) -> None:
        """Does what `submit` does, without a task: `then` gets what `read_answer` reads.

        Raises `EngineRefused` or `Unavailable` where that is known at once.
        """
        self._pipeline.call_then(self._request(command), then, timeout_s)

    def _request(self, command: bytes) -> tuple[bytes, bytes]:
        length = _REQUEST_WIDTH + len(command)
        return _REQUEST_HEAD.pack(_REQUEST_KIND, 0, length, self._pipeline.next_number), command

    async def status(self, *, timeout_s: float = 1.0) -> dict[str, object]:
        """How the leader is: see `leader.LeaderCycle.status`."""
        frame = queries.encode(self._pipeline.next_number, 0, queries.Status())
        reading = queries.decode_reading(await self._pipeline.call((frame,), timeout_s))
        return readings.as_status(reading.value)


def read_answer(outcome: Outcome) -> Answer:
    """The answer in a leader's frame; raises `EngineRefused` for a refusal, and what is an error."""
    if isinstance(outcome, EngineError):
        raise outcome
    if outcome.startswith(_ANSWER_BEGIN):
        epoch, sequence, time_us = _ANSWER_HEAD.unpack_from(outcome)
        return Answer(epoch, sequence, time_us, own_events(outcome[_EVENTS_AT:]))
    raise EngineRefused(wire.Refusal.decode(outcome).code)


class ReplicaClient(_Client):
    """Reads from the replica, at `run/replica.sock` of the data directory.

    A reading reflects at least what was durable when the replica took the query, and
    `min_sequence`. Every method raises `NotYetVisible` when that is not reached in time,
    `EngineRefused` for a query the replica does not know or cannot answer from a damaged event log, and
    `Unavailable` without an answer.
    """

    async def status(self) -> dict[str, object]:
        """How the replica is: see `replica.Reader.status`."""
        reading = await self._ask(queries.Status(), 0)
        return readings.as_status(reading.value)

    async def position(self) -> JournalPosition:
        """Where the replica is in the journal. Like `status` it waits for nothing."""
        reading = await self._ask(queries.Status(), 0)
        return readings.as_position(reading.value)

    async def assets(self, *, min_sequence: int = 0) -> Reading[list[wire.AssetState]]:
        """All assets, ascending."""
        reading = await self._ask(queries.Assets(), min_sequence)
        return Reading(reading.sequence, readings.as_messages(reading.value, wire.AssetState))

    async def markets(self, *, min_sequence: int = 0) -> Reading[list[wire.MarketState]]:
        """All markets, ascending."""
        reading = await self._ask(queries.Markets(), min_sequence)
        return Reading(reading.sequence, readings.as_messages(reading.value, wire.MarketState))

    async def market(self, market: int, *, min_sequence: int = 0) -> Reading[wire.MarketState | None]:
        """One market as it is now; None where there is none."""
        reading = await self._ask(queries.MarketNow(market), min_sequence)
        found = readings.as_messages(reading.value, wire.MarketState)
        return Reading(reading.sequence, found[0] if found else None)

    async def fee_tiers(self, *, min_sequence: int = 0) -> Reading[list[wire.FeeTierState]]:
        """The rates that markets have for fee tiers other than 0, ascending by market and tier."""
        reading = await self._ask(queries.FeeTiers(), min_sequence)
        return Reading(reading.sequence, readings.as_messages(reading.value, wire.FeeTierState))

    async def risk_limits(self, *, min_sequence: int = 0) -> Reading[list[wire.RiskLimitsState]]:
        """The limits that tiers have of their own, ascending by market and tier."""
        reading = await self._ask(queries.RiskLimits(), min_sequence)
        return Reading(reading.sequence, readings.as_messages(reading.value, wire.RiskLimitsState))

    async def risk_of(self, account: int, market: int, *, min_sequence: int = 0) -> Reading[RiskNow]:
        """The limits that hold for an account in a market, and what its owner has done in the minute."""
        reading = await self._ask(queries.RiskOf(account, market), min_sequence)
        return Reading(reading.sequence, readings.as_risk(reading.value))

    async def account(self, account: int, *, min_sequence: int = 0) -> Reading[wire.AccountState | None]:
        """One account, without its balances and orders."""
        reading = await self._ask(queries.Account(account), min_sequence)
        found = readings.as_messages(reading.value, wire.AccountState)
        return Reading(reading.sequence, found[0] if found else None)

    async def main_account(self, owner: bytes, *, min_sequence: int = 0) -> Reading[int | None]:
        """The main account of an owner, given as the 16 bytes of a UUID."""
        reading = await self._ask(queries.MainAccount(owner), min_sequence)
        return Reading(reading.sequence, readings.as_optional_integer(reading.value))

    async def external_account(
        self, asset: int, network: int, *, min_sequence: int = 0
    ) -> Reading[int | None]:
        """The account from which an asset comes in out of a network."""
        reading = await self._ask(queries.ExternalAccount(asset, network), min_sequence)
        return Reading(reading.sequence, readings.as_optional_integer(reading.value))

    async def outbox_number(self, source: int, *, min_sequence: int = 0) -> Reading[int]:
        """The last number taken of an outbox."""
        reading = await self._ask(queries.OutboxNumber(source), min_sequence)
        return Reading(reading.sequence, readings.as_integer(reading.value))

    async def balances(self, account: int, *, min_sequence: int = 0) -> Reading[list[wire.BalanceState]]:
        """All balances of an account, ascending by asset."""
        reading = await self._ask(queries.Balances(account), min_sequence)
        return Reading(reading.sequence, readings.as_messages(reading.value, wire.BalanceState))

    async def balances_of(
        self, accounts: Sequence[int], *, min_sequence: int = 0
    ) -> Reading[list[list[wire.BalanceState]]]:
        """All balances of each of these accounts, as of one sequence."""
        reading = await self._ask(queries.BalancesOf(list(accounts)), min_sequence)
        return Reading(reading.sequence, readings.as_balances(reading.value))

    async def depth(self, market: int, levels: int = 50, *, min_sequence: int = 0) -> Reading[Depth | None]:
        """The best levels of both sides; None for an unknown market."""
        reading = await self._ask(queries.DepthOf(market, levels), min_sequence)
        return Reading(reading.sequence, readings.as_depth(reading.value))

    async def market_orders(self, market: int, *, min_sequence: int = 0) -> Reading[list[OpenState]]:
        """All open orders of a market: bids, then asks, as they stand in their queues; then those that wait
        outside the book."""
        reading = await self._ask(queries.MarketOrders(market), min_sequence)
        return Reading(reading.sequence, readings.as_open_states(reading.value))

    async def order(
        self, account: int, order_id: int, *, min_sequence: int = 0
    ) -> RecentReading[OpenOrder | ClosedOrder | None]:
        """An order of an account that is open or closed lately."""
        reading = await self._ask_recent(queries.Order(account, order_id), min_sequence, readings.as_order)
        assert not isinstance(reading.value, wire.ClientOrderState)
        return RecentReading(reading.sequence, reading.value, reading.recent_from)

    async def linked_orders(self, order_id: int, *, min_sequence: int = 0) -> Reading[list[int]]:
        """The ids of the open orders that an order is linked with, ascending.

        Whose they are is not looked at.
        """
        reading = await self._ask(queries.LinkedOrders(order_id), min_sequence)
        return Reading(reading.sequence, readings.as_integers(reading.value))

    async def cancel_timer(self, account: int, *, min_sequence: int = 0) -> Reading[int]:
        """When the account's cancel timer fires, microseconds UTC; 0 where it has none."""
        reading = await self._ask(queries.CancelTimer(account), min_sequence)
        return Reading(reading.sequence, readings.as_integer(reading.value))

    async def order_by_client_id(
        self, account: int, client_order_id: str, *, min_sequence: int = 0
    ) -> RecentReading[FoundOrder | None]:
        """The order remembered under a client order id."""
        question = queries.OrderByClientId(account, client_order_id)
        return await self._ask_recent(question, min_sequence, readings.as_order)

    async def open_orders(
        self,
        account: int,
        market: int = 0,
        limit: int = 1_000,
        *,
        before: int = ORDER_ID_LIMIT,
        min_sequence: int = 0,
    ) -> Reading[list[OpenOrder]]:
        """The newest of an account's open orders whose ids are below `before`, ascending by id; market 0
        is every market."""
        question = queries.OpenOrders(account, market, before, limit)
        reading = await self._ask(question, min_sequence)
        return Reading(reading.sequence, readings.as_open_orders(reading.value))

    async def closed_orders(
        self, account: int, market: int = 0, limit: int = 100, *, min_sequence: int = 0
    ) -> RecentReading[list[ClosedOrder]]:
        """An account's orders closed lately, newest first."""
        question = queries.ClosedOrders(account, market, limit)
        return await self._ask_recent(question, min_sequence, readings.as_closed_orders)

    async def fills(
        self, account: int, market: int = 0, limit: int = 100, *, min_sequence: int = 0
    ) -> RecentReading[list[DatedTrade]]:
        """An account's trades of late, newest first."""
        return await self._ask_recent(queries.Fills(account, market, limit), min_sequence, readings.as_trades)

    async def trades(
        self, market: int, limit: int = 100, *, min_sequence: int = 0
    ) -> Reading[list[DatedTrade]]:
        """A market's trades of late, newest first."""
        reading = await self._ask(queries.Trades(market, limit), min_sequence)
        return Reading(reading.sequence, readings.as_trades(reading.value))

    async def group(self, sequence: int) -> Reading[Group | None]:
        """All events of one command: the original answer of a repeated order."""
        reading = await self._ask(queries.GroupAt(sequence), sequence)
        return Reading(reading.sequence, readings.as_group(reading.value))

    async def _ask_recent(
        self, question: queries.Question, min_sequence: int, read: Callable[[bytes], Value]
    ) -> RecentReading[Value]:
        reading = await self._ask(question, min_sequence)
        recent_from, packed = readings.as_recent(reading.value)
        return RecentReading(reading.sequence, read(packed), recent_from)

    async def _ask(self, question: queries.Question, min_sequence: int) -> Reading[bytes]:
        frame = queries.encode(self._pipeline.next_number, min_sequence, question)
        try:
            reply = await self._pipeline.call((frame,), queries.TIMEOUT_S)
        except OutcomeUnknown as error:
            # A query changes nothing, so it is enough to say that no answer came.
            raise Unavailable(str(error)) from error
        try:
            return queries.decode_reading(reply)
        except EngineRefused as error:
            if error.code == codes.NOT_YET_VISIBLE.number:
                raise NotYetVisible(f"sequence {min_sequence} is not reached yet") from error
            raise
