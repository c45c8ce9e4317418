"""Tickers and candles on the stream are those that REST shows."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candles import is_closed
from cse.marketdata.intervals import DAY_US, MINUTE_US, Interval
from cse.marketdata.rolling_day import RollingDay
from cse.marketdata.views import candle_view, ticker_view
from tests.small_market import SELLER, buy, cancel, sell
from tests.streams.client import split
from tests.streams.engine import LAB, NAME, Engine
from tests.streams.process import FakeProcess, Visitor

TICKER, MINUTES = f"ticker.{NAME}", f"candles.{NAME}.1m"


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def process(engine: Engine) -> FakeProcess:
    return FakeProcess(engine)


def messages(visitor: Visitor, channel: str) -> list[dict[str, Any]]:
    """What has come of a channel since the last time."""
    data, visitor.connection.received = bytes(visitor.connection.received), bytearray()
    found = []
    while data:
        (_, content), data = split(data)
        message = json.loads(content)
        if message.get("channel") == channel:
            found.append(message)
    return found


def expected_ticker(engine: Engine, sequence: int) -> Any:
    day = RollingDay()
    for trade in reversed(engine.trades()):
        traded = trade.traded
        day.add(trade.time_us, traded.trade_id, traded.price, traded.quantity, traded.notional)
    depth = engine.depth(1)
    best_bid = depth.bids[0][0] if depth.bids else 0
    best_ask = depth.asks[0][0] if depth.asks else 0
    shown = ticker_view(LAB, sequence, engine.time_us, day.summary, depth.last_price, best_bid, best_ask)
    return msgspec.to_builtins(shown)


def trade_at(engine: Engine, time_us: int, price: int) -> None:
    """One trade of ten lots; the time of the clock moves on to it."""
    engine.time_us = time_us - 1_000
    engine.run(sell(price), buy(price))


class TestTicker:
    def test_it_follows_trades_and_best_prices(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        visitor.send(visitor.client.subscription(TICKER))
        process.turn()
        (first,) = messages(visitor, TICKER)
        assert first["type"] == "snapshot"
        assert first["data"]["last_price"] is None
        previous = first["sequence"]
        for commands in ([sell(110)], [buy(90), sell(105)], [buy(105, 4)], [cancel(SELLER, 1)], [buy(91)]):
            engine.run(*commands)
            process.turn()
            told = messages(visitor, TICKER)
            if not told:
                # An order far from the best price changes nothing here.
                assert commands == [cancel(SELLER, 1)]
                continue
            (message,) = told
            assert message["previous"] == previous
            previous = message["sequence"]
            assert message["data"] == expected_ticker(engine, engine.sequence)

    def test_trades_leave_it_after_a_day(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        trade_at(engine, engine.time_us + 1_000, 100)
        visitor.send(visitor.client.subscription(TICKER))
        process.turn()
        (snapshot,) = messages(visitor, TICKER)
        assert snapshot["data"]["trades_24h"] == 1
        process.hub.pass_time(engine.time_us + DAY_US)
        assert messages(visitor, TICKER) == []
        process.hub.pass_time(engine.time_us + DAY_US + 1)
        (message,) = messages(visitor, TICKER)
        assert message["previous"] == message["sequence"] == snapshot["sequence"]
        assert (message["data"]["trades_24h"], message["data"]["last_price"]) == (0, "0.0100")

    def test_two_processes_number_it_alike(self, engine: Engine) -> None:
        first, second = FakeProcess(engine), FakeProcess(engine)
        one, other = first.connect(), second.connect()
        for visitor in (one, other):
            visitor.subscribe(TICKER)
        engine.run(sell(110))
        first.turn()
        engine.run(sell(111))
        first.turn()
        second.turn()
        (told,), (also,) = messages(one, TICKER), messages(other, TICKER)
        assert told["sequence"] == also["sequence"]

    def test_one_who_comes_from_a_process_that_began_later(self, engine: Engine) -> None:
        first = FakeProcess(engine)
        staying = first.connect()
        staying.subscribe(TICKER)
        engine.run(sell(110))
        first.turn()
        engine.run(sell(120))
        second = FakeProcess(engine)
        visitor = second.connect()
        visitor.subscribe(TICKER)
        followed = visitor.client.channels[TICKER]
        visitor.join(first)
        visitor.subscribe(TICKER)
        engine.run(sell(105))
        first.turn()
        visitor.take()
        staying.take()
        assert (followed.gaps, followed.snapshots) == (0, 1)
        assert staying.client.channels[TICKER].gaps == 0
        assert followed.sequence == staying.client.channels[TICKER].sequence == engine.sequence


class TestCandles:
    def test_they_are_those_of_the_trades(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        visitor.send(visitor.client.subscription(MINUTES))
        process.turn()
        (snapshot,) = messages(visitor, MINUTES)
        assert snapshot["data"] == {"candles": []}
        start_us = Interval.MINUTE_1.end_us(Interval.MINUTE_1.start_us(engine.time_us))
        held: dict[str, Any] = {}
        for time_us, price in (
            (start_us, 100),
            (start_us + MINUTE_US - 1, 104),
            (start_us + MINUTE_US, 99),
            (start_us + 5 * MINUTE_US - 1_000, 98),
        ):
            trade_at(engine, time_us, price)
            process.turn()
            (message,) = messages(visitor, MINUTES)
            held.update({candle["time"]: candle for candle in message["data"]["candles"]})
        builder = CandleBuilder()
        for trade in reversed(engine.trades()):
            traded = trade.traded
            builder.add(trade.time_us, traded.trade_id, traded.price, traded.quantity, traded.notional)
        expected = [
            msgspec.to_builtins(
                candle_view(candle, is_closed(candle, Interval.MINUTE_1, engine.time_us), LAB)
            )
            for candle in builder.since(Interval.MINUTE_1, 0) or []
        ]
        assert list(held.values()) == expected
        assert [candle["closed"] for candle in held.values()] == [True, True, False]

    def test_a_candle_closes_without_a_trade(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        trade_at(engine, engine.time_us + 1_000, 100)
        visitor.send(visitor.client.subscription(MINUTES))
        process.turn()
        (snapshot,) = messages(visitor, MINUTES)
        assert not snapshot["data"]["candles"][0]["closed"]
        process.hub.pass_time(engine.time_us)
        engine.time_us += MINUTE_US
        engine.run(sell(200))
        process.turn()
        process.hub.pass_time(engine.time_us)
        (message,) = messages(visitor, MINUTES)
        assert message["previous"] == message["sequence"] == "1"
        assert [candle["closed"] for candle in message["data"]["candles"]] == [True]
        process.hub.pass_time(engine.time_us)
        assert messages(visitor, MINUTES) == []

    def test_it_closes_when_the_journals_time_is_its_end(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        trade_at(engine, engine.time_us + 1_000, 100)
        visitor.subscribe(MINUTES)
        end_us = Interval.MINUTE_1.end_us(Interval.MINUTE_1.start_us(engine.time_us))
        for time_us, told in ((end_us - 1, []), (end_us, [True])):
            process.hub.place.stamp = process.hub.place.stamp._replace(time_us=time_us)
            process.hub.pass_time(time_us)
            closed = [message["data"]["candles"][0]["closed"] for message in messages(visitor, MINUTES)]
            assert closed == told

    def test_who_missed_trades_gets_all_candles_they_changed(
        self, engine: Engine, process: FakeProcess
    ) -> None:
        visitor = process.connect()
        trade_at(engine, engine.time_us + 1_000, 100)
        visitor.subscribe(MINUTES)
        visitor.leave()
        for _ in range(3):
            trade_at(engine, engine.time_us + MINUTE_US, 101)
        process.turn()
        visitor.join(process)
        visitor.client.channels[MINUTES].items.clear()
        visitor.subscribe(MINUTES)
        followed = visitor.client.channels[MINUTES]
        assert (followed.snapshots, followed.updates) == (1, 1)
        assert [candle["closed"] for candle in followed.items] == [True, True, True, False]

    def test_too_far_back_is_a_snapshot(self, engine: Engine, process: FakeProcess) -> None:
        visitor = process.connect()
        trade_at(engine, engine.time_us + 1_000, 100)
        visitor.subscribe(MINUTES)
        visitor.leave()
        for _ in range(40):
            trade_at(engine, engine.time_us + MINUTE_US, 101)
        process.turn()
        visitor.join(process)
        visitor.subscribe(MINUTES)
        assert visitor.client.channels[MINUTES].snapshots == 2
