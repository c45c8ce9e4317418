"""What clients get wrong, or do on purpose: a name for it, and nobody else is touched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from tests.e2e.person import Person
from tests.exchange import RunningExchange
from tests.integration.streams.raw import Raw, memory_kb, metric
from tests.integration.streams.trading import Desk
from tests.streams.frames import masked

BOOK = "orderbook.LAB-USDC"
SLOW = 'cse_streams_refusals_total{code="slow_reader"}'
PING = b'{"op":"ping"}'


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, "101"),
        ({"Connection": "keep-alive, Upgrade"}, "101"),
        ({"Origin": "http://here"}, "101"),
        ({"path": "/ws?x=1"}, "101"),
        ({"Origin": "https://elsewhere.example"}, "403"),
        ({"Origin": "null"}, "403"),
        ({"Origin": "http://here.elsewhere.example"}, "403"),
        ({"path": "/"}, "404"),
        ({"path": "/wsx"}, "404"),
        ({"Upgrade": "h2c"}, "400"),
        ({"Sec_WebSocket_Key": "short"}, "400"),
        ({"Sec_WebSocket_Version": "1"}, "400"),
        ({"Content_Length": "5"}, "400"),
    ],
    ids=str,
)
async def test_handshakes(well: RunningExchange, headers: dict[str, str], status: str) -> None:
    raw = await Raw.connect(well)
    head = await raw.shake_hands(**headers)
    assert head.split()[1] == status
    if status in ("403", "404"):
        body = await raw.rest()
        assert b"origin_not_allowed" in body or b"not_found" in body
    raw.close()


@pytest.mark.parametrize(
    ("data", "close_code", "code"),
    [
        pytest.param(b"\x81\x05hello", 1_002, None, id="not masked"),
        pytest.param(masked(0x83, b""), 1_002, None, id="an opcode that is not there"),
        pytest.param(masked(0xC1, PING), 1_002, "malformed_message", id="a reserved bit"),
        pytest.param(masked(0x80, PING), 1_002, "malformed_message", id="a continuation of nothing"),
        pytest.param(masked(0x01, PING) + masked(0x81, PING), 1_002, "malformed_message", id="two at once"),
        pytest.param(masked(0x09, b""), 1_002, None, id="a ping in parts"),
        pytest.param(masked(0x89, b"x" * 126), 1_002, None, id="a ping that is too long"),
        pytest.param(masked(0x82, PING), 1_003, "malformed_message", id="binary"),
        pytest.param(masked(0x81, b"\xff\xfe"), 1_007, "malformed_message", id="not UTF-8"),
        pytest.param(masked(0x81, b" " * 20_000), 1_009, "message_too_large", id="20,000 bytes"),
        pytest.param(masked(0x81, b" " * 66_000), 1_009, None, id="too large to be read at all"),
        pytest.param(masked(0x01, b" " * 9_000) + masked(0x00, b" " * 9_000), 1_009, "message_too_large",
                     id="too large in parts"),
        pytest.param(masked(0x81, PING) * 500, 1_008, "message_rate", id="a flood of messages"),
        pytest.param(masked(0x8A, b"") * 500, 1_008, "message_rate", id="a flood of pongs"),
        pytest.param(masked(0x01, b"") + masked(0x00, b"") * 500, 1_008, "message_rate", id="a flood of parts"),
        pytest.param(masked(0x88, b"\x03\xe8"), 1_000, None, id="a close"),
    ],
)  # fmt: skip
async def test_frames_that_end_a_connection(
    well: RunningExchange, data: bytes, close_code: int, code: str | None
) -> None:
    raw = await Raw.connect(well)
    await raw.shake_hands()
    raw.write(data)
    await raw.until_closed()
    assert raw.client.close_code == close_code
    codes = raw.client.codes()
    assert (codes[-1] if codes else None) == code


@pytest.mark.parametrize(
    ("origin", "status"), [(None, 101), ("own", 101), ("https://elsewhere.example", 403)]
)
async def test_pages_of_another_origin_are_kept_out_through_the_gateway(
    well: RunningExchange, origin: str | None, status: int
) -> None:
    headers = {} if origin is None else {"Origin": well.url if origin == "own" else origin}
    async with aiohttp.ClientSession() as http:
        try:
            socket = await http.ws_connect(f"{well.url}/ws", headers=headers)
        except aiohttp.WSServerHandshakeError as refused:
            assert refused.status == status
        else:
            assert status == 101
            await socket.close()


async def test_a_message_may_come_in_parts_and_pings_between(well: RunningExchange) -> None:
    raw = await Raw.connect(well)
    await raw.shake_hands()
    raw.write(masked(0x01, b'{"op":"pi') + masked(0x89, b"you there?") + masked(0x80, b'ng","id":"7"}'))
    raw.write(masked(0x88, b"\x03\xe8"))
    await raw.until_closed()
    assert raw.client.control[-1]["id"] == "7"


async def test_ten_thousand_subscribes(well: RunningExchange) -> None:
    raw = await Raw.connect(well)
    await raw.shake_hands()
    for number in range(100):
        raw.send({"op": "subscribe", "channels": [f"candles.LAB-USDC.{number}x{n}" for n in range(100)]})
    await raw.until_closed()
    assert raw.client.codes()[-1] == "message_rate"
    assert len(raw.client.control) < 150


async def test_one_that_never_reads_among_others(
    well: RunningExchange, person: Person, listen: Callable[[], Any]
) -> None:
    desk = Desk(well, person)
    await desk.run(desk.ladder(), lambda _: False, 0)
    listeners = [await listen() for _ in range(5)]
    for listener in listeners:
        await listener.subscribe(BOOK)
        await listener.until(lambda one=listener: BOOK in one.client.channels, "the snapshot")
    before, resident = metric(well, SLOW), memory_kb(well)
    silent = await Raw.connect(well)
    silent.write(b"GET /ws HTTP/1.1\r\n")
    stuck = await Raw.connect(well)
    await stuck.shake_hands()
    # Each time it gets the whole book: soon more than the kernel and the server's buffer hold.
    for _ in range(90):
        stuck.send({"op": "subscribe", "channels": [BOOK]})
        await asyncio.sleep(0.02)
    async with asyncio.timeout(30):
        while metric(well, SLOW) == before:
            await asyncio.sleep(0.2)
    for name, kb in memory_kb(well).items():
        assert kb < resident[name] + 20_000
    for listener in listeners:
        await listener.send({"op": "ping", "id": "still here"})
        await listener.until(lambda one=listener: one.client.control[-1].get("id") == "still here", "a pong")
    await stuck.until_closed()
    assert set(stuck.client.codes()) <= {"slow_reader"}, "it is told, if it reads after all"
    assert await silent.rest() == b"", "who does not even shake hands is dropped meanwhile"
    silent.close()
    await desk.run([[desk.cancel_all()]], lambda _: True, 0)
