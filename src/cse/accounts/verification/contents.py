"""What a document is, by its bytes alone: a JPEG, a PNG or a PDF, and not one that is cut off or vast.

Nothing is decoded here. What passes is still a stranger's file: it is shown to nobody but as what it was
found to be.
"""

from __future__ import annotations

from typing import Final

from cse.accounts.verification.models import MediaType
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.verification import DOCUMENT_PIXELS_MAX

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND\xaeB`\x82"
_JPEG: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"
# Where a size stands, but for DHT, JPG and DAC, which share the numbers.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# What else has a length behind it, and may stand before one. The other markers are followed by data: of what
# is behind them programs find another picture than is looked at here.
_SEGMENTS: Final = (frozenset(range(0xC0, 0xFF)) - frozenset(range(0xD0, 0xDB))) - _FRAMES
# A picture has a dozen or, with a large profile of colours, some hundreds.
_SEGMENTS_MAX: Final = 1_024
_PDF: Final = b"%PDF-"
_PDF_END: Final = b"%%EOF"
# Programs write a little behind the end.
_TAIL_BYTES: Final = 1_024


def media_type_of(content: bytes, announced: str) -> MediaType:
    """What the bytes are, which must be what they were said to be.

    Raises:
        CodedError: `document_refused`.
    """
    found = _media_type(content)
    if found is None:
        raise _refused("it is neither a JPEG, a PNG nor a PDF, or it is cut off")
    if found != announced:
        raise _refused(f"it was sent as another type than it is, {found}")
    if found != "application/pdf":
        width, height = _png_size(content) if found == "image/png" else _jpeg_size(content)
        if not 0 < width * height <= DOCUMENT_PIXELS_MAX:
            raise _refused(f"a picture has at most {DOCUMENT_PIXELS_MAX // 1_000_000} million pixels")
    return found


def _media_type(content: bytes) -> MediaType | None:
    tail = content[-_TAIL_BYTES:]
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and _PNG_END in tail:
        return "image/png"
    if content.startswith(_JPEG) and _JPEG_END in tail:
        return "image/jpeg"
    if content.startswith(_PDF) and _PDF_END in tail:
        return "application/pdf"
    return None


def _png_size(content: bytes) -> tuple[int, int]:
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Of the first frame; none where the segments before it lead nowhere, or are too many to look at."""
    at = 2
    for _ in range(_SEGMENTS_MAX):
        head = content[at : at + 9]
        if len(head) < 9 or head[0] != 0xFF:
            break
        if head[1] in _FRAMES:
            return int.from_bytes(head[7:9]), int.from_bytes(head[5:7])
        length = int.from_bytes(head[2:4])
        if head[1] == 0xFF:
            at += 1
        elif head[1] in _SEGMENTS and length >= 2:
            at += 2 + length
        else:
            break
    return 0, 0


def _refused(reason: str) -> CodedError:
    return CodedError(codes.DOCUMENT_REFUSED, reason=reason)
