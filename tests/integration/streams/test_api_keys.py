"""Private channels by API key: signed in once, and closed within a second of the key's end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from cse_client.keys import HmacKey
from cse_client.signing import Signing
from cse_client.stream import StreamClient
from tests.e2e.person import Person
from tests.exchange import RunningExchange

MARKET = "LAB-USDC"
# A busy machine takes its time.
WINDOW_MS = 30_000
# A second, and what a busy machine takes to say so.
FELT_WITHIN_S = 5.0


def make(person: Person, *scopes: str) -> Signing:
    made = person.send("POST", "/api/keys", {"label": "a program", "scopes": scopes})
    return Signing(HmacKey(made["key"]["id"], made["secret"]), WINDOW_MS)


async def welcomed(listener: Any) -> str:
    """The name of the connection."""
    await listener.until(lambda: "welcome" in listener.client.ops(), "the welcome")
    name: str = listener.client.control[0]["session"]
    return name


async def sign_in(listener: Any, signing: Signing) -> None:
    fields = signing.sign_in(await welcomed(listener))
    await listener.send({"op": "authenticate", "id": "key", **fields})


@pytest.fixture
def signing(person: Person) -> Signing:
    return make(person, "read")


async def test_a_key_hears_its_account_until_it_is_revoked_on_whichever_process(
    person: Person, signing: Signing, listen: Callable[[], Any]
) -> None:
    listeners = [await listen() for _ in range(8)]
    for listener in listeners:
        await sign_in(listener, signing)
        await listener.until(lambda of=listener: "authenticated" in of.client.ops(), "the sign-in")
        await listener.subscribe("user.balances", f"ticker.{MARKET}")
        await listener.until(lambda of=listener: "user.balances" in of.client.channels, "the balances")
    person.send("DELETE", f"/api/keys/{signing.key.id}")
    async with asyncio.timeout(FELT_WITHIN_S):
        for listener in listeners:
            await listener.until(lambda of=listener: "api_key_ended" in of.client.codes(), "the end")
    for listener in listeners:
        assert not listener.closed.is_set(), "public channels go on"
        await sign_in(listener, signing)
        await listener.until(lambda of=listener: "signature_invalid" in of.client.codes(), "a refusal")


async def test_a_sign_in_is_good_on_its_connection_alone_and_once(
    signing: Signing, listen: Callable[[], Any]
) -> None:
    one, other = await listen(), await listen()
    message = {"op": "authenticate", "id": "key", **signing.sign_in(await welcomed(one))}
    await other.send(message)
    await other.until(lambda: other.client.codes() == ["signature_invalid"], "a refusal")
    await one.send(message)
    await one.until(lambda: "authenticated" in one.client.ops(), "the sign-in")
    await one.send(message)
    await one.until(lambda: one.client.codes() == ["signature_repeated"], "a refusal")


async def test_a_key_that_may_not_read_hears_nothing(person: Person, listen: Callable[[], Any]) -> None:
    listener = await listen()
    await sign_in(listener, make(person, "trade"))
    await listener.until(lambda: "authenticated" in listener.client.ops(), "the sign-in")
    await listener.subscribe("user.orders")
    await listener.until(lambda: listener.client.codes() == ["scope_missing"], "a refusal")


async def test_the_client_signs_in_by_itself(well: RunningExchange, signing: Signing) -> None:
    told: list[Any] = []
    async with StreamClient(well.url, signing=signing) as stream:
        stream.subscribe("user.balances", told.append)
        await stream.live()
    assert told
