"""One real run each of a full disk, a failed sync and a clock set back, with the leader's process."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from cse.domain import codes
from cse.engine import wire
from cse.engine.client import LeaderClient
from cse.engine.feed import EventFeed
from cse.engine.models import Answer, EngineRefused, OutcomeUnknown, Unavailable, groups
from tests.integration.engine.processes import Process, connected, leader_client
from tests.integration.faults.faults import Ballast, Faults, small_disk
from tests.small_market import BUYER, buy, cancel, listing

MIB = 1 << 20
HOUR_S = 3600
PATIENCE_S = 90.0


async def list_market(client: LeaderClient) -> None:
    await connected(client)
    for command in listing():
        await client.submit(command)


def kept(data: Path, answers: list[Answer]) -> bool:
    """Whether the event log has each answer as it was given."""
    feed = EventFeed(data)
    found = [groups(feed.read_bytes(answer.sequence - 1, 1)) for answer in answers]
    return [[group.events for group in one] for one in found] == [[answer.events] for answer in answers]


async def test_after_a_failed_sync_nobody_is_answered_and_the_process_ends(tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    async with leader_client(data) as client:
        leader = await Process("leader", data, **faults.environment).start()
        await list_market(client)
        before = [await client.submit(buy(client_order_id=f"before-{n}")) for n in range(20)]
        faults.fail_syncs()
        with pytest.raises(OutcomeUnknown):
            await client.submit(buy(client_order_id="at-the-fault"))
        assert await leader.ends() == 1
        faults.fail_syncs(False)
        async with Process("leader", data, **faults.environment):
            await connected(client)
            assert kept(data, before)
            # Whether it was kept or not: asked again, the order exists once.
            await client.submit(buy(client_order_id="at-the-fault"))
            again = await client.submit(buy(client_order_id="at-the-fault"))
            assert wire.header_of(again.events)[0] == wire.OrderRepeated.KIND


async def test_a_clock_set_back_or_forward_moves_no_record_by_a_jump(tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    async with leader_client(data) as client:
        async with Process("leader", data, **faults.environment) as leader:
            await list_market(client)
            times = [(await client.submit(buy())).time_us]
            for off_s in (-HOUR_S, HOUR_S, -2 * HOUR_S):
                faults.set_clock_off(off_s)
                for _ in range(5):
                    await asyncio.sleep(0.1)
                    times.append((await client.submit(buy())).time_us)
            assert times == sorted(times)
            # 15 steps of a tenth of a second, however slow the machine; an hour would show.
            assert times[-1] - times[0] < 600 * 1_000_000
            await asyncio.sleep(1.2)
            assert "the wall clock is far from the leader's" in leader.log.read_text()
        async with Process("leader", data, **faults.environment):
            await connected(client)
            assert (await client.submit(buy())).time_us > times[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
async def test_a_full_disk_stops_orders_first_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 224 * MIB) as disk:
        ballast = Ballast(disk)
        data = disk / "data"
        data.mkdir()
        async with leader_client(data) as client:
            leader = await Process("leader", data, CSE_FREE_BYTES_MIN=str(8 * MIB)).start()
            await list_market(client)
            answers = [await client.submit(buy(client_order_id=f"before-{n}")) for n in range(500)]
            ballast.leave(4 * MIB)
            await refused_for_want_of_storage(client)
            answers.append(await client.submit(cancel(BUYER, 1)))
            assert wire.OrderClosed.decode(answers[-1].events).reason == wire.CloseReason.CANCELLED
            ballast.leave(0)
            answers += await cancel_until_the_disk_is_full(client)
            assert await leader.ends() == 1
            ballast.remove()
            async with Process("leader", data, CSE_FREE_BYTES_MIN=str(8 * MIB)):
                await connected(client)
                assert kept(data, answers)
                await client.submit(buy(client_order_id="after"))


async def refused_for_want_of_storage(client: LeaderClient) -> None:
    """Places orders until one is refused; the leader looks at its disk once a second."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await client.submit(buy())
            except EngineRefused as refused:
                assert refused.code == codes.STORAGE_LOW.number
                return
            await asyncio.sleep(0.05)


async def cancel_until_the_disk_is_full(client: LeaderClient) -> list[Answer]:
    """Cancels what is no order until the leader ends; returns what it acknowledged until then."""
    answers: list[Answer] = []
    async with asyncio.timeout(PATIENCE_S * 3):
        while True:
            asked = [client.submit(cancel(BUYER, 1)) for _ in range(1_000)]
            outcomes = await asyncio.gather(*asked, return_exceptions=True)
            answers += [outcome for outcome in outcomes if isinstance(outcome, Answer)]
            if any(isinstance(outcome, OutcomeUnknown | Unavailable) for outcome in outcomes):
                return answers
