"""One market's book in plain Python: what a flow of orders ought to come to.

It knows limit orders and cancels, price-time priority and nothing else: no accounts, no fees. It
was written apart from the core, so that the two can be held against each other.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cse.cli.replay.flow import Place, Side, Step


class Outcome(NamedTuple):
    """What a flow came to. `turnover` is the sum of price times quantity, in tick-lots."""

    orders: int
    cancels: int
    trades: int
    open_orders: int
    missed_cancels: int
    turnover: int


@dataclass(slots=True)
class _Resting:
    key: int
    remaining_lots: int


@dataclass(slots=True)
class _Half:
    """One side: queues by price, and a heap of the prices, the best one first.

    Cancelled orders stay in their queue with nothing remaining until they come to its head.
    """

    sign: int
    queues: dict[int, deque[_Resting]] = field(default_factory=dict)
    prices: list[int] = field(default_factory=list)

    def best(self) -> tuple[int, _Resting] | None:
        while self.prices:
            price_ticks = self.prices[0] * self.sign
            queue = self.queues[price_ticks]
            while queue and not queue[0].remaining_lots:
                queue.popleft()
            if queue:
                return price_ticks, queue[0]
            heapq.heappop(self.prices)
            del self.queues[price_ticks]
        return None

    def join(self, price_ticks: int, order: _Resting) -> None:
        if price_ticks not in self.queues:
            self.queues[price_ticks] = deque()
            heapq.heappush(self.prices, price_ticks * self.sign)
        self.queues[price_ticks].append(order)


class PlainBook:
    """Takes steps one by one and counts what they do."""

    def __init__(self) -> None:
        self._halves: dict[Side, _Half] = {"buy": _Half(-1), "sell": _Half(1)}
        self._open: dict[int, _Resting] = {}
        self._orders = self._cancels = self._trades = self._missed = self._turnover = 0

    def take(self, step: Step) -> None:
        if isinstance(step, Place):
            self._orders += 1
            self._place(step)
        else:
            self._cancels += 1
            order = self._open.pop(step.key, None)
            if order is None:
                self._missed += 1
            else:
                order.remaining_lots = 0

    def outcome(self) -> Outcome:
        return Outcome(
            orders=self._orders,
            cancels=self._cancels,
            trades=self._trades,
            open_orders=len(self._open),
            missed_cancels=self._missed,
            turnover=self._turnover,
        )

    def is_open(self, key: int) -> bool:
        return key in self._open

    def _place(self, order: Place) -> None:
        opposite = self._halves["sell" if order.side == "buy" else "buy"]
        wanted_lots = order.quantity_lots
        while wanted_lots and (best := opposite.best()):
            price_ticks, maker = best
            if price_ticks * opposite.sign > order.price_ticks * opposite.sign:
                break
            traded_lots = min(wanted_lots, maker.remaining_lots)
            wanted_lots -= traded_lots
            maker.remaining_lots -= traded_lots
            if not maker.remaining_lots:
                del self._open[maker.key]
            self._trades += 1
            self._turnover += price_ticks * traded_lots
        if wanted_lots:
            rest = _Resting(order.key, wanted_lots)
            self._open[order.key] = rest
            self._halves[order.side].join(order.price_ticks, rest)


def outcome_of(steps: Iterable[Step]) -> Outcome:
    """What the plain book makes of a whole flow."""
    book = PlainBook()
    for step in steps:
        book.take(step)
    return book.outcome()
