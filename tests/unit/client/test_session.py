"""Tokens are renewed in time, once, and only as long as there is a session."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from cse_client import Answer, ClientError, CseClient, NoAnswer, NotSignedIn
from tests.unit.client.scripted import Clock, Scripted, answer, problem, signed_in

BALANCES = answer({"items": [], "next_cursor": None, "sequence": "12"})


def client_of(*script: Answer | Exception) -> tuple[CseClient, Scripted]:
    transport = Scripted(*script)
    return CseClient("http://x", transport=transport, patience=Clock().patience()), transport


def tokens_of(transport: Scripted) -> list[str]:
    return [sent.headers.get("authorization", sent.target) for sent in transport.sent]


async def test_a_stranger_sends_nothing() -> None:
    client, transport = client_of()
    with pytest.raises(NotSignedIn):
        await client.balances()
    assert transport.sent == []


async def test_a_token_near_its_end_is_renewed_before_it_is_used() -> None:
    client, transport = client_of(signed_in(1, expires_in=20), signed_in(2), BALANCES)
    await client.sign_in("a@example.com", "a long pass phrase")
    await client.balances()
    assert transport.sent[1].body == {"refresh_token": "refresh-1"}
    assert tokens_of(transport)[1:] == ["/api/auth/refresh", "Bearer access-2"]


@pytest.mark.parametrize("code", ["not_authenticated", "session_ended"])
async def test_a_token_that_is_refused_is_renewed_once(code: str) -> None:
    client, transport = client_of(signed_in(1), problem(code), signed_in(2), BALANCES)
    await client.sign_in("a@example.com", "a long pass phrase")
    await client.balances()
    assert tokens_of(transport)[1:] == ["Bearer access-1", "/api/auth/refresh", "Bearer access-2"]


async def test_many_calls_renew_it_together() -> None:
    client, transport = client_of(
        signed_in(1), *[problem("not_authenticated")] * 3, signed_in(2), *[BALANCES] * 3
    )
    await client.sign_in("a@example.com", "a long pass phrase")
    await asyncio.gather(*(client.balances() for _ in range(3)))
    assert tokens_of(transport).count("/api/auth/refresh") == 1


async def test_a_session_that_cannot_be_renewed_is_over() -> None:
    client, transport = client_of(
        signed_in(1), problem("not_authenticated"), problem("refresh_token_invalid")
    )
    await client.sign_in("a@example.com", "a long pass phrase")
    with pytest.raises(NotSignedIn):
        await client.balances()
    assert client.session is None
    with pytest.raises(NotSignedIn):
        await client.access_token()
    assert len(transport.sent) == 3


async def test_a_session_goes_on_in_another_client() -> None:
    first, _ = client_of(signed_in(1))
    session = await first.sign_in("a@example.com", "a long pass phrase")
    assert "access-1" not in repr(session) and "refresh-1" not in repr(session)
    second, transport = client_of(signed_in(2), BALANCES)
    second.resume(replace(session, ends_at=time.time() - 1))
    await second.balances()
    assert tokens_of(transport) == ["/api/auth/refresh", "Bearer access-2"]


async def test_signing_out_forgets_the_tokens_whatever_is_answered() -> None:
    for end in (answer(None, 204), problem("not_authenticated")):
        script = [signed_in(1), end] + ([problem("refresh_token_invalid")] if end.status == 401 else [])
        client, _ = client_of(*script)
        await client.sign_in("a@example.com", "a long pass phrase")
        await client.sign_out()
        assert client.session is None


async def test_the_next_token_is_another_than_the_one_refused() -> None:
    client, _ = client_of(signed_in(1), signed_in(2))
    await client.sign_in("a@example.com", "a long pass phrase")
    assert await client.access_token() == "access-1"
    assert await client.access_token("access-1") == "access-2"
    assert await client.access_token("access-1") == "access-2"


async def test_a_lost_password_is_replaced_without_a_session_and_never_twice() -> None:
    client, transport = client_of(answer(None, 204), answer(None, 204), NoAnswer("cut off"))
    await client.request_password_reset("a@example.com")
    await client.complete_password_reset("token", "a long pass phrase")
    with pytest.raises(ClientError):
        await client.complete_password_reset("token", "a long pass phrase")
    assert [(sent.target, sent.body) for sent in transport.sent] == [
        ("/api/auth/password-reset", {"email": "a@example.com"}),
        *[("/api/auth/password-reset/complete", {"token": "token", "password": "a long pass phrase"})] * 2,
    ]
    assert client.session is None
