"""What of a request is signed in Binance's form, and what is no claim at all."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

import pytest

from cse.accounts.api_keys.algorithms import HmacVerifier
from cse.binance.signed_text import claim_of, parameters_of
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller, SignedRequest

KEY = "0192d3a4-0000-7000-8000-000000000001"
SECRET = b"cse_secret_of_a_test"


class Uncounted:
    def require(self, caller: Caller) -> None:
        raise AssertionError("nobody is known yet")

    count = require


def request(query: str, body: str = "", key: str = KEY) -> SignedRequest:
    target = f"/binance/api/v3/order?{query}".encode()
    headers = {b"x-mbx-apikey": key.encode()}
    return SignedRequest("POST", target, headers, body.encode(), "127.0.0.1", Uncounted())


def signature(text: str) -> str:
    return hmac.new(SECRET, text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("query", "body", "signed"),
    [
        ("symbol=LABUSDC&timestamp=1764150000123&signature={}", "", "symbol=LABUSDC&timestamp=1764150000123"),
        ("", "side=BUY&timestamp=1764150000123&signature={}", "side=BUY&timestamp=1764150000123"),
        # Both, with nothing between them; and wherever the signature stands.
        ("a=1", "timestamp=1764150000123&signature={}", "a=1timestamp=1764150000123"),
        ("signature={}&timestamp=1764150000123", "", "timestamp=1764150000123"),
        ("a=1&signature={}&timestamp=1764150000123", "", "a=1&timestamp=1764150000123"),
        ("timestamp=1764150000123", "a=1&signature={}&b=2", "timestamp=1764150000123a=1&b=2"),
        # What a value stands for is not looked at: an @ and its escape are not the same bytes.
        ("a=x@y&timestamp=1764150000123&signature={}", "", "a=x@y&timestamp=1764150000123"),
        ("a=x%40y&timestamp=1764150000123&signature={}", "", "a=x%40y&timestamp=1764150000123"),
        ("a=1+2%20%2B&timestamp=1764150000123&signature={}", "", "a=1+2%20%2B&timestamp=1764150000123"),
        ("a=%C3%A9%c3%a9&timestamp=1764150000123&signature={}", "", "a=%C3%A9%c3%a9&timestamp=1764150000123"),
        ("", "a=~_.-*&&timestamp=1764150000123&signature={}", "a=~_.-*&&timestamp=1764150000123"),
    ],
)
def test_query_and_body_are_signed_as_they_are_sent(query: str, body: str, signed: str) -> None:
    found = claim_of(request(query.format(signature(signed)), body.format(signature(signed).upper())))
    assert found.text == signed.encode()
    assert HmacVerifier(SECRET).verifies(found.text, found.signature)
    assert (found.key, found.timestamp_us) == (UUID(KEY), 1_764_150_000_123_000)


@pytest.mark.parametrize(
    ("parameters", "timestamp_us", "window_us"),
    [
        ("timestamp=1764150000123", 1_764_150_000_123_000, 5_000_000),
        ("timestamp=1764150000123456&recvWindow=250", 1_764_150_000_123_456, 250_000),
        ("timestamp=1764150000123&recvWindow=10000.5", 1_764_150_000_123_000, 10_000_000),
        # As long as Binance takes, and no longer than is granted here.
        ("timestamp=1764150000123&recvWindow=60000", 1_764_150_000_123_000, 30_000_000),
    ],
)
def test_times_and_windows(parameters: str, timestamp_us: int, window_us: int) -> None:
    found = claim_of(request(f"{parameters}&signature={'0' * 64}"))
    assert (found.timestamp_us, found.window_us) == (timestamp_us, window_us)


def test_a_signature_of_ed25519_comes_in_base64_encoded_for_an_address() -> None:
    found = claim_of(request("timestamp=1764150000123&signature=%2B" + "A" * 85 + "%3D%3D"))
    assert (len(found.signature), found.signature[0]) == (64, 0xF8)


@pytest.mark.parametrize(
    ("query", "key", "code"),
    [
        ("timestamp=1764150000123&signature=00", "", "api_key_unknown"),
        ("timestamp=1764150000123&signature=00", "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A", "api_key_unknown"),
        ("signature=00", KEY, "missing_field"),
        ("timestamp=&signature=00", KEY, "missing_field"),
        ("timestamp=-1&signature=00", KEY, "missing_field"),
        ("timestamp=NaN&signature=00", KEY, "missing_field"),
        ("timestamp=1e12&signature=00", KEY, "missing_field"),
        ("timestamp=0&signature=00", KEY, "missing_field"),
        ("timestamp=1764150000123", KEY, "missing_field"),
        ("timestamp=1764150000123&timestamp=1&signature=00", KEY, "duplicate_field"),
        ("timestamp=1764150000123&signature=00&signature=01", KEY, "duplicate_field"),
        ("timestamp=1764150000123&recvWindow=60001&signature=00", KEY, "invalid_field"),
        ("timestamp=1764150000123&recvWindow=0&signature=00", KEY, "invalid_field"),
        ("timestamp=1764150000123&recvWindow=-5&signature=00", KEY, "invalid_field"),
        ("timestamp=1764150000123&signature=%C3%A4", KEY, "signature_invalid"),
        # Such a text would be one of ours.
        ("timestamp=1764150000123&signature=00&a=\n", KEY, "invalid_field"),
    ],
)  # fmt: skip
def test_what_is_no_claim(query: str, key: str, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        claim_of(request(query, key=key))
    assert refused.value.code.name == code


def test_what_a_request_is_signed_with_is_no_parameter_of_it() -> None:
    assert (
        parameters_of(b"symbol=A&timestamp=1&recvWindow=2", b"side=BUY&signature=x") == b"symbol=A&side=BUY"
    )
    assert parameters_of(b"timestamp=1&signature=x", b"") == b""
