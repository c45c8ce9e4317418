"""What a client of Binance signs, and how its request tells of it.

The text is query and body as they are sent, one behind the other, without `signature`. Neither method nor
path are part of it, so whoever sees a signed request could send its text elsewhere: what a key has signed
is good once, for all that changes something, wherever it comes.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from cse.accounts.api_keys.signed_text import WINDOW_MS, WINDOW_MS_MAX, Claim
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_api_key_id
from cse.runtime.http.route import SignedRequest

KEY_HEADER: Final = b"x-mbx-apikey"
# What a request is signed with, and is no parameter of what it asks for.
SIGNING: Final = (b"timestamp", b"recvWindow", b"signature")
# The longest window that Binance takes. Of one longer than ours no more than ours is granted.
_RECV_WINDOW_MAX: Final = 60_000

_US_PER_MS: Final = 1_000
# Microseconds since 1970 have more digits than any milliseconds that are to come for long.
_MS_DIGITS_MAX: Final = 13
_TIMESTAMP: Final = re.compile(rb"[1-9][0-9]{0,17}")
_WINDOW: Final = re.compile(rb"([0-9]{1,5})(?:\.[0-9]{1,3})?")
_HEX: Final = re.compile(rb"[0-9a-fA-F]{64}")
_SIGNATURE_LENGTH_MAX: Final = 88
# A form has no others. A text of ours is of several lines, so that no text of one is one of the other.
_VISIBLE: Final = re.compile(rb"[\x21-\x7e]*")


def claim_of(request: SignedRequest) -> Claim:
    """The claim of a signed request.

    Raises:
        CodedError: `api_key_unknown` for what can be no key, `missing_field`, `invalid_field`,
            `duplicate_field`, `signature_invalid` for what can be no signature.
    """
    key = request.headers.get(KEY_HEADER, b"").decode("latin-1")
    return claim_of_form(key, request.target.partition(b"?")[2], request.body)


def claim_of_form(named: str, query: bytes, body: bytes = b"") -> Claim:
    """The claim of a signed form by a key that is named; raises as `claim_of`."""
    key = parse_api_key_id(named)
    if not _VISIBLE.fullmatch(query + body):
        raise _invalid("signature", "a form has visible characters only")
    timestamp = _only(query, body, b"timestamp")
    if timestamp is None or not _TIMESTAMP.fullmatch(timestamp):
        raise CodedError(codes.MISSING_FIELD, field="timestamp")
    signature = _only(query, body, b"signature")
    if not signature:
        raise CodedError(codes.MISSING_FIELD, field="signature")
    text = b"".join(b"&".join(_unsigned(part)) for part in (query, body))
    number = int(timestamp)
    timestamp_us = number * _US_PER_MS if len(timestamp) <= _MS_DIGITS_MAX else number
    window_us = _window_ms(_only(query, body, b"recvWindow")) * _US_PER_MS
    return Claim(key, timestamp_us, window_us, _signature(unquote_to_bytes(signature)), text)


def parameters_of(query: bytes, body: bytes) -> bytes:
    """What a signed request asks for: its parameters without those that it is signed with."""
    return b"&".join(part for part in _parts(query) + _parts(body) if part.partition(b"=")[0] not in SIGNING)


def _parts(form: bytes) -> list[bytes]:
    return form.split(b"&") if form else []


def _unsigned(form: bytes) -> list[bytes]:
    return [part for part in _parts(form) if not part.startswith(b"signature=")]


def _only(query: bytes, body: bytes, name: bytes) -> bytes | None:
    """The one value of a parameter, as it stands there; what stands twice would mean two things."""
    beginning = name + b"="
    found = [part for part in _parts(query) + _parts(body) if part.startswith(beginning)]
    if len(found) > 1:
        raise CodedError(codes.DUPLICATE_FIELD, field=name.decode())
    return found[0][len(beginning) :] if found else None


def _window_ms(text: bytes | None) -> int:
    if text is None:
        return WINDOW_MS
    found = _WINDOW.fullmatch(text)
    window_ms = 0 if found is None else int(found[1])
    if not 0 < window_ms <= _RECV_WINDOW_MAX:
        raise _invalid("recvWindow", f"expected 1 to {_RECV_WINDOW_MAX} milliseconds")
    return min(window_ms, WINDOW_MS_MAX)


def _signature(text: bytes) -> bytes:
    """Of HMAC in hexadecimal digits, of Ed25519 in base64."""
    if _HEX.fullmatch(text):
        return bytes.fromhex(text.decode())
    try:
        return base64.b64decode(text[: _SIGNATURE_LENGTH_MAX + 1], validate=True)
    except binascii.Error:
        raise CodedError(codes.SIGNATURE_INVALID) from None


def _invalid(field: str, reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=field, reason=reason)
