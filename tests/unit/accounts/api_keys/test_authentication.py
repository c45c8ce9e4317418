"""In which order claims are looked at, and what each refusal gives away."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cse.accounts.api_keys.authentication import Signatures
from cse.accounts.api_keys.models import ApiKey
from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.api_keys.seen_signatures import SeenSignatures
from cse.accounts.api_keys.signed_text import WINDOW_MS, claim_of_request
from cse.accounts.api_keys.uses import KeyUses
from cse.domain.errors import CodedError
from cse.domain.rates import KEY_LOOKUPS, KEY_REQUESTS
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller, SignedRequest
from tests.unit.accounts.api_keys.test_ring import ADDRESS, ENCRYPTION, KEY, OTHER, row

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NOW_US = int(NOW.timestamp()) * 1_000_000
UNCOUNTED: Any = None


class Gate:
    """Signatures at a door of its own, with one key and a clock."""

    def __init__(self, seen: SeenSignatures) -> None:
        self.now_us = NOW_US
        self.rows = {KEY: row(), OTHER: row(OTHER, OTHER)}
        nobody: Any = None
        self.rates = Rates(clock_s=lambda: self.now_us / 1e6)
        self.signatures = Signatures(
            KeyRing(self.load, ENCRYPTION), seen, KeyUses(nobody), self.rates, lambda: self.now_us
        )

    async def load(self, key: UUID) -> ApiKey | None:
        return self.rows.get(key)

    def request(self, key: UUID = KEY, at_us: int | None = None, secret: bytes = b"secret") -> SignedRequest:
        """A request that is signed rightly, unless the secret is another."""
        headers = {
            b"cse-key": str(key).encode(),
            b"cse-timestamp": b"%d" % (self.now_us if at_us is None else at_us),
            b"cse-signature": b"AAAA",
        }
        unsigned = SignedRequest("GET", b"/api/balances", headers, b"", ADDRESS, UNCOUNTED)
        digest = hmac.digest(secret, claim_of_request(unsigned).text, "sha256")
        return unsigned._replace(headers=headers | {b"cse-signature": base64.b64encode(digest)})

    async def ask(self, request: SignedRequest) -> Caller | str:
        try:
            return await self.signatures.caller(claim_of_request(request), request.address)
        except CodedError as error:
            return error.code.name


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with closing(SeenSignatures(tmp_path / "signatures", buckets=4_096)) as seen:
        yield Gate(seen)


async def test_a_signature_is_good_once(gate: Gate) -> None:
    request = gate.request()
    caller = await gate.ask(request)
    assert isinstance(caller, Caller)
    assert caller.key == KEY
    assert await gate.ask(request) == "signature_repeated"
    # Who repeats it uses nothing up of what the key has.
    assert gate.rates.keys.left(KEY) == KEY_REQUESTS.at_once - 1
    gate.now_us += WINDOW_MS * 1_000
    assert await gate.ask(request) == "signature_repeated"
    gate.now_us += 1
    assert await gate.ask(request) == "timestamp_outside_window"


async def test_a_signature_of_another_key_is_none(gate: Gate) -> None:
    # Both have the same secret here, and yet neither signs for the other.
    claimed = gate.request(OTHER)
    headers = {**claimed.headers, b"cse-key": str(KEY).encode()}
    assert await gate.ask(claimed._replace(headers=headers)) == "signature_invalid"


async def test_a_key_that_is_not_there_and_a_wrong_signature_are_refused_alike(gate: Gate) -> None:
    gate.rows[OTHER] = row(OTHER, OTHER)._replace(revoked_at=NOW, sealed_secret=None)
    for request in (gate.request(secret=b"guess"), gate.request(UUID(int=77)), gate.request(OTHER)):
        assert await gate.ask(request) == "signature_invalid"


async def test_they_are_refused_alike_after_many_tries_too(gate: Gate) -> None:
    assert isinstance(await gate.ask(gate.request()), Caller)
    for key in (KEY, UUID(int=77)):
        address = f"203.0.113.{key.int % 100}"
        guess = gate.request(key, secret=b"guess")._replace(address=address)
        assert {await gate.ask(guess) for _ in range(KEY_LOOKUPS.at_once)} == {"signature_invalid"}
        assert "too_many_attempts" in {await gate.ask(guess) for _ in range(KEY_LOOKUPS.at_once)}
        # Who signs rightly with a key that is known is not kept out by it.
        gate.now_us += 1
        assert isinstance(await gate.ask(gate.request()._replace(address=address)), Caller)


async def test_only_who_has_signed_rightly_hears_more(gate: Gate) -> None:
    gate.rows[KEY] = row()._replace(expires_at=NOW)
    assert await gate.ask(gate.request(secret=b"guess")) == "signature_invalid"
    assert await gate.ask(gate.request()) == "api_key_ended"
    gate.rows[OTHER] = row(OTHER, OTHER)._replace(allowed_networks=["198.51.100.0/24"])
    assert await gate.ask(gate.request(OTHER, secret=b"guess")) == "signature_invalid"
    assert await gate.ask(gate.request(OTHER)) == "address_not_allowed"
    inside = gate.request(OTHER)._replace(address="198.51.100.9")
    assert isinstance(await gate.ask(inside), Caller)


async def test_a_key_ends_at_its_time(gate: Gate) -> None:
    gate.rows[KEY] = row()._replace(expires_at=NOW + timedelta(seconds=1))
    assert isinstance(await gate.ask(gate.request()), Caller)
    gate.now_us += 1_000_000
    assert await gate.ask(gate.request()) == "api_key_ended"


async def test_a_clock_that_is_off_is_told_before_anything_is_looked_up(gate: Gate) -> None:
    for off_us in (-10_000_000, 10_000_000):
        assert await gate.ask(gate.request(UUID(int=77), NOW_US + off_us)) == "timestamp_outside_window"
    assert not gate.signatures.ring.met()


async def test_a_key_has_a_limit_of_its_own(gate: Gate) -> None:
    gate.rates.keys.take(KEY, KEY_REQUESTS.at_once)
    assert await gate.ask(gate.request()) == "rate_limited"
    assert isinstance(await gate.ask(gate.request(OTHER)), Caller)
