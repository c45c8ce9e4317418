"""Requests whose head is known: answered without parser and task, and just as all others are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from uvicorn.server import ServerState

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.heads import HEAD_BYTES_MAX, HEADS_MAX, KnownHeads
from cse.runtime.http.route import Access, Caller, Nothing, Reply, Respond, Route, Scope, SignedRequest
from cse.runtime.http.server import server_configuration

TIMEOUT_S = 10
GOOD = b"Bearer good"
LONG = b"x" * 4_000_000


class Known:
    """One person, and a key that signs whatever comes."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        if headers.get(b"authorization") != GOOD:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return CALLER

    async def by_signature(self, _: SignedRequest) -> Caller:
        return CALLER


CALLER = Caller(UUID(int=1), "session", 7, 0.0)


class Echo:
    """A route that gives the body back, and notes on which way it came."""

    def __init__(self) -> None:
        self.ways: list[str] = []
        self.held: list[tuple[Respond, bytes]] = []
        self.application = Application(
            [
                Route(
                    "POST",
                    "/echo",
                    Access.PERSON,
                    "",
                    None,
                    raw=self.raw,
                    direct=self.direct,
                    request=Nothing,
                )
            ],
            Known(),
            ClientAddresses([]),
            lambda error, _: CodedError(codes.UNAVAILABLE) if isinstance(error, ConnectionError) else None,
        )

    async def raw(self, _: Scope, __: Caller, body: bytes) -> Reply:
        self.ways.append("asgi")
        return Reply(LONG if body == b"long" else body, 5)

    def direct(self, _: Caller, body: bytes, respond: Respond) -> bool:
        if body == b"away":
            return False
        self.ways.append("short")
        if body == b"odd!":
            raise CodedError(codes.INVALID_SIDE, field="side")
        if body == b"bug!":
            raise RuntimeError("a secret detail")
        if body == b"held":
            self.held.append((respond, body))
        elif body == b"lost":
            respond(ConnectionError())
        else:
            respond(Reply(LONG if body == b"long" else body, 6))
        return True


class Client:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, *bodies: bytes, more: bytes = b"", authorization: bytes = GOOD) -> None:
        self.writer.write(b"".join(request(body, more, authorization) for body in bodies))

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        body = await self.reader.readexactly(int(headers["content-length"]))
        return int(head[0].split()[1]), headers, body

    async def echoes(self, body: bytes) -> dict[str, str]:
        """Sends a body, and wants it back."""
        self.send(body)
        status, headers, got = await self.answer()
        assert (status, got) == (200, body)
        return headers


def request(body: bytes, more: bytes = b"", authorization: bytes = GOOD) -> bytes:
    return (
        b"POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: %b\r\nContent-Type: application/json\r\n"
        b"%bContent-Length: %d\r\n\r\n%b" % (authorization, more, len(body), body)
    )


class Served:
    """A server and its connections."""

    def __init__(self, socket: Path) -> None:
        self.echo = Echo()
        self.state = ServerState()
        self.state.default_headers = [(b"date", b"today")]
        self._socket = str(socket)
        self._configuration = server_configuration(self.echo.application)
        self._configuration.load()
        self._clients: list[Client] = []
        self._listening: Any = None

    async def open(self) -> None:
        self._listening = await asyncio.get_running_loop().create_unix_server(
            lambda: self._configuration.http_protocol_class(  # type: ignore[call-arg]
                config=self._configuration, server_state=self.state, app_state={}
            ),
            self._socket,
        )

    def idle_for_at_most(self, idle_s: float) -> None:
        self._configuration.timeout_keep_alive = idle_s  # type: ignore[assignment]

    async def client(self) -> Client:
        client = Client(*await asyncio.open_unix_connection(self._socket))
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            client.writer.close()
        self._listening.close()


@asynccontextmanager
async def served(directory: Path) -> AsyncIterator[Served]:
    served = Served(directory / "socket")
    await served.open()
    try:
        async with asyncio.timeout(TIMEOUT_S):
            yield served
    finally:
        await served.close()


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


async def test_a_token_that_is_good_no_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(tmp_path) as server:
        client = await server.client()
        await client.echoes(b"abcd")
        monkeypatch.setattr(f"{__name__}.GOOD", b"Bearer another")
        client.send(b"abcd", authorization=b"Bearer good")
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


@pytest.mark.parametrize(
    "raw",
    [
        request(b"abcd", authorization=b"Bearer bad"),
        request(b"abcd").replace(b"application/json", b"text/plain"),
        request(b"abcd").replace(b"/1.1", b"/1.0"),
        request(b"abcd").replace(b"POST", b"PUT"),
        request(b"abcd").replace(b"/echo", b"/elsewhere"),
        request(b"abcd", b"Connection: close\r\n"),
        request(b"abcd", b"Connection: keep-alive\r\n"),
        request(b"abcd", b"Expect: 100-continue\r\n"),
        request(b"abcd", b"Connection: upgrade\r\nUpgrade: other\r\n"),
        request(b"abcd", b"X: a\r\nX: b\r\n"),
        request(b"abcd", b"X: a\r\n folded\r\n"),
        request(b"abcd", b"X: %b\r\n" % (b"a" * HEAD_BYTES_MAX)),
        request(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"4\r\nabcd\r\n0\r\n\r\n",
        b"\r\n" + request(b"abcd"),
    ],
    ids=lambda raw: repr(raw[20:120]),
)
async def test_unusual_heads_are_not_kept(tmp_path: Path, raw: bytes) -> None:
    async with served(tmp_path) as server:
        for _ in range(3):
            client = await server.client()
            client.writer.write(raw)
            await client.reader.readuntil(b"\r\n\r\n")
            client.writer.close()
        assert "short" not in server.echo.ways


def test_heads_are_bounded_in_number_and_the_oldest_go() -> None:
    heads = KnownHeads(Echo().application)
    for number in range(HEADS_MAX + 1):
        length = b"%d" % number
        headers = [
            (b"authorization", GOOD),
            (b"content-type", b"application/json"),
            (b"content-length", length),
        ]
        head = b"POST /echo HTTP/1.1" + b"".join(b"\r\n%b: %b" % header for header in headers)
        heads.learn(head, "POST", "/echo", headers)
        known = heads.find(head)
        assert known is not None
        assert known.body_bytes == number
    assert heads.find(head.replace(length, b"0")) is None
    assert heads.find(head.replace(length, b"1")) is not None


class Talk(asyncio.BufferedProtocol):
    """Another protocol: says back what it hears."""

    def __init__(self, is_unix: bool) -> None:
        assert is_unix
        self.heard = b""
        self._buffer = bytearray(16)

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.heard += self._buffer[:nbytes]
        self._transport.write(bytes(self._buffer[:nbytes]))


UPGRADE = b"GET /talk?x=1 HTTP/1.1\r\nHost: here\r\nUpgrade: talk\r\nConnection: Upgrade\r\n\r\n"


@pytest.mark.parametrize("before", [0, 1])
async def test_a_connection_goes_on_in_another_protocol_from_the_request_for_it_on(
    tmp_path: Path, before: int
) -> None:
    async with served(tmp_path) as server:
        server.echo.application.upgrades[b"/talk"] = Talk
        client = await server.client()
        for _ in range(before):
            await client.echoes(b"abcd")
        server.idle_for_at_most(0.01)
        client.writer.write(UPGRADE)
        assert await client.reader.readexactly(len(UPGRADE)) == UPGRADE
        await asyncio.sleep(0.05)
        client.writer.write(b"hello")
        assert await client.reader.readexactly(5) == b"hello"
        assert not server.state.connections


async def test_behind_a_request_under_way_it_waits_for_the_answer(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        server.echo.application.upgrades[b"/talk"] = Talk
        client = await server.client()
        await client.echoes(b"abcd")
        client.send(b"held")
        while not server.echo.held:
            await asyncio.sleep(0)
        client.writer.write(UPGRADE)
        await asyncio.sleep(0.02)
        server.echo.held.pop()[0](Reply(b"held", 6))
        assert (await client.answer())[2] == b"held"
        assert await client.reader.readexactly(len(UPGRADE)) == UPGRADE
