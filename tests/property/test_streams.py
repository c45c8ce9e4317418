"""Whatever a network does to a client, its book is the core's at the same sequence, or it knows better.

Clients follow two processes at a time. Frames are lost, readers stop reading, connections break,
processes die and begin anew, leaders change. A client acts as `docs/api/streams.md` says.
"""

from __future__ import annotations

from random import Random

import pytest

from cse.streams import book
from cse.streams.limits import Limits
from tests.small_market import buy, drawn_command
from tests.streams.client import split
from tests.streams.engine import LAB, NAME, Engine
from tests.streams.process import FakeProcess, Visitor

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"
CHANNELS = (BOOK, TRADES)
SMALL = Limits(buffer_bytes=3_000, buffer_bytes_max=1 << 20)


class LossyVisitor(Visitor):
    """A client that loses one frame in a hundred of those that carry data."""

    def __init__(self, process: FakeProcess, source: Random) -> None:
        self.source = source
        self.dropped = 0
        super().__init__(process)

    def take(self) -> None:
        data, self.connection.received = bytes(self.connection.received), bytearray()
        while data:
            (opcode, content), rest = split(data)
            frame, data = data[: len(data) - len(rest)], rest
            if opcode == 0x1 and b'"channel":' in content and self.source.random() < 0.01:
                self.dropped += 1
            else:
                self.client.take(frame)

    def mend(self) -> None:
        """Subscribes anew what it knows to be lost, until nothing is."""
        while self.client.lost:
            lost = [name for name in CHANNELS if name in self.client.lost]
            self.subscribe(*lost)


class World:
    """Two processes on one exchange, and some clients."""

    def __init__(self, seed: int) -> None:
        self.source = Random(seed)
        self.engine = Engine()
        self.processes = [FakeProcess(self.engine, SMALL) for _ in range(2)]
        self.visitors = [LossyVisitor(self.source.choice(self.processes), self.source) for _ in range(4)]
        for visitor in self.visitors:
            visitor.subscribe(*CHANNELS)

    def step(self) -> None:
        """Something happens."""
        source = self.source
        for _ in range(source.randint(0, 3)):
            self.engine.run(*(drawn_command(self.source) for _ in range(source.randint(1, 5))))
        for process in self.processes:
            if source.random() < 0.7:
                process.turn()
        for visitor in self.visitors:
            self.happen(visitor)
        if source.random() < 0.004:
            self.kill()
        if source.random() < 0.002:
            self.engine.restart()

    def happen(self, visitor: LossyVisitor) -> None:
        """Something happens to a client."""
        chance = self.source.random()
        connection = visitor.connection
        if visitor.session.is_closed or chance < 0.01:
            visitor.leave()
            visitor.join(self.source.choice(self.processes))
            visitor.subscribe(*CHANNELS)
        elif chance < 0.05:
            connection.reads_at_once = False
        elif chance < 0.15:
            connection.reads_at_once = True
            connection.read()
        visitor.take()
        if connection.reads_at_once and self.source.random() < 0.5:
            visitor.mend()

    def kill(self) -> None:
        """A process dies at once, and another one begins; its clients go where they can."""
        dead = self.source.randrange(len(self.processes))
        gone, self.processes[dead] = self.processes[dead], FakeProcess(self.engine, SMALL)
        for visitor in self.visitors:
            if visitor.process is gone:
                visitor.join(self.source.choice(self.processes))
                visitor.subscribe(*CHANNELS)

    def settle(self) -> None:
        """Lets all clients come to rest, each as it is told the same last change."""
        for visitor in self.visitors:
            visitor.connection.reads_at_once = True
            visitor.connection.read()
            visitor.take()
        self.engine.run(buy(1, 1))
        for process in self.processes:
            process.turn()
        for visitor in self.visitors:
            visitor.take()
            visitor.mend()

    def check(self) -> None:
        """Every client that stands where the core stands has its book."""
        depth = self.engine.depth(book.LEVELS)
        reach = self.processes[0].hub.markets[0].book.reach
        bids = [[LAB.fixed_price(price), LAB.fixed_quantity(lots)] for price, lots in depth.bids[:reach]]
        asks = [[LAB.fixed_price(price), LAB.fixed_quantity(lots)] for price, lots in depth.asks[:reach]]
        for visitor in self.visitors:
            followed = visitor.client.channels[BOOK]
            if followed.sequence == depth.book_sequence:
                assert followed.best("bids", reach) == bids
                assert followed.best("asks", reach) == asks


def test_a_lossy_client_has_the_book_of_the_core() -> None:
    """Over ten thousand changes of the book, with every level within reach."""
    live(World(1), until=10_000)


def test_so_it_has_when_the_book_is_deeper_than_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book.Book.__init__, "__defaults__", ((), 12))
    world = World(3)
    assert world.processes[0].hub.markets[0].book.reach == 12
    live(world, until=3_000)


def live(world: World, until: int) -> None:
    """Lets a world go on up to a change of the book, and looks at everything now and then."""
    while world.engine.depth(1).book_sequence < until:
        for _ in range(20):
            world.step()
        world.engine.note_trades()
        world.check()
    checked = 0
    for _ in range(20):
        world.settle()
        world.check()
        last = world.engine.depth(1).book_sequence
        checked += sum(visitor.client.channels[BOOK].sequence == last for visitor in world.visitors)
    assert checked > 60, "nearly all have every last change"
    followed = [visitor.client.channels[BOOK] for visitor in world.visitors]
    assert sum(visitor.dropped for visitor in world.visitors) > until / 200
    assert sum(one.gaps for one in followed) > until / 500, "losses were noticed"
    assert sum(one.updates for one in followed) > 5 * sum(one.snapshots for one in followed)
