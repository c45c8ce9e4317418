"""Sends a flow of orders to a running exchange, one request at a time, and counts the answers."""

from __future__ import annotations

import asyncio
import secrets
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cse.cli.replay.flow import Place, Side, Step
from cse.cli.replay.measured import Measured
from cse.cli.replay.plain_book import Outcome
from cse.domain.money import format_units, parse_units
from cse_client import ApiError, CseClient, NewOrder, codes
from cse_client.models import Fill

PRICE_DECIMALS = 2
QUANTITY_DECIMALS = 4
# So long the outcome of an order is looked for while a part of the exchange is away.
PATIENCE_S = 120.0
_MISSES = (codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN)


@dataclass
class Tally:
    """What the exchange answered. Latencies are those of placements and cancels."""

    orders: int = 0
    cancels: int = 0
    missed_cancels: int = 0
    skipped_cancels: int = 0
    trades: int = 0
    turnover: int = 0
    open_orders: int = 0
    waits: int = 0
    elapsed_ns: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    latencies_ns: array[int] = field(default_factory=lambda: array("Q"))

    def outcome(self) -> Outcome:
        return Outcome(
            orders=self.orders,
            cancels=self.cancels,
            trades=self.trades,
            open_orders=self.open_orders,
            missed_cancels=self.missed_cancels,
            turnover=self.turnover,
        )


class Runner:
    """Bids come from one person and asks from another, so that no order meets its own owner's."""

    def __init__(self, market: str, bidder: CseClient, asker: CseClient, measured: Measured) -> None:
        """`measured` carries the requests of both."""
        self.tally = Tally()
        self._market = market
        self._persons: dict[Side, CseClient] = {"buy": bidder, "sell": asker}
        self._measured = measured
        self._run = secrets.token_hex(4)
        self._placed: dict[int, tuple[CseClient, str]] = {}

    async def run(self, steps: Sequence[Step], speed: float | None, progress: Callable[[int], None]) -> None:
        """Takes the steps in turn: as fast as answers come, or at `speed` times the recorded pace.

        Interrupted, the tally is good up to there.
        """
        started_ns = time.perf_counter_ns()
        first_at_ms = steps[0].at_ms if steps else 0
        try:
            for done, step in enumerate(steps, 1):
                if speed is not None:
                    await _sleep_until(started_ns, (step.at_ms - first_at_ms) / speed)
                await self._take(step)
                progress(done)
        finally:
            self.tally.elapsed_ns = time.perf_counter_ns() - started_ns
            self.tally.waits = self._measured.waits

    async def count_open_orders(self) -> None:
        """Asks the exchange what is still open of the two persons."""
        for person in self._persons.values():
            self.tally.open_orders += len([order async for order in person.all_orders(self._market)])

    async def _take(self, step: Step) -> None:
        if isinstance(step, Place):
            self.tally.orders += 1
            await self._place(step)
        elif placed := self._placed.get(step.key):
            self.tally.cancels += 1
            await self._cancel(*placed)
        else:
            self.tally.skipped_cancels += 1

    async def _place(self, order: Place) -> None:
        person = self._persons[order.side]
        request = NewOrder(
            market=self._market,
            side=order.side,
            type="limit",
            time_in_force="gtc",
            price=format_units(order.price_ticks, PRICE_DECIMALS),
            quantity=format_units(order.quantity_lots, QUANTITY_DECIMALS),
            client_order_id=f"{self._run}-{order.key}",
        )
        try:
            answer = await person.place_and_resolve(request, patience_s=PATIENCE_S)
        except ApiError as refusal:
            self.tally.refusals[refusal.code] += 1
            return
        finally:
            self.tally.latencies_ns.append(self._measured.latency_ns)
        self._placed[order.key] = person, answer.order.id
        for fill in answer.fills:
            self._count_trade(fill)

    def _count_trade(self, fill: Fill) -> None:
        self.tally.trades += 1
        price_ticks = parse_units(fill.price, PRICE_DECIMALS)
        self.tally.turnover += price_ticks * parse_units(fill.quantity, QUANTITY_DECIMALS)

    async def _cancel(self, person: CseClient, order_id: str) -> None:
        try:
            order = await person.cancel_order(order_id)
        except ApiError as refusal:
            if refusal.code in _MISSES:
                self.tally.missed_cancels += 1
            else:
                self.tally.refusals[refusal.code] += 1
        else:
            # After an answer that was lost it may turn out to have been filled before.
            self.tally.missed_cancels += order.status != "cancelled"
        finally:
            self.tally.latencies_ns.append(self._measured.latency_ns)


async def _sleep_until(started_ns: int, after_ms: float) -> None:
    left_s = after_ms / 1_000 - (time.perf_counter_ns() - started_ns) / 1e9
    if left_s > 0:
        await asyncio.sleep(left_s)
