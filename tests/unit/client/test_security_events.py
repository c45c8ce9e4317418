"""What happened to the account is asked for page by page."""

from __future__ import annotations

from typing import Any

from cse_client import CseClient
from tests.unit.client.scripted import Clock, Scripted, answer, signed_in

EVENT: dict[str, Any] = {
    "id": "0190f3a1-0000-7000-8000-000000000001", "act": "session.begun", "at": "2026-01-31T12:00:00.000000Z",
    "actor": "visitor", "refused": "wrong_credentials", "client": "curl", "platform": None,
    "address": "203.0.113.1", "current": False, "target": None, "details": {},
}  # fmt: skip


async def test_events_come_a_page_at_a_time() -> None:
    first = {"items": [EVENT], "next_cursor": "c"}
    last: dict[str, Any] = {"items": [], "next_cursor": None}
    transport = Scripted(signed_in(1), answer(first), answer(last))
    client = CseClient("http://x", transport=transport, patience=Clock().patience())
    await client.sign_in("a@example.com", "a long pass phrase")
    page = await client.security_events(limit=1)
    assert page.items[0].refused == "wrong_credentials"
    assert (await client.security_events(cursor=page.next_cursor)).next_cursor is None
    assert [sent.target for sent in transport.sent[1:]] == [
        "/api/security/events?limit=1",
        "/api/security/events?limit=20&cursor=c",
    ]
