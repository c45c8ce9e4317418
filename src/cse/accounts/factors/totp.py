"""Time-based one-time passwords (RFC 6238): six digits, every 30 seconds, SHA-1 as all apps have it."""

from __future__ import annotations

import re
from typing import Final

import pyotp
import segno

STEP_S: Final = 30
# A code is also good one step early or late: clocks differ, and people type.
_STEPS_AROUND: Final = (0, -1, 1)
_CODE: Final = re.compile(r"[0-9]{6}", re.ASCII)
_ISSUER: Final = "CS Exchange"


def new_secret() -> str:
    """A secret of 160 bits, in base 32 as authenticators take it."""
    return pyotp.random_base32(32)


def is_code(text: str) -> bool:
    """Whether the text, without blanks, has the form of a code."""
    return _CODE.fullmatch(text) is not None


def matching_step(secret: str, code: str, now_s: float, after_step: int) -> int | None:
    """The time step whose code this is, of those around now and behind `after_step`; or None."""
    totp = pyotp.TOTP(secret, interval=STEP_S)
    now_step = int(now_s) // STEP_S
    for step in (now_step + distance for distance in _STEPS_AROUND):
        if step > after_step and pyotp.utils.strings_equal(code, totp.generate_otp(step)):
            return step
    return None


def enrolment_uri(secret: str, email: str) -> str:
    """The `otpauth:` address that authenticators read from a picture."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=email, issuer_name=_ISSUER)


def qr_path(text: str) -> tuple[int, str]:
    """A QR code as the path of an SVG in modules: the length of a side, quiet zone included, and `d`."""
    code = segno.make_qr(text, error="m")
    border = code.default_border_size
    rows = list(code.matrix)
    runs = [
        f"M{start + border} {y + border}h{end - start}v1H{start + border}z"
        for y, row in enumerate(rows)
        for start, end in _dark_runs(row)
    ]
    return len(rows) + 2 * border, "".join(runs)


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """From and to of each run of dark modules."""
    return [found.span() for found in re.finditer(rb"\x01+", bytes(row))]
