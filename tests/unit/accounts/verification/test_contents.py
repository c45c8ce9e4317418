"""What a document is, whatever its sender calls it."""

from __future__ import annotations

from typing import Any

import pytest

from cse.accounts.verification.contents import media_type_of
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.verification import DOCUMENT_BYTES_MAX
from tests.papers import JPEG, PDF, PNG, jpeg, png

PROFILE = b"\xff\xe2\x00\x04\0\0"
# A marker without a length: a program reads on right behind it, in a picture that is vast.
HIDDEN = b"\xff\xd8\xff\x01" + jpeg(65_000, 65_000)[20:33]
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "announced"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (JPEG + b"\0" * 100, "image/jpeg"),
        (PDF, "application/pdf"),
        (png(10_000, 5_000), "image/png"),
        pytest.param(JPEG[:2] + PROFILE * 255 + JPEG[2:], "image/jpeg", id="a large profile of colours"),
        pytest.param(JPEG[:2] + b"\xff" * 9 + JPEG[2:], "image/jpeg", id="markers may be filled up"),
    ],
)
def test_it_is_what_its_bytes_say(content: bytes, announced: str) -> None:
    assert media_type_of(content, announced) == announced


@pytest.mark.parametrize(
    ("content", "announced", "reason"),
    [
        pytest.param(b"", "image/png", "neither", id="nothing"),
        pytest.param(PAGE, "image/png", "neither", id="a page that is called a picture"),
        pytest.param(b"GIF89a" + PNG, "image/png", "neither", id="a picture behind another"),
        pytest.param(PNG[:-12], "image/png", "neither", id="cut off"),
        pytest.param(JPEG[:-2], "image/jpeg", "neither", id="a JPEG that is cut off"),
        pytest.param(PDF[:-8], "application/pdf", "neither", id="a PDF that is cut off"),
        pytest.param(PNG + PAGE * 100, "image/png", "neither", id="a page behind a picture"),
        pytest.param(PNG, "image/jpeg", "another type", id="another picture"),
        pytest.param(PDF, "image/png", "another type", id="a PDF that is called a picture"),
        pytest.param(png(50_000, 50_000), "image/png", "pixels", id="a vast picture in few bytes"),
        pytest.param(jpeg(65_000, 65_000), "image/jpeg", "pixels", id="a vast JPEG"),
        pytest.param(png(0, 5), "image/png", "pixels", id="no picture"),
        pytest.param(
            HIDDEN.ljust(4 + 0xFFC0, b"\0") + jpeg()[20:], "image/jpeg", "pixels", id="a vast JPEG by detour"
        ),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x00" * 9 + b"\xff\xd9", "image/jpeg", "pixels", id="no frame"),
    ],
)
def test_what_lies_is_cut_off_or_vast_is_refused(content: bytes, announced: str, reason: str) -> None:
    with pytest.raises(CodedError) as raised:
        media_type_of(content, announced)
    assert raised.value.code is codes.DOCUMENT_REFUSED
    assert reason in str(raised.value)


@pytest.mark.parametrize("filling", [b"\xff", b"\xff\xe0\x00\x02"], ids=["filled up", "empty segments"])
def test_of_a_picture_that_never_begins_little_is_looked_at(filling: bytes) -> None:
    """Whoever looks at a document serves others on the same thread."""

    class Counted(bytes):
        looks = 0

        def __getitem__(self, key: Any) -> Any:
            Counted.looks += 1
            return super().__getitem__(key)

    vast = Counted(b"\xff\xd8" + filling * (DOCUMENT_BYTES_MAX // len(filling) - 1) + b"\xff\xd9")
    with pytest.raises(CodedError):
        media_type_of(vast, "image/jpeg")
    assert Counted.looks < 10_000
