"""Who hears a book's best levels has them as the core has, and is told only of what is another."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from tests.small_market import BUYER, SELLER, buy, cancel, sell
from tests.streams.client import split
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

OFFERS, DEPTH = f"bbo.{NAME}", f"depth.{NAME}.5"


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def process(engine: Engine) -> FakeProcess:
    return FakeProcess(engine)


def told(visitor: Visitor) -> list[dict[str, Any]]:
    """What has come since the last time."""
    data, visitor.connection.received = bytes(visitor.connection.received), bytearray()
    messages = []
    while data:
        (_, content), data = split(data)
        messages.append(json.loads(content))
    return [message for message in messages if "channel" in message]


def hearing(process: FakeProcess, channel: str, position: dict[str, Any] | None = None) -> Visitor:
    """A visitor that has subscribed, without what it was told."""
    visitor = process.connect()
    wanted: Any = channel
    if position is not None:
        wanted = {"channel": channel, "epoch": position["epoch"], "sequence": position["sequence"]}
    payload = json.dumps({"op": "subscribe", "channels": [wanted]}).encode()
    assert visitor.session.heard()
    visitor.session.receive(payload)
    return visitor


class TestBestBidAndOffer:
    def test_it_begins_with_the_book_as_it_is(self, engine: Engine, process: FakeProcess) -> None:
        engine.run(sell(110, 4), buy(90, 3), buy(89))
        visitor = hearing(process, OFFERS)
        process.turn()
        (first,) = told(visitor)
        assert (first["type"], first["previous"]) == ("snapshot", None)
        assert int(first["sequence"]) == engine.depth().book_sequence
        assert first["data"] == {"bid": ["0.0090", "0.03"], "ask": ["0.0110", "0.04"]}

    @pytest.mark.parametrize(
        ("commands", "data"),
        [
            ([buy(91)], {"bid": ["0.0091", "0.10"], "ask": ["0.0110", "0.10"]}),
            ([buy(90, 5)], {"bid": ["0.0090", "0.15"], "ask": ["0.0110", "0.10"]}),
            ([buy(110, 4)], {"bid": ["0.0090", "0.10"], "ask": ["0.0110", "0.06"]}),
            ([cancel(SELLER, 1)], {"bid": ["0.0090", "0.10"], "ask": None}),
            ([buy(91), buy(92), buy(93)], {"bid": ["0.0093", "0.10"], "ask": ["0.0110", "0.10"]}),
            ([buy(89)], None),
            ([sell(111)], None),
            ([buy(91), cancel(BUYER, 3)], None),
        ],
    )
    def test_it_is_told_in_the_turn_that_changes_it(
        self, engine: Engine, process: FakeProcess, commands: list[bytes], data: dict[str, Any] | None
    ) -> None:
        engine.run(sell(110), buy(90))
        visitor = hearing(process, OFFERS)
        process.turn()
        (first,) = told(visitor)
        engine.run(*commands)
        process.turn()
        messages = told(visitor)
        assert [message["data"] for message in messages] == ([] if data is None else [data])
        for message in messages:
            assert (message["type"], message["previous"]) == ("update", first["sequence"])
            assert int(message["sequence"]) == engine.depth().book_sequence


class TestDepth:
    def test_it_has_so_many_levels_and_comes_when_its_time_has_come(
        self, engine: Engine, process: FakeProcess
    ) -> None:
        engine.run(*(sell(110 + number) for number in range(7)), buy(90))
        process.turn()
        visitor = hearing(process, DEPTH)
        process.turn()
        (first,) = told(visitor)
        assert first["data"]["asks"] == [[f"0.011{number}", "0.10"] for number in range(5)]
        engine.run(sell(109))
        process.turn()
        engine.run(buy(91))
        process.turn()
        assert told(visitor) == []
        process.hub.tell_depths()
        (message,) = told(visitor)
        assert (message["type"], message["previous"]) == ("update", first["sequence"])
        assert message["data"] == {
            "bids": [["0.0091", "0.10"], ["0.0090", "0.10"]],
            "asks": [["0.0109", "0.10"], *first["data"]["asks"][:4]],
        }

    def test_what_changes_behind_its_levels_or_comes_back_is_not_told(
        self, engine: Engine, process: FakeProcess
    ) -> None:
        engine.run(*(sell(110 + number) for number in range(5)))
        process.turn()
        visitor = hearing(process, DEPTH)
        process.turn()
        told(visitor)
        engine.run(sell(115))
        engine.run(sell(109))
        engine.run(cancel(SELLER, 7))
        process.turn()
        process.hub.tell_depths()
        assert told(visitor) == []

    def test_who_comes_while_a_change_waits_gets_what_is_durable(
        self, engine: Engine, process: FakeProcess
    ) -> None:
        engine.run(sell(110))
        process.turn()
        early = hearing(process, DEPTH)
        process.turn()
        told(early)
        engine.run(sell(109))
        late = hearing(process, DEPTH)
        process.turn()
        assert told(late) == []
        process.hub.tell_depths()
        (update,), (snapshot,) = told(early), told(late)
        assert (update["type"], snapshot["type"]) == ("update", "snapshot")
        assert update["data"] == snapshot["data"]
        assert update["sequence"] == snapshot["sequence"]

    def test_a_position_of_another_process_that_told_of_more_is_good(self, engine: Engine) -> None:
        engine.run(sell(110))
        first, second = FakeProcess(engine), FakeProcess(engine)
        stays, moves = hearing(first, DEPTH), hearing(second, DEPTH)
        for process, visitor in ((first, stays), (second, moves)):
            process.turn()
            process.hub.tell_depths()
            assert told(visitor)
        engine.run(sell(109))
        second.turn()
        second.hub.tell_depths()
        (seen,) = told(moves)
        engine.run(cancel(SELLER, 2))
        first.turn()
        first.hub.tell_depths()
        assert told(stays) == [], "the first process never saw the level"
        moved = hearing(first, DEPTH, seen)
        first.turn()
        (message,) = told(moved)
        assert (message["type"], message["previous"]) == ("update", seen["sequence"])
        assert int(message["sequence"]) == engine.depth().book_sequence > int(seen["sequence"])
        assert message["data"]["asks"] == [["0.0110", "0.10"]]


class Listener:
    """A client that goes from process to process and keeps the last message."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.state: dict[str, Any] | None = None
        self._visitor: Visitor | None = None

    def move(self, process: FakeProcess) -> None:
        if self._visitor is not None:
            self._visitor.leave()
        self._visitor = hearing(process, self.channel, self.state)

    def hear(self) -> None:
        assert self._visitor is not None
        for message in told(self._visitor):
            if message["type"] == "update":
                assert self.state is not None
                assert message["previous"] == self.state["sequence"]
                assert int(message["sequence"]) > int(self.state["sequence"])
            self.state = message


def trade_a_little(engine: Engine, source: Random) -> None:
    place = source.choice([buy, sell])
    engine.run(place(100 + source.randint(-8, 8), source.randint(1, 5)))
    if source.random() < 0.4:
        engine.run(cancel(source.choice([BUYER, SELLER]), source.randint(1, 150)))


def best_levels(engine: Engine, channel: str) -> dict[str, Any]:
    """What the core says, as the channel shows it."""
    depth = engine.depth(5)
    bids, asks = ([[f"0.{price:04}", f"{lots / 100:.2f}"] for price, lots in side] for side in depth[3:5])
    if channel == DEPTH:
        return {"bids": bids, "asks": asks}
    return {"bid": bids[0] if bids else None, "ask": asks[0] if asks else None}


@pytest.mark.parametrize("channel", [OFFERS, DEPTH])
@pytest.mark.parametrize("seed", range(8))
def test_whoever_listens_wherever_has_the_best_levels_of_the_core(channel: str, seed: int) -> None:
    source = Random(seed)
    engine = Engine()
    processes = [FakeProcess(engine), FakeProcess(engine)]
    listeners = [Listener(channel) for _ in range(4)]
    for _ in range(150):
        trade_a_little(engine, source)
        for process in processes:
            if source.random() < 0.6:
                process.turn()
            if source.random() < 0.3:
                process.hub.tell_depths()
        for listener in listeners:
            if listener.state is None or source.random() < 0.05:
                listener.move(source.choice(processes))
            listener.hear()
    for process in processes:
        process.turn()
        process.hub.tell_depths()
    for listener in listeners:
        listener.hear()
        assert listener.state is not None
        assert listener.state["data"] == best_levels(engine, channel)
