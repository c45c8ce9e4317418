"""Rates are read whenever that is told, and hold on while PostgreSQL is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from cse.accounts.rates.models import OwnRate
from cse.domain import rates
from cse.domain.rates import Rate
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller, Counted
from cse.services import rates_in_force
from cse.services.rates_in_force import RatesInForce

MAKER = Caller(UUID(int=1), "session", 5, 1e12)
ANYBODY = Caller(UUID(int=2), "session", 6, 1e12)
LOW = Rate("orders", 500, 5)


class Stored:
    """What PostgreSQL has, as long as it is there."""

    def __init__(self) -> None:
        self.own: list[OwnRate] = []
        self.of_owner: dict[UUID, int] = {}
        self.is_away = False
        self.reads = 0

    async def all(self) -> list[OwnRate]:
        self.reads += 1
        if self.is_away:
            raise psycopg.OperationalError("away on purpose")
        return list(self.own)

    async def tiers(self) -> dict[UUID, int]:
        return dict(self.of_owner)


class Process:
    """A process that follows what is stored."""

    def __init__(self) -> None:
        self.stored = Stored()
        self.rates = Rates(clock_s=lambda: 100.0)
        stored: Any = self.stored
        self.in_force = RatesInForce(self.rates, stored, stored)

    def orders_of(self, caller: Caller) -> Rate:
        [(buckets, _, tier)] = self.rates.of(Counted.ORDERS, caller)
        return buckets.rate_of(tier)

    async def hear(self) -> None:
        """Hears that something has changed, and returns once it was read."""
        before = self.stored.reads
        self.in_force.heard("")
        async with asyncio.timeout(30):
            while self.stored.reads == before:
                await asyncio.sleep(0)
        await asyncio.sleep(0)


@pytest.fixture
async def process(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Process]:
    monkeypatch.setattr(rates_in_force, "_AGAIN_S", 0.0)
    process = Process()
    running = asyncio.create_task(process.in_force.run())
    yield process
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_until_they_were_read_the_built_in_ones_hold(process: Process) -> None:
    assert not process.in_force.are_known
    assert process.orders_of(MAKER) == rates.ORDERS
    await process.hear()
    assert process.in_force.are_known


async def test_each_gets_the_rate_of_their_tier_and_the_headers_say_so(process: Process) -> None:
    process.stored.own = [OwnRate(3, LOW)]
    process.stored.of_owner = {MAKER.person: 3}
    await process.hear()
    assert (process.orders_of(MAKER), process.orders_of(ANYBODY)) == (LOW, rates.ORDERS)
    assert process.rates.lines(Counted.ORDERS, MAKER) == (
        b'ratelimit-policy: "orders";q=500;w=100\r\nratelimit: "orders";r=500;t=0\r\n'
    )
    assert process.rates.headers(Counted.ORDERS, ANYBODY)[0] == (
        b"ratelimit-policy", b'"orders";q=50000;w=758',
    )  # fmt: skip
    process.stored.of_owner = {}
    process.rates.take_orders(MAKER, 200)
    await process.hear()
    # What is left is no more than it was.
    assert process.rates.headers(Counted.ORDERS, MAKER)[1][1].startswith(b'"orders";r=300;')


async def test_a_key_has_the_rates_of_its_person(process: Process) -> None:
    program = MAKER._replace(key=UUID(int=9))
    process.stored.own = [
        OwnRate(3, Rate("key_requests", 1_000, 20)),
        OwnRate(3, Rate("requests", 2_000, 30)),
    ]
    process.stored.of_owner = {MAKER.person: 3}
    await process.hear()
    assert process.rates.headers(Counted.REQUESTS, program)[0][1] == (
        b'"key_requests";q=1000;w=50, "requests";q=2000;w=67'
    )


async def test_while_postgresql_is_away_those_hold_that_were_read_last(process: Process) -> None:
    process.stored.own = [OwnRate(0, LOW)]
    await process.hear()
    process.stored.is_away = True
    process.stored.own = []
    await process.hear()
    assert process.orders_of(ANYBODY) == LOW
    process.stored.is_away = False
    async with asyncio.timeout(30):
        while process.orders_of(ANYBODY) != rates.ORDERS:
            await asyncio.sleep(0)
