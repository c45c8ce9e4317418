"""Whatever a network does to the Python client, its books are the core's, and it knows when they are not."""

from __future__ import annotations

from random import Random

from cse.engine import wire
from cse.streams import book
from cse.streams.limits import Limits
from cse_client.market import Market
from cse_client.stream import Core, OrderBook, OrderQueues, Reader, TradesData, Update
from tests.small_market import drawn_command
from tests.streams.client import split
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeConnection, FakeProcess

CHANGES = 10_000
LIMITS = Limits(buffer_bytes=3_000, buffer_bytes_max=1 << 20, messages_per_second=1_000)
MARKET = Market(
    name=NAME, base="LAB", quote="USDC", base_decimals=6, quote_decimals=6, tick_size=1, tick_decimals=4,
    lot_size=10_000, lot_decimals=2, tick_lot_units=1, min_notional=0, max_quantity=1 << 40,
    maker_fee_ppm=1_000, taker_fee_ppm=2_000, creator_share_ppm=0, max_open_orders=0, is_open=True,
)  # fmt: skip


class Follower:
    """A client of which every hundredth message with data is lost."""

    def __init__(self, process: FakeProcess, source: Random, *, has_orders: bool) -> None:
        self.core = Core()
        self.book = OrderBook(MARKET)
        self.books, self.trades = Reader(f"orderbook.{NAME}", self.book), Reader(f"trades.{NAME}")
        self.queues = OrderQueues(MARKET)
        self.orders = Reader(f"orders.{NAME}", self.queues)
        self.books.listeners.append(self.note_kind)
        self.trades.listeners.append(self.note_trades)
        self.last_trade = self.dropped = self.snapshots = self.updates = 0
        self.now = 0.0
        self._source = source
        for reader in (self.books, self.trades, *([self.orders] if has_orders else [])):
            self.core.add(reader, self.now)
        self.join(process)

    def join(self, process: FakeProcess) -> None:
        """Connects to a process, after the connection before is gone."""
        self.core.closed()
        self.process = process
        self.connection = FakeConnection(process.connections.limits)
        self.session = process.connections.arrive(self.connection, "10.0.0.1")
        self.connection.session = self.session
        self.core.opened(self.now)

    def leave(self) -> None:
        """Cuts the connection."""
        self.process.connections.depart(self.session)

    def talk(self) -> None:
        """Takes what has come, says what is to be said, until nothing is."""
        self.now += 1
        self.core.tick(self.now)
        while self._take() or self.core.outgoing:
            for text in self.core.outgoing:
                if self.session.heard():
                    self.session.receive(text.encode())
            self.core.outgoing.clear()

    def note_kind(self, update: Update) -> None:
        self.snapshots += update.is_snapshot
        self.updates += not update.is_snapshot

    def note_trades(self, update: Update) -> None:
        """Trade ids are dense, from the first one after a snapshot on."""
        assert isinstance(update.data, TradesData)
        ids = [int(trade.trade_id) for trade in update.data.trades]
        first = ids[0] if update.is_snapshot and ids else self.last_trade + 1
        assert ids == list(range(first, first + len(ids)))
        self.last_trade = ids[-1] if ids else self.last_trade

    def _take(self) -> bool:
        data, self.connection.received = bytes(self.connection.received), bytearray()
        has_come = bool(data)
        while data:
            (opcode, content), data = split(data)
            if opcode != 0x1:
                continue
            if b'"channel":' in content and self._source.random() < 0.01:
                self.dropped += 1
            else:
                self.core.received(content, self.now)
        return has_come


class World:
    """Two processes on one exchange, and two clients."""

    def __init__(self, seed: int, *, has_orders: bool = False) -> None:
        self.source = Random(seed)
        self.engine = Engine()
        self.processes = [FakeProcess(self.engine, LIMITS) for _ in range(2)]
        self.followers = [Follower(process, self.source, has_orders=has_orders) for process in self.processes]
        self.same_orders = 0

    def step(self) -> None:
        """Orders come, time passes, and things go wrong."""
        source = self.source
        self.engine.run(*(drawn_command(self.source) for _ in range(source.randint(1, 8))))
        for process in self.processes:
            if source.random() < 0.7:
                process.turn()
        for follower in self.followers:
            chance = source.random()
            if follower.session.is_closed or chance < 0.01:
                follower.leave()
                follower.join(source.choice(self.processes))
            elif chance < 0.05:
                follower.connection.reads_at_once = False
            elif chance < 0.15:
                follower.connection.reads_at_once = True
                follower.connection.read()
            follower.talk()
        if source.random() < 0.004:
            self.kill()
        if source.random() < 0.002:
            self.engine.restart()

    def kill(self) -> None:
        """A process dies at once, and another one begins."""
        at = self.source.randrange(len(self.processes))
        gone, self.processes[at] = self.processes[at], FakeProcess(self.engine, LIMITS)
        for follower in self.followers:
            if follower.process is gone:
                follower.join(self.source.choice(self.processes))

    def settle(self) -> None:
        """Whoever has missed something has time to mend it."""
        for follower in self.followers:
            follower.connection.reads_at_once = True
            follower.connection.read()
        for _ in range(40):
            for process in self.processes:
                process.turn()
            for follower in self.followers:
                follower.talk()

    def check(self) -> int:
        """Whoever stands where the core stands has its book; how many do."""
        depth = self.engine.depth(book.LEVELS)
        there = 0
        for follower in self.followers:
            position = follower.books.position
            if position is not None and position.sequence == depth.book_sequence:
                there += 1
                assert (follower.book.bids, follower.book.asks) == (depth.bids, depth.asks)
                self.check_orders(follower)
        return there

    def check_orders(self, follower: Follower) -> None:
        """Whoever has heard of the last command has its orders too, in their places."""
        reading = self.engine.market_orders()
        position = follower.orders.position
        if position is not None and position.sequence == reading.sequence:
            self.same_orders += 1
            assert [(int(order.order_id), order.price, order.lots) for order in follower.queues.bids] + [
                (int(order.order_id), order.price, order.lots) for order in follower.queues.asks
            ] == [
                (order.order_id, order.price, order.displayed_quantity)
                for order in reading.value
                if isinstance(order, wire.OrderState)
            ]


def test_a_client_that_loses_messages_has_the_book_of_the_core() -> None:
    world = World(5)
    there = looks = 0
    while world.engine.depth(1).book_sequence < CHANGES:
        for _ in range(20):
            world.step()
        world.check()
        world.engine.note_trades()
        if world.source.random() < 0.1:
            world.settle()
            there += world.check()
            looks += len(world.followers)
    assert there > looks * 0.9 and looks >= 10, "nearly all come to stand where the core stands"
    assert sum(follower.dropped for follower in world.followers) > 20
    for follower in world.followers:
        assert follower.snapshots > 5, "losses were noticed"
        assert follower.updates > 5 * follower.snapshots, "and yet most of it was told by updates"


def test_so_has_one_that_hears_every_order() -> None:
    world = World(6, has_orders=True)
    while world.engine.depth(1).book_sequence < 1_000:
        for _ in range(20):
            world.step()
        world.engine.note_trades()
        world.settle()
        world.check()
    assert world.same_orders > 5
    assert sum(follower.dropped for follower in world.followers) > 2
