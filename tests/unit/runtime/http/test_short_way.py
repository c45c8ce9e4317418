"""Requests whose head is known: answered without parser and task, and just as all others are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cse.runtime.http.route import Reply
from tests.unit.runtime.http.served import GOOD, LONG, request, served


async def test_the_second_request_with_a_head_goes_the_short_way_and_looks_the_same(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client, other = await server.client(), await server.client()
        first = await client.echoes(b"abcd")
        second = await client.echoes(b"efgh")
        await other.echoes(b"ijkl")
        assert server.echo.ways == ["asgi", "short", "short"]
        assert list(first) == list(second)
        assert (first["cse-sequence"], second["cse-sequence"]) == ("5", "6")
        assert first["cse-request-id"] != second["cse-request-id"]
        assert server.echo.application.answers["POST", "/echo", 200] == 3
        assert server.state.total_requests == 3


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [(b"odd!", 400, "invalid_side"), (b"lost", 503, "unavailable"), (b"bug!", 500, "internal_error")],
)
async def test_refusals_are_those_of_all_routes(tmp_path: Path, body: bytes, status: int, code: str) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        client.send(body)
        found, headers, problem = await client.answer()
        assert server.echo.ways == ["asgi", "short"]
        assert found == status
        assert headers["content-type"] == "application/problem+json"
        assert code in problem.decode()
        assert b"secret" not in problem
        assert headers.get("retry-after") == ("1" if status == 503 else None)
        await client.echoes(b"efgh")


async def test_a_signed_request_never_goes_the_short_way(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        for _ in range(3):
            client.send(b"abcd", more=b"CSE-Key: any\r\n")
            assert (await client.answer())[0] == 200
        assert server.echo.ways == ["asgi"] * 3


async def test_what_has_to_be_waited_for_goes_through_asgi(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        for _ in range(2):
            await client.echoes(b"away")
        assert server.echo.ways == ["asgi", "asgi"]


@pytest.mark.parametrize("pieces", [1, 2, 7])
async def test_requests_behind_one_under_way_are_answered_in_their_order(tmp_path: Path, pieces: int) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        client.send(b"held")
        while not server.echo.held:
            await asyncio.sleep(0)
        bodies = [b"%04d" % number for number in range(20)]
        behind = b"".join(request(body) for body in bodies)
        size = -(-len(behind) // pieces)
        for start in range(0, len(behind), size):
            client.writer.write(behind[start : start + size])
            await asyncio.sleep(0.001)
        respond, body = server.echo.held.pop()
        respond(Reply(body, 9))
        for body in (b"held", *bodies):
            assert (await client.answer())[2] == body
        await client.echoes(b"last")
        assert server.echo.ways[-1] == "short"


async def test_requests_that_come_at_once_are_answered_in_their_order(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        bodies = [b"%04d" % number for number in range(50)]
        for _ in range(2):
            client.send(*bodies)
            for body in bodies:
                assert (await client.answer())[2] == body


async def test_a_request_in_pieces_is_answered(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        whole = request(b"efgh")
        for cut in range(1, len(whole)):
            client.writer.write(whole[:cut])
            await asyncio.sleep(0)
            client.writer.write(whole[cut:])
            assert (await client.answer())[2] == b"efgh"


@pytest.mark.parametrize("cut", [b"Bearer good", b"earer good", b"good", b"d", b""])
async def test_the_beginning_of_a_head_opens_nothing_to_strangers(tmp_path: Path, cut: bytes) -> None:
    beginning = (
        b"POST /echo HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 4\r\nAuthorization: "
    )
    beginning += GOOD.removesuffix(cut)
    async with served(tmp_path) as server:
        owner, stranger = await server.client(), await server.client()
        owner.writer.write(beginning)
        await asyncio.sleep(0.05)
        owner.writer.write(cut + b"\r\n\r\nabcd")
        assert (await owner.answer())[0] == 200
        stranger.writer.write(beginning + b"\r\n\r\nabcd")
        assert (await stranger.answer())[0] == (401 if cut else 200)
        assert server.echo.ways == ["asgi"] * (1 if cut else 2)


async def test_a_head_that_came_in_pieces_is_not_kept(tmp_path: Path) -> None:
    # Cut within its length, it is the head of a shorter request, whose rest would be taken for body.
    longer, shorter = request(b"0123456789"), request(b"0")
    cut = shorter.index(b"\r\n\r\n")
    assert longer.startswith(shorter[:cut])
    async with served(tmp_path) as server:
        client = await server.client()
        client.writer.write(longer[:cut])
        await asyncio.sleep(0.01)
        client.writer.write(longer[cut:])
        assert (await client.answer())[2] == b"0123456789"
        client.writer.write(shorter + b"POST /ech")
        assert (await client.answer())[2] == b"0"
        client.writer.write(longer.removeprefix(b"POST /ech"))
        assert (await client.answer())[2] == b"0123456789"
        assert server.echo.ways == ["asgi", "asgi", "asgi"]


async def test_a_body_that_looks_like_a_request_is_a_body(tmp_path: Path) -> None:
    within = request(b"abcd")
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        for _ in range(2):
            head, body = request(within)[: -len(within)], within
            client.writer.write(head)
            await asyncio.sleep(0.01)
            client.writer.write(body)
            assert (await client.answer())[2] == within
        assert server.echo.ways == ["asgi", "asgi", "asgi"]


async def test_the_body_behind_an_early_refusal_is_no_request(tmp_path: Path) -> None:
    within = request(b"abcd")
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        client.writer.write(request(within, authorization=b"Bearer bad")[: -len(within)])
        assert (await client.answer())[0] == 401
        client.writer.write(within)
        await asyncio.sleep(0.01)
        await client.echoes(b"efgh")
        assert server.echo.ways == ["asgi", "short"]


async def test_a_client_that_goes_away_leaves_its_answer_and_nobody_else_behind(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        gone, other = await server.client(), await server.client()
        await gone.echoes(b"abcd")
        gone.send(b"held")
        await gone.writer.drain()
        while not server.echo.held:
            await asyncio.sleep(0)
        gone.writer.transport.abort()
        while len(server.state.connections) > 1:
            await asyncio.sleep(0)
        respond, body = server.echo.held.pop()
        respond(Reply(body))
        await other.echoes(b"efgh")
        assert server.echo.application.answers["POST", "/echo", 200] == 3


async def test_a_client_that_reads_slowly_is_waited_for(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        for number in range(20):
            client.send(b"long")
            await client.writer.drain()
            while len(server.echo.ways) < min(number + 2, 3):
                await asyncio.sleep(0)
        # One answer waits to be read; the next is made, and held until then; no third is begun.
        for _ in range(100):
            await asyncio.sleep(0)
        assert server.echo.ways == ["asgi", "short", "asgi"]
        for _ in range(20):
            assert (await client.answer())[2] == LONG


async def test_a_token_that_is_good_no_more_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        server.echo.known.good = b"Bearer another"
        client.send(b"abcd")
        assert (await client.answer())[0] == 401


async def test_a_stop_waits_for_the_answer_under_way(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        client, idle = await server.client(), await server.client()
        await client.echoes(b"abcd")
        await idle.echoes(b"abcd")
        client.send(b"held")
        while not server.echo.held:
            await asyncio.sleep(0)
        for connection in list(server.state.connections):
            connection.shutdown()
        assert await idle.reader.read() == b""
        respond, body = server.echo.held.pop()
        respond(Reply(body))
        _, headers, got = await client.answer()
        assert (got, headers["connection"]) == (b"held", "close")
        assert await client.reader.read() == b""


async def test_an_idle_connection_ends_and_one_under_way_does_not(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        server.idle_for_at_most(0.02)
        client, first_of_all = await server.client(), await server.client()
        await client.echoes(b"abcd")
        await first_of_all.echoes(b"efgh")
        client.send(b"held")
        while not server.echo.held:
            await asyncio.sleep(0)
        # The other one, which has only been on the short way, has been idle for as long.
        assert await first_of_all.reader.read() == b""
        respond, body = server.echo.held.pop()
        respond(Reply(body))
        assert (await client.answer())[2] == b"held"
        assert await client.reader.read() == b""
