"""Requests straight over sockets, at a server in trouble."""

from __future__ import annotations

import asyncio

import pytest

from cse_client import Answer, DirectTransport, NoAnswer, Unreachable
from tests.exchange import free_port
from tests.unit.client.http.scripted_server import HANG_UP, ScriptedServer, answer


async def test_requests_share_a_connection_and_keep_their_order() -> None:
    with ScriptedServer([answer(200, b"%d" % number) for number in range(4)]) as server:
        transport = DirectTransport(server.url, connections_max=1)
        asked = (transport.send("POST", f"/{number}", {"a": "b"}, b"{}") for number in range(4))
        found: list[Answer] = await asyncio.gather(*asked)
        await transport.close()
    assert [one.body for one in found] == [b"0", b"1", b"2", b"3"]
    assert server.requests[0].startswith(b"POST /0 HTTP/1.1\r\nhost: 127.0.0.1:")
    assert server.requests[0].endswith(b"\r\na: b\r\ncontent-length: 2\r\n\r\n{}")


async def test_a_connection_that_was_cut_leaves_the_outcome_unknown_and_the_next_is_new() -> None:
    with ScriptedServer([HANG_UP, answer(200)]) as server:
        transport = DirectTransport(server.url)
        with pytest.raises(NoAnswer) as lost:
            await transport.send("POST", "/api/orders", {}, b"{}")
        assert lost.value.money == "unknown"
        assert (await transport.send("GET", "/", {}, b"")).status == 200
        await transport.close()


async def test_a_connection_that_the_server_will_close_is_not_used_again() -> None:
    with ScriptedServer([answer(200, b"{}", "Connection: close"), HANG_UP, answer(200)]) as server:
        transport = DirectTransport(server.url)
        await transport.send("GET", "/", {}, b"")
        with pytest.raises(NoAnswer):
            await transport.send("GET", "/", {}, b"")
        await transport.send("GET", "/", {}, b"")
        await transport.close()


async def test_nobody_is_there() -> None:
    transport = DirectTransport(f"http://127.0.0.1:{free_port()}")
    for _ in range(2):
        with pytest.raises(Unreachable) as missing:
            await transport.send("GET", "/", {}, b"")
        assert missing.value.money == "none"


async def test_an_answer_that_does_not_come_in_time_is_not_waited_for() -> None:
    ended: asyncio.Queue[None] = asyncio.Queue()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        ended.put_nowait(None)

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = DirectTransport(f"http://127.0.0.1:{port}", connections_max=1, timeout_s=0.05)
    for _ in range(2):
        with pytest.raises(NoAnswer):
            await transport.send("GET", "/", {}, b"")
    await transport.close()
    for _ in range(2):
        await ended.get()
    server.close()
    await server.wait_closed()


async def test_one_who_gives_up_leaves_the_turn_to_the_next() -> None:
    with ScriptedServer([answer(200), answer(200)]) as server:
        transport = DirectTransport(server.url, connections_max=1)
        first = asyncio.create_task(transport.send("GET", "/1", {}, b""))
        second = asyncio.create_task(transport.send("GET", "/2", {}, b""))
        third = asyncio.create_task(transport.send("GET", "/3", {}, b""))
        await asyncio.sleep(0)
        second.cancel()
        assert [one.status for one in await asyncio.gather(first, third)] == [200, 200]
        await transport.close()


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://example.com", ""])
def test_an_address_must_be_one_of_http(url: str) -> None:
    with pytest.raises(ValueError, match="not the address"):
        DirectTransport(url)
