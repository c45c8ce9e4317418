"""Real processes: what was acknowledged survives whatever ends them, and nothing happens twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cse.domain import codes
from cse.engine import wire
from cse.engine.client import LeaderClient
from cse.engine.feed import EventFeed
from cse.engine.models import Answer, ClosedOrder, EngineRefused, OutcomeUnknown, Unavailable, groups
from tests.integration.engine.processes import (
    Process,
    connected,
    leader_client,
    replica_client,
)
from tests.small_market import BUYER, LISTED, SELLER, buy, cancel, listing, sell


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[LeaderClient]:
    async with leader_client(tmp_path) as client:
        yield client


async def list_market(client: LeaderClient) -> None:
    await connected(client)
    for command in listing():
        await client.submit(command)


async def place_until_it_ends(client: LeaderClient, placed: dict[str, Answer], prefix: str) -> list[str]:
    """Places orders in 16 tasks at a time until the leader goes away; returns the ids whose outcome
    is unknown."""
    unknown: list[str] = []

    async def place(task: int) -> None:
        for number in range(1_000_000):
            client_order_id = f"{prefix}-{task}-{number}"
            try:
                placed[client_order_id] = await client.submit(buy(1 + number % 50, 1, client_order_id))
            except OutcomeUnknown:
                unknown.append(client_order_id)
                return
            except Unavailable:
                return

    await asyncio.gather(*(place(task) for task in range(16)))
    return unknown


async def test_all_that_was_acknowledged_survives_kill_9_again_and_again(
    tmp_path: Path, client: LeaderClient
) -> None:
    placed: dict[str, Answer] = {}
    unknown: list[str] = []
    leader = await Process("leader", tmp_path).start()
    await list_market(client)
    for life in range(3):
        placing = asyncio.create_task(place_until_it_ends(client, placed, f"life{life}"))
        await asyncio.sleep(0.3)
        await leader.kill()
        unknown += await placing
        leader = await Process("leader", tmp_path).start()
        await connected(client)
    async with leader:
        assert len(placed) > 100
        feed = EventFeed(tmp_path)
        for answer in placed.values():
            (group,) = groups(feed.read_bytes(answer.sequence - 1, 1))
            assert (group.time_us, group.events) == (answer.time_us, answer.events)
        # Whatever became of what is unknown, asking again settles it, and each exists once.
        for client_order_id in unknown:
            number = int(client_order_id.split("-")[2])
            await client.submit(buy(1 + number % 50, 1, client_order_id))
        accepted = [
            wire.OrderAccepted.decode(group.events).client_order_id
            for after in range(0, feed.watermark, 4_096)
            for group in groups(feed.read_bytes(after))
            if group.events and wire.header_of(group.events)[0] == wire.OrderAccepted.KIND
        ]
        assert sorted(accepted) == sorted([*placed, *unknown])


async def test_a_repeat_finds_the_original_answer_after_a_crash(tmp_path: Path, client: LeaderClient) -> None:
    leader = await Process("leader", tmp_path).start()
    await list_market(client)
    await client.submit(sell(quantity=3))
    original = await client.submit(buy(quantity=3, client_order_id="once"))
    await leader.kill()
    async with (
        Process("leader", tmp_path),
        Process("replica", tmp_path),
        replica_client(tmp_path) as replica,
    ):
        await connected(client, replica)
        repeat = await client.submit(buy(quantity=3, client_order_id="once"))
        repeated = wire.OrderRepeated.decode(repeat.events)
        assert repeated.original_sequence == original.sequence
        group = (await replica.group(repeated.original_sequence)).value
        assert group is not None
        assert group.events == original.events
        found = (await replica.order_by_client_id(BUYER, "once")).value
        assert isinstance(found, ClosedOrder)
        assert found.closed.reason == wire.CloseReason.FILLED


def end_of_records(segment: bytes) -> int:
    """Where the next record would begin."""
    offset = wire.JournalSegment.WIDTH
    while segment[offset : offset + 8].strip(b"\0"):
        offset += int.from_bytes(segment[offset + 4 : offset + 8], "little")
    return offset


async def test_a_torn_tail_is_cut_and_reported(tmp_path: Path, client: LeaderClient) -> None:
    leader = await Process("leader", tmp_path).start()
    await list_market(client)
    await leader.kill()
    (segment,) = (tmp_path / "journal").glob("0*.journal")
    content = segment.read_bytes()
    end = end_of_records(content)
    first = wire.Record.decode(content, wire.JournalSegment.WIDTH)
    torn = first._replace(first_sequence=LISTED + 2, count=1).encode(buy())[:-40]
    with segment.open("r+b") as file:
        file.seek(end)
        file.write(torn)
    async with Process("leader", tmp_path) as leader:
        await connected(client)
        status = await client.status()
        assert isinstance(status["recovery"], dict)
        assert f"offset {end}" in str(status["recovery"]["cut"])
        assert (await client.submit(buy())).sequence == LISTED + 3


async def test_damage_in_the_middle_is_left_as_it_is_and_said(tmp_path: Path, client: LeaderClient) -> None:
    leader = await Process("leader", tmp_path).start()
    await list_market(client)
    await leader.kill()
    (segment,) = (tmp_path / "journal").glob("0*.journal")
    content = bytearray(segment.read_bytes())
    content[wire.JournalSegment.WIDTH + 80] ^= 1
    segment.write_bytes(content)
    leader = await Process("leader", tmp_path).start()
    assert await leader.ends() == 1
    last_line = json.loads(leader.log.read_text().splitlines()[-1])
    assert last_line["kind"] == "JournalDamaged"
    assert segment.read_bytes() == content


async def test_a_stop_finishes_what_was_taken_and_leaves_a_snapshot(
    tmp_path: Path, client: LeaderClient
) -> None:
    leader = await Process("leader", tmp_path).start()
    await list_market(client)
    replica = await Process("replica", tmp_path).start()
    async with replica_client(tmp_path) as reads:
        await connected(reads)
        asked = [asyncio.create_task(client.submit(buy(client_order_id=f"{n}"))) for n in range(500)]
        await asyncio.sleep(0.001)
        assert await leader.stop() == 0
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        answered = [answer for answer in outcomes if isinstance(answer, Answer)]
        assert answered
        assert await replica.stop() == 0
    last = EventFeed(tmp_path).watermark
    assert last == LISTED + 1 + len(answered)
    assert (tmp_path / "snapshots" / f"{last:020}.snapshot").exists()


async def test_a_disk_nearly_full_takes_cancels_and_no_orders(tmp_path: Path, client: LeaderClient) -> None:
    async with Process("leader", tmp_path):
        await list_market(client)
        await client.submit(buy())
    async with Process("leader", tmp_path, CSE_FREE_BYTES_MIN=str(1 << 62)):
        await connected(client)
        with pytest.raises(EngineRefused) as refused:
            await client.submit(buy())
        assert refused.value.code == codes.STORAGE_LOW.number
        cancelled = await client.submit(cancel(BUYER, 1))
        assert wire.OrderClosed.decode(cancelled.events).reason == wire.CloseReason.CANCELLED


async def test_a_replica_that_was_away_catches_up_before_it_answers(
    tmp_path: Path, client: LeaderClient
) -> None:
    async with Process("leader", tmp_path), replica_client(tmp_path) as reads:
        await list_market(client)
        replica = await Process("replica", tmp_path).start()
        await connected(reads)
        await replica.kill()
        with pytest.raises(Unavailable):
            await reads.open_orders(SELLER)
        answers = await asyncio.gather(*(client.submit(sell(200 + n)) for n in range(200)))
        async with Process("replica", tmp_path):
            await connected(reads)
            reading = await reads.open_orders(SELLER)
            assert reading.sequence >= max(answer.sequence for answer in answers)
            assert len(reading.value) == 200


async def test_nobody_sees_their_own_order_missing(tmp_path: Path, client: LeaderClient) -> None:
    async with (
        Process("leader", tmp_path),
        Process("replica", tmp_path),
        replica_client(tmp_path) as reads,
    ):
        await list_market(client)
        await connected(reads)
        for number in range(1, 101):
            answer = await client.submit(buy(1 + number))
            reading = await reads.open_orders(BUYER)
            assert reading.sequence >= answer.sequence
            assert len(reading.value) == number
