"""Answers are found in whatever pieces they come."""

from __future__ import annotations

import pytest

from cse_client import Answer
from cse_client.http.answers import AnswerReader, NotHttp

PLAIN = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\nCSE-Sequence:  7 \r\n\r\nbody"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1;x=y\r\ny\r\n0\r\n\r\n"
TRAILED = CHUNKED[:-2] + b"Trailer: 1\r\n\r\n"
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + PLAIN


@pytest.mark.parametrize("pieces", [1, 2, 3, 1_000])
@pytest.mark.parametrize(
    ("raw", "status", "body"),
    [
        (PLAIN, 201, b"body"),
        (CHUNKED, 200, b"body"),
        (TRAILED, 200, b"body"),
        (EMPTY, 204, b""),
        (EARLY, 201, b"body"),
    ],
    ids=["plain", "chunked", "trailed", "empty", "early"],
)
def test_an_answer_in_pieces(raw: bytes, status: int, body: bytes, pieces: int) -> None:
    reader = AnswerReader()
    # Two answers on one connection, one after the other.
    for _ in range(2):
        found: Answer | None = None
        for start in range(0, len(raw), pieces):
            assert found is None
            found = reader.feed(raw[start : start + pieces])
        assert found is not None
        assert (found.status, found.body) == (status, body)
        assert reader.is_between


def test_headers_are_found_in_lower_case() -> None:
    found = AnswerReader().feed(PLAIN)
    assert found is not None and found.headers["cse-sequence"] == "7"


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-x\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        PLAIN + b"more",
        b"x" * 70_000,
    ],
)
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(NotHttp):
        AnswerReader().feed(raw)
