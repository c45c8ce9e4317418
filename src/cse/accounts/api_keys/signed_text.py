"""What a request's signature is over, and how the request tells of it.

The text, of bytes, is described for clients in docs/api.md; `clients/vectors/signatures.json` has cases
that the clients of every language are held against, and so is this.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import KEY_HEADER, SignedRequest

TIMESTAMP_HEADER: Final = b"cse-timestamp"
WINDOW_HEADER: Final = b"cse-window"
SIGNATURE_HEADER: Final = b"cse-signature"
_IDEMPOTENCY_HEADER: Final = b"idempotency-key"

# The window of a request that names none, and the longest.
WINDOW_MS: Final = 5_000
WINDOW_MS_MAX: Final = 30_000
# How far a caller's clock may be ahead.
AHEAD_US: Final = 1_000_000

_FORM: Final = b"cse-signature-1"
# No method of HTTP, so that no request stands for a sign-in, nor the reverse.
_SIGN_IN: Final = b"SIGN-IN"
_STREAMS_TARGET: Final = b"/ws"
_US_PER_MS: Final = 1_000

_KEY: Final = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIMESTAMP: Final = re.compile(rb"[1-9][0-9]{0,17}")
_WINDOW: Final = re.compile(rb"[1-9][0-9]{0,5}")
# Nothing else is as long as the signatures that are taken: 32 bytes of HMAC-SHA256, 64 of Ed25519.
_SIGNATURE_LENGTH_MAX: Final = 88


class Claim(NamedTuple):
    """Who says to have signed, when, and how long that is to hold. `text` is what is signed."""

    key: UUID
    timestamp_us: int
    window_us: int
    signature: bytes
    text: bytes

    @property
    def until_us(self) -> int:
        """When the window ends."""
        return self.timestamp_us + self.window_us

    def require_timely(self, now_us: int) -> None:
        """Raises `CodedError` timestamp_outside_window, with the exchange's time, unless it is timely."""
        if not self.timestamp_us - AHEAD_US <= now_us <= self.until_us:
            raise CodedError(codes.TIMESTAMP_OUTSIDE_WINDOW, time=now_us)


def claim_of_request(request: SignedRequest) -> Claim:
    """The claim in the headers of a request; `CodedError` not_authenticated or invalid_field."""
    headers = request.headers
    if b"authorization" in headers:
        # Two answers to who asks are none.
        raise CodedError(codes.NOT_AUTHENTICATED)
    signed = (request.method.encode(), request.target, headers.get(_IDEMPOTENCY_HEADER, b""), request.body)
    return _claim(headers, signed)


def claim_of_sign_in(fields: Mapping[bytes, bytes], session: str, account: str | None = None) -> Claim:
    """The claim of a message that signs a WebSocket in, whose `welcome` named `session`.

    `fields` are named as the headers of a request. An `account` that it chooses stands in the target, as in
    a request.
    """
    chosen = b"" if account is None else b"?account=" + account.encode(errors="replace")
    return _claim(fields, (_SIGN_IN, _STREAMS_TARGET + chosen, b"", session.encode()))


def _claim(fields: Mapping[bytes, bytes], signed: tuple[bytes, ...]) -> Claim:
    key = _field(fields, KEY_HEADER, _KEY, "the id of an API key")
    timestamp = _field(fields, TIMESTAMP_HEADER, _TIMESTAMP, "microseconds since 1970")
    window, window_ms = fields.get(WINDOW_HEADER, b""), WINDOW_MS
    if window:
        expected = f"1 to {WINDOW_MS_MAX} milliseconds"
        window_ms = int(_field(fields, WINDOW_HEADER, _WINDOW, expected))
        if window_ms > WINDOW_MS_MAX:
            raise _malformed(WINDOW_HEADER, expected)
    return Claim(
        key=UUID(key.decode()),
        timestamp_us=int(timestamp),
        window_us=window_ms * _US_PER_MS,
        signature=_signature(fields.get(SIGNATURE_HEADER, b"")),
        text=b"\n".join((_FORM, key, timestamp, window, *signed)),
    )


def _field(fields: Mapping[bytes, bytes], name: bytes, form: re.Pattern[bytes], expected: str) -> bytes:
    value = fields.get(name, b"")
    if not form.fullmatch(value):
        raise _malformed(name, expected)
    return value


def _signature(encoded: bytes) -> bytes:
    try:
        signature = base64.b64decode(encoded[: _SIGNATURE_LENGTH_MAX + 1], validate=True)
    except binascii.Error:
        signature = b""
    if not signature:
        raise _malformed(SIGNATURE_HEADER, "a signature in base64")
    return signature


def _malformed(name: bytes, expected: str) -> CodedError:
    shown = name.decode().title().replace("Cse", "CSE")
    return CodedError(codes.INVALID_FIELD, field=shown, reason=f"expected {expected}")
