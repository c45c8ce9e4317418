"""Frames have the header that RFC 6455 asks for."""

import pytest

from cse.streams import frames


@pytest.mark.parametrize(
    ("length", "header"),
    [
        (0, "81 00"),
        (1, "81 01"),
        (125, "81 7d"),
        (126, "81 7e 00 7e"),
        (65_535, "81 7e ff ff"),
        (65_536, "81 7f 00 00 00 00 00 01 00 00"),
    ],
)
def test_text(length: int, header: str) -> None:
    payload = b"x" * length
    assert frames.text_frame(payload) == bytes.fromhex(header) + payload


def test_close_names_code_and_reason_within_a_control_frame() -> None:
    assert frames.close_frame(1_008, "slow_reader") == b"\x88\x0d\x03\xf0slow_reader"
    assert len(frames.close_frame(1_008, "x" * 500)) == 2 + 125


def test_ping_and_pong() -> None:
    assert frames.PING_FRAME == b"\x89\x00"
    assert frames.pong_frame(b"abc") == b"\x8a\x03abc"
