"""An organisation of a running exchange, with a person for each role."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.integration.edge.mailbox import INVITATION, VERIFY, await_mails, mails, token_of
from tests.people import Person

_tries: Final = itertools.count(1)


@dataclass
class Fund:
    """An organisation that `owner` has made, and whom it has by role."""

    client: httpx.Client
    owner: Person
    id: str
    main: str
    members: dict[str, Person] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/api/organisations/{self.id}"

    def send(self, who: Person, method: str, rest: str, **body: Any) -> httpx.Response:
        """Sends a request about the organisation."""
        key = body.pop("key", f"try-{next(_tries)}")
        arguments: dict[str, Any] = {"json": body} if body else {}
        return who.send(method, self.path + rest, headers={"Idempotency-Key": key}, **arguments)

    def ask(self, who: Person, method: str, rest: str, **body: Any) -> dict[str, Any]:
        """What was asked for, by somebody who may."""
        answer = self.send(who, method, rest, **body)
        assert answer.status_code in (200, 202), answer.text
        asked: dict[str, Any] = answer.json()["request"]
        return asked

    def approve(self, who: Person, asked: dict[str, Any]) -> httpx.Response:
        return self.send(who, "POST", f"/requests/{asked['id']}/approve", digest=asked["digest"])

    def set_policy(self, who: Person, **numbers: Any) -> httpx.Response:
        """Other numbers of approvals, and the rest as it is."""
        policy = who.get(self.path)["policy"]
        return self.send(who, "PATCH", "/policy", **{**policy, **numbers})

    def join(self, person: Person, *roles: str) -> None:
        """Has somebody be a member: invited, by a link that is mailed."""
        before = len(mails(self.client, person.email, INVITATION))
        asked = self.ask(self.owner, "POST", "/invitations", email=person.email, member_roles=list(roles))
        assert asked["state"] == "done"
        token = self.link(person, before + 1)
        answer = person.send("POST", "/api/organisation-invitation/accept", json={"token": token})
        assert answer.status_code == 200, answer.text

    def link(self, person: Person, number: int = 1) -> str:
        """What the newest of so many invitations to somebody carries."""
        return token_of(await_mails(self.client, person.email, INVITATION, number)[0])


def verified(client: httpx.Client, person: Person) -> Person:
    """The person, of whom it is known that the e-mail is theirs."""
    (mail,) = await_mails(client, person.email, VERIFY)
    answer = person.send("POST", "/api/auth/verify-email", json={"token": token_of(mail)})
    assert answer.status_code == 204, answer.text
    return person


def founded(client: httpx.Client, owner: Person, name: str = "Northern Fund") -> Fund:
    answer = owner.send("POST", "/api/organisations", json={"name": name})
    assert answer.status_code == 201, answer.text
    there = answer.json()["organisation"]
    return Fund(client, owner, there["id"], there["accounts"][0]["id"])


def staffed(client: httpx.Client, new_person: Callable[[], Person], *roles: str) -> Fund:
    """An organisation with its owner and a member of each of these roles."""
    fund = founded(client, verified(client, new_person()))
    for role in roles:
        person = verified(client, new_person())
        fund.join(person, role.rstrip("0123456789"))
        fund.members[role] = person
    return fund
