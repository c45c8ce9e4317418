"""What becomes of who reads slowly, or not at all."""

from __future__ import annotations

import json

from cse.streams.limits import Limits
from tests.small_market import sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor, last

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"


def fill(engine: Engine, process: FakeProcess, count: int) -> set[int]:
    """Changes the book that often, each time in a turn of its own; returns the levels there are."""
    for number in range(count):
        engine.run(sell(1_000 + number % 100, 1))
        process.turn()
    return set(range(100))


class TestSlowReaders:
    """Merged, told, dropped; never waited for."""

    def test_what_it_missed_comes_as_one(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        quantities = fill(engine, process, 3_000)
        assert visitor.connection.peak < process.connections.limits.buffer_bytes + 10_000
        visitor.connection.read()
        visitor.take()
        book = visitor.client.channels[BOOK]
        assert (book.snapshots, book.gaps) == (1, 0)
        assert book.updates < 1_000
        assert len(book.asks) == len(quantities)
        assert book.sequence == engine.depth().book_sequence

    def test_nobody_else_is_touched(self, engine: Engine) -> None:
        process = FakeProcess(engine, Limits(buffer_bytes=8_000))
        others = [process.connect(f"10.0.1.{number}") for number in range(20)]
        stuck = process.connect()
        for one in (*others, stuck):
            one.subscribe(BOOK)
        stuck.connection.reads_at_once = False
        fill(engine, process, 300)
        for other in others:
            other.take()
            assert other.client.channels[BOOK].updates == 300
            assert other.client.channels[BOOK].gaps == 0
        assert stuck.connection.peak < process.connections.limits.buffer_bytes + 1_000
        assert stuck.connection.writes < 100

    def test_it_is_told_and_closed(self, engine: Engine, process: FakeProcess, visitor: Visitor) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        fill(engine, process, 3_000)
        process.pass_time(9, lambda: None)
        assert not visitor.session.is_closed
        process.pass_time(3)
        assert visitor.connection.is_closed
        visitor.connection.received += b"".join(visitor.connection.unsent)
        visitor.take()
        assert (last(visitor)["code"], visitor.client.close_code) == ("slow_reader", 1_008)
        assert process.connections.refusals["slow_reader"] == 1

    def test_answers_do_not_pile_up_either(self, process: FakeProcess, engine: Engine) -> None:
        process = FakeProcess(
            engine, Limits(messages_at_once=1 << 20, buffer_bytes=1_000, buffer_bytes_max=5_000)
        )
        visitor = process.connect()
        visitor.connection.reads_at_once = False
        for _ in range(1_000):
            visitor.send('{"op":"ping"}')
        assert visitor.connection.peak < 6_000
        assert visitor.session.is_closed

    def test_a_subscription_waits_for_room(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        fill(engine, process, 3_000)
        writes = visitor.connection.writes
        visitor.send(json.dumps({"op": "subscribe", "channels": [TRADES]}))
        process.turn()
        assert visitor.connection.writes == writes + 1, "only that it is subscribed"
        visitor.connection.read()
        visitor.take()
        assert visitor.client.channels[TRADES].snapshots == 1
