"""Which heads are known again, and how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from cse.runtime.http.heads import HEAD_BYTES_MAX, HEADS_MAX, KnownHeads
from tests.unit.runtime.http.served import GOOD, Echo, request, served


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
        heads.learn(head, "POST", "/echo", b"", headers)
        known = heads.find(head)
        assert known is not None
        assert known.body_bytes == number
    assert heads.find(head.replace(length, b"0")) is None
    assert heads.find(head.replace(length, b"1")) is not None
