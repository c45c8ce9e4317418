"""Signing in by an API key: what it opens, and what its end closes."""

from __future__ import annotations

import asyncio
import json
import math
from uuid import UUID

from cse.domain.scopes import KeyScope
from tests.streams.engine import Engine
from tests.streams.process import FakeProcess, Visitor

KEY = UUID(int=9)
ACCOUNT = 7
BOOK = "ticker.LAB-USDC"


def with_key(*scopes: KeyScope, life_s: float = math.inf) -> FakeProcess:
    process = FakeProcess(Engine())
    process.issue(str(KEY), ACCOUNT, session=str(KEY), life_s=life_s)
    caller = process.callers[str(KEY)]
    process.callers[str(KEY)] = caller._replace(key=KEY, scopes=frozenset(scopes))
    return process


async def sign_in(visitor: Visitor, **fields: str) -> None:
    message = {"op": "authenticate", "id": "1", "key": str(KEY), "timestamp": "1764150000000000"}
    visitor.send(json.dumps(message | {"signature": "AAAA"} | fields))
    for _ in range(3):
        await asyncio.sleep(0)
    visitor.take()


async def test_a_key_that_may_read_hears_its_account_until_it_ends() -> None:
    process = with_key(KeyScope.READ)
    visitor = process.connect()
    await sign_in(visitor)
    told = visitor.client.control[-1]
    assert (told["op"], told["account"], told["expires_at"]) == ("authenticated", str(ACCOUNT), None)
    visitor.subscribe("user.orders", BOOK)
    assert "user.orders" in visitor.client.channels
    process.connections.end_key(str(KEY))
    visitor.take()
    ended = visitor.client.control[-1]
    assert ended == {"op": "unsubscribed", "channels": ["user.orders"], "code": "api_key_ended"}
    assert visitor.session.caller is None
    assert not visitor.session.is_closed


async def test_it_ends_at_its_time() -> None:
    process = with_key(KeyScope.READ, life_s=10)
    visitor = process.connect()
    await sign_in(visitor)
    visitor.subscribe("user.orders")
    process.pass_time(11)
    visitor.take()
    assert visitor.client.codes() == ["api_key_ended"]


async def test_a_key_that_may_not_read_hears_nothing_private() -> None:
    visitor = with_key(KeyScope.TRADE).connect()
    await sign_in(visitor)
    visitor.subscribe("user.orders", BOOK)
    assert visitor.client.codes() == ["scope_missing"]


async def test_what_a_signature_lacks_is_said_at_once() -> None:
    visitor = with_key(KeyScope.READ).connect()
    for field in ("timestamp", "signature", "window"):
        await sign_in(visitor, **{field: "none!"})
    assert visitor.client.codes() == ["invalid_field"] * 3
    await sign_in(visitor, key=str(UUID(int=10)))
    assert visitor.client.codes()[-1] == "signature_invalid"


async def test_who_has_gone_meanwhile_is_signed_in_nowhere() -> None:
    process = with_key(KeyScope.READ)
    visitor = process.connect()
    message = {"op": "authenticate", "key": str(KEY), "timestamp": "1764150000000000", "signature": "AAAA"}
    visitor.send(json.dumps(message))
    visitor.leave()
    for _ in range(3):
        await asyncio.sleep(0)
    assert process.connections.signed_in == 0


async def test_a_key_chooses_among_the_accounts_that_it_is_for() -> None:
    process = with_key(KeyScope.READ)
    caller = process.callers[str(KEY)]
    process.callers[str(KEY)] = caller._replace(accounts=frozenset({ACCOUNT, 8}))
    visitor = process.connect()
    await sign_in(visitor, account="8")
    assert visitor.client.control[-1]["account"] == "8"
    for account in ("9", "08"):
        await sign_in(visitor, account=account)
    assert visitor.client.codes() == ["account_unknown"] * 2
