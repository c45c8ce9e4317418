"""Keys are read once, and never used again once they have ended."""

from __future__ import annotations

import asyncio
import base64
from datetime import UTC, datetime
from uuid import UUID

import pytest

from cse.accounts.api_keys.algorithms import Algorithm
from cse.accounts.api_keys.models import ApiKey
from cse.accounts.api_keys.ring import KEPT_S, KeyRing, secret_context
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.rates import KEY_LOOKUPS
from cse.domain.scopes import KeyScope
from cse.runtime.encryption import Encryption, ListedKeys, SealBroken

ENCRYPTION = Encryption(ListedKeys("one:" + base64.b64encode(b"k" * 32).decode()))
KEY, OTHER = UUID(int=5), UUID(int=6)
ADDRESS = "203.0.113.7"
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def row(key: UUID = KEY, sealed_for: UUID = KEY) -> ApiKey:
    return ApiKey(
        id=key,
        person=UUID(int=1),
        account=7,
        accounts=[7, 8],
        label="a program",
        algorithm=Algorithm.HMAC_SHA256,
        scopes=frozenset({KeyScope.READ}),
        allowed_networks=[],
        sealed_secret=ENCRYPTION.seal(b"secret", context=secret_context(sealed_for)),
        public_key=None,
        created_at=MADE_AT,
        expires_at=None,
        last_used_at=None,
        last_used_from=None,
        revoked_at=None,
        organisation=None,
        maker_roles=None,
    )


class Stored:
    """What PostgreSQL has; it may be slow."""

    def __init__(self) -> None:
        self.rows = {KEY: row()}
        self.reads = 0
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self.now_s = 0.0
        self.ended: list[str] = []
        self.ring = KeyRing(self.load, ENCRYPTION, clock_s=lambda: self.now_s)
        self.ring.on_end = self.ended.append

    async def load(self, key: UUID) -> ApiKey | None:
        self.reads += 1
        found = self.rows.get(key)
        await self.goes_on.wait()
        return found


@pytest.fixture
def stored() -> Stored:
    return Stored()


async def test_a_key_is_read_once_for_as_long_as_it_is_kept(stored: Stored) -> None:
    for _ in range(3):
        found = await stored.ring.find(KEY, ADDRESS)
        assert found is not None
        assert (found.caller.account, found.caller.key, found.caller.session) == (7, KEY, str(KEY))
    assert stored.reads == 1
    stored.now_s += KEPT_S + 1
    assert await stored.ring.find(KEY, ADDRESS) is not None
    assert stored.reads == 2


async def test_a_key_that_ends_is_not_found_again_and_who_depends_on_it_is_told(stored: Stored) -> None:
    await stored.ring.find(KEY, ADDRESS)
    stored.rows[KEY] = row()._replace(revoked_at=MADE_AT, sealed_secret=None)
    stored.ring.end(KEY)
    assert stored.ended == [str(KEY)]
    assert await stored.ring.find(KEY, ADDRESS) is None


async def test_one_that_ends_while_it_is_read_is_read_again(stored: Stored) -> None:
    stored.goes_on.clear()
    finding = asyncio.create_task(stored.ring.find(KEY, ADDRESS))
    while not stored.reads:
        await asyncio.sleep(0)
    # The row was read before it was revoked, and comes after that was heard of.
    stored.rows[KEY] = row()._replace(revoked_at=MADE_AT, sealed_secret=None)
    stored.ring.end(KEY)
    stored.goes_on.set()
    assert await finding is None
    assert stored.reads == 2


async def test_after_a_time_without_hearing_those_that_ended_in_it_end(stored: Stored) -> None:
    stored.rows[OTHER] = row(OTHER, OTHER)
    for key in (KEY, OTHER):
        await stored.ring.find(key, ADDRESS)
    met = stored.ring.met()
    stored.ring.note_live(met, {OTHER})
    assert stored.ended == [str(KEY)]
    # The other one may have changed: it is read anew, and is still known for the next time.
    assert stored.ring.met() == [OTHER]
    await stored.ring.find(OTHER, ADDRESS)
    assert stored.reads == 3


async def test_a_secret_of_another_row_does_not_open(stored: Stored) -> None:
    stored.rows[OTHER] = row(OTHER, sealed_for=KEY)
    with pytest.raises(SealBroken):
        await stored.ring.find(OTHER, ADDRESS)


async def test_who_guesses_ids_is_stopped_and_nobody_else(stored: Stored) -> None:
    for number in range(KEY_LOOKUPS.at_once):
        assert await stored.ring.find(UUID(int=1_000 + number), ADDRESS) is None
    with pytest.raises(CodedError) as refused:
        await stored.ring.find(UUID(int=9_999), ADDRESS)
    assert refused.value.code is codes.TOO_MANY_ATTEMPTS
    assert stored.reads == KEY_LOOKUPS.at_once
    assert await stored.ring.find(KEY, "203.0.113.8") is not None
    # A key that is known needs no look-up.
    assert await stored.ring.find(KEY, ADDRESS) is not None
