"""What is forked is like what is executed: its own session, files, variables, end; and it leaves no orphan."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from cse.cli.supervisor.forking import ForkedProcess, ForkServer
from tests.exchange import is_alive

MODULE = f"{__package__}.placeholder"
TIMEOUT_S = 60.0


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ForkServer]:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    server = ForkServer([MODULE])
    yield server
    async with asyncio.timeout(TIMEOUT_S):
        await server.close()


async def placeholder(server: ForkServer, ending: str, **variables: str) -> ForkedProcess:
    return await server.start("edge-1", ("placeholder", ending), variables, ())


async def has_asked(server: ForkServer, forks: int) -> None:
    while len(server._asked) < forks:
        await asyncio.sleep(0.01)


async def said(process: ForkedProcess) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await process.stdout.readline())
    found["open_files"] = {int(number): inode for number, inode in found["open_files"].items()}
    return found


async def test_a_fork_has_what_was_asked_for_and_nothing_else(server: ForkServer) -> None:
    with socket.socket() as shared, socket.socket() as other:
        number = shared.fileno()
        assert other.fileno() > 0
        process = await server.start("edge-1", ("placeholder", "7"), {"PLACEHOLDER_OF": "an edge"}, (number,))
        found = await said(process)
        assert found["pid"] == found["session"] == process.pid
        assert found["name"] == "cse edge-1"
        assert found["variables"] == ["PLACEHOLDER_OF"]
        assert found["open_files"].keys() == {0, 1, 2, number}
    assert await process.stdout.readline() == b"and this is an error\n"
    assert await process.wait() == 7
    assert process.returncode == 7
    assert await process.stdout.read() == b""


async def test_files_keep_their_numbers_whatever_those_are_in_the_server(server: ForkServer) -> None:
    with ExitStack() as stack:
        # So many that some have a number here which another one has there.
        sockets = [stack.enter_context(socket.socket()) for _ in range(15)]
        there = {one.fileno(): os.fstat(one.fileno()).st_ino for one in reversed(sockets)}
        process = await server.start("a", ("placeholder", "0"), {}, [*there])
        found = (await said(process))["open_files"]
        assert {number: inode for number, inode in found.items() if number > 2} == there


async def test_forks_know_nothing_of_each_other(server: ForkServer) -> None:
    first = await placeholder(server, "wait", PLACEHOLDER_ONE="1")
    second = await placeholder(server, "wait", PLACEHOLDER_TWO="2")
    assert (await said(first))["variables"] == ["PLACEHOLDER_ONE"]
    found = await said(second)
    assert (found["variables"], found["open_files"].keys()) == (["PLACEHOLDER_TWO"], {0, 1, 2})
    first.send_signal(signal.SIGTERM)
    assert await first.wait() == -signal.SIGTERM
    assert second.returncode is None
    assert is_alive(second.pid)
    second.send_signal(signal.SIGKILL)
    assert await second.wait() == -signal.SIGKILL


async def test_what_has_ended_is_not_signalled(server: ForkServer) -> None:
    process = await placeholder(server, "0")
    await process.wait()
    process.send_signal(signal.SIGKILL)
    assert not Path(f"/proc/{process.pid}").exists()


async def test_a_server_that_is_killed_takes_its_forks_along_and_the_next_start_makes_another(
    server: ForkServer,
) -> None:
    processes = [await placeholder(server, "wait") for _ in range(2)]
    killed = server.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert [await process.wait() for process in processes] == [-signal.SIGKILL] * 2
    # It is the kernel that ends them, at the same time.
    while any(is_alive(process.pid) for process in processes):
        await asyncio.sleep(0.01)
    assert await (await placeholder(server, "3")).wait() == 3
    assert server.pid not in (killed, None)


async def test_who_waits_for_a_fork_is_told_that_the_server_has_ended(server: ForkServer) -> None:
    await server.open()
    killed = server.pid
    assert killed is not None
    os.kill(killed, signal.SIGSTOP)
    asked = asyncio.create_task(placeholder(server, "0"))
    await has_asked(server, 1)
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(OSError, match=r"forked from has ended|Broken pipe"):
        await asked


async def test_who_waits_no_more_is_told_nothing_when_the_server_ends(server: ForkServer) -> None:
    await server.open()
    killed = server.pid
    assert killed is not None
    os.kill(killed, signal.SIGSTOP)
    given_up, waiting = (asyncio.create_task(placeholder(server, "0")) for _ in range(2))
    await has_asked(server, 2)
    given_up.cancel()
    await asyncio.sleep(0)
    os.kill(killed, signal.SIGKILL)
    async with asyncio.timeout(TIMEOUT_S):
        with pytest.raises(OSError, match="forked from has ended"):
            await waiting


async def test_a_module_that_cannot_be_loaded_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    server = ForkServer(["cse.cli.no_such_module"])
    with pytest.raises(OSError, match=r"forked from has ended|Broken pipe"):
        await server.start("a", ("--help",), {}, ())
    await server.close()


async def test_many_are_started_at_the_same_time(server: ForkServer) -> None:
    processes = await asyncio.gather(*(placeholder(server, str(number)) for number in range(12)))
    assert [await process.wait() for process in processes] == list(range(12))
    assert len({process.pid for process in processes}) == 12
