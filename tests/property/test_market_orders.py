"""The orders that are told one by one are the core's queues, after every command, whatever the commands.

So are those of a client that gets a message now and then, and of one that comes from another process
with its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest

from cse.domain.enumerations import Side
from cse.engine import wire
from cse.engine._native import Core
from cse.engine.layouts import GROUP_WIDTH, HEAD
from cse.engine.models import OpenState, Reading
from cse.engine.readings import open_order
from cse.streams.book import level_key
from cse.streams.order_changes import order_changes
from cse.streams.resting_orders import JOINED, ORDER_EVENTS, ORDER_MARKETS, RestingOrders, Shown
from tests.property.seeds import seeds
from tests.property.streams import Stream
from tests.reference.exchange import ReferenceExchange
from tests.streams.process import finished

EVERY_LEVEL = (1 << 31) - 1
Row = tuple[int, int, int]
"""Order id, level key, lots shown."""


class Log:
    """The groups of all commands so far, as a feed gives them."""

    def __init__(self) -> None:
        self.groups: list[bytes] = []

    @property
    def watermark(self) -> int:
        return len(self.groups)

    def read_bytes(self, after_sequence: int, limit: int = 4_096) -> bytes:
        return b"".join(self.groups[after_sequence : after_sequence + limit])


@dataclass
class Follower:
    """A client: what `docs/api/streams.md` has it do with snapshots and updates."""

    sequence: int | None = None
    queues: dict[int, dict[int, int]] = field(default_factory=dict)
    updates: int = 0
    snapshots: int = 0

    def take(self, orders: RestingOrders) -> None:
        """Gets what it missed, or all."""
        changed = None if self.sequence is None else orders.since(self.sequence)
        if changed is None:
            self.snapshots += 1
            self.queues = {}
            bids, asks = orders.sides()
            changed = [*bids, *asks]
        else:
            self.updates += 1
        for order in changed:
            self._set(order)
        self.sequence = orders.sequence

    def _set(self, order: Shown) -> None:
        if order.lots and order.cause not in JOINED:
            assert order.order_id in self.queues[order.key], "what changes in its place is there"
            self.queues[order.key][order.order_id] = order.lots
            return
        for key in [key for key, queue in self.queues.items() if order.order_id in queue]:
            del self.queues[key][order.order_id]
        if order.lots:
            self.queues.setdefault(order.key, {})[order.order_id] = order.lots

    def rows(self) -> list[Row]:
        keys = sorted(key for key, queue in self.queues.items() if queue)
        bids, asks = [key for key in keys if key < 0], [key for key in keys if key >= 0]
        return [
            (order_id, key, lots) for key in (*bids, *asks) for order_id, lots in self.queues[key].items()
        ]


class Watched:
    """One market: a tracker from its beginning on, and clients of it."""

    def __init__(self, market: int, core: Core, sequence: int) -> None:
        self.market = market
        self.orders = RestingOrders(states(core, market), sequence)
        self.often, self.seldom = Follower(), Follower()

    def check(self, core: Core) -> None:
        expected = [row for state in states(core, self.market) if (row := row_of(state)) is not None]
        bids, asks = self.orders.sides()
        assert [order[:3] for order in (*bids, *asks)] == expected
        for side in Side:
            sums: dict[int, int] = {}
            for _, key, lots in expected:
                if (key < 0) == (side == Side.BUY):
                    sums[abs(key)] = min(sums.get(abs(key), 0) + lots, (1 << 64) - 1)
            assert list(sums.items()) == core.depth(self.market, side, EVERY_LEVEL)

    def tell(self, source: Random) -> None:
        """Clients are told, one after each command, one now and then."""
        self.often.take(self.orders)
        bids, asks = self.orders.sides()
        expected = [order[:3] for order in (*bids, *asks)]
        assert self.often.rows() == expected
        if source.random() < 0.1:
            self.seldom.take(self.orders)
            assert self.seldom.rows() == expected


def states(core: Core, market: int) -> list[OpenState]:
    found = core.market_orders(market)
    return [open_order(found, offset) for _, offset, _ in wire.messages(found)]


def row_of(state: OpenState) -> Row | None:
    if isinstance(state, wire.TriggerState):
        return None
    return state.order_id, level_key(state.side, state.price), state.displayed_quantity


def events(group: bytes, market: int) -> Iterator[object]:
    offset = GROUP_WIDTH
    while offset < len(group):
        kind, length = HEAD.unpack_from(group, offset)
        if kind in ORDER_EVENTS and ORDER_MARKETS[kind].unpack_from(group, offset) == (market,):
            yield ORDER_EVENTS[kind].decode(group, offset)
        offset += length


def test_the_queues_told_are_those_of_the_core() -> None:
    checked = resumed = 0
    for seed in seeds(8):
        checked, resumed = (a + b for a, b in zip((checked, resumed), live(seed, 800), strict=True))
    assert checked > 500
    assert resumed > 20


@pytest.mark.long
def test_so_they_are_over_many_more_commands() -> None:
    for seed in seeds(40):
        live(seed, 3_000)


def live(seed: int, count: int) -> tuple[int, int]:
    """How many commands changed queues, and how many clients went on at another process."""
    source, core, reference, log = Random(seed), Core(), ReferenceExchange(), Log()
    watched: dict[int, Watched] = {}
    checked = resumed = 0
    for sequence, step in enumerate(Stream(seed).steps(reference, count), 1):
        reference.apply(sequence, *step)
        group = core.apply(sequence, *step)
        log.groups.append(group)
        for market in reference.state.markets:
            if market not in watched:
                watched[market] = Watched(market, core, sequence)
                continue
            one = watched[market]
            before = one.orders.sequence
            for event in events(group, market):
                one.orders.hear(sequence, event)  # type: ignore[arg-type]
            one.orders.settle()
            if one.orders.sequence == before:
                continue
            checked += 1
            one.check(core)
            one.tell(source)
            if source.random() < 0.2:
                resumed += goes_on_elsewhere(one, core, log, sequence)
    return checked, resumed


def goes_on_elsewhere(one: Watched, core: Core, log: Log, sequence: int) -> int:
    """A client goes on with its position at a process that has just begun to follow the market."""
    reading = Reading(sequence, states(core, one.market))
    orders = RestingOrders(
        reading.value, sequence, finished(order_changes(log, one.market, reading, back=200))
    )
    client, snapshots = one.seldom, one.seldom.snapshots
    client.take(orders)
    bids, asks = orders.sides()
    assert client.rows() == [order[:3] for order in (*bids, *asks)]
    # It is a journal's number, which this process may have given to a later command.
    client.sequence = one.orders.sequence
    return client.snapshots == snapshots
