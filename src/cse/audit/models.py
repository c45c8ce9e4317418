"""What an event says.

There is no place for a secret here: details are of named kinds, none of which is one, and texts are cut and
cleaned of what cannot be shown.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Self, TypeAlias, TypedDict
from uuid import UUID

from cse.audit.acts import Act
from cse.runtime.http.route import Caller

ActorKind: TypeAlias = Literal["person", "visitor", "operator", "service"]


class Actor(NamedTuple):
    """Who did it. `session` is the sign-in within which a person did."""

    kind: ActorKind
    name: str = ""
    person: UUID | None = None
    session: UUID | None = None

    @classmethod
    def caller(cls, caller: Caller) -> Self:
        """The signed-in person who asks."""
        return cls("person", str(caller.person), caller.person, UUID(caller.session))

    @classmethod
    def person_of(cls, person: UUID, session: UUID | None = None) -> Self:
        """A person who has just shown that it is them."""
        return cls("person", str(person), person, session)

    @classmethod
    def operator(cls, login: str) -> Self:
        """Somebody at the command line."""
        return cls("operator", login)

    @classmethod
    def desk(cls, caller: Caller) -> Self:
        """An operator who has signed in; what it concerns is another's account."""
        return cls("operator", str(caller.person), None, UUID(caller.session))

    @classmethod
    def service(cls, name: str) -> Self:
        """A process of the exchange, of its own accord."""
        return cls("service", name)


# Somebody who has not shown who they are.
VISITOR = Actor("visitor")


class Details(TypedDict, total=False):
    """What else an act says, as texts. A new kind of detail has a line here before it is recorded."""

    method: str
    reason: str
    label: str
    scopes: str
    networks: str
    accounts: str
    expires_at: str
    algorithm: str
    limit: str
    count: str
    asset: str
    amount: str
    outbox: str
    command: str
    arguments: str
    handle: str
    orders: str
    sought: str
    tier: str
    role: str
    severity: str
    text: str
    told: str
    before: str
    after: str
    request: str
    asked: str
    asked_by: str
    level: str
    document: str
    member: str
    roles: str
    digest: str
    needed: str


class Event(NamedTuple):
    """A row of `audit.events`; `time_us` in microseconds since 1970."""

    id: UUID
    time_us: int
    act: str
    actor: str
    actor_name: str
    person: UUID | None
    session: UUID | None
    address: str
    user_agent: str
    target: str
    refused: str
    details: dict[str, Any]
    written_by: str


class Selection(NamedTuple):
    """Which events; None is all. Times in microseconds since 1970, `until_us` excluded.

    `subject` is what an act was done to, also where that is a person whose account it concerns.
    """

    since_us: int | None = None
    until_us: int | None = None
    person: UUID | None = None
    act: str | None = None
    actor: str | None = None
    subject: str | None = None

    def parameters(self) -> dict[str, Any]:
        """What fills the condition of `store.SELECTED`."""
        return {**self._asdict(), "subject_person": _person(self.subject)}


def _person(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


class Link(NamedTuple):
    """A row of `audit.chain`."""

    position: int
    event: UUID
    event_digest: bytes
    digest: bytes


class OwnEvent(NamedTuple):
    """An event as the person sees it whom it concerns."""

    id: UUID
    time_us: int
    act: Act
    actor: ActorKind
    session: UUID | None
    address: str
    user_agent: str
    target: str
    refused: str
    details: dict[str, str]
