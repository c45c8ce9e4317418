"""MessagePack and compression: the same messages in another form, whoever reads them."""

from __future__ import annotations

import asyncio
import json
import socket
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec
import pytest
import websockets

from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.streams.forms import COMPRESSED_FROM_BYTES, Form, encoding_of, is_deflate_offered
from cse.streams.frames import close_frame, split, text_frame
from cse.streams.sockets import StreamServer
from tests.small_market import buy
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess

BOOK = f"orderbook.{NAME}"
LONG = {"op": "error", "code": "x" * 3_000, "message": "y"}
TIMEOUT_S = 30.0


@asynccontextmanager
async def served(process: FakeProcess) -> AsyncIterator[str]:
    """The address of a process whose turns go on."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = StreamServer(process.connections, ClientAddresses([]))
    await server.open(listening)

    async def turns() -> None:
        while True:
            process.turn()
            await asyncio.sleep(0.005)

    turning = asyncio.create_task(turns())
    try:
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}/ws"
    finally:
        turning.cancel()
        server.take_no_more()


def deep_engine() -> Engine:
    engine = Engine()
    engine.run(*(buy(price, 3) for price in range(100, 400)))
    return engine


def message_of(data: str | bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data) if isinstance(data, str) else msgspec.msgpack.decode(data)
    return found


def subscription(is_packed: bool) -> str | bytes:
    message = {"op": "subscribe", "id": "1", "channels": [BOOK]}
    return msgspec.msgpack.encode(message) if is_packed else json.dumps(message)


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("is_compressed", [False, True])
async def test_clients_as_published_hear_the_same_in_every_form(is_packed: bool, is_compressed: bool) -> None:
    process = FakeProcess(deep_engine())
    kind = bytes if is_packed else str
    async with served(process) as url, asyncio.timeout(TIMEOUT_S):
        path = f"{url}?encoding=msgpack" if is_packed else url
        async with websockets.connect(path, compression="deflate" if is_compressed else None) as client:
            extensions = [type(one).__name__ for one in client.protocol.extensions]
            assert extensions == (["PerMessageDeflate"] if is_compressed else [])
            await client.send(subscription(is_packed))
            heard = [await client.recv() for _ in range(3)]
        assert all(isinstance(one, kind) for one in heard)
        ours = [message_of(one) for one in heard]
        async with aiohttp.ClientSession() as http:
            compress = 15 if is_compressed else 0
            async with http.ws_connect(path, compress=compress) as other:
                assert bool(other.compress) == is_compressed
                if is_packed:
                    await other.send_bytes(subscription(True))  # type: ignore[arg-type]
                else:
                    await other.send_str(subscription(False))  # type: ignore[arg-type]
                theirs = [message_of((await other.receive()).data) for _ in range(3)]
    assert [one.get("op", one.get("type")) for one in ours] == ["welcome", "subscribed", "snapshot"]
    assert theirs[1:] == ours[1:]
    assert len(ours[2]["data"]["bids"]) == 300
    assert ours[2]["data"]["bids"][0] == ["0.0399", "0.03"], "what is a text stays a text"


async def test_long_messages_of_clients_may_be_compressed_and_are_bounded() -> None:
    process = FakeProcess(Engine())
    async with served(process) as url, asyncio.timeout(TIMEOUT_S):
        async with websockets.connect(url) as client:
            await client.recv()
            await client.send(json.dumps({"op": "ping", "id": "1"}) + " " * 5_000)
            assert message_of(await client.recv())["op"] == "pong"
            # A hundred bytes, which come to a hundred thousand.
            await client.send(json.dumps({"op": "ping"}) + " " * 100_000)
            assert message_of(await client.recv())["code"] == "message_too_large"


def test_what_would_come_to_megabytes_is_decompressed_no_further_than_its_bound() -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = compressor.compress(b" " * (1 << 24)) + compressor.flush(zlib.Z_SYNC_FLUSH)
    assert len(bomb) < 20_000
    for is_packed in (False, True):
        found = Form(is_packed, is_compressed=True).incoming(bomb, 16_384, is_compressed=True)
        assert len(found) == 16_385


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"\xc1", id="nothing"),
        pytest.param(b"\xdd\xff\xff\xff\xff", id="a list without end"),
        pytest.param(b"\x91" * 15_000, id="deep"),
        pytest.param(b"\x82\xa2op\xa4ping\xa2op\xa4ping", id="a key twice"),
        pytest.param(msgspec.msgpack.encode({"op": "ping", "id": b"1"}), id="bytes"),
        pytest.param(b"\x81\xa2op\xda\x00\x04ping", id="not its shortest form"),
        pytest.param(msgspec.msgpack.encode({1: "ping"}), id="a key that is no text"),
    ],
)
async def test_what_is_no_message_is_refused_and_the_connection_goes_on(payload: bytes) -> None:
    async with (
        served(FakeProcess(Engine())) as url,
        asyncio.timeout(TIMEOUT_S),
        websockets.connect(f"{url}?encoding=msgpack") as client,
    ):
        await client.recv()
        await client.send(payload)
        assert message_of(await client.recv())["code"] == "malformed_message"
        await client.send(msgspec.msgpack.encode({"op": "ping", "id": "2"}))
        assert message_of(await client.recv())["id"] == "2"


async def test_text_has_no_meaning_where_messagepack_was_asked_for() -> None:
    async with (
        served(FakeProcess(Engine())) as url,
        asyncio.timeout(TIMEOUT_S),
        websockets.connect(f"{url}?encoding=msgpack") as client,
    ):
        await client.recv()
        await client.send('{"op":"ping"}')
        assert message_of(await client.recv())["code"] == "malformed_message"
        with pytest.raises(websockets.ConnectionClosed):
            await client.recv()
        assert client.close_code == 1_003


async def test_an_encoding_that_is_not_there_is_refused_at_the_door() -> None:
    async with served(FakeProcess(Engine())) as url, asyncio.timeout(TIMEOUT_S):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(f"{url}?encoding=xml")
    assert json.loads(refused.value.response.body)["code"] == "invalid_field"


def test_what_many_get_is_put_into_a_form_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made, compressobj = 0, zlib.compressobj

    def counted(*values: Any) -> Any:
        nonlocal made
        made += 1
        return compressobj(*values)

    monkeypatch.setattr(zlib, "compressobj", counted)
    frame = text_frame(json.dumps(LONG | {"message": "many"}).encode())
    for is_packed in (False, True):
        sent = {Form(is_packed, is_compressed=True).outgoing()(frame) for _ in range(500)}
        assert len(sent) == 1
    assert made == 2, "once for each form"


def test_short_messages_and_frames_that_are_no_messages_are_left_as_they_are() -> None:
    compress = Form(is_compressed=True).outgoing()
    short = text_frame(b"x" * (COMPRESSED_FROM_BYTES - 1))
    assert compress(short) == short
    both = text_frame(json.dumps(LONG).encode()) + close_frame(1_012, "shutting_down")
    first, last = split(compress(both))
    assert first[0] == 0xC1
    assert last[2] == close_frame(1_012, "shutting_down")


@pytest.mark.parametrize(
    ("offers", "agreed"),
    [
        ([], False),
        (["permessage-deflate"], True),
        (["permessage-deflate; client_max_window_bits"], True),
        (["permessage-deflate; client_max_window_bits=10; server_no_context_takeover"], True),
        (["permessage-deflate; server_max_window_bits=10"], False),
        (["permessage-deflate; server_max_window_bits=10, permessage-deflate"], True),
        (["x-webkit-deflate-frame"], False),
        (["x-other", "permessage-deflate"], True),
    ],
)
def test_offers_of_compression(offers: list[str], agreed: bool) -> None:
    assert is_deflate_offered(offers) is agreed


def test_encodings() -> None:
    assert [encoding_of(query) for query in ({}, {"encoding": ["json"]})] == [False, False]
    assert encoding_of({"encoding": ["msgpack"]})
    for query in ({"encoding": ["xml"]}, {"encoding": ["json", "msgpack"]}):
        with pytest.raises(CodedError):
            encoding_of(query)
