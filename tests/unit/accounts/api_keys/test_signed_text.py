"""What is signed, byte by byte, and how long it holds. The cases are those of the clients."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from cse.accounts.api_keys.algorithms import Ed25519Verifier, HmacVerifier
from cse.accounts.api_keys.signed_text import (
    AHEAD_US,
    WINDOW_MS,
    WINDOW_MS_MAX,
    Claim,
    claim_of_request,
    claim_of_sign_in,
)
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller, SignedRequest

VECTORS = json.loads((Path(__file__).parents[4] / "clients/vectors/signatures.json").read_text())
CASES = VECTORS["cases"]
AT_US = 1_764_150_000_000_000
HEADERS = {
    b"cse-key": VECTORS["key"].encode(),
    b"cse-timestamp": b"%d" % AT_US,
    b"cse-signature": base64.b64encode(bytes(32)),
}


class Uncounted:
    """Fails a test in which a request is counted: nobody is known whom it could be counted for."""

    def require(self, caller: Caller) -> None:
        raise AssertionError("nothing is counted before its caller is known")

    count = require


UNCOUNTED = Uncounted()


def claim_of(case: dict[str, Any], signature: str) -> Claim:
    headers = {
        b"cse-key": VECTORS["key"].encode(),
        b"cse-timestamp": case["timestamp"].encode(),
        b"cse-signature": signature.encode(),
    }
    if case["window"]:
        headers[b"cse-window"] = case["window"].encode()
    if case["method"] == "SIGN-IN":
        account = case["target"].partition("?account=")[2] or None
        return claim_of_sign_in(headers, case["body"], account)
    if case["idempotency_key"]:
        headers[b"idempotency-key"] = case["idempotency_key"].encode()
    return claim_of_request(
        SignedRequest(case["method"], case["target"].encode(), headers, case["body"].encode(), "", UNCOUNTED)
    )


def request(body: bytes = b"", **headers: bytes | None) -> SignedRequest:
    changed = {name.replace("_", "-").encode(): value for name, value in headers.items()}
    kept = {name: value for name, value in (HEADERS | changed).items() if value is not None}
    return SignedRequest("GET", b"/api/balances", kept, body, "127.0.0.1", UNCOUNTED)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_vectors(case: dict[str, Any]) -> None:
    claim = claim_of(case, case["hmac_sha256"])
    assert claim.text.decode() == case["text"]
    assert HmacVerifier(VECTORS["secret"].encode()).verifies(claim.text, claim.signature)
    public_key = base64.b64decode(VECTORS["ed25519_public_key"])
    signed = claim_of(case, case["ed25519"])
    assert Ed25519Verifier(public_key).verifies(signed.text, signed.signature)


def test_no_two_of_them_are_the_same_text() -> None:
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("now_us", "is_timely"),
    [
        (AT_US, True),
        (AT_US + WINDOW_MS * 1_000, True),
        (AT_US + WINDOW_MS * 1_000 + 1, False),
        (AT_US - AHEAD_US, True),
        (AT_US - AHEAD_US - 1, False),
    ],
)
def test_a_window_begins_a_second_before_the_timestamp_and_ends_after_its_length(
    now_us: int, is_timely: bool
) -> None:
    claim = claim_of_request(request())
    if is_timely:
        claim.require_timely(now_us)
        return
    with pytest.raises(CodedError) as refused:
        claim.require_timely(now_us)
    assert refused.value.code is codes.TIMESTAMP_OUTSIDE_WINDOW
    assert refused.value.details["time"] == now_us


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"cse_key": b""}, "CSE-Key"),
        ({"cse_key": VECTORS["key"].upper().encode()}, "CSE-Key"),
        ({"cse_key": VECTORS["key"].encode() + b"\nx"}, "CSE-Key"),
        ({"cse_timestamp": None}, "CSE-Timestamp"),
        ({"cse_timestamp": b"-1"}, "CSE-Timestamp"),
        ({"cse_timestamp": b"1e15"}, "CSE-Timestamp"),
        ({"cse_timestamp": b"0" + HEADERS[b"cse-timestamp"]}, "CSE-Timestamp"),
        ({"cse_timestamp": b"9" * 19}, "CSE-Timestamp"),
        ({"cse_timestamp": "\u0661\u0662".encode()}, "CSE-Timestamp"),
        ({"cse_window": b"0"}, "CSE-Window"),
        ({"cse_window": b"5.0"}, "CSE-Window"),
        ({"cse_window": b"%d" % (WINDOW_MS_MAX + 1)}, "CSE-Window"),
        ({"cse_window": b"9" * 400}, "CSE-Window"),
        ({"cse_signature": None}, "CSE-Signature"),
        ({"cse_signature": b"none"[:3]}, "CSE-Signature"),
        ({"cse_signature": b"not base64!"}, "CSE-Signature"),
        ({"cse_signature": b"A" * 4_000}, "CSE-Signature"),
    ],
)
def test_headers_that_are_none(headers: dict[str, bytes | None], field: str) -> None:
    with pytest.raises(CodedError) as refused:
        claim_of_request(request(b"", **headers))
    assert (refused.value.code, refused.value.details["field"]) == (codes.INVALID_FIELD, field)


def test_who_sends_a_token_too_is_nobody() -> None:
    with pytest.raises(CodedError) as refused:
        claim_of_request(request(authorization=b"Bearer any"))
    assert refused.value.code is codes.NOT_AUTHENTICATED


def test_everything_that_decides_is_in_the_text() -> None:
    one = request(b"body", idempotency_key=b"1")
    others = [
        one._replace(method="POST"),
        one._replace(target=b"/api/balances?"),
        one._replace(target=b"/api/balance"),
        one._replace(body=b"bodx"),
        one._replace(body=b""),
        request(b"body", idempotency_key=b"2"),
        request(b"body"),
        request(b"body", idempotency_key=b"1", cse_window=b"5000"),
        request(b"body", idempotency_key=b"1", cse_timestamp=b"%d" % (AT_US + 1)),
        request(b"body", idempotency_key=b"1", cse_key=b"0" + HEADERS[b"cse-key"][1:-1] + b"0"),
        # What stands in one field is not taken for two.
        request(b"body", idempotency_key=None)._replace(target=b"/api/balances", body=b"1\nbody"),
    ]
    texts = {claim_of_request(other).text for other in [one, *others]}
    assert len(texts) == len(others) + 1
