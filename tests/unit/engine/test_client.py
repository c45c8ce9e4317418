"""What a caller learns when the engine answers, refuses, is slow, or goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cse.domain import codes
from cse.engine import queries, wire
from cse.engine.client import LeaderClient, ReplicaClient, read_answer
from cse.engine.framing import Framing
from cse.engine.models import (
    Answer,
    EngineRefused,
    NotYetVisible,
    OutcomeUnknown,
    Reading,
    RecentReading,
    Unavailable,
)
from cse.engine.pipeline import Outcome
from cse.engine.transport import ServerSocket

TICK = wire.Tick().encode()


class Script:
    """A server that keeps the frames it gets, and does with them what a test says."""

    def __init__(self, path: Path) -> None:
        self.socket = ServerSocket(path, self)
        self.frames: asyncio.Queue[tuple[int, bytes]] = asyncio.Queue()
        self._framing = Framing(1 << 20)

    def connected(self, connection: int) -> None: ...

    def received(self, connection: int, data: bytes) -> None:
        for frame in self._framing.feed(data):
            self.frames.put_nowait((connection, frame))

    def disconnected(self, connection: int) -> None: ...


@pytest.fixture
async def script(tmp_path: Path) -> AsyncIterator[Script]:
    script = Script(tmp_path / "engine.sock")
    await script.socket.open()
    yield script
    await script.socket.close()


@pytest.fixture
async def leader(script: Script, tmp_path: Path) -> AsyncIterator[LeaderClient]:
    async with LeaderClient(tmp_path / "engine.sock") as client:
        assert await client.wait_connected(5)
        yield client


@pytest.fixture
async def replica(script: Script, tmp_path: Path) -> AsyncIterator[ReplicaClient]:
    async with ReplicaClient(tmp_path / "engine.sock") as client:
        assert await client.wait_connected(5)
        yield client


async def test_an_answer_has_the_place_in_the_journal_and_the_events(
    script: Script, leader: LeaderClient
) -> None:
    asked = asyncio.create_task(leader.submit(TICK))
    connection, frame = await script.frames.get()
    assert wire.Request.tail(frame) == TICK
    events = wire.AccountFrozen(7).encode()
    group = wire.Group(5, 60, 99).encode(events)
    script.socket.send(connection, wire.Answer(wire.Request.decode(frame).request_id, 3).encode(group))
    assert await asked == Answer(3, 5, 60, events)


async def test_a_command_may_be_sent_without_a_task(script: Script, leader: LeaderClient) -> None:
    outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
    for _ in range(3):
        leader.submit_then(TICK, outcomes.put_nowait)
    frames = [await script.frames.get() for _ in range(3)]
    (connection, first), (_, second), _ = frames
    group = wire.Group(5, 60, 99).encode()
    script.socket.send(connection, wire.Answer(wire.Request.decode(first).request_id, 3).encode(group))
    assert read_answer(await outcomes.get()) == Answer(3, 5, 60, b"")
    script.socket.send(connection, wire.Refusal(wire.Request.decode(second).request_id, 707).encode())
    with pytest.raises(EngineRefused):
        read_answer(await outcomes.get())
    script.socket.drop(connection)
    with pytest.raises(OutcomeUnknown):
        read_answer(await outcomes.get())


async def test_calls_of_one_turn_are_pipelined(script: Script, leader: LeaderClient) -> None:
    asked = [asyncio.create_task(leader.submit(TICK)) for _ in range(3)]
    frames = [await script.frames.get() for _ in range(3)]
    for connection, frame in reversed(frames):
        number = wire.Request.decode(frame).request_id
        script.socket.send(connection, wire.Refusal(number, 700 + number).encode())
    for number, task in enumerate(asked, 1):
        with pytest.raises(EngineRefused) as refused:
            await task
        assert refused.value.code == 700 + number


async def test_without_a_leader_nothing_is_sent(tmp_path: Path) -> None:
    async with LeaderClient(tmp_path / "nobody.sock") as client:
        assert not await client.wait_connected(0.05)
        with pytest.raises(Unavailable):
            await client.submit(TICK)
        with pytest.raises(Unavailable):
            client.submit_then(TICK, lambda _: None)


async def test_a_leader_that_goes_away_leaves_the_outcome_unknown(
    script: Script, leader: LeaderClient
) -> None:
    asked = asyncio.create_task(leader.submit(TICK))
    connection, _ = await script.frames.get()
    script.socket.drop(connection)
    with pytest.raises(OutcomeUnknown):
        await asked


async def test_no_answer_in_time_leaves_the_outcome_unknown(script: Script, leader: LeaderClient) -> None:
    with pytest.raises(OutcomeUnknown):
        await leader.submit(TICK, timeout_s=0.01)


async def test_a_client_connects_again_by_itself(script: Script, leader: LeaderClient) -> None:
    asked = asyncio.create_task(leader.submit(TICK))
    connection, _ = await script.frames.get()
    script.socket.drop(connection)
    await asyncio.gather(asked, return_exceptions=True)
    assert await leader.wait_connected(5)
    again = asyncio.create_task(leader.submit(TICK))
    connection, frame = await script.frames.get()
    number = wire.Request.decode(frame).request_id
    script.socket.send(connection, wire.Refusal(number, codes.OVERLOADED.number).encode())
    with pytest.raises(EngineRefused):
        await again


async def test_a_client_whose_server_has_stopped_is_not_connected(
    script: Script, leader: LeaderClient
) -> None:
    await script.socket.close()
    async with asyncio.timeout(5):
        while leader.connected:
            await asyncio.sleep(0.001)
    assert not await leader.wait_connected(0.05)


async def test_bytes_that_are_no_reply_end_the_connection(script: Script, leader: LeaderClient) -> None:
    asked = asyncio.create_task(leader.submit(TICK, timeout_s=60))
    connection, _ = await script.frames.get()
    script.socket.send(connection, b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(OutcomeUnknown, match="lost"):
        await asyncio.wait_for(asked, 5)


async def test_a_call_that_is_given_up_disturbs_no_other(script: Script, leader: LeaderClient) -> None:
    given_up = asyncio.create_task(leader.submit(TICK))
    kept = asyncio.create_task(leader.submit(TICK))
    frames = [await script.frames.get() for _ in range(2)]
    given_up.cancel()
    for connection, frame in frames:
        number = wire.Request.decode(frame).request_id
        script.socket.send(connection, wire.Refusal(number, codes.OVERLOADED.number).encode())
    with pytest.raises(EngineRefused):
        await kept


async def test_a_reading_has_the_sequence_it_reflects(script: Script, replica: ReplicaClient) -> None:
    asked = asyncio.create_task(replica.balances(4, min_sequence=17))
    connection, frame = await script.frames.get()
    query, question = queries.decode(frame)
    assert (query.min_sequence, question) == (17, queries.Balances(4))
    balance = wire.BalanceState(4, 1, -5, 1 << 99)
    script.socket.send(connection, queries.encode_reading(query.request_id, 20, balance.encode()))
    assert await asked == Reading(20, [balance])


async def test_a_reading_of_late_has_the_sequence_from_which_on_it_is_complete(
    script: Script, replica: ReplicaClient
) -> None:
    asked = asyncio.create_task(replica.closed_orders(4))
    connection, frame = await script.frames.get()
    number = wire.Query.decode(frame).request_id
    script.socket.send(connection, queries.encode_reading(number, 20, (17, [])))
    assert await asked == RecentReading(20, [], 17)


@pytest.mark.parametrize(
    ("code", "error"),
    [(codes.NOT_YET_VISIBLE, NotYetVisible), (codes.MALFORMED_COMMAND, EngineRefused)],
)
async def test_a_query_that_cannot_be_answered_says_why(
    script: Script, replica: ReplicaClient, code: codes.Code, error: type[Exception]
) -> None:
    asked = asyncio.create_task(replica.markets(min_sequence=1_000))
    connection, frame = await script.frames.get()
    number = wire.Query.decode(frame).request_id
    script.socket.send(connection, queries.encode_failure(number, 3, code.number))
    with pytest.raises(error):
        await asked


async def test_a_replica_that_goes_away_is_unavailable_since_a_query_changes_nothing(
    script: Script, replica: ReplicaClient
) -> None:
    asked = asyncio.create_task(replica.markets())
    connection, _ = await script.frames.get()
    script.socket.drop(connection)
    with pytest.raises(Unavailable):
        await asked
