"""Signed calls: as the cases of all clients say, each with a timestamp of its own."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from cse_client import Answer, ApiError, CseClient, Ed25519Key, HmacKey, NewOrder
from cse_client.keys import ApiKey
from cse_client.signing import Signing, signed_text
from tests.unit.client.scripted import Clock, Scripted, answer, problem
from tests.unit.client.vectors import read

VECTORS = read("signatures.json")
KEY = HmacKey(VECTORS["key"], VECTORS["secret"])
KEYS = [
    (KEY, "hmac_sha256"),
    (Ed25519Key(VECTORS["key"], VECTORS["ed25519_private_key"]), "ed25519"),
]
BALANCES = answer({"items": [], "next_cursor": None, "sequence": "12"})


@pytest.mark.parametrize("case", VECTORS["cases"], ids=[case["name"] for case in VECTORS["cases"]])
@pytest.mark.parametrize(("key", "algorithm"), KEYS, ids=["hmac", "ed25519"])
def test_the_vectors(case: dict[str, Any], key: ApiKey, algorithm: str) -> None:
    timestamp, window, method, target = (case[name] for name in ("timestamp", "window", "method", "target"))
    text = signed_text(
        key.id, timestamp, window, method, target, case["idempotency_key"], case["body"].encode()
    )
    assert text.decode() == case["text"]
    window_ms = int(case["window"]) if case["window"] else None
    signing = Signing(key, window_ms, lambda: int(case["timestamp"]) / 1_000_000)
    if case["method"] == "SIGN-IN":
        account = target.partition("?account=")[2] or None
        fields = signing.sign_in(case["body"], account)
        assert (fields["signature"], fields.get("account")) == (case[algorithm], account)
        return
    headers = signing.headers(case["method"], case["target"], case["idempotency_key"], case["body"].encode())
    assert headers["cse-signature"] == case[algorithm]
    assert headers.get("cse-window", "") == case["window"]


def client_of(*script: Answer | Exception) -> tuple[CseClient, Scripted]:
    transport = Scripted(*script)
    return CseClient("http://x", transport=transport, patience=Clock().patience(), key=KEY), transport


async def test_every_try_is_signed_anew() -> None:
    client, transport = client_of(problem("unavailable"), BALANCES)
    await client.balances()
    first, second = transport.sent
    assert int(first.headers["cse-timestamp"]) < int(second.headers["cse-timestamp"])
    assert first.headers["cse-signature"] != second.headers["cse-signature"]
    assert "authorization" not in first.headers


async def test_what_everyone_may_read_is_not_signed() -> None:
    client, transport = client_of(answer({"items": [], "next_cursor": None, "sequence": "12"}))
    await client.assets()
    assert "cse-key" not in transport.sent[0].headers


def test_timestamps_rise_even_where_a_clock_does_not() -> None:
    signing = Signing(KEY, now=lambda: 1_764_150_000.0)
    stamps = [int(signing.headers("GET", "/", "", b"")["cse-timestamp"]) for _ in range(100)]
    assert len(set(stamps)) == 100
    assert stamps == sorted(stamps)


async def test_a_clock_that_is_off_follows_the_exchange() -> None:
    signing = Signing(KEY, now=lambda: 1_000.0)
    signing.note_time(1_764_150_000_000_000)
    stamp = int(signing.headers("GET", "/", "", b"")["cse-timestamp"])
    assert 0 <= stamp - 1_764_150_000_000_000 < 1_000


async def test_who_is_told_the_time_signs_once_more_by_it() -> None:
    off = problem("timestamp_outside_window", cse_time="1764150000000000")
    client, transport = client_of(off, BALANCES)
    await client.balances()
    stamps = [int(sent.headers["cse-timestamp"]) for sent in transport.sent]
    assert 0 <= stamps[1] - 1_764_150_000_000_000 < 10_000_000
    client, transport = client_of(off, off)
    with pytest.raises(ApiError):
        await client.balances()
    assert len(transport.sent) == 2


async def test_an_order_whose_answer_was_lost_is_sent_again_under_another_signature() -> None:
    placed = NewOrder(market="LAB-USDC", side="buy", type="limit", price="1", quantity="1")
    client, transport = client_of(problem("signature_repeated"))
    with pytest.raises(Exception, match="is not known"):
        await client.place_order(placed)
    assert len(transport.sent) == 1


def test_secrets_are_not_shown() -> None:
    assert VECTORS["secret"] not in repr(KEY)


@pytest.mark.parametrize("text", ["", "AAAA", base64.b64encode(bytes(31)).decode()])
def test_private_keys_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Ed25519Key("id", text)
