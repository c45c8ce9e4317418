"""What the calls about organisations ask for, and which of them are never sent twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import pytest

from cse_client import ClientError, CseClient, NoAnswer, models
from tests.unit.client.scripted import Clock, Scripted, answer, signed_in

Call: TypeAlias = Callable[[CseClient], Awaitable[Any]]
ORG: Final = "/api/organisations/7"
ASKED: Final[dict[str, Any]] = {
    "id": "9", "act": "invite", "facts": {}, "digest": "00", "state": "open", "needed": 2, "approvals": [],
    "asked_by": "Ada", "asked_at": "2026-01-31T12:00:00.000000Z",
    "expires_at": "2026-02-03T12:00:00.000000Z", "own": True, "decidable": False, "approved": False,
    "decided_by": None, "decided_at": None, "decision_reason": None, "failure": None,
}  # fmt: skip
REQUEST: Final = {"request": ASKED}
POLICY: Final[dict[str, Any]] = {
    "version": 3, "members": 1, "policy": 2, "keys": 0, "transfers": 2, "limits": {"USDC": "5"},
}  # fmt: skip
ONE: Final[dict[str, Any]] = {
    "organisation": {
        "id": "7", "name": "Fund", "roles": ["owner"], "rights": [], "frozen": False, "accounts": [],
        "created_at": "2026-01-31T12:00:00.000000Z",
    },
    "members": [], "invitations": [], "policy": POLICY,
}  # fmt: skip
INVITED: Final[dict[str, Any]] = {
    "organisation": "7", "name": "Fund", "roles": ["viewer"], "expires_at": "2026-02-03T12:00:00.000000Z",
}  # fmt: skip
KEY: Final[dict[str, Any]] = {
    "label": "a program", "scopes": ["read"], "public_key": "AA==", "accounts": ["20"],
}  # fmt: skip
MOVE: Final = {"from_account": "20", "to_account": "21", "asset": "USDC", "amount": "5"}
SEEN: Final = models.ApprovalRequestView(**ASKED)


@pytest.mark.parametrize(
    ("asked", "call", "body", "given"),
    [
        ("GET /api/organisations", lambda c: c.organisations(), None, {"items": []}),
        ("POST /api/organisations", lambda c: c.make_organisation("Fund"), {"name": "Fund"}, ONE),
        (f"GET {ORG}", lambda c: c.organisation("7"), None, ONE),
        (f"POST {ORG}/accounts", lambda c: c.open_organisation_account("7", "b"), {"name": "b"}, ONE),
        (f"PATCH {ORG}", lambda c: c.rename_organisation("7", "b"), {"name": "b"}, ONE),
        (f"PATCH {ORG}/accounts/21", lambda c: c.rename_organisation_account("7", "21", "b"),
         {"name": "b"}, ONE),
        (f"POST {ORG}/accounts/21/archive", lambda c: c.archive_organisation_account("7", "21"), None, ONE),
        (f"POST {ORG}/accounts/21/restore", lambda c: c.restore_organisation_account("7", "21"), None, ONE),
        (f"POST {ORG}/invitations", lambda c: c.invite("7", "a@b.c", ["viewer"]),
         {"email": "a@b.c", "member_roles": ["viewer"]}, REQUEST),
        (f"DELETE {ORG}/invitations/8", lambda c: c.uninvite("7", "8"), None, None),
        ("POST /api/organisation-invitation", lambda c: c.invitation("t"), {"token": "t"}, INVITED),
        ("POST /api/organisation-invitation/accept", lambda c: c.accept_invitation("t"), {"token": "t"}, ONE),
        (f"PATCH {ORG}/members/6", lambda c: c.set_member_roles("7", "6", ["owner"]),
         {"member_roles": ["owner"]}, REQUEST),
        (f"DELETE {ORG}/members/6", lambda c: c.remove_member("7", "6"), None, REQUEST),
        (f"POST {ORG}/leave", lambda c: c.leave_organisation("7"), None, None),
        (f"PATCH {ORG}/policy", lambda c: c.set_policy("7", models.NewPolicy(**POLICY)), POLICY, REQUEST),
        (f"POST {ORG}/transfers", lambda c: c.organisation_transfer("7", **MOVE), MOVE, REQUEST),
        (f"GET {ORG}/keys", lambda c: c.organisation_keys("7"), None, {"items": []}),
        (f"POST {ORG}/keys",
         lambda c: c.make_organisation_key("7", models.NewOrganisationKey(**KEY)), KEY, REQUEST),
        (f"DELETE {ORG}/keys/5", lambda c: c.revoke_organisation_key("7", "5"), None, None),
        (f"GET {ORG}/requests", lambda c: c.approval_requests("7"), None, {"items": []}),
        (f"POST {ORG}/requests/9/approve", lambda c: c.approve("7", SEEN), {"digest": "00"}, REQUEST),
        (f"POST {ORG}/requests/9/refuse", lambda c: c.refuse("7", "9", "no"), {"reason": "no"}, REQUEST),
        (f"DELETE {ORG}/requests/9", lambda c: c.withdraw_request("7", "9"), None, None),
        (f"GET {ORG}/log?limit=20", lambda c: c.organisation_log("7"), None,
         {"items": [], "next_cursor": None}),
    ],
)  # fmt: skip
async def test_what_each_asks_for(asked: str, call: Call, body: Any, given: Any) -> None:
    transport, client = await signed(answer(given))
    await call(client)
    sent = transport.sent[-1]
    assert (f"{sent.method} {sent.target}", sent.body) == (asked, body)
    assert ("idempotency-key" in sent.headers) == asked.endswith("/transfers")


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.make_organisation("Fund"),
        lambda c: c.invite("7", "a@b.c", ["viewer"]),
        lambda c: c.make_organisation_key("7", models.NewOrganisationKey(**KEY)),
    ],
)  # fmt: skip
async def test_what_would_be_there_twice_is_sent_once(call: Call) -> None:
    transport, client = await signed(NoAnswer("lost"))
    with pytest.raises(ClientError):
        await call(client)
    assert len(transport.sent) == 2


async def signed(*script: Any) -> tuple[Scripted, CseClient]:
    """A client that is signed in, and then gets these answers."""
    transport = Scripted(signed_in(1), *script)
    client = CseClient("http://x", transport=transport, patience=Clock().patience())
    await client.sign_in("a@example.com", "a long pass phrase")
    return transport, client
