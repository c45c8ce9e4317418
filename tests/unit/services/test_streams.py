"""What a streams process does as time passes."""

from __future__ import annotations

import asyncio
import contextlib
import re
from types import SimpleNamespace
from typing import Any

import pytest

from cse.binance.streams.feeds import Feeds
from cse.marketdata.intervals import DAY_US
from cse.runtime.clock import LeaderClock
from cse.runtime.health import Health
from cse.services.streams import Streams
from tests.small_market import buy, sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess

TICKER = f"ticker.{NAME}"


class Machine:
    """A machine whose wall clock can be set."""

    def __init__(self, wall_us: int) -> None:
        self.boot_us = 0
        self.wall_us = wall_us

    def pass_time(self, passed_us: int) -> None:
        self.boot_us += passed_us
        self.wall_us += passed_us


@pytest.mark.parametrize("jump_us", [2 * DAY_US, -2 * DAY_US])
def test_a_wall_clock_that_is_set_takes_no_trade_out_of_the_day(jump_us: int) -> None:
    engine = Engine()
    process = FakeProcess(engine)
    engine.run(sell(110), buy(110))
    process.turn()
    machine = Machine(engine.time_us)
    clock = LeaderClock(engine.time_us, boot=lambda: machine.boot_us, wall=lambda: machine.wall_us)
    streams = streams_of(process, clock)

    machine.pass_time(1_000_000)
    machine.wall_us += jump_us
    look_once(streams)
    machine.pass_time(1_000_000)
    look_once(streams)
    machine.wall_us -= jump_us
    assert trades_of_day(process) == b"1"
    # It is slower or faster by a hundredth at most until both agree again.
    machine.pass_time(DAY_US + DAY_US // 50)
    look_once(streams)
    assert trades_of_day(process) == b"0"


def trades_of_day(process: FakeProcess) -> bytes:
    """The figure of the ticker, as one is told who comes now."""
    visitor = process.connect()
    visitor.send(visitor.client.subscription(TICKER))
    process.turn()
    (figure,) = re.findall(rb'"trades_24h":(\d+)', bytes(visitor.connection.received))
    return bytes(figure)


def streams_of(process: FakeProcess, clock: LeaderClock) -> Streams:
    """Only what looking after needs."""
    up: Any = SimpleNamespace(listening=True, connected=True, is_heard=False, are_known=True)
    none: Any = SimpleNamespace(count=0, sweep=lambda: None, feeds=Feeds(process.hub))
    return Streams(
        process.connections, none, none, process.hub, up, up, up, up, up, up, up, Health("streams"), clock,
        up, up, up, up,
    )  # fmt: skip


def look_once(streams: Streams) -> None:
    async def look() -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0):
                await streams.look_after()

    asyncio.run(look())
