"""What a document is, whatever its sender calls it."""

from __future__ import annotations

import pytest

from cse.accounts.verification.contents import media_type_of
from cse.domain import codes
from cse.domain.errors import CodedError
from tests.papers import JPEG, PDF, PNG, jpeg, png

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "announced"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (JPEG + b"\0" * 100, "image/jpeg"),
        (PDF, "application/pdf"),
        (png(10_000, 5_000), "image/png"),
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
        pytest.param(b"\xff\xd8\xff\xe0\x00\x00" * 9 + b"\xff\xd9", "image/jpeg", "pixels", id="no frame"),
    ],
)
def test_what_lies_is_cut_off_or_vast_is_refused(content: bytes, announced: str, reason: str) -> None:
    with pytest.raises(CodedError) as raised:
        media_type_of(content, announced)
    assert raised.value.code is codes.DOCUMENT_REFUSED
    assert reason in str(raised.value)
