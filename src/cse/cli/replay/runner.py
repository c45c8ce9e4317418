"""Sends a flow of orders to a running exchange, one request at a time, and counts the answers."""

from __future__ import annotations

import secrets
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cse.cli.replay.trader import RequestRefused, Trader
from cse.demo.book import Outcome
from cse.demo.flow import Place, Side, Step
from cse.domain.money import format_units, parse_units

PRICE_DECIMALS = 2
QUANTITY_DECIMALS = 4
_MISSES = ("order_unknown", "order_not_open")


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
    """Bids come from one trader and asks from another, so that no order meets its own owner's."""

    def __init__(self, market: str, bidder: Trader, asker: Trader) -> None:
        self.tally = Tally()
        self._market = market
        self._traders: dict[Side, Trader] = {"buy": bidder, "sell": asker}
        self._run = secrets.token_hex(4)
        self._placed: dict[int, tuple[Trader, str]] = {}

    def run(self, steps: Sequence[Step], speed: float | None, progress: Callable[[int], None]) -> None:
        """Takes the steps in turn: as fast as answers come, or at `speed` times the recorded pace.

        Interrupted, the tally is good up to there.
        """
        started_ns = time.perf_counter_ns()
        first_at_ms = steps[0].at_ms if steps else 0
        try:
            for done, step in enumerate(steps, 1):
                if speed is not None:
                    _sleep_until(started_ns, (step.at_ms - first_at_ms) / speed)
                self._take(step)
                progress(done)
        finally:
            self.tally.elapsed_ns = time.perf_counter_ns() - started_ns
            self.tally.waits = sum(trader.waits for trader in self._traders.values())

    def count_open_orders(self) -> None:
        """Asks the exchange what is still open of the two traders."""
        self.tally.open_orders = sum(
            sum(1 for _ in trader.open_orders(self._market)) for trader in self._traders.values()
        )

    def _take(self, step: Step) -> None:
        if isinstance(step, Place):
            self.tally.orders += 1
            self._place(step)
        elif placed := self._placed.get(step.key):
            self.tally.cancels += 1
            self._cancel(*placed)
        else:
            self.tally.skipped_cancels += 1

    def _place(self, order: Place) -> None:
        trader = self._traders[order.side]
        reply = trader.place(
            b'{"market":"%b","side":"%b","type":"limit","time_in_force":"gtc","price":"%b","quantity":"%b",'
            b'"client_order_id":"%b-%d"}'
            % (
                self._market.encode(),
                order.side.encode(),
                format_units(order.price_ticks, PRICE_DECIMALS).encode(),
                format_units(order.quantity_lots, QUANTITY_DECIMALS).encode(),
                self._run.encode(),
                order.key,
            )
        )
        self.tally.latencies_ns.append(reply.latency_ns)
        try:
            answer = reply.value()
        except RequestRefused as refusal:
            self.tally.refusals[refusal.code] += 1
            return
        self._placed[order.key] = trader, answer["order"]["id"]
        for fill in answer["fills"]:
            self._count_trade(fill)

    def _count_trade(self, fill: Any) -> None:
        self.tally.trades += 1
        price_ticks = parse_units(fill["price"], PRICE_DECIMALS)
        self.tally.turnover += price_ticks * parse_units(fill["quantity"], QUANTITY_DECIMALS)

    def _cancel(self, trader: Trader, order_id: str) -> None:
        reply = trader.cancel(order_id)
        self.tally.latencies_ns.append(reply.latency_ns)
        try:
            reply.value()
        except RequestRefused as refusal:
            if refusal.code not in _MISSES:
                self.tally.refusals[refusal.code] += 1
            elif reply.tries == 1 or trader.get(f"/api/orders/{order_id}")["order"]["status"] != "cancelled":
                self.tally.missed_cancels += 1


def _sleep_until(started_ns: int, after_ms: float) -> None:
    left_s = after_ms / 1_000 - (time.perf_counter_ns() - started_ns) / 1e9
    if left_s > 0:
        time.sleep(left_s)
